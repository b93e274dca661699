"""What people see in a private chat: cards, paging in place, presses."""

from __future__ import annotations

from collections.abc import Sequence

from adapters.chat.telegram.encode import CAPABILITIES
from bot.chat.incoming import Author, Incoming, Message, MessageRef, Place, Press
from bot.chat.reply import Button, Card, Link, Reply, Text
from tests.adapters.chat.telegram.conftest import Stage, staged
from tests.adapters.chat.telegram.replies import POSTER, card, choices, in_place, text
from tests.e2e.platforms.driver import Drawn
from tests.fakes.services.telegram import BOT


async def test_the_first_contact_is_answered_in_the_persons_language(stage: Stage) -> None:
    stage.people.person("anna", language="de")
    stage.inbox.answer = lambda _incoming: (text("Willkommen."),)
    await stage.people.say("anna", "private", "/start")
    (drawn,) = await stage.people.answers("anna", "private")
    (said,) = stage.inbox.heard
    assert isinstance(said, Message)
    assert (drawn.text, drawn.private) == ("Willkommen.", True)
    assert (said.text, said.author.locale, said.author.name) == ("/start", "de", "Anna")
    assert (said.place.platform, said.place.room, said.place.private) == ("telegram", said.author.account, True)


async def test_a_recommendation_is_a_photo_card_with_a_keyboard(stage: Stage) -> None:
    stage.inbox.answer = lambda _incoming: (Reply((Text("For tonight:"), card("Heat"))),)
    await stage.people.say("anna", "private", "/recommend")
    before, drawn = await stage.people.answers("anna", "private", 2)
    assert before.text == "For tonight:"
    (title,) = drawn.cards
    assert title.title == "Heat"
    assert title.image == POSTER.format("Heat")
    assert title.link == "https://www.themoviedb.org/movie/949"
    assert title.text == "1995 · 170 min · Crime\nMatch: 97 %\nBecause you liked Ronin."
    assert [(b.label, b.url) for b in drawn.buttons] == [
        ("Why?", None),
        ("Next", None),
        ("Open", "https://app.plex.tv/desktop"),
    ]
    loud = [sent.silent for sent in stage.telegram.sent(int(stage.people.account("anna")))]
    assert loud == [False, True], "only the first message of an answer makes a sound"


async def test_paging_changes_the_card_in_place(stage: Stage) -> None:
    titles = iter(("Ronin", "Thief", "Collateral"))

    def answer(incoming: Incoming) -> Sequence[Reply]:
        return in_place(incoming, card(next(titles))) if isinstance(incoming, Press) else (Reply((card("Heat"),)),)

    stage.inbox.answer = answer
    await stage.people.say("anna", "private", "/recommend")
    (drawn,) = await stage.people.answers("anna", "private")
    for title in ("Ronin", "Thief", "Collateral"):
        await stage.people.press("anna", drawn, "Next")
        (changed,) = await stage.people.answers("anna", "private")
        assert (changed.id, changed.edited) == (drawn.id, True)
        assert (changed.cards[0].title, changed.cards[0].image) == (title, POSTER.format(title))
    assert len(await stage.people.seen("anna", "private")) == 1
    assert not stage.telegram.open_queries, "every press was acknowledged"
    press = stage.inbox.heard[-1]
    assert isinstance(press, Press)
    assert press.token == "token-next"
    assert press.message == MessageRef("telegram", stage.people.account("anna"), drawn.id.split(":")[1])


async def test_a_press_that_keeps_the_poster_changes_the_caption_alone(stage: Stage) -> None:
    def answer(incoming: Incoming) -> Sequence[Reply]:
        if isinstance(incoming, Press):
            return in_place(incoming, Text("Noted."), card("Heat"))
        return (Reply((card("Heat"),)),)

    stage.inbox.answer = answer
    await stage.people.say("anna", "private", "/recommend")
    (drawn,) = await stage.people.answers("anna", "private")
    await stage.people.press("anna", drawn, "Why?")
    (changed,) = await stage.people.answers("anna", "private")
    assert changed.cards[0].text.endswith("Because you liked Ronin.\n\nNoted.")
    assert stage.telegram.server.count(name="editMessageCaption") == 1
    assert stage.telegram.server.count(name="editMessageMedia") == 0
    await stage.people.press("anna", drawn, "Why?")  # nothing changes, and nothing is said about it
    assert len(await stage.people.seen("anna", "private")) == 1
    assert stage.inbox.errors == []


async def test_a_card_without_a_poster_takes_the_place_of_one_with(stage: Stage) -> None:
    answers = iter((card("Heat"), card("Obscure", poster=False), card("Ronin")))
    stage.inbox.answer = lambda incoming: in_place(incoming, next(answers))
    await stage.people.say("anna", "private", "/recommend")
    (first,) = await stage.people.answers("anna", "private")
    await stage.people.press("anna", first, "Next")
    (second,) = await stage.people.seen("anna", "private")
    assert (second.cards[0].title, second.cards[0].image) == ("Obscure", None)
    await stage.people.press("anna", second, "Next")
    (third,) = await stage.people.seen("anna", "private")
    assert (third.cards[0].title, third.cards[0].image) == ("Ronin", POSTER.format("Ronin"))
    assert third.id == second.id, "a text becomes a photo in place"


