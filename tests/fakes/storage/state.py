"""Everything the database holds, and one transaction on it."""

from __future__ import annotations

import asyncio
import copy
from collections import Counter
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any

from bot.errors import Unavailable
from bot.model.conversations import ActionToken, Conversation
from bot.model.decks import Deck
from bot.model.feedback import Exposure, Feedback, Hide, LogEntry, Override
from bot.model.history import Rating, WatchEvent
from bot.model.inbox import InboxRow
from bot.model.jobs import JobRow, JobRun
from bot.model.members import Library, LinkedAccount, Member
from bot.model.preferences import Preferences, Room
from bot.model.privacy import LinkCode, Privacy
from bot.model.titles import TitleFacts
from bot.model.watchlists import Watchlist
from bot.ports.requests import RequestUser
from bot.ports.storage_requests import Desk, Filing, Notice
from bot.ports.storage_sync import (
    PendingPlay,
    Relation,
    ServerAccount,
    StoredItem,
    SyncState,
    TitleMetadata,
    TitleRequests,
)


@dataclass(slots=True)
class State:
    """Rows by key; a dict keeps the order in which they came."""

    members: dict[int, Member] = field(default_factory=dict)
    accounts: dict[tuple[str, str], LinkedAccount] = field(default_factory=dict)
    libraries: dict[int, Library] = field(default_factory=dict)
    access: set[tuple[int, int]] = field(default_factory=set)  # member, library
    titles: dict[int, TitleFacts] = field(default_factory=dict)
    places: dict[tuple[int, int], datetime | None] = field(default_factory=dict)  # library, title
    events: dict[tuple[str, str], WatchEvent] = field(default_factory=dict)  # source, key
    ratings: dict[tuple[int, int, str], Rating] = field(default_factory=dict)
    feedback: dict[tuple[int, int, str], Feedback] = field(default_factory=dict)
    hides: dict[tuple[int, int], Hide] = field(default_factory=dict)
    overrides: dict[tuple[int, str, str], Override] = field(default_factory=dict)
    quiz_picks: dict[tuple[int, int], datetime] = field(default_factory=dict)  # member, title
    quiz_genres: dict[tuple[int, str], float] = field(default_factory=dict)  # member, genre
    exposures: list[Exposure] = field(default_factory=list)
    log: list[LogEntry] = field(default_factory=list)
    conversations: dict[str, Conversation] = field(default_factory=dict)
    tokens: dict[str, ActionToken] = field(default_factory=dict)
    spent_by: dict[str, str | None] = field(default_factory=dict)
    inbox: dict[int, InboxRow] = field(default_factory=dict)  # by number
    decks: dict[str, Deck] = field(default_factory=dict)
    preferences: dict[int, Preferences] = field(default_factory=dict)  # by member
    rooms: dict[str, Room] = field(default_factory=dict)
    watchlists: dict[int, Watchlist] = field(default_factory=dict)
    listed: dict[tuple[int, int], datetime] = field(default_factory=dict)  # list, title
    server_items: dict[tuple[str, str], StoredItem] = field(default_factory=dict)  # source, key
    server_accounts: dict[tuple[str, str], ServerAccount] = field(default_factory=dict)  # source, account
    sync_states: dict[tuple[str, str], SyncState] = field(default_factory=dict)  # source, stage
    metadata: dict[int, TitleMetadata] = field(default_factory=dict)
    links: dict[tuple[int, Relation], tuple[int, ...]] = field(default_factory=dict)
    requested: dict[int, TitleRequests] = field(default_factory=dict)
    pending: dict[tuple[str, str], PendingPlay] = field(default_factory=dict)  # source, key
    jobs: dict[int, JobRow] = field(default_factory=dict)  # by number
    job_runs: dict[str, JobRun] = field(default_factory=dict)
    link_codes: dict[str, LinkCode] = field(default_factory=dict)  # by digest
    privacy: dict[int, Privacy] = field(default_factory=dict)  # by member
    forgotten: set[int] = field(default_factory=set)  # members
    filings: dict[str, Filing] = field(default_factory=dict)
    notices: dict[str, Notice] = field(default_factory=dict)
    told: dict[str, datetime] = field(default_factory=dict)  # notices, by key
    desks: dict[int, Desk] = field(default_factory=dict)  # by member
    request_accounts: dict[str, tuple[RequestUser, ...]] = field(default_factory=dict)  # by source
    checkpoints: dict[tuple[str, str], int] = field(default_factory=dict)
    counters: Counter[str] = field(default_factory=Counter)
    versions: Counter[int] = field(default_factory=Counter)  # of histories, by member

    def copied(self) -> State:
        """A copy whose containers can be changed; the rows themselves never are."""
        return State(**{each.name: copy.copy(getattr(self, each.name)) for each in fields(self)})

    def require(self, *, member: int | None = None, title: int | None = None, library: int | None = None) -> None:
        """What a foreign key does. Raises: Unavailable."""
        wanted: list[tuple[int | None, dict[int, Any]]] = [
            (member, self.members),
            (title, self.titles),
            (library, self.libraries),
        ]
        if any(key is not None and key not in rows for key, rows in wanted):
            raise Unavailable("database", "This change names something that is no longer there.")


_PATIENCE_SECONDS = 5.0


class Session:
    """Reads see what is committed; the first write takes the lock and works on a copy."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._own: State | None = None

    @property
    def state(self) -> State:
        """What this transaction sees."""
        return self._own or self._store.state

    async def write(self) -> State:
        """What this transaction may change."""
        if self._own is None:
            try:
                async with asyncio.timeout(_PATIENCE_SECONDS):
                    await self._store.lock.acquire()
            except TimeoutError:
                raise Unavailable("database", "The database is busy with another change.") from None
            self._own = self._store.state.copied()
        return self._own

    def commit(self) -> None:
        """Make it what everybody sees."""
        if self._own is not None:
            self._store.state = self._own
        self.rollback()

    def rollback(self) -> None:
        """Forget the copy."""
        if self._own is not None:
            self._own = None
            self._store.lock.release()


class Store:
    """What is committed."""

    def __init__(self) -> None:
        self.state = State()
        self.lock = asyncio.Lock()
