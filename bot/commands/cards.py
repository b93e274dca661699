"""Answers that change the card whose button was pressed, instead of adding a message below it."""

from __future__ import annotations

from bot.cards.decks import draw, withheld
from bot.chat.actions import FOLD
from bot.chat.fit import caption
from bot.chat.reply import Action, Reply
from bot.commands.context import Context
from bot.errors import NotFound
from bot.i18n import gettext as _
from bot.services.decks import DeckState, OpenDeck, Said


async def marked(ctx: Context, kind: str, line: str, *, undone: bool = False) -> Reply | None:
    """The card with what its reader said to it; None, where no card was pressed or it cannot be changed."""
    said = Said(ctx.member.id, ctx.member.name, kind, line)

    def mark(state: DeckState, position: int) -> DeckState:
        return state.with_said(position, said, undone=undone)

    if ctx.card is None or ctx.pressed is None:
        return None
    position = ctx.card.position
    return _redrawn(ctx, await ctx.services.decks.change(ctx.card, lambda state: mark(state, position)))


async def unfolded(ctx: Context, reasons: str) -> Reply | None:
    """The card with its reasons; None, where it cannot be changed, has no room, or belongs to several people."""
    card = ctx.card
    if card is None or ctx.pressed is None or card.state.shared:
        return None
    drawn = draw(card.state.with_reasons(card.position, reasons), card.key, card.position)
    if len(caption(drawn)) > ctx.caption:
        return None
    return _redrawn(
        ctx, await ctx.services.decks.change(card, lambda state: state.with_reasons(card.position, reasons))
    )


async def turned(ctx: Context, action: Action) -> Reply:
    """Another page of a card, or its reasons folded away. Raises: NotFound."""
    card = ctx.card
    if card is not None and action.name == FOLD:
        position = card.position
        card = await ctx.services.decks.change(card, lambda state: state.with_reasons(position, None))
    elif card is not None:
        to = action.args.get("to")
        known = isinstance(to, int) and 0 <= to < len(card.state.cards)
        card = OpenDeck(card.key, to, card.state) if known and isinstance(to, int) else None
    if card is None:
        raise NotFound(_("That button is too old to work; please ask again."))
    try:
        title = await ctx.services.titles.resolve(card.card.ref, ctx.clearance)
    except NotFound:
        return Reply((withheld(card.state, card.key, card.position),), replaces=ctx.pressed)
    ctx.focus(title)
    return Reply((draw(card.state, card.key, card.position),), replaces=ctx.pressed)


def _redrawn(ctx: Context, card: OpenDeck | None) -> Reply | None:
    if card is None:
        return None
    return Reply((draw(card.state, card.key, card.position),), replaces=ctx.pressed)
