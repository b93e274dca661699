"""The values in TMDB's columns: lists in four notations, dates with two-digit years, numbers, damaged letters."""

from __future__ import annotations

import ast
import json
import math
import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from bot.model.titles import Credit, Kind, Role, TitleRef

GENRES = {
    28: "Action", 12: "Adventure", 16: "Animation", 35: "Comedy", 80: "Crime", 99: "Documentary", 18: "Drama",
    10751: "Family", 14: "Fantasy", 36: "History", 27: "Horror", 10402: "Music", 9648: "Mystery", 10749: "Romance",
    878: "Science Fiction", 10770: "TV Movie", 53: "Thriller", 10752: "War", 37: "Western",
}  # fmt: skip
JOBS = {"Director": Role.DIRECTOR, "Screenplay": Role.WRITER, "Writer": Role.WRITER, "Actor": Role.CAST}
# Production companies stand among the genres of a few damaged rows of one public file; "Foreign" was given up by TMDB.
_KNOWN_GENRES = frozenset(GENRES.values())
# They say what happens after the film, not what it is about.
_TECHNICAL_KEYWORDS = frozenset({"aftercreditsstinger", "duringcreditsstinger"})
_NO_OVERVIEW = frozenset({"no overview found.", "no overview found", "no overview", "n/a", "none", "nan"})
_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
# Windows-1252 has no character, or a mere blank, for some bytes, so that they were lost: of the closing quotation mark,
# of the Cyrillic "А", of "Á" at the beginning of a word and of "à" at its end.
_LOST_QUOTE = re.compile(rb"\xe2\x80(?![\x80-\xbf])")
_LOST_LETTER = re.compile(rb"\xd0(?![\x80-\xbf])")
_LOST_ACUTE = re.compile(r"(?<!\w)Ã(?=[a-zà-ÿ])")
_LOST_GRAVE = re.compile(r"(?<=[a-zà-ÿ])Ã(?!\w)")
_SHORT_DATE = re.compile(r"^(\d{1,2})/(\d{1,2})/(\d{2}|\d{4})$")
_FIRST_YEAR, _LAST_YEAR = 1870, 2100
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class Unreadable(ValueError):
    """A column that holds something else than it should."""


def text(value: str) -> str:
    """The text without blanks around it, control characters, and letters damaged by a wrong decoding."""
    return " ".join(_CONTROL.sub("", repaired(value)).split())


def repaired(value: str) -> str:
    """UTF-8 that was once or twice read as Windows-1252, read again: "AutÃ³mata" becomes "Autómata"."""
    for _time in range(2):
        if value.isascii():
            return value
        value = _NOT_ASCII.sub(_repair, value)
    return _LOST_GRAVE.sub("à", _LOST_ACUTE.sub("Á", value)) if "Ã" in value else value


def _repair(run: re.Match[str]) -> str:
    try:
        damaged = b"".join(map(_byte, run.group()))
    except UnicodeError:
        return run.group()
    mended = _LOST_QUOTE.sub(b"\xe2\x80\x9d", damaged)
    if len(damaged) > 4:
        # A word in Cyrillic letters; a single such letter may be an Icelandic one.
        mended = _LOST_LETTER.sub(b"\xd0\x90", mended)
    try:
        return mended.decode("utf-8")
    except UnicodeError:
        return run.group()


def _byte(character: str) -> bytes:
    try:
        return character.encode("cp1252")
    except UnicodeEncodeError:
        # The five codes that Windows-1252 leaves empty pass through unchanged.
        return character.encode("latin-1")


def overview(value: str) -> str:
    """The plot; empty where the file only says that there is none."""
    plot = text(value)
    return "" if plot.casefold() in _NO_OVERVIEW else plot


def film_ref(value: str) -> TitleRef:
    """The reference of a TMDB id. Raises: Unreadable."""
    digits = value.strip().removesuffix(".0")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 12 and int(digits)):
        raise Unreadable
    return TitleRef(Kind.MOVIE, "tmdb", str(int(digits)))


