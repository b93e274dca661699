"""Who is along: names after "@", and names of people where company is spoken of."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from bot.agent.interpreter.marker import Marker
from engine.search.words import FILLERS, STOP_WORDS

_AND = frozenset({"and", "und", "et", "&", "pis", "+", "n", "plus", "ni", "nor"})
_JOINS = _AND | {","}
_MYSELF = frozenset({"i", "me", "ich", "mich", "mir", "moi"})
_ARTICLES_OF_NAMES = frozenset(
    {"der", "die", "da", "de", "den", "dr", "l", "le", "la", "s", "a", "pour", "for", "fur", "mit", "with", "avec"}
)
_GROUPS = frozenset(
    {"group", "gruppe", "groupe", "gruppenabend", "together", "zusammen", "ensemble", "dritt", "viert", "crew"}
)
_GROUP_REACH = 4
_PLEASES = frozenset({"plaire", "plaise", "plait", "convenir", "convienne", "convient", "fois"})
_WHERE = frozenset({"in", "at", "near", "aus", "nach", "bei", "en", "dans", "am", "im"})  # before a place
_ALONG = frozenset({"here", "over", "coming", "visiting", "around", "joining"})


def members_in(marker: Marker, household: Collection[str]) -> tuple[str, ...]:
    """Names after "@", and names of people where company is spoken of."""
    found: list[str] = []
    words = marker.sentence.words
    text = marker.sentence.text
    along = _along(marker, household)
    along.update(_beside(marker, along))
    for place, word in enumerate(words):
        if place in along and place not in marker.tags:
            end = place + 1
            mentioned = _is_mentioned(marker, place)
            joints = ("-", ".", "_") if mentioned else ("-",)  # "Jean-Luc"
            while end < len(words) and text[words[end - 1].end : words[end].start] in joints:
                along.discard(end)
                end += 1
            marker.mark(range(place, end), "member")
            said = text[word.start : words[end - 1].end]
            for ending in ("'s", "’s"):
                said = said.removesuffix(ending)
            found.append(said)
    return tuple(dict.fromkeys(found))


def _along(marker: Marker, household: Collection[str]) -> set[int]:
    """Places of the names that their own surroundings tell: after "@", or where company is spoken of."""
    listed = _listed(marker, household)
    found: set[int] = set()
    for place, word in enumerate(marker.sentence.words):
        if word.is_mark or place in marker.tags:
            continue
        bare = word.folded.removesuffix("s") if word.text.lower().endswith(("'s", "’s")) else word.folded
        # While this runs those found count as members for those after them: "with Anna, Ben".
        named = _is_name(marker, bare, household) and _in_company(marker, place, found)
        if named and bare not in household and marker.is_plain(bare) and not word.is_capitalised:
            named = False  # "und will mehr davon"
        if _is_mentioned(marker, place) or named or place in listed or _is_partner(marker, place):
            found.add(place)
    return found


def _is_mentioned(marker: Marker, place: int) -> bool:
    start = marker.sentence.words[place].start
    return start > 0 and marker.sentence.text[start - 1] == "@"


def _listed(marker: Marker, household: Collection[str]) -> frozenset[int]:
    """Names that stand side by side, "anna felix und ich", and the last of a list, known or not: "..., Lena and "
    "Ollie"."""
    words = marker.sentence.words
    found: set[int] = set()
    for place in range(1, len(words)):
        if place in marker.tags or words[place].is_mark:
            continue
        known = _is_name(marker, words[place].folded, household)
        if known and place - 1 not in marker.tags and _is_name(marker, words[place - 1].folded, household):
            found.update((place - 1, place))
        if known and _could_be_name(marker, place - 1) and place - 1 not in marker.tags:
            after = {" ".join(marker.folded(place + 1 + at) for at in range(size)) for size in (2, 3)}
            if place == 1 and not marker.known.company_after.isdisjoint(after):  # "samir alice et moi"
                found.update((0, 1))
        joined = place >= 4 and words[place - 1].folded in _AND and _is_name(marker, words[place - 2].folded, household)
        if joined and words[place - 3].folded == "," and _is_strange_name(marker, place):
            found.add(place)
    found.update(_after_colon(marker))
    return frozenset(found)


def _after_colon(marker: Marker) -> Iterator[int]:
    """ "Group night: kasia, dev, jules": names after a colon where a group is spoken of."""
    folded = marker.sentence.folded
    for colon in (place for place, word in enumerate(folded) if word == ":"):
        if _GROUPS.isdisjoint(folded[max(colon - _GROUP_REACH, 0) : colon]):
            continue
        places = [colon + 1]
        while marker.folded(places[-1] + 1) in _JOINS and _is_strange_name(marker, places[-1] + 2):
            places.append(places[-1] + 2)
        if len(places) > 1 and _is_strange_name(marker, places[0]):
            yield from places


def _beside(marker: Marker, members: Collection[int]) -> Iterator[int]:
    """Strange names that a list joins to somebody who is along: "me, Ollie and Patricia", "caro, deniz, paul + ich"."""
    me = {place for place, word in enumerate(marker.sentence.words) if word.folded in _MYSELF}
    for step in (-1, 1):
        for start in sorted({*members} | me):
            # "Something for me, comedies" lists nobody; "for me and Flo" does.
            joints = _AND if start in me else _JOINS
            place = start + step
            while marker.folded(place) in joints:
                joints = _JOINS
                while marker.folded(place) in joints:
                    place += step
                if step > 0 and marker.folded(place) in _ARTICLES_OF_NAMES:
                    place += 1
                if not _is_strange_name(marker, place) or marker.folded(place - 1) in _WHERE:
                    break
                yield place
                place += step


def _is_strange_name(marker: Marker, place: int) -> bool:
    """Whether a word is somebody's name, if it stands where a name must: known to nobody, and used for nothing else."""
    word = marker.folded(place)
    if place < 0 or not _could_be_name(marker, place) or marker.tags.get(place, "member") != "member":
        return False
    return word in marker.known.names or not marker.is_plain(word)


