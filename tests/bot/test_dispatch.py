"""Conversations from what is typed to what is answered, with everything but the recommender real."""

from __future__ import annotations

import asyncio
import gc
from dataclasses import replace
from datetime import timedelta

import pytest
import structlog

from bot.chat.incoming import CommandCall
from bot.chat.reply import Text
from bot.dispatch import MAX_READ
from bot.errors import NothingToRecommend, Rejected, Unavailable
from bot.model.feedback import Verdict
from bot.model.recommendation import Mode
from bot.model.titles import Kind
from tests.bot.household import ROOMY, TEXT_ONLY, Household, author, cards, choices, merged, place, words


@pytest.fixture
def house() -> Household:
    return Household()


async def test_recommend_answers_cards_and_more(house: Household) -> None:
    reply = await house.say("/recommend")
    assert [card.ref for card in cards(reply)] == ["movie:101", "movie:102", "movie:103", "movie:104", "movie:105"]
    assert [option.label for option in choices(reply).options] == ["More"]
    heat = cards(reply)[0]
    assert heat.title == "Heat (1995)"
    assert heat.subtitle == "2 h 11 min · Crime, Drama"
    assert {fact.label: fact.value for fact in heat.facts} == {
        "Match": "99 %", "Confidence": "high", "Status": "in the library"
    }  # fmt: skip
    assert [button.label for button in heat.buttons] == ["Why?", "Seen it", "Not for me", "More like this"]
    assert all(button.token and len(button.token) <= 64 for button in heat.buttons)


async def test_what_was_shown_is_recorded_in_the_words_used(house: Household) -> None:
    reply = await house.say("/recommend limit=2")
    assert [(entry.rank, entry.title_id, entry.mode) for entry in house.store.entries] == [
        (1, 1, "tonight"),
        (2, 2, "tonight"),
    ]
    assert house.store.entries[0].explanation == cards(reply)[0].body
    assert house.store.entries[0].reasons[0]["name"] == "Rififi (1955)"
    assert [exposure.title_id for exposure in house.store.exposures] == [1, 2]


async def test_options_reach_the_recommender(house: Household) -> None:
    await house.say("/recommend mood a slow heist kind=film genre=krimi,-comedy limit=3")
    _, clearance, ask = house.recommender.asked[-1]
    assert (ask.mode, ask.query, ask.kind, ask.genres, ask.genres_not, ask.limit) == (
        Mode.MOOD, "a slow heist", Kind.MOVIE, ("Crime",), ("Comedy",), 3
    )  # fmt: skip
    assert clearance.libraries == frozenset([1])


async def test_words_are_a_mood(house: Household) -> None:
    reply = await house.say("a slow-burn heist film from the 70s, not a comedy")
    ask = house.recommender.asked[-1][2]
    assert (ask.mode, ask.query) == (Mode.MOOD, "a slow-burn heist film from the 70s, not a comedy")
    assert "slow-burn heist" in words(reply)


async def test_more_leaves_out_what_was_shown(house: Household) -> None:
    await house.say("/recommend")
    for said in ("more", "More, please!", "/more"):
        reply = await house.say(said)
        if said == "more":
            assert [card.ref for card in cards(reply)][:2] == ["movie:106", "movie:107"]
    assert "everything I have" in words(reply)
    assert house.recommender.asked[-1][2].exclude == frozenset(range(1, 13))


async def test_a_change_keeps_the_request_and_adds_words(house: Household) -> None:
    await house.say("a heist kind=film")
    await house.say("funnier")
    ask = house.recommender.asked[-1][2]
    assert ask.query == "a heist kind=film, funnier"
    assert ask.exclude == frozenset([1, 2, 3, 4, 5])
    await house.say("/similar Alien")
    await house.say("but shorter")
    ask = house.recommender.asked[-1][2]
    assert (ask.mode, ask.query) == (Mode.MOOD, "like Alien (1979), but shorter")


