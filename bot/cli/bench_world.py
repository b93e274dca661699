"""A made-up catalogue of any size, with a household that watches it: what `recommendarr bench` measures on.

Names, genres, people and votes are spread as in real catalogues (few are common, many are rare); vectors lie around a
few hundred themes. Everything is drawn from a seed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.catalogue import Catalogue, CatalogueItem, build_catalogue
from engine.features import CatalogueFeatures, compute_features
from engine.interactions import Interaction, InteractionInput, Interactions, build_interactions
from engine.request import Resources
from engine.scoring.community import Past, learn_community
from engine.scoring.knowledge import Knowledge, gather
from engine.search.blocks import TitleEntry
from engine.search.keywords import KeywordDocument

TODAY = 20_000.0  # days since 1970-01-01
_DIMENSIONS = 384
_THEMES = 300
_HISTORY = 200  # titles each person knows
_BLOCK = 50_000
_GENRES = tuple(f"Genre {number}" for number in range(18))
_SYLLABLES = tuple(first + second for first in ("b", "r", "l", "d", "m", "v", "sh", "t", "k", "") for second in "aeio")


@dataclass(frozen=True, slots=True)
class World:
    """A catalogue with everything that is computed once, and the histories of a household."""

    catalogue: Catalogue
    features: CatalogueFeatures
    knowledge: Knowledge
    people: tuple[Interactions, ...]

    @property
    def resources(self) -> Resources:
        """What a request rests on."""
        return Resources(self.catalogue, self.features, self.knowledge.scorers(TODAY), self.knowledge.people)


def build_world(size: int, people: int, seed: int = 0) -> World:
    """A world of `size` titles. Takes about a minute and 8 GiB at a million."""
    generator = np.random.default_rng(seed)
    words = _words(generator)
    catalogue = build_catalogue(_items(generator, size, words), _vectors(generator, size))
    histories = [_history(generator, catalogue) for _ in range(people)]
    pasts = [Past(person.items, person.rating >= 8.0, TODAY - person.age_days) for person in histories]
    knowledge = gather(catalogue, learn_community(pasts, size))
    return World(catalogue, compute_features(catalogue), knowledge, tuple(histories))


def title_entries(catalogue: Catalogue) -> list[TitleEntry]:
    """The titles for the index of names."""
    return [
        TitleEntry(int(item), (name.rpartition(" (")[0],), int(year), int(votes), "movie")
        for item, name, year, votes in zip(
            catalogue.ids, catalogue.names, catalogue.years, catalogue.votes, strict=True
        )
    ]


def keyword_documents(catalogue: Catalogue, seed: int = 0) -> list[KeywordDocument]:
    """The titles with plots of about sixty words."""
    generator = np.random.default_rng(seed)
    words = np.array(_words(generator))
    documents = []
    for row, item in enumerate(catalogue.ids):
        plot = " ".join(words[_common(generator, 60, len(words))])
        title = catalogue.names[row].rpartition(" (")[0]
        documents.append(KeywordDocument(int(item), (title,), plot, catalogue.keywords.of(row), (), ()))
    return documents


def _words(generator: np.random.Generator, count: int = 20_000) -> list[str]:
    """Made-up words of two to four syllables, the common ones first."""
    found: dict[str, None] = {}
    while len(found) < count:
        found["".join(generator.choice(_SYLLABLES, size=int(generator.integers(2, 5))))] = None
    return list(found)


def _common(generator: np.random.Generator, size: int, limit: int) -> NDArray[np.int64]:
    """Places below `limit`, small ones far more often (Zipf's law, nearly)."""
    return np.minimum((limit ** generator.random(size)).astype(np.int64), limit) - 1


def _vectors(generator: np.random.Generator, size: int) -> NDArray[np.float32]:
    themes = generator.standard_normal((_THEMES, _DIMENSIONS)).astype(np.float32)
    vectors = np.empty((size, _DIMENSIONS), dtype=np.float32)
    for start in range(0, size, _BLOCK):
        count = min(_BLOCK, size - start)
        block = themes[generator.integers(0, _THEMES, size=count)]
        block = block + 1.2 * generator.standard_normal((count, _DIMENSIONS), dtype=np.float32)
        vectors[start : start + count] = block / np.linalg.norm(block, axis=1, keepdims=True)
    return vectors


def _items(generator: np.random.Generator, size: int, words: Sequence[str]) -> list[CatalogueItem]:
    years = 2024 - np.minimum(generator.exponential(18.0, size), 90.0).astype(np.int64)
    votes = np.exp(generator.normal(4.5, 2.2, size)).astype(np.int64)
    averages = np.clip(generator.normal(6.4, 1.0, size), 1.0, 9.5)
    title = _common(generator, 3 * size, len(words)).reshape(size, 3)
    genres = _common(generator, 2 * size, len(_GENRES)).reshape(size, 2)
    people = _common(generator, 5 * size, max(1_000, size)).reshape(size, 5)
    keywords = _common(generator, 6 * size, 8_000).reshape(size, 6)
    return [
        CatalogueItem(
            id=row + 1,
            name=f"{' '.join(words[place] for place in title[row])} ({years[row]})",
            year=int(years[row]),
            runtime=100,
            genres=tuple({_GENRES[place] for place in genres[row]}),
            keywords=tuple({f"keyword {place}" for place in keywords[row]}),
            directors=(f"Director {people[row, 0]}",),
            cast=tuple({f"Actor {place}" for place in people[row, 1:]}),
            language="en",
            votes=int(votes[row]),
            vote_average=float(averages[row]),
            popularity=float(votes[row]) / 100.0,
            libraries=(1,),
            minimum_age=12,
        )
        for row in range(size)
    ]


def _history(generator: np.random.Generator, catalogue: Catalogue) -> Interactions:
    """Somebody who likes two themes and knows what is well known."""
    taste = catalogue.embeddings[generator.integers(0, len(catalogue), size=2)]
    famous = np.log1p(catalogue.votes.astype(np.float64)) / 10.0
    liking = np.max(catalogue.embeddings @ taste.T, axis=1) + famous + generator.gumbel(0.0, 0.15, len(catalogue))
    rows = np.argpartition(-liking, _HISTORY)[:_HISTORY]
    entries = [
        Interaction(
            int(catalogue.ids[row]),
            age_days=float(place),
            completion=1.0,
            rating=float(np.clip(generator.normal(7.0, 1.5), 1.0, 10.0)),
        )
        for place, row in enumerate(generator.permutation(rows))
    ]
    return build_interactions(catalogue, InteractionInput(history=entries))
