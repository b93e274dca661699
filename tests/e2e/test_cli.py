"""The command line as somebody types it, on the demo household."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

KEYS = {"ref", "kind", "title", "year", "score", "match", "confidence", "signals", "reasons", "explanation"}


def run(home: Path, *args: str, said: str = "") -> subprocess.CompletedProcess[str]:
    environment = {key: value for key, value in os.environ.items() if not key.startswith("RECOMMENDARR_")}
    return subprocess.run(
        [sys.executable, "-m", "bot", *args],
        env={**environment, "RECOMMENDARR_HOME": str(home), "COLUMNS": "100", "NO_COLOR": "1"},
        cwd=home,
        input=said,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def objects(output: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in output.splitlines() if line.strip()]


def test_recommend_prints_one_object_for_one_person(demo_home: Path) -> None:
    done = run(demo_home, "recommend", "--person", "anna", "--mode", "tonight", "--n", "3", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    (answer,) = objects(done.stdout)
    assert {"person", "mode", "pipeline", "took_ms", "items"} == set(answer)
    assert (answer["person"], answer["mode"], answer["pipeline"]) == ("Anna", "tonight", "blend")
    assert len(answer["items"]) == 3
    for item in answer["items"]:
        assert set(item) == KEYS
        assert item["explanation"]
        assert item["reasons"]
        assert 0 <= item["match"] <= 100
        assert item["confidence"] in ("high", "medium", "low")
        assert {"type", "key", "name", "weight"} == set(item["reasons"][0])


def test_recommend_for_everyone_prints_one_line_each_and_they_differ(demo_home: Path) -> None:
    done = run(demo_home, "recommend", "--everyone", "--n", "5")
    answers = objects(done.stdout)
    assert [answer["person"] for answer in answers] == ["Anna", "Jonas", "Mia", "Claire"]
    assert len({tuple(item["ref"] for item in answer["items"]) for answer in answers}) == 4


@pytest.mark.parametrize(
    "args",
    [
        ("--mode", "mood", "--query", "a heist film from the 70s"),
        ("--mode", "group", "--with", "Jonas", "--with", "Claire"),
        ("--mode", "similar", "--query", "Alien (1979)"),
        (
            "--mode",
            "shuffle",
        ),
        ("--pipeline", "taste-profile"),
        ("--pipeline", "jellyfin-hybrid"),
    ],
)
def test_recommend_in_other_ways(demo_home: Path, args: tuple[str, ...]) -> None:
    done = run(demo_home, "recommend", "--person", "Anna", *args, "--n", "4", "--json")
    assert done.returncode == 0, done.stderr
    assert len(objects(done.stdout)[0]["items"]) == 4


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        (("recommend",), "Say either --person NAME or --everyone."),
        (("recommend", "--person", "Nobody"), "There is nobody here called “Nobody”; I know Anna, Jonas, Mia, Claire."),
        (("recommend", "--person", "Anna", "--mode", "similar"), "The mode similar needs a title: --query TITLE."),
        (("recommend", "--person", "Anna", "--pipeline", "magic"), "There is no pipeline “magic”"),
        (("chat", "--as", "Nobody", "--once", "hello"), "There is nobody here called “Nobody”"),
    ],
)
def test_a_mistake_is_one_sentence_and_no_traceback(demo_home: Path, args: tuple[str, ...], sentence: str) -> None:
    done = run(demo_home, *args)
    assert done.returncode == 1
    assert sentence in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_an_empty_installation_says_what_is_missing(tmp_path: Path) -> None:
    done = run(tmp_path, "recommend", "--everyone")
    assert done.returncode == 1
    assert "import a history first" in done.stderr


def test_a_conversation_by_its_name_goes_on_in_the_next_call(demo_home: Path) -> None:
    first = run(demo_home, "chat", "--as", "Anna", "--once", "/recommend", "--json", "--conversation", "sofa")
    cards = [part for part in objects(first.stdout)[0]["parts"] if part["type"] == "card"]
    assert all(card["ref"].startswith(("movie:", "series:")) for card in cards)
    second = run(demo_home, "chat", "--as", "Anna", "--once", "why the second?", "--json", "--conversation", "sofa")
    assert cards[1]["title"] in second.stdout
    other = run(demo_home, "chat", "--as", "Anna", "--once", "why the second?", "--json", "--conversation", "attic")
    assert cards[1]["title"] not in other.stdout


def test_lines_from_a_pipe_are_a_conversation_too(demo_home: Path) -> None:
    done = run(demo_home, "chat", "--as", "Claire", said="/recommend\nwhy the first?\n/quit\n")
    assert done.returncode == 0, done.stderr
    assert "\x1b" not in done.stdout


def test_health_is_good_only_with_database_and_model(demo_home: Path, tmp_path: Path) -> None:
    assert run(demo_home, "health").stdout == "ok: 365 titles, 4 people\n"
    empty = tmp_path / "empty"
    empty.mkdir()
    done = run(empty, "health")
    assert done.returncode == 1
    assert "recommendarr models install" in done.stderr
