"""Text from outside: cleaned of what a reader cannot see, and escaped so that Markdown takes it literally."""

from __future__ import annotations

import re
import unicodedata

# Marks that turn the direction of everything after them, and characters of no width, in which names hide.
_INVISIBLE = frozenset(
    [
        *(0x00AD, 0x061C, 0x180E, 0x200B, 0x200E, 0x200F, 0x2060, 0xFEFF, 0xFFFE, 0xFFFF),
        *range(0x202A, 0x202F),
        *range(0x2061, 0x2070),
        *range(0xFFF9, 0xFFFC),
        *range(0xE0000, 0xE0080),
    ]
)
_ESCAPE_SEQUENCE = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]{0,500}(?:\x07|\x1b\\)|\x1b[@-Z\\-_]")
_SPECIAL = re.compile(r"([\\`*_\[\]<~])")
_SCHEME = re.compile(r":(?=//)")
_LINE_START = re.compile(r"^(\s*)([#+=>|-])", re.MULTILINE)
_NUMBERED = re.compile(r"^(\s*\d{1,9})([.)])(?=\s|$)", re.MULTILINE)
_BACKSLASHED = re.compile(r"\\([!-/:-@\[-`{-~])")
_SPACES = re.compile(r"[^\S\n]+")
MAX_MARKS = 4  # stacked accents on one letter; more is an attack on the reader's screen


def clean(text: str) -> str:
    """The text without control characters, direction marks and surrogates; line ends become `\\n`."""
    text = _ESCAPE_SEQUENCE.sub("", text).replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    kept: list[str] = []
    marks = 0
    for character in unicodedata.normalize("NFC", text.replace("\u2028", "\n").replace("\u2029", "\n")):
        category = unicodedata.category(character)
        if (category in ("Cc", "Cs") and character != "\n") or ord(character) in _INVISIBLE:
            continue
        marks = marks + 1 if category in ("Mn", "Me") else 0
        if marks <= MAX_MARKS:
            kept.append(character)
    return "".join(kept)


def one_line(text: str, limit: int | None = None) -> str:
    """Cleaned, on one line, with single spaces; cut with an ellipsis at `limit` characters."""
    line = " ".join(clean(text).split())
    if limit is not None and len(line) > limit:
        return line[: limit - 1].rstrip() + "…"
    return line


def squeeze(text: str) -> str:
    """Cleaned, with single spaces within each line and no empty space around it."""
    return "\n".join(_SPACES.sub(" ", line).strip() for line in clean(text).split("\n")).strip()


def escape(text: str) -> str:
    """Outside text as Markdown that shows exactly this text (cleaned); addresses in it do not become links."""
    escaped = _SCHEME.sub(r"\:", _SPECIAL.sub(r"\\\1", clean(text)))
    escaped = _NUMBERED.sub(r"\1\\\2", escaped)
    return _LINE_START.sub(r"\1\\\2", escaped)


def unescape(markdown: str) -> str:
    """Take the backslashes of `escape` away again."""
    return _BACKSLASHED.sub(r"\1", markdown)
