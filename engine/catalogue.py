"""The catalogue as the engine sees it: one array per fact, one row per item."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from engine.columns import BitColumn, NameMatrix, encode
from engine.types import BoolArray, Domain, IntArray, Kind, Role, Vectors

UNKNOWN_AGE = -1
KINDS = tuple(Kind)
DOMAINS = tuple(Domain)


@dataclass(frozen=True, slots=True)
class CatalogueItem:
    """The facts of one item as plain values; empty, 0 or -1 mean "unknown"."""

    id: int  # stable outside the engine; decides ties
    name: str = ""  # as shown to people, e.g. "Alien (1979)"
    kind: Kind = Kind.MOVIE
    domain: Domain = Domain.FILMS
    year: int = 0
    runtime: int = 0  # minutes
    genres: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    directors: tuple[str, ...] = ()
    writers: tuple[str, ...] = ()
    cast: tuple[str, ...] = ()  # in billing order
    language: str = ""
    countries: tuple[str, ...] = ()
    votes: int = 0
    vote_average: float = 0.0  # 0-10
    popularity: float = 0.0
    libraries: tuple[int, ...] = ()
    minimum_age: int = UNKNOWN_AGE
    collection: str = ""
    collection_order: int = 0  # 1 first; 0: by year
    released_day: int = 0  # days since 1970-01-01
    added_day: int = 0


@dataclass(frozen=True, slots=True, repr=False)
class Catalogue:
    """All items, column by column. `row` means the dense index 0..n-1, `id` the stable one.

    Names within a column are sorted and ties are broken by id, so the order of the rows never shows in a ranking.
    """

    ids: IntArray  # (n,) unique
    names: tuple[str, ...]
    embeddings: Vectors  # (n, d), unit rows, or zero for "not embedded yet"; may be a read-only memory map
    kinds: npt.NDArray[np.uint8]  # place in KINDS
    domains: npt.NDArray[np.uint8]  # place in DOMAINS
    years: npt.NDArray[np.int16]  # 0: unknown
    runtimes: npt.NDArray[np.int32]  # minutes, 0: unknown
    genres: BitColumn
    countries: BitColumn
    libraries: BitColumn  # names are library ids as text
    languages: npt.NDArray[np.int16]  # place in language_names, -1: unknown
    language_names: tuple[str, ...]
    keywords: NameMatrix
    directors: NameMatrix
    writers: NameMatrix
    cast: NameMatrix
    votes: npt.NDArray[np.int64]
    vote_averages: npt.NDArray[np.float32]  # 0-10, 0 with no votes: unknown
    popularity: npt.NDArray[np.float32]
    minimum_ages: npt.NDArray[np.int8]  # -1: unknown
    collections: npt.NDArray[np.int32]  # place in collection_names, -1: none
    collection_names: tuple[str, ...]
    collection_orders: npt.NDArray[np.int32]
    released_days: npt.NDArray[np.int32]
    added_days: npt.NDArray[np.int32]
    sorted_ids: IntArray
    rows_by_id: IntArray

    def __len__(self) -> int:
        return len(self.ids)

    def rows(self, ids: Iterable[int]) -> IntArray:
        """The rows of those `ids` that are here, in the order given."""
        found = self.dense(ids)
        return found[found >= 0]

    def dense(self, ids: Iterable[int]) -> IntArray:
        """(len(ids),) the row of each id, -1 where the catalogue does not hold it."""
        wanted = np.fromiter(ids, dtype=np.int64)
        if not len(self):
            return np.full(len(wanted), -1, dtype=np.int64)
        places = np.minimum(np.searchsorted(self.sorted_ids, wanted), len(self) - 1)
        return np.asarray(np.where(self.sorted_ids[places] == wanted, self.rows_by_id[places], -1), dtype=np.int64)

    def row(self, item_id: int) -> int:
        """The row of one id. Raises: KeyError."""
        found = int(self.dense((item_id,))[0])
        if found < 0:
            raise KeyError(item_id)
        return found

    def in_libraries(self, libraries: Iterable[int]) -> BoolArray:
        """(n,) whether an item is in one of these libraries."""
        return self.libraries.has_any(str(library) for library in libraries)

    def has_language(self, languages: Iterable[str]) -> BoolArray:
        """(n,) whether an item's original language is one of these."""
        codes = [self.language_names.index(name) for name in languages if name in self.language_names]
        return np.isin(self.languages, codes)

    @property
    def in_any_library(self) -> BoolArray:
        """(n,) whether an item can be watched at all."""
        return self.libraries.filled

    def people(self, role: Role) -> NameMatrix:
        """Who took part in which role."""
        return {Role.DIRECTOR: self.directors, Role.WRITER: self.writers, Role.CAST: self.cast}[role]


