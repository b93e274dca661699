"""What happens when a Nextcloud fails, refuses or is gone while it is answered."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace

import pytest

from bot.chat.incoming import Incoming, Message, Place
from bot.chat.reply import Reply
from bot.delivery import Delivery
from bot.errors import Rejected, Unavailable
from tests.adapters.chat.nextcloud_talk.conftest import (
    Stage,
    delivering,
    served,
    staged,
    talk_server,
    text,
)
from tests.contracts.kit import Fault
from tests.fakes.clock import FakeClock
from tests.fakes.services.clients import impatient_http
from tests.fakes.services.nextcloud_talk import SECRET, FakeNextcloud
from tests.fakes.services.nextcloud_talk_people import ROOM
from tests.fakes.storage import FakeStorage


def three(_incoming: Incoming) -> Sequence[Reply]:
    return [text(word) for word in ("One.", "Two.", "Three.")]


def words(stage: Stage) -> list[str]:
    return [said.text for said in stage.cloud.sent(ROOM)]


@pytest.mark.parametrize("fault", [Fault.TOO_MANY, Fault.SERVER_ERROR, Fault.DISCONNECT])
async def test_an_answer_that_was_cut_off_goes_on_where_it_stopped(fault: Fault) -> None:
    async with staged(three) as stage:
        stage.cloud.server.faults.plan(fault, at={2})
        await stage.people.write("anna", "room", "!help")
        assert isinstance(stage.inbox.errors[0], Unavailable)
        assert words(stage) == ["One."]
        await stage.inbox.again(0)
        assert words(stage) == ["One.", "Two.", "Three."]
        assert len(stage.inbox.errors) == 1


async def test_what_was_perhaps_sent_is_sent_again_with_the_same_reference() -> None:
    async with staged(three) as stage:
        stage.cloud.server.faults.plan(Fault.DISCONNECT, at={2}, after=True)
        await stage.people.write("anna", "room", "!help")
        await stage.inbox.again(0)
        assert words(stage) == ["One.", "Two.", "Two.", "Three."]
        _one, first, again, three_ = stage.cloud.sent(ROOM)
        assert first.reference == again.reference != three_.reference


async def test_a_damaged_answer_to_a_message_that_arrived_does_not_repeat_it() -> None:
    async with staged(three) as stage:
        stage.cloud.server.faults.plan(Fault.TRUNCATED, every=1, after=True)
        await stage.people.write("anna", "room", "!help")
        assert words(stage) == ["One.", "Two.", "Three."]
        assert stage.inbox.errors == []


async def test_a_server_that_hangs_is_given_up_and_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("adapters.chat.nextcloud_talk.servers._TIMEOUT", 0.05)
    async with staged(three) as stage:
        stage.cloud.server.faults.plan(Fault.TIMEOUT, at={1})
        await stage.people.write("anna", "room", "!help")
        assert isinstance(stage.inbox.errors[0], Unavailable)
        await stage.inbox.again(0)
        assert words(stage) == ["One.", "Two.", "Three."]


async def test_the_inbox_sends_an_answer_again_until_the_server_is_back() -> None:
    async def handle(_incoming: Incoming, _capabilities: object, _say: object = None) -> Sequence[Reply]:
        return [text("Here.")]

    async with FakeNextcloud() as cloud, impatient_http() as http:
        delivery = Delivery(FakeStorage(FakeClock()), handle, FakeClock())
        delivery._config = replace(delivery._config, first_pause=0.001)
        async with served(delivery, [talk_server(http, cloud)]) as (platform, web):
            delivery.attach(platform)
            cloud.deliver = delivering(web)
            answering = asyncio.create_task(delivery.run())
            cloud.server.faults.plan(Fault.SERVER_ERROR, at={1, 2})
            await cloud.write("users/anna", ROOM, "!help")
            await cloud.until(lambda: cloud.sent(ROOM))
            delivery.close()
            await answering
        assert [said.text for said in cloud.sent(ROOM)] == ["Here."]
        assert cloud.server.count("POST") == 3


async def test_a_room_that_is_gone_is_given_up() -> None:
    async with staged(three) as stage:
        stage.cloud.gone.add(ROOM)
        await stage.people.write("anna", "room", "!help")
        (error,) = stage.inbox.errors
        assert isinstance(error, Rejected)
        assert "home" in str(error)
        assert stage.cloud.server.count("POST") == 1


async def test_a_wrong_secret_is_named_once_and_never_shown() -> None:
    async with staged(three) as stage:
        await stage.people.write("anna", "room", "!help")
        stage.cloud.secret = "the-secret-that-nextcloud-knows-is-another-one"
        incoming, envelope = stage.inbox.accepted[0]
        with pytest.raises(Rejected, match="its secret is wrong") as caught:
            await stage.platform.answer(replace(incoming, id="2"), envelope, three(incoming))
        assert SECRET not in str(caught.value)
        assert stage.cloud.server.count("POST") == 4


async def test_a_question_that_was_deleted_meanwhile_is_answered_all_the_same() -> None:
    async with staged(three) as stage:
        await stage.people.write("anna", "room", "!help")
        incoming, envelope = stage.inbox.accepted[0]
        stage.cloud.messages.clear()
        await stage.platform.answer(replace(incoming, id="2"), envelope, three(incoming))
        assert next((said.text, said.reply_to) for said in stage.cloud.sent(ROOM)) == ("One.", 0)


@pytest.mark.parametrize("limit", [1000, 700])
async def test_a_message_that_is_too_long_for_the_server_is_sent_in_parts(limit: int) -> None:
    long = "\n\n".join(f"Paragraph {number}. " + "Many words about a film. " * 8 for number in range(20))
    async with staged(lambda _incoming: [text(long)], cloud=FakeNextcloud(limit=limit)) as stage:
        await stage.people.write("anna", "room", "!help")
        sent = stage.cloud.sent(ROOM)
        assert stage.inbox.errors == []
        assert all(len(said.text) <= limit for said in sent)
        assert " ".join(" ".join(said.text for said in sent).split()) == " ".join(long.split())
        assert len({said.reference for said in sent}) == len(sent)
        assert [said.silent for said in sent] == [False, *[True] * (len(sent) - 1)]


async def test_parts_that_arrived_are_not_sent_again() -> None:
    long = "\n\n".join(f"Paragraph {number}. " + "Many words about a film. " * 8 for number in range(20))
    async with staged(lambda _incoming: [text(long)], cloud=FakeNextcloud(limit=1000)) as stage:
        stage.cloud.server.faults.plan(Fault.SERVER_ERROR, at={5, 9})
        await stage.people.write("anna", "room", "!help")
        for _try in range(2):
            await stage.inbox.again(0)
        assert " ".join(" ".join(words(stage)).split()) == " ".join(long.split())
        assert len(stage.inbox.errors) == stage.cloud.server.faults.hits[Fault.SERVER_ERROR] == 2


async def test_a_server_that_takes_nothing_at_all_is_given_up() -> None:
    async with staged(lambda _incoming: [text("x" * 5000)], cloud=FakeNextcloud(limit=10)) as stage:
        await stage.people.write("anna", "room", "!help")
        assert isinstance(stage.inbox.errors[0], Rejected)
        assert stage.cloud.server.count("POST") < 10


async def test_reactions_that_fail_disturb_nothing(stage: Stage) -> None:
    await stage.people.write("anna", "room", "!help")
    incoming, envelope = stage.inbox.accepted[0]
    stage.cloud.server.faults.plan(Fault.SERVER_ERROR, every=1)
    await stage.platform.working(incoming, envelope)
    await stage.platform.answer(incoming, envelope, [])
    stage.cloud.server.faults.clear()
    await stage.platform.answer(incoming, envelope, [text("Here.")])
    assert words(stage) == ["Here."]


async def test_a_room_that_cannot_be_greeted_does_not_stop_the_others(stage: Stage) -> None:
    stage.cloud.server.faults.plan(Fault.SERVER_ERROR, at={1})
    await stage.cloud.enable(ROOM)
    await stage.cloud.enable(ROOM)
    await stage.cloud.until(lambda: stage.cloud.sent(ROOM))


async def test_an_answer_to_a_server_that_is_no_longer_configured_is_given_up(stage: Stage) -> None:
    await stage.people.write("anna", "room", "!help")
    incoming, envelope = stage.inbox.accepted[0]
    assert isinstance(incoming, Message)
    away = replace(incoming, place=Place("nextcloud-talk", f"away/{ROOM}"))
    with pytest.raises(Rejected):
        await stage.platform.answer(away, envelope, [text("Here.")])
