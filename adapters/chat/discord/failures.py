"""From the errors of discord.py to our own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import aiohttp
import discord

from bot.errors import Rejected, Unavailable
from bot.i18n import gettext as _

SERVICE = "discord"

# Discord's own numbers for errors.
UNKNOWN_CHANNEL = 10003
UNKNOWN_MESSAGE = 10008
ALREADY_ACKNOWLEDGED = 40060

_BAD_TOKEN = 4004
_BAD_INTENTS = (4013, 4014)


class Refused(Rejected):
    """Discord answered no. `status`: of HTTP; `code`: Discord's number for why, 0 when it gives none."""

    def __init__(self, message: str, status: int, code: int) -> None:
        super().__init__(SERVICE, message)
        self.status = status
        self.code = code

    @property
    def is_over(self) -> bool:
        """Whether what was addressed is no longer there, or its token has run out."""
        return self.status in (401, 404)


@contextmanager
def translated() -> Iterator[None]:
    """Raises: Unavailable, when it may work later; Rejected (Refused), when it never will."""
    try:
        yield
    except discord.LoginFailure:
        raise Rejected(SERVICE, _bad_token()) from None
    except discord.PrivilegedIntentsRequired:
        raise Rejected(SERVICE, _bad_intents()) from None
    except discord.HTTPException as error:
        raise _answered(error) from None
    except discord.ConnectionClosed as error:
        if error.code == _BAD_TOKEN:
            raise Rejected(SERVICE, _bad_token()) from None
        if error.code in _BAD_INTENTS:
            raise Rejected(SERVICE, _bad_intents()) from None
        raise _unreachable() from None
    except (discord.GatewayNotFound, discord.RateLimited, aiohttp.ClientError, OSError, TimeoutError):
        raise _unreachable() from None


def _answered(error: discord.HTTPException) -> Refused | Unavailable:
    if error.status >= 500 or error.status == 429:
        return _unreachable()
    sentence = _("Discord refuses this ({status}, code {code}).").format(status=error.status, code=error.code)
    if error.status == 403:
        sentence = _("Discord does not let me write there (code {code}): check my permissions.").format(code=error.code)
    return Refused(sentence, error.status, error.code)


def _unreachable() -> Unavailable:
    return Unavailable(SERVICE, _("Discord cannot be reached right now."))


def _bad_token() -> str:
    return _("Discord refuses the bot's token: check RECOMMENDARR_DISCORD__TOKEN.")


def _bad_intents() -> str:
    return _(
        "Discord refuses the message content intent: switch it on in the developer portal, or set "
        "RECOMMENDARR_DISCORD__FREE_TEXT to false."
    )
