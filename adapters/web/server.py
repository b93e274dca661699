"""Serves the application on a socket until it is cancelled."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import uvicorn
from fastapi import FastAPI

from bot.errors import Unavailable
from bot.i18n import gettext as _

SHUTDOWN_SECONDS = 5
CONCURRENCY = 200  # requests at once; more are told to come back


class _Server(uvicorn.Server):
    """Signals belong to the whole program, not to its web server."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave the signals alone."""
        yield


class WebServer:
    """One application on one address."""

    def __init__(self, app: FastAPI, host: str, port: int) -> None:
        self._app = app
        self._host = host
        self._port = port
        self.address: tuple[str, int] | None = None  # once it listens

    async def run(self) -> None:
        """Serve until cancelled; requests in hand are finished. Raises: Unavailable, when the address is taken."""
        listener = self._listen()
        self.address = listener.getsockname()[:2]
        config = uvicorn.Config(
            self._app,
            log_config=None,
            access_log=False,
            server_header=False,
            lifespan="off",
            timeout_graceful_shutdown=SHUTDOWN_SECONDS,
            timeout_keep_alive=15,
            limit_concurrency=CONCURRENCY,
            h11_max_incomplete_event_size=32 * 1024,
        )
        server = _Server(config)
        serving = asyncio.ensure_future(server.serve(sockets=[listener]))
        try:
            await asyncio.shield(serving)
        finally:
            server.should_exit = True
            with suppress(asyncio.CancelledError):
                await serving
            listener.close()
            self.address = None

    def _listen(self) -> socket.socket:
        family = socket.AF_INET6 if ":" in self._host else socket.AF_INET
        try:
            return socket.create_server((self._host, self._port), family=family, backlog=256)
        except OSError as error:
            raise Unavailable(
                "web",
                _("The web server cannot listen on {host}:{port}: {reason}.").format(
                    host=self._host, port=self._port, reason=error.strerror or error
                ),
            ) from None