def imdb_ref(value: str) -> TitleRef | None:
    """The reference of an IMDb id, if it is one."""
    found = re.fullmatch(r"tt\d{5,10}", value.strip())
    return TitleRef(Kind.MOVIE, "imdb", found.group()) if found else None


def number(value: str) -> float | None:
    """A number of at least 0; None for an empty cell. Raises: Unreadable."""
    if not value.strip():
        return None
    try:
        amount = float(value)
    except ValueError:
        raise Unreadable from None
    if not math.isfinite(amount) or amount < 0:
        raise Unreadable
    return amount


def whole(value: str) -> int | None:
    """A whole number above 0; None for an empty cell or 0, which these files write for "unknown"."""
    amount = number(value)
    return round(amount) or None if amount is not None and amount < 1e12 else None


def released(value: str, year: str = "") -> date | None:
    """A date such as 1994-09-23 or 9/23/94 (month first); `year` is the full year. Raises: Unreadable."""
    value = value.strip()
    if not value:
        return None
    short = _SHORT_DATE.match(value)
    try:
        found = _short_date(short, year) if short else date.fromisoformat(value[:10])
    except ValueError:
        raise Unreadable from None
    if not _FIRST_YEAR <= found.year <= _LAST_YEAR:
        raise Unreadable
    return found


def _short_date(found: re.Match[str], year: str) -> date:
    month, day, digits = (int(part) for part in found.groups())
    if year.strip().isdigit() and (digits == int(year) or digits == int(year) % 100):
        return date(int(year), month, day)
    # Without another column the usual rule holds: 69-99 are of the last century.
    return date(digits if digits >= 100 else digits + (1900 if digits >= 69 else 2000), month, day)


def release_year(value: str) -> int | None:
    """A year, if it is one in which films were made."""
    digits = value.strip().removesuffix(".0")
    return int(digits) if digits.isdigit() and _FIRST_YEAR <= int(digits) <= _LAST_YEAR else None


def literal(value: str) -> Any:
    """A JSON value, or a Python literal as some tools write it. Raises: Unreadable."""
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        pass
    try:
        return ast.literal_eval(value)
    except (ValueError, SyntaxError, TypeError, RecursionError, MemoryError):
        raise Unreadable from None


def entries(value: str) -> list[dict[str, Any]]:
    """A list of objects. Raises: Unreadable."""
    if not value.strip():
        return []
    found = literal(value)
    if not isinstance(found, list) or not all(isinstance(entry, dict) for entry in found):
        raise Unreadable
    return found


def names(value: str, separator: str, key: str = "name") -> tuple[str, ...]:
    """Names in a list of objects, a list of texts, or between separators; each once. Raises: Unreadable."""
    value = value.strip()
    if value.startswith(("[", "{")):
        found = literal(value)
        if not isinstance(found, list):
            raise Unreadable
        parts: Iterable[Any] = (entry.get(key) if isinstance(entry, dict) else entry for entry in found)
    else:
        parts = value.split(separator)
    cleaned = (text(part) for part in parts if isinstance(part, str))
    return tuple(dict.fromkeys(name for name in cleaned if name))


def genres(value: str, separator: str) -> tuple[str, ...]:
    """TMDB's genres of a film. Raises: Unreadable."""
    return tuple(genre for genre in names(value, separator) if genre in _KNOWN_GENRES)


def keywords(value: str, separator: str) -> tuple[str, ...]:
    """What a film is about, in lower case. Raises: Unreadable."""
    found = dict.fromkeys(keyword.casefold() for keyword in names(value, separator))
    return tuple(keyword for keyword in found if keyword not in _TECHNICAL_KEYWORDS)


def language(value: str) -> str | None:
    """The ISO 639-1 code; TMDB's own "cn" stands for Cantonese and "xx" for none."""
    code = value.strip().casefold()
    if code == "cn":
        return "zh"
    return code if len(code) == 2 and code.isalpha() and code.isascii() and code != "xx" else None


def credited(people: Iterable[str], role: Role) -> tuple[Credit, ...]:
    """Credits in the order of the names."""
    return tuple(Credit(name, role, order) for order, name in enumerate(people))
