"""Small values for tests, complete where a test does not care."""

from __future__ import annotations

from typing import Any

from bot.model.titles import Kind, TitleFacts, TitleRef


def ref(value: int | str, source: str = "tmdb", kind: Kind = Kind.MOVIE) -> TitleRef:
    """A reference such as `movie:603`."""
    return TitleRef(kind, source, str(value))


def film(number: int, *refs: TitleRef, **facts: Any) -> TitleFacts:
    """A film known under a TMDB id, and under other references if given."""
    values: dict[str, Any] = {"title": f"Film {number}", **facts}
    return TitleFacts(refs=(ref(number), *refs), kind=Kind.MOVIE, **values)
