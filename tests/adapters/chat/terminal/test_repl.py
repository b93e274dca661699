"""The terminal as people and scripts use it."""

from __future__ import annotations

import asyncio
import json
import stat
from collections.abc import Sequence
from io import StringIO
from pathlib import Path

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput
from rich.console import Console

from adapters.chat.terminal.commands import CommandCompleter
from adapters.chat.terminal.decode import locale_of
from adapters.chat.terminal.encode import CAPABILITIES
from adapters.chat.terminal.repl import Terminal
from bot.commands import COMMANDS
from bot.errors import Unavailable
from tests.bot.household import FILMS, Household


async def complete_title(text: str) -> Sequence[tuple[str, str]]:
    return [(film.name, str(film.ref)) for film in FILMS if film.name.lower().startswith(text.lower())]


class Teletype(StringIO):
    """An input that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def terminal(
    house: Household, lines: StringIO, out: StringIO, *, as_json: bool = False, history: Path | None = None
) -> Terminal:
    return Terminal(
        handler=house.dispatch.handler(CAPABILITIES),
        specs=COMMANDS,
        complete_title=complete_title,
        account="Anna",
        conversation="home",
        history=history,
        console=Console(file=out, width=100, color_system=None),
        lines=lines,
        as_json=as_json,
    )


async def test_lines_from_a_pipe_are_a_conversation() -> None:
    house, out = Household(), StringIO()
    await terminal(house, StringIO("/recommend limit=2\n\n2b\nquit\n/hide Ran\n"), out).run()
    assert "Heat (1995)" in out.getvalue()
    assert "How was it?" in out.getvalue()
    assert [verdict.title_id for verdict in house.store.verdicts] == [2]
    assert not house.store.hidden


async def test_json_is_one_object_per_answer() -> None:
    out = StringIO()
    await terminal(Household(), StringIO("/recommend\nwhy 1\n"), out, as_json=True).run()
    first, second = (json.loads(line) for line in out.getvalue().splitlines())
    assert next(part["ref"] for part in first["parts"] if part["type"] == "card") == "movie:101"
    assert "Heat" in second["parts"][0]["markdown"]


async def test_broken_bytes_and_control_characters_are_survived() -> None:
    out = StringIO()
    await terminal(Household(), StringIO("\udcff\x1b[2J heist \x00\n/recommend \ud800\n"), out).run()
    assert "Heat (1995)" in out.getvalue()
    assert "\x1b" not in out.getvalue()


@pytest.mark.parametrize("leave", ["\x04", "\x03", "exit\r"])
async def test_a_person_at_the_prompt_leaves_with_a_word_or_a_key(leave: str, tmp_path: Path) -> None:
    house, out = Household(), StringIO()
    history = tmp_path / "state" / "typed"
    with create_pipe_input() as pipe, create_app_session(input=pipe, output=DummyOutput()):
        pipe.send_text("/recommend limit=1\r")
        pipe.send_text(leave)
        await asyncio.wait_for(terminal(house, Teletype(), out, history=history).run(), 20)
    assert "You speak as Anna" in out.getvalue()
    assert "Heat (1995)" in out.getvalue()
    assert out.getvalue().rstrip().endswith("Goodbye.")
    assert "/recommend limit=1" in history.read_text()
    assert stat.S_IMODE(history.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("environ", "locale"),
    [
        ({"LANG": "de_CH.UTF-8"}, "de_CH"),
        ({"LANG": "de_DE.UTF-8", "LC_ALL": "fr_FR@euro"}, "fr_FR"),
        ({"LANG": "de_DE.UTF-8", "LC_ALL": "C"}, None),
        ({"LANG": "C.UTF-8"}, None),
        ({}, None),
    ],
)
def test_the_terminal_tells_its_language(environ: dict[str, str], locale: str | None) -> None:
    assert locale_of(environ) == locale


async def completions(text: str) -> list[str]:
    completer = CommandCompleter(COMMANDS, complete_title)
    found = completer.get_completions_async(Document(text), CompleteEvent(completion_requested=True))
    return [completion.text async for completion in found]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("/rec", ["recommend"]),
        ("!si", ["similar"]),
        ("/recommend re", ["rediscover"]),
        ("/recommend mood noir ki", ["kind="]),
        ("/recommend kind=s", ["series"]),
        ("/similar Ali", ["Alien (1979)", "Aliens (1986)"]),
        ("/similar A", []),
        ("hello", []),
        ("/nonsense x", []),
    ],
)
async def test_tab_completes(typed: str, expected: list[str]) -> None:
    assert await completions(typed) == expected


async def test_a_failing_look_up_only_costs_the_completion() -> None:
    async def broken(text: str) -> Sequence[tuple[str, str]]:
        raise Unavailable("database", "The database cannot be opened.")

    completer = CommandCompleter(COMMANDS, broken)
    found = completer.get_completions_async(Document("/similar Ali"), CompleteEvent())
    assert [completion.text async for completion in found] == []
