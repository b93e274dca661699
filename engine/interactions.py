"""What one person did, as arrays; the input of a taste profile."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from engine.catalogue import Catalogue
from engine.types import BoolArray, FloatArray, IntArray

UNKNOWN = float("nan")


@dataclass(frozen=True, slots=True)
class Interaction:
    """One person's history with one item, all plays together. NaN means "unknown"."""

    id: int
    age_days: float = 0.0  # days since the last play or rating
    completion: float = UNKNOWN  # 0-1, the best over the plays; of a series the share of episodes or of their mean
    plays: int = 1  # 0: rated or marked, but no play is known
    rating: float = UNKNOWN  # own rating, 1-10
    hour: float = UNKNOWN  # local hour of day of the last play, 0-24
    wait_days: float = UNKNOWN  # days from "added" to the first play
    abandoned: bool = False  # started, left, not resumed for a while


@dataclass(frozen=True, slots=True)
class Influence:
    """An influence turned by hand: `subject` is "genre", "person" or "title" (then `value` is the id as text)."""

    subject: str
    value: str
    effect: str  # "boost", "suppress" or "block"

    @property
    def item_id(self) -> int | None:
        """The id of the title that is meant, if one is."""
        digits = self.value.removeprefix("-")
        return int(self.value) if self.subject == "title" and digits.isascii() and digits.isdecimal() else None


@dataclass(frozen=True, slots=True)
class Interactions:
    """One person's history and feedback; the first eight arrays have one entry per item, oldest first.

    Rows are those of the catalogue the arrays were built for. Everything in `items` and `seen` counts as watched.
    """

    items: IntArray
    age_days: FloatArray
    completion: FloatArray
    plays: FloatArray
    rating: FloatArray
    hour: FloatArray
    wait_days: FloatArray
    abandoned: BoolArray
    liked: IntArray  # rows said to be liked, e.g. by a button
    disliked: IntArray
    seen: IntArray  # rows said to be seen, nothing else known
    hidden: IntArray  # rows, hides that have not expired
    hidden_age_days: FloatArray
    skipped: IntArray  # rows shown and never touched
    skip_counts: IntArray
    quiz: IntArray  # rows picked in the taste quiz
    quiz_genres: tuple[tuple[str, float], ...] = ()  # weights -1..1 given in the quiz
    influences: tuple[Influence, ...] = ()

    @property
    def watched(self) -> IntArray:
        """Rows that this person knows."""
        return np.union1d(np.union1d(self.items, self.seen), self.quiz)


@dataclass(frozen=True, slots=True)
class InteractionInput:
    """Everything known about one person, by ids; see `Interactions`."""

    history: Sequence[Interaction] = ()
    liked: Sequence[int] = ()
    disliked: Sequence[int] = ()
    seen: Sequence[int] = ()
    hidden: Sequence[tuple[int, float]] = ()  # (id, days since hidden)
    skipped: Sequence[tuple[int, int]] = ()  # (id, times shown and never touched)
    quiz: Sequence[int] = ()
    quiz_genres: Sequence[tuple[str, float]] = ()
    influences: Sequence[Influence] = field(default_factory=tuple)


def build_interactions(catalogue: Catalogue, given: InteractionInput) -> Interactions:
    """Lay out one person's history in arrays; what the catalogue does not hold is left out.

    An id that comes twice in `history` counts with its newest entry. Oldest first, ties by id.
    """
    newest: dict[int, Interaction] = {}
    for entry in map(_dated, given.history):
        known = newest.get(entry.id)
        if known is None or entry.age_days <= known.age_days:
            newest[entry.id] = entry
    ordered = sorted(newest.values(), key=lambda entry: (-entry.age_days, entry.id))
    rows = catalogue.dense(entry.id for entry in ordered)
    history = [entry for entry, row in zip(ordered, rows, strict=True) if row >= 0]
    hidden = _pairs(catalogue, given.hidden)
    skipped = _pairs(catalogue, given.skipped)
    return Interactions(
        items=rows[rows >= 0],
        age_days=_floats([entry.age_days for entry in history]),
        completion=np.clip(_floats([entry.completion for entry in history]), 0.0, 1.0),
        plays=np.maximum(_floats([float(entry.plays) for entry in history]), 0.0),
        rating=np.clip(_floats([entry.rating for entry in history]), 1.0, 10.0),
        hour=_floats([entry.hour for entry in history]),
        wait_days=_floats([entry.wait_days for entry in history]),
        abandoned=np.array([entry.abandoned for entry in history], dtype=np.bool_),
        liked=np.unique(catalogue.rows(given.liked)),
        disliked=np.unique(catalogue.rows(given.disliked)),
        seen=np.unique(catalogue.rows(given.seen)),
        hidden=hidden[0],
        hidden_age_days=hidden[1],
        skipped=skipped[0],
        skip_counts=skipped[1].astype(np.int64),
        quiz=np.unique(catalogue.rows(given.quiz)),
        quiz_genres=tuple(sorted(given.quiz_genres)),
        influences=tuple(given.influences),
    )


def visible_to(interactions: Interactions, allowed: BoolArray) -> Interactions:
    """The interactions with titles that the person may still see: no taste is drawn from a library that was closed.

    What is left out needs no other trace, for it cannot be recommended either.
    """
    kept = allowed[interactions.items]
    hidden, skipped = allowed[interactions.hidden], allowed[interactions.skipped]
    return replace(
        interactions,
        items=interactions.items[kept],
        age_days=interactions.age_days[kept],
        completion=interactions.completion[kept],
        plays=interactions.plays[kept],
        rating=interactions.rating[kept],
        hour=interactions.hour[kept],
        wait_days=interactions.wait_days[kept],
        abandoned=interactions.abandoned[kept],
        liked=interactions.liked[allowed[interactions.liked]],
        disliked=interactions.disliked[allowed[interactions.disliked]],
        seen=interactions.seen[allowed[interactions.seen]],
        hidden=interactions.hidden[hidden],
        hidden_age_days=interactions.hidden_age_days[hidden],
        skipped=interactions.skipped[skipped],
        skip_counts=interactions.skip_counts[skipped],
        quiz=interactions.quiz[allowed[interactions.quiz]],
    )


def _dated(entry: Interaction) -> Interaction:
    """The entry with an age that can be compared: what has no number counts as of today."""
    return entry if 0.0 <= entry.age_days < float("inf") else replace(entry, age_days=0.0)


def _floats(values: Sequence[float]) -> FloatArray:
    return np.array(values, dtype=np.float64)


def _pairs(catalogue: Catalogue, pairs: Sequence[tuple[int, float]]) -> tuple[IntArray, FloatArray]:
    """Known rows with their numbers."""
    rows = catalogue.dense(item for item, _ in pairs)
    numbers = _floats([number for _, number in pairs])
    return rows[rows >= 0], numbers[rows >= 0]
