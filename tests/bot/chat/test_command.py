"""Commands as data: what a signature says is what the specification holds."""

from __future__ import annotations

from typing import Annotated, Any

import pytest

from bot.chat.binding import bind, usage
from bot.chat.command import Help, Members, ParameterKind, Range, Rest, TitleName, command
from bot.chat.reply import Reply
from bot.commands import COMMANDS
from bot.commands.recommend import Way
from bot.errors import InvalidInput
from bot.model.titles import Kind


@command("try", "Try everything", private=True, aliases=("t",))
async def everything(
    ctx: object,
    mode: Way = Way.TONIGHT,
    words: Annotated[str | None, Rest("Anything")] = None,
    with_: Members = (),
    *,
    loud: bool = False,
    limit: Annotated[int | None, Range(1, 20), Help("How many")] = None,
    kind: Kind | None = None,
) -> Reply:
    """Takes one of each."""
    return Reply(())


def test_signature_becomes_parameters() -> None:
    kinds = {parameter.name: parameter.kind for parameter in everything.parameters}
    assert kinds == {
        "mode": ParameterKind.CHOICE,
        "words": ParameterKind.REST,
        "with": ParameterKind.MEMBERS,
        "loud": ParameterKind.BOOLEAN,
        "limit": ParameterKind.INTEGER,
        "kind": ParameterKind.CHOICE,
    }
    assert everything.private
    assert everything.aliases == ("t",)
    assert list(everything.options) == ["loud", "limit", "kind"]
    assert [parameter.name for parameter in everything.positional] == ["mode", "words"]
    assert not any(parameter.required for parameter in everything.parameters)
    assert everything.parameters[0].choices == ("tonight", "grab", "rediscover", "shuffle", "mood", "group")


def test_bind_makes_typed_arguments_with_python_names() -> None:
    bound = bind(everything, {"mode": "mood", "with": ["Ben"], "limit": "3", "kind": "series", "loud": "yes"})
    assert bound == {"mode": Way.MOOD, "with_": ("Ben",), "limit": 3, "kind": Kind.SERIES, "loud": True}


@pytest.mark.parametrize(
    ("args", "part"),
    [
        ({"limit": 0}, "from 1 to 20"),
        ({"limit": "many"}, "from 1 to 20"),
        ({"limit": True}, "from 1 to 20"),
        ({"mode": "loudly"}, "one of tonight"),
        ({"loud": "perhaps"}, "yes or no"),
        ({"colour": "red"}, "no option “colour”"),
    ],
)
def test_bind_refuses_what_the_declaration_does_not_allow(args: dict[str, Any], part: str) -> None:
    with pytest.raises(InvalidInput, match=part):
        bind(everything, args)


def test_two_parameters_cannot_both_take_all_words() -> None:
    async def greedy(ctx: object, title: TitleName, words: Annotated[str, Rest("More")]) -> Reply:
        return Reply(())

    with pytest.raises(TypeError, match="take all words"):
        command("greedy", "Never declared")(greedy)


def test_unknown_types_are_refused_at_declaration() -> None:
    async def odd(ctx: object, when: float) -> Reply:
        return Reply(())

    with pytest.raises(TypeError, match="when"):
        command("odd", "Never declared")(odd)


def test_names_and_aliases_are_unique_and_described() -> None:
    names = [name for spec in COMMANDS for name in (spec.name, *spec.aliases)]
    assert len(names) == len(set(names))
    assert all(spec.help and len(spec.help) <= 100 for spec in COMMANDS)  # Discord's limit
    assert all(parameter.help for spec in COMMANDS for parameter in spec.parameters)


def test_usage_shows_order_values_and_options() -> None:
    assert usage(everything) == (
        "/try [tonight|grab|rediscover|shuffle|mood|group] [words] [@name ...] "
        "[loud=yes|no] [limit=1-20] [kind=movie|series]"
    )
