"""Keyword search: BM25 over titles, plots, keywords, people and genres, each field with a weight of its own.

The index is made of blocks that bm25s scored once. How rare a word is depends on all blocks together, so the
scores of a block are rescaled to that when they are read: an added title competes on equal terms with old ones.
Indexes are immutable; a change returns a new one that shares what stayed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

import bm25s  # type: ignore[import-untyped]  # ships no types
import numpy as np
from bm25s.tokenization import Tokenized  # type: ignore[import-untyped]
from numpy.typing import NDArray

from engine.search.words import phrase, phrases, words

SATURATION = 1.2  # k1
LENGTH_NORMALISATION = {"title": 0.3, "plot": 0.75, "keywords": 0.4, "people": 0.2, "genres": 0.2}


class Field(StrEnum):
    """Where a word can stand."""

    TITLE = "title"
    PLOT = "plot"
    KEYWORDS = "keywords"
    PEOPLE = "people"
    GENRES = "genres"


FIELD_WEIGHTS: Mapping[Field, float] = {
    Field.TITLE: 1.0,
    Field.PLOT: 1.0,
    Field.KEYWORDS: 1.2,
    Field.PEOPLE: 1.5,
    Field.GENRES: 0.5,
}


@dataclass(frozen=True, slots=True)
class KeywordDocument:
    """What is known about one item in words."""

    item: int
    titles: tuple[str, ...] = ()
    plot: str = ""
    keywords: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    genres: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Postings:
    """One field of one block: scores by word, as bm25s computed them."""

    vocabulary: dict[str, int]
    data: NDArray[np.float32]
    rows: NDArray[np.int32]
    starts: NDArray[np.int64]
    size: int

    def of(self, word: str) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        code = self.vocabulary.get(word)
        if code is None:
            return self.rows[:0], self.data[:0]
        span = slice(int(self.starts[code]), int(self.starts[code + 1]))
        return self.rows[span], self.data[span]

    @classmethod
    def build(cls, documents: list[list[str]], length_normalisation: float) -> _Postings:
        vocabulary: dict[str, int] = {}
        ids = [[vocabulary.setdefault(word, len(vocabulary)) for word in document] for document in documents]
        if not vocabulary:
            return cls({}, np.zeros(0, np.float32), np.zeros(0, np.int32), np.zeros(1, np.int64), len(documents))
        model = bm25s.BM25(method="lucene", k1=SATURATION, b=length_normalisation)
        model.index(Tokenized(ids=ids, vocab=vocabulary), create_empty_token=False, show_progress=False)
        scores = model.scores
        return cls(
            vocabulary,
            np.asarray(scores["data"], dtype=np.float32),
            np.asarray(scores["indices"], dtype=np.int32),
            np.asarray(scores["indptr"], dtype=np.int64),
            len(documents),
        )


@dataclass(frozen=True, slots=True)
class _Block:
    documents: tuple[KeywordDocument, ...]  # empty once the index is sealed
    items: NDArray[np.int64]
    fields: dict[Field, _Postings]

    @classmethod
    def build(cls, documents: Sequence[KeywordDocument]) -> _Block:
        fields = {
            name: _Postings.build([_field_words(document, name) for document in documents], LENGTH_NORMALISATION[name])
            for name in Field
        }
        items = np.fromiter((document.item for document in documents), dtype=np.int64, count=len(documents))
        return cls(tuple(documents), items, fields)


@dataclass(frozen=True, slots=True)
class KeywordIndex:
    """Keyword search over items. Sound for concurrent reading."""

    blocks: tuple[_Block, ...] = ()
    gone: tuple[NDArray[np.bool_], ...] = ()  # per block: rows that speak no more
    places: dict[int, tuple[int, int]] = field(default_factory=dict)  # item -> block, row

    @classmethod
    def build(cls, documents: Iterable[KeywordDocument]) -> KeywordIndex:
        """Index documents; of two with the same item the last one counts."""
        latest = {document.item: document for document in documents}
        block = _Block.build(tuple(latest.values()))
        places = {item: (0, row) for row, item in enumerate(latest)}
        return cls((block,), (np.zeros(len(latest), dtype=bool),), places)

    def with_documents(self, documents: Iterable[KeywordDocument]) -> KeywordIndex:
        """Add or replace documents; small blocks are merged once they weigh a tenth of the whole.

        Raises: ValueError, when the index is sealed.
        """
        latest = {document.item: document for document in documents}
        if not latest:
            return self
        if any(len(block.items) and not block.documents for block in self.blocks):
            raise ValueError("A sealed index takes no more documents.")
        kept = self.without(latest)
        if not kept.blocks or _is_due(kept.blocks, len(latest)):
            return KeywordIndex.build([*kept.documents(), *latest.values()])
        number = len(kept.blocks)
        places = {**kept.places, **{item: (number, row) for row, item in enumerate(latest)}}
        block = _Block.build(tuple(latest.values()))
        return KeywordIndex((*kept.blocks, block), (*kept.gone, np.zeros(len(latest), dtype=bool)), places)

    def without(self, items: Iterable[int]) -> KeywordIndex:
        """Forget documents; unknown items are ignored."""
        known = [item for item in set(items) if item in self.places]
        if not known:
            return self
        gone = [rows.copy() for rows in self.gone]
        places = dict(self.places)
        for item in known:
            number, row = places.pop(item)
            gone[number][row] = True
        return KeywordIndex(self.blocks, tuple(gone), places)

    def sealed(self) -> KeywordIndex:
        """The same index without its documents: much smaller, but it takes in nothing more."""
        return KeywordIndex(tuple(replace(block, documents=()) for block in self.blocks), self.gone, self.places)

    def documents(self) -> list[KeywordDocument]:
        """What is indexed, in no order of meaning."""
        return [self.blocks[number].documents[row] for number, row in self.places.values()]

    def aligned(self, row_of: Callable[[NDArray[np.int64]], NDArray[np.int64]], size: int) -> KeywordView:
        """The index with its items put where a catalogue has them: `row_of` turns items into rows, -1 for none."""
        places = tuple(
            np.where(gone, -1, row_of(block.items)) for block, gone in zip(self.blocks, self.gone, strict=True)
        )
        return KeywordView(self, places, size)

    def postings(self, block: _Block, name: Field, word: str) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """The rows of a block that hold a word, and their scores on the scale of the whole index."""
        postings = block.fields[name]
        rows, scores = postings.of(word)
        if len(self.blocks) == 1 or not len(rows):
            return rows, scores
        count = sum(len(other.fields[name].of(word)[0]) for other in self.blocks)
        total = sum(other.fields[name].size for other in self.blocks)
        return rows, scores * np.float32(_rarity(total, count) / _rarity(postings.size, len(rows)))

    def has_keyword(self, word: str, at_least: int = 2) -> bool:
        """Whether several items have this index word (see `words.phrase`) as a keyword."""
        return sum(len(block.fields[Field.KEYWORDS].of(word)[0]) for block in self.blocks) >= at_least

    def search(
        self, text: str, n: int = 10, weights: Mapping[Field, float] = FIELD_WEIGHTS
    ) -> tuple[tuple[int, float], ...]:
        """The best items for a text with their scores; ties go to the smaller item."""
        query = query_words(text)
        found: list[tuple[int, float]] = []
        for block, gone in zip(self.blocks, self.gone, strict=True):
            rows = np.zeros(len(block.items), dtype=np.float32)
            for name, weight in weights.items():
                for word, strength in query.items():
                    where, values = self.postings(block, name, word)
                    rows[where] += weight * strength * values
            rows[gone] = 0.0
            hits = np.flatnonzero(rows > 0.0)
            if len(hits) > n:
                cut = np.partition(rows[hits], len(hits) - n)[len(hits) - n]
                hits = hits[rows[hits] >= cut]
            found += zip(block.items[hits].tolist(), rows[hits].tolist(), strict=True)
        return tuple(sorted(found, key=lambda pair: (-pair[1], pair[0]))[:n])


@dataclass(frozen=True, slots=True)
class KeywordView:
    """A keyword index whose scores stand in a catalogue's rows; (n_rows,) throughout."""

    index: KeywordIndex
    places: tuple[NDArray[np.int64], ...]  # per block: the row of each document, -1 for none
    size: int

    def scores(self, query: Mapping[str, float], weights: Mapping[Field, float] = FIELD_WEIGHTS) -> NDArray[np.float32]:
        """BM25 of weighted index words (see `query_words`)."""
        total = np.zeros(self.size, dtype=np.float32)
        for block, places in zip(self.index.blocks, self.places, strict=True):
            rows = np.zeros(len(block.items), dtype=np.float32)
            for name, weight in weights.items():
                for word, strength in query.items():
                    where, values = self.index.postings(block, name, word)
                    rows[where] += weight * strength * values
            total[places[places >= 0]] = rows[places >= 0]
        return total

    def evidence(
        self, wanted: Mapping[str, float], fields: Mapping[Field, float], *, certainty: float = 0.6
    ) -> NDArray[np.float32]:
        """How sure it is that an item is about a thing that any of several words shows, 0-1.

        Every word in every field is a witness that is right with probability certainty x the weights of word and
        field; together they leave the doubt that all of them are wrong.
        """
        doubt = np.ones(self.size, dtype=np.float32)
        for block, places in zip(self.index.blocks, self.places, strict=True):
            rows = np.ones(len(block.items), dtype=np.float32)
            for word, weight in wanted.items():
                for name, field_weight in fields.items():
                    where = block.fields[name].of(word)[0]
                    rows[where] *= 1.0 - certainty * weight * field_weight
            doubt[places[places >= 0]] = rows[places >= 0]
        return np.asarray(1.0 - doubt)


