"""Members, histories and conversations in memory."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from bot.errors import InvalidInput, Unavailable
from bot.model.conversations import ActionToken, Conversation
from bot.model.history import History, Known, Rating, WatchEvent
from bot.model.members import LinkedAccount, Member
from bot.ports.clock import Clock
from tests.fakes.storage.state import Session


class FakeMembers:
    """People, their accounts and their library access."""

    def __init__(self, session: Session, clock: Clock) -> None:
        self._session = session
        self._clock = clock

    async def get(self, member_id: int) -> Member | None:
        return self._session.state.members.get(member_id)

    async def by_name(self, name: str) -> Member | None:
        key = _key(name)
        return next((each for each in self._session.state.members.values() if _key(each.name) == key), None)

    async def by_account(self, platform: str, account: str) -> Member | None:
        linked = self._session.state.accounts.get((platform, account))
        return self._session.state.members[linked.member_id] if linked else None

    async def all(self) -> Sequence[Member]:
        return sorted(self._session.state.members.values(), key=lambda member: member.id)

    async def add(
        self, name: str, *, locale: str | None = None, age_limit: int | None = None, is_admin: bool = False
    ) -> Member:
        state = await self._session.write()
        if known := await self.by_name(name):
            return known
        state.counters["member_id"] += 1
        member = Member(state.counters["member_id"], name, locale, age_limit, is_admin, self._clock.now())
        state.members[member.id] = member
        return member

    async def save(self, member: Member) -> None:
        state = await self._session.write()
        known = state.members.get(member.id)
        namesake = await self.by_name(member.name)
        if namesake is not None and namesake.id != member.id:
            raise Unavailable("database", "The name is taken.")
        if known is not None:
            state.members[member.id] = replace(member, created_at=member.created_at or known.created_at)

    async def link(self, account: LinkedAccount) -> None:
        state = await self._session.write()
        state.require(member=account.member_id)
        state.accounts[account.platform, account.account] = account

    async def unlink(self, platform: str, account: str) -> None:
        (await self._session.write()).accounts.pop((platform, account), None)

    async def accounts(self, member_id: int) -> Sequence[LinkedAccount]:
        ours = [each for each in self._session.state.accounts.values() if each.member_id == member_id]
        return sorted(ours, key=lambda account: (account.platform, account.account))

    async def grant(self, member_id: int, library_ids: Collection[int]) -> None:
        state = await self._session.write()
        for library_id in library_ids:
            state.require(member=member_id, library=library_id)
        state.access = {pair for pair in state.access if pair[0] != member_id}
        state.access |= {(member_id, library_id) for library_id in library_ids}

    async def access(self, member_id: int) -> frozenset[int]:
        state = self._session.state
        granted = {library_id for member, library_id in state.access if member == member_id}
        return frozenset(granted | {library.id for library in state.libraries.values() if library.public})


class FakeHistories:
    """Watch events and ratings."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def add_events(self, events: Iterable[WatchEvent]) -> int:
        state = await self._session.write()
        changed: Counter[int] = Counter()
        for event in events:
            state.require(member=event.member_id, title=event.title_id)
            if (event.source, event.key) not in state.events:
                state.events[event.source, event.key] = replace(event, watched_at=event.watched_at.astimezone(UTC))
                changed[event.member_id] += 1
        state.versions.update(changed.keys())
        return changed.total()

    async def put_events(self, events: Iterable[WatchEvent]) -> int:
        state = await self._session.write()
        changed: Counter[int] = Counter()
        for event in {(event.source, event.key): event for event in events}.values():
            state.require(member=event.member_id, title=event.title_id)
            stored = replace(event, watched_at=event.watched_at.astimezone(UTC))
            if state.events.get((event.source, event.key)) != stored:
                state.events[event.source, event.key] = stored
                changed[event.member_id] += 1
        state.versions.update(changed.keys())
        return changed.total()

    async def titles_of(self, source: str, keys: Collection[str]) -> Mapping[str, int]:
        events = self._session.state.events
        return {key: events[source, key].title_id for key in keys if (source, key) in events}

    async def drop_events(self, source: str, keys: Collection[str]) -> int:
        state = await self._session.write()
        gone = [event for key in set(keys) if (event := state.events.pop((source, key), None))]
        state.versions.update({event.member_id for event in gone})
        return len(gone)

    async def of_titles(self, source: str, title_ids: Collection[int]) -> Sequence[WatchEvent]:
        events = self._session.state.events.values()
        found = [event for event in events if event.source == source and event.title_id in title_ids]
        return sorted(found, key=lambda event: event.key)

    async def add_ratings(self, ratings: Iterable[Rating]) -> int:
        state = await self._session.write()
        newest: dict[tuple[int, int, str], Rating] = {}
        for rating in ratings:
            if not math.isfinite(rating.value):
                raise InvalidInput("A rating is a number from 1 to 10.")
            state.require(member=rating.member_id, title=rating.title_id)
            key = (rating.member_id, rating.title_id, rating.source)
            if key not in newest or newest[key].rated_at <= rating.rated_at:
                newest[key] = rating
        changed: Counter[int] = Counter()
        for key, rating in newest.items():
            known = state.ratings.get(key)
            if known is None or (known != rating and known.rated_at <= rating.rated_at):
                state.ratings[key] = rating
                changed[rating.member_id] += 1
        state.versions.update(changed.keys())
        return changed.total()

    async def ratings_of(self, source: str) -> Sequence[Rating]:
        ratings = self._session.state.ratings
        return [rating for key, rating in sorted(ratings.items(), key=lambda item: item[0]) if key[2] == source]

    async def drop_ratings(self, source: str, given: Collection[tuple[int, int]]) -> int:
        state = await self._session.write()
        gone = [rating for pair in set(given) if (rating := state.ratings.pop((*pair, source), None))]
        state.versions.update({rating.member_id for rating in gone})
        return len(gone)

    async def of(self, member_id: int) -> History:
        state = self._session.state
        events = [event for event in state.events.values() if event.member_id == member_id]
        rated = [rating for rating in state.ratings.values() if rating.member_id == member_id]
        return History(
            tuple(sorted(events, key=lambda event: event.watched_at)),
            tuple(sorted(rated, key=lambda rating: rating.rated_at)),
        )

    async def version(self, member_id: int) -> int:
        return self._session.state.versions[member_id]

    async def known(self) -> Sequence[Known]:
        state = self._session.state
        found: dict[tuple[int, int], Known] = {}
        for event in state.events.values():
            key = (event.member_id, event.title_id)
            before = found.get(key, Known(*key, event.watched_at, None, None))
            done = [share for share in (before.completion, event.completion) if share is not None]
            last = max(before.last_at, event.watched_at)
            found[key] = replace(before, last_at=last, completion=max(done, default=None))
        for rating in sorted(state.ratings.values(), key=lambda rating: rating.rated_at):
            key = (rating.member_id, rating.title_id)
            before = found.get(key, Known(*key, rating.rated_at, None, None))
            found[key] = replace(before, last_at=max(before.last_at, rating.rated_at), rating=rating.value)
        return sorted(found.values(), key=lambda known: (known.member_id, known.last_at, known.title_id))

    async def change_count(self) -> int:
        return self._session.state.versions.total()


