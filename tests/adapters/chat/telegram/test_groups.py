"""Rooms: who is meant, what stays private, topics, and groups that are not served."""

from __future__ import annotations

import pytest
from telegram import Update

from bot.chat.incoming import Mention, Message, Place, Press
from bot.chat.reply import Reply
from bot.errors import Rejected
from tests.adapters.chat.telegram.conftest import Stage, staged
from tests.adapters.chat.telegram.replies import card, in_place, text
from tests.fakes.services.telegram import BOT, NOW
from tests.fakes.services.telegram_people import ROOM


def said(stage: Stage) -> list[str]:
    return [incoming.text for incoming in stage.inbox.heard if isinstance(incoming, Message)]


@pytest.mark.parametrize(
    ("written", "heard"),
    [
        ("/recommend@recommendarr_bot mood noir", "/recommend mood noir"),
        ("/recommend@Recommendarr_Bot", "/recommend"),
        ("/recommend tonight", "/recommend tonight"),
        ("!recommend", "/recommend"),
        ("@recommendarr_bot something funny", "something funny"),
        ("what about tonight, @RECOMMENDARR_BOT?", "what about tonight, ?"),
        ("@recommendarr_bot", "/help"),
        ("/recommend@other_bot", None),
        ("/weather", None),
        ("just talking", None),
        ("mail me at you@recommendarr_bot.example", None),
        ("2", None),
        ("   ", None),
    ],
)
async def test_in_a_group_only_what_is_meant_for_the_bot_is_heard(
    stage: Stage, written: str, heard: str | None
) -> None:
    await stage.people.received(await stage.people.write("anna", "room", written))
    assert said(stage) == ([heard] if heard else [])


async def test_a_reply_to_the_bot_is_for_the_bot(stage: Stage) -> None:
    chat = stage.people.chat("anna", "room").data
    ours = {"message_id": 70, "date": NOW, "chat": chat, "from": BOT, "text": "Heat?"}
    theirs = {**ours, "message_id": 71, "from": stage.people.person("ben")}
    opened = {**ours, "message_id": 72, "forum_topic_created": {"name": "Films", "icon_color": 7322096}}
    for answered in (ours, theirs, opened):
        await stage.people.received(await stage.people.write("anna", "room", "the second", reply_to=answered))
    (message,) = stage.inbox.heard
    assert isinstance(message, Message)
    assert message.reply_to == "70"


async def test_an_answer_in_a_group_hangs_on_the_question(stage: Stage) -> None:
    stage.inbox.answer = lambda _incoming: (text("Heat."),)
    await stage.people.say("anna", "room", "something tense")
    (drawn,) = await stage.people.answers("anna", "room")
    assert (drawn.text, drawn.private) == ("Heat.", False)
    call = next(call for call in stage.telegram.server.requests if call.operation == "sendMessage")
    assert '"message_id": 1' in call.form["reply_parameters"]


async def test_people_mentioned_by_name_and_by_number_reach_core(stage: Stage) -> None:
    await stage.people.say("anna", "room", "/recommend group @ben @carla", ["ben"])
    (message,) = stage.inbox.heard
    assert isinstance(message, Message)
    assert message.text == "/recommend group @ben @carla"
    assert message.mentions == (Mention("@ben", stage.people.account("ben"), "Ben"),)


async def test_a_user_name_is_an_account_once_its_owner_has_written(stage: Stage) -> None:
    typed = "/recommend group @ben_there"
    entity = {"type": "mention", "offset": typed.index("@"), "length": len("@ben_there")}
    for _time in range(2):
        await stage.people.received(await stage.people.write("anna", "room", typed, entities=[entity]))
        await stage.people.say("ben", "private", "hi")
    before, _hi, after, _again = stage.inbox.heard
    assert isinstance(before, Message)
    assert isinstance(after, Message)
    assert before.mentions == ()
    assert after.mentions == (Mention("@ben_there", stage.people.account("ben"), "Ben"),)


