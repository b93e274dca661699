"""Sets of names per item, as bit masks (few names: genres, countries) or as a sparse matrix (many: keywords)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

from engine.types import BoolArray, IntArray, SparseMatrix

_WORD = 64


@dataclass(frozen=True, slots=True)
class BitColumn:
    """For each item the set of its names, packed into 64-bit words; `names` is sorted."""

    names: tuple[str, ...]
    words: npt.NDArray[np.uint64]  # (n_items, n_words)

    @classmethod
    def build(cls, values: Sequence[Iterable[str]]) -> BitColumn:
        """Pack one set of names per item."""
        rows, codes, names = encode(values)
        words = np.zeros((len(values), max(1, -(-len(names) // _WORD))), dtype=np.uint64)
        bits = np.left_shift(np.uint64(1), (codes % _WORD).astype(np.uint64))
        np.bitwise_or.at(words, (rows, codes // _WORD), bits)
        return cls(names, words)

    def mask(self, names: Iterable[str]) -> npt.NDArray[np.uint64]:
        """The (n_words,) mask of those `names` that exist here."""
        wanted = set(names)
        result = np.zeros(self.words.shape[1], dtype=np.uint64)
        for code, name in enumerate(self.names):
            if name in wanted:
                result[code // _WORD] |= np.uint64(1) << np.uint64(code % _WORD)
        return result

    def has_any(self, names: Iterable[str]) -> BoolArray:
        """(n_items,) whether an item has one of `names`."""
        mask = self.mask(names)
        result = np.zeros(len(self.words), dtype=np.bool_)
        for word in np.flatnonzero(mask):  # column by column: reducing over a short axis is slow
            result |= (self.words[:, word] & mask[word]) != 0
        return result

    @property
    def filled(self) -> BoolArray:
        """(n_items,) whether an item has any name at all."""
        result = np.zeros(len(self.words), dtype=np.bool_)
        for word in range(self.words.shape[1]):
            result |= self.words[:, word] != 0
        return result

    def has_all(self, names: Iterable[str]) -> BoolArray:
        """(n_items,) whether an item has all of `names`; a name that nobody has matches nothing."""
        wanted = set(names)
        if not wanted <= set(self.names):
            return np.zeros(len(self.words), dtype=np.bool_)
        mask = self.mask(wanted)
        return np.asarray(((self.words & mask) == mask).all(axis=1))

    def of(self, row: int) -> tuple[str, ...]:
        """The names of one item, sorted."""
        words = self.words[row]
        return tuple(name for code, name in enumerate(self.names) if int(words[code // _WORD]) >> (code % _WORD) & 1)

    def matrix(self) -> SparseMatrix:
        """(n_items, n_names) float32 of ones."""
        flags = np.unpackbits(self.words.astype("<u8").view(np.uint8), axis=1, bitorder="little")
        return csr_array(flags[:, : len(self.names)].astype(np.float32))


@dataclass(frozen=True, slots=True)
class NameMatrix:
    """For each item the names it has, as rows of a sparse matrix of ones; `names` is sorted."""

    names: tuple[str, ...]
    values: SparseMatrix  # (n_items, n_names) float32

    @classmethod
    def build(cls, values: Sequence[Iterable[str]]) -> NameMatrix:
        """Turn one set of names per item into a row each."""
        rows, codes, names = encode(values)
        ones = np.ones(len(rows), dtype=np.float32)
        shape = (len(values), len(names))
        matrix = csr_array((ones, (rows.astype(np.int32), codes.astype(np.int32))), shape=shape)
        matrix.sum_duplicates()
        matrix.data[:] = 1.0
        return cls(names, matrix)

    def code(self, name: str) -> int | None:
        """The column of a name, or None."""
        low = int(np.searchsorted(np.asarray(self.names, dtype=object), name)) if self.names else 0
        return low if low < len(self.names) and self.names[low] == name else None

    def has_any(self, names: Iterable[str]) -> BoolArray:
        """(n_items,) whether an item has one of `names`."""
        return self._count(names) > 0

    def has_all(self, names: Iterable[str]) -> BoolArray:
        """(n_items,) whether an item has all of `names`."""
        wanted = set(names)
        return self._count(wanted) >= len(wanted)

    def of(self, row: int) -> tuple[str, ...]:
        """The names of one item, sorted."""
        start, end = self.values.indptr[row], self.values.indptr[row + 1]
        return tuple(self.names[code] for code in sorted(self.values.indices[start:end]))

    def _count(self, names: Iterable[str]) -> IntArray:
        column = np.zeros(len(self.names), dtype=np.float32)
        for name in set(names):
            code = self.code(name)
            if code is not None:
                column[code] = 1.0
        counts: IntArray = np.rint(self.values @ column).astype(np.int64)
        return counts


def encode(values: Sequence[Iterable[str]]) -> tuple[IntArray, IntArray, tuple[str, ...]]:
    """Flatten sets of names to (rows, codes, sorted names); the codes do not depend on the items' order."""
    lists = [tuple(names) for names in values]
    names = tuple(sorted(set(chain.from_iterable(lists))))
    code_of = {name: code for code, name in enumerate(names)}
    sizes = np.fromiter((len(entry) for entry in lists), dtype=np.int64, count=len(lists))
    codes = np.fromiter((code_of[name] for name in chain.from_iterable(lists)), dtype=np.int64, count=int(sizes.sum()))
    return np.repeat(np.arange(len(lists), dtype=np.int64), sizes), codes, names
