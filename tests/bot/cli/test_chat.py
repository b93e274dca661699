"""`recommendarr chat`, from its options to what it prints."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from typer.testing import CliRunner

import bot.bootstrap
from bot.cli.app import app
from bot.commands import COMMANDS
from bot.errors import NotFound
from tests.bot.household import Household


@pytest.fixture
def house(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Household:
    """The household in the place of an opened application; one database for all runs of a test."""
    house = Household()

    @asynccontextmanager
    async def open_household(settings: Any) -> AsyncIterator[Any]:
        house.restart()

        async def complete(text: str) -> list[tuple[str, str]]:
            return []

        yield SimpleNamespace(
            handler=house.dispatch.handler,
            services=house.services,
            clock=house.clock,
            specs=COMMANDS,
            title_completer=lambda member: complete,
        )

    monkeypatch.setattr(bot.bootstrap, "open_application", open_household)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("RECOMMENDARR_HOME", str(tmp_path))
    return house


def chat(*args: str, typed: str | None = None) -> Any:
    return CliRunner().invoke(app, ["chat", *args], input=typed)


def shown(result: Any) -> list[dict[str, Any]]:
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def refs(answer: dict[str, Any]) -> list[str]:
    return [part["ref"] for part in answer["parts"] if part["type"] == "card"]


def test_once_prints_cards(house: Household) -> None:
    result = chat("--as", "anna", "--once", "/recommend limit=2")
    assert result.exit_code == 0
    assert "Heat (1995)" in result.stdout
    assert "1a Why?" in result.stdout


def test_once_may_be_repeated_within_one_conversation(house: Household) -> None:
    first, second = shown(chat("--as", "Anna", "--json", "--once", "/recommend", "--once", "more"))
    assert refs(first)[0] == "movie:101"
    assert refs(second)[0] == "movie:106"


def test_context_is_carried_by_the_name_of_the_conversation(house: Household) -> None:
    shown(chat("--as", "Anna", "--json", "--conversation", "x", "--once", "/recommend"))
    (more,) = shown(chat("--as", "Anna", "--json", "--conversation", "x", "--once", "more"))
    assert refs(more)[0] == "movie:106"
    (other,) = shown(chat("--as", "Anna", "--json", "--once", "/more"))
    assert "nothing to go on with" in other["parts"][0]["markdown"]


def test_a_piped_conversation_is_read_line_by_line(house: Household) -> None:
    answers = shown(chat("--as", "Ben", "--json", typed="/recommend\nseen 2\n"))
    assert len(answers) == 2
    assert [(verdict.member_id, verdict.title_id) for verdict in house.store.verdicts] == [(2, 2)]


def test_bytes_that_are_no_text_do_not_end_the_conversation(house: Household) -> None:
    result = CliRunner().invoke(app, ["chat", "--as", "Anna", "--json"], input=b"caf\xe9 noir\n/hide Ran\n")
    assert len(shown(result)) == 2
    assert house.store.hidden


def test_the_language_of_the_terminal_is_spoken(house: Household, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    assert "Für dich heute Abend" in chat("--as", "Anna", "--once", "/recommend").stdout


def test_nobody_of_that_name_is_one_sentence(house: Household) -> None:
    result = chat("--as", "Nobody", "--once", "/recommend")
    assert isinstance(result.exception, NotFound)
    assert "I know Anna, Ben, Cleo" in str(result.exception)
