"""Discord's REST interface, through whichever client is logged in."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any, TypeAlias

import discord
from discord.http import Route

from adapters.chat.discord.failures import SERVICE, translated
from bot.errors import Unavailable
from bot.i18n import gettext as _

Json: TypeAlias = Any

PATIENCE = 20.0  # seconds for one call, discord.py's own repeats and its waiting for rate limits included


class Rest:
    """Calls by path. While nobody is logged in, a call waits a moment for it."""

    def __init__(self) -> None:
        self._client: discord.Client | None = None
        self._open = asyncio.Event()

    def open(self, client: discord.Client) -> None:
        """From now on calls go through this client, which is logged in."""
        self._client = client
        self._open.set()

    def close(self) -> None:
        """Nobody is logged in any more."""
        self._client = None
        self._open.clear()

    async def call(
        self, method: str, path: str, json: Json = None, *, query: Mapping[str, str] | None = None, **places: str
    ) -> Json:
        """Discord's answer. `places` fill the braces of the path. Raises: Unavailable, Refused."""
        with translated():
            async with asyncio.timeout(PATIENCE):
                await self._open.wait()
                client = self._client
                assert client is not None
                options: dict[str, Any] = {"params": query or {}}
                if json is not None:
                    options["json"] = json
                try:
                    return await client.http.request(Route(method, path, **places), **options)
                except RuntimeError:
                    if not client.is_closed():
                        raise
                    # The client was closed between two attempts of its own.
                    raise Unavailable(SERVICE, _("Discord cannot be reached right now.")) from None
