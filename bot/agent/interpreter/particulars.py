"""From a marked message and its intent to the slots that belong to the intent."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from bot.agent.interpreter.cues import cues
from bot.agent.interpreter.interpretation import Intent, Slots
from bot.agent.interpreter.known import TOGETHER
from bot.agent.interpreter.marking import Marked
from bot.agent.interpreter.naming import Name
from bot.agent.interpreter.titles import find_title
from engine.search.lexicon.places import language_of_country
from engine.search.titles import TitleIndex

WATCHING = frozenset({Intent.RECOMMEND, Intent.MOOD, Intent.SIMILAR, Intent.GROUP, Intent.REFINE, Intent.MORE})
"""Intents that say what to watch."""
ABOUT_TITLES = frozenset(
    {Intent.WHY, Intent.WHY_NOT, Intent.REQUEST, Intent.SEARCH, Intent.STATUS, Intent.RATE, Intent.SEEN, Intent.HIDE}
    | {Intent.LIKE, Intent.WATCHLIST, Intent.TRAILER, Intent.SIMILAR}
)
"""Intents that name a title or a pick."""
_OF_LAST = frozenset({Intent.WHY, Intent.STATUS, Intent.LIKE})
_SAID_OF_LAST = frozenset({Intent.SEEN, Intent.LIKE, Intent.HIDE, Intent.SEARCH})
# "I loved that one" names no title, however much a word beside it may look like one.
_POINTERS = frozenset(
    {"that", "it", "this", "those", "these", "ihn", "dieser", "diesen", "diese", "dieses", "ca", "celui", "celle"}
)
_KIND_MATTERS = frozenset({Intent.SEARCH, Intent.REQUEST, Intent.STATUS})
_LONGEST_LIST = 3  # words in the name of a list
_MOST = 20  # titles that may be asked for at once


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What slots are read against. `carriers`: words that frame what is said; `name`: item id → English name;
    `titled`: folded name → the English name of the work, here or known to everybody, and its item."""

    index: TitleIndex
    name: Callable[[int], str]
    carriers: Collection[str]
    titled: Callable[[str], tuple[str, int | None] | None]


@dataclass(frozen=True, slots=True)
class Particulars:
    """The slots and, for titles that the catalogue knows, their ids."""

    slots: Slots
    title_ids: tuple[int, ...] = ()
    titles_not_ids: tuple[int, ...] = ()


def particulars(intent: Intent, marked: Marked, vocabulary: Vocabulary, *, spoken: str) -> Particulars:
    """The slots of a message whose intent is known. `spoken`: the language it is in."""
    ordinal, ordinal_not = _picks(marked)
    if intent in WATCHING:
        return _watching(intent, marked, vocabulary, ordinal, ordinal_not, spoken)
    if intent in ABOUT_TITLES:
        return _about_title(intent, marked, vocabulary, ordinal if ordinal is not None else ordinal_not)
    if intent is Intent.PICK:
        said = ordinal if ordinal is not None else next((value for _place, value in marked.numbers), None)
        return Particulars(Slots(ordinal=said, ordinal_not=ordinal_not))
    if intent is Intent.SETTINGS:
        query = marked.reading.query
        return Particulars(Slots(language=query.language or language_of_country(query.country) or None))
    return Particulars(Slots())


def _watching(
    intent: Intent,
    marked: Marked,
    vocabulary: Vocabulary,
    ordinal: int | None,
    ordinal_not: int | None,
    spoken: str,
) -> Particulars:
    query = marked.reading.query
    titles, names = _titles(marked, query.titles, vocabulary, negated=False)
    titles_not, names_not = _titles(marked, query.titles_not, vocabulary, negated=True)
    if intent is Intent.SIMILAR and not names and ordinal is None:
        found = find_title(marked, vocabulary.index, vocabulary.carriers, vocabulary.titled)
        if found is not None:
            titles = () if found.item is None else (found.item,)
            names = (found.name if found.item is None else vocabulary.name(found.item),)
    language = query.language or (spoken if _without_subtitles(marked) else "")
    slots = Slots(
        mode=_mode(marked) if intent is Intent.RECOMMEND else None,
        count=next((value for _place, value in marked.numbers if 1 <= value <= _MOST), None),
        kind=query.kind or None,
        genres=query.genres,
        genres_not=query.genres_not,
        tones=query.tones,
        tones_not=query.tones_not,
        topics=query.topics,
        topics_not=query.topics_not,
        year_min=query.year_min,
        year_max=query.year_max,
        runtime_min=query.runtime_min,
        runtime_max=query.runtime_max,
        language=language or None,
        country=query.country or None,
        people=_people(marked, query.people, negated=False),
        people_not=_people(marked, query.people_not, negated=True),
        titles=names,
        titles_not=names_not,
        direction=query.directions,
        ordinal=ordinal,
        ordinal_not=ordinal_not,
        members=marked.members,
    )
    return Particulars(slots, titles, titles_not)


