"""Libraries and what lies in them: what is new, what changed, what moved, what is gone.

A listing is never believed alone when it takes something away: pages shift while a library changes. What a listing
lacks is gone only when the plain list of keys lacks it too, and when a large library seems to have lost most of its
titles, as it does when a disk is not there, only when the next sync finds the same.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from bot.errors import Rejected
from bot.i18n import gettext as _
from bot.model.members import Library
from bot.model.titles import TitleFacts
from bot.ports.media import MediaServer, ServerItem
from bot.ports.storage import UnitOfWork, UnitOfWorkFactory
from bot.ports.storage_sync import StoredItem, SyncState
from bot.services.sync.facts import digest_of, gaps_filled, server_facts, strictest, told_again
from bot.services.sync.people import ensured
from bot.services.sync.summary import Progress, StageResult, Tally

STAGE = "titles"
OVERLAP = timedelta(days=1)  # told again each time: clocks differ, and servers take a while to file things
_RESUMABLE = timedelta(hours=1)  # a run that was stopped longer ago begins anew
_LARGE = 100  # titles of a library of which most cannot vanish unconfirmed
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
_LISTINGS = 3  # how often a library is read when its keys name titles that its pages do not


class ItemsStage:
    """Follows the libraries of one server, a page per transaction."""

    def __init__(self, uow: UnitOfWorkFactory) -> None:
        self._uow = uow

    async def run(self, server: MediaServer, now: datetime, progress: Progress, *, full: bool) -> StageResult:
        """Follow the server; with `full` read everything again. Raises: Unavailable, Rejected."""
        told = await server.libraries()
        async with self._uow() as uow:
            known = [library for library in await uow.libraries.all() if library.source == server.source]
            if known and not told:
                raise Rejected(server.source, _("{source} tells of no libraries.").format(source=server.source))
            ids = await ensured(uow, server.source, told)
            libraries = {library.key: library for library in await uow.libraries.all() if library.id in ids.values()}
            state = await uow.sync_states.get(server.source, STAGE)
            await uow.commit()
        tally = Tally(progress, server.source, STAGE)
        run = _Run(self._uow, server, libraries, now, _begun(state, now, full=full), tally)
        for key in ids:
            await run.follow(libraries[key])
        for library in known:
            if library.key not in ids:
                await run.remove(library, await run.stored(library))
        await run.finish()
        return tally.result()


def _begun(state: SyncState, now: datetime, *, full: bool) -> SyncState:
    """The state at the beginning of a run. `note`: when it began, whether it is full, the libraries that are done."""
    begun = datetime.fromisoformat(state.note["begun"]) if state.note.get("begun") else None
    if begun is not None and timedelta(0) <= now - begun < _RESUMABLE and state.note["full"] >= full:
        return state
    full = full or state.full_at is None or state.full_at > now or state.cursor is None
    doubts = state.note.get("doubts", {})
    return replace(state, note={"begun": now.isoformat(), "full": full, "done": [], "doubts": doubts})


@dataclass(slots=True)
class _Run:
    """One run over the libraries of one server."""

    uow: UnitOfWorkFactory
    server: MediaServer
    libraries: Mapping[str, Library]
    now: datetime
    state: SyncState
    tally: Tally
    newest: datetime | None = None

    async def follow(self, library: Library) -> None:
        """One library from its first page to what is gone."""
        if library.key in self.state.note["done"]:
            return
        since = None
        if not self.state.note["full"] and self.state.cursor is not None:
            since = self.state.cursor - OVERLAP
        await self._read(library, since)
        stored = set(await self.stored(library))
        keys = await self._keys(library)
        for _attempt in range(_LISTINGS - 1):
            if keys <= stored:
                break
            await self._read(library, None)
            stored, keys = set(await self.stored(library)), await self._keys(library)
        await self._part(library, stored, stored - keys)

    async def stored(self, library: Library) -> Sequence[str]:
        """The keys that are stored of a library."""
        async with self.uow() as uow:
            return await uow.server_items.keys(self.server.source, library.id)

    async def remove(self, library: Library, keys: Collection[str]) -> None:
        """Take items out; their titles stay in the catalogue with everything that people did with them."""
        if not keys:
            return
        async with self.uow() as uow:
            gone = await uow.server_items.get(self.server.source, keys)
            await uow.server_items.remove(self.server.source, keys)
            await _vacate(uow, {(library.id, item.title_id) for item in gone.values()})
            await uow.commit()
        self.tally.change("gone", len(gone))

    async def finish(self) -> None:
        """The run came to its end."""
        note = {"doubts": self.state.note["doubts"]}
        cursor = max((m for m in (self.state.cursor, self.newest) if m is not None), default=None)
        if cursor is not None:
            cursor = min(cursor, datetime.fromisoformat(self.state.note["begun"]))
        full_at = self.now if self.state.note["full"] else self.state.full_at
        await self._save(replace(self.state, cursor=cursor, done_at=self.now, full_at=full_at, note=note))

    async def _read(self, library: Library, since: datetime | None) -> None:
        async for page in self.server.items(library.key, since=since):
            async with self.uow() as uow:
                await self._store(uow, page)
                await uow.commit()
            self.tally.tell(len(page))
            dates = [moment for item in page for moment in (item.added_at, item.updated_at) if moment is not None]
            self.newest = max([*dates, *([self.newest] if self.newest else [])], default=None)

    async def _keys(self, library: Library) -> set[str]:
        return {key async for page in self.server.keys(library.key) for key in page}

    async def _part(self, library: Library, stored: Collection[str], gone: Collection[str]) -> None:
        """What is gone goes, unless that is hard to believe; then the library is done."""
        doubts = dict(self.state.note["doubts"])
        doubtful = len(stored) >= _LARGE and len(gone) > len(stored) / 2
        if doubtful and not doubts.get(library.key):
            doubts[library.key] = len(gone)
            self.tally.change("doubtful", len(gone))
        else:
            doubts.pop(library.key, None)
            await self.remove(library, gone)
        done = [*self.state.note["done"], library.key]
        await self._save(replace(self.state, note={**self.state.note, "done": done, "doubts": doubts}))

    async def _save(self, state: SyncState) -> None:
        self.state = state
        async with self.uow() as uow:
            await uow.sync_states.save(state)
            await uow.commit()

    async def _store(self, uow: UnitOfWork, page: Sequence[ServerItem]) -> None:
        """Store what changed of a page. An item that is told twice counts as it was told last."""
        source = self.server.source
        told = {item.key: item for item in page}
        known = await uow.server_items.get(source, told)
        names = {key: library.name for key, library in self.libraries.items()}
        digests = {key: digest_of(item, names.get(item.library or "", "")) for key, item in told.items()}
        fresh = [item for key, item in told.items() if key not in known or known[key].digest != digests[key]]
        if not fresh:
            return
        said = [server_facts(item, source, names.get(item.library or "", "")) for item in fresh]
        ids = await uow.titles.upsert(
            await _settled(uow, source, dict(zip((item.key for item in fresh), said, strict=True)))
        )
        stored = [self._stored(item, title_id, digests[item.key]) for item, title_id in zip(fresh, ids, strict=True)]
        await uow.server_items.put(stored)
        await self._place(uow, stored)
        before = [known[item.key] for item in stored if item.key in known]
        moved = {(old.library_id, old.title_id) for old in before if old.library_id is not None}
        await _vacate(uow, moved)
        self.tally.change("new", len(fresh) - len(before))
        self.tally.change("changed", len(before))

    def _stored(self, item: ServerItem, title_id: int, digest: str) -> StoredItem:
        library = self.libraries.get(item.library or "")
        return StoredItem(
            source=self.server.source,
            key=item.key,
            title_id=title_id,
            library_id=library.id if library else None,
            digest=digest,
            added_at=item.added_at,
            updated_at=item.updated_at,
            quality=item.quality,
            page_url=item.page_url,
        )

    async def _place(self, uow: UnitOfWork, stored: Iterable[StoredItem]) -> None:
        places: dict[int, dict[int, datetime | None]] = {}
        for item in stored:
            if item.library_id is not None:
                places.setdefault(item.library_id, {}).setdefault(item.title_id, item.added_at or self.now)
        for library_id, dates in places.items():
            await uow.libraries.place(library_id, dates)


async def _settled(uow: UnitOfWork, source: str, said: Mapping[str, TitleFacts]) -> list[TitleFacts]:
    """What may be stored, by the key of an item: of titles that the metadata service knows, only what it left open."""
    owners = await uow.titles.by_refs({ref for facts in said.values() for ref in facts.refs})
    known = {title.id: title.facts for title in await uow.titles.get(sorted(set(owners.values())))}
    told = {one: each for one, each in (await uow.metadata.of(known)).items() if each.found}
    items = await uow.server_items.of_titles(known)
    settled, doubted = [], []
    for key, facts in said.items():
        owner = next((owners[ref] for ref in facts.refs if owners.get(ref) in known), None)
        if owner is None:
            settled.append(facts)
            continue
        before = known[owner].minimum_age
        others = [item for item in items.get(owner, ()) if (item.source, item.key) != (source, key)]
        age = facts.minimum_age
        if others or age is None:
            age = strictest(before, age)
        elif owner in told and before is not None and age < before:
            # The only server that has it has become more lenient; whether that was the strictest must be asked anew.
            doubted.append(replace(told[owner], fetched_at=_LONG_AGO))
        said_now = replace(facts, minimum_age=age)
        settled.append((gaps_filled if owner in told else told_again)(known[owner], said_now))
    await uow.metadata.put(doubted)
    return settled


async def _vacate(uow: UnitOfWork, places: Collection[tuple[int, int]]) -> None:
    """Take titles out of libraries where no item of theirs is left, given as (library, title)."""
    items = await uow.server_items.of_titles({title_id for _library, title_id in places})
    empty: dict[int, list[int]] = {}
    for library_id, title_id in places:
        if all(item.library_id != library_id for item in items.get(title_id, ())):
            empty.setdefault(library_id, []).append(title_id)
    for library_id, title_ids in sorted(empty.items()):
        await uow.libraries.remove(library_id, title_ids)
