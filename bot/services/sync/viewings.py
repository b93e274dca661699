"""Which plays that a media server tells are those that a watcher of it tells too.

A server writes a play down at the moment at which it counts as watched, a watcher when it has ended. So the one lies
within the time that the other took, or a little beside it where clocks differ and credits roll.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from bot.model.history import WatchEvent

SLACK = timedelta(minutes=30)
_Viewing = tuple[int, int, str | None]


def doubled(told: Iterable[WatchEvent], watched: Iterable[WatchEvent]) -> frozenset[str]:
    """The keys among `told`, by the server, of the viewings among `watched`, by a watcher: of the same member and
    title, of the same episode, and apart by no more than the viewing took.
    """
    viewings: dict[_Viewing, list[WatchEvent]] = {}
    for event in watched:
        viewings.setdefault(_viewing(event), []).append(event)
    return frozenset(
        event.key for event in told if any(_is_same(event, other) for other in viewings.get(_viewing(event), ()))
    )


def _viewing(event: WatchEvent) -> _Viewing:
    return event.member_id, event.title_id, event.episode


def _is_same(told: WatchEvent, watched: WatchEvent) -> bool:
    took = timedelta(seconds=min(watched.duration or 0, 86_400))
    return abs(told.watched_at - watched.watched_at) <= max(took, SLACK)
