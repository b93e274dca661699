"""What is written down: a person's history, trailers, and for admins who is here and how it all stands."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.model.history import Rating, WatchEvent
from bot.model.members import LinkedAccount, Member
from bot.ports.media import Health
from bot.ports.metadata import Trailer
from bot.ports.storage import UnitOfWorkFactory
from bot.ports.storage_sync import SyncState


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """Part of a history, newest first. `ratings`: title id → the newest own rating."""

    events: tuple[WatchEvent, ...]
    ratings: Mapping[int, Rating]
    page: int
    pages: int
    count: int


@dataclass(frozen=True, slots=True)
class Standing:
    """How the whole stands. `services`: name → what it said when asked, None: it could not be reached."""

    titles: int
    members: int
    linked: int
    syncs: tuple[SyncState, ...]
    services: Mapping[str, Health | None]


class RecordsService:
    """Reads what is stored."""

    def __init__(
        self, uow: UnitOfWorkFactory, *, checks: Mapping[str, Callable[[], Awaitable[Health | None]]] | None = None
    ) -> None:
        """`checks`: a question to each service; one that cannot be reached answers None and raises nothing."""
        self._uow = uow
        self._checks = dict(checks or {})

    async def history(self, member: Member, *, title_id: int | None, page: int, size: int) -> HistoryPage:
        """A page of what a member watched, of one title if given; a page beyond the last is the last."""
        async with self._uow() as uow:
            history = await uow.histories.of(member.id)
        events = [event for event in reversed(history.events) if title_id in (None, event.title_id)]
        ratings = {rating.title_id: rating for rating in history.ratings if title_id in (None, rating.title_id)}
        pages = max(1, -(-len(events) // size))
        page = min(page, pages)
        return HistoryPage(tuple(events[(page - 1) * size : page * size]), ratings, page, pages, len(events))

    async def trailer(self, title_id: int, locale: str) -> Trailer | None:
        """The best trailer that is known: in the language, else in English, else any; an official one first."""
        async with self._uow() as uow:
            told = (await uow.metadata.of([title_id])).get(title_id)
        trailers = [each for each in (told.trailers if told else ()) if each.url.startswith("https://")]
        order = {locale: 0, "en": 1}
        if locale == "en":
            order = {"en": 0}
        ranked = sorted(trailers, key=lambda each: (order.get(each.locale, 2), not each.official))
        return ranked[0] if ranked else None

    async def people(self) -> tuple[tuple[Member, tuple[LinkedAccount, ...]], ...]:
        """Everybody with their accounts."""
        async with self._uow() as uow:
            members = await uow.members.all()
            return tuple([(member, tuple(await uow.members.accounts(member.id))) for member in members])

    async def standing(self) -> Standing:
        """Counts, the state of the syncs, and what the services say now."""
        people = await self.people()
        async with self._uow() as uow:
            titles, syncs = await uow.titles.count(), tuple(await uow.sync_states.all())
        services = {name: await check() for name, check in self._checks.items()}
        return Standing(titles, len(people), sum(bool(accounts) for _member, accounts in people), syncs, services)


def newest_sync(syncs: tuple[SyncState, ...]) -> Mapping[str, datetime]:
    """Source → when a stage of it came to its end last."""
    done: dict[str, datetime] = {}
    for state in syncs:
        if state.done_at is not None:
            done[state.source] = max(state.done_at, done.get(state.source, state.done_at))
    return done
