"""Reads a table of wordings: a name, a colon, and what people call it, with commas between; lines that go on are
indented. Wordings are folded; inflected forms of the last word are found alike."""

from __future__ import annotations

from collections.abc import Mapping


def wordings(table: str) -> Mapping[str, str]:
    """Name → its wordings, as they are written."""
    found: dict[str, list[str]] = {}
    name = ""
    for line in table.strip().splitlines():
        text = line.strip()
        if not line.startswith(" "):
            name, _colon, text = line.partition(": ")
        found.setdefault(name, []).append(text)
    return {name: " ".join(lines) for name, lines in found.items()}
