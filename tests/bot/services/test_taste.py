"""History and feedback become interactions."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta

import pytest

from bot.model.feedback import Exposure, Feedback, Hide, Override, OverrideKind, Verdict
from bot.model.history import History, Rating, WatchEvent
from bot.model.quiz import QuizAnswers
from bot.services.taste import interaction_input
from engine.interactions import Influence, Interaction, InteractionInput

NOW = datetime(2026, 5, 1, 20, tzinfo=UTC)


def watch(title: int, days: float, completion: float | None = 1.0, episode: str | None = None) -> WatchEvent:
    when = NOW - timedelta(days=days)
    return WatchEvent(1, title, "test", f"{title}/{days}/{episode}", when, completion, episode=episode)


def gather(
    events: tuple[WatchEvent, ...] = (),
    ratings: tuple[Rating, ...] = (),
    *,
    episodes: dict[int, int] | None = None,
    added: dict[int, datetime] | None = None,
) -> dict[int, Interaction]:
    given = interaction_input(
        History(events, ratings), (), (), (), (), episodes=episodes or {}, added=added or {}, now=NOW
    )
    return {entry.id: entry for entry in given.history}


def test_a_film_keeps_its_best_play_and_the_age_of_the_last() -> None:
    entry = gather((watch(7, 40, 0.98), watch(7, 3, 0.2)))[7]
    assert entry.completion == 0.98
    assert entry.plays == 2
    assert entry.age_days == pytest.approx(3)
    assert not entry.abandoned


def test_the_completion_of_a_series_is_the_share_of_its_episodes() -> None:
    events = tuple(watch(8, 90 - n, 0.95, f"s01e0{n}") for n in range(1, 4))
    assert gather(events, episodes={8: 12})[8].completion == pytest.approx(3 / 12)
    assert gather(events)[8].completion == pytest.approx(0.95)
    assert gather(events)[8].plays == 1


def test_episodes_seen_twice_are_a_rewatch_not_a_longer_series() -> None:
    events = tuple(watch(8, days, 1.0, episode) for episode in ("e1", "e2") for days in (100, 10))
    entry = gather(events, episodes={8: 2})[8]
    assert entry.completion == 1.0
    assert entry.plays == 2


@pytest.mark.parametrize(("completion", "days", "abandoned"), [(0.1, 5, True), (0.1, 1, False), (0.7, 5, False)])
def test_a_film_left_early_counts_as_abandoned_after_two_days(completion: float, days: float, abandoned: bool) -> None:
    assert gather((watch(7, days, completion),))[7].abandoned is abandoned


def test_a_rating_without_a_play_is_an_interaction_without_plays() -> None:
    rated = Rating(1, 9, "imdb", 8.0, NOW - timedelta(days=2))
    entry = gather((), (rated,))[9]
    assert (entry.plays, entry.rating) == (0, 8.0)
    assert math.isnan(entry.completion)
    assert math.isnan(entry.hour)


def test_the_newest_rating_counts() -> None:
    older = Rating(1, 9, "imdb", 8.0, NOW - timedelta(days=20))
    newer = Rating(1, 9, "chat", 3.0, NOW - timedelta(days=2))
    assert gather((), (older, newer))[9].rating == 3.0


def test_the_wait_runs_from_arrival_to_the_first_play() -> None:
    arrived = {7: NOW - timedelta(days=30)}
    assert gather((watch(7, 20), watch(7, 2)), added=arrived)[7].wait_days == pytest.approx(10)
    assert math.isnan(gather((watch(7, 40),), added=arrived)[7].wait_days)


def test_feedback_reaches_the_engine_and_expired_hides_do_not() -> None:
    day = timedelta(days=1)
    given: InteractionInput = interaction_input(
        History((), ()),
        [
            Feedback(1, 1, Verdict.LIKE, NOW),
            Feedback(1, 2, Verdict.DISLIKE, NOW),
            Feedback(1, 3, Verdict.SEEN, NOW),
        ],
        [Hide(1, 4, NOW - 10 * day, NOW + day), Hide(1, 5, NOW - 200 * day, NOW - day)],
        [Override(1, "genre", "Horror", OverrideKind.BLOCK)],
        [Exposure(1, 6, NOW), Exposure(1, 6, NOW), Exposure(1, 7, NOW), Exposure(1, 7, NOW, touched=True)],
        QuizAnswers((8, 9), {"War": -1.0}),
        episodes={},
        added={},
        now=NOW,
    )
    assert (list(given.liked), list(given.disliked), list(given.seen)) == ([1], [2], [3])
    ((hidden, age),) = given.hidden
    assert (hidden, round(age)) == (4, 10)
    assert list(given.skipped) == [(6, 2)]
    assert (list(given.quiz), list(given.quiz_genres)) == ([8, 9], [("War", -1.0)])
    assert list(given.influences) == [Influence("genre", "Horror", "block")]
