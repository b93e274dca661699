"""Takes over catalogues from files: titles first, then the keywords and credits that join them.

The titles form the library "Imported", which everybody may see. Whatever the order of files and runs, a title ends with
the same facts; a second run of the same files changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from bot.i18n import gettext as _
from bot.model.titles import DEFAULT_SOURCE, Title, TitleFacts, TitleRef
from bot.ports.imports import CatalogueFile, DetailRow, FilmRow, Flaw, Progress, Record
from bot.ports.storage import UnitOfWork, UnitOfWorkFactory
from bot.services.import_report import ImportReport
from bot.services.import_run import BATCH, NoProgress, run
from bot.services.merging import marked, merged

SOURCE = "tmdb-csv"
LIBRARY_SOURCE, LIBRARY_KEY, LIBRARY_NAME = "import", "imported", "Imported"


@dataclass(frozen=True, slots=True)
class CatalogueSummary:
    """What became of one file."""

    file: str
    has_titles: bool
    records: int
    resumed: int  # records that an earlier, interrupted run had stored
    added: int = 0
    changed: int = 0
    unchanged: int = 0  # everything that the file says was there already
    without_overview: int = 0
    findings: Mapping[Flaw, int] = field(default_factory=dict)
    report: Path | None = None
    notes: tuple[str, ...] = ()


@dataclass(slots=True)
class _Tally:
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    without_overview: int = 0


class CatalogueImport:
    """Imports catalogue files, 1,000 records per transaction."""

    def __init__(self, unit_of_work: UnitOfWorkFactory, reports: Path, now: Callable[[], datetime]) -> None:
        self._uow = unit_of_work
        self._reports = reports
        self._now = now

    async def run(
        self, files: Sequence[CatalogueFile], progress: Progress | None = None, *, batch: int = BATCH
    ) -> tuple[CatalogueSummary, ...]:
        """Import the files in the order given, those with titles before the others.

        Raises: InvalidFile, Unavailable; what was stored until then stays, and the next run goes on there.
        """
        ordered = sorted(files, key=lambda file: not file.has_titles)
        return tuple([await self._one(file, progress or NoProgress(), batch) for file in ordered])

    async def _one(self, file: CatalogueFile, progress: Progress, batch: int) -> CatalogueSummary:
        report = ImportReport(self._reports, SOURCE, Path(file.name).stem, file.digest)
        tally = _Tally()

        async def store(uow: UnitOfWork, records: list[Record[FilmRow | DetailRow]]) -> None:
            await self._store(uow, records, report, tally)

        resumed, records = await run(self._uow, file, SOURCE, report, progress, store, batch=batch)
        return CatalogueSummary(
            file=file.name,
            has_titles=file.has_titles,
            records=records,
            resumed=resumed,
            added=tally.added,
            changed=tally.changed,
            unchanged=tally.unchanged,
            without_overview=tally.without_overview,
            findings=dict(report.counts),
            report=report.path if report.counts else None,
            notes=file.notes,
        )

    async def _store(
        self, uow: UnitOfWork, records: list[Record[FilmRow | DetailRow]], report: ImportReport, tally: _Tally
    ) -> None:
        for record in records:
            if record.problem:
                report.add(record, record.flaw, record.problem)
        wanted = {ref for record in records for ref in _refs(record.value)}
        ids = await uow.titles.by_refs(wanted)
        known = {title.id: title for title in await uow.titles.get(sorted(set(ids.values())))}
        films = _Films(ids, known, report, tally)
        for record in records:
            if isinstance(record.value, FilmRow):
                films.tell(record, record.value)
            elif isinstance(record.value, DetailRow):
                films.add_details(record, record.value)
        await uow.titles.upsert(films.changes())
        if any(isinstance(record.value, FilmRow) for record in records):
            await self._place(uow, records)

    async def _place(self, uow: UnitOfWork, records: list[Record[FilmRow | DetailRow]]) -> None:
        library = await uow.libraries.ensure(LIBRARY_SOURCE, LIBRARY_KEY, LIBRARY_NAME, public=True)
        refs = {record.value.facts.refs[0] for record in records if isinstance(record.value, FilmRow)}
        ids = await uow.titles.by_refs(refs)
        await uow.libraries.put(library.id, sorted(set(ids.values())), added_at=self._now())


class _Films:
    """What a batch makes of the titles that it names."""

    def __init__(
        self, ids: Mapping[TitleRef, int], known: Mapping[int, Title], report: ImportReport, tally: _Tally
    ) -> None:
        self._stored = {ref: known[title_id].facts for ref, title_id in ids.items() if title_id in known}
        self._facts: dict[TitleRef, TitleFacts] = {}  # by the reference that the file uses
        self._owners = dict(self._stored)  # who has a reference now
        self._report = report
        self._tally = tally

    def tell(self, record: Record[FilmRow | DetailRow], row: FilmRow) -> None:
        """A film of the file."""
        facts = self._without_foreign_refs(record, row.facts)
        ref = facts.refs[0]
        # Another reference of the row may know the title already.
        before = next((self._owners[other] for other in facts.refs if other in self._owners), None)
        after = merged(before, facts, only_original=row.only_original) if before else marked(facts)
        if before is None:
            self._tally.added += 1
        elif after == before:
            self._tally.unchanged += 1
        else:
            self._tally.changed += 1
        self._tally.without_overview += not after.overview
        self._set(ref, after)

    def add_details(self, record: Record[FilmRow | DetailRow], row: DetailRow) -> None:
        """Keywords or credits of a film that is known."""
        before = self._owners.get(row.ref)
        if before is None:
            reason = _("The catalogue has no title {ref}.").format(ref=row.ref)
            self._report.add(record, Flaw.UNKNOWN, reason)
            return
        details = TitleFacts(refs=(row.ref,), kind=before.kind, title="", keywords=row.keywords, credits=row.credits)
        after = merged(before, details)
        if after == before:
            self._tally.unchanged += 1
            return
        self._tally.changed += 1
        self._set(row.ref, after)

    def changes(self) -> list[TitleFacts]:
        """The titles that differ from what is stored."""
        return [facts for ref, facts in self._facts.items() if facts != self._stored.get(ref)]

    def _set(self, ref: TitleRef, facts: TitleFacts) -> None:
        self._facts[ref] = facts
        for other in facts.refs:
            self._owners[other] = facts

    def _without_foreign_refs(self, record: Record[FilmRow | DetailRow], facts: TitleFacts) -> TitleFacts:
        """Leave out ids that belong to a title with another id of the main source: two films are not one."""
        first, *others = facts.refs
        kept = [first]
        for ref in others:
            owner = self._owners.get(ref)
            rivals = [str(rival) for rival in owner.refs if rival.source == DEFAULT_SOURCE] if owner else []
            if rivals and str(first) not in rivals:
                reason = _("{ref} belongs to {owner} already.").format(ref=ref, owner=rivals[0])
                self._report.add(record, Flaw.CONFLICT, reason, title=facts.title, year=facts.year)
            else:
                kept.append(ref)
        return replace(facts, refs=tuple(kept))


def _refs(value: FilmRow | DetailRow | None) -> tuple[TitleRef, ...]:
    if isinstance(value, FilmRow):
        return value.facts.refs
    return (value.ref,) if value else ()
