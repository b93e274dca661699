"""From our Markdown to Telegram's HTML, and how Telegram counts its length.

Everything that is no markup of ours is escaped. Each line stands for itself, so that an unclosed mark ends with it.
Telegram turns `@name` into a mention by itself and notifies that person: an invisible joiner after every @ prevents it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape

from bot.chat.splitting import split_text

_JOINER = "\u2060"
_PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_LINK = re.compile(r"\[((?:\\.|[^\[\]\\])*)\]\((https?://[^\s()<>\"]+)\)")
_CODE = re.compile(r"`([^`\n]+)`")
_COMMAND = re.compile(r"/[a-z][a-z0-9_]{0,31}")
_HEADING = re.compile(r"#{1,6}\s+(.*)")
_BULLET = re.compile(r"(\s*)[-*+]\s+(.*)")
_QUOTE = re.compile(r">\s?(.*)")
_MARKS = (("**", "b"), ("__", "b"), ("~~", "s"), ("*", "i"), ("_", "i"))


@dataclass(frozen=True, slots=True)
class Rendered:
    """HTML, and its length as Telegram counts it: UTF-16 code units of what is read, marks not counted."""

    html: str
    length: int


def units(text: str) -> int:
    """The length of plain text in UTF-16 code units."""
    return len(text) + sum(character > "\uffff" for character in text)


def plain(text: str) -> Rendered:
    """Text that is taken literally."""
    shown = _shown(text)
    return Rendered(escape(shown), units(shown))


def wrap(piece: Rendered, tag: str, attributes: str = "") -> Rendered:
    """The piece within a tag; an empty piece stays empty."""
    return Rendered(f"<{tag}{attributes}>{piece.html}</{tag}>", piece.length) if piece.length else piece


def linked(piece: Rendered, url: str) -> Rendered:
    """The piece as a link to a page."""
    return wrap(piece, "a", f' href="{escape(url)}"')


def render(markdown: str) -> Rendered:
    """Markdown as HTML."""
    return join_lines([_line(line) for line in _stripped(markdown).split("\n")])


def join_lines(lines: list[Rendered]) -> Rendered:
    """Lines below each other, empty ones kept between others."""
    length = sum(line.length for line in lines) + max(0, len(lines) - 1)
    return Rendered("\n".join(line.html for line in lines), length)


def pieces(markdown: str, limit: int) -> list[Rendered]:
    """Markdown in pieces of at most `limit` units each, in order, without empty ones."""
    whole = render(markdown)
    if whole.length <= limit:
        return [whole] if whole.html.strip() else []
    halves = split_text(markdown, max(1, len(markdown) // 2))
    if len(halves) == 1:
        halves = [markdown[: len(markdown) // 2], markdown[len(markdown) // 2 :]]
    return [piece for half in halves for piece in pieces(half, limit)]


def _stripped(markdown: str) -> str:
    # NUL and lone surrogates cannot travel; core has cleaned what it wrote, this is for everything else.
    return markdown.replace("\x00", "").encode("utf-8", "replace").decode("utf-8").strip("\n")


def _shown(text: str) -> str:
    return _stripped(text).replace("@", "@" + _JOINER)


def _line(line: str) -> Rendered:
    if match := _HEADING.fullmatch(line):
        return wrap(_inline(match[1]), "b")
    if match := _BULLET.fullmatch(line):
        return _after(f"{match[1]}• ", _inline(match[2]))
    if match := _QUOTE.fullmatch(line):
        return wrap(_inline(match[1]), "i")
    return _inline(line)


def _after(lead: str, piece: Rendered) -> Rendered:
    return Rendered(lead + piece.html, units(lead) + piece.length)


def _inline(text: str) -> Rendered:
    return _Inline(text).rendered()


class _Inline:
    """One line being read; `_open` holds the marks that wait for their end, the innermost last."""

    def __init__(self, text: str, *, links: bool = True) -> None:
        self._text = text
        self._links = links
        self._html: list[str] = []
        self._length = 0
        self._open: list[tuple[str, str]] = []

    def rendered(self) -> Rendered:
        position = 0
        while position < len(self._text):
            position = self._step(position)
        while self._open:
            self._html.append(f"</{self._open.pop()[1]}>")
        return Rendered("".join(self._html), self._length)

    def _step(self, at: int) -> int:
        text = self._text
        character = text[at]
        if character == "\\" and text[at + 1 : at + 2] in _PUNCTUATION and at + 1 < len(text):
            self._literal(text[at + 1])
            return at + 2
        if character == "`" and (match := _CODE.match(text, at)):
            # A command alone stays plain text, because Telegram makes it something to tap on.
            plain_command = _COMMAND.fullmatch(match[1]) is not None
            self._add(plain(match[1]) if plain_command else _code(match[1]))
            return match.end()
        if character == "[" and self._links and (match := _LINK.match(text, at)):
            self._add(linked(_Inline(match[1], links=False).rendered(), match[2]))
            return match.end()
        # Of three asterisks, the first ends what was opened last.
        inner = text.startswith("***", at) and bool(self._open) and self._open[-1][0] == "*"
        for mark, tag in reversed(_MARKS) if inner else _MARKS:
            if text.startswith(mark, at) and self._turn(mark, tag, at):
                return at + len(mark)
        self._literal(character)
        return at + 1

    def _turn(self, mark: str, tag: str, at: int) -> bool:
        """Open or close a mark, where it is one."""
        before, after = self._text[at - 1 : at], self._text[at + len(mark) : at + len(mark) + 1]
        if mark.startswith("_") and before.isalnum() and after.isalnum():
            return False
        if (mark, tag) in self._open:
            if before.isspace():
                return False
            while True:
                closing = self._open.pop()
                self._html.append(f"</{closing[1]}>")
                if closing == (mark, tag):
                    return True
        opens = bool(after) and not after.isspace() and not any(tag == other for _mark, other in self._open)
        if not opens or self._text.find(mark, at + len(mark) + 1) < 0:
            return False
        self._open.append((mark, tag))
        self._html.append(f"<{tag}>")
        return True

    def _literal(self, character: str) -> None:
        self._add(Rendered("@" + _JOINER, 2) if character == "@" else Rendered(escape(character), units(character)))

    def _add(self, piece: Rendered) -> None:
        self._html.append(piece.html)
        self._length += piece.length


def _code(text: str) -> Rendered:
    return Rendered(f"<code>{escape(text)}</code>", units(text))
