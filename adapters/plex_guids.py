"""The identifiers that Plex and what watches it use for titles: `tmdb://603`, `plex://movie/5d77...`, older agents."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.model.titles import Kind, TitleRef

ANIME_AGENTS = ("com.plexapp.agents.hama", "com.plexapp.agents.anidb")
_PLAIN = re.compile(r"(tmdb|imdb|tvdb|anidb)://([^?/]+)")
_PLEX = re.compile(r"plex://(movie|show)/([0-9a-f]{16,40})")
_AGENT = re.compile(r"com\.plexapp\.agents\.(imdb|themoviedb|thetvdb|thetvdbdvdorder|anidb|hama)://([^?/]+)")
_AGENT_SOURCES = {
    "imdb": "imdb", "themoviedb": "tmdb", "thetvdb": "tvdb", "thetvdbdvdorder": "tvdb", "anidb": "anidb",
}  # fmt: skip
_HAMA = re.compile(r"(anidb|tvdb|tmdb|imdb)[0-9]?-(.+)")
_NUMBER = re.compile(r"[1-9][0-9]{0,11}")
_IMDB = re.compile(r"tt[0-9]{5,12}")
# TMDB first: that is the one a title is shown under.
_ORDER = {"tmdb": 0, "imdb": 1, "tvdb": 2, "anidb": 3, "plex": 4}


def refs_of_guids(kind: Kind, guids: Iterable[str]) -> tuple[TitleRef, ...]:
    """The references behind identifiers of one title, each once; what cannot be read is left out."""
    found = {ref for guid in guids if (ref := _ref(kind, guid.strip())) is not None}
    return tuple(sorted(found, key=lambda ref: (_ORDER[ref.source], ref.value)))


def series_refs_of_episode(guid: str) -> tuple[TitleRef, ...]:
    """The references of the series in an episode's identifier, which only older agents write there."""
    return refs_of_guids(Kind.SERIES, [guid]) if guid.startswith("com.plexapp.agents.") else ()


def _ref(kind: Kind, guid: str) -> TitleRef | None:
    if own := _PLEX.fullmatch(guid):
        return TitleRef(kind, "plex", own[2]) if (own[1] == "movie") == (kind is Kind.MOVIE) else None
    if plain := _PLAIN.match(guid):
        return _checked(kind, plain[1], plain[2])
    if not (agent := _AGENT.match(guid)):
        return None
    if agent[1] == "hama":
        inner = _HAMA.fullmatch(agent[2])
        return _checked(kind, inner[1], inner[2]) if inner else None
    return _checked(kind, _AGENT_SOURCES[agent[1]], agent[2])


def _checked(kind: Kind, source: str, value: str) -> TitleRef | None:
    pattern = _IMDB if source == "imdb" else _NUMBER
    return TitleRef(kind, source, value) if pattern.fullmatch(value) else None
