"""Small made-up catalogues and people for the engine's tests."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from engine.catalogue import Catalogue, CatalogueItem, build_catalogue
from engine.features import compute_features
from engine.interactions import Influence, Interaction, InteractionInput, build_interactions
from engine.profile import ProfileConfig, TasteProfile
from engine.profiling import build_profile
from engine.request import Resources
from engine.types import Domain, Kind, Vectors

# Fixed weights for tests of behaviour: learnt ones change with every training.
WEIGHTS = {"content": 0.5, "genre": 0.12, "people": 0.1, "keywords": 0.12, "quality": 0.15, "popularity": 0.18}
GENRES = ("Action", "Comedy", "Drama", "Horror", "Romance", "Science Fiction")
LANGUAGES = ("en", "fr", "ja")
DIMENSIONS = 16


@dataclass(frozen=True, slots=True)
class World:
    """A catalogue with its plain items and vectors, so that it can be built again in another order."""

    items: tuple[CatalogueItem, ...]
    vectors: Vectors
    resources: Resources

    @property
    def catalogue(self) -> Catalogue:
        return self.resources.catalogue

    def reordered(self, order: list[int]) -> World:
        """The same world with its items in another order."""
        return world_of([self.items[place] for place in order], self.vectors[order])

    def profile(self, given: InteractionInput, config: ProfileConfig | None = None) -> TasteProfile:
        interactions = build_interactions(self.catalogue, given)
        return build_profile(self.catalogue, self.resources.features, interactions, config)


def world_of(items: list[CatalogueItem], vectors: Vectors | None = None) -> World:
    """A world of given items; without vectors every item gets one of its own."""
    if vectors is None:
        vectors = unit_vectors(np.random.default_rng(len(items)), len(items))
    catalogue = build_catalogue(items, np.ascontiguousarray(vectors))
    return World(tuple(items), vectors, Resources(catalogue, compute_features(catalogue)))


@lru_cache(maxsize=64)
def random_world(seed: int, count: int = 120) -> World:
    """A varied catalogue: all kinds, gaps in the facts, duplicates, franchises, titles without a vector."""
    rng = np.random.default_rng(seed)
    items = [_item(rng, place) for place in range(count)]
    vectors = unit_vectors(rng, count)
    if count >= 20:
        vectors[count // 2 : count // 2 + 5] = vectors[:5]  # equal vectors: ties must be broken by id
        vectors[-3:] = 0.0
        vectors[-5] = np.nan  # a damaged vector counts as none
    return world_of(items, vectors)


def unit_vectors(rng: np.random.Generator, count: int) -> Vectors:
    vectors = rng.standard_normal((count, DIMENSIONS))
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)


def random_person(world: World, seed: int, watched: int = 25) -> InteractionInput:
    """A history with gaps, feedback, hides, skips and influences."""
    rng = np.random.default_rng(seed)
    ids = [int(item) for item in rng.permutation(world.catalogue.ids)]
    history = [_interaction(rng, item) for item in ids[:watched]]
    rest = ids[watched:]
    return InteractionInput(
        history=history,
        liked=rest[0:2],
        disliked=rest[2:4],
        seen=rest[4:6],
        hidden=[(rest[6], 3.0), (rest[7], 400.0)],
        skipped=[(rest[8], 4), (rest[9], 1)],
        influences=(
            Influence("genre", str(rng.choice(GENRES)), str(rng.choice(["boost", "suppress"]))),
            Influence("title", str(rest[10]), "block"),
            Influence("title", "²", "block"),
            Influence("person", "Actor 3", "block"),
        ),
    )


def _interaction(rng: np.random.Generator, item: int) -> Interaction:
    nan = float("nan")
    return Interaction(
        id=item,
        age_days=float(rng.choice([rng.uniform(0, 900), rng.uniform(0, 900), nan])),
        completion=float(rng.choice([nan, 0.1, 0.5, 0.95, 1.0])),
        plays=int(rng.integers(0, 4)),
        rating=float(rng.choice([nan, nan, 2.0, 6.0, 9.0])),
        hour=float(rng.choice([nan, 3.0, 14.0, 20.5])),
        wait_days=float(rng.choice([nan, 0.0, 60.0])),
        abandoned=bool(rng.random() < 0.15),
    )


def _item(rng: np.random.Generator, place: int) -> CatalogueItem:
    domain = Domain(str(rng.choice([*Domain])))
    franchise = int(rng.integers(0, 8))
    return CatalogueItem(
        id=1_000 + 7 * ((place * 37) % 997),
        name=f"Title {place} ({1950 + place % 70})",
        kind=Kind.MOVIE if domain is Domain.FILMS else Kind.SERIES,
        domain=domain,
        year=int(rng.choice([0, *range(1950, 2024)])),
        runtime=int(rng.choice([0, 25, 80, 95, 110, 150])),
        genres=tuple(str(name) for name in rng.choice(GENRES, size=int(rng.integers(0, 4)), replace=False)),
        keywords=tuple({f"keyword {int(code)}" for code in rng.integers(0, 30, size=4)}),
        directors=(f"Director {int(rng.integers(0, 20))}",),
        cast=tuple({f"Actor {int(code)}" for code in rng.integers(0, 40, size=3)}),
        language=str(rng.choice(["", *LANGUAGES])),
        countries=(str(rng.choice(["US", "FR", "JP"])),),
        votes=int(rng.choice([0, 3, 400, 5_000, 30_000])),
        vote_average=float(rng.uniform(3, 9.5)),
        popularity=float(rng.uniform(0, 50)),
        libraries=tuple(int(code) for code in rng.choice([1, 2, 3], size=int(rng.integers(0, 3)), replace=False)),
        minimum_age=int(rng.choice([-1, 0, 6, 12, 16, 18])),
        collection=f"Collection {franchise}" if franchise < 3 else "",
        collection_order=int(rng.integers(0, 5)),
    )
