"""From the arguments of a call, as a platform or the parser read them, to the values that a command takes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, assert_never

from bot.chat.command import CommandSpec, Parameter, ParameterKind
from bot.chat.plain import one_line
from bot.errors import InvalidInput
from bot.i18n import gettext as _

_YES = frozenset(["yes", "true", "on", "1", "ja", "oui"])
_NO = frozenset(["no", "false", "off", "0", "nein", "non"])


def bind(spec: CommandSpec[Any], args: Mapping[str, Any]) -> dict[str, Any]:
    """Keyword arguments of the command's function. Raises: InvalidInput."""
    known = {parameter.name for parameter in spec.parameters}
    if unknown := sorted(set(args) - known):
        raise _wrong(spec, _("There is no option “{name}”.").format(name=one_line(unknown[0], 40)))
    bound: dict[str, Any] = {}
    for parameter in spec.parameters:
        if parameter.name in args and args[parameter.name] is not None:
            value = read_value(spec, parameter, args[parameter.name])
            bound[parameter.argument] = parameter.choice_type(value) if parameter.choice_type else value
        elif parameter.required:
            raise _wrong(spec, _("<{name}> is missing.").format(name=parameter.name))
    return bound


def read_value(spec: CommandSpec[Any], parameter: Parameter, value: Any) -> Any:
    """One value as plain data (str, int, bool, tuple of str), whatever the platform made of it.

    Raises: InvalidInput.
    """
    match parameter.kind:
        case ParameterKind.TEXT | ParameterKind.REST | ParameterKind.TITLE:
            text = str(value).strip()
            if not text and parameter.kind is not ParameterKind.REST:
                raise _wrong(spec, _("<{name}> is missing.").format(name=parameter.name))
            return str(value)
        case ParameterKind.INTEGER:
            return _integer(spec, parameter, value)
        case ParameterKind.BOOLEAN:
            return _boolean(spec, parameter, value)
        case ParameterKind.CHOICE:
            return _choice(spec, parameter, str(value))
        case ParameterKind.MEMBERS:
            return (value,) if isinstance(value, str) else tuple(str(name) for name in value)
        case _:
            assert_never(parameter.kind)


def read_yes(word: str) -> bool:
    """A yes or a no in any of the languages. Raises: InvalidInput."""
    folded = word.strip().casefold()
    if folded not in _YES | _NO:
        raise InvalidInput(_("Write yes or no."))
    return folded in _YES


def usage(spec: CommandSpec[Any]) -> str:
    """How the command is written: `/rate <title> <value 1-10>`."""
    parts = ["/" + spec.name]
    parts.extend(_placeholder(parameter) for parameter in spec.positional)
    if spec.members is not None:
        parts.append("[@name ...]")
    parts.extend(f"[{name}={_values(parameter) or '...'}]" for name, parameter in spec.options.items())
    return " ".join(parts)


def _placeholder(parameter: Parameter) -> str:
    values = _values(parameter)
    if parameter.kind is ParameterKind.CHOICE:
        inside = values
    else:
        inside = f"{parameter.name} {values}" if values else parameter.name
    return f"<{inside}>" if parameter.required else f"[{inside}]"


def _values(parameter: Parameter) -> str:
    match parameter.kind:
        case ParameterKind.CHOICE:
            return "|".join(parameter.choices)
        case ParameterKind.BOOLEAN:
            return "yes|no"
        case ParameterKind.INTEGER if parameter.minimum is not None and parameter.minimum > -(2**31):
            return f"{parameter.minimum}-{parameter.maximum}"
        case _:
            return ""


def _integer(spec: CommandSpec[Any], parameter: Parameter, value: Any) -> int:
    assert parameter.minimum is not None
    assert parameter.maximum is not None
    text = str(value).strip()
    if parameter.maximum == 10:
        text = text.removesuffix("/10")
    try:
        number = int(text) if text.lstrip("+-").isascii() else None
    except ValueError:
        number = None
    if isinstance(value, bool) or number is None or not parameter.minimum <= number <= parameter.maximum:
        raise _wrong(
            spec,
            _("{name} is a whole number from {minimum} to {maximum}, not “{value}”.").format(
                name=parameter.name, minimum=parameter.minimum, maximum=parameter.maximum, value=one_line(text, 40)
            ),
        )
    return number


def _boolean(spec: CommandSpec[Any], parameter: Parameter, value: Any) -> bool:
    if isinstance(value, bool):
        return value
    folded = str(value).strip().casefold()
    if folded in _YES | _NO:
        return folded in _YES
    raise _wrong(spec, _("{name} is yes or no, not “{value}”.").format(name=parameter.name, value=one_line(folded, 40)))


def _choice(spec: CommandSpec[Any], parameter: Parameter, value: str) -> str:
    folded = value.strip().casefold()
    chosen = folded if folded in parameter.choices else dict(parameter.synonyms).get(folded)
    if chosen is None:
        raise _wrong(
            spec,
            _("{name} is one of {choices}, not “{value}”.").format(
                name=parameter.name, choices=", ".join(parameter.choices), value=one_line(value, 40)
            ),
        )
    return chosen


def _wrong(spec: CommandSpec[Any], sentence: str) -> InvalidInput:
    return InvalidInput(_("{sentence} It is written: {usage}").format(sentence=sentence, usage=usage(spec)))
