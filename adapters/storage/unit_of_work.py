"""One transaction with all repositories."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy.ext.asyncio import AsyncEngine

from adapters.storage.repositories.conversations import ConversationRepository
from adapters.storage.repositories.feedback import FeedbackRepository
from adapters.storage.repositories.histories import HistoryRepository
from adapters.storage.repositories.identity import LinkCodeRepository, PrivacyRepository
from adapters.storage.repositories.imports import ImportRepository
from adapters.storage.repositories.inbox import InboxRepository
from adapters.storage.repositories.jobs import JobRepository
from adapters.storage.repositories.libraries import LibraryRepository
from adapters.storage.repositories.members import MemberRepository
from adapters.storage.repositories.metadata import MetadataRepository
from adapters.storage.repositories.people import DeckRepository, PreferencesRepository, RoomRepository
from adapters.storage.repositories.personal import PersonalDataRepository
from adapters.storage.repositories.quizzes import QuizRepository
from adapters.storage.repositories.request_states import RequestStateRepository
from adapters.storage.repositories.requests import FilingRepository, NoticeRepository, RequestAccountRepository
from adapters.storage.repositories.server_items import ServerAccountRepository, ServerItemRepository
from adapters.storage.repositories.sync import PendingPlayRepository, SyncStateRepository
from adapters.storage.repositories.titles import TitleRepository
from adapters.storage.repositories.watchlists import WatchlistRepository
from adapters.storage.transaction import Transaction, transaction
from bot.ports.clock import Clock
from bot.ports.storage import UnitOfWork, UnitOfWorkFactory


class SqlUnitOfWork:
    """The repositories on one transaction, as `bot.ports.storage.UnitOfWork` declares them."""

    def __init__(self, current: Transaction, clock: Clock) -> None:
        self._transaction = current
        self.members = MemberRepository(current, clock)
        self.libraries = LibraryRepository(current)
        self.titles = TitleRepository(current)
        self.histories = HistoryRepository(current)
        self.feedbacks = FeedbackRepository(current)
        self.quizzes = QuizRepository(current)
        self.conversations = ConversationRepository(current, clock)
        self.imports = ImportRepository(current, clock)
        self.inbox = InboxRepository(current)
        self.decks = DeckRepository(current)
        self.preferences = PreferencesRepository(current)
        self.rooms = RoomRepository(current, clock)
        self.watchlists = WatchlistRepository(current)
        self.server_items = ServerItemRepository(current)
        self.server_accounts = ServerAccountRepository(current)
        self.sync_states = SyncStateRepository(current)
        self.metadata = MetadataRepository(current)
        self.request_states = RequestStateRepository(current)
        self.pending_plays = PendingPlayRepository(current)
        self.jobs = JobRepository(current)
        self.filings = FilingRepository(current)
        self.notices = NoticeRepository(current)
        self.request_accounts = RequestAccountRepository(current)
        self.link_codes = LinkCodeRepository(current)
        self.privacy = PrivacyRepository(current)
        self.personal = PersonalDataRepository(current)

    async def commit(self) -> None:
        """Make everything durable. Raises: Unavailable."""
        await self._transaction.commit()

    async def rollback(self) -> None:
        """Undo everything since the last commit. Raises: Unavailable."""
        await self._transaction.rollback()


def unit_of_work_factory(engine: AsyncEngine, clock: Clock) -> UnitOfWorkFactory:
    """The factory that services receive. SQLite has one writer, for whom the others of this process queue."""
    turnstile = asyncio.Lock() if engine.dialect.name == "sqlite" else None

    @asynccontextmanager
    async def unit_of_work() -> AsyncIterator[UnitOfWork]:
        async with transaction(engine, turnstile) as current:
            yield SqlUnitOfWork(current, clock)

    return unit_of_work
