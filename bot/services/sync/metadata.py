"""What the metadata service knows of titles that matter: facts, trailers, seasons, and which titles belong together.

An answer is kept for seven days. Titles that are named with a watched one join the catalogue, in no library, so that
they can be suggested as wishes.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.errors import RecommendarrError
from bot.model.titles import DEFAULT_SOURCE, Title, TitleFacts, TitleRef
from bot.ports.metadata import Details, MetadataSource
from bot.ports.storage import UnitOfWork, UnitOfWorkFactory
from bot.ports.storage_sync import Relation, TitleMetadata
from bot.services.sync.facts import metadata_facts
from bot.services.sync.sources import METADATA
from bot.services.sync.summary import Progress, StageResult, Tally

STAGE = "metadata"
LASTS = timedelta(days=7)
NAMED = 40  # similar titles kept of each, and as many recommended ones
_PAGE = 40  # titles asked for and stored together
_AT_ONCE = 8
_FOUND_BY = ("imdb", "tvdb")


@dataclass(frozen=True, slots=True)
class _Answer:
    """`related`: whether all titles that it names were asked for."""

    title: Title
    related: bool
    details: Details | None = None
    error: RecommendarrError | None = None


class MetadataStage:
    """Asks for what is due, a page per transaction."""

    def __init__(self, uow: UnitOfWorkFactory) -> None:
        self._uow = uow

    async def run(
        self, source: MetadataSource, locales: Sequence[str], now: datetime, progress: Progress
    ) -> StageResult:
        """Ask for everything that is due. Raises: Unavailable, Rejected; what was answered until then is kept."""
        tally = Tally(progress, METADATA, STAGE)
        after = 0
        while True:
            async with self._uow() as uow:
                due = await uow.metadata.due(now - LASTS, locales, after=after, limit=_PAGE)
                titles = await uow.titles.get(due)
                watched = await uow.metadata.watched(due)
            if not due:
                return tally.result()
            after = due[-1]
            slots = asyncio.Semaphore(_AT_ONCE)
            answers = await asyncio.gather(
                *(_ask(source, title, locales, slots, related=title.id in watched) for title in titles)
            )
            kept = [answer for answer in answers if answer.error is None]
            if kept:
                async with self._uow() as uow:
                    await _store(uow, kept, locales, now, tally)
                    await uow.commit()
            tally.tell(len(kept))
            for answer in answers:
                if answer.error is not None:
                    raise answer.error


async def _ask(
    source: MetadataSource, title: Title, locales: Sequence[str], slots: asyncio.Semaphore, *, related: bool
) -> _Answer:
    """One title; an error is kept, so that the answers of the others are not lost."""
    refs = title.facts.refs
    try:
        async with slots:
            own = next((ref for ref in refs if ref.source == DEFAULT_SOURCE), None)
            for other in (ref for by in _FOUND_BY for ref in refs if ref.source == by):
                own = own or await source.find(other)
            details = await source.details(own, locales=locales, related=related) if own else None
            return _Answer(title, related, details)
    except RecommendarrError as error:
        return _Answer(title, related, error=error)


async def _store(
    uow: UnitOfWork, answers: Sequence[_Answer], locales: Sequence[str], now: datetime, tally: Tally
) -> None:
    found = [(answer.title, answer.details) for answer in answers if answer.details is not None]
    foreign = await _foreign(uow, [(title, details.facts) for title, details in found])
    said = [metadata_facts(title.facts, details.facts, foreign.get(title.id, ())) for title, details in found]
    ids = await uow.titles.upsert(said)
    # A title that was watched only meanwhile is asked for again: not everything that it names has been told.
    asked = {answer.title.id for answer in answers if answer.related}
    pairs = zip(ids, found, strict=True)
    watched = {title_id for title_id, (title, _) in pairs if title.id in asked}
    told: dict[int, TitleMetadata] = {
        answer.title.id: TitleMetadata(answer.title.id, now, tuple(locales), found=False)
        for answer in answers
        if answer.details is None
    }
    for title_id, (_title, details) in zip(ids, found, strict=True):
        linked = title_id in watched
        told[title_id] = TitleMetadata(
            title_id, now, tuple(locales), True, linked, details.trailers, details.seasons, details.providers
        )
    # A title of this page may have become one with another.
    stored = {title.id for title in await uow.titles.get(sorted(told))}
    await uow.metadata.put([each for title_id, each in told.items() if title_id in stored])
    for title_id, (title, details) in zip(ids, found, strict=True):
        if title.id in asked:
            await _link(uow, title_id, details, tally)
    tally.change("described", len(found))
    tally.change("unknown", len(answers) - len(found))


async def _foreign(uow: UnitOfWork, told: Sequence[tuple[Title, TitleFacts]]) -> Mapping[int, frozenset[TitleRef]]:
    """References that belong to a title with another id of the main source: two titles are not one."""
    owners = await uow.titles.by_refs({ref for _title, facts in told for ref in facts.refs})
    others = {title.id: title for title in await uow.titles.get(sorted(set(owners.values())))}
    foreign: dict[int, frozenset[TitleRef]] = {}
    for title, facts in told:
        own = _main(facts) or _main(title.facts)
        foreign[title.id] = frozenset(
            ref
            for ref in facts.refs
            if (owner := others.get(owners.get(ref, title.id))) is not None
            and owner.id != title.id
            and _main(owner.facts) not in (None, own)
        )
    return foreign


def _main(facts: TitleFacts) -> TitleRef | None:
    return next((ref for ref in facts.refs if ref.source == DEFAULT_SOURCE), None)


async def _link(uow: UnitOfWork, title_id: int, details: Details, tally: Tally) -> None:
    """Keep which titles are named with this one; those that nobody knew join the catalogue."""
    named = {
        Relation.SIMILAR: [facts for facts in details.similar if facts.refs][:NAMED],
        Relation.RECOMMENDED: [facts for facts in details.recommendations if facts.refs][:NAMED],
    }
    everything = [facts for some in named.values() for facts in some]
    known = await uow.titles.by_refs({ref for facts in everything for ref in facts.refs})
    new = [facts for facts in everything if not any(ref in known for ref in facts.refs)]
    if new:
        tally.change("joined", len(set(await uow.titles.upsert(new))))
        known = await uow.titles.by_refs({ref for facts in everything for ref in facts.refs})
    for relation, some in named.items():
        others = [next(known[ref] for ref in facts.refs if ref in known) for facts in some]
        before = (await uow.metadata.linked([title_id], relation)).get(title_id, [])
        if list(dict.fromkeys(other for other in others if other != title_id)) != list(before):
            await uow.metadata.link(title_id, relation, others)