def _could_be_name(marker: Marker, place: int) -> bool:
    word = marker.folded(place)
    free = word not in STOP_WORDS and word not in FILLERS and word not in marker.known.relatives
    return free and len(word) > 2 and word.isalpha() and word not in ("i", "ich", "moi", "mich", "myself")


def _is_partner(marker: Marker, place: int) -> bool:
    """Whether a word that is no list's name stands where only a person can: "katia et moi", "me and fritzi"."""
    word = marker.folded(place)
    if word in STOP_WORDS or word in FILLERS or word in marker.known.relatives or len(word) < 3:
        return False
    if marker.is_plain(word) and word not in marker.known.names:
        return False
    after = {" ".join(marker.folded(place + 1 + at) for at in range(size)) for size in (2, 3)}
    first = place == 0 and not marker.known.company_after.isdisjoint(after)
    return first or f"{marker.folded(place - 2)} {marker.folded(place - 1)}" in marker.known.beside_me


def _is_name(marker: Marker, folded: str, household: Collection[str]) -> bool:
    return folded in household or folded in marker.known.names


def _in_company(marker: Marker, place: int, along: Collection[int]) -> bool:
    """Whether the word before or after says that somebody is along; a surname behind makes it somebody famous."""
    words = marker.sentence.words
    after = words[place + 1] if place + 1 < len(words) else None
    if words[place].text.lower().endswith(("'s", "’s")) and after is not None and after.folded in _ALONG:
        return True  # "Dave's here"
    if after is not None and not after.is_mark and after.text[:1].isupper() and words[place].text[:1].isupper():
        joined = after.folded in marker.known.company_before or after.folded in marker.known.names
        if not joined and marker.sentence.text[words[place].end : after.start] in (" ", "-") and after.folded != "i":
            return False
    before = marker.folded(place - 1)
    pleased = before == "a" and not _PLEASES.isdisjoint(marker.folded(place - at) for at in range(2, 8))
    if pleased and words[place].is_capitalised:  # "qui plaise à Sarah et à Yanis"
        return True
    if before in marker.known.relatives and words[place].is_capitalised:  # "my brother Hugo"
        return True
    if before == "," and place - 2 in along:
        return True
    behind = [" ".join(marker.folded(place + 1 + at) for at in range(size)) for size in (2, 3)]
    asked = before == "about" and marker.folded(place - 2) in ("what", "how")  # "and what about Mia?"
    joins = (
        asked or before in marker.known.company_before or any(phrase in marker.known.company_after for phrase in behind)
    )
    # "Anna, Ben and I": a name before a comma that other names follow.
    listed = marker.folded(place + 1) in (",", "&", "+", "and", "und", "et") and place + 2 < len(words)
    return joins or (listed and _follows_name(marker, place + 2))


def _follows_name(marker: Marker, place: int) -> bool:
    return marker.folded(place) in marker.known.names or marker.folded(place) in ("i", "me", "ich", "mich", "moi")
