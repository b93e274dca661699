"""What cards of titles say and offer about requests."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace

from bot.chat.reply import Action, Button, Card, Fact
from bot.commands.context import Context
from bot.commands.request import TOO
from bot.errors import NotAllowed, QuotaReached, Rejected, Unavailable
from bot.i18n import gettext as _
from bot.model.recommendation import Ask
from bot.model.titles import Title
from bot.ports.storage_requests import FilingState
from bot.services.requesting_titles import external

_PATIENCE = 3.0  # seconds for what an answer can do without


async def askable(ctx: Context, ask: Ask) -> Ask:
    """The ask without what is requested already, and only for what the person's quota still allows.

    Raises: QuotaReached, when it allows nothing more.
    """
    requesting = ctx.services.requesting
    if requesting is None:
        return ask
    ask = replace(ask, exclude=ask.exclude | await requesting.requested_ids())
    try:
        async with asyncio.timeout(_PATIENCE):
            quotas = await requesting.quota(ctx.member)
    except (Unavailable, Rejected, NotAllowed, TimeoutError):
        return ask  # the confirmation says what is in the way
    left = [kind for kind, quota in quotas.items() if quota.remaining != 0]
    if not left or (ask.kind is not None and ask.kind not in left):
        raise QuotaReached(_("Your request quota is used up for now, so there is nothing to suggest."))
    return replace(ask, kind=ask.kind or (left[0] if len(left) == 1 else None))


async def with_requests(
    ctx: Context, cards: Sequence[Card], titles: Sequence[Title], *, anyone: bool = False
) -> list[Card]:
    """The cards of these titles, in order; those of what is not here say how it stands and offer to ask for it."""
    requesting = ctx.services.requesting
    refs = {title.id: external(title.facts, title.ref) for title in titles if not title.libraries}
    wanted = [ref for ref in refs.values() if ref is not None]
    if requesting is None or not wanted:
        return list(cards)
    states = await requesting.known(wanted)
    drawn = []
    for card, title in zip(cards, titles, strict=True):
        ref = refs.get(title.id)
        drawn.append(card if ref is None else _drawn(card, states.get(ref), anyone=anyone))
    return drawn


def _drawn(card: Card, state: FilingState | None, *, anyone: bool) -> Card:
    args = {"title": card.ref}
    if state is None:
        return replace(card, buttons=(*card.buttons, Button(_("Request"), Action("request", args, anyone=anyone))))
    status = _("Status")
    facts = tuple(Fact(status, _state(state)) if fact.label == status else fact for fact in card.facts)
    return replace(
        card, facts=facts, buttons=(*card.buttons, Button(_("Tell me too"), Action(TOO, args, anyone=anyone)))
    )


def _state(state: FilingState) -> str:
    return _("waits for approval") if state is FilingState.PENDING else _("requested")
