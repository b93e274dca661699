"""The cards of an answer, kept so that they can be drawn again: a page is turned, a press shows on its card.

They outlive the process, like the buttons on them. A card is named by the key of its deck and its place in it.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import structlog

from bot.chat.codec import decode_reply, encode_reply
from bot.chat.reply import Card, Choice, Choices, Reply
from bot.model.decks import Deck
from bot.ports.storage import UnitOfWorkFactory
from bot.services.actions import BUTTON_LIFETIME

_KEY_BYTES = 9
MAX_SAID = 50  # people who said something to one card; a room is smaller

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody said to a card. `kind`: "seen", "hidden", "liked" or "rated"; `line`: Markdown that says so."""

    member_id: int
    name: str
    kind: str
    line: str


@dataclass(frozen=True, slots=True)
class DeckState:
    """The cards as first drawn, numbered, and what has happened to them.

    `tail`: what else the answer offers, such as more. `pager`: they go out as one message. `shared`: everybody in the
    place may press.
    """

    cards: tuple[Card, ...]
    tail: tuple[Choice, ...] = ()
    pager: bool = False
    shared: bool = False
    said: Mapping[int, tuple[Said, ...]] = field(default_factory=dict)  # by position
    unfolded: Mapping[int, str] = field(default_factory=dict)  # position → the reasons, Markdown

    def with_said(self, position: int, said: Said, *, undone: bool = False) -> DeckState:
        """The same after somebody said something to a card; their last word counts."""
        others = tuple(each for each in self.said.get(position, ()) if each.member_id != said.member_id)
        now = others if undone else (*others, said)[-MAX_SAID:]
        return replace(self, said={**self.said, position: now})

    def with_reasons(self, position: int, reasons: str | None) -> DeckState:
        """The same with the reasons on a card, or (None) without."""
        rest = {at: text for at, text in self.unfolded.items() if at != position}
        return replace(self, unfolded=rest if reasons is None else {**rest, position: reasons})


@dataclass(frozen=True, slots=True)
class OpenDeck:
    """A deck and the card of it that is meant."""

    key: str
    position: int
    state: DeckState

    @property
    def card(self) -> Card:
        """The card as it was first drawn."""
        return self.state.cards[self.position]


class DecksService:
    """Keeps and changes decks."""

    def __init__(self, uow: UnitOfWorkFactory) -> None:
        self._uow = uow

    async def keep(self, state: DeckState, *, member_id: int, now: datetime) -> str:
        """Store a new deck; returns its key."""
        key = secrets.token_urlsafe(_KEY_BYTES)
        async with self._uow() as uow:
            await uow.decks.add(Deck(key, member_id, now, _to_json(state)))
            await uow.commit()
        return key

    async def open(self, card: str) -> OpenDeck | None:
        """The deck of a card and its place in it; None when it is gone or cannot be read any more."""
        key, position = _named(card)
        async with self._uow() as uow:
            stored = await uow.decks.load(key) if key else None
        return None if stored is None else _opened(stored, position)

    async def change(self, deck: OpenDeck, how: Callable[[DeckState], DeckState]) -> OpenDeck | None:
        """Change a deck as it is now, whatever happened to it since it was opened; None when it is gone."""
        async with self._uow() as uow:
            stored = await uow.decks.load(deck.key, change=True)
            current = None if stored is None else _opened(stored, deck.position)
            if stored is None or current is None:
                return None
            changed = replace(current, state=how(current.state))
            await uow.decks.save(replace(stored, state=_to_json(changed.state)))
            await uow.commit()
        return changed

    async def purge(self, now: datetime) -> int:
        """Forget decks whose buttons have all expired; returns how many."""
        async with self._uow() as uow:
            deleted = await uow.decks.purge(now - BUTTON_LIFETIME)
            await uow.commit()
        return deleted


def card_name(key: str, position: int) -> str:
    """How a button names the card that it hangs on."""
    return f"{key}/{position}"


def _named(card: str) -> tuple[str, int]:
    key, _slash, position = card.rpartition("/")
    return (key, int(position)) if position.isascii() and position.isdigit() and len(position) < 4 else ("", 0)


def _opened(stored: Deck, position: int) -> OpenDeck | None:
    try:
        state = _from_json(stored.state)
    except (KeyError, TypeError, ValueError, AttributeError):
        log.warning("deck unreadable", deck=stored.key)
        return None
    return OpenDeck(stored.key, position, state) if position < len(state.cards) else None


def _to_json(state: DeckState) -> dict[str, Any]:
    return {
        "reply": encode_reply(Reply((*state.cards, Choices("", state.tail)))),
        "pager": state.pager,
        "shared": state.shared,
        "said": {
            str(at): [[each.member_id, each.name, each.kind, each.line] for each in said]
            for at, said in state.said.items()
        },
        "unfolded": {str(at): text for at, text in state.unfolded.items()},
    }


def _from_json(stored: Mapping[str, Any]) -> DeckState:
    """Raises: KeyError, TypeError, ValueError, AttributeError, for what another version wrote."""
    parts = decode_reply(stored["reply"]).parts
    return DeckState(
        cards=tuple(part for part in parts if isinstance(part, Card)),
        tail=tuple(option for part in parts if isinstance(part, Choices) for option in part.options),
        pager=bool(stored["pager"]),
        shared=bool(stored["shared"]),
        said={int(at): tuple(Said(*each) for each in said) for at, said in stored["said"].items()},
        unfolded={int(at): str(text) for at, text in stored["unfolded"].items()},
    )
