"""Typed commands: what is written is what is called."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.chat.command import CommandSpec, Parameter, ParameterKind
from bot.chat.incoming import Mention
from bot.chat.parse import is_command, parse, render
from bot.chat.plain import clean
from bot.commands import COMMANDS
from bot.errors import InvalidInput

READ = [
    ("/recommend", "recommend", {}),
    ("!recommend", "recommend", {}),
    ("  /Recommend  tonight ", "recommend", {"mode": "tonight"}),
    ("/recommend@our_bot shuffle", "recommend", {"mode": "shuffle"}),
    (
        "/recommend mood a slow-burn heist film from the 70s, not a comedy",
        "recommend",
        {"mode": "mood", "query": "a slow-burn heist film from the 70s, not a comedy"},
    ),
    ("/recommend group @42 @99", "recommend", {"mode": "group", "with": ("42", "99")}),
    ("/recommend group @anna, @ben something funny", "recommend",
     {"mode": "group", "query": "something funny", "with": ("anna", "ben")}),
    ('/recommend group @"Anna Maria"', "recommend", {"mode": "group", "with": ("Anna Maria",)}),
    ("/recommend noir limit=3 kind=film", "recommend", {"query": "noir", "limit": 3, "kind": "movie"}),
    ("/recommend --limit 3 --kind=series", "recommend", {"limit": 3, "kind": "series"}),
    ("/recommend —limit 3", "recommend", {"limit": 3}),
    ('/recommend genre="crime, drama"', "recommend", {"genre": "crime, drama"}),
    ("/recommend mood films about E=mc2", "recommend", {"mode": "mood", "query": "films about E=mc2"}),
    ('/recommend mood like "Heat" but funnier', "recommend", {"mode": "mood", "query": 'like "Heat" but funnier'}),
    ('/recommend "mood swings"', "recommend", {"query": "mood swings"}),
    ("/rate Heat 9", "rate", {"title": "Heat", "value": 9}),
    ("/rate The Godfather Part II 9/10", "rate", {"title": "The Godfather Part II", "value": 9}),
    ('/rate "1917" 8', "rate", {"title": "1917", "value": 8}),
    ("/rate 1917 8", "rate", {"title": "1917", "value": 8}),
    ("/similar Alien (1979)", "similar", {"title": "Alien (1979)"}),
    ("/similar “Les Dents de la mer”", "similar", {"title": "Les Dents de la mer"}),
    ("/why", "why", {}),
    ("/why 2", "why", {"title": "2"}),
    ("/search He said \"hi", "search", {"title": 'He said "hi'}),
    ("/start", "start", {}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "name", "args"), READ)
def test_reads(text: str, name: str, args: dict[str, Any]) -> None:
    spec, read = parse(text, COMMANDS)
    assert (spec.name, read) == (name, args)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("/recomend", "Did you mean /recommend"),
        ("/rec", "Did you mean /recommend"),
        ("/xyzzy", "/help lists them all"),
        ("/rate", "<title> is missing"),
        ("/rate Heat", "<value> is missing"),
        ("/rate 9", "<title> is missing"),
        ("/rate Heat 11", "from 1 to 10, not “11”"),
        ("/rate Heat 0", "from 1 to 10"),
        ("/similar", "<title> is missing"),
        ("/similar    ", "<title> is missing"),
        ("/recommend grup", "Did you mean group"),
        ("/recommend limit=many", "whole number from 1 to 20"),
        ("/recommend limit=3 limit=4", "given twice"),
        ("/recommend limit=", "whole number"),
        ("/recommend --limit", "whole number"),
        ("/recommend --colour red", "no option “colour”"),
        ("/recommend noir genr=crime", "Did you mean genre"),
        ("/recommend kind=opera", "one of movie, series"),
        ("/help rate now", "one word too many"),
    ],
)
def test_says_what_is_wrong(text: str, part: str) -> None:
    with pytest.raises(InvalidInput) as error:
        parse(text, COMMANDS)
    assert part in str(error.value)


def test_an_unfinished_command_shows_how_it_is_written() -> None:
    with pytest.raises(InvalidInput, match="/rate <title> <value 1-10>"):
        parse("/rate", COMMANDS)


def test_words_are_no_command() -> None:
    for text in ("recommend", "5/10", "and/or", "/", "!", "// comment", "", "/ 5", "!!!", "1/2 a film"):
        assert not is_command(text), text
    for text in ("/help", "!help", " /rate x", "/why 2"):
        assert is_command(text), text


def test_control_and_direction_characters_vanish() -> None:
    spec, args = parse("/similar \x1b[31mAl\u202eien\x00 \u200b(1979)\x07", COMMANDS)
    assert (spec.name, args) == ("similar", {"title": "Alien (1979)"})


def test_a_platform_mention_becomes_an_account() -> None:
    mentions = [Mention("<@123>", "123", "Ben"), Mention("@Anna Maria", "7", "Anna Maria")]
    _, args = parse("/recommend group <@123> @Anna Maria", COMMANDS, mentions)
    assert args == {"mode": "group", "with": ("account:123", "account:7")}
    _, args = parse("/search <@123>", COMMANDS, mentions)
    assert args == {"title": "Ben"}


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=300))
def test_no_text_breaks_the_parser(text: str) -> None:
    for prefix in ("/recommend ", "/rate ", "!similar ", "/", ""):
        try:
            spec, args = parse(prefix + text, COMMANDS)
        except InvalidInput as error:
            assert str(error)
        else:
            assert set(args) <= {parameter.name for parameter in spec.parameters}


def test_ten_thousand_characters_are_read_quickly() -> None:
    _, args = parse("/recommend mood " + '"a @b c=d ' * 1000, COMMANDS)
    assert args["mode"] == "mood"


def _value(parameter: Parameter) -> st.SearchStrategy[Any]:
    text = st.text(max_size=30).map(clean)
    match parameter.kind:
        case ParameterKind.INTEGER:
            return st.integers(parameter.minimum, parameter.maximum)
        case ParameterKind.BOOLEAN:
            return st.booleans()
        case ParameterKind.CHOICE:
            return st.sampled_from(parameter.choices)
        case ParameterKind.MEMBERS:
            return st.lists(text.filter(str.strip), min_size=1, max_size=3).map(tuple)
        case ParameterKind.REST:
            return text
        case _:
            return text.filter(str.strip)


@st.composite
def calls(draw: st.DrawFn) -> tuple[CommandSpec[Any], dict[str, Any]]:
    spec = draw(st.sampled_from(COMMANDS))
    given_ = [p for p in spec.parameters if p.required or draw(st.booleans())]
    return spec, {parameter.name: draw(_value(parameter)) for parameter in given_}


@settings(max_examples=80, deadline=None)
@given(calls())
def test_what_is_rendered_is_read_back(call: tuple[CommandSpec[Any], dict[str, Any]]) -> None:
    spec, args = call
    read_spec, read = parse(render(spec, args), COMMANDS)
    assert read_spec.name == spec.name
    assert read == args