def build_catalogue(items: Sequence[CatalogueItem], embeddings: npt.ArrayLike | None = None) -> Catalogue:
    """Lay out `items` in columns.

    `embeddings` is (n, d) float32, row by row like `items`, and taken as it is (no copy of a memory map); rows are
    expected to have unit length or to be zero; rows that are no numbers count as not embedded. Without it every item
    has an empty vector.
    Raises: ValueError when ids repeat or the vectors do not fit.
    """
    ids = np.fromiter((item.id for item in items), dtype=np.int64, count=len(items))
    order = np.argsort(ids, kind="stable")
    if len(ids) > 1 and not np.all(np.diff(ids[order]) > 0):
        raise ValueError("Two items of the catalogue share an id.")
    vectors = np.zeros((len(items), 1), dtype=np.float32) if embeddings is None else np.asarray(embeddings)
    if vectors.ndim != 2 or vectors.shape[0] != len(items) or vectors.dtype != np.float32:
        raise ValueError("The embeddings must be float32 with one row per item.")
    if not np.isfinite(vectors.sum()):
        vectors = np.where(np.isfinite(vectors).all(axis=1, keepdims=True), vectors, np.float32(0.0))
    languages, language_names = _codes([item.language for item in items])
    collections, collection_names = _codes([item.collection for item in items])
    return Catalogue(
        ids=ids,
        names=tuple(item.name for item in items),
        embeddings=vectors,
        kinds=np.array([KINDS.index(item.kind) for item in items], dtype=np.uint8),
        domains=np.array([DOMAINS.index(item.domain) for item in items], dtype=np.uint8),
        years=_integers([item.year for item in items], np.int16),
        runtimes=_integers([item.runtime for item in items], np.int32),
        genres=BitColumn.build([item.genres for item in items]),
        countries=BitColumn.build([item.countries for item in items]),
        libraries=BitColumn.build([tuple(map(str, item.libraries)) for item in items]),
        languages=languages.astype(np.int16),
        language_names=language_names,
        keywords=NameMatrix.build([item.keywords for item in items]),
        directors=NameMatrix.build([item.directors for item in items]),
        writers=NameMatrix.build([item.writers for item in items]),
        cast=NameMatrix.build([item.cast for item in items]),
        votes=np.array([max(0, item.votes) for item in items], dtype=np.int64),
        vote_averages=_ratings([item.vote_average for item in items]),
        popularity=_amounts([item.popularity for item in items]),
        minimum_ages=_integers([item.minimum_age for item in items], np.int8),
        collections=collections.astype(np.int32),
        collection_names=collection_names,
        collection_orders=_integers([item.collection_order for item in items], np.int32),
        released_days=_integers([item.released_day for item in items], np.int32),
        added_days=_integers([item.added_day for item in items], np.int32),
        sorted_ids=ids[order],
        rows_by_id=order.astype(np.int64),
    )


def _codes(values: Sequence[str]) -> tuple[IntArray, tuple[str, ...]]:
    """One optional name per item: its place among the sorted names, -1 for none."""
    rows, codes, names = encode([(value,) if value else () for value in values])
    result = np.full(len(values), -1, dtype=np.int64)
    result[rows] = codes
    return result, names


def _integers(values: Sequence[int], dtype: npt.DTypeLike) -> npt.NDArray[np.signedinteger]:
    """Numbers from outside, clipped to what the column can hold."""
    limits = np.iinfo(np.dtype(dtype))
    return np.clip(np.array(values, dtype=np.int64), limits.min, limits.max).astype(dtype)


def _ratings(values: Sequence[float]) -> npt.NDArray[np.float32]:
    return np.clip(_amounts(values), 0.0, 10.0)


def _amounts(values: Sequence[float]) -> npt.NDArray[np.float32]:
    """Amounts from outside: what is no number or below zero counts as 0."""
    amounts = np.nan_to_num(np.array(values, dtype=np.float64), nan=0.0, posinf=0.0, neginf=0.0)
    return np.maximum(amounts, 0.0).astype(np.float32)