class FakeConversations:
    """Memory of conversations, and action tokens."""

    def __init__(self, session: Session, clock: Clock) -> None:
        self._session = session
        self._clock = clock

    async def load(self, key: str) -> Conversation | None:
        return self._session.state.conversations.get(key)

    async def save(self, conversation: Conversation) -> None:
        state = await self._session.write()
        state.require(member=conversation.member_id)
        state.conversations[conversation.key] = replace(
            conversation, updated_at=conversation.updated_at or self._clock.now()
        )

    async def amend(self, conversation: Conversation) -> bool:
        state = await self._session.write()
        known = state.conversations.get(conversation.key)
        if known is None or known.updated_at != conversation.updated_at:
            return False
        state.conversations[conversation.key] = replace(known, state=conversation.state)
        return True

    async def add_tokens(self, tokens: Sequence[ActionToken]) -> None:
        state = await self._session.write()
        for token in tokens:
            state.require(member=token.member_id)
            if token.token in state.tokens:
                raise Unavailable("database", "The token is taken.")
            state.tokens[token.token] = token

    async def token(self, token: str) -> ActionToken | None:
        return self._session.state.tokens.get(token)

    async def spend(self, token: str, at: datetime, *, by: str | None = None) -> bool:
        state = await self._session.write()
        known = state.tokens.get(token)
        again = by is not None and state.spent_by.get(token) == by
        if known is None or (known.spent_at is not None and not again):
            return False
        state.tokens[token] = replace(known, spent_at=at)
        state.spent_by[token] = by
        return True

    async def purge(self, before: datetime) -> int:
        state = await self._session.write()
        tokens = {key: token for key, token in state.tokens.items() if token.expires_at >= before}
        memory = {key: c for key, c in state.conversations.items() if c.updated_at is None or c.updated_at >= before}
        gone = len(state.tokens) - len(tokens) + len(state.conversations) - len(memory)
        state.tokens, state.conversations = tokens, memory
        return gone


class FakeImports:
    """How far an import came."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def checkpoint(self, source: str, digest: str) -> int:
        return self._session.state.checkpoints.get((source, digest), 0)

    async def advance(self, source: str, digest: str, rows: int, *, note: Mapping[str, Any] | None = None) -> None:
        (await self._session.write()).checkpoints[source, digest] = rows


def _key(name: str) -> str:
    return name.strip().casefold()
