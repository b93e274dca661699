"""Commands projected to a terminal: what the Tab key completes."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator, Sequence
from typing import Any, TypeAlias

from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document

from bot.chat.command import CommandSpec, Parameter, ParameterKind
from bot.chat.plain import one_line
from bot.errors import RecommendarrError
from bot.i18n import gettext as _

CompleteTitle: TypeAlias = Callable[[str], Awaitable[Sequence[tuple[str, str]]]]
"""From what is typed so far to (label with the year, reference), the best first."""

_SHORTEST = 2  # letters before titles are looked up


class CommandCompleter(Completer):
    """Completes command names, modes, options and their values, and titles."""

    def __init__(self, specs: Sequence[CommandSpec[Any]], complete_title: CompleteTitle) -> None:
        self._specs = {name: spec for spec in specs for name in (spec.name, *spec.aliases)}
        self._complete_title = complete_title

    def get_completions(
        self,
        document: Document,
        complete_event: CompleteEvent,  # noqa: ARG002 - the base class passes it
    ) -> Iterator[Completion]:
        """Everything but titles, which need the event loop."""
        text = document.text_before_cursor
        if text[:1] not in ("/", "!"):
            return
        name, space, rest = text[1:].partition(" ")
        if not space:
            for known, spec in self._specs.items():
                if known.startswith(name.lower()):
                    yield Completion(known, -len(name), display_meta=_(spec.help))
        elif name.lower() in self._specs:
            yield from _arguments(self._specs[name.lower()], rest)

    async def get_completions_async(
        self, document: Document, complete_event: CompleteEvent
    ) -> AsyncGenerator[Completion, None]:
        """Titles as well."""
        for completion in self.get_completions(document, complete_event):
            yield completion
        text = document.text_before_cursor
        name, space, typed = text[1:].partition(" ")
        spec = self._specs.get(name.lower()) if text[:1] in ("/", "!") and space else None
        if spec is None or spec.title is None or len(typed.strip()) < _SHORTEST:
            return
        try:
            titles = await self._complete_title(typed.strip())
        except RecommendarrError:
            return  # a line can be typed without help
        for label, _ref in titles:
            yield Completion(one_line(label), -len(typed))


def _arguments(spec: CommandSpec[Any], typed: str) -> Iterator[Completion]:
    words = typed.split(" ")
    word = words[-1]
    name, equals, begun = word.partition("=")
    if equals and name in spec.options:
        for value in spec.options[name].choices:
            if value.startswith(begun.lower()):
                yield Completion(value, -len(begun))
        return
    if len(words) == 1:
        for value in _first_choices(spec.positional):
            if value.startswith(word.lower()):
                yield Completion(value, -len(word))
    if spec.title is None or word:
        for option, parameter in spec.options.items():
            if option.startswith(word.lower()):
                yield Completion(f"{option}=", -len(word), display_meta=_(parameter.help) if parameter.help else "")


def _first_choices(parameters: Sequence[Parameter]) -> tuple[str, ...]:
    first = parameters[0] if parameters else None
    return first.choices if first is not None and first.kind is ParameterKind.CHOICE else ()
