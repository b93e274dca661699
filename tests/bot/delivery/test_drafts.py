"""Words shown while an answer is made: at the platform's pace, out of the answer's way, and never in its place."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from bot.chat.capabilities import Capabilities
from bot.chat.incoming import Incoming
from bot.chat.reply import Reply, Text
from bot.delivery import DeliveryConfig
from bot.errors import RecommendarrError, Rejected, Unavailable
from bot.ports.chat import DRAFT_LOST, Envelope, Say
from tests.bot.delivery.scripted import QUICK, Scripted, call, delivering, say, words
from tests.fakes.clock import FakeClock
from tests.fakes.storage import FakeStorage


class Growing(Scripted):
    """A platform that shows; `shown` is (envelope's draft, words). `failure`: of showing; `held`: showing waits."""

    def __init__(self, pause: float = 0.0) -> None:
        super().__init__()
        self.capabilities = replace(self.capabilities, edit_pause_shared=pause)
        self.shown: list[tuple[object, str]] = []
        self.failure: Exception | None = None
        self.held: asyncio.Event | None = None
        self.seen = asyncio.Event()

    async def show(self, incoming: Incoming, envelope: Envelope, reply: Reply) -> Envelope:
        self.shown.append((envelope.get("draft"), words((reply,))))
        self.seen.set()
        if self.held is not None:
            await self.held.wait()
        if self.failure is not None:
            raise self.failure
        return {**envelope, "draft": 7}


class Speaker:
    """A handler that says some words, one after another, and then answers."""

    def __init__(self, *said: str, after: Callable[[], object] = lambda: None) -> None:
        self.said = said
        self.after = after
        self.could_say: list[bool] = []

    async def __call__(self, incoming: Incoming, capabilities: Capabilities, say: Say | None = None) -> Sequence[Reply]:
        self.could_say.append(say is not None)
        for text in self.said:
            if say is not None:
                await say(text)
                for _turn in range(20):
                    await asyncio.sleep(0)
        return (Reply((Text("the whole answer"),)),)


async def test_words_grow_in_one_message_that_the_answer_is_told_of(fake_storage: FakeStorage) -> None:
    platform = Growing()
    async with delivering(fake_storage, platform, Speaker("one", "one two"), FakeClock()) as delivery:
        await delivery.accept(say("1"), {"chat": 3})
        await platform.until_heard(1)
    assert platform.shown == [(None, "one"), (7, "one two")]
    assert platform.heard == [("1", "the whole answer")]
    assert platform.envelopes == [{"chat": 3, "draft": 7}]


async def test_changes_keep_to_the_pace_of_the_platform(fake_storage: FakeStorage) -> None:
    platform = Growing(pause=3600.0)
    async with delivering(fake_storage, platform, Speaker("one", "one two", "one two three"), FakeClock()) as delivery:
        await delivery.accept(say("1"), {})
        await platform.until_heard(1)
    assert platform.shown == [(None, "one")]


async def test_only_plain_words_grow_and_only_where_the_platform_shows_them(fake_storage: FakeStorage) -> None:
    for platform in (Scripted(), Growing()):
        speaker = Speaker("one")
        async with delivering(fake_storage, platform, speaker, FakeClock()) as delivery:
            name = type(platform).__name__
            await delivery.accept(say(f"{name}-said"), {})
            await delivery.accept(call(f"{name}-called"), {})
            await platform.until_heard(2)
        assert speaker.could_say == [isinstance(platform, Growing), False]


@pytest.mark.parametrize("failure", [Unavailable("fake", "flood"), Rejected("fake", "no"), ZeroDivisionError()])
async def test_a_failure_ends_the_showing_and_not_the_answer(
    fake_storage: FakeStorage, failure: RecommendarrError | Exception
) -> None:
    platform = Growing()
    platform.failure = failure
    async with delivering(fake_storage, platform, Speaker("one", "one two"), FakeClock()) as delivery:
        await delivery.accept(say("1"), {})
        await platform.until_heard(1)
    assert platform.shown == [(None, "one")]
    assert platform.heard == [("1", "the whole answer")]


async def test_a_change_on_its_way_is_waited_for(fake_storage: FakeStorage) -> None:
    platform = Growing()
    platform.held = asyncio.Event()
    async with delivering(fake_storage, platform, Speaker("one"), FakeClock()) as delivery:
        await delivery.accept(say("1"), {})
        await platform.seen.wait()
        for _turn in range(50):
            await asyncio.sleep(0)
        assert platform.heard == []
        platform.held.set()
        await platform.until_heard(1)
    assert platform.envelopes[0]["draft"] == 7


async def test_a_change_that_hangs_is_given_up_and_the_answer_knows(fake_storage: FakeStorage) -> None:
    platform = Growing()
    platform.held = asyncio.Event()
    config: DeliveryConfig = replace(QUICK, settle_within=0.0)
    async with delivering(fake_storage, platform, Speaker("one"), FakeClock(), config=config) as delivery:
        await delivery.accept(say("1"), {"chat": 3})
        await platform.until_heard(1)
        platform.held.set()
    assert platform.envelopes == [{"chat": 3, DRAFT_LOST: True}]


async def test_after_a_kill_the_same_message_grows_on(storage: FakeStorage) -> None:
    first = Growing()
    hanging = asyncio.Event()
    async with delivering(storage, first, _Hanging(hanging), FakeClock(), killed=True) as delivery:
        await delivery.accept(say("1"), {})
        await asyncio.wait_for(hanging.wait(), 10)
    second = Growing()
    async with delivering(storage, second, Speaker("one two"), FakeClock()):
        await second.until_heard(1)
    assert second.shown == [(7, "one two")]
    assert second.envelopes == [{"draft": 7}]


class _Hanging(Speaker):
    """Says one thing, tells when the inbox has had time to keep it, and never ends."""

    def __init__(self, said: asyncio.Event) -> None:
        super().__init__()
        self._said = said

    async def __call__(self, incoming: Incoming, capabilities: Capabilities, say: Say | None = None) -> Sequence[Reply]:
        assert say is not None
        await say("one")
        await asyncio.sleep(0.2)
        self._said.set()
        await asyncio.Event().wait()
        return ()
