"""Draws the cards of a deck: with what was said to them, their reasons unfolded, and buttons to turn the page.

Pure. Only the person who asked turns pages and unfolds; on cards that everybody may press, what each of them said
stands on the card by name.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot.chat.actions import FOLD, TURN, numbered
from bot.chat.plain import escape
from bot.chat.reply import Action, Button, Card, Choice, Choices, Part, Reply, Style
from bot.i18n import gettext as _
from bot.services.decks import DeckState, Said, card_name

_DONE = {"seen": "seen", "hidden": "hide"}  # what was said → the command whose button shows it


def deck_of(reply: Reply, *, pager: bool) -> DeckState | None:
    """The deck that a new answer makes; None, when it has no card with a button, or its cards belong to one already."""
    cards = tuple(
        replace(item.target, number=int(item.label)) for item in numbered(reply.parts) if isinstance(item.target, Card)
    )
    actions = list(_actions(cards))
    if not actions or any(action.card for action in actions):
        return None
    last = reply.parts[-1]
    tail = last.options if pager and isinstance(last, Choices) and not last.prompt else ()
    return DeckState(cards, tail, pager, shared=any(action.anyone for action in actions))


def laid_out(reply: Reply, state: DeckState, key: str) -> Reply:
    """The answer with the cards of the deck in place of its own; what the cards offer themselves goes from its end."""
    at = iter(range(len(state.cards)))
    parts: list[Part] = []
    for part in reply.parts:
        # In the list itself the card is counted; drawn again it says its number.
        if isinstance(part, Card):
            parts.append(replace(draw(state, key, next(at), first=True), number=part.number))
        else:
            parts.append(part)
    return replace(reply, parts=tuple(parts[:-1] if state.tail else parts))


def draw(state: DeckState, key: str, position: int, *, first: bool = False) -> Card:
    """One card as it stands now. `first`: in its answer, where the cards behind the first have no pager."""
    card = state.cards[position]
    name = card_name(key, position)
    said = state.said.get(position, ())
    own = said[-1] if said and not state.shared else None
    lines = [said[-1].line] if own else [f"- **{escape(each.name)}**: {each.line}" for each in said]
    body = state.unfolded.get(position, card.body)
    buttons = [_on(name, button) for button in _buttons(card, own, unfolded=position in state.unfolded)]
    if state.pager and not (first and position):
        buttons += _pager(state, name, position)
        buttons += [Button(option.label, option.press) for option in state.tail]
    return replace(card, body="\n".join(part for part in (body, *lines) if part), buttons=tuple(buttons))


def withheld(state: DeckState, key: str, position: int) -> Card:
    """In place of a card whose title may not be shown any more."""
    sorry = _("This title is not here any more.")
    buttons = _pager(state, card_name(key, position), position) if state.pager else []
    return Card(state.cards[position].ref, sorry, buttons=tuple(buttons), number=state.cards[position].number)


def _buttons(card: Card, own: Said | None, *, unfolded: bool) -> list[Button]:
    """The buttons of the card, changed by what its owner said."""
    buttons: list[Button] = []
    for button in card.buttons:
        press = button.press
        if isinstance(press, Action) and press.name == "why" and unfolded:
            buttons.append(Button(_("Hide the reasons"), Action(FOLD, anyone=press.anyone)))
        elif isinstance(press, Action) and own and press.name == _DONE.get(own.kind):
            undo = replace(press, args={**press.args, "undo": True})
            buttons.append(Button(f"{button.label} ✓", undo, Style.PRIMARY))
            buttons += _verdicts(press) if own.kind == "seen" else []
        else:
            buttons.append(button)
    return buttons


def _verdicts(press: Action) -> list[Button]:
    """How it was, for a title that was seen."""
    return [Button(option.label, option.press) for option in verdicts(str(press.args.get("title", "")))]


def verdicts(ref: str) -> tuple[Choice, ...]:
    """The answers to "How was it?"."""
    args = {"title": ref}
    return (
        Choice(_("Loved it"), Action("like", args)),
        Choice(_("It was all right"), Action("rate", {**args, "value": 6})),
        Choice(_("Did not like it"), Action("rate", {**args, "value": 3})),
    )


def _pager(state: DeckState, name: str, position: int) -> list[Button]:
    count = len(state.cards)
    if count < 2:
        return []
    turns = (("◀", (position - 1) % count), (f"{position + 1}/{count}", position), ("▶", (position + 1) % count))
    return [Button(label, Action(TURN, {"to": to}, card=name)) for label, to in turns]


def _on(name: str, button: Button) -> Button:
    """The button, with the card that it hangs on."""
    return replace(button, press=replace(button.press, card=name)) if isinstance(button.press, Action) else button


def _actions(cards: Iterable[Card]) -> Iterable[Action]:
    return (button.press for card in cards for button in card.buttons if isinstance(button.press, Action))
