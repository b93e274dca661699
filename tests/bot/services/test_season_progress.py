"""Season progress from the plays of a series."""

from __future__ import annotations

from bot.model.history import WatchEvent
from bot.ports.metadata import Season
from bot.services.season_progress import SeasonProgress, progress_of, season_progress
from tests.bot.services.sync.house import SHOW, House
from tests.fakes.clock import NOON, FakeClock
from tests.fakes.storage import FakeStorage


def watched(key: str, episode: str | None, completion: float | None = None, source: str = "plex") -> WatchEvent:
    return WatchEvent(1, 1, source, key, NOON, completion, episode=episode)


def test_an_episode_counts_once_and_when_it_was_finished() -> None:
    events = [
        watched("1", "s01e01"),
        watched("2", "S01E01", 1.0, "jellyfin"),
        watched("3", "s01e02", 0.5),
        watched("4", "s02e10", 0.9),
        watched("5", "s00e01"),
        watched("6", None),
        watched("7", "the second one"),
    ]
    assert progress_of(events, [Season(1, 1), Season(2, 10), Season(3, 8)]) == (
        SeasonProgress(0, 1, None),
        SeasonProgress(1, 1, 1),
        SeasonProgress(2, 1, 10),
        SeasonProgress(3, 0, 8),
    )
    assert [one.complete for one in progress_of(events, [Season(1, 1), Season(2, 10)])] == [False, True, False]
    assert progress_of([], []) == ()


async def test_progress_follows_a_sync(fake_storage: FakeStorage, clock: FakeClock) -> None:
    await House(fake_storage, clock).sync.run()
    async with fake_storage() as uow:
        anna = await uow.members.by_account("plex", "a")
        assert anna is not None
        show = (await uow.titles.by_refs([SHOW]))[SHOW]
        assert await season_progress(uow, anna.id, show) == (SeasonProgress(1, 2, 10), SeasonProgress(2, 0, 10))
        assert await season_progress(uow, anna.id, 4711) == ()
