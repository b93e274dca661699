"""Clients of fake services: real sockets, no waiting between attempts."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from adapters.http import Http, Timing, open_http


async def _at_once(_seconds: float) -> None:
    await asyncio.sleep(0)


@asynccontextmanager
async def impatient_http() -> AsyncIterator[Http]:
    """An HTTP client that repeats without waiting."""
    async with open_http(timing=Timing(sleep=_at_once)) as http:
        yield http
