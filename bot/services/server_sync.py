"""Takes over libraries, people, access and histories from a media server. Every step may be repeated."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.model.history import Rating, WatchEvent
from bot.model.members import LinkedAccount
from bot.ports.media import HistoryProvider, MediaServer
from bot.ports.storage import UnitOfWorkFactory

Progress = Callable[[str, int], None]
"""Called with what was stored ("titles", "plays") and how many so far."""


@dataclass(frozen=True, slots=True)
class SyncSummary:
    """How much the server told, and how much of it was new."""

    titles: int
    people: int
    plays: int
    new_plays: int
    unknown: int  # plays and ratings of titles that the server does not list


class ServerSyncService:
    """Syncs one server at a time into the database, a page per transaction."""

    def __init__(self, uow: UnitOfWorkFactory) -> None:
        self._uow = uow

    async def sync(
        self, server: MediaServer, history: HistoryProvider, now: datetime, progress: Progress = lambda _what, _n: None
    ) -> SyncSummary:
        """Sync everything. Raises: Unavailable, Rejected; what was stored until then stays."""
        libraries = await self._libraries(server)
        titles = await self._titles(server, libraries, now, progress)
        members = await self._people(server, libraries, now)
        plays, new, unknown = await self._plays(server.source, history, members, progress)
        unknown += await self._ratings(server.source, history, members)
        return SyncSummary(titles, len(members), plays, new, unknown)

    async def _libraries(self, server: MediaServer) -> dict[str, int]:
        async with self._uow() as uow:
            found = {
                library.key: (await uow.libraries.ensure(server.source, library.key, library.name)).id
                for library in await server.libraries()
            }
            await uow.commit()
        return found

    async def _titles(self, server: MediaServer, libraries: dict[str, int], now: datetime, progress: Progress) -> int:
        count = 0
        for library in libraries:
            async for page in server.items(library):
                async with self._uow() as uow:
                    ids = await uow.titles.upsert([item.facts for item in page])
                    for key, library_id in libraries.items():
                        placed = [i for i, item in zip(ids, page, strict=True) if item.library == key]
                        if placed:
                            await uow.libraries.put(library_id, placed, added_at=now)
                    await uow.commit()
                count += len(page)
                progress("titles", count)
        return count

    async def _people(self, server: MediaServer, libraries: dict[str, int], now: datetime) -> dict[str, int]:
        members: dict[str, int] = {}
        async with self._uow() as uow:
            for user in await server.users():
                member = await uow.members.by_account(server.source, user.account) or await uow.members.add(
                    user.name, locale=user.locale, age_limit=user.age_limit, is_admin=user.is_admin
                )
                await uow.members.link(LinkedAccount(member.id, server.source, user.account, now))
                keys = libraries if user.libraries is None else user.libraries
                await uow.members.grant(member.id, [libraries[key] for key in keys if key in libraries])
                members[user.account] = member.id
            await uow.commit()
        return members

    async def _plays(
        self, source: str, history: HistoryProvider, members: dict[str, int], progress: Progress
    ) -> tuple[int, int, int]:
        count = new = unknown = 0
        async for page in history.watches():
            async with self._uow() as uow:
                titles = await uow.titles.by_refs({ref for watch in page for ref in watch.refs})
                events = [
                    WatchEvent(
                        member_id=members[watch.account],
                        title_id=next(titles[ref] for ref in watch.refs if ref in titles),
                        source=source,
                        key=watch.key,
                        watched_at=watch.watched_at,
                        completion=watch.completion,
                        duration=watch.duration,
                        episode=watch.episode,
                        plays=watch.plays,
                    )
                    for watch in page
                    if watch.account in members and any(ref in titles for ref in watch.refs)
                ]
                new += await uow.histories.add_events(events)
                await uow.commit()
            unknown += len(page) - len(events)
            count += len(page)
            progress("plays", count)
        return count, new, unknown

    async def _ratings(self, source: str, history: HistoryProvider, members: dict[str, int]) -> int:
        told = await history.ratings()
        async with self._uow() as uow:
            titles = await uow.titles.by_refs({ref for rating in told for ref in rating.refs})
            ratings = [
                Rating(members[rating.account], titles[ref], source, rating.value, rating.rated_at)
                for rating in told
                for ref in rating.refs[:1]
                if rating.account in members and ref in titles
            ]
            await uow.histories.add_ratings(ratings)
            await uow.commit()
        return len(told) - len(ratings)
