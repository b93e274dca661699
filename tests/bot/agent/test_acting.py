"""From plain words to what is done about them, over the demo household's titles."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from adapters.clock import SystemClock
from adapters.demo.household import DemoHousehold
from bot.agent.understanding import Said, Understanding
from bot.chat.reply import Action, Choices, Reply
from bot.commands import COMMANDS, HIDDEN
from bot.errors import InvalidInput, NotFound
from bot.model.members import Clearance
from bot.model.recommendation import Ask
from bot.model.titles import Title
from bot.services.catalogue_view import CatalogueView, TitleDrafts
from bot.services.conversations import Memory

NAMES = frozenset(command.name for command in (*COMMANDS, *HIDDEN))
AFTER = Memory(ask=Ask(), shown=("movie:1", "movie:2", "movie:3"), excluded=(1, 2, 3))
EVERYTHING = Clearance(libraries=None)


@pytest.fixture(scope="module")
def view() -> CatalogueView:
    import asyncio

    async def read() -> CatalogueView:
        drafts, number = TitleDrafts({}), 0
        household = DemoHousehold(SystemClock())
        for library in await household.libraries():
            async for page in household.items(library.key):
                drafts.take([Title(number + at, item.facts.refs[0], item.facts) for at, item in enumerate(page, 1)])
                number += len(page)
        return drafts.finish(None).view(0, "tests", None)

    return asyncio.run(read())


async def answer(view: CatalogueView, text: str, memory: Memory | None = None, **known: Any) -> Action | Reply:
    async def current() -> CatalogueView:
        return view

    said = Said(
        text=text,
        memory=memory or Memory(),
        clearance=known.pop("clearance", EVERYTHING),
        locale=known.pop("locale", "en"),
        now=datetime(2026, 3, 1, tzinfo=UTC),
        commands=NAMES,
        **known,
    )
    return await Understanding(current).answer(said)


@pytest.mark.parametrize(
    ("text", "name", "args"),
    [
        ("rate heat 8", "propose", {"what": "rate", "title": "Heat (1995)", "value": 8}),
        ("i've seen inception", "propose", {"what": "seen", "title": "Inception (2010)"}),
        ("never show me titanic again", "propose", {"what": "hide", "title": "Titanic (1997)"}),
        ("ich liebe den paten", "propose", {"what": "like", "title": "The Godfather (1972)"}),
        ("add roma to my watchlist", "propose", {"what": "watchlist-add", "title": "Roma (2018)"}),
        ("retire titanic de ma liste", "propose", {"what": "watchlist-remove", "title": "Titanic (1997)"}),
        ("show my watchlist", "watchlist", {"action": "show"}),
        ("more movies like pulp ficton", "similar", {"title": "Pulp Fiction (1994)"}),
        ("haben wir der weisse hai", "search", {"title": "Jaws (1975)"}),
        ("why not jaws?", "whynot", {"title": "Jaws (1975)"}),
        ("surprise me", "recommend", {"mode": "shuffle"}),
        ("bonjour", "start", {}),
        ("speak german with me", "settings", {"setting": "language", "value": "de"}),
        ("something scary for me and @ben", "recommend", {"mode": "group", "with": ("ben",)}),
    ],
)
async def test_words_choose_a_command(view: CatalogueView, text: str, name: str, args: dict[str, Any]) -> None:
    done = await answer(view, text)
    assert isinstance(done, Action)
    assert done.name == name
    assert args.items() <= dict(done.args).items()


@pytest.mark.parametrize(
    ("text", "name", "args"),
    [
        ("why the third?", "why", {"title": "movie:3"}),
        ("the last one", "search", {"title": "movie:3"}),
        ("seen the second one already", "propose", {"what": "seen", "title": "movie:2"}),
        ("mehr wie der erste", "similar", {"title": "movie:1"}),
        ("encore", "more", {}),
        ("funnier", "more", {"query": "funnier"}),
    ],
)
async def test_words_speak_of_the_last_answer(view: CatalogueView, text: str, name: str, args: dict[str, Any]) -> None:
    done = await answer(view, text, AFTER)
    assert isinstance(done, Action)
    assert (done.name, dict(done.args)) == (name, args)


@pytest.mark.parametrize(
    ("text", "name", "args"),
    [
        # What is asked for counts, whatever else is told.
        ("I want a crime movie tonight. I loved Pulp Fiction.", "recommend",
         {"mode": "mood", "query": "I want a crime movie tonight. I loved “Pulp Fiction”."}),
        ("We watched Jaws yesterday. Please recommend a thriller.", "similar",
         {"title": "Jaws (1975)", "genre": "Thriller"}),
        # The year is part of the name.
        ("a comedy like Jaws", "similar", {"title": "Jaws (1975)", "genre": "Comedy"}),
        ("something like Jaws (1975)", "similar", {"title": "Jaws (1975)"}),
        ("ähnlich wie Der Pate (1972)", "similar", {"title": "The Godfather (1972)"}),
    ],
)  # fmt: skip
async def test_what_is_told_beside_a_wish_is_no_wish(
    view: CatalogueView, text: str, name: str, args: dict[str, Any]
) -> None:
    done = await answer(view, text)
    assert isinstance(done, Action)
    assert (done.name, dict(done.args)) == (name, args)


@pytest.mark.parametrize(
    ("text", "locale", "name"),
    [
        ("I haven't seen that one yet", "en", "search"),
        ("never heard of it before", "en", "search"),
        ("den kenne ich noch nicht, nie gehört", "de", "search"),
        ("celui-là, jamais vu", "fr", "search"),
        ("I've seen that one already", "en", "propose"),
    ],
)
async def test_who_has_not_seen_it_is_shown_what_it_is(view: CatalogueView, text: str, locale: str, name: str) -> None:
    one = Memory(ask=Ask(), shown=("movie:1",), excluded=(1,))
    done = await answer(view, text, one, locale=locale)
    assert isinstance(done, Action)
    assert (done.name, done.args["title"]) == (name, "movie:1")


async def test_asking_for_other_suggestions_goes_on_with_the_last_answer(view: CatalogueView) -> None:
    assert await answer(view, "any other suggestions?", AFTER) == Action("more", {})


async def test_the_ninth_of_three_is_said_not_to_exist(view: CatalogueView) -> None:
    with pytest.raises(InvalidInput, match="only 3 titles"):
        await answer(view, "why the ninth?", AFTER)


async def test_namesakes_are_left_to_be_asked_about(view: CatalogueView) -> None:
    done = await answer(view, "add true grit to my watchlist")
    assert isinstance(done, Action)
    assert done.args["title"] == "True Grit"


async def test_a_title_that_may_not_be_shown_is_called_by_the_words_of_the_person(view: CatalogueView) -> None:
    nothing = Clearance(libraries=frozenset(), unlisted=False)
    with pytest.raises(NotFound, match="no title called “pulp ficton”"):
        await answer(view, "rate pulp ficton 9", clearance=nothing)
    # What is hidden and what is not here are told in the same words.
    with pytest.raises(NotFound, match="no title called “Heat”"):
        await answer(view, "have we got Heat?", clearance=nothing)


@pytest.mark.parametrize("text", ["have we got Lost?", "rate Lost 9", "something like Lost"])
async def test_a_title_that_is_not_here_is_none_that_begins_alike(view: CatalogueView, text: str) -> None:
    with pytest.raises(NotFound, match="no title called “Lost”"):
        await answer(view, text)


async def test_a_title_that_is_not_here_can_be_asked_for(view: CatalogueView) -> None:
    done = await answer(view, "please request Only Fools and Horses")
    assert isinstance(done, Action)
    assert (done.name, done.args["title"]) == ("request", "Only Fools and Horses")


@pytest.mark.parametrize("text", ["un drame avec Zoé Mirabellier", "a drama with Jackie Chan"])
async def test_nobody_gets_films_without_the_person_they_asked_for(view: CatalogueView, text: str) -> None:
    done = await answer(view, text)
    assert isinstance(done, Reply)
    (asked,) = done.parts
    assert isinstance(asked, Choices)
    assert "I know nothing here with" in asked.prompt
    (rest,) = asked.options
    assert rest.press.args["mode"] == "mood"
    assert "Zoé" not in rest.press.args["query"]
    assert "Chan" not in rest.press.args["query"]


async def test_people_in_what_may_not_be_seen_are_nobody(view: CatalogueView) -> None:
    assert isinstance(await answer(view, "something with Al Pacino"), Action)
    hidden = await answer(view, "something with Al Pacino", clearance=Clearance(libraries=frozenset(), unlisted=False))
    assert isinstance(hidden, Reply)


@pytest.mark.parametrize("text", ["forget me", "unlink my account", "sync the library now", "lösche alle meine daten"])
async def test_a_sentence_alone_never_does_what_cannot_be_undone(view: CatalogueView, text: str) -> None:
    done = await answer(view, text)
    assert not isinstance(done, Action) or done.name not in ("forget", "unlink", "sync", "export")


async def test_what_is_not_understood_is_said_with_what_may_be_meant(view: CatalogueView) -> None:
    done = await answer(view, "asdf *qwer* blub")
    assert isinstance(done, Reply)
    (asked,) = done.parts
    assert isinstance(asked, Choices)
    assert "did not get" in asked.prompt
    assert "\\*qwer\\*" in asked.prompt
    assert {"help", "recommend"} <= {option.press.name for option in asked.options}


async def test_somebody_a_platform_mentions_is_known_by_the_account(view: CatalogueView) -> None:
    done = await answer(view, "for me and @Ben_Smith", accounts={"ben_smith": "account:42"})
    assert isinstance(done, Action)
    assert done.args["with"] == ("account:42",)
