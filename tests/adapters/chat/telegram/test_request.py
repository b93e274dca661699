"""Calls on the wire: what is lost, what is too much, and what is repeated."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from telegram import Bot
from telegram.error import NetworkError, TimedOut

from adapters.chat.telegram import request as wire
from adapters.chat.telegram.client import ATTEMPTS, TelegramClient
from adapters.chat.telegram.request import AiohttpRequest, Unreadable
from bot.errors import Unavailable
from tests.contracts.kit import Fault
from tests.fakes.services.telegram import TOKEN, FakeTelegram


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as made:
        yield made
        made.server.assert_clean()


async def no_sleep(_seconds: float) -> None:
    """Do not wait."""


async def test_a_call_without_an_answer_ends_and_is_not_repeated_where_that_could_say_something_twice(
    telegram: FakeTelegram,
) -> None:
    telegram.server.faults.plan(Fault.TIMEOUT, every=1)
    request = AiohttpRequest(read_timeout=0.02)
    bot = Bot(TOKEN, base_url=telegram.base_url, request=request, get_updates_request=AiohttpRequest())
    client = TelegramClient(TOKEN, base_url=telegram.base_url, sleep=no_sleep)
    with pytest.raises(TimedOut):
        await bot.get_me(connect_timeout=0.02)
    for again, calls in ((False, 1), (True, ATTEMPTS)):
        before = telegram.server.count(name="getMe")
        with pytest.raises(Unavailable):
            await client.call(lambda: bot.get_me(connect_timeout=0.02), again=again)
        assert telegram.server.count(name="getMe") - before == calls
    await request.shutdown()
    await client.close()


async def test_a_damaged_answer_is_asked_for_again_only_where_it_is_needed(telegram: FakeTelegram) -> None:
    telegram.server.faults.plan(Fault.TRUNCATED, every=1)
    client = TelegramClient(TOKEN, base_url=telegram.base_url, sleep=no_sleep)
    with pytest.raises(Unreadable):
        await client.call(client.bot.get_me)
    with pytest.raises(Unavailable):
        await client.me()
    assert telegram.server.count(name="getMe") == 1 + ATTEMPTS
    await client.close()


async def test_an_answer_without_end_is_not_read_to_the_end(
    telegram: FakeTelegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wire, "MAX_ANSWER", 20)
    client = TelegramClient(TOKEN, base_url=telegram.base_url, sleep=no_sleep)
    with pytest.raises(NetworkError, match="too large"):
        await client.bot.get_me()
    await client.close()


@pytest.mark.parametrize("body", [b"[]", b"1", b"{}", b"", b"\xff", b'{"ok": true}'])
def test_answers_of_no_known_shape_are_unreadable(body: bytes) -> None:
    with pytest.raises(Unreadable):
        AiohttpRequest.parse_json_payload(body)


@pytest.mark.parametrize(
    ("body", "header", "seconds"),
    [
        (b'{"parameters": {"retry_after": 7}}', "", 7.0),
        (b'{"parameters": {"retry_after": -7}}', "3", 0.0),
        (b'{"parameters": {"retry_after": NaN}}', "3", 0.0),
        (b'{"parameters": []}', "3", 3.0),
        (b"<html>", "9", 9.0),
        (b"[]", "soon", 1.0),
        (b"", "", 1.0),
    ],
)
def test_the_wait_is_read_from_the_body_or_the_header(body: bytes, header: str, seconds: float) -> None:
    assert wire._retry_after(body, header) == seconds
