"""Title look-up: what somebody typed, with typos, without accents or articles, in any of a title's names.

`TitleIndex` is immutable: `with_titles` and `without` return a new index that shares the large arrays, so that a
running search never sees half a change. Additions go into small blocks that are merged once they weigh enough.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from engine.search.blocks import Form, NameBlock, TitleEntry
from engine.search.folding import fold, without_article

CANDIDATES = 160
FUZZY_FLOOR = 55.0  # per cent of rapidfuzz' ratio below which nothing is meant
_YEAR_IN_BRACKETS = re.compile(r"^(?P<title>.*\S)\s*[\(\[](?P<year>1[89]\d\d|20\d\d)[^\)\]]{0,12}[\)\]]\s*$", re.DOTALL)
_YEAR_AT_END = re.compile(r"^(?P<title>.*\S)[\s,]+(?P<year>1[89]\d\d|20\d\d)$", re.DOTALL)
_LETTERS = "abcdefghijklmnopqrstuvwxyz "
_LONGEST_QUERY = 200


class Fit(StrEnum):
    """How a name meets what was typed, the best first."""

    EXACT = "exact"
    ARTICLE = "article"
    PREFIX = "prefix"
    FUZZY = "fuzzy"


@dataclass(frozen=True, slots=True)
class TitleHit:
    """One title that may be meant; `score` is 0-1 and comparable between the hits of one search."""

    item: int
    score: float
    fit: Fit
    name: str  # folded, as it matched
    year: int | None


class _Asked(NamedTuple):
    """One reading of what was typed."""

    folded: str
    year: int | None
    kind: str


Hits: TypeAlias = dict[int, tuple[float, TitleHit]]  # item -> how it ranks, and the hit


@dataclass(frozen=True, slots=True)
class TitleMatch:
    """What an import row means: one item, or several that cannot be told apart, the best known first."""

    items: tuple[int, ...]

    @property
    def item(self) -> int | None:
        """The item, if it is only one."""
        return self.items[0] if len(self.items) == 1 else None


@dataclass(frozen=True, slots=True)
class TitleIndex:
    """All names of all titles. Sound for concurrent reading."""

    blocks: tuple[NameBlock, ...] = ()
    removed: frozenset[int] = frozenset()
    generations: dict[int, int] = field(default_factory=dict)  # item -> first block that may speak for it

    @classmethod
    def build(cls, entries: Iterable[TitleEntry]) -> TitleIndex:
        """Index the titles; about 15 seconds for a million."""
        return cls((NameBlock.build(entries),))

    def with_titles(self, entries: Sequence[TitleEntry]) -> TitleIndex:
        """Add titles, or replace those whose item is known already."""
        if not entries:
            return self
        items = {entry.item for entry in entries}
        generations = {**self.generations, **dict.fromkeys(items, len(self.blocks))}
        index = TitleIndex((*self.blocks, NameBlock.build(entries)), self.removed - items, generations)
        small = sum(block.size for block in index.blocks[1:])
        if small > 2_000 + index.blocks[0].size // 10 or len(index.blocks) > 12:
            return index.compacted()
        return index

    def without(self, items: Iterable[int]) -> TitleIndex:
        """Forget titles; unknown items are ignored."""
        return TitleIndex(self.blocks, self.removed | frozenset(items), self.generations)

    def compacted(self) -> TitleIndex:
        """The same content in one block."""
        keep = [self._speaks(number, block) for number, block in enumerate(self.blocks)]
        return TitleIndex((NameBlock.merge(self.blocks, keep),))

    def search(self, text: str, n: int = 10, *, kind: str = "") -> tuple[TitleHit, ...]:
        """Titles that `text` may name, the best first: exact before prefix before similar, then by votes.

        A year in brackets, or at the end, is honoured exactly or one off. An empty text finds nothing.
        """
        wanted, title, year = _split_year(text)
        hits: Hits = {}
        for asked in _readings(wanted, title, year, kind):
            self._collect(hits, asked, fuzzy=True)
        return _ranked(hits, n)

    def complete(self, text: str, n: int = 10, *, kind: str = "") -> tuple[TitleHit, ...]:
        """Titles whose name begins like `text`, with or without article, the best known first; similar ones fill up."""
        wanted, title, year = _split_year(text)
        hits: Hits = {}
        for asked in _readings(wanted, title, year, kind):
            self._collect(hits, asked, fuzzy=False)
        if len(hits) < n and len(wanted) > 2:
            self._collect(hits, _Asked(wanted, None, kind), fuzzy=True)
        return _ranked(hits, n)

    def exact(self, folded: str) -> tuple[TitleHit, ...]:
        """Titles with exactly this folded name, articles aside, by votes. For linking names in sentences."""
        hits: Hits = {}
        for number, block in enumerate(self.blocks):
            self._offer(hits, number, block.exact(folded), _Asked(folded, None, ""))
        return _ranked({item: hit for item, hit in hits.items() if hit[1].fit is not Fit.PREFIX}, len(hits))

    def knows(self, foldeds: Sequence[str]) -> NDArray[np.bool_]:
        """Whether each folded text is some title's name (a quick test that may rarely say yes wrongly)."""
        known = np.zeros(len(foldeds), dtype=bool)
        for block in self.blocks:
            known |= block.knows(foldeds)
        return known

    def match(self, title: str, year: int | None = None, *, kind: str = "") -> TitleMatch | None:
        """The item that a row of somebody's list means: equal names only, the year exact or else one off.

        The name may differ in accents, punctuation and article. None if nothing fits; several items if the best
        fit does not tell them apart. A row without year fits a name that is unique.
        """
        folded = fold(title[:_LONGEST_QUERY])
        if not folded:
            return None
        ranked: dict[int, tuple[int, int]] = {}
        for number, block in enumerate(self.blocks):
            for row in self._live(number, block, block.strict(folded), kind):
                same = block.name(row) == folded
                form = Form(block.forms[row]) if same else Form.SPELLED
                rank = _row_rank(form, int(block.years[row]), year)
                item = int(block.items[row])
                if rank is not None and rank < ranked.get(item, (99, 0))[0]:
                    ranked[item] = (rank, int(block.votes[row]))
        if not ranked:
            return None
        best = min(rank for rank, _ in ranked.values())
        tied = [(-votes, item) for item, (rank, votes) in ranked.items() if rank == best]
        return TitleMatch(tuple(item for _, item in sorted(tied)))

    def _collect(self, hits: Hits, asked: _Asked, *, fuzzy: bool) -> None:
        if not asked.folded:
            return
        for number, block in enumerate(self.blocks):
            rows = [block.exact(asked.folded), block.prefixed(asked.folded, CANDIDATES // 2)]
            if fuzzy:
                rows += [block.similar(asked.folded, CANDIDATES), block.exact_any(_misspellings(asked.folded))]
            self._offer(hits, number, np.unique(np.concatenate(rows)), asked)

    def _offer(self, hits: Hits, number: int, rows: NDArray[np.int64], asked: _Asked) -> None:
        block = self.blocks[number]
        bare = without_article(asked.folded)
        for row in self._live(number, block, rows, asked.kind):
            name = block.name(row)
            fit, score = _fit(asked.folded, bare, name, Form(block.forms[row]))
            if score <= 0.0:
                continue
            year = int(block.years[row])
            score *= _year_factor(year, asked.year, fit)
            item = int(block.items[row])
            rank = score + 0.03 * float(block.fame[row])
            if item not in hits or rank > hits[item][0]:
                hits[item] = (rank, TitleHit(item, round(score, 4), fit, name, year or None))

    def _live(self, number: int, block: NameBlock, rows: NDArray[np.int64], kind: str) -> list[int]:
        return [
            row
            for row in rows.tolist()
            if self._alive(number, int(block.items[row])) and (not kind or block.kind(row) in ("", kind))
        ]

    def _alive(self, number: int, item: int) -> bool:
        return item not in self.removed and number >= self.generations.get(item, 0)

    def _speaks(self, number: int, block: NameBlock) -> NDArray[np.bool_]:
        if not self.removed and not self.generations:
            return np.ones(block.size, dtype=bool)
        return np.fromiter((self._alive(number, item) for item in block.items.tolist()), dtype=bool, count=block.size)


def _split_year(text: str) -> tuple[str, str, int | None]:
    """The whole text folded; the text without its year folded; the year."""
    text = text.strip()[:_LONGEST_QUERY]
    found = _YEAR_IN_BRACKETS.match(text)
    if found:
        title = fold(found["title"])
        return title, title, int(found["year"])
    found = _YEAR_AT_END.match(text)
    whole = fold(text)
    return (whole, fold(found["title"]), int(found["year"])) if found else (whole, whole, None)


def _readings(wanted: str, title: str, year: int | None, kind: str) -> tuple[_Asked, ...]:
    """A year in brackets is a year; one at the end may belong to the name ("Blade Runner 2049")."""
    dated = _Asked(title, year, kind)
    return (dated,) if wanted == title else (_Asked(wanted, None, kind), dated)


def _fit(folded: str, bare: str | None, name: str, form: Form) -> tuple[Fit, float]:
    if name == folded:
        return (Fit.ARTICLE, 0.97) if form >= Form.SPELLED else (Fit.EXACT, 1.0 if form is Form.MAIN else 0.99)
    name_bare = without_article(name)
    if name == bare or folded == name_bare or (bare is not None and name_bare == bare):
        return Fit.ARTICLE, 0.96
    for begin, whole in ((folded, name), (folded, name_bare), (bare, name_bare or name)):
        if begin and whole and whole.startswith(begin):
            return Fit.PREFIX, 0.90 if whole[len(begin)] == " " else 0.86
    # Two letters that changed places are one mistake, hardly worse than a missing letter.
    mistakes = 1.2 * OSA.distance(folded, name) / (len(folded) + len(name))
    ratio = max(fuzz.ratio(folded, name), 100.0 * (1.0 - mistakes))
    if bare or name_bare:
        ratio = max(ratio, fuzz.ratio(bare or folded, name_bare or name) - 2.0)
    if len(folded) >= 5 and len(name) > len(folded):
        ratio = max(ratio, 0.86 * fuzz.partial_ratio(folded, name))
    return Fit.FUZZY, 0.0085 * ratio if ratio >= FUZZY_FLOOR else 0.0


def _year_factor(own: int, asked: int | None, fit: Fit) -> float:
    if asked is None or not own:
        return 1.0 if asked is None else 0.9
    distance = abs(own - asked)
    if distance <= 1:
        return 1.01 if distance else 1.04
    # Whoever has the whole name right more likely has the year wrong than means another title.
    return 0.92 if fit in (Fit.EXACT, Fit.ARTICLE) else 0.75


def _row_rank(form: Form, own: int, asked: int | None) -> int | None:
    """0 is the best fit of an import row; None is no fit. A year that is unknown on one side is the weakest fit."""
    if asked is None or not own:
        return 8 + int(form)
    distance = abs(own - asked)
    return 4 * distance + int(form) if distance <= 1 else None


def _misspellings(folded: str) -> list[str]:
    """Every text one transposition, deletion, insertion or substitution away; only for short words.

    A short name shares hardly any trigram with its misspelling ("jwas", "jaws"), so these are tried outright.
    """
    if not 3 <= len(folded) <= 9:
        return []
    cuts = [(folded[:place], folded[place:]) for place in range(len(folded) + 1)]
    found = [left + right[1] + right[0] + right[2:] for left, right in cuts if len(right) > 1]
    found += [left + right[1:] for left, right in cuts if right]
    if len(folded) <= 6:
        found += [left + letter + right[1:] for left, right in cuts if right for letter in _LETTERS]
        found += [left + letter + right for left, right in cuts for letter in _LETTERS]
    return found


def _ranked(hits: Hits, n: int) -> tuple[TitleHit, ...]:
    best = sorted(hits.values(), key=lambda scored: (-scored[0], scored[1].item))
    return tuple(hit for _, hit in best[:n])
