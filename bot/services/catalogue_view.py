"""One consistent state of the catalogue, and how it is made from stored titles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

import numpy as np

from bot.model.members import Clearance
from bot.model.titles import DEFAULT_SOURCE, Kind, Role, Title
from bot.ports.ai import VectorSnapshot
from bot.services.title_matching import title_entry
from engine.catalogue import Catalogue, CatalogueItem, build_catalogue
from engine.features import CatalogueFeatures, compute_features
from engine.request import Resources
from engine.search.blocks import TitleEntry
from engine.search.keywords import KeywordDocument, KeywordIndex
from engine.search.parsing import MoodParser
from engine.search.people import PeopleIndex
from engine.search.titles import TitleIndex
from engine.types import BoolArray, IntArray, Vectors

_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class CatalogueView:
    """One consistent state of the catalogue; the items of `index` are title ids."""

    version: int
    generation: str | None  # of the vectors; None: nothing is embedded yet
    key: str  # names this state of the catalogue, for what is kept on the shelf
    resources: Resources
    index: TitleIndex
    words: KeywordIndex
    parser: MoodParser
    tmdb_ids: IntArray  # (n,) of films; 0: unknown, or a series
    episodes: dict[int, int]  # series' title id → number of episodes, where known
    added: Mapping[int, datetime]  # title id → when it came into a library

    @property
    def catalogue(self) -> Catalogue:
        """The engine's arrays."""
        return self.resources.catalogue

    def allowed(self, clearance: Clearance) -> BoolArray:
        """(n,) whether each item may be shown to somebody with this clearance, listed in a library or not.

        Titles without a known age rating do not pass an age limit.
        """
        catalogue = self.catalogue
        if clearance.libraries is None:
            allowed = catalogue.in_any_library.copy()
        else:
            allowed = catalogue.in_libraries(clearance.libraries).copy()
        if clearance.unlisted:
            allowed |= ~catalogue.in_any_library
        if clearance.age_limit is not None:
            ages = catalogue.minimum_ages
            allowed &= (ages >= 0) & (ages <= clearance.age_limit)
        return allowed


@dataclass(frozen=True, slots=True)
class CatalogueMaterial:
    """What is costly to make of a catalogue, and can be kept on a shelf. `catalogue` has no vectors in it."""

    catalogue: Catalogue
    features: CatalogueFeatures
    index: TitleIndex
    words: KeywordIndex
    people: PeopleIndex
    tmdb_ids: IntArray
    episodes: dict[int, int]
    added: dict[int, datetime]

    def view(self, version: int, key: str, snapshot: VectorSnapshot | None) -> CatalogueView:
        """The view of this material, named `key`, with the vectors it was made with."""
        catalogue = self.catalogue
        if snapshot is not None:
            catalogue = replace(catalogue, embeddings=aligned(catalogue.ids, snapshot))
        return CatalogueView(
            version=version,
            generation=snapshot.generation if snapshot else None,
            key=key,
            resources=Resources(catalogue, self.features),
            index=self.index,
            words=self.words,
            parser=MoodParser.build(self.index, self.people, self.words.has_keyword),
            tmdb_ids=self.tmdb_ids,
            episodes=self.episodes,
            added=self.added,
        )


