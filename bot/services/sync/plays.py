"""What people watched and how they rated it.

Plays are told again from a while before the newest one, and are known by their keys. A play whose title or person is
not known waits until they are.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.model.history import Rating, WatchEvent
from bot.model.titles import Kind, TitleFacts, TitleRef
from bot.ports.media import HistoryProvider, ServerRating, ServerWatch
from bot.ports.storage import UnitOfWork, UnitOfWorkFactory
from bot.ports.storage_sync import PendingPlay, SyncState
from bot.services.sync import items
from bot.services.sync.summary import Progress, StageResult, Tally
from bot.services.sync.viewings import doubled

STAGE = "plays"
RATINGS = "ratings"
OVERLAP = timedelta(days=1)
_WAITING = 500  # plays that wait, looked at together


class PlaysStage:
    """Follows one history, a page per transaction."""

    def __init__(self, uow: UnitOfWorkFactory) -> None:
        self._uow = uow

    async def run(self, history: HistoryProvider, now: datetime, progress: Progress, *, full: bool) -> StageResult:
        """Follow the history; with `full` from its beginning. Raises: Unavailable, Rejected."""
        tally = Tally(progress, history.source, STAGE)
        async with self._uow() as uow:
            state = await uow.sync_states.get(history.source, STAGE)
            tellers = [each for each in await uow.sync_states.all() if each.stage == STAGE]
            watchers = [each.source for each in tellers if each.note.get("of") == history.items_of != each.source]
            # Before a server has told its titles, nothing can be said to have left it.
            told = (await uow.sync_states.get(history.items_of, items.STAGE)).full_at is not None
        run = _Run(self._uow, history, tally, watchers, set(state.note.get("unknown", ())) if told else None)
        await run.reconsider()
        full = full or state.cursor is None or state.full_at is None or max(state.cursor, state.full_at) > now
        since = None if full or state.cursor is None else state.cursor - OVERLAP
        newest = None if full else state.cursor
        async for page in history.watches(since):
            await run.take(page)
            newest = max([each.watched_at for each in page] + ([newest] if newest else []), default=None)
        await self._finish(run, state, newest, now, full=full)
        return tally.result()

    async def ratings(self, history: HistoryProvider, progress: Progress, *, full: bool = False) -> StageResult:
        """Follow the ratings; with `full` those that were withdrawn go. Raises: Unavailable, Rejected."""
        tally = Tally(progress, history.source, RATINGS)
        told = await history.ratings()
        async with self._uow() as uow:
            finder = await Finder.of(uow, history, told)
            forgotten = await uow.privacy.forgotten()
            ratings = [
                Rating(member, title, history.source, each.value, each.rated_at)
                for each in told
                if (member := finder.member(each.account)) and (title := finder.title(each.item, each.refs))
                if member not in forgotten
            ]
            changed = await uow.histories.add_ratings(ratings)
            withdrawn = await _withdrawn(uow, history, ratings) if full else frozenset()
            gone = await uow.histories.drop_ratings(history.source, withdrawn)
            if changed or gone:
                await uow.commit()
        tally.tell(len(told))
        tally.change("new", changed)
        tally.change("gone", gone)
        return tally.result()

    async def _finish(self, run: _Run, state: SyncState, newest: datetime | None, now: datetime, *, full: bool) -> None:
        """A clock that runs ahead must not carry the cursor past plays that are still to come."""
        async with self._uow() as uow:
            cursor = min(newest, now) if newest else state.cursor or now
            full_at = now if full else state.full_at
            note = {"of": run.history.items_of, "unknown": sorted(run.unknown or ())}
            await uow.sync_states.save(replace(state, cursor=cursor, done_at=now, full_at=full_at, note=note))
            await uow.commit()


@dataclass(slots=True)
class Finder:
    """Which member and which title somebody else's words mean."""

    members: Mapping[str, int]
    items: Mapping[str, int]
    owners: Mapping[TitleRef, int]

    @classmethod
    async def of(
        cls,
        uow: UnitOfWork,
        history: HistoryProvider,
        told: Sequence[ServerWatch] | Sequence[ServerRating],
    ) -> Finder:
        """Look everything up that is named."""
        members: dict[str, int] = {}
        for account in {each.account for each in told}:
            found = await uow.members.by_account(history.items_of, account)
            found = found or await uow.members.by_account(history.source, account)
            if found:
                members[account] = found.id
        keys = {each.item for each in told if each.item}
        found_items = await uow.server_items.get(history.items_of, keys)
        title_ids = {key: item.title_id for key, item in found_items.items()}
        refs = {ref for each in told for ref in each.refs}
        return cls(members, title_ids, await uow.titles.by_refs(refs))

    def member(self, account: str) -> int | None:
        """The member of an account."""
        return self.members.get(account)

    def title(self, item: str | None, refs: Collection[TitleRef]) -> int | None:
        """The title of an item, else of the first reference that is known."""
        if item is not None and item in self.items:
            return self.items[item]
        return next((self.owners[ref] for ref in refs if ref in self.owners), None)


