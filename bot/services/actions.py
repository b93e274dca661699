"""Buttons that outlive the process: every action is stored behind a short random token.

Chat platforms allow 64 to 100 bytes per button and hand back whatever a client sends, so a button carries nothing
but a token; what it does, for whom and until when stays here.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from bot.chat.incoming import Place
from bot.chat.reply import Action, Button, Card, Choices, Part, Reply
from bot.errors import NotAllowed, NotFound
from bot.i18n import gettext as _
from bot.model.conversations import ActionToken
from bot.ports.storage import UnitOfWorkFactory

TOKEN_BYTES = 12  # 96 random bits, 16 characters
BUTTON_LIFETIME = timedelta(days=30)
_CARD = "@card"  # among the stored arguments; no parameter is called so
ONCE_LIFETIME = timedelta(minutes=15)  # confirmations


class ActionsService:
    """Hands tokens out and takes them back."""

    def __init__(self, uow: UnitOfWorkFactory) -> None:
        self._uow = uow

    async def attach(self, reply: Reply, *, member_id: int | None, place: Place, now: datetime) -> Reply:
        """The reply with a token on every button and choice. Tokens are stored before anybody can press them."""
        tokens: list[ActionToken] = []

        def token_for(action: Action) -> str:
            token = secrets.token_urlsafe(TOKEN_BYTES)
            expires = now + (ONCE_LIFETIME if action.once else BUTTON_LIFETIME)
            owner = None if action.anyone else member_id
            args = {**action.args, _CARD: action.card} if action.card else dict(action.args)
            tokens.append(
                ActionToken(token, action.name, args, place_key(place), owner, now, expires, once=action.once)
            )
            return token

        parts: list[Part] = []
        for part in reply.parts:
            if isinstance(part, Card):
                parts.append(replace(part, buttons=tuple(_with_token(button, token_for) for button in part.buttons)))
            elif isinstance(part, Choices):
                options = tuple(replace(option, token=token_for(option.press)) for option in part.options)
                parts.append(replace(part, options=options))
            else:
                parts.append(part)
        if tokens:
            async with self._uow() as uow:
                await uow.conversations.add_tokens(tokens)
                await uow.commit()
        return replace(reply, parts=tuple(parts))

    async def redeem(self, token: str, *, member_id: int, place: Place, now: datetime, by: str | None = None) -> Action:
        """What a token does for this member here; a token for one use is spent by this.

        `by`: the incoming that presses, as one that never comes again; the same one may redeem again, since a turn
        that was cut off is taken once more.
        Raises: NotFound (unknown or too old), NotAllowed (made for somebody else, or used before).
        """
        async with self._uow() as uow:
            stored = await uow.conversations.token(token) if 0 < len(token) <= 100 else None
            if stored is None or stored.expires_at <= now:
                raise NotFound(_("That button is too old to work; please ask again."))
            foreign = stored.place != place_key(place) if stored.member_id is None else stored.member_id != member_id
            if foreign:
                raise NotAllowed(_("That button was made for somebody else."))
            if stored.once:
                if not await uow.conversations.spend(token, now, by=by):
                    raise NotAllowed(_("That button has been used already, so nothing was done."))
                await uow.commit()
        args = {name: value for name, value in stored.args.items() if name != _CARD}
        return Action(stored.name, args, card=stored.args.get(_CARD))


def place_key(place: Place) -> str:
    """A place as one short string."""
    return "|".join((place.platform, place.room, place.thread or ""))[:255]


def _with_token(button: Button, token_for: Callable[[Action], str]) -> Button:
    return replace(button, token=token_for(button.press)) if isinstance(button.press, Action) else button