@dataclass(slots=True)
class TitleDrafts:
    """Titles on their way into a view, taken in batch by batch."""

    added: Mapping[int, datetime]
    items: list[CatalogueItem] = field(default_factory=list)
    entries: list[TitleEntry] = field(default_factory=list)
    documents: list[KeywordDocument] = field(default_factory=list)
    tmdb_ids: list[int] = field(default_factory=list)
    episodes: dict[int, int] = field(default_factory=dict)

    def take(self, titles: Sequence[Title]) -> None:
        """Take in a batch."""
        self.items += [_item(title, self.added.get(title.id)) for title in titles]
        self.entries += [title_entry(title) for title in titles]
        self.documents += [_document(title) for title in titles]
        self.tmdb_ids += [_tmdb_id(title) for title in titles]
        self.episodes |= {title.id: title.facts.episodes for title in titles if title.facts.episodes}

    def finish(self, snapshot: VectorSnapshot | None) -> CatalogueMaterial:
        """Lay everything out; seconds for tens of thousands of titles. The drafts are used up."""
        index = TitleIndex.build(self.entries)
        self.entries.clear()
        words = KeywordIndex.build(self.documents).sealed()
        self.documents.clear()
        people = PeopleIndex.build(_fame(self.items))
        ids = np.fromiter((item.id for item in self.items), dtype=np.int64, count=len(self.items))
        catalogue = build_catalogue(self.items, None if snapshot is None else aligned(ids, snapshot))
        self.items.clear()
        features = compute_features(catalogue)
        bare = replace(catalogue, embeddings=np.zeros((len(catalogue), 1), dtype=np.float32))
        tmdb_ids = np.array(self.tmdb_ids, dtype=np.int64)
        return CatalogueMaterial(bare, features, index, words, people, tmdb_ids, self.episodes, dict(self.added))


def _fame(items: Sequence[CatalogueItem]) -> dict[str, int]:
    """Everybody who took part in something, with the votes of what they took part in."""
    fame: dict[str, int] = defaultdict(int)
    for item in items:
        for name in {*item.directors, *item.writers, *item.cast}:
            fame[name] += item.votes
    return dict(fame)


def aligned(ids: IntArray, snapshot: VectorSnapshot) -> Vectors:
    """The snapshot's rows in the order of the ids: the memory map itself if they agree, else a copy with gaps."""
    if np.array_equal(ids, snapshot.title_ids):
        return snapshot.vectors
    vectors = np.zeros((len(ids), snapshot.embedder.dimensions), dtype=np.float32)
    _, here, there = np.intersect1d(ids, snapshot.title_ids, assume_unique=True, return_indices=True)
    vectors[here] = snapshot.vectors[there]
    return vectors


def _item(title: Title, added: datetime | None) -> CatalogueItem:
    facts = title.facts
    return CatalogueItem(
        id=title.id,
        name=title.name,
        kind=facts.kind,
        domain=facts.domain,
        year=facts.year or 0,
        runtime=facts.runtime or 0,
        genres=facts.genres,
        keywords=facts.keywords,
        directors=_people(title, Role.DIRECTOR),
        writers=_people(title, Role.WRITER),
        cast=_people(title, Role.CAST),
        language=facts.language or "",
        countries=facts.countries,
        votes=facts.vote_count or 0,
        vote_average=facts.vote_average or 0.0,
        popularity=facts.popularity or 0.0,
        libraries=tuple(sorted(title.libraries)),
        minimum_age=-1 if facts.minimum_age is None else facts.minimum_age,
        collection=facts.collection or "",
        collection_order=facts.collection_order or 0,
        released_day=(facts.released - _EPOCH).days if facts.released else 0,
        added_day=(added.date() - _EPOCH).days if added else 0,
    )


def _people(title: Title, role: Role) -> tuple[str, ...]:
    credits = sorted((credit for credit in title.facts.credits if credit.role is role), key=lambda c: c.order)
    return tuple(dict.fromkeys(credit.name for credit in credits))


def _tmdb_id(title: Title) -> int:
    """The TMDB id of a film, 0 for anything else."""
    ids = [ref.value for ref in title.facts.refs if ref.kind is Kind.MOVIE and ref.source == DEFAULT_SOURCE]
    return int(ids[0]) if ids and ids[0].isdigit() else 0


def _document(title: Title) -> KeywordDocument:
    facts = title.facts
    return KeywordDocument(
        item=title.id,
        titles=tuple(dict.fromkeys(name for name in (facts.title, facts.original_title or "") if name)),
        plot=f"{facts.tagline} {facts.overview}".strip(),
        keywords=facts.keywords,
        people=tuple(dict.fromkeys(credit.name for credit in facts.credits)),
        genres=facts.genres,
    )
