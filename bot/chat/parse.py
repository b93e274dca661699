"""Reads a typed command (`/rate Heat 9`, `!recommend mood noir limit=3`) into the arguments of its declaration."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from bot.chat.binding import read_value, usage
from bot.chat.command import CommandSpec, Parameter, ParameterKind
from bot.chat.incoming import Mention
from bot.chat.plain import clean, one_line
from bot.chat.words import Word, cut, quote
from bot.errors import InvalidInput
from bot.i18n import gettext as _

_COMMAND = re.compile(r"\s*[/!]\s?([^\W\d_][\w-]*)(?:@\w+)?(?=\s|$)")
_PLAIN_NAME = re.compile(r"\w[\w-]*")
_PLAIN_WORDS = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)*")
_NUMBER = re.compile(r"[+-]?\d{1,9}(?:/10)?")


def is_command(text: str) -> bool:
    """Whether the text is a typed command rather than words."""
    return _COMMAND.match(clean(text)) is not None


def parse(
    text: str, specs: Sequence[CommandSpec[Any]], mentions: Iterable[Mention] = ()
) -> tuple[CommandSpec[Any], dict[str, Any]]:
    """The command and its arguments by parameter name; those that were not written are left out.

    Raises: InvalidInput, with what is missing or wrong and how the command is written.
    """
    text = clean(text)
    match = _COMMAND.match(text)
    if match is None:
        raise InvalidInput(_("A command begins with a slash and its name, as in /help."))
    spec = find_command(match[1], specs)
    words = cut(_mentioned(text[match.end() :], mentions, named=spec.members is not None))
    return spec, _Reading(spec, words).arguments()


def find_command(name: str, specs: Sequence[CommandSpec[Any]]) -> CommandSpec[Any]:
    """The command of that name or alias. Raises: InvalidInput, with the nearest names."""
    wanted = name.lower()
    names = {known: spec for spec in specs for known in (spec.name, *spec.aliases)}
    if wanted in names:
        return names[wanted]
    names = {known: spec for known, spec in names.items() if not spec.hidden}
    begun = [known for known in names if len(wanted) > 1 and known.startswith(wanted)]
    if near := begun or get_close_matches(wanted, names, n=1, cutoff=0.6):
        raise InvalidInput(
            _("There is no command /{name}. Did you mean /{near}?").format(name=one_line(name, 40), near=near[0])
        )
    raise InvalidInput(_("There is no command /{name}. /help lists them all.").format(name=one_line(name, 40)))


def render(spec: CommandSpec[Any], args: Mapping[str, Any], prefix: str = "/") -> str:
    """Write a call so that `parse` reads the same arguments back."""
    parts = [prefix + spec.name]
    for parameter in spec.positional:
        if parameter.name in args:
            value = args[parameter.name]
            parts.append(_rendered(spec, parameter, value))
    if spec.members is not None:
        names = args.get(spec.members.name, ())
        parts.extend("@" + (name if _PLAIN_NAME.fullmatch(name) else quote(name)) for name in names)
    for name in spec.options:
        if name in args:
            value = args[name]
            written = str(value).lower() if isinstance(value, bool | int) else quote(str(value))
            parts.append(f"{name}={written}")
    return " ".join(parts)


def _rendered(spec: CommandSpec[Any], parameter: Parameter, value: Any) -> str:
    if parameter.kind in (ParameterKind.INTEGER, ParameterKind.BOOLEAN, ParameterKind.CHOICE):
        return str(value).lower()
    value = str(value)
    if not parameter.takes_all:
        return value if _PLAIN_NAME.fullmatch(value) else quote(value)
    ambiguous = any(p.kind is ParameterKind.CHOICE for p in spec.positional)
    return value if _PLAIN_WORDS.fullmatch(value) and not ambiguous else quote(value)


def _mentioned(text: str, mentions: Iterable[Mention], *, named: bool) -> str:
    """Put what we understand in the place of a platform's own way to write a mention."""
    for mention in sorted(mentions, key=lambda m: -len(m.text)):
        if mention.text:
            stand_in = "@" + quote(f"account:{mention.account}") + " " if named else clean(mention.name)
            text = text.replace(mention.text, stand_in)
    return text


