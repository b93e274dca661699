"""What a sync reads from: the servers and services that the settings name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.ports.media import HistoryProvider, MediaServer
from bot.ports.metadata import MetadataSource
from bot.ports.requests import Requester

METADATA = "tmdb"  # under which name the metadata service is chosen and reported


@dataclass(frozen=True, slots=True)
class Sources:
    """Everything that can be synced. `locales`: in which languages titles are wanted."""

    servers: Sequence[MediaServer] = ()
    histories: Sequence[HistoryProvider] = ()
    metadata: MetadataSource | None = None
    requesters: Sequence[Requester] = ()
    locales: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The name of each, once."""
        named = [server.source for server in self.servers]
        named += [history.source for history in self.histories]
        named += [requester.source for requester in self.requesters]
        return tuple(dict.fromkeys([*named, METADATA] if self.metadata else named))

    def play_tellers(self) -> tuple[HistoryProvider, ...]:
        """Of several histories of one server a watcher of its own is preferred: it knows more, and plays count once."""
        watched = {history.items_of for history in self.histories if history.source != history.items_of}
        return tuple(
            history for history in self.histories if history.source != history.items_of or history.source not in watched
        )
