"""What was requested, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.model.titles import TitleFacts, TitleRef
from bot.ports.requests import FiledRequest, Requester
from bot.ports.storage import UnitOfWork, UnitOfWorkFactory
from bot.ports.storage_sync import TitleRequests
from bot.services.sync.summary import Progress, StageResult, Tally

STAGE = "requests"
OVERLAP = timedelta(days=1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class RequestsStage:
    """Follows one request service, a page per transaction."""

    def __init__(self, uow: UnitOfWorkFactory) -> None:
        self._uow = uow

    async def run(self, requester: Requester, now: datetime, progress: Progress, *, full: bool) -> StageResult:
        """Follow the service; with `full` also forget what it tells no more. Raises: Unavailable, Rejected."""
        tally = Tally(progress, requester.source, STAGE)
        async with self._uow() as uow:
            state = await uow.sync_states.get(requester.source, STAGE)
        full = full or state.cursor is None or state.full_at is None or max(state.cursor, state.full_at) > now
        unknown = {TitleRef.parse(ref) for ref in state.note.get("unknown", ())}
        async with self._uow() as uow:
            found = unknown & set(await uow.titles.by_refs(unknown))
        # The requests of a title that is known only now were told before.
        since = None if full or found or state.cursor is None else state.cursor - OVERLAP
        unknown = set() if since is None else unknown
        newest = None if full else state.cursor
        told: set[str] = set()
        async for page in requester.listed(since=since):
            told |= {filed.id for filed in page}
            newest = max([*_moments(page), *([newest] if newest else [])], default=None)
            async with self._uow() as uow:
                changed, strange = await self._take(uow, requester.source, page, tally)
                if changed:
                    await uow.commit()
            unknown |= strange
            tally.tell(len(page))
        async with self._uow() as uow:
            if full:
                await _forget(uow, requester.source, told, tally)
            cursor = min(newest, now) if newest else state.cursor or now
            full_at = now if full else state.full_at
            note = {"unknown": sorted(map(str, unknown))}
            await uow.sync_states.save(replace(state, cursor=cursor, done_at=now, full_at=full_at, note=note))
            await uow.commit()
        return tally.result()

    async def _take(
        self, uow: UnitOfWork, source: str, page: Sequence[FiledRequest], tally: Tally
    ) -> tuple[bool, set[TitleRef]]:
        """Whether anything changed, and of which titles nothing is known: services tell of requests without names."""
        by_ref: dict[TitleRef, list[FiledRequest]] = {}
        for filed in page:
            by_ref.setdefault(filed.ref, []).append(filed)
        owners = dict(await uow.titles.by_refs(by_ref))
        missing = {
            ref: TitleFacts((ref,), ref.kind, next(each.title for each in some if each.title))
            for ref, some in by_ref.items()
            if ref not in owners and any(each.title for each in some)
        }
        if missing:
            owners |= dict(zip(missing, await uow.titles.upsert(list(missing.values())), strict=True))
        known = await uow.request_states.of(set(owners.values()))
        changed = []
        for ref, some in by_ref.items():
            if ref in owners:
                before = known.get(owners[ref])
                after = _united(owners[ref], source, before, some)
                if after != before:
                    changed.append(after)
        await uow.request_states.put(changed)
        tally.change("changed", len(changed))
        return bool(changed or missing), set(by_ref) - set(owners)


def _united(title_id: int, source: str, before: TitleRequests | None, told: Sequence[FiledRequest]) -> TitleRequests:
    """What was known and what was told; the newest request says how the title stands."""
    known = {each.id: each for each in before.requests} if before and before.source == source else {}
    known |= {each.id: each for each in told}
    requests = tuple(sorted(known.values(), key=lambda each: (len(each.id), each.id)))
    latest = max(told, key=lambda each: (each.updated_at or each.created_at or _EPOCH, len(each.id), each.id))
    seasons = before.seasons if before and before.source == source else ()
    return TitleRequests(title_id, source, latest.media, requests, seasons, max(_moments(requests), default=None))


async def _forget(uow: UnitOfWork, source: str, told: set[str], tally: Tally) -> None:
    """Requests that were deleted at the service."""
    for state in await uow.request_states.all(source):
        left = tuple(each for each in state.requests if each.id in told)
        if left == state.requests:
            continue
        tally.change("gone", len(state.requests) - len(left))
        if left:
            await uow.request_states.put([replace(state, requests=left)])
        else:
            await uow.request_states.remove(source, [state.title_id])


def _moments(requests: Iterable[FiledRequest]) -> list[datetime]:
    return [m for each in requests if (m := each.updated_at or each.created_at) is not None]
