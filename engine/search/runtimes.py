"""Running times in a sentence, in English, German and French: "under 90" is at most 90 minutes."""

from __future__ import annotations

import re

from engine.search.ranges import Range, any_of, is_negated, use_match
from engine.search.sentences import Sentence

_NUMBER = (
    r"(?:a|an|one|two|three|four|half an|eine?|einer|einen|zwei|drei|vier|une|deux|trois|quatre|eineinhalb|anderthalb"
    r"|zweieinhalb|\d{1,3}(?: [.,] \d)?)"
)
_DURATION = (
    r"(?:(?P<hours>" + _NUMBER + r") ?(?:hours?|hrs?|h|std|stunden?|heures?)"
    r"(?P<half> and a half| und eine halbe| et demie?)?"
    r"(?: ?(?:and |und |et )?(?P<extra>\d{1,2}) ?(?:minutes?|mins?|m|minuten)?)?(?!\w)"
    r"|(?P<half_hours>eine? und eine halbe|(?:one |two )?and a half|half an) (?:hours?|stunden?)"
    r"|(?P<minutes>\d{1,3}) ?(?:minutes?|mins?|m|min|minuten|minutiger?|minutigen)(?!\w)"
    r"|(?P<bare>\d{2,3})(?! ?%)(?!\w))"
)
_AT_MOST = any_of(
    """
    under, less than, below, max, maximum, at most, at max, no more than, not more than, not longer than, no
    longer than, shorter than, within, up to, not over, isnt longer than, unter, weniger als, hochstens, maximal,
    kurzer als, nicht langer als, bis zu, moins de, moins d, au maximum, au plus, pas plus de, pas plus d, moins
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
    rf"(?:\b(?:(?P<most>{_AT_MOST})|(?P<least>{_AT_LEAST})|(?P<about>{_ABOUT})) )?(?<!\w){_DURATION}"
    rf"(?: (?:(?P<or_less>{_OR_LESS})|(?P<or_more>{_OR_MORE}))(?!\w))?"
)
_HOURS = {
    "a": 1.0, "an": 1.0, "one": 1.0, "two": 2.0, "three": 3.0, "four": 4.0, "half an": 0.5, "ein": 1.0, "eine": 1.0,
    "einer": 1.0, "einen": 1.0, "zwei": 2.0, "drei": 3.0, "vier": 4.0, "une": 1.0, "deux": 2.0, "trois": 3.0,
    "quatre": 4.0, "eineinhalb": 1.5, "anderthalb": 1.5, "zweieinhalb": 2.5,
}  # fmt: skip
_TOLERANCE = 15  # minutes around "about two hours"


def read_runtime(sentence: Sentence) -> Range:
    """The minutes that a sentence allows; the words that say so are marked as used. Read the years first."""
    text, owners = sentence.joined()
    for found in _RUNTIME.finditer(text):
        minutes = _minutes(found)
        bounded = found["most"] or found["or_less"] or found["least"] or found["or_more"]
        if found["bare"] and (not bounded or not 30 <= minutes <= 400):
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


def _minutes(found: re.Match[str]) -> int:
    if found["minutes"] or found["bare"]:
        return int(found["minutes"] or found["bare"])
    if found["half_hours"]:
        said = found["half_hours"]
        return 30 if said.startswith("half") else 150 if said.startswith("two") else 90
    said = found["hours"]
    hours = _HOURS[said] if said in _HOURS else float(said.replace(" ", "").replace(",", "."))
    return round(60 * hours) + (30 if found["half"] else 0) + int(found["extra"] or 0)
