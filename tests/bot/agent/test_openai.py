"""Conversations with a provider that speaks like OpenAI, on real sockets; what was used is counted and priced."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from adapters.models.chat import AvailableModels, LangChainText, Ledger, ModelSources
from adapters.models.chat.available import Provider
from adapters.web import PrometheusMeter
from bot.errors import Unavailable
from tests.bot.agent.talking import with_models
from tests.bot.household import cards, words
from tests.fakes.services.openai import KEY, FakeOpenAi, call

FINDS = call("mood_search", json.dumps({"query": "a heist", "limit": 2}))
SAYS: list[dict[str, str] | str] = [{"content": "Start with "}, {"content": "[[1]]."}]


def available(fake: FakeOpenAi, ledger: Ledger | None = None) -> AvailableModels:
    sources = ModelSources(provider="openai", provider_model="house/model", api_key=KEY, base_url=fake.url)
    return AvailableModels(sources, ledger=ledger)


async def test_a_turn_over_the_wire_is_counted(tmp_path: Path) -> None:
    file = tmp_path / "counts.json"
    ledger = Ledger(file, {"house/model": (1.0, 10.0)})
    async with FakeOpenAi([FINDS, SAYS]).serving() as fake:
        reply = await with_models(available(fake, ledger)).say("surprise me with a heist")
    assert [card.title for card in cards(reply)] == ["Heat (1995)", "Alien (1979)"]
    assert "Start with **Heat (1995)**." in words(reply)
    assert fake.problems == []
    assert fake.asked[0]["model"] == "house/model"
    assert [message["role"] for message in fake.asked[1]["messages"]][-2:] == ["assistant", "tool"]
    await ledger.write()
    (spent,) = await Ledger(file, {"openai/house/model": (1.0, 10.0)}).spent()
    assert (spent.model, spent.calls, spent.read, spent.written) == ("openai/house/model", 2, 200, 40)
    assert spent.cost == pytest.approx((200 * 1.0 + 40 * 10.0) / 1e6)
    meter = PrometheusMeter()
    meter.watch_models(ledger.counted)
    told = meter.exposition(()).decode()
    assert 'recommendarr_language_model_total{kind="read",model="openai/house/model"} 200.0' in told


@pytest.mark.parametrize(
    "line",
    [401, 404, 429, 500, ["data: {half a li"], ["event: nonsense\n\n"], [{"content": ""}], ["data: []\n\n"]],
    ids=["key", "model", "limit", "server", "cut", "no-event", "empty", "shape"],
)
async def test_every_failure_ends_in_an_answer_without_the_key(
    line: list[dict[str, str] | str] | int, capsys: pytest.CaptureFixture[str]
) -> None:
    async with FakeOpenAi([line]).serving() as fake:
        reply = await with_models(available(fake)).say("recommend me something")
    assert len(cards(reply)) == 5
    assert KEY not in words(reply)
    assert KEY not in "".join(capsys.readouterr())


async def test_arguments_that_are_no_json_are_answered_and_tried_again() -> None:
    async with FakeOpenAi([call("mood_search", '{"query": '), FINDS, SAYS]).serving() as fake:
        reply = await with_models(available(fake)).say("surprise me with a heist")
    assert "Start with **Heat (1995)**." in words(reply)
    assert fake.problems == []


async def test_a_text_is_completed() -> None:
    async with FakeOpenAi([[{"content": '{"a": 1}'}]]).serving() as fake:
        (text,) = await available(fake).texts()
        assert isinstance(text, LangChainText)
        assert not text.is_local
        assert await text.complete("one", schema={"type": "object"}, timeout=20) == '{"a": 1}'


@pytest.fixture
def _without_extras(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for module in ("langchain_openai", "langchain_anthropic", "langchain_google_genai"):
        monkeypatch.setitem(sys.modules, module, None)
    yield


@pytest.mark.usefixtures("_without_extras")
@pytest.mark.parametrize("provider", ["openai", "anthropic", "google"])
async def test_a_missing_extra_is_named_and_people_are_answered(provider: Provider) -> None:
    models = AvailableModels(ModelSources(provider=provider, api_key=KEY))
    (model,) = await models.candidates()
    with pytest.raises(Unavailable, match=rf"pip install 'recommendarr\[{provider}\]'"):
        model.open()
    assert len(cards(await with_models(models).say("recommend me something"))) == 5


async def test_counts_of_two_processes_add_up_and_a_broken_file_says_nothing(tmp_path: Path) -> None:
    file = tmp_path / "models" / "counts.json"
    first, second = Ledger(file), Ledger(file)
    for ledger in (first, second, first):
        await ledger.add("ollama/x", read=10, written=1)
        await ledger.write()
    (spent,) = await second.spent()
    assert (spent.calls, spent.read, spent.written, spent.cost) == (3, 30, 3, None)
    file.write_text('{"ollama/x": 7')
    assert await Ledger(file).spent() == ()
