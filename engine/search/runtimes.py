"""Running times in a sentence, in English, German and French: "under 90" is at most 90 minutes."""

from __future__ import annotations

import re

from engine.search.ranges import Range, any_of, is_negated, use_match
from engine.search.sentences import Sentence

_WORDS = {
    "five": 5, "ten": 10, "funf": 5, "zehn": 10, "cinq": 5, "dix": 10,
    "fifteen": 15, "twenty": 20, "twenty five": 25, "thirty": 30, "forty": 40, "forty five": 45, "fifty": 50,
    "thirty five": 35, "fifty five": 55,
    "sixty": 60, "seventy": 70, "seventy five": 75, "eighty": 80, "ninety": 90, "a hundred": 100, "one hundred": 100,
    "hundred": 100, "a hundred and twenty": 120, "one hundred and twenty": 120, "hundred and twenty": 120,
    "funfzehn": 15, "zwanzig": 20, "funfundzwanzig": 25, "dreissig": 30, "vierzig": 40, "funfundvierzig": 45,
    "funfzig": 50, "sechzig": 60, "siebzig": 70, "achtzig": 80, "neunzig": 90, "hundert": 100, "hundertzwanzig": 120,
    "quinze": 15, "vingt": 20, "vingt cinq": 25, "trente": 30, "trente cinq": 35, "cinquante cinq": 55,
    "quarante": 40, "quarante cinq": 45, "cinquante": 50,
    "soixante": 60, "soixante quinze": 75, "quatre vingt": 80, "quatre vingts": 80, "quatre vingt dix": 90,
    "cent": 100, "cent vingt": 120,
}  # fmt: skip
_WORD = "|".join(sorted(_WORDS, key=len, reverse=True))
_HOURS = {
    "a": 1.0, "an": 1.0, "one": 1.0, "two": 2.0, "three": 3.0, "four": 4.0, "half an": 0.5, "ein": 1.0, "eine": 1.0,
    "einer": 1.0, "einen": 1.0, "ne": 1.0, "ner": 1.0, "zwei": 2.0, "drei": 3.0, "vier": 4.0, "une": 1.0, "deux": 2.0,
    "trois": 3.0, "quatre": 4.0, "eineinhalb": 1.5, "einundhalb": 1.5, "anderthalb": 1.5, "zweieinhalb": 2.5,
    "a half": 0.5, "half a": 0.5, "half": 0.5, "halbe": 0.5, "halben": 0.5, "eine halbe": 0.5, "ne halbe": 0.5,
    "demi": 0.5, "une demi": 0.5,
}  # fmt: skip
# A word needs a blank behind it: "ah" is no hour.
_NUMBER = "(?:(?:" + "|".join(sorted(_HOURS, key=len, reverse=True)) + r")(?= )|\d{1,3}(?: [.,] \d)?)"
_QUARTERS = {"dreiviertelstunde": 45, "viertelstunde": 15, "quarter of an hour": 15, "trois quarts d heure": 45}


def _duration(number: int) -> str:
    """A pattern for a running time; its groups end in `number`."""
    return (
        r"(?:(?P<hours#>" + _NUMBER + r") ?(?:hours?|hrs?|h|std|stunden?|stundige[rsn]?|stundig|heures?)"
        r"(?P<half#> and a half| und eine halbe| und ne halbe| et demie?)?"
        r"(?: ?(?:and |und |et )?(?P<extra#>\d{1,2}|" + _WORD + r") ?(?:minutes?|mins?|m|minuten)?)?(?!\w)"
        r"|(?P<half_hours#>(?:eine?|ne) und (?:eine|ne) halbe|(?:one |two )?and a half|half an) (?:hours?|stunden?)"
        r"|(?:an? |eine?r? |ne )?(?P<quarters#>" + "|".join(_QUARTERS) + r")(?!\w)"
        r"|(?P<clock#>[1-4]) ?: ?(?P<clocked#>[0-5]\d)(?!\w)"
        r"|(?P<minutes#>\d{1,3}|" + _WORD + r") ?(?:minutes?|mins?|m|min|minuten|minutiger?|minutige[sn]?)(?!\w)"
        r"|(?P<bare#>\d{2,3}|" + _WORD + r")(?! ?%)(?!\w))"
    ).replace("#", str(number))


