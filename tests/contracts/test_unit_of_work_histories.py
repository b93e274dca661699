"""What every implementation promises about histories, feedback and what was shown."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone

import pytest

from bot.errors import InvalidInput, Unavailable
from bot.model.feedback import Exposure, Feedback, Hide, LogEntry, Override, OverrideKind, Verdict
from bot.model.history import History, Known, Rating, WatchEvent
from bot.ports.storage import UnitOfWork, UnitOfWorkFactory
from tests.fakes.clock import NOON
from tests.samples import film

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Household:
    """A transaction in which two people and three titles are there already."""

    uow: UnitOfWork
    anna: int
    ben: int
    titles: tuple[int, ...]

    async def version(self) -> int:
        return await self.uow.histories.version(self.anna)


@pytest.fixture
async def house(storage: UnitOfWorkFactory) -> AsyncIterator[Household]:
    async with storage() as uow:
        anna, ben = await uow.members.add("Anna"), await uow.members.add("Ben")
        yield Household(uow, anna.id, ben.id, tuple(await uow.titles.upsert([film(1), film(2), film(3)])))


async def test_a_known_event_is_left_as_it_is(house: Household) -> None:
    event = WatchEvent(house.anna, house.titles[0], "plex", "7", NOON, 0.95, 7200, "s01e02", 2)
    assert await house.uow.histories.add_events([event, replace(event, completion=0.1)]) == 1
    version = await house.version()
    assert version > 0
    assert await house.uow.histories.add_events([replace(event, plays=9)]) == 0
    assert await house.version() == version
    assert await house.uow.histories.add_events([replace(event, source="emby")]) == 1
    assert (await house.uow.histories.of(house.anna)).events == (event, replace(event, source="emby"))
    assert await house.uow.histories.version(house.ben) == 0
    assert await house.uow.histories.version(4711) == 0


async def test_more_events_than_a_statement_takes(house: Household) -> None:
    event = WatchEvent(house.anna, house.titles[0], "plex", "", NOON)
    events = [replace(event, key=str(n), watched_at=NOON + timedelta(seconds=n)) for n in range(1301)]
    assert await house.uow.histories.add_events(iter(events[:600])) == 600
    assert await house.uow.histories.add_events(events) == 701
    assert (await house.uow.histories.of(house.anna)).events == tuple(events)


async def test_history_is_oldest_first_in_utc(house: Household) -> None:
    film_id = house.titles[0]
    tokyo = timezone(timedelta(hours=9))
    late = WatchEvent(house.anna, film_id, "plex", "a", NOON)
    early = WatchEvent(house.anna, film_id, "plex", "b", datetime(2026, 3, 14, 20, 59, 59, 123456, tokyo))
    same = replace(late, key="c")
    assert await house.uow.histories.add_events([late, early, same]) == 3
    events = (await house.uow.histories.of(house.anna)).events
    assert [event.key for event in events] == ["b", "a", "c"]
    assert events[0].watched_at == early.watched_at
    assert {event.watched_at.utcoffset() for event in events} == {timedelta(0)}
    assert await house.uow.histories.of(house.ben) == History((), ())


async def test_the_newest_rating_of_a_source_stays(house: Household) -> None:
    rating = Rating(house.anna, house.titles[0], "plex", 7.5, NOON)
    histories = house.uow.histories
    assert await histories.add_ratings([replace(rating, value=2, rated_at=NOON - DAY), rating]) == 1
    version = await house.version()
    assert await histories.add_ratings([rating, replace(rating, value=3, rated_at=NOON - DAY)]) == 0
    assert await house.version() == version
    assert await histories.add_ratings([replace(rating, value=8)]) == 1
    assert await histories.add_ratings([replace(rating, source="chat", value=1)]) == 1
    assert await house.version() > version
    values = {each.source: each.value for each in (await histories.of(house.anna)).ratings}
    assert values == {"plex": 8, "chat": 1}
    assert await histories.add_ratings([]) == await histories.add_events([]) == 0


async def test_many_ratings_at_once(house: Household) -> None:
    ids = await house.uow.titles.upsert([film(number) for number in range(1, 1202)])
    ratings = [Rating(member, title, "ml", 7, NOON) for title in ids for member in (house.anna, house.ben)]
    assert await house.uow.histories.add_ratings(ratings) == 2402
    assert await house.uow.histories.add_ratings(ratings) == 0
    assert len((await house.uow.histories.of(house.ben)).ratings) == 1201


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
async def test_a_rating_is_a_number(house: Household, value: float) -> None:
    with pytest.raises(InvalidInput):
        await house.uow.histories.add_ratings([Rating(house.anna, house.titles[0], "plex", value, NOON)])


async def test_history_of_nobody_or_nothing_is_refused(storage: UnitOfWorkFactory) -> None:
    async with storage() as uow:
        anna = await uow.members.add("Anna")
        await uow.commit()
        with pytest.raises(Unavailable):
            await uow.histories.add_events([WatchEvent(anna.id, 4711, "plex", "1", NOON)])
        await uow.rollback()
        (title,) = await uow.titles.upsert([film(1)])
        with pytest.raises(Unavailable):
            await uow.histories.add_ratings([Rating(4711, title, "plex", 5, NOON)])


async def test_known_gathers_plays_and_ratings_of_everybody(house: Household) -> None:
    first, second, third = house.titles
    histories = house.uow.histories
    before = await histories.change_count()
    await histories.add_events(
        [
            WatchEvent(house.anna, first, "plex", "1", NOON, 0.2),
            WatchEvent(house.anna, first, "plex", "2", NOON - DAY, 0.9),
            WatchEvent(house.ben, first, "plex", "3", NOON),
            WatchEvent(house.ben, second, "plex", "4", NOON - DAY, 1.0),
        ]
    )
    await histories.add_ratings(
        [
            Rating(house.ben, second, "plex", 4, NOON - 2 * DAY),
            Rating(house.ben, second, "chat", 9, NOON + DAY),
            Rating(house.ben, third, "imdb", 7, NOON - 3 * DAY),
        ]
    )
    assert list(await histories.known()) == [
        Known(house.anna, first, NOON, 0.9, None),
        Known(house.ben, third, NOON - 3 * DAY, None, 7),
        Known(house.ben, first, NOON, None, None),
        Known(house.ben, second, NOON + DAY, 1.0, 9),
    ]
    assert await histories.change_count() > before


async def test_like_and_dislike_replace_each_other(house: Household) -> None:
    feedbacks, film_id = house.uow.feedbacks, house.titles[0]
    await feedbacks.add(Feedback(house.anna, film_id, Verdict.SEEN, NOON - DAY))
    await feedbacks.add(Feedback(house.anna, film_id, Verdict.LIKE, NOON))
    await feedbacks.add(Feedback(house.anna, film_id, Verdict.DISLIKE, NOON - DAY))  # said before the like
    seen = Feedback(house.anna, film_id, Verdict.SEEN, NOON - DAY)
    assert await feedbacks.of(house.anna) == [seen, Feedback(house.anna, film_id, Verdict.LIKE, NOON)]
    version = await house.version()
    dislike = Feedback(house.anna, film_id, Verdict.DISLIKE, NOON + DAY)
    await feedbacks.add(dislike)
    assert await house.version() > version
    assert await feedbacks.of(house.anna) == [seen, dislike]
    assert await feedbacks.of(house.ben) == []
    await feedbacks.add(replace(dislike, given_at=NOON))
    assert await feedbacks.of(house.anna) == [seen, dislike]


async def test_a_verdict_can_be_withdrawn(house: Household) -> None:
    like = Feedback(house.anna, house.titles[0], Verdict.LIKE, NOON)
    await house.uow.feedbacks.add(like)
    version = await house.version()
    await house.uow.feedbacks.withdraw(replace(like, verdict=Verdict.DISLIKE))
    assert await house.version() == version
    await house.uow.feedbacks.withdraw(replace(like, given_at=NOON + DAY))
    assert await house.uow.feedbacks.of(house.anna) == []
    assert await house.version() > version


async def test_a_hide_is_prolonged_never_shortened(house: Household) -> None:
    feedbacks, film_id = house.uow.feedbacks, house.titles[0]
    hide = Hide(house.anna, film_id, NOON, NOON + 3 * DAY)
    await feedbacks.hide(hide)
    await feedbacks.hide(Hide(house.anna, film_id, NOON + DAY, NOON + 2 * DAY))
    assert await feedbacks.hides(house.anna) == [hide]
    longer = Hide(house.anna, film_id, NOON + DAY, NOON + 9 * DAY)
    await feedbacks.hide(longer)
    assert await feedbacks.hides(house.anna) == [longer]
    version = await house.version()
    await feedbacks.unhide(house.anna, house.titles[1])
    assert await house.version() == version
    await feedbacks.unhide(house.anna, film_id)
    assert await feedbacks.hides(house.anna) == []
    assert await house.version() > version


async def test_overrides_are_set_changed_and_cleared(house: Household) -> None:
    feedbacks = house.uow.feedbacks
    for kind in (OverrideKind.BOOST, OverrideKind.BLOCK):
        override = Override(house.anna, "genre", "Horror", kind)
        await feedbacks.set_override(override, member_id=house.anna, subject="genre", value="Horror")
    assert await feedbacks.overrides(house.anna) == [Override(house.anna, "genre", "Horror", OverrideKind.BLOCK)]
    version = await house.version()
    await feedbacks.set_override(None, member_id=house.anna, subject="person", value="Horror")
    assert await house.version() == version
    await feedbacks.set_override(None, member_id=house.anna, subject="genre", value="Horror")
    assert await feedbacks.overrides(house.anna) == []
    assert await house.version() > version


async def test_exposures_are_touched(house: Household) -> None:
    feedbacks, (first, second, _) = house.uow.feedbacks, house.titles
    shown = [
        Exposure(house.anna, first, NOON - DAY),
        Exposure(house.anna, first, NOON),
        Exposure(house.anna, second, NOON),
    ]
    await feedbacks.expose(shown)
    await feedbacks.expose([Exposure(house.ben, first, NOON)])
    await feedbacks.expose([])
    version = await house.version()
    await feedbacks.touch(house.anna, first)
    assert await house.version() == version
    assert await feedbacks.exposures(house.anna, NOON - DAY) == [
        replace(shown[0], touched=True), replace(shown[1], touched=True), shown[2],
    ]  # fmt: skip
    assert await feedbacks.exposures(house.anna, NOON) == [replace(shown[1], touched=True), shown[2]]
    assert await feedbacks.exposures(house.ben, NOON) == [Exposure(house.ben, first, NOON)]


async def test_the_newest_log_entry_is_found(house: Household) -> None:
    reasons = ({"type": "genre", "weight": 0.25, "name": "Ünïcode\0"}, {"nested": {"list": [1, None, True]}})
    entry = LogEntry(house.anna, house.titles[0], "c1", "mood", "blend", 1, 0.875, reasons, "Because.", NOON)
    newer = replace(entry, shown_at=NOON + DAY, rank=2, reasons=())
    feedbacks = house.uow.feedbacks
    await feedbacks.log([])
    await feedbacks.log([newer, entry])
    assert await feedbacks.last_log(house.anna, house.titles[0]) == newer
    await feedbacks.log([replace(newer, rank=3)])
    assert await feedbacks.last_log(house.anna, house.titles[0]) == replace(newer, rank=3)
    assert await feedbacks.last_log(house.anna, house.titles[1]) is None
    assert await feedbacks.last_log(house.ben, house.titles[0]) is None
    await feedbacks.log([replace(entry, member_id=house.ben)])
    assert await feedbacks.last_log(house.ben, house.titles[0]) == replace(entry, member_id=house.ben)


async def test_feedback_on_an_unknown_title_is_refused(house: Household) -> None:
    with pytest.raises(Unavailable):
        await house.uow.feedbacks.add(Feedback(house.anna, 4711, Verdict.LIKE, NOON))
