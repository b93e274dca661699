"""Conversations with an Ollama server on real sockets, every request held against Ollama's description."""

from __future__ import annotations

from pathlib import Path

import pytest

from adapters.models.chat import AvailableModels, LangChainText, ModelSources, OllamaServer
from adapters.models.chat.available import use
from bot.errors import Unavailable
from tests.bot.agent.talking import with_models
from tests.bot.household import cards, words
from tests.fakes.services.ollama import FakeOllama

MODELS = {
    "tiny:1b": ("1.2B", "llama"),
    "middle:8b": ("8.0B", "llama"),
    "large:70b": ("70.6B", "llama"),
    "nomic-embed-text:latest": ("137M", "nomic-bert"),
}
CALL = {"tool_calls": [{"function": {"name": "mood_search", "arguments": {"query": "a heist", "limit": 2}}}]}


def available(fake: FakeOllama, choice: Path | None = None) -> AvailableModels:
    return AvailableModels(ModelSources(ollama_url=fake.url, choice=choice))


async def test_a_turn_over_the_wire() -> None:
    fake = FakeOllama(dict(MODELS), [[CALL], [{"content": "Start with "}, {"content": "[[1]]."}]])
    async with fake.server:
        reply = await with_models(available(fake)).say("surprise me with a heist")
        assert [card.title for card in cards(reply)] == ["Heat (1995)", "Alien (1979)"]
        assert "Start with **Heat (1995)**." in words(reply)
        first, second = [call.json for call in fake.server.requests if call.operation == "/api/chat"]
        assert first["model"] == "middle:8b"
        assert {"recommend", "mood_search"} <= {tool["function"]["name"] for tool in first["tools"]}
        assert second["messages"][-1]["role"] == "tool"
        # The client library leaves out the empty content of a message that only calls tools; Ollama takes it.
        assert [each for each in fake.server.violations if "'content' is a required property" not in each] == []


@pytest.mark.parametrize(
    "script",
    [
        [[{"content": "Start"}, '{"error": "the model crashed"}']],
        [[{"content": "Start"}, '{"model": "middle:8b", "mess']],
        [["not json at all"]],
    ],
    ids=["error", "half a line", "no JSON"],
)
async def test_a_stream_that_breaks_ends_in_an_answer(script: list[list[str]]) -> None:
    fake = FakeOllama(dict(MODELS), script)
    async with fake.server:
        assert len(cards(await with_models(available(fake)).say("recommend me something"))) == 5


async def test_a_model_that_is_pulled_away_ends_in_an_answer() -> None:
    fake = FakeOllama(dict(MODELS), [[{"content": "Hello there, friend."}]])
    async with fake.server:
        models = available(fake)
        await models.candidates()
        fake.models.clear()
        assert len(cards(await with_models(models).say("recommend me something"))) == 5


async def test_a_server_that_is_down_ends_in_an_answer() -> None:
    models = AvailableModels(ModelSources(ollama_url="http://127.0.0.1:9"))
    assert await models.candidates() == ()
    assert len(cards(await with_models(models).say("recommend me something"))) == 5


@pytest.mark.parametrize(
    ("names", "chosen"),
    [
        (MODELS, "ollama/middle:8b"),
        ({"tiny:1b": MODELS["tiny:1b"], "small:3b": ("3.2B", "llama")}, "ollama/small:3b"),
        ({"nomic-embed-text:latest": MODELS["nomic-embed-text:latest"]}, None),
        ({}, None),
    ],
)
async def test_the_smallest_that_is_able_is_chosen_else_the_largest(
    names: dict[str, tuple[str, str]], chosen: str | None
) -> None:
    fake = FakeOllama(dict(names))
    async with fake.server:
        assert next((model.name for model in await available(fake).candidates()), None) == chosen


async def test_an_administrators_choice_holds_at_once_and_while_it_is_there(tmp_path: Path) -> None:
    fake, choice = FakeOllama(dict(MODELS)), tmp_path / "models" / "choice.txt"
    async with fake.server:
        models = available(fake, choice)
        assert [model.name for model in await models.candidates()] == ["ollama/middle:8b"]
        use(choice, "tiny:1b")
        assert [model.name for model in await models.candidates()] == ["ollama/tiny:1b"]
        use(choice, "gone:3b")
        assert [model.name for model in await models.candidates()] == ["ollama/middle:8b"]
        use(choice, None)
        assert [model.name for model in await models.candidates()] == ["ollama/middle:8b"]


async def test_models_are_listed_loaded_and_removed() -> None:
    fake = FakeOllama(dict(MODELS))
    async with fake.server:
        server = OllamaServer(fake.url)
        assert [model.name for model in await server.installed()] == sorted(MODELS)
        assert [(model.size, model.on_card) for model in await server.loaded()] == [(5000, 4000)]
        await server.remove("tiny:1b")
        with pytest.raises(Unavailable):
            await server.remove("tiny:1b")
        fake.server.assert_clean()


async def test_a_text_is_completed_with_a_schema() -> None:
    fake = FakeOllama(dict(MODELS), [[{"content": '{"a": '}, {"content": "1}"}]])
    async with fake.server:
        (text,) = await available(fake).texts()
        assert isinstance(text, LangChainText)
        assert await text.complete("one", schema={"type": "object"}, timeout=10) == '{"a": 1}'
        assert fake.server.requests[-1].json["format"] == {"type": "object"}
        fake.server.assert_clean()
