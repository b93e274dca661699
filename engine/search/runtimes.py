"""Running times in a sentence, in English, German and French: "under 90" is at most 90 minutes."""

from __future__ import annotations

import re

from engine.search.ranges import Range, any_of, is_negated, use_match
from engine.search.sentences import Sentence

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
        r"(?P<half#> and a half| und eine halbe| und ne halbe| et demie?| et quart| and a quarter"
        r"| (?:et )?trois quarts| and three quarters)?"
        r"(?: ?(?:and |und |et )?(?P<extra#>\d{1,2}) ?(?:minutes?|mins?|m|minuten)?)?(?!\w)"
        r"|(?P<half_hours#>(?:eine?|ne) und (?:eine|ne) halbe|(?:one |two |three |\d )?and a half|half an) "
        r"(?:hours?|stunden?)"
        r"|(?:an? |eine?r? |ne )?(?P<quarters#>" + "|".join(_QUARTERS) + r")(?!\w)"
        r"|(?P<clock#>[1-4]) ?: ?(?P<clocked#>[0-5]\d)(?!\w)"
        r"|(?P<minutes#>\d{1,3}) ?(?:minutes?|mins?|m|min|minuten|minutiger?|minutige[sn]?)(?!\w)"
        r"|(?P<bare#>\d{2,3})(?! ?%)(?!\w))"
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
    over, more than, at least, longer than, above, runs over, running over, going over, goes over, exceeds, exceeding,
    depasse, depassent, depasser, depassant, excede, minimum, min, mindestens, uber, mehr als, langer als, plus de,
    plus d, au moins, minimum
    """
)
_OR_LESS = any_of(
    """
    or less, or shorter, or under, tops, maximal, pas plus, max, maximum, at most, oder weniger, oder kurzer,
    hochstens, ou moins, maxi, au plus
    """
)
_OR_MORE = any_of("or more, or longer, at least, oder mehr, oder langer, mindestens, ou plus, au moins, minimum")
_ABOUT = any_of("about, around, roughly, circa, ungefahr, etwa, environ")
_RUNTIME = re.compile(
    rf"(?:\b(?:(?P<most>{_AT_MOST})|(?P<least>{_AT_LEAST})|(?P<about>{_ABOUT})) )?(?:d )?(?<!\w){_duration(1)}"
    rf"(?: (?:(?P<or_less>{_OR_LESS})|(?P<or_more>{_OR_MORE}))(?!\w))?"
)
_BETWEEN = re.compile(
    rf"\b(?:between|from|zwischen|von|entre|de) {_duration(1)} (?:and|to|und|bis|et|a) (?:d )?{_duration(2)}"
)
_SPAN = re.compile(
    rf"(?<!\w)(?P<from>{_NUMBER}) (?:to|bis|a|-) "
    rf"(?P<to>{_NUMBER}) ?(?:(?P<hour>hours?|hrs?|h|std|stunden?|heures?)|minutes?|mins?|min|minuten)(?!\w)"
)
_ELSEWISE = (" ago", " later", " du mat", " du soir", " de l apres", " du matin", " am ", " pm ", " uhr")
_REFUSED = re.compile(
    r"^(?: \w+){0,3} (?:nicht|nich|nix|ned|net|keiner|niemand|isnt|not|pas|cant|dont)\b|^(?: \w+)? , fliegt raus"
)
_GONE_BY = re.compile(
    r"\b(?:since|for the last|seit|schon|depuis|il y a|ca fait|au bout de|au bout d|dans|nach|after)\s*$"
)
_LONGEST = 360  # minutes that are meant without "under" or "over"
_TOLERANCE = 15  # minutes around "about two hours"


def read_runtime(sentence: Sentence) -> Range:
    """The minutes that a sentence allows; the words that say so are marked as used. Read the years first."""
    text, owners = sentence.joined_in_digits()
    between = _BETWEEN.search(text)
    if between and not (between["bare1"] and between["bare2"]):  # "from 90 to 95" may be anything
        use_match(sentence, between, owners)
        return Range(_minutes(between, 1), _minutes(between, 2))
    span = _SPAN.search(text)
    if span:  # "anderthalb bis zwei Stunden"
        use_match(sentence, span, owners)
        unit = 60 if span["hour"] else 1
        return Range(round(unit * _amount(span["from"])), round(unit * _amount(span["to"])))
    for found in _RUNTIME.finditer(text):
        minutes = _minutes(found, 1)
        bounded = found["most"] or found["or_less"] or found["least"] or found["or_more"]
        if found["bare1"] and (not bounded or not 30 <= minutes <= 400):
            continue
        if found["clock1"] and not bounded:  # a time of day
            continue
        gone_by = not bounded and _GONE_BY.search(text[: found.start()])
        if gone_by or text[found.end() :].startswith(_ELSEWISE):
            continue
        if not 1 <= minutes <= 1_000 or (not bounded and minutes > _LONGEST):  # "a shift of twelve hours"
            continue
        use_match(sentence, found, owners)
        most, least = found["most"] or found["or_less"], found["least"] or found["or_more"]
        refused = least and not found["or_more"] and _REFUSED.search(text[found.end() :])
        if is_negated(text, found.start()) or refused:  # "mehr als 100 Minuten pack ich nicht"
            most, least = least, most
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
        return int(counted)
    if said["quarters"]:
        return _QUARTERS[said["quarters"]]
    if said["clock"]:
        return 60 * int(said["clock"]) + int(said["clocked"])
    if said["half_hours"]:
        first = said["half_hours"].split()[0]
        return (
            30 if first == "half" else 30 + round(60 * _amount(first if first in _HOURS or first.isdigit() else "one"))
        )
    hours = said["hours"]
    return round(60 * _amount(hours)) + _part(said["half"]) + int(found[f"extra{number}"] or "0")


def _amount(said: str) -> float:
    return _HOURS[said] if said in _HOURS else float(said.replace(" ", "").replace(",", "."))


def _part(said: str | None) -> int:
    """The minutes of a part of an hour: "and a half"."""
    if not said:
        return 0
    return 45 if "quarts" in said or "quarters" in said else 15 if "quart" in said else 30
