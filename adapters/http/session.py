"""The aiohttp session of the process, shared by all services."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace

import aiohttp
from aiohttp.abc import AbstractResolver

from adapters.http.addresses import PublicResolver
from adapters.http.config import HttpConfig, Timing
from adapters.http.service import ServiceClient


class Http:
    """Hands out one client per service. Services that people supply have connections of their own."""

    def __init__(
        self,
        session: aiohttp.ClientSession,
        public: aiohttp.ClientSession,
        timing: Timing,
        *,
        most_attempts: int | None = None,
    ) -> None:
        self._session = session
        self._public = public
        self._timing = timing
        self._most_attempts = most_attempts

    def service(self, config: HttpConfig) -> ServiceClient:
        """A client for one service, with a rate, a breaker and a count of its own. Raises: InvalidSettings."""
        if self._most_attempts is not None:
            config = replace(config, attempts=min(config.attempts, self._most_attempts))
        return ServiceClient(self._public if config.public_only else self._session, config, self._timing)


@asynccontextmanager
async def open_http(
    *, most_attempts: int | None = None, timing: Timing | None = None, resolver: AbstractResolver | None = None
) -> AsyncIterator[Http]:
    """The client of the process; connections are closed at the end of the block.

    `most_attempts`: for somebody who waits for the answer and would rather hear soon that there is none. The other
    arguments are for tests.
    """
    async with AsyncExitStack() as stack:
        usual = await stack.enter_async_context(_session(aiohttp.TCPConnector(limit=0, resolver=resolver)))
        guarded = PublicResolver(resolver)
        stack.push_async_callback(guarded.close)
        public = await stack.enter_async_context(_session(aiohttp.TCPConnector(limit=0, resolver=guarded)))
        yield Http(usual, public, timing or Timing(), most_attempts=most_attempts)


def _session(connector: aiohttp.TCPConnector) -> aiohttp.ClientSession:
    # No cookies: a session cookie of one person must never travel with the request of another.
    return aiohttp.ClientSession(
        connector=connector,
        cookie_jar=aiohttp.DummyCookieJar(),
        headers={"User-Agent": "Recommendarr", "Accept": "application/json"},
        trust_env=False,
    )