async def test_ordinals_and_why(house: Household) -> None:
    await house.say("/recommend")
    assert "**Aliens (1986)**" in words(await house.say("why the third?"))
    assert "**Aliens (1986)**" in words(await house.say("why?"))
    assert cards(await house.say("the second one"))[0].title == "Alien (1979)"
    assert cards(await house.say("the last"))[0].title == "The Sting (1973)"
    assert "**Heat (1995)**" in words(await house.say("warum der erste?"))
    assert "only 5 titles" in words(await house.say("why the ninth?"))
    assert "only 5 titles" in words(await house.say("17"))
    assert [exposure.title_id for exposure in house.store.exposures if exposure.touched] == [1, 3]


async def test_why_tells_what_was_said_when_it_was_suggested(house: Household) -> None:
    reply = await house.say("/similar Alien")
    sentence = cards(reply)[0].body
    told = words(await house.say("why 1"))
    assert sentence in told
    assert "you like" not in told  # Anna asked for something like Alien; that says nothing about her taste
    assert sentence not in words(await house.say("/why Heat", room="kitchen"))


async def test_numbers_and_labels_press_buttons(house: Household) -> None:
    await house.say("/recommend")
    detail = cards(await house.say("2"))[0]
    assert (detail.ref, detail.number) == ("movie:102", 2)
    assert "How was it" in words(await house.say("2b"))
    assert [(v.title_id, v.verdict) for v in house.store.verdicts] == [(2, Verdict.SEEN)]
    await house.say("1")
    assert house.store.verdicts[-1].verdict is Verdict.LIKE
    await house.say("3c")
    assert [hide.title_id for hide in house.store.hidden] == [3]
    await house.say("/recommend")
    assert cards(await house.say("6"))[0].ref == "movie:106"


async def test_a_verb_with_a_number_is_a_press(house: Household) -> None:
    await house.say("/recommend")
    await house.say("seen 2")
    await house.say("3 hide")
    await house.say("rate 1 9/10")
    assert house.store.verdicts[0].title_id == 2
    assert house.store.hidden[0].title_id == 3
    assert (house.store.ratings[0].title_id, house.store.ratings[0].value) == (1, 9)


@pytest.mark.parametrize(
    "said", ["I have seen Heat", "hide everything with zombies", "I would rate Heat a 9", "forget me"]
)
async def test_a_sentence_never_writes(house: Household, said: str) -> None:
    await house.say("/recommend")
    await house.say(said)
    assert not (house.store.verdicts or house.store.hidden or house.store.ratings)


async def test_feedback_commands_write(house: Household) -> None:
    assert "9 out of 10" in words(await house.say("/rate Heat 9"))
    assert "2026-07-01" in words(await house.say("/hide Ran"))
    await house.say("/like Up")
    assert house.store.ratings[0].value == 9
    assert house.store.hidden[0].title_id == 8
    assert house.store.verdicts[0].verdict is Verdict.LIKE


async def test_an_ambiguous_title_is_asked_about_and_the_answer_finishes_the_command(house: Household) -> None:
    question = choices(await house.say("/rate solaris 7"))
    assert [option.label for option in question.options] == ["Solaris (1972)", "Solaris (2002)"]
    assert not house.store.ratings
    assert "**Solaris (2002)**" in words(await house.say("2"))
    assert (house.store.ratings[0].title_id, house.store.ratings[0].value) == (7, 7)


async def test_search_shows_one_card_or_each_that_may_be_meant(house: Household) -> None:
    assert [card.title for card in cards(await house.say("/search Heat"))] == ["Heat (1995)"]
    several = await house.say("/search solaris")
    assert [card.title for card in cards(several)] == ["Solaris (1972)", "Solaris (2002)"]
    await house.say("/hide 2")
    assert house.store.hidden[0].title_id == 7


async def test_group_uses_what_all_may_see(house: Household) -> None:
    reply = await house.say("/recommend group @ben @cleo @anna")
    ask = house.recommender.asked[-1][2]
    assert (ask.mode, ask.companions) == (Mode.GROUP, (2, 3))
    assert "**Ben** 70 %" in cards(reply)[0].body
    assert "Rififi" not in cards(reply)[0].body.split("**Ben**")[1]
    await house.say("/recommend group ben and cleo")
    assert house.recommender.asked[-1][2].companions == (2, 3)


