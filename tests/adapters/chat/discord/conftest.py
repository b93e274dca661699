"""Fixtures of the Discord tests."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any

import discord.client
import discord.http
import discord.webhook.async_
import pytest


class _Hurried(SimpleNamespace):
    """The module asyncio, except that nobody sleeps."""

    def __getattr__(self, name: str) -> Any:
        return getattr(asyncio, name)

    async def sleep(self, _seconds: float, result: Any = None) -> Any:
        return await asyncio.sleep(0, result)


@pytest.fixture
def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """discord.py does not wait between its attempts."""
    for module in (discord.client, discord.http, discord.webhook.async_):
        monkeypatch.setattr(module, "asyncio", _Hurried())
