"""The metadata source: one request for a title's whole page, and as few as possible for everything else."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from adapters.http import Query, ServiceClient
from adapters.http.config import unreadable
from adapters.loose import integer, positive, rows, table, text
from adapters.media.tmdb import extras, facts, people
from adapters.media.tmdb.config import SERVICE
from adapters.media.tmdb.genres import Genres
from bot.errors import Rejected, Unavailable
from bot.model.titles import Kind, TitleFacts, TitleRef
from bot.ports.media import Health
from bot.ports.metadata import Details, Discover

_APPENDED = (
    "external_ids", "keywords", "credits", "similar", "recommendations", "videos", "watch/providers", "translations",
    "alternative_titles",
)  # fmt: skip
_RATINGS = {Kind.MOVIE: "release_dates", Kind.SERIES: "content_ratings"}
_GRAPH = 40  # similar and recommended titles of each title
_LAST_PAGE = 500  # TMDB refuses pages after it
_MOST_PAGES = 3  # of a search
_EXTERNAL = {"imdb": ("imdb_id", re.compile(r"tt\d{5,}", re.ASCII)), "tvdb": ("tvdb_id", re.compile(r"\d+", re.ASCII))}
_OWN = re.compile(r"[1-9]\d{0,8}", re.ASCII)
_RESULTS = {Kind.MOVIE: "movie_results", Kind.SERIES: "tv_results"}
_YEAR = re.compile(r"(.*\S)\s*\((\d{4})\)\s*")
_DATES = {Kind.MOVIE: "primary_release_date", Kind.SERIES: "first_air_date"}


@dataclass(frozen=True, slots=True)
class TmdbConfig:
    """`country` (ISO 3166-1): of age ratings, where it has rated a title. `locales`: of trailers and other titles."""

    country: str = "US"
    locales: tuple[str, ...] = ("en",)


class TmdbMetadata:
    """TMDB. `query`: what every request carries, such as an API key."""

    def __init__(
        self, client: ServiceClient, *, query: Mapping[str, str] | None = None, config: TmdbConfig | None = None
    ) -> None:
        self._client = client
        self._query = dict(query or {})
        self._config = config or TmdbConfig()
        self._genres: Genres | None = None
        self._languages: Mapping[str, str] | None = None
        self._once = asyncio.Lock()

    @property
    def requests(self) -> int:
        """How many requests were sent so far, repeats included."""
        return self._client.requests

    async def check(self) -> Health:
        """Whether the token is accepted. Raises: Unavailable, Rejected."""
        await self._get("/3/authentication")
        return Health(SERVICE, "3")

    async def details(self, ref: TitleRef, *, locales: Sequence[str] = (), related: bool = True) -> Details | None:
        """See `MetadataSource`. One request, and with `related` one more for each list that has a second page."""
        own = await self.find(ref)
        if own is None:
            return None
        locales = tuple(locales) or self._config.locales
        path = f"/3/{facts.PATHS[own.kind]}/{own.value}"
        videos = dict.fromkeys([*(locale.split("-")[0] for locale in locales), "en", "null"])
        try:
            page = await self._get(
                path,
                append_to_response=",".join((*_APPENDED, _RATINGS[own.kind])),
                include_video_language=",".join(videos),
            )
        except Rejected as error:
            if error.status == 404:
                return None
            raise
        found = facts.detailed(page, own.kind, self._config.country, locales)
        if found is None:
            return None
        return Details(
            facts=found,
            similar=await self._graph(path, "similar", page, own, whole=related),
            recommendations=await self._graph(path, "recommendations", page, own, whole=related),
            trailers=extras.trailers(page, locales),
            seasons=extras.seasons(page),
            providers=extras.providers(page),
        )

    async def find(self, ref: TitleRef) -> TitleRef | None:
        """TMDB's reference of the same kind behind one of IMDb or TVDB; one of its own is returned as it is."""
        if ref.source == "tmdb":
            return ref if _OWN.fullmatch(ref.value) else None
        known = _EXTERNAL.get(ref.source)
        if known is None or not known[1].fullmatch(ref.value):
            return None
        answer = await self._get(f"/3/find/{ref.value}", external_source=known[0])
        keys = (positive(entry.get("id")) for entry in rows(answer.get(_RESULTS[ref.kind])))
        return next((TitleRef(ref.kind, "tmdb", str(key)) for key in keys if key is not None), None)

    async def search(self, text: str, *, kind: Kind | None = None, limit: int = 10) -> Sequence[TitleFacts]:
        """Titles in TMDB's order; those of the year in "Alien (1979)" come first."""
        dated = _YEAR.fullmatch(text)
        words, year = (dated[1], int(dated[2])) if dated else (text.strip(), None)
        if not words or limit < 1:
            return []
        path = f"/3/search/{facts.PATHS[kind] if kind else 'multi'}"
        found: dict[TitleRef, TitleFacts] = {}
        for number in range(1, _MOST_PAGES + 1):
            answer = await self._get(path, query=words[:500], include_adult=False, page=number)
            found |= _by_ref(await self._listed(rows(answer.get("results")), kind))
            if len(found) >= limit or number >= (integer(answer.get("total_pages")) or 1):
                break
        ordered = sorted(found.values(), key=lambda each: year is not None and abs((each.year or 0) - year) > 1)
        return ordered[:limit]

    async def person(self, name: str, *, limit: int = 20) -> Sequence[TitleFacts]:
        """See `MetadataSource`. Two requests."""
        if not name.strip() or limit < 1:
            return []
        found = await self._get("/3/search/person", query=name.strip()[:200], include_adult=False)
        key = people.best_person(name, rows(found.get("results")))
        if key is None:
            return []
        page = await self._get(f"/3/person/{key}", append_to_response="combined_credits")
        return (await self._listed(people.known_for(page), None))[:limit]

    async def trending(self, *, kind: Kind | None = None, weekly: bool = True) -> Sequence[TitleFacts]:
        """What is talked about, the most first."""
        path = f"/3/trending/{facts.PATHS[kind] if kind else 'all'}/{'week' if weekly else 'day'}"
        return await self._listed(rows((await self._get(path)).get("results")), kind)

    async def discover(self, wanted: Discover) -> Sequence[TitleFacts]:
        """One page of 20 titles, the most popular first; empty for a genre that TMDB does not have."""
        if not 1 <= wanted.page <= _LAST_PAGE:
            return []
        ids = (await self._known_genres()).ids(wanted.genres, wanted.kind)
        if ids is None:
            return []
        released = _DATES[wanted.kind]
        query: dict[str, Any] = {
            "include_adult": False,
            "sort_by": "popularity.desc",
            "vote_count.gte": wanted.minimum_votes,
            "page": wanted.page,
            "with_genres": ",".join(map(str, ids)) or None,
            "with_original_language": wanted.language,
            f"{released}.gte": f"{wanted.year_min:04}-01-01" if wanted.year_min else None,
            f"{released}.lte": f"{wanted.year_max:04}-12-31" if wanted.year_max else None,
        }
        answer = await self._get(f"/3/discover/{facts.PATHS[wanted.kind]}", **query)
        return await self._listed(rows(answer.get("results")), wanted.kind)

    async def languages(self) -> Mapping[str, str]:
        """ISO 639-1 code → English name, as TMDB uses them. Asked for once."""
        async with self._once:
            if self._languages is None:
                answer = rows(await self._client.get_json("/3/configuration/languages", query=self._query))
                named = ((text(entry.get("iso_639_1")), text(entry.get("english_name"))) for entry in answer)
                self._languages = {code: name for code, name in named if code and name}
            return self._languages

    async def _graph(
        self, path: str, name: str, page: Mapping[str, Any], own: TitleRef, *, whole: bool
    ) -> tuple[TitleFacts, ...]:
        """The titles of a list whose first page came with the title's own; the second is fetched where there is one."""
        first = table(page.get(name))
        entries = [*rows(first.get("results"))]
        if whole and (integer(first.get("total_pages")) or 1) > 1 and len(entries) < _GRAPH:
            entries += rows((await self._get(f"{path}/{name}", page=2)).get("results"))
        found = _by_ref(await self._listed(entries, own.kind))
        found.pop(own, None)
        return tuple(found.values())[:_GRAPH]

    async def _listed(self, entries: Iterable[Mapping[str, Any]], kind: Kind | None) -> list[TitleFacts]:
        genres = await self._known_genres()
        read = (facts.listed(entry, genres, kind) for entry in entries if entry.get("adult") is not True)
        return list(_by_ref(each for each in read if each is not None).values())

    async def _known_genres(self) -> Genres:
        """The names of genres, asked for once, however many ask at the same moment."""
        if self._genres is None:
            async with self._once:
                if self._genres is None:
                    lists = [await self._get(f"/3/genre/{path}/list", language="en") for path in facts.KINDS]
                    films, series = (_named_genres(answer) for answer in lists)
                    self._genres = Genres(films, series)
        return self._genres

    async def _get(self, path: str, **query: Any) -> Mapping[str, Any]:
        merged: Query = {**self._query, **query}
        answer = await self._client.get_json(path, query=merged)
        if not isinstance(answer, dict):
            raise Unavailable(SERVICE, unreadable(SERVICE))
        return answer


def _by_ref(found: Iterable[TitleFacts]) -> dict[TitleRef, TitleFacts]:
    """Each title once, in order."""
    first: dict[TitleRef, TitleFacts] = {}
    for each in found:
        first.setdefault(each.refs[0], each)
    return first


def _named_genres(answer: Mapping[str, Any]) -> dict[int, str]:
    entries = ((positive(genre.get("id")), text(genre.get("name"))) for genre in rows(answer.get("genres")))
    return {key: name for key, name in entries if key is not None and name}
