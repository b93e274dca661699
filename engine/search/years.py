"""Years in a sentence, in English, German and French.

"after 2010" is 2011 on, "since 2015" is 2015 on, "before 1970" ends with 1969; a decade counts as its ten years.
"""

from __future__ import annotations

import re

from engine.search.ranges import Range, any_of, is_negated, use_match
from engine.search.sentences import Sentence

_DECADE_WORDS = {
    "twenties": 1920, "thirties": 1930, "forties": 1940, "fifties": 1950, "sixties": 1960, "seventies": 1970,
    "eighties": 1980, "nineties": 1990, "noughties": 2000,
    "zwanziger": 1920, "dreissiger": 1930, "vierziger": 1940, "funfziger": 1950, "sechziger": 1960, "siebziger": 1970,
    "achtziger": 1980, "neunziger": 1990,
    "annees vingt": 1920, "annees trente": 1930, "annees quarante": 1940, "annees cinquante": 1950,
    "annees soixante dix": 1970, "annees soixante": 1960, "annees quatre vingt dix": 1990, "annees quatre vingts": 1980,
    "annees quatre vingt": 1980,
}  # fmt: skip
_DECADE_WORDS |= {
    "annees septante": 1970, "annees huitante": 1980, "annees octante": 1980, "annees nonante": 1990,
}  # fmt: skip
_DECADE_WORDS |= {f"{word}jahre": year for word, year in _DECADE_WORDS.items() if word.endswith("iger")}
_DECADE_WORDS |= {
    "aughts": 2000, "naughties": 2000, "nuller": 2000, "nullerjahre": 2000, "nuller jahre": 2000, "zweitausender": 2000,
}  # fmt: skip
_DECADE_WORDS |= {f"{word}n": year for word, year in _DECADE_WORDS.items() if word.endswith(("jahre", "uller"))}
_DECADE_WORDS |= {f"{word}n": year for word, year in _DECADE_WORDS.items() if word.endswith("iger")}
_PART = (
    r"(?:(?P<part{0}>early|mid|late|fruhen?|spaten?|mitte|anfang|ende|debut|fin|milieu) (?:- )?"
    r"(?:der |des |the |of the )?)?"
)
_PERIOD = (
    r"(?:(?:the|den|der|die|das|dem|les|des|year|jahr|jahre|l|annee|an) )*" + _PART + r"(?:the |den |der |les |des )?"
    r"(?P<period{0}>(?:annees )?(?:1[89]|20)\d0 ?(?:s|ies|ern?)(?: ?jahren?)?|(?:annees )(?:(?:1[89]|20)\d0|\d0)s?"
    r"|\d0 ?(?:s|ies|ern?)(?: ?jahren?)?|"
    + "|".join(sorted(_DECADE_WORDS, key=len, reverse=True))
    + r"|(?:18[89]|19\d|20[0-4])\d)(?: jahren?)?"
)
_SPAN = re.compile(
    r"\b(?:between|from|zwischen|von|entre|de|) ?"
    + _PERIOD.format(1)
    + r" (?:and|to|till|until|through|und|bis|et|a|au|-|or|oder|ou) "
    + _PERIOD.format(2)
    + r"(?!\w)"
)
_AFTER = any_of(
    """
    after, later than, newer than, younger than, more recent than, nach, neuer als, junger als, apres,
    plus recente?s? que, posterieure?s? a, ulterieure?s? a, post
    """
)
_SINCE = any_of(
    """
    since, from at least, starting, not older than, no older than, not before, no earlier than, seit, ab, nicht
    alter als, nicht vor, depuis, a partir d, a partir de, pas plus vieux que, pas avant
    """
)
_BEFORE = any_of(
    """
    before, older than, earlier than, prior to, pre, vor, alter als, alter sind als, alter ist als, alter is als,
    fruher als, avant, plus vieux que, anterieure?s? a, plus
    anciens? que
    """
)
_UNTIL = any_of(
    """
    spatestens von, spatestens aus, spatestens, au plus tard de, au plus tard en, bis einschliesslich, bis inklusive,
    up to and including, until, till, up to, no later than, not newer than,
    not after, bis, nicht neuer als, nicht nach, jusqua, jusquen,
    jusqu, jusqu a, jusqu en, pas apres
    """
)
_LATER = any_of(
    """
    to today, till today, until today, to now, until now, bis heute, bis jetzt, a aujourd hui, a nos jours,
    jusqua aujourd hui, jusqua nos jours,
    minimum, au minimum, mini, mindestens, at least, or above,
    or later, and later, or newer, and newer, or after, and after, onwards?, and up, upwards, and on, on, or more
    recent, more recently, or beyond, ou plus tard, oder danach, oder junger, und junger, und ab,
    oder neuer, oder spater, und neuer, und spater, und danach, et plus, ou plus recent, ou apres, et
    apres, [+]
    """
)
_EARLIER = any_of(
    """
    or earlier, and earlier, or older, and older, or before, oder alter, oder fruher, und alter, ou avant, et
    avant, ou plus vieux
    """
)
_SINGLE = re.compile(
    rf"(?:\b(?P<relation>(?P<after>{_AFTER})|(?P<since>{_SINCE})|(?P<before>{_BEFORE})|(?P<until>{_UNTIL})"
    r"|in|from|of|during|around|von|aus|im|des|de|en|dans) )?(?<!\w)"
    + _PERIOD.format(1)
    + rf"(?!\w)(?: (?:(?P<later>{_LATER})|(?P<earlier>{_EARLIER}))(?!\w))?"
)
_RECENT = re.compile(
    r"\b(?:(?:in |from |of )?(?:the )?(?:last|past) (?P<en>\d+|few|couple of|ten|five|two|three|twenty)? ?"
    r"(?P<unit>years?|decades?)"
    r"|(?:der |den )?(?P<jahre>letzten jahre|letzten jahren|letzter zeit)|(?P<recent>recent years|ces dernieres annees)"
    r"|(?:la |cette )?derniere (?P<decennie>decennie)"
    r"|(?:der |den )?letzten (?P<de>\d+|paar|zehn|funf|zwei|drei|zwanzig) jahren?"
    r"|(?:not|no|nothing) (?:more than |older than )(?P<old>\d+|ten|five|two|three|twenty) (?P<olds>years?) ?(?:old)?"
    r"|nichts? alter als (?P<alt>\d+|zehn|funf|zwei|drei|zwanzig) jahre\b"
    r"|(?:des |les |ces )?(?P<fr>\d+|quelques|dix|cinq|deux|trois|vingt) dernieres annees)\b"
)
_THIS_YEAR = re.compile(
    r"\b(?:from |of )?(?:(?P<this>this years?|dieses jahr|diesem jahr|cette annee)"
    r"|(?P<last>last year|letztes jahr|letzten jahr|l annee derniere))\b"
)
# "Années 70 ou 80": the second needs no word of its own.
_TWO_DECADES = re.compile(r"\b(?:des |les )?annees (?P<one>\d0) (?:ou|et|a|-|,) (?:les )?(?P<other>\d0)(?!\w)")
_RECENTLY = 5
_COUNTS = {
    "few": 5, "couple of": 3, "ten": 10, "five": 5, "two": 2, "three": 3, "twenty": 20,
    "paar": 5, "zehn": 10, "funf": 5, "zwei": 2, "drei": 3, "zwanzig": 20,
    "quelques": 5, "dix": 10, "cinq": 5, "deux": 2, "trois": 3, "vingt": 20,
}  # fmt: skip