@dataclass(slots=True)
class _Run:
    """One run over one history."""

    uow: UnitOfWorkFactory
    history: HistoryProvider
    tally: Tally
    watchers: Sequence[str]  # that tell of the same server's plays
    unknown: set[str] | None  # items of which the history knows no references; None: do not ask
    asked: dict[str, Sequence[TitleRef]] = field(default_factory=dict)  # references of items that have left

    async def take(self, page: Sequence[ServerWatch]) -> None:
        """Store a page of plays."""
        unique = list({watch.key: watch for watch in page}.values())
        await self._ask(unique)
        async with self.uow() as uow:
            waiting = await uow.pending_plays.known(self.history.source, {watch.key for watch in unique})
            new = await self._place(uow, unique, waiting)
            if new:
                await uow.commit()
        self.tally.tell(len(page))

    async def reconsider(self) -> None:
        """Place the plays that wait, where their titles and people are known now."""
        key = ""
        while True:
            async with self.uow() as uow:
                plays = await uow.pending_plays.after(self.history.source, key, limit=_WAITING)
                if not plays:
                    return
            watches = [play.watch for play in plays]
            await self._ask(watches)
            async with self.uow() as uow:
                if await self._place(uow, watches, frozenset(watch.key for watch in watches)):
                    await uow.commit()
            key = plays[-1].watch.key

    async def _ask(self, page: Sequence[ServerWatch]) -> None:
        """Ask for the references of items that have left the libraries, each once and not within a transaction."""
        if self.unknown is None:
            return
        async with self.uow() as uow:
            finder = await Finder.of(uow, self.history, page)
            known = await uow.histories.titles_of(self.history.source, {watch.key for watch in page})
        for watch in page:
            item = watch.item
            if item is None or watch.refs or watch.key in known or finder.title(item, ()) is not None:
                continue
            if item not in self.asked and item not in self.unknown:
                self.asked[item] = await self.history.refs(item)
                if not self.asked[item]:
                    self.unknown.add(item)

    async def _told_by_watchers(self, uow: UnitOfWork, events: Sequence[WatchEvent]) -> frozenset[str]:
        """The keys of those plays of a server that a watcher of it tells too: the watcher knows more of them."""
        if self.history.source != self.history.items_of:
            return frozenset()
        titles = {event.title_id for event in events}
        watched = [event for source in self.watchers for event in await uow.histories.of_titles(source, titles)]
        return doubled(events, watched)

    async def _drop_doubled(self, uow: UnitOfWork, events: Sequence[WatchEvent]) -> int:
        """What the server itself told before of the viewings that its watcher tells now."""
        server = self.history.items_of
        if self.history.source == server:
            return 0
        before = await uow.histories.of_titles(server, {event.title_id for event in events})
        return await uow.histories.drop_events(server, doubled(before, events))

    async def _place(self, uow: UnitOfWork, page: Sequence[ServerWatch], waiting: frozenset[str]) -> bool:
        """Plays into histories or among those that wait; whether anything changed."""
        if not page:
            return False
        page = [replace(watch, refs=watch.refs or tuple(self.asked.get(watch.item or "", ()))) for watch in page]
        known = await uow.histories.titles_of(self.history.source, {watch.key for watch in page})
        made = await self._make_titles(uow, [watch for watch in page if watch.key not in known])
        finder = await Finder.of(uow, self.history, page)
        events: list[WatchEvent] = []
        lost: list[PendingPlay] = []
        forgotten, unwanted = await uow.privacy.forgotten(), set[str]()
        for watch in page:
            member, title = finder.member(watch.account), finder.title(watch.item, watch.refs)
            if member in forgotten:  # they asked that nothing be kept of them
                unwanted.add(watch.key)
                continue
            title = title or known.get(watch.key)  # it may have left since it was told first
            if member is None or title is None:
                lost.append(PendingPlay(self.history.source, self.history.items_of, watch))
            else:
                events.append(_event(member, title, self.history.source, watch))
        twice = await self._told_by_watchers(uow, events)
        new = await uow.histories.put_events([event for event in events if event.key not in twice])
        dropped = await self._drop_doubled(uow, events)
        placed = waiting & ({event.key for event in events} | unwanted)
        await uow.pending_plays.remove(self.history.source, placed)
        fresh = [play for play in lost if play.watch.key not in waiting]
        await uow.pending_plays.put(fresh)
        self.tally.change("new", new)
        self.tally.change("waiting", len(fresh))
        self.tally.change("doubled", dropped)
        return bool(new or placed or fresh or made or dropped)

    async def _make_titles(self, uow: UnitOfWork, page: Sequence[ServerWatch]) -> bool:
        """A title that has left the libraries is still known by its references: it joins the catalogue."""
        finder = await Finder.of(uow, self.history, page)
        missing: dict[tuple[TitleRef, ...], TitleFacts] = {}
        for watch in page:
            if watch.refs and watch.title and finder.member(watch.account) is not None:
                kind = watch.kind or watch.refs[0].kind
                refs = tuple(ref for ref in watch.refs if ref.kind is kind)
                if refs and finder.title(watch.item, watch.refs) is None:
                    missing[refs] = TitleFacts(refs, Kind(kind), watch.title)
        await uow.titles.upsert(list(missing.values()))
        return bool(missing)


async def _withdrawn(uow: UnitOfWork, history: HistoryProvider, told: Sequence[Rating]) -> frozenset[tuple[int, int]]:
    """Member and title of ratings that the source no longer tells, although it still has the person and the title."""
    kept = {(rating.member_id, rating.title_id) for rating in told}
    stored = {(rating.member_id, rating.title_id) for rating in await uow.histories.ratings_of(history.source)}
    missing = stored - kept
    items_of = await uow.server_items.of_titles({title for _member, title in missing})
    there = {title for title, found in items_of.items() if any(item.source == history.items_of for item in found)}
    accounts = await uow.server_accounts.of_source(history.items_of)
    people = {account.member_id for account in accounts if account.active}
    return frozenset((member, title) for member, title in missing if title in there and member in people)


def _event(member: int, title: int, source: str, watch: ServerWatch) -> WatchEvent:
    return WatchEvent(
        member_id=member,
        title_id=title,
        source=source,
        key=watch.key,
        watched_at=watch.watched_at,
        completion=watch.completion,
        duration=watch.duration,
        episode=watch.episode,
        plays=watch.plays,
    )
