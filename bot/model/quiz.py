"""What a member said in the taste quiz."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.model.titles import Title


@dataclass(frozen=True, slots=True)
class QuizAnswers:
    """`picks`: ids of titles that the member loves, in the order in which they were picked.

    `genres`: weights between -1 (not for me) and 1 (love) by genre; what is not weighed is neutral.
    """

    picks: tuple[int, ...] = ()
    genres: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class QuizPage:
    """Titles to choose among: `page` counts from 1, `more` says whether there is another."""

    titles: tuple[Title, ...]
    page: int
    more: bool
    picked: tuple[Title, ...]  # everything picked so far that the member may see, in order