def read_years(sentence: Sentence, this_year: int | None = None) -> Range:
    """The years that a sentence allows; the words that say so are marked as used.

    `this_year` gives "the last five years" a meaning.
    """
    text, owners = sentence.joined()
    decades = _TWO_DECADES.search(text)
    if decades:
        use_match(sentence, decades, owners)
        starts = sorted(_century(int(decades[name])) for name in ("one", "other"))
        return Range(starts[0], starts[1] + 9)
    found = _SPAN.search(text)
    if found:
        first, second = _period(found, 1), _period(found, 2)
        use_match(sentence, found, owners)
        return Range(min(first[0], second[0]), max(first[1], second[1]))
    for found in _SINGLE.finditer(text):
        low, high = _period(found, 1)
        if found["relation"] is None and low == high and not _is_alone(text, found):
            continue
        if low == high and _dates_a_name(sentence, owners[found.start("period1")]):
            use_match(sentence, found, owners)
            continue
        if found["later"] == "+" and not _is_attached(sentence, owners[found.start("later")]):
            bounds = Range(low, high)  # "scary + 80s + synths"
        else:
            bounds = _bounds(found, low, high)
        use_match(sentence, found, owners)
        first_bounds = bounds.negated() if is_negated(text, found.start()) else bounds
        return _closed(sentence, first_bounds)
    return _recent(sentence, text, owners, this_year) if this_year else Range()