async def test_a_poster_that_telegram_cannot_fetch_is_left_out(stage: Stage) -> None:
    stage.telegram.bad_photos = {POSTER.format("Heat"), POSTER.format("Ronin")}
    stage.inbox.answer = lambda incoming: in_place(incoming, card("Ronin" if isinstance(incoming, Press) else "Heat"))
    await stage.people.say("anna", "private", "/recommend")
    (drawn,) = await stage.people.answers("anna", "private")
    assert (drawn.cards[0].title, drawn.cards[0].image) == ("Heat", None)
    await stage.people.press("anna", drawn, "Next")
    (changed,) = await stage.people.seen("anna", "private")
    assert (changed.cards[0].title, changed.cards[0].image) == ("Ronin", None)
    assert stage.inbox.errors == []


async def test_a_message_too_old_to_change_is_answered_by_a_new_one(stage: Stage) -> None:
    stage.inbox.answer = lambda incoming: in_place(incoming, card("Ronin" if isinstance(incoming, Press) else "Heat"))
    await stage.people.say("anna", "private", "/recommend")
    (drawn,) = await stage.people.answers("anna", "private")
    stage.telegram.sent(int(stage.people.account("anna")))[0].frozen = True
    await stage.people.press("anna", drawn, "Next")
    old, new = await stage.people.seen("anna", "private")
    assert (old.cards[0].title, new.cards[0].title) == ("Heat", "Ronin")
    assert stage.inbox.errors == []


async def test_a_press_on_a_message_that_telegram_no_longer_shows_is_answered_by_a_new_one(stage: Stage) -> None:
    stage.inbox.answer = lambda incoming: in_place(incoming, card("Ronin"))
    chat = stage.people.chat("anna", "private").data
    gone = {"chat": chat, "message_id": 7, "date": 0}
    await stage.people.received(await stage.people.tap("anna", gone, "token-next"))
    (press,) = stage.inbox.heard
    assert isinstance(press, Press)
    assert press.message is None
    assert [drawn.cards[0].title for drawn in await stage.people.seen("anna", "private")] == ["Ronin"]


async def test_a_press_without_any_message_is_answered_in_private(stage: Stage) -> None:
    stage.inbox.answer = lambda _incoming: (text("Here I am."),)
    await stage.people.received(await stage.people.tap("anna", None, "token-next"))
    assert [drawn.text for drawn in await stage.people.seen("anna", "private")] == ["Here I am."]


async def test_choices_are_buttons_and_links_that_telegram_refuses_are_written_out(stage: Stage) -> None:
    local = Card("movie:1", "Heat", buttons=(Button("Open", Link("http://media-server:32400/web")),))
    asking = choices("Heat", "A very long title of a film of many words")
    stage.inbox.answer = lambda _incoming: (Reply((asking, local)),)
    await stage.people.say("anna", "private", "heat")
    asked, shown, link = await stage.people.answers("anna", "private", 3)
    assert [button.label for button in asked.buttons] == ["Heat", "A very long title of a film of many words"]
    assert (asked.text, shown.buttons) == ("Which one?", ())
    assert link.text == "Open: http://media-server:32400/web"


async def test_a_notice_changes_an_earlier_message_whatever_that_is_made_of(stage: Stage) -> None:
    account = stage.people.account("anna")
    place = Place("telegram", account, private=True)
    await stage.platform.send(place, (text("Requested."), Reply((card("Heat"),)), Reply((card("Thief"),))))
    words, heat, thief = await stage.people.seen("anna", "private")

    def instead(of: Drawn, *parts: Text | Card) -> Reply:
        return Reply(parts, replaces=MessageRef("telegram", account, of.id.split(":")[1]))

    obscure = card("Obscure", poster=False)
    changes = (instead(words, Text("Available.")), instead(heat, Text("Watched.")), instead(thief, obscure))
    elsewhere = Reply((Text("New."),), replaces=MessageRef("discord", account, words.id.split(":")[1]))
    await stage.platform.send(place, (*changes, elsewhere))
    now = await stage.people.seen("anna", "private")
    assert [drawn.id for drawn in now[:2]] == [words.id, heat.id]
    assert [drawn.text or drawn.cards[0].title for drawn in now] == ["Available.", "Watched.", "Obscure", "New."]
    assert now[2].id != thief.id


async def test_an_empty_answer_still_stops_the_spinner(stage: Stage) -> None:
    chat = stage.people.chat("anna", "private").data
    message = {"message_id": 7, "date": 1, "chat": chat, "from": BOT, "text": "Gone by now"}
    await stage.people.received(await stage.people.tap("anna", message, "token-next"))
    assert not stage.telegram.open_queries
    assert await stage.people.seen("anna", "private") == []


async def test_while_an_answer_is_made_the_spinner_stops_and_the_bot_types() -> None:
    async with staged(start=False) as stage:
        await stage.people.tap("anna", None, "token")
        person = stage.people.account("anna")
        press = Press("1", Place("telegram", person, private=True), Author("telegram", person, "Anna"), "token")
        envelope = {"callback": next(iter(stage.telegram.open_queries))}
        await stage.platform.working(press, envelope)
        assert not stage.telegram.open_queries
        assert stage.telegram.actions == [{"chat_id": int(person), "action": "typing"}]
        stage.telegram.refuse("sendChatAction", 400, "Bad Request: chat not found")
        await stage.platform.working(press, envelope)
        await stage.platform.answer(press, envelope, (text("Done."),))
        assert [drawn.text for drawn in await stage.people.seen("anna", "private")] == ["Done."]
        assert stage.telegram.server.count(name="answerCallbackQuery") == 1


def test_the_capabilities_are_those_of_the_bot_api() -> None:
    assert (CAPABILITIES.max_text, CAPABILITIES.max_caption, CAPABILITIES.token_bytes) == (4096, 1024, 64)
    assert CAPABILITIES.pager and CAPABILITIES.private and CAPABILITIES.edits
