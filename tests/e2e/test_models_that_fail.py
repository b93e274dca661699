"""Whatever a language model does, the person gets an answer to what they asked, and the model is not asked for ever.

The whole application with an Ollama server on real sockets: what is said goes through the dispatch, to the model over
the wire, and where that fails to the interpreter in the same turn.
"""

from __future__ import annotations

import asyncio
import gc
import shutil
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import pytest_asyncio

from bot.agent.modelled import MODEL_CALLS
from bot.bootstrap import Application, open_application
from bot.chat.reply import Card, Text
from bot.settings import AiSettings
from tests.e2e.conftest import Talk, settings_for
from tests.fakes.services.ollama import FakeOllama, Line

pytestmark = [
    # Opening the application takes longer than all that is tried with it.
    pytest.mark.asyncio(loop_scope="module"),
    # The client library leaves the connection of an answer that is given up to the garbage collector.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

MODELS = {"middle:8b": ("8.0B", "llama")}
WISH = "a scary movie please"
PICKS = 5


def calling(name: str, arguments: dict[str, Any]) -> dict[str, Any]:
    return {"tool_calls": [{"function": {"name": name, "arguments": arguments}}]}


FINDS = calling("mood_search", {"query": "a heist", "limit": 2})


@dataclass(frozen=True, slots=True)
class Answered:
    """The titles and words of an answer, and how often the model was asked."""

    titles: tuple[str, ...]
    words: str
    calls: int


@dataclass(frozen=True, slots=True)
class House:
    """Anna with an application whose models are the fake server's."""

    application: Application
    fake: FakeOllama

    def begin(self, script: Sequence[Line]) -> Talk:
        """A conversation of its own with a model that does this, the last line again and again."""
        self.fake.models.update(MODELS)
        self.fake.script[:] = script
        assert self.application.language is not None
        self.application.language.available.look_again()
        return Talk(self.application, "Anna", uuid4().hex)

    async def say(self, talk: Talk, text: str = WISH) -> Answered:
        before = self._asked()
        parts = [part for reply in await talk.say(text) for part in reply.parts]
        gc.collect()  # what is left of the answer, here and not in another test
        said = [
            part.markdown if isinstance(part, Text) else part.prompt for part in parts if not isinstance(part, Card)
        ]
        titles = tuple(part.title for part in parts if isinstance(part, Card))
        return Answered(titles, "\n".join(said), self._asked() - before)

    def _asked(self) -> int:
        return sum(call.operation == "/api/chat" for call in self.fake.server.requests)


@asynccontextmanager
async def living(home: Path, **ai: Any) -> AsyncIterator[House]:
    fake = FakeOllama(dict(MODELS))
    async with fake.server:
        settings = settings_for(home).model_copy(update={"ai": AiSettings(ollama_url=fake.url, **ai)})
        async with open_application(settings) as application:
            await application.services.accounts.link_terminal("Anna", application.clock.now())
            yield House(application, fake)
        for _round in range(3):
            gc.collect()
            await asyncio.sleep(0.01)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def house(demo_template: Path, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[House]:
    home = tmp_path_factory.mktemp("failing") / "home"
    shutil.copytree(demo_template, home, symlinks=True)
    async with living(home) as opened:
        yield opened


def is_the_interpreters(found: Answered) -> bool:
    """Whether this is what is answered without a model: a search for the person's own words."""
    return len(found.titles) == PICKS and WISH in found.words


@pytest.mark.parametrize(
    ("script", "most"),
    [
        ([500], 1),
        ([404], 1),
        ([['{"error": "out of memory"}']], 1),
        ([[{"content": "Try "}, '{"model": "middle:8b", "mess']], 1),
        ([[calling("mood_search", {"limit": "many"})]], MODEL_CALLS),
        ([[calling("delete_everything", {})]], MODEL_CALLS),
        ([[{"content": ""}]], 1),
    ],
    ids=[
        "500", "404", "error in the stream", "cut off",
        "malformed calls for ever", "unknown tools for ever", "nothing",
    ],
)  # fmt: skip
async def test_a_failure_ends_in_what_is_answered_without_a_model(
    house: House, script: Sequence[Line], most: int
) -> None:
    found = await house.say(house.begin(script))
    assert is_the_interpreters(found), found
    assert 1 <= found.calls <= most


async def test_without_any_model_none_is_asked(house: House) -> None:
    talk = house.begin([[FINDS]])
    house.fake.models.clear()
    found = await house.say(talk)
    assert is_the_interpreters(found), found
    assert found.calls == 0


async def test_a_model_that_is_pulled_away_between_two_turns(house: House) -> None:
    talk = house.begin([[FINDS], [{"content": "Start with [[1]]."}]])
    assert len((await house.say(talk)).titles) == 2
    house.fake.models.clear()
    found = await house.say(talk)
    assert is_the_interpreters(found), found
    assert found.calls == 1


async def test_a_model_that_is_pulled_away_in_mid_run_leaves_what_its_tool_found(house: House) -> None:
    talk = house.begin([[FINDS, house.fake.models.clear], [{"content": "never said"}]])
    found = await house.say(talk)
    assert (len(found.titles), found.calls) == (2, 2)
    assert "never said" not in found.words
    assert is_the_interpreters(await house.say(talk))


async def test_what_a_tool_found_is_shown_whatever_follows(house: House) -> None:
    found = await house.say(house.begin([[FINDS], 500]))
    assert (len(found.titles), found.calls) == (2, 2)


async def test_an_endless_loop_of_tools_ends_in_what_they_found(house: House) -> None:
    found = await house.say(house.begin([[FINDS]]))
    assert len(found.titles) == 2
    assert 2 <= found.calls <= MODEL_CALLS


async def test_a_malformed_call_may_be_mended(house: House) -> None:
    script = [[calling("mood_search", {"query": 7})], [FINDS], [{"content": "Start with [[1]]."}]]
    found = await house.say(house.begin(script))
    assert (len(found.titles), found.calls) == (2, 3)
    assert f"Start with **{found.titles[0]}**." in found.words


@pytest.mark.parametrize("before", [[], [{"content": "Let me see. "}]], ids=["silent", "after a few words"])
async def test_a_model_that_stalls_is_given_up(
    demo_template: Path, tmp_path: Path, before: list[dict[str, Any]]
) -> None:
    never = asyncio.Event()
    home = tmp_path / "home"
    shutil.copytree(demo_template, home, symlinks=True)
    async with living(home, call_seconds=0.2, turn_seconds=0.5) as house:
        try:
            found = await house.say(house.begin([[*before, never]]))
        finally:
            never.set()
    assert is_the_interpreters(found), found
    assert found.calls == 1
