"""People named in a sentence: everybody in the credits, by full name, by surname, or nearly spelt right."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from engine.search.blocks import TitleEntry
from engine.search.folding import ARTICLES, fold
from engine.search.lexicon import Lexicon, Slot
from engine.search.linking import LIST_WORDS, Mention, name_of, take
from engine.search.sentences import Sentence
from engine.search.titles import Fit, TitleIndex
from engine.search.words import FILLERS, STOP_WORDS

_PEOPLE_CUES = frozenset({
    "with", "starring", "by", "directed", "director", "featuring", "stars", "from", "actor", "actress", "mit",
    "von", "regie", "avec", "de", "par", "d", "realise",
})  # fmt: skip
_PARTICLES = frozenset({"de", "van", "von", "di", "del", "la", "le", "da", "der"})
_KNOWN_BY_SURNAME = 0.01  # of the greatest fame
_MIN_FUZZY_PERSON = 0.77
_FAR = 120  # words within which surnames and misspelt names are looked for; beyond it somebody pasted a text


@dataclass(frozen=True, slots=True)
class PeopleIndex:
    """Everybody in the credits, to be found by full name, or by surname where that is enough."""

    index: TitleIndex
    names: tuple[str, ...]
    surnames: Mapping[str, int]  # folded -> the person who is meant by it

    @classmethod
    def build(cls, fame: Mapping[str, int]) -> PeopleIndex:
        """Index names with their fame (the votes of their titles). A surname means the most famous who bears it,
        if nobody else comes near."""
        names = tuple(sorted(fame))
        index = TitleIndex.build(TitleEntry(place, (name,), votes=fame[name]) for place, name in enumerate(names))
        bearers: dict[str, list[tuple[int, int]]] = {}
        for place, name in enumerate(names):
            folded = fold(name).split()
            if len(folded) > 1 and folded[-1] not in STOP_WORDS and len(folded[-1]) > 2:
                bearers.setdefault(folded[-1], []).append((fame[name], -place))
        surnames = {}
        known = _KNOWN_BY_SURNAME * max(fame.values(), default=0)
        for surname, ranked in bearers.items():
            ranked.sort(reverse=True)
            if ranked[0][0] >= known and (len(ranked) == 1 or ranked[0][0] >= 2 * ranked[1][0]):
                surnames[surname] = -ranked[0][1]
        return cls(index, names, surnames)


def link_people(
    sentence: Sentence, people: PeopleIndex, lexicon: Lexicon, is_keyword: Callable[[str], bool]
) -> list[Mention]:
    """People named in the sentence; their words are marked as used. A keyword in small letters is no surname."""
    found: list[Mention] = []
    spans = [
        (start, start + length)
        for length in (4, 3, 2)
        for start in range(len(sentence.words) - length + 1)
        if sentence.is_free(start, start + length)
    ]
    folded = [name_of(sentence, start, end) for start, end in spans]
    for (start, end), name, known in zip(spans, folded, people.index.knows(folded), strict=True):
        if known and sentence.is_free(start, end) and not lexicon.senses(name) and not _is_small_talk(name):
            hits = [hit for hit in people.index.exact(name) if hit.fit is Fit.EXACT]
            if hits:
                found.append(take(sentence, Mention(start, end, hits[0].item, people.names[hits[0].item])))
    for place in range(min(len(sentence.words), _FAR)):
        surname = _surname(sentence, people, lexicon, place)
        if surname and not sentence.words[place].is_capitalised and is_keyword(sentence.words[place].folded):
            surname = None
        mention = surname or _misspelt(sentence, people, lexicon, place)
        if mention:
            found.append(take(sentence, mention))
    return sorted(found, key=lambda mention: mention.start)


def _surname(sentence: Sentence, people: PeopleIndex, lexicon: Lexicon, place: int) -> Mention | None:
    word = sentence.words[place]
    if place in sentence.used or word.is_mark or word.folded in STOP_WORDS:
        return None
    genitive = word.text.lower().endswith(("'s", "’s"))
    name = word.folded[:-1] if genitive else word.folded
    person = people.surnames.get(name)
    if person is None or lexicon.senses(name) or name in FILLERS:
        return None
    after = sentence.words[place + 1] if place + 1 < len(sentence.words) else None
    if after and place + 1 not in sentence.used and (after.is_capitalised or after.folded in _PARTICLES):
        return None  # the first name of somebody who is not in the credits
    before_word = sentence.words[place - 1]
    nouns = {Slot.KIND, Slot.GENRE}
    named_for = after is not None and any(sense.slot in nouns for sense in lexicon.senses(after.folded))
    expected = _expects_person(sentence, place) or genitive or named_for
    if place and lexicon.senses(f"{before_word.folded} {name}"):
        return None  # "New York" is no Michael York
    # In German every noun has a capital.
    inner_capital = (
        lexicon.language != "de"
        and place > 0
        and word.is_capitalised
        and not (place > 1 and before_word.is_capitalised)
    )
    return Mention(place, place + 1, person, people.names[person]) if expected or inner_capital else None


def _expects_person(sentence: Sentence, place: int) -> bool:
    """Whether the word before announces a name, or joins one to another."""
    before = sentence.words[place - 1].folded if place else ""
    return before in _PEOPLE_CUES or (place > 1 and before in LIST_WORDS and place - 2 in sentence.used)


def _misspelt(sentence: Sentence, people: PeopleIndex, lexicon: Lexicon, place: int) -> Mention | None:
    """Two or three words that are nearly somebody's name, where one is expected."""
    for end in (place + 3, place + 2):
        if place == 0 or end > len(sentence.words) or not sentence.is_free(place, end):
            continue
        capital = all(word.is_capitalised for word in sentence.words[place:end])
        if not capital and (end - place > 2 or not _expects_person(sentence, place)):
            continue
        name = name_of(sentence, place, end)
        if any(word in STOP_WORDS or word.isdigit() or lexicon.senses(word) for word in name.split()):
            continue
        hits = people.index.search(name, 1)
        if hits and hits[0].score >= _MIN_FUZZY_PERSON:
            return Mention(place, end, hits[0].item, people.names[hits[0].item])
    return None


def _is_small_talk(name: str) -> bool:
    return any(word in STOP_WORDS or word in ARTICLES for word in name.split())
