"""Jellyfin's parental scale: the scores it gives to ratings, and a person's limit on them, as ages.

A score is an age (0 to 18, 1000 and more: never), and a sub-score orders ratings of the same age: "R" is 17/0, "TV-MA"
17/1. Ages have no such steps, so everything above 17/0 counts as 18; a limit that stops at 17/0 then still hides it.
Lower sub-scores only tell variants of one rating apart ("TV-PG-V"). The server's own list decides, since limits are
compared with it; ratings that it does not list are read as everywhere else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from adapters.age_ratings import ADULT, minimum_age
from adapters.loose import integer, rows, table, text

_NEARLY_ADULT = 17
EVERY_AGE = 100  # as a limit: whatever has a rating; as a rating: nobody


@dataclass(frozen=True, slots=True)
class RatingScale:
    """The ages behind the server's ratings; `ages` by name in upper case."""

    ages: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def decode(cls, answer: object) -> RatingScale:
        """From `/Localization/ParentalRatings`."""
        found: dict[str, int] = {}
        for rating in rows(answer):
            score = table(rating.get("RatingScore"))
            value = integer(score.get("score"))
            value = integer(rating.get("Value")) if value is None else value
            if value is not None and value >= 0:
                found[text(rating.get("Name")).upper()] = _age(value, integer(score.get("subScore")))
        return cls(found)

    def age(self, rating: str) -> int | None:
        """The youngest suitable age of a title with this rating."""
        known = self.ages.get(rating.upper())
        return minimum_age(rating) if known is None else known


def age_limit(score: object, sub_score: object) -> int | None:
    """The oldest age whose titles a person with this limit may see; None: no limit."""
    limit = integer(score)
    if limit is None or limit > EVERY_AGE:
        return None
    step = integer(sub_score)
    # No limit on sub-scores: everything of that score may be seen.
    return _age(max(limit, 0), 1 if step is None else step)


def _age(score: int, sub_score: int | None) -> int:
    if score == _NEARLY_ADULT and sub_score:
        return ADULT
    return min(score, EVERY_AGE + 1)
