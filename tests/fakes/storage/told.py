"""What servers and services told, in memory."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bot.ports.storage_sync import (
    PendingPlay,
    Relation,
    ServerAccount,
    StoredItem,
    SyncState,
    TitleMetadata,
    TitleRequests,
)
from tests.fakes.storage.state import Session, State


class FakeServerItems:
    """Items by (source, key)."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def put(self, items: Collection[StoredItem]) -> None:
        state = await self._session.write()
        for item in items:
            state.require(title=item.title_id, library=item.library_id)
            state.server_items[item.source, item.key] = item

    async def get(self, source: str, keys: Collection[str]) -> Mapping[str, StoredItem]:
        known = self._session.state.server_items
        return {key: known[source, key] for key in keys if (source, key) in known}

    async def keys(self, source: str, library_id: int) -> Sequence[str]:
        items = self._session.state.server_items.values()
        return sorted(item.key for item in items if (item.source, item.library_id) == (source, library_id))

    async def remove(self, source: str, keys: Collection[str]) -> None:
        state = await self._session.write()
        for key in keys:
            state.server_items.pop((source, key), None)

    async def of_titles(self, title_ids: Collection[int]) -> Mapping[int, Sequence[StoredItem]]:
        found: dict[int, list[StoredItem]] = defaultdict(list)
        for _key, item in sorted(self._session.state.server_items.items()):
            if item.title_id in title_ids:
                found[item.title_id].append(item)
        return dict(found)


class FakeServerAccounts:
    """People by (source, account)."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def put(self, account: ServerAccount) -> None:
        state = await self._session.write()
        state.require(member=account.member_id)
        state.server_accounts[account.source, account.account] = account

    async def of_source(self, source: str) -> Sequence[ServerAccount]:
        return [account for _key, account in self._sorted() if account.source == source]

    async def of_member(self, member_id: int) -> Sequence[ServerAccount]:
        return [account for _key, account in self._sorted() if account.member_id == member_id]

    def _sorted(self) -> list[tuple[tuple[str, str], ServerAccount]]:
        return sorted(self._session.state.server_accounts.items(), key=lambda pair: pair[0])


class FakeSyncStates:
    """States by (source, stage)."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def get(self, source: str, stage: str) -> SyncState:
        return self._session.state.sync_states.get((source, stage), SyncState(source, stage))

    async def save(self, state: SyncState) -> None:
        (await self._session.write()).sync_states[state.source, state.stage] = state

    async def all(self) -> Sequence[SyncState]:
        return sorted(self._session.state.sync_states.values(), key=lambda state: (state.source, state.stage))


class FakeMetadata:
    """Metadata by title, links by title and relation."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def due(self, before: datetime, locales: Sequence[str], *, after: int = 0, limit: int = 100) -> Sequence[int]:
        state = self._session.state
        placed = {title_id for _library, title_id in state.places}
        watched = {row.title_id for rows in (state.events, state.ratings) for row in rows.values()}
        mattering = placed | watched | set(state.requested)
        fresh = {
            told.title_id
            for told in state.metadata.values()
            if told.fetched_at >= before
            and told.locales == tuple(locales)
            and (told.linked or not told.found or told.title_id not in watched)
        }
        return sorted(title_id for title_id in mattering - fresh if title_id > after)[:limit]

    async def put(self, told: Collection[TitleMetadata]) -> None:
        state = await self._session.write()
        for each in told:
            state.require(title=each.title_id)
            state.metadata[each.title_id] = each

    async def of(self, title_ids: Collection[int]) -> Mapping[int, TitleMetadata]:
        known = self._session.state.metadata
        return {title_id: known[title_id] for title_id in title_ids if title_id in known}

    async def watched(self, title_ids: Collection[int]) -> frozenset[int]:
        state = self._session.state
        seen = {row.title_id for rows in (state.events, state.ratings) for row in rows.values()}
        return frozenset(seen.intersection(title_ids))

    async def link(self, title_id: int, relation: Relation, others: Sequence[int]) -> None:
        state = await self._session.write()
        for other in (title_id, *others):
            state.require(title=other)
        state.links[title_id, relation] = tuple(other for other in dict.fromkeys(others) if other != title_id)

    async def linked(self, title_ids: Collection[int], relation: Relation) -> Mapping[int, Sequence[int]]:
        links = self._session.state.links
        return {one: list(links[one, relation]) for one in set(title_ids) if links.get((one, relation))}


class FakeRequestStates:
    """States by title."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def put(self, told: Collection[TitleRequests]) -> None:
        state = await self._session.write()
        for each in told:
            state.require(title=each.title_id)
            state.requested[each.title_id] = each

    async def of(self, title_ids: Collection[int]) -> Mapping[int, TitleRequests]:
        known = self._session.state.requested
        return {title_id: known[title_id] for title_id in title_ids if title_id in known}

    async def all(self, source: str) -> Sequence[TitleRequests]:
        told = [each for each in self._session.state.requested.values() if each.source == source]
        return sorted(told, key=lambda each: each.title_id)

    async def remove(self, source: str, title_ids: Collection[int]) -> None:
        state = await self._session.write()
        for told in await self.all(source):
            if told.title_id in title_ids:
                del state.requested[told.title_id]


class FakePendingPlays:
    """Plays by (source, key)."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def put(self, plays: Collection[PendingPlay]) -> None:
        state = await self._session.write()
        for play in plays:
            state.pending[play.source, play.watch.key] = play

    async def after(self, source: str, key: str = "", *, limit: int = 500) -> Sequence[PendingPlay]:
        waiting = self._session.state.pending
        return [waiting[pair] for pair in sorted(waiting) if pair[0] == source and pair[1] > key][:limit]

    async def known(self, source: str, keys: Collection[str]) -> frozenset[str]:
        return frozenset(key for key in keys if (source, key) in self._session.state.pending)

    async def remove(self, source: str, keys: Collection[str]) -> None:
        state = await self._session.write()
        for key in keys:
            state.pending.pop((source, key), None)


def merge_told(state: State, loser: int, winner: int) -> None:
    """Move what was told of one title to another."""
    state.server_items = {
        key: replace(item, title_id=winner) if item.title_id == loser else item
        for key, item in state.server_items.items()
    }
    if (told := state.metadata.pop(loser, None)) is not None:
        rival = state.metadata.get(winner)
        if rival is None or rival.fetched_at < told.fetched_at:
            state.metadata[winner] = replace(told, title_id=winner)
    if (asked := state.requested.pop(loser, None)) is not None:
        against = state.requested.get(winner)
        newer = against is None or (
            asked.changed_at is not None and (against.changed_at is None or against.changed_at < asked.changed_at)
        )
        if newer:
            state.requested[winner] = replace(asked, title_id=winner)
    for relation in Relation:
        theirs = state.links.pop((loser, relation), ())
        ours = state.links.get((winner, relation), ())
        if theirs or ours:
            state.links[winner, relation] = (*ours, *theirs)
    for key, others in list(state.links.items()):
        named = dict.fromkeys(winner if other == loser else other for other in others)
        state.links[key] = tuple(other for other in named if other != key[0])
