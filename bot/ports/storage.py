"""The database, as a unit of work with one repository per aggregate.

    async with unit_of_work() as uow:
        ...
        await uow.commit()

Leaving the block without `commit()` rolls everything back. Repositories raise `Unavailable("database")` when the
database cannot be used; a missing row is None or an empty sequence, never an error.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Collection, Iterable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Any, Protocol, TypeAlias

from bot.model.conversations import ActionToken, Conversation
from bot.model.feedback import Exposure, Feedback, Hide, LogEntry, Override
from bot.model.history import History, Known, Rating, WatchEvent
from bot.model.members import Library, LinkedAccount, Member
from bot.model.quiz import QuizAnswers
from bot.model.titles import Title, TitleFacts, TitleRef
from bot.ports.storage_identity import LinkCodes, PersonalData, PrivacyOf
from bot.ports.storage_inbox import Inboxes as Inboxes
from bot.ports.storage_jobs import Jobs as Jobs
from bot.ports.storage_people import Decks, PreferencesOf, Rooms, Watchlists
from bot.ports.storage_requests import Filings, Notices, RequestAccounts
from bot.ports.storage_sync import (
    MetadataStates,
    PendingPlays,
    RequestStates,
    ServerAccounts,
    ServerItems,
    SyncStates,
)


class Members(Protocol):
    """People, their accounts and their library access."""

    async def get(self, member_id: int) -> Member | None: ...

    async def by_name(self, name: str) -> Member | None:
        """Case-folded look-up."""
        ...

    async def by_account(self, platform: str, account: str) -> Member | None: ...

    async def all(self) -> Sequence[Member]:
        """Ordered by id."""
        ...

    async def add(
        self, name: str, *, locale: str | None = None, age_limit: int | None = None, is_admin: bool = False
    ) -> Member:
        """Create a member, or return the one of that name unchanged."""
        ...

    async def save(self, member: Member) -> None:
        """Replace the stored fields of an existing member."""
        ...

    async def link(self, account: LinkedAccount) -> None:
        """Link an account; one that belongs to somebody else moves to this member."""
        ...

    async def unlink(self, platform: str, account: str) -> None: ...

    async def accounts(self, member_id: int) -> Sequence[LinkedAccount]: ...

    async def grant(self, member_id: int, library_ids: Collection[int]) -> None:
        """Set the libraries this member may see, beside the public ones."""
        ...

    async def access(self, member_id: int) -> frozenset[int]:
        """Ids of the libraries this member may see, public ones included."""
        ...


class Libraries(Protocol):
    """Libraries and what lies in them."""

    async def ensure(self, source: str, key: str, name: str, *, public: bool = False) -> Library:
        """Find by (source, key) or create; name and `public` follow the call."""
        ...

    async def all(self) -> Sequence[Library]: ...

    async def put(self, library_id: int, title_ids: Collection[int], *, added_at: datetime | None = None) -> None:
        """Place titles in a library; those already there keep their date."""
        ...

    async def place(self, library_id: int, dates: Mapping[int, datetime | None]) -> None:
        """As `put`, each title (by id) with a date of its own."""
        ...

    async def remove(self, library_id: int, title_ids: Collection[int]) -> None: ...


class Titles(Protocol):
    """Titles and their references."""

    async def upsert(self, facts: Sequence[TitleFacts]) -> Sequence[int]:
        """Store what a source says and return the title ids, in order.

        A title is recognised by any shared reference; two stored titles that turn out to share one are merged
        (history, feedback and library places move along). Empty facts never erase known ones; lists of credits,
        keywords and genres are replaced by non-empty ones; aliases and references are united. A change of anything
        advances `version()`.
        """
        ...

    async def get(self, title_ids: Sequence[int]) -> Sequence[Title]:
        """In the order asked for; unknown ids are left out."""
        ...

    async def by_refs(self, refs: Collection[TitleRef]) -> Mapping[TitleRef, int]:
        """Title ids of the references that are known."""
        ...

    async def count(self) -> int: ...

    async def version(self) -> int:
        """Grows whenever a title, its libraries or a library changes; cheap to ask."""
        ...

    def stream(self, batch: int = 1000, *, after: int = 0) -> AsyncIterator[Sequence[Title]]:
        """All titles with an id above `after`, ordered by id, in batches."""
        ...

    async def added(self) -> Mapping[int, datetime]:
        """Title id → when it first came into a library."""
        ...


class Histories(Protocol):
    """Watch events and ratings."""

    async def add_events(self, events: Iterable[WatchEvent]) -> int:
        """Store events; those whose (source, key) is known are left as they are. Returns how many were new."""
        ...

    async def put_events(self, events: Iterable[WatchEvent]) -> int:
        """Store events; those whose (source, key) is known are replaced. Returns how many were new or differ."""
        ...

    async def titles_of(self, source: str, keys: Collection[str]) -> Mapping[str, int]:
        """The titles of those events of a source that are known, by key."""
        ...

    async def drop_events(self, source: str, keys: Collection[str]) -> int:
        """Delete the events of a source with these keys; returns how many there were."""
        ...

    async def of_titles(self, source: str, title_ids: Collection[int]) -> Sequence[WatchEvent]:
        """Everybody's events of some titles as one source told them, by key."""
        ...

    async def add_ratings(self, ratings: Iterable[Rating]) -> int:
        """Store ratings; the newest per (member, title, source) stays. Returns how many changed something."""
        ...

    async def ratings_of(self, source: str) -> Sequence[Rating]:
        """Everybody's ratings as one source told them, by member and title."""
        ...

    async def drop_ratings(self, source: str, given: Collection[tuple[int, int]]) -> int:
        """Delete the ratings of a source by (member, title); returns how many there were."""
        ...

    async def of(self, member_id: int) -> History:
        """Events and ratings, oldest first (ties by row id)."""
        ...

    async def version(self, member_id: int) -> int:
        """Grows whenever this member's events, ratings, verdicts, hides, overrides or quiz change; cheap to ask."""
        ...

    async def known(self) -> Sequence[Known]:
        """What everybody knows, by member and then oldest first (ties by title id)."""
        ...

    async def change_count(self) -> int:
        """Grows whenever any member's `version` does; cheap to ask."""
        ...


