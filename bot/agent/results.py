"""What the tools of one turn returned: replies to draw, and titles that a model may speak of by number."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from bot.chat.plain import one_line, unescape
from bot.chat.reply import Card, Choices, Reply, Text

_LONGEST_BODY = 240
_LONGEST_NOTE = 600
_LONGEST = 6000  # characters of one result, as a model reads it


class Results:
    """Titles keep their number through the turn; those of the answer before come first."""

    def __init__(self) -> None:
        self.refs: list[str] = []
        self.names: list[str] = []
        self.facts: set[str] = set()  # genres, people and the like that stood on the cards
        self._list: Reply | None = None
        self._rest: Reply | None = None

    def number(self, ref: str, name: str) -> int:
        """The number of a title from 1, given to it now if it has none."""
        if ref not in self.refs:
            self.refs.append(ref)
            self.names.append(name)
        return self.refs.index(ref) + 1

    def take(self, reply: Reply, *, withheld: bool = False) -> str:
        """Keep a reply for drawing; what the model is told of it, as JSON. `withheld`: nothing of what it says."""
        if any(isinstance(part, Card) for part in reply.parts):
            self._list = reply
        else:
            self._rest = reply
        if withheld:
            return told({"note": "Shown to the person alone. You cannot see it."})
        said: dict[str, Any] = {}
        results = [self._told(part) for part in reply.parts if isinstance(part, Card)]
        notes = [unescape(part.markdown) for part in reply.parts if isinstance(part, Text)]
        if results:
            said["results"] = results
        if notes:
            said["note"] = one_line(" ".join(notes), _LONGEST_NOTE)
        asked = [part for part in reply.parts if isinstance(part, Choices) and part.prompt]
        if asked:
            said["asked"] = "The person sees a question with buttons. Nothing is done unless they press one."
        return told(said)

    def reply(self, words: str | None) -> Reply | None:
        """The answer: checked words, then what was drawn; None, when there is nothing."""
        drawn = [reply for reply in (self._list, self._rest) if reply is not None]
        parts = tuple(part for reply in drawn for part in reply.parts)
        private = self.is_private
        if words and not private:
            parts = (Text(words), *parts)
        if not parts and not drawn:
            return None
        first = drawn[0] if drawn else Reply(())
        return replace(first, parts=parts, private=private)

    @property
    def is_private(self) -> bool:
        """Whether what is to be drawn is for the asker's eyes only."""
        return any(reply.private for reply in (self._list, self._rest) if reply is not None)

    @property
    def has_answer(self) -> bool:
        """Whether a tool returned something to draw."""
        return self._list is not None or self._rest is not None

    def _told(self, card: Card) -> dict[str, Any]:
        number = self.number(card.ref, card.title)
        self.facts.update(_named(card))
        facts = {fact.label: fact.value for fact in card.facts}
        body = one_line(unescape(card.body), _LONGEST_BODY)
        return {"n": number, "title": card.title, "about": card.subtitle, "facts": facts, "text": body}


def told(value: dict[str, Any]) -> str:
    """JSON in which outside text can close no fence: angle brackets are written as escapes."""
    text = json.dumps(value, ensure_ascii=False)[:_LONGEST]
    return text.replace("<", "\\u003c").replace(">", "\\u003e")


def _named(card: Card) -> Iterator[str]:
    """Genres and the like of the line below the title."""
    for part in card.subtitle.replace("·", ",").split(","):
        if part.strip():
            yield part.strip()