async def test_a_mass_of_mentions_is_carried_and_pings_nobody(stage: Stage) -> None:
    names = [f"p{number}" for number in range(60)]
    stage.inbox.answer = lambda incoming: (text(incoming.text if isinstance(incoming, Message) else ""),)
    await stage.people.say("anna", "room", "/recommend group " + " ".join(f"@{name}" for name in names), names)
    (message,) = stage.inbox.heard
    assert isinstance(message, Message)
    assert len(message.mentions) == 60
    assert await stage.people.answers("anna", "room")
    assert stage.telegram.pings == []


async def test_topics_keep_to_themselves(stage: Stage) -> None:
    stage.telegram.chats[ROOM].topics = {9}
    stage.inbox.answer = lambda incoming: (
        in_place(incoming, card("Ronin")) if isinstance(incoming, Press) else (Reply((card("Heat"),)),)
    )
    await stage.people.received(await stage.people.write("anna", "room", "/recommend", thread=9))
    (sent,) = stage.telegram.sent(ROOM)
    assert sent.data["message_thread_id"] == 9
    assert stage.inbox.heard[0].place == Place("telegram", str(ROOM), "9")
    await stage.people.received(await stage.people.tap("anna", sent.data, "token-next"))
    assert stage.inbox.heard[1].place == Place("telegram", str(ROOM), "9")
    stage.telegram.chats[ROOM].topics.clear()  # the topic is deleted before the answer to the next is ready
    await stage.people.received(await stage.people.write("anna", "room", "/recommend", thread=9))
    assert "message_thread_id" not in stage.telegram.sent(ROOM)[-1].data
    assert stage.inbox.errors == []


async def test_a_private_answer_goes_to_the_persons_own_chat(stage: Stage) -> None:
    stage.inbox.answer = lambda _incoming: (text("You watched *Heat* twice.", private=True),)
    await stage.people.say("anna", "room", "/profile")
    (private,) = await stage.people.answers("anna", "private")
    (note,) = await stage.people.answers("anna", "room")
    assert (private.text, private.private) == ("You watched Heat twice.", True)
    assert "Heat" not in note.everything
    assert [button.url for button in note.buttons] == ["https://t.me/recommendarr_bot"]


async def test_who_never_opened_a_private_chat_gets_a_link_to_it(stage: Stage) -> None:
    stage.people.person("anna", started=False)
    parts = text("You watched *Heat* twice.", private=True)
    stage.inbox.answer = lambda _incoming: (parts, parts)
    await stage.people.say("anna", "room", "/profile")
    (note,) = await stage.people.answers("anna", "room")
    assert "Heat" not in note.everything
    assert [button.url for button in note.buttons] == ["https://t.me/recommendarr_bot?start=hello"]
    assert stage.inbox.errors == []
    stage.telegram.chats[int(stage.people.account("anna"))].started = True
    await stage.people.say("anna", "private", "/start hello")
    assert said(stage)[-1] == "/start"


async def test_a_short_answer_to_a_press_in_a_group_is_seen_by_that_person_alone(stage: Stage) -> None:
    stage.inbox.answer = lambda incoming: (
        (text("That button was made for *somebody* else\\."),)
        if isinstance(incoming, Press)
        else (Reply((card("Heat"),)),)
    )
    await stage.people.say("anna", "room", "/recommend")
    (drawn,) = await stage.people.answers("anna", "room")
    await stage.people.press("ben", drawn, "Why?")
    (notice,) = await stage.people.answers("ben", "room")
    assert (notice.text, notice.private) == ("That button was made for somebody else.", True)
    assert len(stage.telegram.sent(ROOM)) == 1


