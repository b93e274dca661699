"""The title that a message is about, where its intent is about one: "rate heat 8", "haben wir den paten?".

The engine's linking is made for sentences about what to watch, where a single word is seldom a title. Once the intent
says that a title is meant, what remains after the words people frame it with is looked up, misspelt or not.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import TypeAlias

from bot.agent.interpreter.marking import Marked
from bot.agent.interpreter.spelling import differs_in_a_word
from engine.search.folding import ARTICLES, fold
from engine.search.linking import name_of
from engine.search.titles import Fit, TitleIndex
from engine.search.words import STOP_WORDS

Titled: TypeAlias = Callable[[str], tuple[str, int | None] | None]
"""Folded name → the English name of the work that is called so, and its item, where the catalogue holds it."""
_LONGEST = 9
_PRONOUNS = frozenset(
    {"it", "this", "that", "them", "one", "ones", "these", "those", "her", "him", "you", "me", "up", "all", "so", "es"}
    | {"das", "den", "die", "der", "dies", "diesen", "diese", "ihn", "sie", "was", "ca", "le", "la", "les", "celui"}
    | {"celle", "cela", "ceci", "lui", "elle", "tout", "moi", "toi", "m", "us", "we", "i"}
)
_LIKELY = 0.6  # of `TitleHit.score`, when the intent asks for a title and these are the words that are left
_LIKELY_SHORT = 0.68
_SHORT = 6


@dataclass(frozen=True, slots=True)
class FoundTitle:
    """A title in words `start` to `end`; `item` None: one that the catalogue does not know, `name` as typed."""

    start: int
    end: int
    name: str
    item: int | None


def find_title(
    marked: Marked, index: TitleIndex, carriers: Collection[str], titled: Titled, *, guess: bool = True
) -> FoundTitle | None:
    """The title among the words that say nothing else. `carriers`: folded words that people frame titles with.

    `guess`: whether words that are no title to the letter may be one, misspelt.
    """
    exact = _exact(marked, index, carriers) or _elsewhere(marked, titled)
    return exact or (_left_over(marked, index, carriers) if guess else None)


def _exact(marked: Marked, index: TitleIndex, carriers: Collection[str]) -> FoundTitle | None:
    """A name of the catalogue to the letter; of several the longest, of these the one in capitals."""
    sentence = marked.sentence
    spans = [
        (start, end)
        for start in range(len(sentence.words))
        for end in range(start + 1, min(len(sentence.words), start + _LONGEST) + 1)
        if _is_open(marked, start, end)
    ]
    if not spans:
        return None
    names = [name_of(sentence, start, end) for start, end in spans]
    best: tuple[tuple[int, int, int], FoundTitle] | None = None
    for (start, end), name, known in zip(spans, names, index.knows(names), strict=True):
        if not known:
            continue
        words = sentence.words[start:end]
        framing = all(word.folded in carriers or word.folded in STOP_WORDS for word in words)
        capital = words[0].text[:1].isupper() and start > 0
        at_end = all(word.is_mark for word in sentence.words[end:])
        if framing and not capital and (not at_end or all(word.folded in _PRONOUNS for word in words)):
            continue
        hit = next((hit for hit in index.exact(name) if hit.fit in (Fit.EXACT, Fit.ARTICLE)), None)
        if hit is None:
            continue
        rank = (0 if framing else 1, end - start, int(capital))
        if best is None or rank > best[0]:
            best = rank, FoundTitle(start, end, hit.name, hit.item)
    return best[1] if best else None


def _elsewhere(marked: Marked, titled: Titled) -> FoundTitle | None:
    """A work that is not here, written like a name: "haben wir eigentlich Lost?"; the longest."""
    words = marked.sentence.words
    spans = [
        (start, end)
        for start in range(1, len(words))
        for end in range(start + 1, min(len(words), start + _LONGEST) + 1)
        if _is_open(marked, start, end) and all(word.is_capitalised for word in (words[start], words[end - 1]))
    ]
    for start, end in sorted(spans, key=lambda span: span[0] - span[1]):
        found = titled(name_of(marked.sentence, start, end))
        if found is not None:
            return FoundTitle(start, end, *found)
    return None


def _left_over(marked: Marked, index: TitleIndex, carriers: Collection[str]) -> FoundTitle | None:
    """The longest run of words that frame nothing, looked up as it is spelt; small words may stand within it."""
    sentence = marked.sentence
    runs = runs_left(marked, carriers)
    for start, end in sorted(runs, key=lambda run: run[0] - run[1]):
        for first in _with_small_words_before(marked, start):
            name = name_of(sentence, first, end)
            hits = index.search(name, 1) if len(name) > 2 else ()
            needed = _LIKELY_SHORT if len(name) <= _SHORT else _LIKELY
            if hits and hits[0].score >= needed and not differs_in_a_word(name, fold(hits[0].name)):
                return FoundTitle(first, end, hits[0].name, hits[0].item)
    if not runs:
        return None
    start, end = max(runs, key=lambda run: run[1] - run[0])
    before = sentence.words[start - 1] if start else None
    if before is not None and before.folded in ARTICLES and before.is_capitalised:
        start -= 1  # "The" of "The Zebra King"
    return FoundTitle(start, end, sentence.text[sentence.words[start].start : sentence.words[end - 1].end], None)


def runs_left(marked: Marked, carriers: Collection[str]) -> list[tuple[int, int]]:
    """Runs of words that neither frame what is said nor say anything that is understood."""
    sentence = marked.sentence
    content = [
        _is_open(marked, place, place + 1)
        and sentence.words[place].folded not in carriers
        and sentence.words[place].folded not in STOP_WORDS
        for place in range(len(sentence.words))
    ]
    runs: list[tuple[int, int]] = []
    for place, is_content in enumerate(content):
        if not is_content:
            continue
        near = runs and all(_is_open(marked, between, between + 1) for between in range(runs[-1][1], place))
        if runs and near and place - runs[-1][1] <= 2:
            runs[-1] = (runs[-1][0], place + 1)
        else:
            runs.append((place, place + 1))
    return runs


def _with_small_words_before(marked: Marked, start: int) -> list[int]:
    """The beginning with and without an article before it: "den paten", "the thing"."""
    if start > 0 and _is_open(marked, start - 1, start) and marked.sentence.words[start - 1].folded in STOP_WORDS:
        return [start - 1, start]
    return [start]


def _is_open(marked: Marked, start: int, end: int) -> bool:
    """Whether the words may be part of a title: no marks, and nothing that a member, pick or rating is made of."""
    taken = ("member", "ordinal", "rating", "number", "title", "person")
    return all(
        not marked.sentence.words[place].is_mark and marked.tags.get(place) not in taken for place in range(start, end)
    )