def _mode(marked: Marked) -> str | None:
    """The mode; "anything, as long as I've seen it" says more than chance."""
    particular = [mode for mode in marked.modes if mode != "shuffle"]
    return next(iter([*particular, *marked.modes]), None)


def _about_title(intent: Intent, marked: Marked, vocabulary: Vocabulary, ordinal: int | None) -> Particulars:
    query = marked.reading.query
    sides = [
        _titles(marked, items, vocabulary, negated=negated)
        for items, negated in ((query.titles, False), (query.titles_not, True))
    ]
    ids, names = (*sides[0][0], *sides[1][0]), (*sides[0][1], *sides[1][1])
    people = _people(marked, query.people, negated=False)
    listed = list_name(marked) if intent is Intent.WATCHLIST else None
    if intent is Intent.WATCHLIST and listed is None and (named := _named_for(marked)) is not None:
        # "Take Titane off the list Halloween": what looks like a title behind the list is what it is called.
        listed = marked.sentence.text[
            marked.sentence.words[named.start].start : marked.sentence.words[named.end - 1].end
        ]
        ids = tuple(item for item in ids if item != named.item)
        names = tuple(name for name in names if name != named.name)
    action = _action(marked) if intent is Intent.WATCHLIST else None
    if not names and ordinal is None and not (action == "show" or people):
        guess = intent not in _SAID_OF_LAST or not points_back(marked)
        found = find_title(marked, vocabulary.index, vocabulary.carriers, vocabulary.titled, guess=guess)
        if found is not None and found.item is not None:
            ids, names = (found.item,), (vocabulary.name(found.item),)
        elif intent in _OF_LAST:
            pass  # what is left over are words, rather than a title that nobody knows
        elif found is not None and found.name.casefold() != (listed or "").casefold():
            names = (found.name,)
    number = next((value for _place, value in marked.numbers), None)
    if not names and ordinal is None and intent is not Intent.RATE and not found_scale(marked):
        ordinal = number  # "request 3", "remove 2 from my list"
    rating = _rating(marked) if intent is Intent.RATE else None
    if rating is None and intent is Intent.RATE and ordinal is not None and _is_digit(marked, ordinal):
        rating, ordinal = ordinal, None  # "note-le 6"
    if intent is Intent.SEARCH and not ids:
        names = () if people or query.genres else names
    slots = Slots(
        titles=names,
        ordinal=ordinal if not names else None,
        rating=rating,
        kind=(query.kind or None) if intent in _KIND_MATTERS else None,
        people=people if intent in (Intent.SEARCH, Intent.REQUEST) else (),
        genres=query.genres if intent is Intent.SEARCH and not names else (),
        list=listed,
        action=action,
    )
    return Particulars(slots, ids)


def points_back(marked: Marked) -> bool:
    """Whether the message speaks of something that it does not name: "that one"."""
    return any(
        word.folded in _POINTERS and marked.tags.get(at) != "title" for at, word in enumerate(marked.sentence.words)
    )


def _titles(
    marked: Marked, items: tuple[int, ...], vocabulary: Vocabulary, *, negated: bool
) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """Ids and English names of the titles that are wanted or not; names that the catalogue lacks have no id."""
    found = marked.named("title", negated=negated)
    ids = dict.fromkeys([*(name.item for name in found if name.item is not None), *items])
    names = dict.fromkeys([*(name.name for name in found), *(vocabulary.name(item) for item in items)])
    return tuple(ids), tuple(names)


