"""Inline mode: titles offered to those who may see them, and what choosing one does."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest

from adapters.chat.telegram.inline import CompleteTitle
from bot.chat.incoming import Author, Message
from bot.errors import NotLinked, Unavailable
from tests.adapters.chat.telegram.conftest import Stage, staged
from tests.fakes.services.telegram import BOT
from tests.fakes.services.telegram_markup import parse


def library(*titles: tuple[str, str], only: str | None = None) -> CompleteTitle:
    async def complete(author: Author, typed: str) -> Sequence[tuple[str, str]]:
        return [pair for pair in titles if typed.lower() in pair[0].lower() and (only in (None, author.account))]

    return complete


async def offered(stage: Stage, user: str, typed: str) -> dict[str, object]:
    query = await stage.people.type_inline(user, typed)
    await stage.telegram.until(lambda: any(a["inline_query_id"] == query for a in stage.telegram.inline))
    return next(answer for answer in stage.telegram.inline if answer["inline_query_id"] == query)


async def test_titles_are_offered_and_the_chosen_one_is_looked_up_where_it_is_posted() -> None:
    async with staged(titles=library(("Heat (1995)", "movie:949"), ("The Heat <b> (2013)", "movie:136795"))) as stage:
        answer = await offered(stage, "anna", "heat")
        results = answer["results"]
        assert isinstance(results, list)
        assert [result["title"] for result in results] == ["Heat (1995)", "The Heat <b> (2013)"]
        content = results[1]["input_message_content"]
        posted, entities = parse(content["message_text"], content["parse_mode"])
        assert posted == "The Heat <b> (2013)"
        assert entities[0]["url"] == "https://t.me/recommendarr_bot?start=search_movie_136795"
        for place in ("room", "private"):
            update = await stage.people.write("anna", place, posted, entities=entities, via_bot=BOT)
            await stage.people.received(update)
        assert [m.text for m in stage.inbox.heard if isinstance(m, Message)] == ["/search movie:136795"] * 2
        assert answer["is_personal"] is True


async def test_each_person_is_offered_what_that_person_may_see() -> None:
    async with staged(titles=library(("Heat (1995)", "movie:949"), only="5001")) as stage:
        assert len(list((await offered(stage, "anna", "heat"))["results"])) == 1  # type: ignore[call-overload]
        assert (await offered(stage, "ben", "heat"))["results"] == []


async def test_a_stranger_is_offered_the_way_to_link_and_nothing_else() -> None:
    async def refuse(_author: Author, _typed: str) -> Sequence[tuple[str, str]]:
        raise NotLinked("Who are you?")

    async with staged(titles=refuse) as stage:
        answer = await offered(stage, "anna", "heat")
        assert answer["results"] == []
        button = answer["button"]
        assert isinstance(button, dict)
        assert button["start_parameter"] == "link"


async def test_odd_titles_and_references_are_left_out_or_cut() -> None:
    titles = (
        ("Heat", "movie:949"),
        ("Heat again", "movie:949"),
        ("heat x" * 200, "movie:local-17"),
        ("heat\n\u202eevil", "series:tvdb-81189"),
        ("heat broken", "movie:../../etc"),
        ("heat long", "movie:" + "9" * 80),
        *((f"Heat {number}", f"movie:{number}") for number in range(60)),
    )
    async with staged(titles=library(*titles)) as stage:
        results = (await offered(stage, "anna", "heat"))["results"]
        assert isinstance(results, list)
        assert [result["id"] for result in results[:3]] == ["movie:949", "movie:local-17", "series:tvdb-81189"]
        assert len(results) == 20
        assert results[2]["title"] == "heat evil"


async def test_too_little_or_too_much_typed_asks_for_nothing_or_its_beginning() -> None:
    asked: list[str] = []

    async def complete(_author: Author, typed: str) -> Sequence[tuple[str, str]]:
        asked.append(typed)
        return ()

    async with staged(titles=complete) as stage:
        for typed in ("", " h ", "x" * 256):
            await offered(stage, "anna", typed)
    assert [len(typed) for typed in asked] == [100]


async def test_only_the_latest_query_of_a_person_is_worked_on() -> None:
    ready = asyncio.Event()
    asked: list[str] = []

    async def slow(_author: Author, typed: str) -> Sequence[tuple[str, str]]:
        asked.append(typed)
        if len(asked) <= 4:
            await ready.wait()
        return ()

    async with staged(titles=slow) as stage:
        for user in ("anna", "ben", "carla", "dora"):
            await stage.people.type_inline(user, "heat")
        for typed in ("he", "hea", "heat"):
            await stage.people.type_inline("emil", typed)
        await stage.people.say("anna", "private", "hi")
        ready.set()
        await stage.telegram.until(lambda: len(stage.telegram.inline) == 5)
        assert asked[4:] == ["heat"]


@pytest.mark.parametrize("late", [True, False])
async def test_a_failing_search_or_a_late_answer_disturbs_nobody(late: bool) -> None:
    async def complete(_author: Author, _typed: str) -> Sequence[tuple[str, str]]:
        if not late:
            raise Unavailable("database", "Not now.")
        stage.telegram.open_queries.clear()
        return ()

    async with staged(titles=complete) as stage:
        await stage.people.type_inline("anna", "heat")
        await stage.people.say("anna", "private", "hi")
        assert len(stage.inbox.heard) == 1
        assert stage.run is not None
        assert not stage.run.done()
