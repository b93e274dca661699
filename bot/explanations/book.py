"""The templates of one language: sections of one-line Jinja2 templates in `templates/<locale>/explanations.j2`.

A new language adds a file. A section missing there is taken from English, so that a sentence is never lost.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from jinja2 import Environment, StrictUndefined, Template

from bot.explanations.phrases import capital, of_french
from bot.i18n import DEFAULT_LOCALE

_SECTION = re.compile(r"\[([a-z_:+]+)\]")
_SPACES = re.compile(r"[ \t\n]+")  # not those that keep a number together


@dataclass(frozen=True, slots=True)
class SectionKey:
    """What a section is for: `mode` "" means any, `types` are the reasons that its sentences speak of."""

    mode: str
    types: frozenset[str]

    @classmethod
    def parse(cls, text: str) -> SectionKey:
        """Read `mood:genre+keyword` or `genre`. A mode alone, as in `mood`, is a mode without reasons."""
        head, colon, tail = text.partition(":")
        if colon:
            return cls(head, frozenset(tail.split("+")))
        return cls("", frozenset(head.split("+")))


@dataclass(frozen=True, slots=True)
class Book:
    """All templates of one language."""

    sections: Mapping[SectionKey, tuple[Template, ...]]

    def find(self, mode: str, *types: str) -> tuple[Template, ...]:
        """The sentences for this mix of reasons; empty when there are none."""
        return self.sections.get(SectionKey(mode, frozenset(types)), ())

    def render(self, template: Template, values: Mapping[str, Any]) -> str:
        """One sentence on one line; the values are escaped already."""
        return _SPACES.sub(" ", template.render(values)).strip()


@cache
def load_book(locale: str) -> Book:
    """The book of a language, over that of English."""
    sections = dict(load_book(DEFAULT_LOCALE).sections) if locale != DEFAULT_LOCALE else {}
    file = resources.files("templates") / locale / "explanations.j2"
    if file.is_file():
        sections.update(read_sections(file.read_text("utf-8")))
    return Book(sections)


def read_sections(text: str) -> dict[SectionKey, tuple[Template, ...]]:
    """Compile a file of templates. Raises: ValueError for a sentence outside of a section."""
    # The output is Markdown for chats; values are escaped for it before they come here, so HTML escaping would harm.
    environment = Environment(undefined=StrictUndefined, autoescape=False)  # noqa: S701
    environment.filters["capital"] = capital
    environment.filters["de"] = of_french
    found: dict[SectionKey, list[Template]] = {}
    current: list[Template] | None = None
    for number, line in enumerate(text.splitlines(), start=1):
        stripped = line.strip()
        if not stripped or stripped.startswith("#"):
            continue
        if section := _SECTION.fullmatch(stripped):
            current = found.setdefault(SectionKey.parse(section[1]), [])
        elif current is None:
            raise ValueError(f"line {number} stands before the first section")
        else:
            current.append(environment.from_string(stripped))
    return {key: tuple(templates) for key, templates in found.items()}
