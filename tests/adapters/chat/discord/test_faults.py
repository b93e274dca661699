"""Discord failing in every way, and the bot starting in the middle of it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest

from adapters.chat.discord import DiscordPlatform
from bot.chat.incoming import Incoming, Message, Place, Press
from bot.chat.reply import Reply, Text
from bot.commands import COMMANDS
from bot.errors import Rejected, Unavailable
from bot.ports.chat import Envelope
from tests.adapters.chat.discord.talking import ScriptedInbox, nothing, say, talking
from tests.adapters.chat.discord.test_conversation import heat, picks
from tests.contracts.kit import Call, Fault
from tests.fakes.services.discord import TOKEN, FakeDiscord

pytestmark = pytest.mark.usefixtures("hurry")


def platform(
    fake: FakeDiscord, *, token: str = TOKEN, free_text: bool = False, inbox: ScriptedInbox | None = None
) -> DiscordPlatform:
    return DiscordPlatform(
        token=token,
        guilds=[fake.guild],
        free_text=free_text,
        specs=COMMANDS,
        complete_title=nothing,
        inbox=inbox or ScriptedInbox(lambda _incoming: say("Hello.")),
    )


def follow_up(call: Call) -> bool:
    return call.method in ("POST", "PATCH") and call.operation.startswith("/webhooks")


def channel_message(call: Call) -> bool:
    return call.method == "POST" and call.operation == "/channels/{channel_id}/messages"


async def test_a_lost_connection_is_resumed_and_nothing_is_missed_or_doubled() -> None:
    async with talking() as chat:
        await chat.fake.say("anna", "room", "one")
        await chat.fake.answers("anna", "room")
        await chat.fake.gateway.drop()
        await chat.fake.say("anna", "room", "two")
        await chat.fake.gateway.repeat_last()
        await chat.fake.say("anna", "room", "three")
        await chat.inbox.received(3)
        await chat.fake.shows("anna", "room", lambda drawn: len(drawn) == 3)
        texts = [said.text for said in chat.inbox.accepted if isinstance(said, Message)]
        assert texts == ["one", "two", "three"]
        assert (chat.fake.gateway.identified, chat.fake.gateway.resumed) == (1, 1)


async def test_a_session_that_discord_has_forgotten_is_begun_anew() -> None:
    async with talking() as chat:
        await chat.fake.gateway.drop()
        chat.fake.gateway.session = None
        await chat.fake.say("anna", "room", "hello")
        assert [drawn.text for drawn in await chat.fake.answers("anna", "room")] == ["Hello."]
        assert (chat.fake.gateway.identified, chat.fake.gateway.resumed) == (2, 0)


async def test_a_rate_limit_is_waited_for_and_no_token_reaches_the_log(caplog: pytest.LogCaptureFixture) -> None:
    async with talking() as chat:
        chat.fake.rest.limited = 1
        await chat.fake.command("anna", "room", "recommend")
        assert [drawn.text for drawn in await chat.fake.answers("anna", "room")] == ["Hello."]
        assert "We are being rate limited" in caplog.text
        (asked,) = chat.fake.world.asked.values()
        assert asked.token not in caplog.text
        assert TOKEN not in caplog.text


async def test_a_wrong_token_is_one_sentence() -> None:
    async with FakeDiscord() as fake:
        with pytest.raises(Rejected, match="RECOMMENDARR_DISCORD__TOKEN") as caught:
            await platform(fake, token="wrong").run()
        assert "wrong" not in str(caught.value)


async def test_a_missing_intent_is_one_sentence_that_names_the_setting() -> None:
    async with FakeDiscord() as fake:
        fake.gateway.allow_content = False
        with pytest.raises(Rejected, match="FREE_TEXT"):
            await platform(fake, free_text=True).run()


async def test_an_outage_at_the_start_ends_the_run_so_that_it_is_started_again() -> None:
    async with FakeDiscord() as fake, fake.server.down():
        with pytest.raises(Unavailable):
            await platform(fake).run()


async def test_commands_that_cannot_be_declared_keep_nobody_from_talking() -> None:
    fake = FakeDiscord()
    fake.server.faults.plan(Fault.SERVER_ERROR, every=1, matching=lambda call: call.method == "PUT")
    async with talking(fake=fake) as chat:
        await chat.fake.say("anna", "room", "hello")
        assert [drawn.text for drawn in await chat.fake.answers("anna", "room")] == ["Hello."]


@pytest.mark.parametrize("fault", [Fault.SERVER_ERROR, Fault.DISCONNECT, Fault.TOO_MANY])
async def test_an_answer_that_fails_half_way_goes_on_where_it_stopped(fault: Fault) -> None:
    async with talking(picks) as chat:
        chat.inbox.paused = True
        await chat.fake.command("anna", "room", "recommend")
        # The second message fails for as long as discord.py itself tries.
        chat.fake.server.faults.plan(fault, at=range(2, 7), matching=follow_up)
        with pytest.raises(Unavailable):
            await chat.inbox.answer(chat.platform)
        chat.fake.server.faults.clear()
        await chat.inbox.answer(chat.platform)
        cards = [drawn.cards[0].title for drawn in await chat.fake.seen("anna", "room")]
        assert cards == ["1. Heat (1995)", "2. Heat (1995)", "3. Heat (1995)"]


async def test_an_answer_whose_receipt_is_lost_is_not_written_twice() -> None:
    async with talking() as chat:
        chat.inbox.paused = True
        await chat.fake.say("anna", "room", "hello")
        await chat.inbox.received()
        chat.fake.server.faults.plan(Fault.DISCONNECT, at={1}, after=True, matching=channel_message)
        with pytest.raises(Unavailable):
            await chat.inbox.answer(chat.platform)
        await chat.inbox.answer(chat.platform)
        assert len(await chat.fake.seen("anna", "room")) == 1


async def test_a_short_server_error_is_overcome_by_the_library() -> None:
    async with talking() as chat:
        chat.fake.server.faults.plan(Fault.SERVER_ERROR, at={1, 2}, matching=follow_up)
        await chat.fake.command("anna", "room", "recommend")
        assert [drawn.text for drawn in await chat.fake.answers("anna", "room")] == ["Hello."]
        assert chat.inbox.errors == []


async def test_after_the_token_has_expired_the_channel_gets_the_answer() -> None:
    def script(incoming: Incoming) -> Sequence[Reply]:
        return [Reply((heat("Seen"),), replaces=incoming.message)] if isinstance(incoming, Press) else picks(incoming)

    async with talking(script) as chat:
        chat.inbox.paused = True
        await chat.fake.command("anna", "room", "recommend")
        chat.fake.end_interactions()
        await chat.inbox.answer(chat.platform)
        answers = await chat.fake.answers("anna", "room", 3)
        await chat.fake.press("anna", answers[0], "Why?")
        chat.fake.end_interactions()
        await chat.inbox.answer(chat.platform)
        (changed,) = await chat.fake.answers("anna", "room")
        assert (changed.id, changed.edited) == (answers[0].id, True)


async def test_after_the_token_has_expired_a_private_answer_goes_to_the_person_alone() -> None:
    async with talking(lambda _incoming: say("You like crime.", private=True)) as chat:
        chat.inbox.paused = True
        await chat.fake.command("anna", "room", "profile")
        chat.fake.end_interactions()
        await chat.inbox.answer(chat.platform)
        assert [drawn.text for drawn in await chat.fake.seen("anna", "private")] == ["You like crime."]
        assert all("crime" not in drawn.text for drawn in await chat.fake.seen("ben", "room"))


async def test_another_process_answers_what_this_one_accepted() -> None:
    async with talking() as chat:
        chat.inbox.paused = True
        await chat.fake.command("anna", "room", "recommend")
        asked, envelope = chat.inbox.accepted[0], chat.inbox.envelopes[0]
        other = platform(chat.fake)
        task = asyncio.create_task(other.run())
        await other.answer(asked, envelope, say("Later."))
        assert [drawn.text for drawn in await chat.fake.seen("anna", "room")] == ["Later."]
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task


async def test_an_interaction_that_discord_has_forgotten_is_answered_in_the_channel() -> None:
    async with talking() as chat:
        chat.inbox.paused = True
        asked = await chat.fake.ask("anna", "room", 2, {"id": "1", "name": "recommend", "type": 1})
        asked.over = True
        await chat.inbox.received()
        await chat.inbox.answer(chat.platform)
        assert [drawn.text for drawn in await chat.fake.seen("anna", "room")] == ["Hello."]


async def test_a_card_that_is_gone_is_drawn_anew() -> None:
    def script(incoming: Incoming) -> Sequence[Reply]:
        return [Reply((heat("Seen"),), replaces=incoming.message)] if isinstance(incoming, Press) else picks(incoming)

    async with talking(script) as chat:
        await chat.fake.command("anna", "room", "recommend")
        answers = await chat.fake.answers("anna", "room", 3)
        chat.inbox.paused = True
        await chat.fake.press("anna", answers[0], "Why?")
        chat.fake.world.sent[0].deleted = True
        await chat.inbox.answer(chat.platform)
        assert [one.buttons[0].label for one in await chat.fake.seen("anna", "room")] == ["Why?", "Why?", "Seen"]


async def test_what_cannot_be_kept_is_refused_in_words() -> None:
    async with talking() as chat:
        chat.inbox.full = True
        await chat.fake.command("anna", "room", "recommend")
        (answer,) = await chat.fake.answers("anna", "room")
        assert (answer.text, answer.private) == ("I have too much to do right now.", True)
        await chat.fake.say("anna", "private", "hello")
        (answer,) = await chat.fake.answers("anna", "private")
        assert answer.text == "I have too much to do right now."


async def test_a_stop_waits_for_what_is_just_being_kept() -> None:
    class SlowInbox(ScriptedInbox):
        entered, release = asyncio.Event(), asyncio.Event()

        async def accept(self, incoming: Incoming, envelope: Envelope) -> bool:
            self.entered.set()
            await self.release.wait()
            return await super().accept(incoming, envelope)

    async with FakeDiscord() as fake:
        inbox = SlowInbox(lambda _incoming: say("Hello."))
        discord = platform(fake, inbox=inbox)
        running = asyncio.create_task(discord.run())
        asked = await fake.ask("anna", "room", 2, {"id": "1", "name": "recommend", "type": 1})
        await inbox.entered.wait()
        running.cancel()
        inbox.release.set()
        with pytest.raises(asyncio.CancelledError):
            await running
        assert len(inbox.accepted) == 1
        assert asked.acknowledged is not None


async def test_where_the_bot_may_not_write_it_says_so_once_and_does_not_try_again() -> None:
    async with talking() as chat:
        chat.fake.world.person("anna").takes_messages = False
        chat.inbox.paused = True
        await chat.fake.say("anna", "private", "hello")
        await chat.inbox.received()
        with pytest.raises(Rejected, match="permissions"):
            await chat.inbox.answer(chat.platform)


async def test_a_private_notice_for_a_room_is_refused() -> None:
    async with talking() as chat:
        room = Place("discord", chat.fake.channel("anna", "room"))
        with pytest.raises(Rejected):
            await chat.platform.send(room, [Reply((Text("Only for one."),), private=True)])
        with pytest.raises(Rejected):
            await chat.platform.send(Place("discord", "1"), say("Nobody is there."))
        assert await chat.fake.seen("anna", "room") == []


async def test_before_anybody_is_logged_in_an_answer_can_be_tried_later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("adapters.chat.discord.rest.PATIENCE", 0.01)
    async with FakeDiscord() as fake:
        with pytest.raises(Unavailable):
            await platform(fake).send(Place("discord", "1"), say("Too early."))