async def test_a_long_private_answer_to_a_press_in_a_group_is_a_private_message(stage: Stage) -> None:
    stage.inbox.answer = lambda incoming: (
        (text("Long. " * 100, private=True),) if isinstance(incoming, Press) else (Reply((card("Heat"),)),)
    )
    await stage.people.say("anna", "room", "/recommend")
    (drawn,) = await stage.people.answers("anna", "room")
    await stage.people.press("anna", drawn, "Why?")
    (private,) = await stage.people.answers("anna", "private")
    assert private.text.startswith("Long.")
    assert len(stage.telegram.sent(ROOM)) == 1, "nothing is said in the group"


async def test_rooms_that_are_not_served_and_senders_that_are_no_people_are_ignored(stage: Stage) -> None:
    people = stage.people
    chat = people.chat("anna", "room").data
    stage.inbox.answer = lambda _incoming: (text("I should not speak."),)
    await people.say("anna", "elsewhere", "/recommend")
    elsewhere = {"message_id": 1, "date": NOW, "chat": people.chat("anna", "elsewhere").data, "text": "x"}
    await people.received(await people.tap("anna", elsewhere, "token"))
    robot = {"id": 99, "is_bot": True, "first_name": "Robot"}
    for extra in ({"from": robot}, {"sender_chat": chat}, {"via_bot": robot}):
        await people.received(await people.write("anna", "room", "/recommend", **extra))
    channel = stage.telegram.chat(-1009, "channel", "News").data
    await people.received(await people.write("anna", "room", "/recommend", chat=channel))
    anna = people.person("anna")
    edited = {"message_id": 3, "date": NOW, "edit_date": NOW, "chat": chat, "from": anna, "text": "/help"}
    for update in ({"edited_message": edited}, {"channel_post": {**edited, "chat": channel}}):
        await stage.platform.receive(Update.de_json({"update_id": 1, **update}))
    assert stage.inbox.heard == []
    assert stage.telegram.sent(ROOM) == []


async def test_the_caption_of_a_picture_counts_as_text(stage: Stage) -> None:
    photo = [{"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}]
    await stage.people.received(await stage.people.write("anna", "private", None, caption="like this", photo=photo))
    sticker = {
        "file_id": "a", "file_unique_id": "b", "type": "regular", "width": 1, "height": 1,
        "is_animated": False, "is_video": False,
    }  # fmt: skip
    await stage.people.received(await stage.people.write("anna", "private", None, sticker=sticker))
    assert said(stage) == ["like this"]


@pytest.mark.parametrize(
    ("payload", "heard"),
    [
        ("search_movie_603", "/search movie:603"),
        ("search_series_tvdb-81189", "/search series:tvdb-81189"),
        ("search_movie_imdb-tt0113277", "/search movie:imdb-tt0113277"),
        ("search_movie_imdb-", "/start"),
        ("link", "/link"),
        ("help", "/help"),
        ("hide_movie_603", "/start"),
        ("forget", "/start"),
        ("search_nonsense", "/start"),
    ],
)
async def test_a_deep_link_may_only_ask_for_something_to_read(stage: Stage, payload: str, heard: str) -> None:
    await stage.people.say("anna", "private", f"/start {payload}")
    assert said(stage) == [heard]


async def test_a_private_notice_is_never_given_in_a_group(stage: Stage) -> None:
    with pytest.raises(Rejected):
        await stage.platform.send(Place("telegram", str(ROOM)), (text("Public."), text("Secret.", private=True)))
    await stage.platform.send(
        Place("telegram", stage.people.account("anna"), private=True), (text("Secret.", private=True),)
    )
    assert stage.telegram.sent(ROOM) == []
    assert [drawn.text for drawn in await stage.people.seen("anna", "private")] == ["Secret."]


async def test_without_served_chats_only_private_messages_are_answered() -> None:
    async with staged(chats=()) as stage:
        await stage.people.say("anna", "room", "/recommend")
        await stage.people.say("anna", "private", "/recommend")
        assert [incoming.place.private for incoming in stage.inbox.heard] == [True]