async def test_anybody_in_the_room_may_press_on_a_group_card_for_themselves(house: Household) -> None:
    reply = await house.say("/recommend group @ben", private=False, room="living room")
    seen = cards(reply)[0].buttons[1].token
    await house.press(seen, name="Ben", private=False, room="living room")
    assert [(v.member_id, v.title_id) for v in house.store.verdicts] == [(2, 1)]
    answer = await house.press(seen, name="Cleo", private=False, room="elsewhere")
    assert "somebody else" in words(answer)
    assert len(house.store.verdicts) == 1


async def test_buttons_belong_to_the_person_and_survive_a_restart(house: Household) -> None:
    hide = cards(await house.say("/recommend"))[0].buttons[2].token
    assert "somebody else" in words(await house.press(hide, name="Ben"))
    assert not house.store.hidden
    house.restart()
    await house.press(hide)
    assert house.store.hidden[0].member_id == 1
    house.clock.advance(timedelta(days=31))
    assert "too old" in words(await house.press(hide))
    assert "too old" in words(await house.press("x" * 5000))
    assert len(house.store.hidden) == 1


async def test_memory_survives_a_restart_and_ages_out(house: Household) -> None:
    await house.say("/recommend")
    house.restart()
    assert cards(await house.say("2"))[0].ref == "movie:102"
    house.clock.advance(timedelta(hours=13))
    assert "nothing to go on with" in words(await house.say("/more"))


async def test_memories_of_people_and_places_are_apart(house: Household) -> None:
    await house.say("/recommend")
    assert "nothing to go on with" in words(await house.say("/more", name="Ben"))
    assert "nothing to go on with" in words(await house.say("/more", room="kitchen"))


async def test_a_stranger_gets_one_sentence_and_nothing_is_kept(house: Household) -> None:
    reply = await house.say("/recommend", name="Mallory")
    assert words(reply).startswith("I do not know you")
    assert words(reply).endswith("terminal:Mallory")
    whispered = await house.say("/recommend", name="Mallory", private=False)
    assert (whispered.private, words(whispered)) == (True, words(reply))
    assert not cards(reply)
    assert not house.store.talks
    assert not house.recommender.asked


async def test_where_nobody_can_be_told_alone_a_room_does_not_hear_a_strangers_account() -> None:
    house = Household(replace(ROOMY, private=False))
    told = await house.say("/recommend", name="Mallory", private=False)
    assert words(told).startswith("I do not know you")
    assert "Mallory" not in words(told)


@pytest.mark.parametrize("whispers", [True, False])
async def test_a_room_is_not_told_whose_button_somebody_pressed_where_one_can_whisper(whispers: bool) -> None:
    house = Household(replace(ROOMY, private=whispers))
    (first, *_more) = cards(await house.say("/recommend", private=False))
    refused = await house.press(first.buttons[0].token, name="Ben", private=False)
    assert "somebody else" in words(refused)
    assert refused.private is whispers


async def test_rooms_hear_no_watched_title_and_no_profile() -> None:
    house = Household(replace(ROOMY, private=False))
    reply = await house.say("/recommend", private=False)
    assert all("Rififi" not in card.body for card in cards(reply))
    assert "Rififi" not in words(await house.say("/why 1", private=False))
    refused = await house.say("/profile", private=False)
    assert "private message" in words(refused)
    assert "Crime" not in words(refused)
    assert "Crime 50 %" in words(await house.say("/profile", private=True))


async def test_private_answers_are_marked_where_they_can_be_whispered(house: Household) -> None:
    assert (await house.say("/profile", private=False)).private
    assert not (await house.say("/profile", private=True)).private


async def test_help_is_made_from_the_declarations(house: Household) -> None:
    text = words(await house.say("/help"))
    for spec in house.dispatch._commands:
        assert (f"`/{spec.name}`" in text) is not (spec.admin or spec.hidden)
    assert "`/room`" in words(await house.say("/help", name="Cleo"))
    assert "administrators only" in words(await house.say("/help room"))
    assert "value 1-10" in words(await house.say("/help rate"))
    assert "Did you mean" in words(await house.say("/help rat"))


