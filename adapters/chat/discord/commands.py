"""Commands projected to Discord: typed options, people as up to nine user options, texts in every language we speak.

A command has no subcommands, because Discord cannot call one that has them bare. Command and option names are the
same in every language, as /help and the parser of typed commands write them; what explains them is translated.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias, assert_never

from bot.chat.command import CommandSpec, Parameter, ParameterKind
from bot.chat.incoming import Author
from bot.chat.plain import one_line
from bot.i18n import DEFAULT_LOCALE, LOCALES, gettext, use_locale

CompleteTitle: TypeAlias = Callable[[Author, str], Awaitable[Sequence[tuple[str, str]]]]
"""From who types and what is typed so far to (label with year and director, reference), the best first.

Only titles that this person may see; nothing for strangers.
"""

Payload: TypeAlias = dict[str, Any]

MAX_CHOICES = 25
MAX_OPTIONS = 25
MAX_DESCRIPTION = 100
MAX_PEOPLE = 9
MAX_WORDS = 1000
_CHAT_INPUT = 1
_STRING, _INTEGER, _BOOLEAN, _USER = 3, 4, 5, 6
_IN_GUILDS, _IN_DIRECT_MESSAGES = 0, 1
_INSTALLED_IN_GUILDS = 0
_OWN_NAMES = {("recommend", "query"): "mood"}  # where the name of a typed parameter says too little in a form
_TEXTS = ("name", "name_localizations", "description", "description_localizations")
_FORM = (
    "options",
    "required",
    "choices",
    "value",
    "autocomplete",
    "min_value",
    "max_value",
    "min_length",
    "max_length",
)
_COMPARED = frozenset(("type", "contexts", "integration_types", *_TEXTS, *_FORM))


def N_(word: str) -> str:
    """The word itself; it is translated when it is shown."""
    return word


CHOICE_WORDS = (
    *(N_("tonight"), N_("grab"), N_("rediscover"), N_("shuffle"), N_("mood"), N_("group"), N_("movie"), N_("series")),
    *(N_("show"), N_("boost"), N_("switch-off"), N_("block"), N_("as-usual"), N_("add"), N_("remove")),
)
"""Values of choices that people on Discord pick in their own language."""


class CommandBook:
    """All commands as Discord knows them, and the way back."""

    def __init__(self, specs: Sequence[CommandSpec[Any]]) -> None:
        self._specs = {spec.name: spec for spec in specs}
        self._names = {name: spec for spec in specs for name in (spec.name, *spec.aliases)}

    def knows(self, name: str) -> bool:
        """Whether a typed name is that of a command."""
        return name.lower() in self._names

    def is_private(self, name: str) -> bool:
        """Whether the command's answer is for one pair of eyes."""
        return name in self._names and self._names[name].private

    def declared(self, *, rooms: bool) -> list[Payload]:
        """What Discord is told. `rooms`: they can be used in guilds, else in direct messages alone."""
        contexts = [_IN_GUILDS, _IN_DIRECT_MESSAGES] if rooms else [_IN_DIRECT_MESSAGES]
        with use_locale(DEFAULT_LOCALE):
            return [
                {
                    "type": _CHAT_INPUT,
                    "name": spec.name,
                    **_described(spec.help or spec.name),
                    "options": _options(spec),
                    "contexts": contexts,
                    "integration_types": [_INSTALLED_IN_GUILDS],
                }
                for spec in self._specs.values()
            ]

    def read(self, data: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
        """The name and the arguments by parameter name, as the parser reads them from a typed command."""
        name = str(data.get("name", ""))
        spec = self._specs.get(name)
        args: dict[str, Any] = {}
        for option in data.get("options") or ():
            given, value = str(option["name"]), option.get("value")
            if spec is not None and (people := _people_of(spec, given)):
                named = args.setdefault(people, ())
                account = f"account:{value}"
                args[people] = named if account in named else (*named, account)
            else:
                args[_parameter_name(spec, given)] = value
        return name, args

    def completes(self, data: Mapping[str, Any]) -> str | None:
        """What is typed so far where a title is asked for; None where nothing can be completed."""
        spec = self._specs.get(str(data.get("name", "")))
        for option in data.get("options") or ():
            wanted = spec is not None and spec.title is not None and option["name"] == _option_name(spec, spec.title)
            if option.get("focused") and wanted:
                return str(option.get("value", ""))
        return None


def changed(declared: Sequence[Mapping[str, Any]], known: Sequence[Mapping[str, Any]]) -> bool:
    """Whether Discord knows other commands than those declared; what it adds of its own does not count."""
    return _compared(declared) != _compared(known)


def _compared(commands: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    return {str(command["name"]): _significant(command) for command in commands}


def _significant(value: Any) -> Any:
    if isinstance(value, Mapping):
        kept = {key: _significant(inner) for key, inner in value.items() if key in _COMPARED or key in _LOCALES}
        return {key: inner for key, inner in kept.items() if inner not in (None, False, [], {})}
    return [_significant(inner) for inner in value] if isinstance(value, list | tuple) else value


_LOCALES = tuple(locale for locale in LOCALES if locale != DEFAULT_LOCALE)  # Discord names German and French alike


def _described(text: str) -> Payload:
    """A description in every language."""
    described: Payload = {"description": one_line(gettext(text), MAX_DESCRIPTION)}
    if translations := _translated(text, MAX_DESCRIPTION):
        described["description_localizations"] = translations
    return described


def _translated(text: str, limit: int) -> dict[str, str]:
    """The text in each language in which it reads differently."""
    found = {}
    for locale in _LOCALES:
        with use_locale(locale):
            found[locale] = one_line(gettext(text), limit)
    return {locale: words for locale, words in found.items() if words != one_line(text, limit)}


def _options(spec: CommandSpec[Any]) -> list[Payload]:
    """Options in the order of declaration, the required ones first, as Discord wants it."""
    people = MAX_PEOPLE if len(spec.parameters) - 1 + MAX_PEOPLE <= MAX_OPTIONS else 1
    options = [option for parameter in spec.parameters for option in _option(spec, parameter, people)]
    return sorted(options, key=lambda option: not option["required"])[:MAX_OPTIONS]


def _option(spec: CommandSpec[Any], parameter: Parameter, people: int) -> Iterator[Payload]:
    option = {
        "name": _option_name(spec, parameter),
        **_described(parameter.help or parameter.name),
        "required": parameter.required,
    }
    match parameter.kind:
        case ParameterKind.TEXT | ParameterKind.REST:
            yield {"type": _STRING, **option, "max_length": MAX_WORDS}
        case ParameterKind.TITLE:
            yield {"type": _STRING, **option, "max_length": MAX_WORDS, "autocomplete": True}
        case ParameterKind.INTEGER:
            yield {"type": _INTEGER, **option, "min_value": parameter.minimum, "max_value": parameter.maximum}
        case ParameterKind.BOOLEAN:
            yield {"type": _BOOLEAN, **option}
        case ParameterKind.CHOICE:
            listed = len(parameter.choices) <= MAX_CHOICES
            yield {"type": _STRING, **option, **({"choices": _choices(parameter)} if listed else {})}
        case ParameterKind.MEMBERS:
            for number in range(1, people + 1):
                needed = parameter.required and number == 1
                yield {"type": _USER, **option, "name": f"{parameter.name}{number}", "required": needed}
        case _:
            assert_never(parameter.kind)


def _choices(parameter: Parameter) -> list[Payload]:
    """The values; their names are translated where the catalogues have a word for them."""
    choices = []
    for value in parameter.choices:
        choice: Payload = {"name": value, "value": value}
        if value in CHOICE_WORDS and (translations := _translated(value, 100)):
            choice["name_localizations"] = translations
        choices.append(choice)
    return choices


def _option_name(spec: CommandSpec[Any], parameter: Parameter) -> str:
    return _OWN_NAMES.get((spec.name, parameter.name), parameter.name)


def _parameter_name(spec: CommandSpec[Any] | None, option: str) -> str:
    if spec is None:
        return option
    return next((p.name for p in spec.parameters if _option_name(spec, p) == option), option)


def _people_of(spec: CommandSpec[Any], option: str) -> str | None:
    """The parameter for people that an option such as `with3` fills."""
    members = spec.members
    if members is not None and option.removeprefix(members.name).isdecimal() and option.startswith(members.name):
        return members.name
    return None
