"""The fake unit of work and its factory."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.ports.clock import Clock
from bot.ports.storage import UnitOfWork
from tests.fakes.clock import FakeClock
from tests.fakes.storage.identity import FakeLinkCodes, FakePersonalData, FakePrivacy
from tests.fakes.storage.inbox import FakeInboxes
from tests.fakes.storage.jobs import FakeJobs
from tests.fakes.storage.own import FakeDecks, FakePreferences, FakeRooms, FakeWatchlists
from tests.fakes.storage.people import FakeConversations, FakeHistories, FakeImports, FakeMembers
from tests.fakes.storage.quizzes import FakeQuizzes
from tests.fakes.storage.requests import FakeFilings, FakeNotices, FakeRequestAccounts
from tests.fakes.storage.said import FakeFeedbacks
from tests.fakes.storage.state import Session, Store
from tests.fakes.storage.titles import FakeLibraries, FakeTitles
from tests.fakes.storage.told import (
    FakeMetadata,
    FakePendingPlays,
    FakeRequestStates,
    FakeServerAccounts,
    FakeServerItems,
    FakeSyncStates,
)


class FakeUnitOfWork:
    """One transaction in memory."""

    def __init__(self, session: Session, clock: Clock) -> None:
        self._session = session
        self.members = FakeMembers(session, clock)
        self.libraries = FakeLibraries(session)
        self.titles = FakeTitles(session)
        self.histories = FakeHistories(session)
        self.feedbacks = FakeFeedbacks(session)
        self.quizzes = FakeQuizzes(session)
        self.conversations = FakeConversations(session, clock)
        self.imports = FakeImports(session)
        self.inbox = FakeInboxes(session)
        self.decks = FakeDecks(session)
        self.preferences = FakePreferences(session)
        self.rooms = FakeRooms(session, clock)
        self.watchlists = FakeWatchlists(session)
        self.server_items = FakeServerItems(session)
        self.server_accounts = FakeServerAccounts(session)
        self.sync_states = FakeSyncStates(session)
        self.metadata = FakeMetadata(session)
        self.request_states = FakeRequestStates(session)
        self.pending_plays = FakePendingPlays(session)
        self.jobs = FakeJobs(session)
        self.filings = FakeFilings(session)
        self.notices = FakeNotices(session)
        self.request_accounts = FakeRequestAccounts(session)
        self.link_codes = FakeLinkCodes(session)
        self.privacy = FakePrivacy(session)
        self.personal = FakePersonalData(session)

    async def commit(self) -> None:
        self._session.commit()

    async def rollback(self) -> None:
        self._session.rollback()


class FakeStorage:
    """A `UnitOfWorkFactory`: `async with storage() as uow`."""

    def __init__(self, clock: Clock | None = None) -> None:
        self._store = Store()
        self._clock = clock or FakeClock()

    @asynccontextmanager
    async def __call__(self) -> AsyncIterator[UnitOfWork]:
        session = Session(self._store)
        try:
            yield FakeUnitOfWork(session, self._clock)
        finally:
            session.rollback()
