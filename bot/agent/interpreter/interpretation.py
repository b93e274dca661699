"""What a message was understood to say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import fields as fields_of
from enum import StrEnum
from typing import Any


class Intent(StrEnum):
    """What somebody wants. Commands that are not listed by the conversation's own words bear their command's name."""

    RECOMMEND = "recommend"
    MOOD = "mood"
    SIMILAR = "similar"
    GROUP = "group"
    WHY = "why"
    WHY_NOT = "why_not"
    REQUEST = "request"
    SEARCH = "search"
    STATUS = "status"
    RATE = "rate"
    SEEN = "seen"
    HIDE = "hide"
    LIKE = "like"
    WATCHLIST = "watchlist"
    QUIZ = "quiz"
    PROFILE = "profile"
    SETTINGS = "settings"
    LINK = "link"
    HELP = "help"
    MORE = "more"
    REFINE = "refine"
    PICK = "pick"
    SMALLTALK = "smalltalk"
    UNKNOWN = "unknown"
    TRAILER = "trailer"
    HISTORY = "history"
    UNLINK = "unlink"
    PRIVACY = "privacy"
    EXPORT = "export"
    FORGET = "forget"
    SYNC = "sync"
    USERS = "users"
    MODELS = "models"
    ROOM = "room"


@dataclass(frozen=True, slots=True)
class Slots:
    """The particulars, each only when it was stated; bounds are inclusive, running times in minutes."""

    mode: str | None = None
    count: int | None = None
    kind: str | None = None  # movie, series, anime
    genres: tuple[str, ...] = ()
    genres_not: tuple[str, ...] = ()
    tones: tuple[str, ...] = ()
    tones_not: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    topics_not: tuple[str, ...] = ()
    year_min: int | None = None
    year_max: int | None = None
    runtime_min: int | None = None
    runtime_max: int | None = None
    language: str | None = None  # ISO 639-1
    country: str | None = None  # ISO 3166-1
    people: tuple[str, ...] = ()
    people_not: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()  # the catalogue's English names; as typed, where it knows none
    titles_not: tuple[str, ...] = ()
    direction: tuple[str, ...] = ()
    ordinal: int | None = None  # 1 the first, -1 the last
    ordinal_not: int | None = None
    members: tuple[str, ...] = ()  # as typed, without "@"; never who speaks
    rating: int | None = None
    list: str | None = None
    action: str | None = None  # add, remove, show

    def as_labels(self) -> dict[str, Any]:
        """What was stated, as plain JSON."""
        labels: dict[str, Any] = {}
        for each in fields_of(self):
            value = getattr(self, each.name)
            if value not in (None, ()):
                labels[each.name] = [*value] if isinstance(value, tuple) else value
        return labels

    @classmethod
    def from_labels(cls, labels: Mapping[str, Any]) -> Slots:
        """Read plain JSON; raises TypeError, when a name is none of ours."""
        listed = {name: value for name, value in labels.items() if isinstance(value, Sequence)}
        plain = {name: tuple(value) for name, value in listed.items() if not isinstance(value, str)}
        fields: dict[str, Any] = {**labels, **plain}
        return cls(**fields)


@dataclass(frozen=True, slots=True)
class Interpretation:
    """One message. `confidence` is the probability of the intent, `runner_up` the next likely one.

    `title_ids`, `titles_not_ids` hold the catalogue's ids of the titles that it knows. `clear`: the words with names
    written so that they cannot be mistaken; `typed`: the words that name the first title, as they stand. `unread`:
    whether there are words that nobody asks with.
    """

    text: str
    language: str
    intent: Intent
    slots: Slots
    confidence: float = 1.0
    runner_up: Intent = Intent.UNKNOWN
    title_ids: tuple[int, ...] = ()
    titles_not_ids: tuple[int, ...] = ()
    clear: str = ""
    typed: str = ""
    unread: bool = False

    def as_labels(self) -> dict[str, Any]:
        """In the form of the labelled sets."""
        return {"text": self.text, "lang": self.language, "intent": str(self.intent), "slots": self.slots.as_labels()}
