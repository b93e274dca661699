"""Every command means the same on every platform: typed with a slash or an exclamation mark, or filled in as a form."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

import pytest

from adapters.chat.discord.commands import CommandBook
from adapters.chat.telegram.commands import encode_commands
from bot.chat.binding import bind
from bot.chat.command import Parameter, ParameterKind
from bot.chat.parse import find_command, is_command, parse, render
from bot.commands import COMMANDS
from bot.commands.context import Command

Call: TypeAlias = tuple[str, Mapping[str, Any]]
Way: TypeAlias = Callable[[Command, Mapping[str, Any]], Call]


def sample(parameter: Parameter, *, last: bool) -> Any:
    """A value that the parameter takes, the first or the last of them."""
    match parameter.kind:
        case ParameterKind.INTEGER:
            return parameter.maximum if last else parameter.minimum
        case ParameterKind.BOOLEAN:
            return not last
        case ParameterKind.CHOICE:
            return parameter.choices[-1 if last else 0]
        case ParameterKind.MEMBERS:
            return ("account:17", "account:18") if last else ("account:17",)
        case _:
            return 'The "Good", the Bad = Ugly' if last and parameter.kind is ParameterKind.TITLE else "amelie 2"


def samples(spec: Command) -> list[dict[str, Any]]:
    """Calls with only what is required, and with everything."""
    needed = {p.name: sample(p, last=False) for p in spec.parameters if p.required}
    return [needed, *({p.name: sample(p, last=last) for p in spec.parameters} for last in (False, True))]


def typed(prefix: str) -> Way:
    def call(spec: Command, args: Mapping[str, Any]) -> Call:
        text = render(spec, args, prefix)
        assert is_command(text)
        read, given = parse(text, COMMANDS)
        return read.name, given

    return call


def from_a_form(spec: Command, args: Mapping[str, Any]) -> Call:
    """As Discord sends what was filled into its form of the command."""
    book = CommandBook(COMMANDS)
    (declared,) = [each for each in book.declared(rooms=True) if each["name"] == spec.name]
    fields = iter(declared["options"])
    names = {field["name"]: field for field in fields}
    options = []
    for parameter in spec.parameters:
        if parameter.name not in args:
            continue
        value = args[parameter.name]
        if parameter.kind is ParameterKind.MEMBERS:
            people = [account.removeprefix("account:") for account in value]
            filled = {f"{parameter.name}{number}": person for number, person in enumerate(people, start=1)}
        else:
            filled = {"mood" if (spec.name, parameter.name) == ("recommend", "query") else parameter.name: value}
        assert set(filled) <= set(names), (spec.name, filled)
        options += [{"name": name, "type": names[name]["type"], "value": each} for name, each in filled.items()]
    return book.read({"name": spec.name, "options": options})


WAYS: dict[str, Way] = {"/": typed("/"), "!": typed("!"), "a form": from_a_form}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("spec", COMMANDS, ids=lambda spec: spec.name)
def test_a_command_means_the_same_however_it_is_given(spec: Command, way: str) -> None:
    for args in samples(spec):
        name, given = WAYS[way](spec, args)
        assert name == spec.name
        assert bind(spec, given) == bind(spec, args)


@pytest.mark.parametrize("locale", ["en", "de", "fr"])
def test_what_telegram_offers_is_understood_when_it_is_tapped(locale: str) -> None:
    offered = {command.command for command in encode_commands(COMMANDS, locale, private=True)}
    assert offered >= {spec.name for spec in COMMANDS if not spec.admin}
    for name in offered:
        spec = find_command(name, COMMANDS)
        if not any(parameter.required for parameter in spec.parameters):
            assert parse(f"/{name}@recommendarr_bot", COMMANDS) == (spec, {})
