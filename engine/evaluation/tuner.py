"""Tuning the blend on half of the people: those with even ids. Nothing that the others went on to like is looked at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import ceil

import numpy as np

from engine.evaluation.personal import Progress, silent
from engine.evaluation.pipelines import Workbench
from engine.evaluation.ratings import Holdout, RatingsData, draw_households, time_split
from engine.evaluation.tuning import Question, TuningConfig, learn_weights, make_question
from engine.pipelines import scorers as all_scorers
from engine.request import Scorer
from engine.scoring.weights import Tier
from engine.types import IntArray

# The signals that need no community; the learnt and dated ones join them.
SIGNALS = (
    "content",
    "centroid",
    "anti",
    "genre",
    "people",
    "keywords",
    "quality",
    "confidence",
    "popularity",
    "novelty",
    "trending",
)
SIZES = (1, 6, 15, 50)  # people in a household
_QUESTIONS = 300  # people asked per size and cut
_FEWEST_HOMES = 10


def tune_blend(
    data: RatingsData,
    bench: Workbench,
    *,
    sizes: Sequence[int] = SIZES,
    config: TuningConfig | None = None,
    seed: int = 0,
    progress: Progress = silent,
) -> tuple[Tier, ...]:
    """Weights for households of each size, and for everybody together.

    Each person is asked twice: what they liked after the known part, and what they liked in the last fifth of the
    known part.
    """
    scorers = {name: scorer for name, scorer in all_scorers().items() if name in SIGNALS}
    present = time_split(data.histories)
    cuts = (present, time_split(present.known))
    even = np.flatnonzero(data.ids % 2 == 0).astype(np.int64)
    tiers = []
    for size in (*sizes, len(data.ids)):
        homes = _homes(size, even, len(data.ids), seed)
        questions: list[Question] = []
        for done, (cut, home) in enumerate((cut, home) for cut in cuts for home in homes):
            asked = home[np.isin(home, even)]
            questions += _questions(cut, home, asked, bench, scorers, seed)
            progress(f"{size} people", done + 1, len(cuts) * len(homes))
        tiers.append(Tier(size, learn_weights(questions, _names(bench, scorers), config)))
    return tuple(tiers)


def _names(bench: Workbench, scorers: Mapping[str, Scorer]) -> list[str]:
    return sorted({*scorers, *bench.knowledge((), ()).scorers(0.0)})


def _homes(size: int, even: IntArray, everybody: int, seed: int) -> list[IntArray]:
    """Households of people with even ids; all people at once when that is the size."""
    if size >= everybody:
        return [np.arange(everybody)]
    count = max(_FEWEST_HOMES, min(len(even), ceil(_QUESTIONS / size)))
    return [even[home] for home in draw_households(len(even), size, count, seed)]


def _questions(
    cut: Holdout, home: IntArray, asked: IntArray, bench: Workbench, scorers: Mapping[str, Scorer], seed: int
) -> Iterator[Question]:
    knowledge = bench.knowledge([cut.known[person] for person in home], ())
    for person in asked:
        if not len(cut.answers[person]):
            continue
        request = bench.request(cut.known[person], knowledge)
        signals = {**scorers, **request.resources.scorers}
        question = make_question(request, signals, cut.answers[person], seed + int(person))
        if question is not None:
            yield question