class Feedbacks(Protocol):
    """Verdicts, hides, overrides, what was shown, and the recommendation log."""

    async def add(self, feedback: Feedback) -> None:
        """LIKE and DISLIKE replace each other; SEEN stands beside them."""
        ...

    async def withdraw(self, feedback: Feedback) -> None:
        """Take a verdict back."""
        ...

    async def of(self, member_id: int) -> Sequence[Feedback]: ...

    async def hide(self, hide: Hide) -> None:
        """Hide a title, or prolong its hide."""
        ...

    async def unhide(self, member_id: int, title_id: int) -> None: ...

    async def hides(self, member_id: int) -> Sequence[Hide]:
        """All hides, expired ones included."""
        ...

    async def set_override(self, override: Override | None, *, member_id: int, subject: str, value: str) -> None:
        """Set or (None) clear a hand-set influence."""
        ...

    async def overrides(self, member_id: int) -> Sequence[Override]: ...

    async def expose(self, exposures: Sequence[Exposure]) -> None: ...

    async def touch(self, member_id: int, title_id: int) -> None:
        """Mark every earlier exposure of the title to this member as touched."""
        ...

    async def exposures(self, member_id: int, since: datetime) -> Sequence[Exposure]: ...

    async def log(self, entries: Sequence[LogEntry]) -> None: ...

    async def last_log(self, member_id: int, title_id: int) -> LogEntry | None:
        """The newest log entry of the title for this member."""
        ...


class Quizzes(Protocol):
    """What people said in the taste quiz. A change advances the member's history version."""

    async def of(self, member_id: int) -> QuizAnswers: ...

    async def pick(self, member_id: int, title_ids: Collection[int], at: datetime) -> None:
        """Add picks; those picked before keep their place."""
        ...

    async def drop(self, member_id: int, title_ids: Collection[int]) -> None: ...

    async def weigh(self, member_id: int, weights: Mapping[str, float]) -> None:
        """Set weights between -1 and 1 by genre; 0 forgets one. Raises: InvalidInput, for any other number."""
        ...

    async def clear(self, member_id: int) -> None:
        """Forget all picks and weights of a member."""
        ...


class Conversations(Protocol):
    """Memory of conversations, and action tokens."""

    async def load(self, key: str) -> Conversation | None: ...

    async def save(self, conversation: Conversation) -> None: ...

    async def amend(self, conversation: Conversation) -> bool:
        """Store its state if it is there and was last changed at its `updated_at`, which stays; False otherwise."""
        ...

    async def add_tokens(self, tokens: Sequence[ActionToken]) -> None: ...

    async def token(self, token: str) -> ActionToken | None: ...

    async def spend(self, token: str, at: datetime, *, by: str | None = None) -> bool:
        """Mark a token as spent. True for exactly one caller, and again for the same `by` unless that is None."""
        ...

    async def purge(self, before: datetime) -> int:
        """Forget tokens that expired and conversations untouched since `before`; returns the rows deleted."""
        ...


class Imports(Protocol):
    """How far an import came, so that it can resume."""

    async def checkpoint(self, source: str, digest: str) -> int:
        """Rows of this file (by content digest) that are stored already; 0 when it is new."""
        ...

    async def advance(self, source: str, digest: str, rows: int, *, note: Mapping[str, Any] | None = None) -> None:
        """Record the progress together with the rows of the same transaction."""
        ...


class UnitOfWork(Protocol):
    """One transaction."""

    @property
    def members(self) -> Members: ...
    @property
    def libraries(self) -> Libraries: ...
    @property
    def titles(self) -> Titles: ...
    @property
    def histories(self) -> Histories: ...
    @property
    def feedbacks(self) -> Feedbacks: ...
    @property
    def quizzes(self) -> Quizzes: ...
    @property
    def conversations(self) -> Conversations: ...
    @property
    def imports(self) -> Imports: ...
    @property
    def inbox(self) -> Inboxes: ...
    @property
    def decks(self) -> Decks: ...
    @property
    def preferences(self) -> PreferencesOf: ...
    @property
    def rooms(self) -> Rooms: ...
    @property
    def watchlists(self) -> Watchlists: ...
    @property
    def server_items(self) -> ServerItems: ...
    @property
    def server_accounts(self) -> ServerAccounts: ...
    @property
    def sync_states(self) -> SyncStates: ...
    @property
    def metadata(self) -> MetadataStates: ...
    @property
    def request_states(self) -> RequestStates: ...
    @property
    def pending_plays(self) -> PendingPlays: ...
    @property
    def jobs(self) -> Jobs: ...
    @property
    def filings(self) -> Filings: ...
    @property
    def notices(self) -> Notices: ...
    @property
    def request_accounts(self) -> RequestAccounts: ...
    @property
    def link_codes(self) -> LinkCodes: ...
    @property
    def privacy(self) -> PrivacyOf: ...
    @property
    def personal(self) -> PersonalData: ...

    async def commit(self) -> None:
        """Make everything durable. More work may follow in the same block, in a new transaction."""
        ...

    async def rollback(self) -> None: ...


UnitOfWorkFactory: TypeAlias = Callable[[], AbstractAsyncContextManager[UnitOfWork]]
