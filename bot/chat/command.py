"""Commands, declared once from a signature, as plain data that every platform projects to its own form.

    @command("rate", "Rate a title from 1 to 10")
    async def rate(ctx: Context, title: TitleName, value: Annotated[int, Range(1, 10)]) -> Reply: ...

Parameters before `*` are written in order, those after it as `name=value`. `Rest` takes all remaining words,
`TitleName` a title in the person's words (autocompleted where a platform can), `Members` everybody named with @.
"""

from __future__ import annotations

import inspect
import types
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated, Any, Generic, TypeAlias, TypeVar, Union, get_args, get_origin, get_type_hints

from bot.chat.reply import Reply

ContextType = TypeVar("ContextType")


class ParameterKind(StrEnum):
    """What a parameter takes; platforms map it to their own option types."""

    TEXT = "text"
    REST = "rest"
    INTEGER = "integer"
    BOOLEAN = "boolean"
    CHOICE = "choice"
    TITLE = "title"
    MEMBERS = "members"


@dataclass(frozen=True, slots=True)
class Help:
    """What a parameter is for, in one English phrase (translated when shown)."""

    text: str


@dataclass(frozen=True, slots=True)
class Rest(Help):
    """A text parameter that takes all words that are left."""


@dataclass(frozen=True, slots=True)
class Range:
    """The bounds of a number, both included."""

    minimum: int
    maximum: int


@dataclass(frozen=True, slots=True)
class Synonyms:
    """Other words for the values of a choice, as pairs (word, value)."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class _Special:
    kind: ParameterKind


TitleName: TypeAlias = Annotated[str, _Special(ParameterKind.TITLE)]
"""A title as somebody names it: words, a reference such as `movie:603`, or its number in the last answer."""

Members: TypeAlias = Annotated[tuple[str, ...], _Special(ParameterKind.MEMBERS)]
"""Members by name; one mentioned by a platform is `account:` and the account."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter. `argument` is the Python name, `name` what people write. `option`: written `name=value`."""

    name: str
    argument: str
    kind: ParameterKind
    help: str = ""
    required: bool = True
    default: Any = None
    option: bool = False
    choices: tuple[str, ...] = ()
    choice_type: type[StrEnum] | None = None
    synonyms: tuple[tuple[str, str], ...] = ()
    minimum: int | None = None
    maximum: int | None = None

    @property
    def takes_all(self) -> bool:
        """Whether it swallows the words that are left."""
        return self.kind in (ParameterKind.REST, ParameterKind.TITLE) and not self.option


Run: TypeAlias = Callable[..., Awaitable[Reply]]


@dataclass(frozen=True, slots=True)
class CommandSpec(Generic[ContextType]):
    """A command as data. `run(context, **arguments)` answers; `private` answers are for one pair of eyes.

    `admin`: for administrators only, which dispatch sees to. `section`: where help lists it. `hidden`: a step between
    two others, which no list or menu shows.
    """

    name: str
    help: str
    parameters: tuple[Parameter, ...]
    run: Run = field(repr=False, compare=False)
    private: bool = False
    aliases: tuple[str, ...] = ()
    admin: bool = False
    section: str = ""
    hidden: bool = False

    @property
    def positional(self) -> tuple[Parameter, ...]:
        """Parameters written in order; members are written anywhere and are not among them."""
        return tuple(p for p in self.parameters if not p.option and p.kind is not ParameterKind.MEMBERS)

    @property
    def options(self) -> Mapping[str, Parameter]:
        """Parameters written `name=value`, by name."""
        return {p.name: p for p in self.parameters if p.option}

    @property
    def members(self) -> Parameter | None:
        """The parameter for people named with @, if there is one."""
        return next((p for p in self.parameters if p.kind is ParameterKind.MEMBERS), None)

    @property
    def title(self) -> Parameter | None:
        """The parameter that names a title, if there is one."""
        return next((p for p in self.parameters if p.kind is ParameterKind.TITLE), None)


def command(
    name: str,
    help: str,
    *,
    private: bool = False,
    aliases: tuple[str, ...] = (),
    admin: bool = False,
    section: str = "",
    hidden: bool = False,
) -> Callable[[Run], CommandSpec[Any]]:
    """Turn an async function `(context, ...) -> Reply` into its specification."""

    def declare(function: Run) -> CommandSpec[Any]:
        hints = get_type_hints(function, include_extras=True)
        listed = list(inspect.signature(function).parameters.values())[1:]
        parameters = tuple(_parameter(p, hints[p.name]) for p in listed)
        greedy = [p for p in parameters if p.takes_all]
        if len(greedy) > 1:
            raise TypeError(f"/{name} has two parameters that take all words: {greedy[0].name} and {greedy[1].name}")
        return CommandSpec(name, help, parameters, function, private, aliases, admin, section, hidden)

    return declare


def _parameter(parameter: inspect.Parameter, hint: Any) -> Parameter:
    kind: ParameterKind | None = None
    text, bounds = "", Range(-(2**31), 2**31 - 1)
    synonyms: tuple[tuple[str, str], ...] = ()
    annotated, hint = _unwrap(hint)
    for note in annotated:
        if isinstance(note, _Special):
            kind = note.kind
        elif isinstance(note, Help):
            text = note.text
            kind = ParameterKind.REST if isinstance(note, Rest) else kind
        elif isinstance(note, Range):
            bounds = note
        elif isinstance(note, Synonyms):
            synonyms = note.pairs
    choice_type = hint if isinstance(hint, type) and issubclass(hint, StrEnum) else None
    if kind is None:
        kind = _kind_of(parameter.name, hint)
    required = parameter.default is inspect.Parameter.empty
    return Parameter(
        name=parameter.name.rstrip("_").replace("_", "-"),
        argument=parameter.name,
        kind=kind,
        help=text,
        required=required,
        default=None if required else parameter.default,
        option=parameter.kind is inspect.Parameter.KEYWORD_ONLY,
        choices=tuple(member.value for member in choice_type) if choice_type else (),
        choice_type=choice_type,
        synonyms=synonyms,
        minimum=bounds.minimum if kind is ParameterKind.INTEGER else None,
        maximum=bounds.maximum if kind is ParameterKind.INTEGER else None,
    )


def _unwrap(hint: Any) -> tuple[list[Any], Any]:
    """The notes of `Annotated` and the type inside, through `| None`."""
    notes: list[Any] = []
    while True:
        if get_origin(hint) is Annotated:
            hint, *found = get_args(hint)
            notes = [*found, *notes]
        elif get_origin(hint) in (Union, types.UnionType):
            (hint,) = [part for part in get_args(hint) if part is not type(None)]
        else:
            return notes, hint


def _kind_of(name: str, hint: Any) -> ParameterKind:
    if isinstance(hint, type):
        if issubclass(hint, StrEnum):
            return ParameterKind.CHOICE
        kinds = {bool: ParameterKind.BOOLEAN, int: ParameterKind.INTEGER, str: ParameterKind.TEXT}
        if hint in kinds:
            return kinds[hint]
    raise TypeError(f"the parameter {name} has the type {hint}, which no platform can show")
