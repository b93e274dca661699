"""Cuts a typed command into words: quoted strings, `name=value`, `--name value`, people named with @."""

from __future__ import annotations

import re
from dataclasses import dataclass

_QUOTES = {'"': '"', "“": "”", "„": "“”", "«": "»"}
_KEY = re.compile(r"(?:(--|—)([A-Za-z][A-Za-z-]*)(?:=|(?=\s|$))|([A-Za-z][A-Za-z-]*)=)")
_NAME = re.compile(r"[^\s\"“„«,;]+")
_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Word:
    """One word. `raw` is how it was written; `key` the option it gives (`text` is then the value, None: no value).

    `dashes`: written `--key`. `person`: written @name, and `text` is the name.
    """

    raw: str
    text: str | None
    quoted: bool = False
    key: str | None = None
    dashes: bool = False
    person: bool = False


def cut(text: str) -> list[Word]:
    """All words in order. A quote that is never closed is an ordinary character."""
    words: list[Word] = []
    position = 0
    while position < len(text):
        if text[position].isspace():
            position += 1
            continue
        word, position = _next(text, position)
        words.append(word)
    return words


def quote(text: str) -> str:
    """The text in quotes, so that `cut` reads it back as one word."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _next(text: str, start: int) -> tuple[Word, int]:
    if key := _KEY.match(text, start):
        name = (key[2] or key[3]).lower()
        if not key[0].endswith("="):
            return Word(key[0], None, key=name, dashes=True), key.end()
        value, end = _value(text, key.end())
        return Word(text[start:end], value, key=name, dashes=bool(key[1])), end
    if text[start] == "@":
        if quoted := _quoted(text, start + 1):
            name, end = quoted
            return Word(text[start:end], name, quoted=True, person=True), end
        if match := _NAME.match(text, start + 1):
            name = match[0].rstrip(".!?:)")
            if name:
                end = match.end()
                while end < len(text) and text[end] in ",;":
                    end += 1
                return Word(text[start:end], name, person=True), end
    if quoted := _quoted(text, start):
        value, end = quoted
        return Word(text[start:end], value, quoted=True), end
    match = _WORD.match(text, start)
    assert match is not None
    return Word(match[0], match[0]), match.end()


def _value(text: str, start: int) -> tuple[str, int]:
    if quoted := _quoted(text, start):
        return quoted
    match = _WORD.match(text, start)
    return (match[0], match.end()) if match else ("", start)


def _quoted(text: str, start: int) -> tuple[str, int] | None:
    """The content of a quoted string that begins here and ends at a space or at the end, and where it ends."""
    closers = _QUOTES.get(text[start]) if start < len(text) else None
    if closers is None:
        return None
    content: list[str] = []
    position = start + 1
    while position < len(text):
        character = text[position]
        if character == "\\" and text[position + 1 : position + 2] in ("\\", *closers):
            content.append(text[position + 1])
            position += 2
        elif character in closers:
            after = text[position + 1 : position + 2]
            return ("".join(content), position + 1) if not after or after.isspace() or after in ",;" else None
        else:
            content.append(character)
            position += 1
    return None