class _Reading:
    """One command being read: options and people first, then the words that are left, from both ends."""

    def __init__(self, spec: CommandSpec[Any], words: Sequence[Word]) -> None:
        self._spec = spec
        self._args: dict[str, Any] = {}
        self._words = self._without_options(words)

    def arguments(self) -> dict[str, Any]:
        positional = self._spec.positional
        greedy = next((index for index, p in enumerate(positional) if p.takes_all), len(positional))
        for parameter in positional[:greedy]:
            self._take_first(parameter)
        for parameter in reversed(positional[greedy + 1 :]):
            self._take_last(parameter)
        if greedy < len(positional):
            self._take_all(positional[greedy])
        elif self._words:
            raise self._wrong(_("“{word}” is one word too many.").format(word=one_line(self._words[0].raw, 40)))
        for parameter in positional:
            if parameter.required and parameter.name not in self._args:
                raise self._wrong(_("<{name}> is missing.").format(name=parameter.name))
        return self._args

    def _without_options(self, words: Sequence[Word]) -> list[Word]:
        left: list[Word] = []
        waiting = list(reversed(words))
        while waiting:
            word = waiting.pop()
            if word.person and self._spec.members is not None:
                self._args.setdefault(self._spec.members.name, ())
                self._args[self._spec.members.name] += (word.text,)
            elif word.key is None or (parameter := self._option(word)) is None:
                left.append(word)
            else:
                value = word.text
                if value is None:
                    bare = parameter.kind is ParameterKind.BOOLEAN
                    value = "yes" if bare else (waiting.pop().text or "" if waiting else "")
                if parameter.name in self._args:
                    raise self._wrong(_("The option {name} is given twice.").format(name=parameter.name))
                self._args[parameter.name] = read_value(self._spec, parameter, value)
        return left

    def _option(self, word: Word) -> Parameter | None:
        """The option that a word gives; None when the word only looks like one, as in “E=mc2”."""
        assert word.key is not None
        options = self._spec.options
        if word.key in options:
            return options[word.key]
        near = get_close_matches(word.key, options, n=1, cutoff=0.7)
        if not word.dashes and not near and any(p.takes_all for p in self._spec.positional):
            return None
        unknown = _("There is no option “{name}”.").format(name=one_line(word.key, 40))
        if near:
            raise InvalidInput(unknown + " " + _("Did you mean {near}?").format(near=near[0]))
        raise self._wrong(unknown)

    def _take_first(self, parameter: Parameter) -> None:
        if not self._words:
            return
        word = self._words[0]
        if parameter.kind is not ParameterKind.CHOICE or parameter.required:
            self._args[parameter.name] = read_value(self._spec, parameter, self._words.pop(0).text or "")
            return
        chosen = None if word.quoted else _chosen(parameter, word.raw)
        if chosen is not None:
            self._words.pop(0)
            self._args[parameter.name] = chosen
        elif len(self._words) == 1 and not word.quoted:
            near = get_close_matches(word.raw.casefold(), parameter.choices, n=1, cutoff=0.7)
            if near and not word.raw.casefold().startswith(near[0]):
                raise InvalidInput(
                    _("I do not know “{word}”. Did you mean {near}?").format(word=one_line(word.raw, 40), near=near[0])
                )

    def _take_last(self, parameter: Parameter) -> None:
        if not self._words:
            return
        word = self._words[-1]
        reads = parameter.kind is not ParameterKind.INTEGER or _NUMBER.fullmatch(word.text or "")
        if not word.quoted and reads:
            self._args[parameter.name] = read_value(self._spec, parameter, self._words.pop().text or "")

    def _take_all(self, parameter: Parameter) -> None:
        if len(self._words) == 1 and self._words[0].quoted and not self._words[0].person:
            self._args[parameter.name] = self._words[0].text
        elif self._words:
            self._args[parameter.name] = " ".join(word.raw for word in self._words)
        self._words = []

    def _wrong(self, sentence: str) -> InvalidInput:
        return InvalidInput(_("{sentence} It is written: {usage}").format(sentence=sentence, usage=usage(self._spec)))


def _chosen(parameter: Parameter, word: str) -> str | None:
    folded = word.casefold().rstrip(",:")
    return folded if folded in parameter.choices else dict(parameter.synonyms).get(folded)
