"""Takes over what people watched and rated from files of other services.

A person who is not known is created. Rows that come again, in the same file or in a later one, change nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from bot.errors import InvalidInput
from bot.i18n import gettext as _
from bot.model.feedback import Feedback, Verdict
from bot.model.history import Rating, WatchEvent
from bot.model.members import LinkedAccount, Member
from bot.ports.imports import Flaw, HistoryFile, HistoryRow, Progress, Record
from bot.ports.storage import UnitOfWork, UnitOfWorkFactory
from bot.services.catalogue_import import LIBRARY_KEY, LIBRARY_NAME, LIBRARY_SOURCE
from bot.services.history_titles import HistoryTitles, Missing
from bot.services.import_report import ImportReport
from bot.services.import_run import BATCH, NoProgress, run

_ENTRY = "entry:"  # begins the keys of diary entries
_LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class HistorySummary:
    """What became of a history."""

    file: str
    records: int
    resumed: int  # records that an earlier, interrupted run had stored
    people: int
    new_people: tuple[str, ...]
    new_titles: int
    plays: int
    new_plays: int
    ratings: int
    new_ratings: int
    likes: int
    new_likes: int
    findings: Mapping[Flaw, int]
    report: Path | None
    notes: tuple[str, ...]


@dataclass(slots=True)
class _Person:
    """A member, and what is known of their history."""

    member: Member
    in_diary: set[int]  # title ids
    judged: set[int]  # title ids with a like or dislike


@dataclass(slots=True)
class _Tally:
    new_people: list[str] = field(default_factory=list)
    plays: int = 0
    new_plays: int = 0
    ratings: int = 0
    new_ratings: int = 0
    likes: int = 0
    new_likes: int = 0


class HistoryImport:
    """Imports histories, 1,000 rows per transaction."""

    def __init__(self, unit_of_work: UnitOfWorkFactory, reports: Path, now: Callable[[], datetime]) -> None:
        self._uow = unit_of_work
        self._reports = reports
        self._now = now

    async def run(
        self, file: HistoryFile, progress: Progress | None = None, *, person: str | None = None, batch: int = BATCH
    ) -> HistorySummary:
        """Import a history; `person` is the name of its owner, if the file does not say whose rows they are.

        Raises: InvalidFile, InvalidInput, Unavailable; what was stored until then stays, and the next run goes on.
        """
        name = None if person is None else _name(person)
        stem = Path(file.name).stem if name is None else f"{Path(file.name).stem} {name}"
        report = ImportReport(self._reports, file.source, stem, file.digest)
        one = _Run(file, name, report, self._now)
        # The same export may be imported for two people: each has a checkpoint of their own.
        source = file.source if name is None else f"{file.source}:{name.casefold()}"
        resumed, records = await run(self._uow, file, source, report, progress or NoProgress(), one.store, batch=batch)
        tally = one.tally
        return HistorySummary(
            file=file.name,
            records=records,
            resumed=resumed,
            people=len(one.people),
            new_people=tuple(tally.new_people),
            new_titles=len(one.titles.created),
            plays=tally.plays,
            new_plays=tally.new_plays,
            ratings=tally.ratings,
            new_ratings=tally.new_ratings,
            likes=tally.likes,
            new_likes=tally.new_likes,
            findings=dict(report.counts),
            report=report.path if report.counts else None,
            notes=file.notes,
        )


class _Run:
    """One import: the people and titles that it has met."""

    def __init__(
        self, file: HistoryFile, person: str | None, report: ImportReport, now: Callable[[], datetime]
    ) -> None:
        self._file = file
        self._person = person
        self._report = report
        self._now = now
        self.people: dict[str | None, _Person] = {}
        self.titles = HistoryTitles()
        self.tally = _Tally()

    async def store(self, uow: UnitOfWork, records: list[Record[HistoryRow]]) -> None:
        """Store a batch inside the transaction."""
        for record in records:
            if record.problem:
                self._report.add(record, record.flaw, record.problem)
        made = len(self.titles.created)
        found = await self.titles.resolve(uow, records)
        if new := self.titles.created[made:]:
            library = await uow.libraries.ensure(LIBRARY_SOURCE, LIBRARY_KEY, LIBRARY_NAME, public=True)
            await uow.libraries.put(library.id, new, added_at=self._now())
        events: list[WatchEvent] = []
        ratings: list[Rating] = []
        for record in records:
            row = record.value
            if row is None:
                continue
            title = found[row.title]
            if isinstance(title, Missing):
                self._report.add(
                    record, title.flaw, title.reason,
                    title=row.title.name, year=row.title.year, candidates=title.candidates,
                )  # fmt: skip
                continue
            person = await self._known(uow, row.account)
            events += _event(row, person, title, self._file.source)
            if row.rating is not None and row.rated_at is not None:
                ratings.append(Rating(person.member.id, title, self._file.source, row.rating, row.rated_at))
            if row.liked_at is not None:
                await self._like(uow, person, title, row.liked_at)
        self.tally.plays += len(events)
        self.tally.ratings += len(ratings)
        self.tally.new_plays += await uow.histories.add_events(events)
        self.tally.new_ratings += await uow.histories.add_ratings(ratings)

    async def _like(self, uow: UnitOfWork, person: _Person, title: int, liked_at: datetime) -> None:
        self.tally.likes += 1
        # What somebody has said here counts more than an old export.
        if title not in person.judged:
            await uow.feedbacks.add(Feedback(person.member.id, title, Verdict.LIKE, liked_at))
            person.judged.add(title)
            self.tally.new_likes += 1

    async def _known(self, uow: UnitOfWork, account: str | None) -> _Person:
        if account not in self.people:
            member = await self._member(uow, account)
            person = _Person(member, set(), set())
            if self._file.has_diary:
                history = await uow.histories.of(member.id)
                prefix = f"{member.id}:{_ENTRY}"
                own = [event for event in history.events if event.source == self._file.source]
                person.in_diary = {event.title_id for event in own if event.key.startswith(prefix)}
                verdicts = await uow.feedbacks.of(member.id)
                person.judged = {said.title_id for said in verdicts if said.verdict is not Verdict.SEEN}
            self.people[account] = person
        return self.people[account]

    async def _member(self, uow: UnitOfWork, account: str | None) -> Member:
        linked = account and await uow.members.by_account(self._file.source, account)
        if linked:
            return linked
        name = self._person or account or ""
        member = await uow.members.by_name(name)
        if member is None:
            member = await uow.members.add(name)
            self.tally.new_people.append(name)
        if account:
            await uow.members.link(LinkedAccount(member.id, self._file.source, account, self._now()))
        return member


def _event(row: HistoryRow, person: _Person, title: int, source: str) -> list[WatchEvent]:
    """The play that a row stands for, unless the diary tells of it already."""
    if row.watched_at is None or (not row.logged and title in person.in_diary):
        return []
    # Somebody who logs a rewatch, and nothing before it, has seen the film at least twice.
    plays = 2 if row.rewatch and title not in person.in_diary else 1
    if row.logged:
        person.in_diary.add(title)
    key = f"{person.member.id}:{_ENTRY if row.logged else ''}{row.key}"
    return [WatchEvent(person.member.id, title, source, key, row.watched_at, episode=row.episode, plays=plays)]


def _name(person: str) -> str:
    name = " ".join(person.removeprefix("@").split())
    if not name or len(name) > _LONGEST_NAME or not name.isprintable():
        raise InvalidInput(_("A person's name has 1 to {most} letters.").format(most=_LONGEST_NAME))
    return name
