"""`recommendarr models list|use|pull|remove` against an Ollama server on real sockets."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from typer.testing import CliRunner

from adapters.models.chat import AvailableModels, ModelSources
from bot.cli.models import app
from bot.errors import InvalidInput, InvalidSettings, NotFound, RecommendarrError, Unavailable
from bot.model.recommended_models import Fit, fits
from tests.fakes.services.ollama import FakeOllama

MODELS = {"tiny:1b": ("1.2B", "llama"), "middle:8b": ("8.0B", "llama"), "nomic-embed-text:latest": ("137M", "bert")}


@contextmanager
def serving(fake: FakeOllama) -> Iterator[str]:
    """The fake on a loop of its own, since commands run loops of theirs."""
    loop, ready, stop = asyncio.new_event_loop(), threading.Event(), asyncio.Event()

    async def serve() -> None:
        async with fake.server:
            ready.set()
            await stop.wait()

    thread = threading.Thread(target=loop.run_until_complete, args=(serve(),))
    thread.start()
    try:
        assert ready.wait(10)
        yield fake.url
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join()
        loop.close()


@pytest.fixture
def fake() -> Iterator[FakeOllama]:
    made = FakeOllama(dict(MODELS))
    with serving(made):
        yield made


def run(fake: FakeOllama | str, home: Path, *args: str, said: str = "") -> tuple[str, RecommendarrError | None, int]:
    url = fake if isinstance(fake, str) else fake.url
    env = {"RECOMMENDARR_HOME": str(home), "RECOMMENDARR_AI__OLLAMA_URL": url, "COLUMNS": "160"}
    result = CliRunner().invoke(app, list(args), env=env, input=said)
    error = result.exception if isinstance(result.exception, RecommendarrError) else None
    assert error or result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.output, error, result.exit_code


def test_the_list_says_what_is_there_what_talks_and_what_fits(fake: FakeOllama, tmp_path: Path) -> None:
    (tmp_path / "models").mkdir()
    counts = {"ollama/middle:8b": {"calls": 3, "read": 2000, "written": 100}}
    (tmp_path / "models" / "language-model-counts.json").write_text(json.dumps(counts))
    output, error, code = run(fake, tmp_path, "list", "--vram", "6")
    assert (error, code) == (None, 0)
    lines = output.splitlines()
    assert any("●" in line and "middle:8b" in line and "4.0 GB" in line for line in lines)
    assert not any("●" in line and "tiny:1b" in line for line in lines)
    assert any("qwen2.5:14b" in line and " no " in line for line in lines)
    assert any("qwen2.5:3b" in line and " yes " in line for line in lines)
    assert "ollama/middle:8b: 3 calls, 2000 tokens read, 100 written" in output
    fake.server.assert_clean()


def test_a_choice_holds_in_a_process_that_runs_already(fake: FakeOllama, tmp_path: Path) -> None:
    choice = tmp_path / "models" / "language-model.txt"
    running = AvailableModels(ModelSources(ollama_url=fake.url, choice=choice))

    def talks() -> list[str]:
        return [model.name for model in asyncio.run(running.candidates())]

    assert talks() == ["ollama/middle:8b"]
    assert "ollama/tiny:1b" in run(fake, tmp_path, "use", "tiny:1b")[0]
    assert talks() == ["ollama/tiny:1b"]
    assert "ollama/middle:8b" in run(fake, tmp_path, "use", "--best")[0]
    assert talks() == ["ollama/middle:8b"]
    assert run(fake, tmp_path, "pull", "qwen2.5:7b")[0].splitlines() == [
        "qwen2.5:7b is installed.",
        "Answers are given by ollama/qwen2.5:7b.",
    ]
    assert talks() == ["ollama/qwen2.5:7b"]


@pytest.mark.parametrize(
    ("args", "error"),
    [
        (("use", "gone:3b"), NotFound),
        (("use", "nomic-embed-text"), InvalidInput),
        (("use",), InvalidSettings),
        (("use", "tiny:1b", "--best"), InvalidSettings),
        (("pull", "no-such-model"), Unavailable),
        (("pull", "../../etc; rm"), InvalidInput),
        (("remove", "middle:8b", "--yes"), InvalidInput),
        (("remove", "gone:3b", "--yes"), NotFound),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_what_cannot_be_done_is_one_sentence(
    fake: FakeOllama, tmp_path: Path, args: tuple[str, ...], error: type[RecommendarrError]
) -> None:
    _output, raised, _code = run(fake, tmp_path, *args)
    assert isinstance(raised, error)
    assert "\n" not in str(raised)
    assert set(fake.models) == set(MODELS)


def test_fetching_that_is_cut_off_says_so_and_chooses_nothing(fake: FakeOllama, tmp_path: Path) -> None:
    fake.pull_ends = False
    _output, raised, _code = run(fake, tmp_path, "pull", "qwen2.5:7b")
    assert "cut off" in str(raised)
    assert not (tmp_path / "models" / "language-model.txt").exists()


def test_fetching_without_use_leaves_the_choice(fake: FakeOllama, tmp_path: Path) -> None:
    run(fake, tmp_path, "pull", "qwen2.5:7b", "--no-use")
    assert "qwen2.5:7b" in fake.models
    assert not (tmp_path / "models" / "language-model.txt").exists()


def test_removing_asks_first(fake: FakeOllama, tmp_path: Path) -> None:
    _output, _error, code = run(fake, tmp_path, "remove", "tiny:1b", said="n\n")
    assert code == 1
    assert "tiny:1b" in fake.models
    assert "tiny:1b is removed." in run(fake, tmp_path, "remove", "tiny:1b", said="y\n")[0]
    assert "tiny:1b" not in fake.models


@pytest.mark.parametrize("args", [("list",), ("use", "x"), ("pull", "x"), ("remove", "x", "--yes")], ids=" ".join)
def test_without_a_server_there_is_one_sentence(args: tuple[str, ...], tmp_path: Path) -> None:
    output, raised, code = run("http://127.0.0.1:9", tmp_path, *args)
    assert code == 1
    assert "Ollama" in (str(raised) if raised else output) or "models" in output or "x" in str(raised)
    assert "Traceback" not in output
    no_setting = CliRunner().invoke(app, list(args), env={"RECOMMENDARR_HOME": str(tmp_path)})
    assert "RECOMMENDARR_AI__OLLAMA_URL" in str(no_setting.exception)


def test_what_fits_is_told_from_what_lies_on_the_card() -> None:
    assert fits(5, [], card=6) is Fit.YES
    assert fits(9, [], card=6) is Fit.NO
    assert fits(5, []) is Fit.UNKNOWN
    assert fits(5, [(6 * 10**9, 6 * 10**9)]) is Fit.YES
    assert fits(9, [(6 * 10**9, 6 * 10**9)]) is Fit.UNKNOWN
    assert fits(9, [(12 * 10**9, 6 * 10**9)]) is Fit.NO