_AT_MOST = any_of(
    """
    under, less than, below, max, maximum, at most, at max, no more than, not more than, not longer than, no
    longer than, shorter than, within, up to, not over, isnt longer than, unter, weniger als, hochstens, maximal,
    kurzer als, nicht langer als, nich langer als,
    keine, bis zu, moins de, moins d, au maximum, au plus, pas plus de, pas plus d, moins
    qu, maxi
    """
)
_AT_LEAST = any_of(
    """
    over, more than, at least, longer than, above, minimum, min, mindestens, uber, mehr als, langer als, plus de,
    plus d, au moins, minimum
    """
)
_OR_LESS = any_of(
    """
    or less, or shorter, or under, tops, max, maximum, at most, oder weniger, oder kurzer, hochstens, ou moins,
    maxi, au plus
    """
)
_OR_MORE = any_of("or more, or longer, oder mehr, oder langer, ou plus, minimum")
_ABOUT = any_of("about, around, roughly, circa, ungefahr, etwa, environ")
_RUNTIME = re.compile(
    rf"(?:\b(?:(?P<most>{_AT_MOST})|(?P<least>{_AT_LEAST})|(?P<about>{_ABOUT})) )?(?:d )?(?<!\w){_duration(1)}"
    rf"(?: (?:(?P<or_less>{_OR_LESS})|(?P<or_more>{_OR_MORE}))(?!\w))?"
)
_BETWEEN = re.compile(
    rf"\b(?:between|from|zwischen|von|entre|de) {_duration(1)} (?:and|to|und|bis|et|a) (?:d )?{_duration(2)}"
)
_TOLERANCE = 15  # minutes around "about two hours"


def read_runtime(sentence: Sentence) -> Range:
    """The minutes that a sentence allows; the words that say so are marked as used. Read the years first."""
    text, owners = sentence.joined()
    between = _BETWEEN.search(text)
    if between and not (between["bare1"] and between["bare2"]):  # "from 90 to 95" may be anything
        use_match(sentence, between, owners)
        return Range(_minutes(between, 1), _minutes(between, 2))
    for found in _RUNTIME.finditer(text):
        minutes = _minutes(found, 1)
        bounded = found["most"] or found["or_less"] or found["least"] or found["or_more"]
        if found["bare1"] and (not bounded or not 30 <= minutes <= 400):
            continue
        if found["clock1"] and not bounded:  # a time of day
            continue
        if not 1 <= minutes <= 1_000:
            continue
        use_match(sentence, found, owners)
        most, least = found["most"] or found["or_less"], found["least"] or found["or_more"]
        if least and is_negated(text, found.start()):
            most, least = least, None
        if most:
            return Range(None, minutes)
        if least:
            return Range(minutes, None)
        if found["about"]:
            return Range(minutes - _TOLERANCE, minutes + _TOLERANCE)
        return Range(None, minutes)
    return Range()


def _minutes(found: re.Match[str], number: int) -> int:
    said = {name: found[f"{name}{number}"] for name in ("hours", "half", "half_hours", "quarters", "clock", "clocked")}
    counted = found[f"minutes{number}"] or found[f"bare{number}"]
    if counted:
        return _counted(counted)
    if said["quarters"]:
        return _QUARTERS[said["quarters"]]
    if said["clock"]:
        return 60 * int(said["clock"]) + int(said["clocked"])
    if said["half_hours"]:
        return 30 if said["half_hours"].startswith("half") else 150 if said["half_hours"].startswith("two") else 90
    hours = said["hours"]
    count = _HOURS[hours] if hours in _HOURS else float(hours.replace(" ", "").replace(",", "."))
    return round(60 * count) + (30 if said["half"] else 0) + _counted(found[f"extra{number}"] or "0")


def _counted(said: str) -> int:
    return _WORDS[said] if said in _WORDS else int(said)