@pytest.mark.parametrize(
    ("said", "part"),
    [
        ("/rate", "is missing"),
        ("/recommend group", "somebody beside you"),
        ("/recommend group @anna", "somebody beside you"),
        ("/recommend group @nobody", "nobody here called"),
        ("/recommend mood", "Say what you are in the mood for"),
        ("/recommend genre=xyzzy", "no genre"),
        ("/similar Xyzzy", "no title called"),
        ("/why", "Which title"),
        ("/nonsense", "no command"),
        ("", "Tell me what"),
        ("\x00\x1b[2J\u202e", "Tell me what"),
        ("...", "Tell me what"),
    ],
)
async def test_mistakes_get_one_clear_sentence(house: Household, said: str, part: str) -> None:
    reply = await house.say(said)
    assert part in words(reply)
    assert not cards(reply)


async def test_a_very_long_message_is_answered(house: Household) -> None:
    reply = await house.say("a heist film " * 800)
    assert words(reply).startswith("That was long")
    assert cards(reply)
    query = house.recommender.asked[-1][2].query
    assert query is not None
    assert len(query) <= MAX_READ
    assert "That was long" in words(await house.say("/recommend mood " + "x" * 10_000))


async def test_errors_become_words(house: Household) -> None:
    house.recommender.fails = NothingToRecommend("The catalogue is empty: import titles first.")
    assert words(await house.say("/recommend")) == "The catalogue is empty: import titles first."
    house.recommender.fails = Unavailable("vectors", "The vector store cannot be opened.")
    assert "The vector store cannot be opened" in words(await house.say("/recommend"))
    house.recommender.fails = Rejected("seerr", "Seerr refused.")
    assert words(await house.say("/recommend")) == "Seerr refused."


async def test_an_unforeseen_error_is_logged_and_told_without_details(house: Household) -> None:
    house.recommender.fails = ZeroDivisionError("secret detail")
    with structlog.testing.capture_logs() as logs:
        text = words(await house.say("/recommend"))
    assert "secret" not in text
    assert logs[-1]["incident"] in text
    house.recommender.fails = None
    assert cards(await house.say("/recommend"))


async def test_a_broken_database_is_told(house: Household) -> None:
    house.store.broken = Unavailable("database", "The database cannot be opened.")
    assert "The database cannot be opened" in words(await house.say("/recommend"))


async def test_hostile_words_are_shown_literally(house: Household) -> None:
    text = words(await house.say("[free](http://evil) *films* \x1b[31m"))
    assert "\\[free\\](http\\://evil) \\*films\\*" in text
    assert "\x1b" not in text


async def test_turns_of_one_conversation_run_in_order_and_others_do_not_wait(house: Household) -> None:
    running: list[str] = []
    most = 0

    async def slow() -> None:
        nonlocal most
        running.append("x")
        most = max(most, len(running))
        await asyncio.sleep(0.01)
        running.pop()

    house.recommender.before = slow
    replies = await asyncio.gather(*(house.say("/recommend limit=1" if not i else "more") for i in range(4)))
    assert most == 1
    assert [cards(reply)[0].ref for reply in replies] == ["movie:101", "movie:102", "movie:103", "movie:104"]
    await asyncio.gather(house.say("/recommend"), house.say("/recommend", name="Ben"))
    assert most == 2
    gc.collect()
    assert not house.dispatch._locks


async def test_a_cancelled_turn_frees_the_conversation(house: Household) -> None:
    async def forever() -> None:
        await asyncio.Event().wait()

    house.recommender.before = forever
    task = asyncio.ensure_future(house.say("/recommend"))
    await asyncio.sleep(0.01)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    house.recommender.before = None
    assert cards(await house.say("/recommend"))


async def test_typed_options_of_a_platform_take_the_same_way(house: Household) -> None:
    call = CommandCall("1", place(), author(), "rate", {"title": "Heat", "value": 8})
    assert "8 out of 10" in words(merged(await house.take(call)))
    call = CommandCall("2", place(), author(), "rate", {"title": "Heat", "value": 80})
    assert "from 1 to 10" in words(merged(await house.take(call)))


async def test_text_only_platforms_get_numbers_that_work() -> None:
    house = Household(TEXT_ONLY)
    reply = await house.say("/recommend limit=2")
    assert all(isinstance(part, Text) for part in reply.parts)
    assert "**2\\.** **Alien (1979)**" in words(reply)
    assert "`2b` Seen it" in words(reply)
    assert "3\\. More" in words(reply)
    await house.say("2b")
    assert house.store.verdicts[0].title_id == 2
