"""Titles named in a sentence, found by what stands around them and by the catalogue's own names.

A name of several capitalised words speaks for itself; a single word ("Heat", "Up", "It") is a title only where the
sentence says that a title comes: in quotation marks, with its year, or after words like "similar to".
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from engine.search.folding import ARTICLES, fold
from engine.search.lexicon import Lexicon
from engine.search.sentences import Sentence
from engine.search.titles import Fit, TitleHit, TitleIndex
from engine.search.words import FILLERS, STOP_WORDS

_TITLE_CUES = frozenset({
    "not", "except", "nicht", "ausser", "pas", "sauf", "meets", "trifft",
    "similar to", "in the vein of", "in the style of", "along the lines of", "such as", "reminds me of",
    "reminiscent of", "fan of", "a la", "inspired by", "just watched", "just saw", "just finished", "have seen",
    "ive seen", "compared to", "than", "like", "loved", "love", "liked", "enjoyed", "enjoy", "watched", "hated",
    "hate", "disliked", "sequel to", "remake of", "prequel to", "mix of", "cross between", "vibe of", "vibes of",
    "ahnlich wie", "im stil von", "so was wie", "sowas wie", "so etwas wie", "genau wie", "a hnlich", "wie", "als",
    "mochte", "liebe", "geliebt", "gesehen", "gefallen", "erinnert an", "fan von", "dans le style de",
    "dans le genre de", "dans la veine de", "semblable a", "similaire a", "comme", "proche de", "j ai aime",
    "j aime", "j ai adore", "adore", "aime", "j ai vu", "rappelle", "dans l esprit de",
})  # fmt: skip
# After these a common word is hardly ever a title ("I would like a comedy", "I love horror").
_WEAK_CUES = frozenset({
    "not", "except", "nicht", "ausser", "pas", "sauf", "meets", "trifft",
    "like", "love", "loved", "liked", "enjoy", "enjoyed", "watched", "hate", "hated", "than", "als", "wie",
    "mochte", "liebe", "comme", "aime", "adore", "gesehen", "gefallen",
})  # fmt: skip
LIST_WORDS = frozenset({"and", "or", "und", "oder", "et", "ou", "meets", "trifft", ",", "&", "+"})
_FIRST_WORDS = frozenset({
    "i", "a", "an", "the", "to", "it", "that", "this", "some", "something", "ein", "eine", "un", "une",
})  # fmt: skip
_NAME_JOINTS = frozenset({"of", "de", "des", "du", "von", "der"})
_BEFORE_LIKE = frozenset({
    "would", "id", "i", "d", "feel", "looks", "look", "seems", "sounds", "you", "we", "dont", "not", "really",
})  # fmt: skip
_MEETINGS = frozenset({"meets", "trifft"})
_LONGEST_NAME = 12
_MIN_FUZZY_SCORE = 0.72  # of `TitleHit.score`: about 85 % of the letters
_SHORT_NAME = 12  # letters; one wrong letter makes another name of these more easily
_MIN_FUZZY_SHORT = 0.765
_YEAR = re.compile(r"(?:1[89]|20)\d\d")
_CLOSING = frozenset('"”“»«!?')


@dataclass(frozen=True, slots=True)
class Mention:
    """A name at words `start` to `end` of a sentence."""

    start: int
    end: int
    item: int
    name: str


def link_titles(sentence: Sentence, index: TitleIndex, lexicon: Lexicon) -> list[Mention]:
    """Titles named in the sentence; their words are marked as used."""
    found: list[Mention] = []
    for start, end in sentence.quoted():
        if sentence.is_free(start, end) and (mention := _exactly(sentence, index, start, end, fuzzy=True)):
            found.append(take(sentence, mention))
    whole = _whole(sentence, index, lexicon)
    if whole:
        return [take(sentence, whole)]
    if _MEETINGS & set(sentence.folded):
        _follow(sentence, index, lexicon, 0, "meets", found)
    for place, cue in _cues(sentence):
        _follow(sentence, index, lexicon, place, cue, found)
    for start in range(len(sentence.words)):
        if mention := _self_evident(sentence, index, lexicon, start):
            found.append(take(sentence, mention))
    return sorted(found, key=lambda mention: mention.start)


def _whole(sentence: Sentence, index: TitleIndex, lexicon: Lexicon) -> Mention | None:
    """The title, if a sentence is nothing else."""
    end = len(sentence.words)
    if not 0 < end <= _LONGEST_NAME or sentence.used:
        return None
    words = [word for word in fold(sentence.text).split() if word not in STOP_WORDS]
    if len(words) == 1 and words[0].isdigit() and len(words[0]) < 3:
        return None  # "3" picks the third
    if not words or all(lexicon.senses(word) or word in FILLERS for word in words) or lexicon.senses(" ".join(words)):
        return None
    return _exactly(sentence, index, 0, end, fuzzy=False)


def _cues(sentence: Sentence) -> Iterable[tuple[int, str]]:
    """Places right after a cue, the longest cue first."""
    folded = sentence.folded
    for length in (4, 3, 2, 1):
        for start in range(len(folded) - length + 1):
            cue = " ".join(folded[start : start + length])
            if cue in _TITLE_CUES and sentence.is_free(start, start + length):
                yield start + length, cue


def _follow(
    sentence: Sentence, index: TitleIndex, lexicon: Lexicon, place: int, cue: str, found: list[Mention]
) -> None:
    """Titles after a cue, and what is listed with them."""
    weak = cue in _WEAK_CUES and _is_verb(sentence, place, cue)
    first = True
    while place < len(sentence.words):
        mention = _longest_name(sentence, index, lexicon, place, weak=weak)
        if mention is None:
            return
        if first and place >= len(cue.split()):
            sentence.use(place - len(cue.split()), place)
        first = False
        found.append(take(sentence, mention))
        place = mention.end
        while place < len(sentence.words) and sentence.words[place].folded in (LIST_WORDS | {")", '"', "”", "“"}):
            place += 1
        if place == mention.end:
            return
        weak = sentence.words[place - 1].folded not in _MEETINGS


def _is_verb(sentence: Sentence, place: int, cue: str) -> bool:
    """ "I would like ..." wants something; "something like ..." names a title. Other weak cues are always verbs."""
    before = sentence.words[place - 2].folded if place >= 2 else ""
    return cue not in {"like", "wie", "comme", "than", "als"} or before in _BEFORE_LIKE


def _longest_name(sentence: Sentence, index: TitleIndex, lexicon: Lexicon, start: int, *, weak: bool) -> Mention | None:
    stop = min(len(sentence.words), start + _LONGEST_NAME)
    ends = [end for end in range(start + 1, stop + 1) if _is_name_span(sentence, start, end)]
    for end in reversed(ends):
        mention = _exactly(sentence, index, start, end, fuzzy=False)
        if mention and _is_believable(sentence, lexicon, mention, weak=weak):
            return mention
    if weak or not ends:
        return None
    # Nothing fits to the letter: a misspelt name ends where the thought does.
    for end in reversed(ends):
        name = name_of(sentence, start, end)
        plain_words = [word for word in name.split() if word not in STOP_WORDS and word not in FILLERS]
        if len(name) >= 5 and plain_words and not any(lexicon.senses(word) for word in plain_words):
            mention = _exactly(sentence, index, start, end, fuzzy=True)
            if mention:
                return mention
    return None


def _is_name_span(sentence: Sentence, start: int, end: int) -> bool:
    """A name may hold ":" and "," inside, but it ends neither there nor at "but"."""
    words = sentence.words[start:end]
    if any(place in sentence.used for place in range(start, end)) or words[0].is_mark or words[-1].is_mark:
        return False
    return not any(word.folded in {"but", "aber", "mais", ";", "?", '"', "(", ")"} for word in words)


def _is_believable(sentence: Sentence, lexicon: Lexicon, mention: Mention, *, weak: bool) -> bool:
    name = name_of(sentence, mention.start, mention.end)
    words = sentence.words[mention.start : mention.end]
    if _has_year_after(sentence, mention.end):
        return True
    small = all(word in STOP_WORDS or word in _FIRST_WORDS or word in FILLERS for word in name.split())
    if _goes_on(sentence, mention.end) and words[-1].is_capitalised:
        return False
    capital = all(word.is_capitalised for word in words if word.folded not in STOP_WORDS and not word.is_mark)
    if small:
        return capital and words[0].is_capitalised and not weak
    known_word = bool(lexicon.senses(name)) or all(lexicon.senses(word) or word in STOP_WORDS for word in name.split())
    if name.split()[0] in ("a", "an", "some", "something", "ein", "eine", "un", "une", "i") and not capital:
        return False
    if known_word and weak:
        return False
    if known_word:
        several = sum(word not in STOP_WORDS for word in name.split()) > 1
        return several or (capital and words[0].is_capitalised)
    return capital if weak else True


def _goes_on(sentence: Sentence, end: int) -> bool:
    """Whether a capitalised name goes on where a match ends: "Game" of "Game of Thrones"."""
    if end < len(sentence.words) and sentence.words[end].folded in _NAME_JOINTS:
        end += 1 + (end + 1 < len(sentence.words) and sentence.words[end + 1].folded in ARTICLES)
    elif end < len(sentence.words) and sentence.words[end].is_mark:
        return False
    return end < len(sentence.words) and end not in sentence.used and sentence.words[end].text[:1].isupper()


def _self_evident(sentence: Sentence, index: TitleIndex, lexicon: Lexicon, start: int) -> Mention | None:
    """A name of several capitalised words, or one with its year behind it."""
    word = sentence.words[start]
    if not word.is_capitalised or start in sentence.used:
        return None
    for end in range(min(len(sentence.words), start + _LONGEST_NAME), start, -1):
        if not _is_name_span(sentence, start, end):
            continue
        words = [other for other in sentence.words[start:end] if other.folded not in STOP_WORDS and not other.is_mark]
        dated = _has_year_after(sentence, end)
        if not dated and (len(words) < 2 or not all(other.is_capitalised for other in words)):
            continue
        name = name_of(sentence, start, end)
        if not dated and (lexicon.senses(name) or all(lexicon.senses(other.folded) for other in words)):
            continue
        if mention := _exactly(sentence, index, start, end, fuzzy=False):
            return mention
    return None


def _exactly(sentence: Sentence, index: TitleIndex, start: int, end: int, *, fuzzy: bool) -> Mention | None:
    """The title that the span names, a year behind it taken in."""
    name = name_of(sentence, start, end)
    if not name:
        return None
    year = _has_year_after(sentence, end)
    asked = f"{name} ({year})" if year else name
    if not fuzzy and not index.exact(name):
        return None
    for hit in index.search(asked, 3):
        if _is_close(hit, name, fuzzy=fuzzy):
            return Mention(start, _past_year(sentence, end) if year else end, hit.item, hit.name)
    return None


def _is_close(hit: TitleHit, name: str, *, fuzzy: bool) -> bool:
    if hit.fit in (Fit.EXACT, Fit.ARTICLE):
        return True
    needed = _MIN_FUZZY_SHORT if len(name) <= _SHORT_NAME else _MIN_FUZZY_SCORE
    return fuzzy and hit.fit is Fit.FUZZY and hit.score >= needed


def _has_year_after(sentence: Sentence, end: int) -> int | None:
    span = year_span(sentence, end)
    return None if span is None else int(sentence.words[span[1] - 2].folded)


def year_span(sentence: Sentence, end: int) -> tuple[int, int] | None:
    """The words from `end`, where a name ends, through the year in brackets that dates it, if one does: "(1995)"."""
    words = sentence.words
    at = end
    while at < min(len(words), end + 2) and words[at].folded in _CLOSING:
        at += 1
    dated = at + 2 < len(words) and words[at].folded == "(" and _YEAR.fullmatch(words[at + 1].folded)
    return (end, at + 3) if dated and words[at + 2].folded == ")" else None


def _past_year(sentence: Sentence, end: int) -> int:
    span = year_span(sentence, end)
    return end if span is None else span[1]


def name_of(sentence: Sentence, start: int, end: int) -> str:
    """The folded name that words `start` to `end` make."""
    first, last = sentence.words[start], sentence.words[end - 1]
    return fold(sentence.text[first.start : last.end])


def take(sentence: Sentence, mention: Mention) -> Mention:
    """Mark a mention's words as understood."""
    sentence.use(mention.start, mention.end)
    return mention
