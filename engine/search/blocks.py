"""The arrays behind the title index: folded names in sorted order, their hashes and their trigrams."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from hashlib import blake2b
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.search.folding import STRICT_ARTICLES, fold, fold_umlauts, without_article
from engine.search.trigrams import TrigramIndex

_KINDS = ("", "movie", "series")
_MAX_VOTES = 3_000_000.0  # the scale of fame is fixed, not a block's own maximum, so that blocks compare


class Form(IntEnum):
    """What a name is to its title; the lower, the nearer."""

    MAIN = 0
    ALIAS = 1
    SPELLED = 2  # "ae" for "ä", or without an article that can be nothing else
    SHORTENED = 3  # without an article that may be another word ("Die Hard")


@dataclass(frozen=True, slots=True)
class TitleEntry:
    """A title as the index wants it: all its names (the main one first), and what tells it from namesakes."""

    item: int
    names: tuple[str, ...]
    year: int | None = None
    votes: int = 0
    kind: str = ""  # "movie", "series" or unknown


class _Columns(NamedTuple):
    """What a block holds beside the names, row by row."""

    items: NDArray[np.int64]
    years: NDArray[np.int16]
    votes: NDArray[np.int32]
    kinds: NDArray[np.uint8]
    forms: NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class NameBlock:
    """Names sorted by their folded form; a row is a place in that order.

    A name without its article, or with "ae" for "ä", answers exact and prefix questions alone.
    """

    text: bytes
    starts: NDArray[np.int64]  # (size + 1,) where each name begins in `text`
    items: NDArray[np.int64]
    years: NDArray[np.int16]  # 0 where unknown
    kinds: NDArray[np.uint8]
    fame: NDArray[np.float32]  # 0-1, of the votes
    votes: NDArray[np.int32]
    forms: NDArray[np.uint8]
    hashes: NDArray[np.int64]  # sorted
    hashed_rows: NDArray[np.int32]  # the row of each hash
    trigrams: TrigramIndex
    trigram_rows: NDArray[np.int32]  # trigram rows -> rows (derived names are left out)

    @classmethod
    def build(cls, entries: Iterable[TitleEntry]) -> NameBlock:
        """Fold and sort all names; names without a single letter or digit are left out."""
        keys: list[bytes] = []
        owners: list[int] = []
        forms: list[int] = []
        items: list[int] = []
        facts: list[tuple[int, int, int]] = []
        for entry in entries:
            for key, form in _keys(entry.names).items():
                keys.append(key.encode())
                owners.append(len(items))
                forms.append(form)
            items.append(entry.item)
            facts.append((entry.year or 0, entry.votes, _KINDS.index(entry.kind) if entry.kind in _KINDS else 0))
        owner = np.asarray(owners, dtype=np.int64)
        table = np.asarray(facts, dtype=np.int64).reshape(-1, 3)[owner]
        columns = _Columns(
            items=np.asarray(items, dtype=np.int64)[owner],
            years=table[:, 0].astype(np.int16),
            votes=np.minimum(table[:, 1], 2**31 - 1).astype(np.int32),
            kinds=table[:, 2].astype(np.uint8),
            forms=np.asarray(forms, dtype=np.uint8),
        )
        return cls._assemble(keys, columns)

    @classmethod
    def merge(cls, blocks: Sequence[NameBlock], keep: Sequence[NDArray[np.bool_]]) -> NameBlock:
        """One block of the kept rows of several."""
        keys = [
            block.name_bytes(int(row)) for block, kept in zip(blocks, keep, strict=True) for row in np.flatnonzero(kept)
        ]
        columns = (
            np.concatenate([getattr(block, name)[kept] for block, kept in zip(blocks, keep, strict=True)])
            for name in _Columns._fields
        )
        return cls._assemble(keys, _Columns(*columns))

    @classmethod
    def _assemble(cls, keys: list[bytes], columns: _Columns) -> NameBlock:
        order = np.asarray(sorted(range(len(keys)), key=keys.__getitem__), dtype=np.int64)
        keys = [keys[place] for place in order.tolist()]
        starts = np.zeros(len(keys) + 1, dtype=np.int64)
        np.cumsum(np.fromiter((len(key) for key in keys), dtype=np.int64, count=len(keys)), out=starts[1:])
        hashes = np.fromiter(map(_hash, keys), dtype=np.int64, count=len(keys))
        by_hash = np.argsort(hashes, kind="stable")
        originals = np.flatnonzero(columns.forms[order] <= Form.ALIAS)
        fame = np.minimum(np.log1p(columns.votes.astype(np.float64)) / np.log1p(_MAX_VOTES), 1.0).astype(np.float32)
        return cls(
            text=b"".join(keys),
            starts=starts,
            items=columns.items[order],
            years=columns.years[order],
            kinds=columns.kinds[order],
            fame=fame[order],
            votes=columns.votes[order],
            forms=columns.forms[order],
            hashes=hashes[by_hash],
            hashed_rows=by_hash.astype(np.int32),
            trigrams=TrigramIndex.build([keys[row] for row in originals.tolist()]),
            trigram_rows=originals.astype(np.int32),
        )

    @property
    def size(self) -> int:
        """How many names, derived ones included."""
        return len(self.items)

    def name_bytes(self, row: int) -> bytes:
        """The folded name of a row, UTF-8."""
        return self.text[self.starts[row] : self.starts[row + 1]]

    def name(self, row: int) -> str:
        """The folded name of a row."""
        return self.name_bytes(row).decode()

    def kind(self, row: int) -> str:
        """ "movie", "series" or empty."""
        return _KINDS[self.kinds[row]]

    def exact(self, folded: str) -> NDArray[np.int64]:
        """Rows of exactly this name, with the article dropped on either side."""
        bare = without_article(folded)
        return self._rows_of([folded, bare] if bare else [folded])

    def strict(self, folded: str) -> NDArray[np.int64]:
        """Rows of exactly this name; an article may be missing on one side if it can be nothing else."""
        bare = without_article(folded, STRICT_ARTICLES)
        rows = self._rows_of([folded, bare] if bare else [folded])
        return np.asarray(rows[self.forms[rows] != Form.SHORTENED])

    def exact_any(self, foldeds: Sequence[str]) -> NDArray[np.int64]:
        """Rows whose name is any of these, without regard to articles."""
        return self._rows_of(foldeds)

    def knows(self, foldeds: Sequence[str]) -> NDArray[np.bool_]:
        """Whether each is a name here (by hash)."""
        wanted = np.fromiter((_hash(folded.encode()) for folded in foldeds), dtype=np.int64, count=len(foldeds))
        if not self.size:
            return np.zeros(len(foldeds), dtype=bool)
        places = np.minimum(np.searchsorted(self.hashes, wanted), self.size - 1)
        return np.asarray(self.hashes[places] == wanted)

    def _rows_of(self, foldeds: Sequence[str]) -> NDArray[np.int64]:
        known = self.knows(foldeds)
        rows: list[int] = []
        for place in np.flatnonzero(known).tolist():
            key = foldeds[place].encode()
            value = _hash(key)
            first = int(np.searchsorted(self.hashes, value))
            last = int(np.searchsorted(self.hashes, value, side="right"))
            rows += [row for row in self.hashed_rows[first:last].tolist() if self.name_bytes(row) == key]
        return np.asarray(rows, dtype=np.int64)

    def prefixed(self, folded: str, limit: int) -> NDArray[np.int64]:
        """The best-known rows whose name begins like this."""
        key = folded.encode()
        first = bisect_left(range(self.size), key, key=self.name_bytes)
        last = bisect_left(range(self.size), key + b"\xff", lo=first, key=self.name_bytes)
        if last - first <= limit:
            return np.arange(first, last, dtype=np.int64)
        return first + np.argpartition(-self.votes[first:last], limit)[:limit].astype(np.int64)

    def similar(self, folded: str, limit: int) -> NDArray[np.int64]:
        """Rows that share most trigrams with this."""
        return self.trigram_rows[self.trigrams.candidates(folded.encode(), limit)].astype(np.int64)


def _keys(names: tuple[str, ...]) -> dict[str, Form]:
    """Folded names of a title, and what each is to it."""
    keys: dict[str, Form] = {}
    for place, name in enumerate(names):
        if folded := fold(name):
            keys.setdefault(folded, Form.ALIAS if place else Form.MAIN)
        if not name.isascii() and (spelled := fold_umlauts(name)):
            keys.setdefault(spelled, Form.SPELLED)
    for key in tuple(keys):
        if bare := without_article(key):
            certain = without_article(key, STRICT_ARTICLES) is not None
            keys.setdefault(bare, Form.SPELLED if certain else Form.SHORTENED)
    return keys


def _hash(key: bytes) -> int:
    """64 bits that mean the same in every process: blocks are kept over restarts, and Python's own hash is salted."""
    return int.from_bytes(blake2b(key, digest_size=8).digest(), "little", signed=True)
