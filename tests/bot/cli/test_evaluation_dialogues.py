"""Dialogues heard by the product itself: by the interpreter, and by a model by script and over the wire."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from adapters.models.chat import Ledger
from bot.cli.evaluation_conversations import run_through
from bot.errors import InvalidSettings, Unavailable
from bot.settings import AiSettings, Settings
from tests.fakes.chat_models import ScriptedModel, ScriptedModels, calls
from tests.fakes.services.ollama import FakeOllama

FILMS = [
    ("Alien", 1979, ["horror", "sci-fi"], "The crew of a spaceship is hunted by a creature.", "Ridley Scott"),
    ("The Thing", 1982, ["horror", "sci-fi"], "A creature hunts the crew of a station in the ice.", "John Carpenter"),
    ("Airplane!", 1980, ["comedy"], "Passengers try to land a plane.", "Jim Abrahams"),
    ("The Sting", 1973, ["comedy", "crime"], "Two con men plan a heist.", "George Roy Hill"),
    ("Heat", 1995, ["crime", "drama"], "A detective hunts a crew of bank robbers.", "Michael Mann"),
    ("Notting Hill", 1999, ["romance", "comedy"], "A bookseller falls in love with a film star.", "Roger Michell"),
    ("Unforgiven", 1992, ["western"], "An old gunman takes one last job.", "Clint Eastwood"),
    ("Up", 2009, ["animation", "family"], "An old man flies his house with balloons.", "Pete Docter"),
]


def named(title: str) -> dict[str, Any]:
    year = next(film[1] for film in FILMS if film[0] == title)
    return {"name": f"{title} ({year})", "title": title, "year": year}


def write(path: Path, records: Sequence[Mapping[str, Any]]) -> Path:
    path.write_text("\n".join(json.dumps(record) for record in records) + "\n", encoding="utf-8")
    return path


def turn(who: str, text: str) -> dict[str, str]:
    return {"speaker": who, "text": text}


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    return write(
        tmp_path / "catalogue.jsonl",
        [
            {**named(title), "imdb_id": f"tt{number:07d}", "genres": genres, "plot": plot, "directors": [director]}
            for number, (title, _year, genres, plot, director) in enumerate(FILMS, 1)
        ],
    )


@pytest.fixture
def dialogues(tmp_path: Path) -> Path:
    """One dialogue in two parts, one with titles named by the other side, one without a wish."""
    hello, western = turn("user", "Hello there"), turn("user", "I'd like a western tonight")
    shown = [turn("user", "a horror film please"), turn("system", "Have you seen Alien (1979)?")]
    return write(
        tmp_path / "dialogues.jsonl",
        [
            {"id": "a_1", "turns": [hello], "mentioned": [], "answers": [named("Heat")]},
            {"id": "a_3", "turns": [hello, turn("system", "Hi!"), western], "answers": [named("Unforgiven")]},
            {"id": "b_3", "turns": [*shown, turn("user", "any other suggestions?")], "mentioned": [named("Alien")],
             "answers": [named("The Thing"), {"name": "Elsewhere (1950)", "title": "Elsewhere", "year": 1950}]},
        ],
    )  # fmt: skip


@pytest.fixture
def settings(home: Path, models_dir: Path) -> Settings:
    (home / "models").symlink_to(models_dir, target_is_directory=True)
    return Settings(_env_file=None, home=home)  # type: ignore[call-arg]  # pydantic-settings takes it


async def through(settings: Settings, who: str, dialogues: Path, catalogue: Path, **options: Any) -> dict[str, Any]:
    return await run_through(settings, dialogues, catalogue, None, through=who, **options)


async def test_the_interpreter_is_measured_by_what_the_product_searches_for(
    settings: Settings, dialogues: Path, catalogue: Path
) -> None:
    report = await through(settings, "interpreter", dialogues, catalogue)
    assert (report["task"], report["through"]) == ("conversational", "interpreter")
    assert (report["conversations"], report["candidates"], report["samples"]) == (3, len(FILMS), 3)
    assert report["missing_answers"] == 1
    assert report["samples_without_search"] == 1  # "hello" asks for nothing
    figures = report["pipelines"]["interpreter"]
    # The western, and the horror film that had not been named, come first; where nothing is asked, anything may.
    assert figures["r@1"] >= 0.66667
    assert figures["mrr"] >= figures["r@1"]
    assert all(low <= figures[name] <= high for name, (low, high) in figures["intervals"].items())
    assert set(figures["even"]) == {"r@1", "r@5", "r@10", "r@50", "mrr"}
    turns = report["turns"]
    assert turns["count"] == 4, "what two parts of a dialogue share is heard once"
    assert turns["intents"]["smalltalk"] == 0.25
    assert turns["searched"] == 0.75
    assert "by_model" not in turns
    assert turns["milliseconds"]["median"] > 0
    assert "model" not in report


async def test_a_part_is_drawn_by_the_seed(settings: Settings, dialogues: Path, catalogue: Path) -> None:
    drawn = [await through(settings, "interpreter", dialogues, catalogue, samples=1, seed=4) for _time in range(2)]
    assert drawn[0]["conversations"] == 1
    assert drawn[0]["pipelines"] == drawn[1]["pipelines"]


FINDS = {"query": "an old gunman", "limit": 2}


async def test_a_model_over_the_wire_is_measured_by_what_its_tools_find(
    settings: Settings, dialogues: Path, catalogue: Path
) -> None:
    call = {"tool_calls": [{"function": {"name": "mood_search", "arguments": FINDS}}]}
    fake = FakeOllama({"middle:8b": ("8.0B", "llama")}, [[call], [{"content": "Start with [[1]]."}]] * 4)
    async with fake.server:
        asked = settings.model_copy(update={"ai": AiSettings(ollama_url=fake.url)})
        report = await through(asked, "agent", dialogues, catalogue)
        heard = [call.json["messages"] for call in fake.server.requests if call.operation == "/api/chat"]
    assert (report["through"], report["model"]) == ("agent", "ollama/middle:8b")
    assert report["pipelines"]["agent"]["r@1"] > 0
    assert report["turns"]["by_model"] == 1.0
    # What the other side of the dialogue said is what the model is told that it answered.
    assert any(
        [message.get("content") for message in each][-3:] == ["Hello there", "Hi!", "I'd like a western tonight"]
        for each in heard
    )


async def test_a_model_by_script_that_fails_is_told_from_one_that_answers(
    settings: Settings, dialogues: Path, catalogue: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    arguments = json.dumps(FINDS)
    model = ScriptedModel(script=[calls(("mood_search", arguments)), "Start with [[1]].", ConnectionError("gone")])
    scripted = SimpleNamespace(available=ScriptedModels(model), care=None, ledger=Ledger())
    monkeypatch.setattr("bot.bootstrap.language_models", lambda _settings: scripted)
    asked = settings.model_copy(update={"ai": AiSettings(ollama_url="http://127.0.0.1:9")})
    report = await through(asked, "agent", dialogues, catalogue)
    assert report["model"] == "scripted/0"
    assert report["turns"]["by_model"] == 0.25
    assert report["samples"] == 3


async def test_an_agent_needs_a_model(settings: Settings, dialogues: Path, catalogue: Path) -> None:
    with pytest.raises(InvalidSettings, match="No language model is configured"):
        await through(settings, "agent", dialogues, catalogue)
    unreachable = settings.model_copy(update={"ai": AiSettings(ollama_url="http://127.0.0.1:9")})
    with pytest.raises(Unavailable, match="cannot be reached"):
        await through(unreachable, "agent", dialogues, catalogue)
