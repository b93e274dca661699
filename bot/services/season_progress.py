"""How far somebody is in a series: its plays, which belong to the series as a whole, by season."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.model.history import WatchEvent
from bot.ports.metadata import Season
from bot.ports.storage import UnitOfWork

FINISHED = 0.8  # of an episode; an unknown share counts as all of it
_EPISODE = re.compile(r"s(\d{1,4})e(\d{1,5})", re.IGNORECASE | re.ASCII)


@dataclass(frozen=True, slots=True)
class SeasonProgress:
    """One season: the episodes that were finished, of how many (None: unknown). Number 0 holds specials."""

    number: int
    watched: int
    episodes: int | None

    @property
    def complete(self) -> bool:
        """Whether nothing is left to watch."""
        return self.episodes is not None and self.watched >= self.episodes > 0


async def season_progress(uow: UnitOfWork, member_id: int, title_id: int) -> tuple[SeasonProgress, ...]:
    """How far a member is in a series, by season; empty for a series of which neither plays nor seasons are known."""
    told = (await uow.metadata.of([title_id])).get(title_id)
    events = [event for event in (await uow.histories.of(member_id)).events if event.title_id == title_id]
    return progress_of(events, told.seasons if told else ())


def progress_of(events: Iterable[WatchEvent], seasons: Sequence[Season]) -> tuple[SeasonProgress, ...]:
    """Plays of one series by one member against its seasons; an episode counts once, whoever told it how often."""
    watched: dict[int, set[int]] = {}
    for event in events:
        named = _EPISODE.fullmatch(event.episode or "")
        if named is not None and (event.completion is None or event.completion >= FINISHED):
            watched.setdefault(int(named[1]), set()).add(int(named[2]))
    sizes = {season.number: season.episodes for season in seasons}
    return tuple(
        SeasonProgress(number, len(watched.get(number, ())), sizes.get(number)) for number in sorted({*sizes, *watched})
    )