def query_words(text: str) -> dict[str, float]:
    """A text as weighted index words; neighbouring words also count as the keyword that they form."""
    tokens = words(text)
    return dict.fromkeys([*tokens, *phrases(tokens)], 1.0)


def _field_words(document: KeywordDocument, name: Field) -> list[str]:
    match name:
        case Field.TITLE:
            return [word for title in document.titles for word in words(title)]
        case Field.PLOT:
            return words(document.plot)
        case Field.KEYWORDS:
            joined = [phrase(keyword) for keyword in document.keywords]
            single = {word for keyword in document.keywords for word in words(keyword)}
            return [*(word for word in joined if "_" in word), *sorted(single)]
        case Field.PEOPLE:
            joined = [phrase(person) for person in document.people]
            return [*joined, *(word for person in document.people for word in words(person))]
        case Field.GENRES:
            return [word for genre in document.genres for word in words(genre)]


def _rarity(size: int, count: int) -> float:
    """Inverse document frequency as bm25s' "lucene" method computes it."""
    return float(np.log1p((size - count + 0.5) / (count + 0.5)))


def _is_due(blocks: Sequence[_Block], added: int) -> bool:
    small = added + sum(len(block.items) for block in blocks[1:])
    return len(blocks) > 8 or small > 500 + len(blocks[0].items) // 10
