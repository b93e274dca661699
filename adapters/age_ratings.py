"""The youngest suitable age behind a rating such as "PG-13", "TV-MA", "FSK-16", "gb/15" or "DE-12".

Media servers and metadata services name ratings in many ways; all of them ask here, so that one limit means the same
everywhere. A rating that nobody assigned ("NR", "Unrated") and one that is not known have no age: who has an age limit
then does not see the title.
"""

from __future__ import annotations

import re

ADULT = 18

# Ratings that mean the same wherever they are used, or are known best by their home country.
_COMMON = {
    # United States, films and television
    **dict.fromkeys(("G", "TV-G", "TV-Y", "APPROVED", "PASSED"), 0),
    **dict.fromkeys(("TV-Y7", "TV-Y7-FV"), 7),
    **dict.fromkeys(("PG", "TV-PG", "GP"), 10),
    "PG-13": 13,
    "TV-14": 14,
    **dict.fromkeys(("R", "TV-MA"), 17),
    **dict.fromkeys(("NC-17", "X", "XXX", "AO"), ADULT),
    # United Kingdom, Ireland
    **dict.fromkeys(("U", "UC"), 0),
    "12A": 12,
    "15A": 15,
    "R18": ADULT,
    # Australia, New Zealand, Canada
    **dict.fromkeys(("M", "MA15+", "MA", "R15"), 15),
    **dict.fromkeys(("R18+", "X18+", "RP18"), ADULT),
    **dict.fromkeys(("14A", "14+"), 14),
    "18A": ADULT,
    "C8": 8,
    **dict.fromkeys(("C", "E10+"), 0),
    # France
    **dict.fromkeys(("TP", "TOUS PUBLICS", "TOUS"), 0),
    # Spain, Italy, Portugal, Brazil, Nordic countries, Netherlands
    **dict.fromkeys(("A", "APTA", "AI", "T", "L", "LIVRE", "BTL", "ATP", "AL", "S", "K-0", "ALL", "AA", "ALA"), 0),
    **dict.fromkeys(("VM14", "V.M.14"), 14),
    **dict.fromkeys(("VM18", "V.M.18"), ADULT),
    # East Asia
    **dict.fromkeys(("PG12", "PG-12"), 12),
    **dict.fromkeys(("R15+",), 15),
}

# Where a country gives a common name another meaning.
_NATIONAL = {
    "AU": {"PG": 8, "M": 15, "G": 0, "P": 0},
    "NZ": {"M": 16, "PG": 8},
    "GB": {"PG": 8},
    "IE": {"PG": 8},
    "CA": {"PG": 8, "R": ADULT, "A": ADULT, "G": 0, "13+": 13, "16+": 16},
    "IN": {"A": ADULT, "U": 0, "UA": 12, "U/A": 12, "S": ADULT},
    "SG": {"M18": ADULT, "R21": 21, "NC16": 16, "PG": 8},
    "HK": {"I": 0, "IIA": 10, "IIB": 15, "III": ADULT},
    "TW": {"G": 0, "P": 6, "PG": 12, "R": ADULT},
    "PH": {"G": 0, "PG": 8},
    "MX": {"AA": 0, "A": 0, "B": 12, "B-15": 15, "B15": 15, "C": ADULT, "D": ADULT},
    "KR": {"ALL": 0},
    "JP": {"G": 0},
}

_UNRATED = frozenset({"", "NR", "N/R", "NOT RATED", "UNRATED", "UR", "NONE", "E", "EXEMPT", "TBC", "-"})
_COUNTRY = re.compile(r"([A-Z]{2})[-/:_ ]+(.+)")
_NUMBER = re.compile(r"(?:FSK|USK|BPJM|PEGI|KIJKWIJZER|RATED|R|M|K|N|S|VM|NC|T|A)?[-/ .:]*(\d{1,2})\s*(?:\+|A|PG|ANS)?")
_DESCRIPTORS = re.compile(r"(TV-(?:PG|14|MA))-[DLSV]+")
_OLDEST = 21


def minimum_age(rating: str | None, country: str | None = None) -> int | None:
    """The age in years, 0 to 21; None when the rating is absent, not known, or says "unrated".

    `country` (ISO 3166-1) settles names that countries use differently; a prefix in the rating ("au/M", "DE-16") wins.
    """
    text = " ".join((rating or "").upper().split())
    described = _DESCRIPTORS.fullmatch(text)
    if described:
        text = described[1]
    if text in _UNRATED:
        return None
    known = _known(text, (country or "").upper())
    if known is not None:
        return known
    prefixed = _COUNTRY.fullmatch(text)
    if prefixed and prefixed[2] not in _UNRATED:
        return _known(prefixed[2], prefixed[1])
    return None


def _known(text: str, country: str) -> int | None:
    national = _NATIONAL.get(country, {}).get(text)
    if national is not None:
        return national
    if text in _COMMON:
        return _COMMON[text]
    number = _NUMBER.fullmatch(text)
    if number and int(number[1]) <= _OLDEST:
        return int(number[1])
    return None
