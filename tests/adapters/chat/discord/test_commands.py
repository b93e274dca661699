"""Commands as Discord shows them, and back: the same arguments as from the typed command."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Annotated, Any

import pytest

from adapters.chat.discord.commands import CommandBook, changed
from bot.chat.command import CommandSpec, Help, Members, Parameter, ParameterKind, Rest, command
from bot.chat.incoming import Author, CommandCall
from bot.chat.parse import parse, render
from bot.chat.reply import Reply
from bot.commands import COMMANDS
from bot.errors import Unavailable
from tests.adapters.chat.discord.talking import talking
from tests.fakes.services.discord import FakeDiscord

DECLARED = CommandBook(COMMANDS).declared(rooms=True)


def example(parameter: Parameter, ben: str) -> Any:
    examples: dict[ParameterKind, Any] = {
        ParameterKind.TEXT: "two words",
        ParameterKind.REST: "a slow-burn heist film, not a comedy",
        ParameterKind.INTEGER: parameter.maximum,
        ParameterKind.BOOLEAN: True,
        ParameterKind.CHOICE: parameter.choices[-1] if parameter.choices else None,
        ParameterKind.TITLE: "movie:949",
        ParameterKind.MEMBERS: (f"account:{ben}",),
    }
    return examples[parameter.kind]


async def test_every_command_arrives_as_if_it_had_been_typed() -> None:
    async with talking() as chat:
        ben = chat.fake.account("ben")
        for number, spec in enumerate(COMMANDS, start=1):
            args = {parameter.name: example(parameter, ben) for parameter in spec.parameters}
            form = {name: ("ben",) if name == _people(spec) else value for name, value in args.items()}
            await chat.fake.command("anna", "private", spec.name, **form)
            call = (await chat.inbox.received(number))[-1]
            assert isinstance(call, CommandCall)
            assert (call.name, call.args) == (spec.name, args)
            assert parse(render(spec, args), COMMANDS) == (spec, args)


async def test_a_command_can_be_given_bare_and_with_the_same_person_twice() -> None:
    async with talking() as chat:
        await chat.fake.command("anna", "room", "recommend", with_=("ben", "carl", "ben"), limit=3)
        await chat.fake.command("anna", "room", "recommend")
        calls = await chat.inbox.received(2)
        people = tuple(f"account:{chat.fake.account(name)}" for name in ("ben", "carl"))
        assert [call.args for call in calls if isinstance(call, CommandCall)] == [{"with": people, "limit": 3}, {}]


def _people(spec: CommandSpec[Any]) -> str | None:
    return spec.members.name if spec.members else None


def test_recommend_is_one_command_with_typed_options() -> None:
    (recommend,) = [one for one in DECLARED if one["name"] == "recommend"]
    names = [option["name"] for option in recommend["options"]]
    people = [f"with{number}" for number in range(1, 10)]
    assert names == ["mode", "mood", *people, "kind", "genre", "limit"]
    kinds = {option["name"]: option["type"] for option in recommend["options"]}
    assert (kinds["mode"], kinds["with1"], kinds["limit"]) == (3, 6, 4)
    assert not any(option["required"] for option in recommend["options"])
    limit = recommend["options"][-1]
    assert (limit["min_value"], limit["max_value"]) == (1, 20)
    mode = recommend["options"][0]
    assert [choice["value"] for choice in mode["choices"]][:2] == ["tonight", "grab"]
    assert mode["choices"][0]["name_localizations"] == {"de": "heute Abend", "fr": "ce soir"}


def test_descriptions_are_translated_and_fit() -> None:
    texts = [one for spec in DECLARED for one in (spec, *spec["options"])]
    assert all(1 <= len(one["description"]) <= 100 for one in texts)
    translated = [words for one in texts for words in one.get("description_localizations", {}).values()]
    assert all(1 <= len(words) <= 100 for words in translated)
    recommend = next(one for one in DECLARED if one["name"] == "recommend")
    assert set(recommend["description_localizations"]) == {"de", "fr"}


def test_required_options_come_first() -> None:
    for spec in DECLARED:
        required = [option["required"] for option in spec["options"]]
        assert required == sorted(required, reverse=True), spec["name"]


def test_long_descriptions_are_cut_and_missing_ones_are_the_name() -> None:
    @command("odd", "o" * 300)
    async def odd(ctx: Any, what: str, who: Members, more: Annotated[str | None, Rest("")] = None) -> Reply:
        raise NotImplementedError

    (declared,) = CommandBook([odd]).declared(rooms=False)
    assert len(declared["description"]) == 100
    assert [option["description"] for option in declared["options"]] == ["what", "who", *["who"] * 8, "more"][:11]
    assert [option["name"] for option in declared["options"]][:3] == ["what", "who1", "who2"]
    assert declared["contexts"] == [1]


async def test_discord_is_told_the_commands_only_when_they_changed() -> None:
    path = "/applications/{application_id}/commands"
    fake = FakeDiscord()
    async with talking(fake=fake) as chat:
        await chat.fake.command("anna", "room", "help")
        assert fake.server.count("PUT", path) == 1
        assert [one["name"] for one in fake.world.commands] == [spec.name for spec in COMMANDS]
    again = FakeDiscord()
    again.world.commands = [{"id": "5", "version": "7", "options": []} | one for one in fake.world.commands]
    async with talking(fake=again) as chat:
        await chat.fake.command("anna", "room", "help")
        assert again.server.count("PUT", path) == 0
    other = FakeDiscord()
    other.world.commands = fake.world.commands[1:]
    async with talking(fake=other) as chat:
        await chat.fake.command("anna", "room", "help")
        assert other.server.count("PUT", path) == 1


def test_what_discord_adds_is_no_change_but_a_new_bound_is() -> None:
    @command("rate", "Rate")
    async def rate(ctx: Any, title: Annotated[str, Help("Which")]) -> Reply:
        raise NotImplementedError

    declared = CommandBook([rate]).declared(rooms=True)
    known = [{**declared[0], "id": "1", "nsfw": False, "default_member_permissions": None, "name_localizations": None}]
    assert not changed(declared, known)
    known[0]["options"] = [{**declared[0]["options"][0], "max_length": 5}]
    assert changed(declared, known)
    assert changed(declared, [])


async def test_a_title_is_completed_with_its_reference() -> None:
    asked: list[tuple[Author, str]] = []

    async def complete(author: Author, text: str) -> Sequence[tuple[str, str]]:
        asked.append((author, text))
        return [("Heat (1995) · Michael Mann", "movie:949"), ("L" * 300, "movie:1"), ("", "movie:2")] * 10

    async with talking(complete_title=complete) as chat:
        offered = await chat.fake.complete("anna", "room", "similar", "title", "hea")
        assert offered[0] == ("Heat (1995) · Michael Mann", "movie:949")
        assert len(offered) == 25
        assert all(1 <= len(label) <= 100 for label, _ref in offered)
        assert [(author.account, text) for author, text in asked] == [(chat.fake.account("anna"), "hea")]
        assert await chat.fake.complete("anna", "room", "recommend", "genre", "cri") == []


@pytest.mark.parametrize("failure", ["slow", "broken"])
async def test_a_title_that_cannot_be_completed_in_time_completes_to_nothing(
    failure: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adapters.chat.discord.gateway.COMPLETE_WITHIN", 0.01)

    async def complete(author: Author, text: str) -> Sequence[tuple[str, str]]:
        if failure == "broken":
            raise Unavailable("database", "The database cannot be read.")
        await asyncio.Event().wait()
        return []

    async with talking(complete_title=complete) as chat:
        assert await chat.fake.complete("anna", "private", "similar", "title", "hea") == []