def _century(value: int) -> int:
    """1970 for 70, 2010 for 10."""
    return value + (2000 if value < 20 else 1900)


def _dates_a_name(sentence: Sentence, place: int) -> bool:
    """Whether a year stands in brackets behind what is written like a name: "Heat (1995)" asks for no year."""
    words = sentence.words
    bracketed = 2 <= place < len(words) - 1 and words[place - 1].folded == "(" and words[place + 1].folded == ")"
    before = words[place - 2] if bracketed else None
    return before is not None and (before.is_capitalised or before.is_mark or place - 2 in sentence.used)


def _closed(sentence: Sentence, bounds: Range) -> Range:
    """Open bounds with those that the words after set on the other side: "after 1990 but before 2000"."""
    if (bounds.low is None) == (bounds.high is None):
        return bounds
    text, owners = sentence.joined()
    for found in _SINGLE.finditer(text):
        if found["relation"] is None or not (found["after"] or found["since"] or found["before"] or found["until"]):
            continue
        other = _bounds(found, *_period(found, 1))
        if (other.low is None) != (bounds.low is None):
            use_match(sentence, found, owners)
            return Range(bounds.low or other.low, bounds.high or other.high)
    return bounds


def _is_attached(sentence: Sentence, place: int) -> bool:
    """Whether a mark follows its word without a blank: "2010+"."""
    return place > 0 and sentence.words[place - 1].end == sentence.words[place].start


def _bounds(found: re.Match[str], low: int, high: int) -> Range:
    if found["after"]:
        return Range(high + 1, None)
    if found["before"]:
        return Range(None, low - 1)
    if found["since"] or found["later"]:
        return Range(low, None)
    if found["until"] or found["earlier"]:
        return Range(None, high)
    return Range(low, high)


def _period(found: re.Match[str], number: int) -> tuple[int, int]:
    said = found[f"period{number}"]
    part = found[f"part{number}"]
    word = next((start for name, start in _DECADE_WORDS.items() if said == name), None)
    digits = re.search(r"\d+", said)
    value = word if word is not None else int(digits.group()) if digits else 0
    is_decade = word is not None or not said.isdigit()
    if value < 100:
        value = _century(value)
    if not is_decade:
        return value, value
    match part:
        case "early" | "fruhe" | "fruhen" | "anfang" | "debut":
            return value, value + 3
        case "mid" | "mitte" | "milieu":
            return value + 4, value + 6
        case "late" | "spate" | "spaten" | "ende" | "fin":
            return value + 6, value + 9
    return value, value + 9


def _is_alone(text: str, found: re.Match[str]) -> bool:
    """A bare number is a year only if it is not one of something ("1999 films", but not "1984 minutes")."""
    after = text[found.end() :].lstrip()
    return not re.match(r"(?:minutes?|mins?|min|minuten|people|dollars|euros?|%)\b", after)


def _recent(sentence: Sentence, text: str, owners: list[int], this_year: int) -> Range:
    found = _RECENT.search(text)
    if found:
        if found["jahre"] or found["recent"]:
            use_match(sentence, found, owners)
            return Range(this_year - _RECENTLY, None)
        said = (
            "ten"
            if found["decennie"]
            else next((found[name] for name in ("en", "old", "de", "alt", "fr") if found[name]), "1")
        )
        count = int(said) if said.isdigit() else _COUNTS[said]
        count *= 10 if (found["unit"] or "").startswith("decade") else 1
        use_match(sentence, found, owners)
        return Range(this_year - count, None)
    found = _THIS_YEAR.search(text)
    if found:
        use_match(sentence, found, owners)
        year = this_year if found["this"] else this_year - 1
        return Range(year, year)
    return Range()
