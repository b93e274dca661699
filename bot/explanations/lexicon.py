"""Words that a checked sentence is measured by: those that begin one, numbers, and those that claim something."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

_JINJA = re.compile(r"\{\{.*?\}\}|\{%.*?%\}")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")

PLAIN_CAPITALS = frozenset({"i", "i'm", "i'll", "i'd", "i've", "tv", "dvd"})  # English

# Nobody is addressed formally.
FORMAL: Mapping[str, re.Pattern[str]] = {
    "de": re.compile(r"(?<![.!?…] )(?<!^)\b(?:Sie|Ihnen|Ihr|Ihre\w*)\b"),
}


@cache
def number_words() -> frozenset[str]:
    """Numbers in words, in every language, but for "one"."""
    return frozenset(_words()["numbers"].split())


@cache
def small_words() -> Mapping[str, frozenset[str]]:
    """The commonest words of each language."""
    return {language: frozenset(words.split()) for language, words in _words()["small"].items()}


@cache
def claims() -> tuple[tuple[re.Pattern[str], frozenset[str]], ...]:
    """(words, reasons of which one must be among the facts). None at all: only our own cards may say it."""
    return tuple(
        (re.compile(rf"\b(?:{'|'.join(claim['words'])})\b", re.IGNORECASE), frozenset(claim["reasons"]))
        for claim in _words()["claims"]
    )


@cache
def beginnings(language: str) -> frozenset[str]:
    """Small-letter words that a sentence of this language may begin with, though they are no names."""
    firsts = (_WORD.search(line) for line in _lines(language) if not line.startswith("{"))
    own = {match.group().lower() for match in firsts if match}
    return frozenset(own | set(_words()["beginnings"].get(language, "").split()))


@cache
def german_words() -> frozenset[str]:
    """Words that stand with a capital in German without being names: nouns, and whatever our templates say."""
    own = {word.lower() for line in _lines("de") for word in _WORD.findall(line)}
    return frozenset(own | set(_words()["german_nouns"].split()) | beginnings("de"))


@cache
def _words() -> Mapping[str, Any]:
    return tomllib.loads((resources.files("bot.explanations") / "words.toml").read_text("utf-8"))


def _lines(language: str) -> list[str]:
    """The templates of a language without their placeholders."""
    text = (resources.files("templates") / language / "explanations.j2").read_text("utf-8")
    lines = [line.strip() for line in text.splitlines() if line.strip() and line.lstrip()[0] not in "#["]
    return [line if line.startswith("{") else _JINJA.sub(" ", line) for line in lines]
