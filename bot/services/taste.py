"""A member's history and feedback as the engine's interactions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.model.feedback import Exposure, Feedback, Hide, Override, Verdict
from bot.model.history import History, Rating, WatchEvent
from bot.model.quiz import QuizAnswers
from engine.interactions import UNKNOWN, Influence, Interaction, InteractionInput

_ABANDONED = 0.5  # a film left before its half, and not taken up again
_ABANDONED_DAYS = 2.0
_SERIES_ABANDONED = 0.2
_SERIES_ABANDONED_DAYS = 60.0


def interaction_input(
    history: History,
    feedback: Sequence[Feedback],
    hides: Sequence[Hide],
    overrides: Sequence[Override],
    exposures: Sequence[Exposure],
    quiz: QuizAnswers | None = None,
    *,
    episodes: Mapping[int, int],
    added: Mapping[int, datetime],
    now: datetime,
) -> InteractionInput:
    """Gather what is known about one member. `episodes` and `added` are by title id, where known."""
    quiz = quiz or QuizAnswers()
    return InteractionInput(
        history=_interactions(history, episodes, added, now),
        liked=[f.title_id for f in feedback if f.verdict is Verdict.LIKE],
        disliked=[f.title_id for f in feedback if f.verdict is Verdict.DISLIKE],
        seen=[f.title_id for f in feedback if f.verdict is Verdict.SEEN],
        hidden=[(hide.title_id, _days(now, hide.hidden_at)) for hide in hides if hide.expires_at > now],
        skipped=_skips(exposures),
        quiz=quiz.picks,
        quiz_genres=sorted(quiz.genres.items()),
        influences=[Influence(o.subject, o.value, str(o.kind)) for o in overrides],
    )


def _interactions(
    history: History, episodes: Mapping[int, int], added: Mapping[int, datetime], now: datetime
) -> list[Interaction]:
    events: dict[int, list[WatchEvent]] = defaultdict(list)
    ratings: dict[int, Rating] = {}
    for event in history.events:
        events[event.title_id].append(event)
    for rating in history.ratings:  # oldest first, so the newest stays
        ratings[rating.title_id] = rating
    return [
        _interaction(title_id, events.get(title_id, []), ratings.get(title_id), episodes, added, now)
        for title_id in {**events, **ratings}
    ]


def _interaction(
    title_id: int,
    events: Sequence[WatchEvent],
    rating: Rating | None,
    episodes: Mapping[int, int],
    added: Mapping[int, datetime],
    now: datetime,
) -> Interaction:
    last = max((event.watched_at for event in events), default=None)
    newest = max(when for when in (last, rating.rated_at if rating else None) if when is not None)
    age = _days(now, newest)
    distinct = {event.episode for event in events if event.episode}
    completion = _completion(events, len(distinct), episodes.get(title_id))
    first = min((event.watched_at for event in events), default=None)
    came = added.get(title_id)
    return Interaction(
        id=title_id,
        age_days=age,
        completion=completion,
        plays=_plays(events, len(distinct)),
        rating=rating.value if rating else UNKNOWN,
        hour=last.hour + last.minute / 60 if last else UNKNOWN,
        wait_days=_days(first, came) if first and came and came <= first else UNKNOWN,
        abandoned=_is_abandoned(completion, age, is_series=bool(distinct)),
    )


def _completion(events: Sequence[WatchEvent], distinct: int, total: int | None) -> float:
    """The best of a film's plays; of a series the share of its episodes, or the mean where their number is unknown."""
    known = [event.completion for event in events if event.completion is not None]
    if distinct and total:
        return min(1.0, distinct / total)
    if not known:
        return UNKNOWN
    return sum(known) / len(known) if distinct else max(known)


def _plays(events: Sequence[WatchEvent], distinct: int) -> int:
    plays = sum(event.plays for event in events)
    return max(1, round(plays / distinct)) if distinct else plays


def _is_abandoned(completion: float, age: float, *, is_series: bool) -> bool:
    if is_series:
        return completion < _SERIES_ABANDONED and age > _SERIES_ABANDONED_DAYS
    return completion < _ABANDONED and age > _ABANDONED_DAYS


def _skips(exposures: Sequence[Exposure]) -> list[tuple[int, int]]:
    shown: dict[int, int] = defaultdict(int)
    touched = {exposure.title_id for exposure in exposures if exposure.touched}
    for exposure in exposures:
        if exposure.title_id not in touched:
            shown[exposure.title_id] += 1
    return sorted(shown.items())


def _days(later: datetime, earlier: datetime) -> float:
    return max(0.0, (later - earlier).total_seconds() / 86_400)
