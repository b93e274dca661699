"""What films are about: a topic, the words that name it in each language, and the keywords that show it."""

from __future__ import annotations

from dataclasses import dataclass

from engine.search.lexicon import topics_life, topics_plot

RELATED = 0.55  # what a keyword marked "~" counts for: near the topic, but not it
_SHOWN = "shown by"


@dataclass(frozen=True, slots=True)
class Topic:
    """What people ask for and how it shows."""

    name: str
    words: dict[str, tuple[str, ...]]  # speaker's language -> words that ask for it
    keywords: dict[str, float]  # keyword that shows it -> how much it says


def topics() -> dict[str, Topic]:
    """All topics by name."""
    parts: dict[str, dict[str, list[str]]] = {}
    column: list[str] = []
    for line in (topics_plot.TABLE + topics_life.TABLE).splitlines():
        text = line.strip()
        if not text:
            continue
        if not line.startswith(" "):
            columns = parts.setdefault(text, {})
            continue
        if not line.startswith("    "):
            label, _, text = text.partition(":")
            column = columns.setdefault(label, [])
        column.append(text.strip())
    return {
        name: _topic(name, {label: " ".join(lines) for label, lines in found.items()}) for name, found in parts.items()
    }


def _topic(name: str, columns: dict[str, str]) -> Topic:
    keywords = {
        keyword.removeprefix("~"): RELATED if keyword.startswith("~") else 1.0 for keyword in _split(columns[_SHOWN])
    }
    words = {language: _split(columns.get(language, "")) for language in ("en", "de", "fr")}
    return Topic(name, words | {"en": (name, *words["en"])}, keywords)


def _split(part: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in part.split(",") if word.strip())
