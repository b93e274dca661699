"""What goes wrong on the way: nothing accepted is lost, little is said twice, and the token is never shown."""

from __future__ import annotations

import asyncio
import io
import logging

import pytest
import structlog

from adapters.chat.telegram.client import ATTEMPTS
from adapters.chat.telegram.platform import TelegramPlatform
from bot.chat.incoming import Author, Message, Place, Press
from bot.chat.reply import Reply
from bot.errors import Rejected, Unavailable
from tests.adapters.chat.telegram.conftest import SPECS, AnsweringInbox, Stage, no_titles, staged
from tests.adapters.chat.telegram.replies import card, in_place, text
from tests.contracts.kit import Fault
from tests.fakes.services.telegram import NOW, TOKEN
from tests.fakes.services.telegram_people import ROOM

HERE = Place("telegram", str(ROOM))


def asked(account: str, number: str = "1") -> Message:
    return Message(number, Place("telegram", account, private=True), Author("telegram", account, "Anna"), "hi")


async def test_an_update_is_confirmed_only_once_it_is_kept(stage: Stage) -> None:
    stage.inbox.failures = 3
    first = await stage.people.write("anna", "private", "one")
    second = await stage.people.write("anna", "private", "two")
    await stage.people.received(second)
    assert [incoming.text for incoming in stage.inbox.heard if isinstance(incoming, Message)] == ["one", "two"]
    assert stage.slept == [1.0, 2.0, 4.0], "it pauses longer each time"
    offsets = [
        int(call.form.get("offset", 0))
        for call in stage.telegram.server.requests
        if call.operation == "getUpdates" and call.form.get("offset")
    ]
    assert offsets.index(first) < offsets.index(second + 1)
    assert second not in offsets[: offsets.index(first)], "nothing was confirmed that was not kept"


async def test_an_update_that_comes_again_is_kept_once(stage: Stage) -> None:
    stage.inbox.answer = lambda _incoming: (text("Hello."),)
    number = await stage.people.write("anna", "private", "hi")
    await stage.people.received(number)
    await stage.stopped()
    stage.telegram.confirmed = 0
    stage.telegram.updates = [
        {
            "update_id": number,
            "message": {
                "message_id": 1,
                "date": NOW,
                "chat": stage.people.chat("anna", "private").data,
                "from": stage.people.person("anna"),
                "text": "hi",
            },
        }
    ]
    await stage.started()
    await stage.people.received(number)
    assert (len(stage.inbox.heard), stage.inbox.repeats) == (1, 1)
    assert len(await stage.people.seen("anna", "private")) == 1


async def test_an_update_of_an_unknown_shape_does_not_hold_up_the_others(stage: Stage) -> None:
    await stage.telegram.push(message={"message_id": 1, "date": NOW, "chat": {}})
    await stage.telegram.push(message={"nonsense": True})
    await stage.telegram.push()
    await stage.people.say("anna", "private", "hi")
    assert len(stage.inbox.heard) == 1
    stage.telegram.server.violations.clear()  # those of the fake itself


async def test_flood_control_is_sat_out(stage: Stage) -> None:
    stage.inbox.answer = lambda _incoming: (text("Hello."),)
    stage.telegram.refuse("sendMessage", 429, "Too Many Requests: retry after 7", retry_after=7)
    await stage.people.say("anna", "private", "hi")
    assert [drawn.text for drawn in await stage.people.seen("anna", "private")] == ["Hello."]
    assert stage.slept == [7.0]


async def test_flood_control_that_takes_too_long_is_left_to_the_caller() -> None:
    async with staged(start=False) as stage:
        account = stage.people.account("anna")
        stage.telegram.refuse("sendMessage", 429, "Too Many Requests: retry after 3600", retry_after=3600)
        with pytest.raises(Unavailable):
            await stage.platform.answer(asked(account), {"message": 1}, (text("Hello."),))
        for _attempt in range(ATTEMPTS):
            stage.telegram.refuse("sendMessage", 429, "Too Many Requests: retry after 2", retry_after=2)
        with pytest.raises(Unavailable):
            await stage.platform.answer(asked(account), {"message": 1}, (text("Hello."),))
        assert stage.slept == [2.0] * (ATTEMPTS - 1)


