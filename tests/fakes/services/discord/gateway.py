"""Discord's gateway: hello, identify, ready, heartbeats, events, resume."""

from __future__ import annotations

import asyncio
import json
import zlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import zstandard
from aiohttp import web

from tests.fakes.services.discord.world import BOT_ID, FOREIGN, SERVED, TOKEN, Json, World, bot_json, guild_json

MESSAGE_CONTENT = 1 << 15


@dataclass(slots=True)
class Session:
    """What one identified client is to receive, in order; a resume continues after a number of it."""

    id: str
    intents: int
    events: list[Json] = field(default_factory=list)


class Gateway:
    """One client at a time. `allow_content`: the message content intent may be asked for."""

    def __init__(self, world: World) -> None:
        self.allow_content = True
        self.identified = 0
        self.resumed = 0
        self.url = ""
        self.session: Session | None = None
        self._world = world
        self._write: Callable[[Json], Awaitable[None]] | None = None
        self._socket: web.WebSocketResponse | None = None
        self._ready = asyncio.Event()

    @property
    def reads_content(self) -> bool:
        """Whether the client receives the words of every message."""
        return self.session is not None and bool(self.session.intents & MESSAGE_CONTENT)

    async def connected(self) -> None:
        """Wait until a client is ready."""
        async with asyncio.timeout(10):
            await self._ready.wait()

    async def send(self, event: str, data: Json) -> None:
        """Deliver an event, now or when the client resumes."""
        await self.connected()
        await self._dispatch(event, data)

    async def queue(self, event: str, data: Json) -> None:
        """Have something happen whether or not somebody is connected."""
        await self._dispatch(event, data)

    async def repeat_last(self) -> None:
        """Deliver the last event once more, as happens around a resume."""
        assert self.session is not None
        assert self._write is not None
        await self._write(self.session.events[-1])

    async def drop(self, code: int = 1001) -> None:
        """End the connection; the client may resume."""
        assert self._socket is not None
        self._ready.clear()
        self._write = None
        await self._socket.close(code=code)

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        """The socket."""
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        write = _writer(socket, request.query.get("compress"))
        await write({"op": 10, "d": {"heartbeat_interval": 41250}})
        async for frame in socket:
            if frame.type is not aiohttp.WSMsgType.TEXT:
                break
            message = json.loads(frame.data)
            if message["op"] == 1:
                await write({"op": 11})
            elif message["op"] == 2:
                await self._identify(socket, write, message["d"])
            elif message["op"] == 6:
                await self._resume(socket, write, message["d"])
        if self._socket is socket:
            self._write, self._socket = None, None
            self._ready.clear()
        return socket

    async def _identify(self, socket: web.WebSocketResponse, write: Any, data: Json) -> None:
        if data["token"] != TOKEN:
            await socket.close(code=4004)
            return
        if data["intents"] & MESSAGE_CONTENT and not self.allow_content:
            await socket.close(code=4014)
            return
        self.identified += 1
        self.session = Session(self._world.new_id(), data["intents"])
        self._socket, self._write = socket, write
        ready = {
            "v": 10,
            "user": bot_json(),
            "guilds": [{"id": guild, "unavailable": True} for guild in (SERVED, FOREIGN)],
            "session_id": self.session.id,
            "resume_gateway_url": self.url,
            "application": {"id": BOT_ID, "flags": 0},
            "private_channels": [],
        }
        await self._dispatch("READY", ready)
        for guild in (SERVED, FOREIGN):
            await self._dispatch("GUILD_CREATE", guild_json(guild, self._world))
        self._ready.set()

    async def _resume(self, socket: web.WebSocketResponse, write: Any, data: Json) -> None:
        if self.session is None or data["session_id"] != self.session.id:
            await write({"op": 9, "d": False})
            return
        self.resumed += 1
        self._socket, self._write = socket, write
        for event in self.session.events[data["seq"] :]:
            await write(event)
        await self._dispatch("RESUMED", {})
        self._ready.set()

    async def _dispatch(self, event: str, data: Json) -> None:
        assert self.session is not None
        self.session.events.append({"op": 0, "t": event, "s": len(self.session.events) + 1, "d": data})
        if self._write is not None:
            await self._write(self.session.events[-1])


def _writer(socket: web.WebSocketResponse, compression: str | None) -> Callable[[Json], Awaitable[None]]:
    """Writes as the client asked: one compressed stream over all messages."""
    if compression == "zstd-stream":
        stream = zstandard.ZstdCompressor().compressobj()
        flush: Any = zstandard.COMPRESSOBJ_FLUSH_BLOCK
    else:
        stream, flush = zlib.compressobj(), zlib.Z_SYNC_FLUSH  # type: ignore[assignment]

    async def write(message: Json) -> None:
        text = json.dumps(message)
        if compression is None:
            await socket.send_str(text)
        else:
            await socket.send_bytes(stream.compress(text.encode()) + stream.flush(flush))

    return write
