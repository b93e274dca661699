"""Builds how people prove who they are while everything runs: sign-ins, claims, and what follows a link."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from adapters.http import open_http
from bot.bootstrap import Application
from bot.bootstrap_sources import sign_ins_on, sources_on
from bot.chat.fit import fit
from bot.chat.incoming import Place
from bot.chat.reply import Reply, Text
from bot.commands.linking import welcome
from bot.jobs.syncing import PERMISSIONS
from bot.ports.chat import ChatPlatform
from bot.ports.jobs import JobQueue
from bot.services.joining import Linked
from bot.supervision import Service

SIGN_INS = "sign-ins"


@asynccontextmanager
async def open_identity(
    application: Application, platforms: Sequence[ChatPlatform], queue: JobQueue
) -> AsyncIterator[Service | None]:
    """Offer what is configured. The service waits for sign-ins; None, when there is no server to sign in on.

    Raises: InvalidSettings.
    """
    settings, linking = application.settings, application.services.linking
    if linking is None or not (settings.plex or settings.jellyfin or settings.seerr):
        yield None
        return

    async def ask_for_permissions() -> None:
        await queue.enqueue(PERMISSIONS, {}, key=PERMISSIONS)

    async def announce(place: Place, told: Linked | str) -> None:
        await _say(platforms, place, welcome(told) if isinstance(told, Linked) else Reply((Text(told),)))

    async def watch() -> None:
        await linking.sign_ins.watch(announce)

    async with open_http() as http:
        linking.sign_ins.offer(sign_ins_on(http, settings))
        linking.claims.offer(sources_on(http, settings).requesters)
        linking.after_linking(ask_for_permissions)
        yield Service(SIGN_INS, watch) if linking.sign_ins.sources else None


async def _say(platforms: Sequence[ChatPlatform], place: Place, reply: Reply) -> None:
    for platform in platforms:
        if platform.name == place.platform:
            await platform.send(place, fit(reply, platform.capabilities))