async def test_an_answer_that_failed_half_way_goes_on_where_it_stopped() -> None:
    async with staged(start=False) as stage:
        account = stage.people.account("anna")
        replies = (text("One."), text("Two."), Reply((card("Heat"),)))
        stage.telegram.server.faults.plan(
            Fault.SERVER_ERROR, at=range(2, 2 + ATTEMPTS), matching=lambda call: call.operation == "sendMessage"
        )
        with pytest.raises(Unavailable):
            await stage.platform.answer(asked(account), {}, replies)
        await stage.platform.answer(asked(account), {}, replies)
        drawn = await stage.people.seen("anna", "private")
        assert [message.text or message.cards[0].title for message in drawn] == ["One.", "Two.", "Heat"]
        await stage.platform.answer(asked(account), {}, replies[:1])
        assert len(await stage.people.seen("anna", "private")) == 4, "a whole answer may be asked for again"


async def test_a_private_answer_that_failed_half_way_says_where_it_is_once() -> None:
    async with staged(start=False) as stage:
        stage.people.person("anna", started=False)
        account = stage.people.account("anna")
        incoming = Message("1", HERE, Author("telegram", account, "Anna"), "/profile")
        replies = (text("Secret one.", private=True), text("Secret two.", private=True))
        stage.telegram.server.faults.plan(
            Fault.SERVER_ERROR, at=range(2, 2 + ATTEMPTS), matching=lambda call: call.operation == "sendMessage"
        )
        with pytest.raises(Unavailable):
            await stage.platform.answer(incoming, {"message": 1}, replies)
        await stage.platform.answer(incoming, {"message": 1}, replies)
        (note,) = await stage.people.seen("anna", "room")
        assert note.buttons[0].url == "https://t.me/recommendarr_bot?start=hello"


@pytest.mark.parametrize("fault", [Fault.SERVER_ERROR, Fault.TRUNCATED, Fault.DISCONNECT, Fault.CUT_OFF])
async def test_short_failures_are_not_noticed(stage: Stage, fault: Fault) -> None:
    stage.inbox.answer = lambda _incoming: (text("Hello."),)
    stage.telegram.server.faults.plan(fault, at={1}, matching=lambda call: call.operation == "sendMessage")
    stage.telegram.server.faults.plan(fault, at={2}, matching=lambda call: call.operation == "getUpdates")
    await stage.people.say("anna", "private", "hi")
    assert [drawn.text for drawn in await stage.people.answers("anna", "private")] == ["Hello."]
    assert stage.inbox.errors == []


async def test_while_telegram_is_down_the_platform_says_so_and_can_be_run_again(stage: Stage) -> None:
    await stage.people.say("anna", "private", "hi")
    run = stage.run
    assert run is not None
    async with stage.telegram.server.down():
        with pytest.raises(Unavailable, match="Telegram cannot be reached"):
            await run
        with pytest.raises(Unavailable):
            await stage.platform.send(HERE, (text("Ready."),))
    await stage.started()
    await stage.people.say("anna", "private", "again")
    assert len(stage.inbox.heard) == 2


async def test_another_program_on_the_same_bot_is_named(stage: Stage) -> None:
    stage.telegram.refuse("getUpdates", 409, "Conflict: terminated by other getUpdates request")
    await stage.people.write("anna", "private", "hi")
    assert stage.run is not None
    with pytest.raises(Unavailable, match="Another program"):
        await stage.run


async def test_a_wrong_token_is_refused_and_never_shown(caplog: pytest.LogCaptureFixture) -> None:
    written = io.StringIO()
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(written))
    logging.getLogger().setLevel(logging.DEBUG)
    try:
        async with staged(start=False) as stage:
            wrong = "4242:a-wrong-but-secret-token"
            inbox = AnsweringInbox(lambda _incoming: ())
            async with TelegramPlatform(
                token=wrong,
                inbox=inbox,
                specs=SPECS,
                complete_title=no_titles,
                base_url=stage.telegram.base_url,
            ) as platform:
                with pytest.raises(Rejected, match="RECOMMENDARR_TELEGRAM__TOKEN") as refused:
                    await platform.run()
            async with stage.telegram.server.down():
                with pytest.raises(Unavailable) as unreachable:
                    await stage.platform.send(HERE, (text("Hello."),))
        shown = [
            repr(platform._client.bot),
            repr(refused.value),
            repr(unreachable.value),
            caplog.text,
            written.getvalue(),
        ]
        causes = [refused.value.__cause__, unreachable.value.__cause__]
        assert causes == [None, None]
        for secret in (wrong.split(":")[1], TOKEN.split(":")[1]):
            assert not any(secret in text for text in shown)
    finally:
        logging.getLogger().setLevel(logging.WARNING)
        structlog.reset_defaults()