def _people(marked: Marked, people: tuple[str, ...], *, negated: bool) -> tuple[str, ...]:
    named = [each for name in marked.named("person", negated=negated) for each in name.name.split(TOGETHER)]
    return tuple(dict.fromkeys([*named, *people]))


def _picks(marked: Marked) -> tuple[int | None, int | None]:
    negated = marked.reading.negated
    wanted = [which for place, which in marked.ordinals if place not in negated]
    unwanted = [which for place, which in marked.ordinals if place in negated]
    return next(iter(wanted), None), next(iter(unwanted), None)


def found_scale(marked: Marked) -> bool:
    """Whether a number was given as a rating: "8/10"."""
    return marked.scaled is not None


def _is_digit(marked: Marked, which: int) -> bool:
    return any(marked.sentence.words[place].folded == str(which) for place, _which in marked.ordinals)


def _rating(marked: Marked) -> int | None:
    said = marked.scaled if marked.scaled is not None else next((value for _p, value in marked.numbers), None)
    return said if said is not None and 0 <= said <= 10 else None


def _without_subtitles(marked: Marked) -> bool:
    folded = marked.sentence.folded
    return any(
        place in marked.reading.negated and not cues().subtitles.isdisjoint((word, " ".join(folded[place : place + 2])))
        for place, word in enumerate(folded)
    )


def _action(marked: Marked) -> str:
    """What is done with a list: "take ... off" removes, whatever comes first; a question shows."""
    folded = marked.sentence.folded
    said = [cues().actions[word] for word in folded if word in cues().actions]
    if {"nimm", "tu", "take", "prends"} & {*folded} and {"von", "aus", "from", "off", "de"} & {*folded}:
        return "remove"
    for action in ("remove", "add"):
        if action in said:
            return action
    titled = any(name.tag == "title" for name in marked.names) or marked.reading.query.titles
    return "add" if marked.ordinals or titled else "show"


def list_name(marked: Marked) -> str | None:
    """The name of a list: "my halloween list", "die Liste namens Kinder", "ma liste vacances"; None: the usual one."""
    words = marked.sentence.words
    known = cues()
    for start, end in marked.sentence.quoted():
        before = next((word.folded for word in reversed(words[:start]) if not word.is_mark), "")
        if before in known.lists or before in known.called:
            return marked.sentence.text[words[start].start : words[end - 1].end]
    for place, word in enumerate(words):
        if word.folded in known.called and place + 1 < len(words):
            start = place + 2 if words[place + 1].is_mark else place + 1
            end = start + 1
            while end < len(words) and end - start < _LONGEST_LIST and _is_name(marked, end):
                end += 1
            return marked.sentence.text[words[start].start : words[end - 1].end] if start < len(words) else None
    for place, word in enumerate(words):
        base = next((base for base in ("list", "liste") if word.folded.endswith(base)), None)
        if base is not None and word.folded not in known.lists and len(word.folded) > len(base) + 2:
            return word.text[: -len(base)].rstrip("-")
        if word.folded in known.lists:
            start = end = place
            while start and place - start < _LONGEST_LIST and _is_name(marked, start - 1):
                start -= 1
            if start < place:
                return marked.sentence.text[words[start].start : words[place - 1].end]
            while end + 1 < len(words) and end - place < _LONGEST_LIST and _is_name(marked, end + 1):
                end += 1
            closing = (end + 1 == len(words) or words[end + 1].is_mark) and place
            written = words[min(place + 1, len(words) - 1)].is_capitalised or word.folded == "list"
            if end > place and (word.folded == "liste" or (closing and written)):
                return marked.sentence.text[words[place + 1].start : words[end].end]
    return None


def _named_for(marked: Marked) -> Name | None:
    """What looks like a title right behind "list"."""
    words = marked.sentence.words
    return next(
        (name for name in marked.names if name.start and words[name.start - 1].folded in cues().lists | cues().called),
        None,
    )


def _is_name(marked: Marked, place: int) -> bool:
    word = marked.sentence.words[place]
    taken = marked.tags.get(place) in ("title", "ordinal", "member")
    known = word.folded in cues().beside_lists or word.folded in cues().actions
    return not word.is_mark and not taken and not known