async def test_a_migrated_group_is_followed_and_stays_the_same_room() -> None:
    old, new = -77, -1000000000077
    async with staged(chats=(old,)) as stage:
        stage.telegram.chat(old, "group", "Film night")
        stage.telegram.chat(new, "supergroup", "Film night")
        stage.inbox.answer = lambda _incoming: (text("Hello."),)
        await stage.people.say("anna", "private", "wait until it runs")
        stage.telegram.chats[old].moved_to = new
        await stage.platform.send(Place("telegram", str(old)), (text("Ready."),))
        assert [sent.text for sent in stage.telegram.sent(new)] == ["Ready."]
        chat = stage.telegram.chats[new].data
        update = await stage.people.write("anna", "room", "/recommend", chat=chat)
        await stage.people.received(update)
        assert stage.inbox.heard[-1].place == Place("telegram", str(old))
        assert [sent.text for sent in stage.telegram.sent(new)] == ["Ready.", "Hello."]


async def test_a_group_that_moved_while_nobody_listened_is_still_served() -> None:
    old, new = -78, -1000000000078
    async with staged(chats=(old, -79), start=False) as stage:
        stage.telegram.chat(old, "group").moved_to = new
        chat = stage.telegram.chat(new, "supergroup", "Film night").data
        await stage.started()
        await stage.people.received(await stage.people.write("anna", "room", "/recommend", chat=chat))
        assert stage.inbox.heard[0].place.room == str(old)


async def test_the_message_that_announces_a_move_is_enough() -> None:
    old, new = -80, -1000000000080
    async with staged(chats=(old,), start=False) as stage:
        before = stage.telegram.chat(old, "group", "Film night").data
        chat = stage.telegram.chat(new, "supergroup", "Film night").data
        await stage.started()
        await stage.people.write("anna", "room", None, chat=before, migrate_to_chat_id=new)
        await stage.people.received(await stage.people.write("anna", "room", "/recommend", chat=chat))
        assert [incoming.place.room for incoming in stage.inbox.heard] == [str(old)]


async def test_a_room_that_threw_the_bot_out_refuses(stage: Stage) -> None:
    stage.telegram.chats[ROOM].blocked = True
    with pytest.raises(Rejected):
        await stage.platform.send(HERE, (text("Ready."),))
    with pytest.raises(Rejected):
        await stage.platform.send(Place("telegram", "nowhere"), (text("Ready."),))
    with pytest.raises(Rejected):
        await stage.platform.send(Place("telegram", "-1000000000999"), (text("Ready."),))


async def test_a_lost_answer_to_an_edit_is_asked_for_again_and_harms_nothing(stage: Stage) -> None:
    stage.inbox.answer = lambda incoming: in_place(incoming, card("Heat" if isinstance(incoming, Message) else "Ronin"))
    await stage.people.say("anna", "private", "hi")
    (drawn,) = await stage.people.answers("anna", "private")
    stage.telegram.server.faults.plan(
        Fault.DISCONNECT, at={1}, matching=lambda call: call.operation == "editMessageMedia", after=True
    )
    await stage.people.press("anna", drawn, "Next")
    assert [shown.cards[0].title for shown in await stage.people.seen("anna", "private")] == ["Ronin"]
    assert stage.inbox.errors == []


async def test_stopping_ends_at_once_and_leaves_nothing_running(stage: Stage) -> None:
    await stage.people.say("anna", "private", "hi")
    run = stage.run
    assert run is not None
    await stage.stopped()
    assert run.cancelled()
    assert not [task for task in asyncio.all_tasks() if "InlineTitles" in repr(task.get_coro())]


async def test_a_chat_that_moves_in_a_circle_is_given_up() -> None:
    async with staged(chats=(), start=False) as stage:
        stage.telegram.chat(-1, "group").moved_to = -2
        stage.telegram.chat(-2, "group").moved_to = -1
        for _time in range(2):
            with pytest.raises(Rejected):
                await stage.platform.send(Place("telegram", "-1"), (text("Ready."),))


async def test_a_damaged_answer_to_a_press_is_no_reason_to_repeat_it(stage: Stage) -> None:
    stage.inbox.answer = lambda incoming: (
        (text("Noted."),) if isinstance(incoming, Press) else (Reply((card("Heat"),)),)
    )
    await stage.people.say("anna", "room", "/recommend")
    (drawn,) = await stage.people.answers("anna", "room")
    stage.telegram.server.faults.plan(
        Fault.TRUNCATED, at={1}, matching=lambda call: call.operation == "answerCallbackQuery"
    )
    await stage.people.press("anna", drawn, "Why?")
    assert [shown.text for shown in await stage.people.answers("anna", "room")] == ["Noted."]
    assert len(stage.telegram.sent(ROOM)) == 1
