"""TMDB on a local server: serves titles as TMDB writes them, checked against its description."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from bot.model.titles import Kind, Role, TitleFacts
from bot.ports.metadata import Details
from tests.contracts.kit import Answer, Call, DescribedServer, load

READ_TOKEN = "eyJhbGciOiJIUzI1NiJ9.eyJhdWQiOiJ0ZXN0In0.c2lnbmF0dXJlLW9mLXRlc3Q"
API_KEY = "0123456789abcdef0123456789abcdef"
FILM_GENRES = {16: "Animation", 18: "Drama", 28: "Action", 35: "Comedy", 53: "Thriller", 878: "Science Fiction"}
SERIES_GENRES = {16: "Animation", 18: "Drama", 35: "Comedy", 10759: "Action & Adventure", 10765: "Sci-Fi & Fantasy"}
_IDS = {name: key for key, name in {**FILM_GENRES, **SERIES_GENRES}.items()}
_PATHS = {Kind.MOVIE: "movie", Kind.SERIES: "tv"}
_OWN_PATHS = {Kind.MOVIE: "/3/movie/{movie_id}", Kind.SERIES: "/3/tv/{series_id}"}
_JOBS = {Role.DIRECTOR: ("Directing", "Director"), Role.WRITER: ("Writing", "Writer")}
_PARTS = ("external_ids", "keywords", "credits", "videos", "watch/providers", "translations", "alternative_titles")
_PAGE = 20
_ANY = "*"


class FakeTmdb:
    """Serves the titles it was given, in that order. `more`: what a page holds beyond `Details`, by reference."""

    def __init__(
        self,
        details: Iterable[Details] = (),
        *,
        people: Mapping[str, Sequence[TitleFacts]] | None = None,
        more: Mapping[str, Mapping[str, Any]] | None = None,
        check_answers: int = 1,
    ) -> None:
        self.details = list(details)
        self._check_every = check_answers
        self._told = 0
        self._found: dict[tuple[Kind, int], Details] = {}
        self.people = {index: (name, list(known)) for index, (name, known) in enumerate((people or {}).items(), 500)}
        self.more = dict(more or {})
        # Not `security`, since a token or a key will do: see `_authorised`.
        self.server = DescribedServer(load("tmdb"), security=False, known_fields=True, check_answers=check_answers)
        self.server.allow_query(_ANY, _ANY, ["api_key"], reason="the older way to authenticate is not described")
        for path in _OWN_PATHS.values():
            reason = "parameters of what is appended are passed on to it"
            self.server.allow_query("GET", path, ["include_video_language"], reason=reason)
            self.server.allow_status("GET", path, 404, reason="only successes are described")
        appended = ("similar", "recommendations", *_PARTS, "release_dates", "content_ratings", "combined_credits")
        self.server.allow_field(*(f"$.{name}" for name in appended), reason="appended; checked as what they are")
        series = ("name", "original_name", "first_air_date", "origin_country")
        mixed = [f"$.results[].{name}" for name in series]
        self.server.allow_field(*mixed, reason="the example of mixed lists holds films alone")
        self.server.allow_status(_ANY, _ANY, 401, reason="described for the authentication alone")
        self._register()

    @property
    def url(self) -> str:
        """Where it listens."""
        return self.server.url

    def _register(self) -> None:
        self._get("/3/authentication", lambda _call: {"success": True, "status_code": 1, "status_message": "Success."})
        self._get("/3/genre/movie/list", lambda _call: _genre_list(FILM_GENRES))
        self._get("/3/genre/tv/list", lambda _call: _genre_list(SERIES_GENRES))
        self._get("/3/find/{external_id}", self._find)
        self._get(
            "/3/configuration/languages", lambda _call: [{"iso_639_1": "de", "english_name": "German", "name": ""}]
        )
        self._get("/3/search/person", self._search_people)
        self._get("/3/person/{person_id}", self._person)
        self._get("/3/search/multi", lambda call: self._search(call, None))
        self._get("/3/trending/all/{time_window}", lambda call: self._trending(call, None))
        for kind, path in _PATHS.items():
            self._of_kind(kind, path)

    def _of_kind(self, kind: Kind, path: str) -> None:
        own = _OWN_PATHS[kind]
        self._get(own, lambda call: self._title(call, kind))
        for name in ("similar", "recommendations"):
            self._get(f"{own}/{name}", lambda call, name=name: self._graph(call, kind, name))
        self._get(f"/3/search/{path}", lambda call: self._search(call, kind))
        self._get(f"/3/trending/{path}/{{time_window}}", lambda call: self._trending(call, kind))
        self._get(f"/3/discover/{path}", lambda call: self._discover(call, kind))

    def _get(self, name: str, handler: Any) -> None:
        def guarded(call: Call) -> Any:
            return handler(call) if _authorised(call) else Answer(_error(7, "Invalid API key"), 401)

        self.server.route("GET", name)(guarded)

    def _known(self, kind: Kind | None) -> list[TitleFacts]:
        return [each.facts for each in self.details if kind in (None, each.facts.kind)]

    def _at(self, call: Call, kind: Kind) -> Details | None:
        key = kind, int(next(iter(call.params.values())))
        found = self._found.get(key)
        if found is None or not any(each is found for each in self.details):
            self._found = {(each.facts.kind, _key(each.facts)): each for each in reversed(self.details)}
        return self._found.get(key)

    def _title(self, call: Call, kind: Kind) -> Any:
        found = self._at(call, kind)
        if found is None:
            return Answer(_error(34, "The resource you requested could not be found."), 404)
        page = {**written_title(found), **self.more.get(str(found.facts.refs[0]), {})}
        for name in filter(None, call.query.get("append_to_response", "").split(",")):
            part = page.get(name) or _appended(name, found, call)
            if self._told % self._check_every == 0:
                self._check_part(f"{_OWN_PATHS[kind]}/{name}", part)
            page[name] = {key: value for key, value in part.items() if key != "id"}
        self._told += 1
        return page

    def _check_part(self, name: str, part: Any) -> None:
        operation = self.server.description.operation("GET", name)
        problems = ["cannot be appended"]
        if operation is not None:
            problems = operation.check_answer(Answer(part), allowed=())
            problems += [f"{path} is not described" for path in operation.unknown_fields(Answer(part))]
        self.server.violations += [f"GET {name} (appended): {problem}" for problem in problems]

    def _graph(self, call: Call, kind: Kind, name: str) -> Any:
        found = self._at(call, kind)
        return _paged([] if found is None else getattr(found, name), call)

    def _find(self, call: Call) -> Any:
        source = call.query["external_source"].removesuffix("_id")
        wanted = (source, call.params["external_id"])
        found = [each for each in self._known(None) if wanted in {(ref.source, ref.value) for ref in each.refs}]
        names = ("movie_results", "person_results", "tv_results", "tv_episode_results", "tv_season_results")
        answer: dict[str, list[Any]] = {name: [] for name in names}
        for each in found:
            answer[f"{_PATHS[each.kind]}_results"].append(written_mixed(each))
        return answer

    def _search(self, call: Call, kind: Kind | None) -> Any:
        words = call.query["query"].casefold().split()
        hits = [each for each in self._known(kind) if all(word in each.title.casefold() for word in words)]
        people = [
            {"id": key, "name": name, "media_type": "person", "adult": False}
            for key, (name, _known) in self.people.items()
            if kind is None and all(word in name.casefold() for word in words)
        ]
        return _paged(hits, call, before=people, write=written_entry if kind else written_mixed)

    def _trending(self, call: Call, kind: Kind | None) -> Any:
        assert call.params["time_window"] in {"day", "week"}
        return _paged(self._known(kind), call, write=written_mixed)

    def _discover(self, call: Call, kind: Kind) -> Any:
        query = call.query
        wanted = {int(part) for part in query.get("with_genres", "").split(",") if part}
        date = "primary_release_date" if kind is Kind.MOVIE else "first_air_date"
        found = [
            each
            for each in self._known(kind)
            if wanted <= {_IDS[name] for name in each.genres}
            and query.get("with_original_language", each.language) == each.language
            and (each.vote_count or 0) >= int(query.get("vote_count.gte", "0"))
            and query.get(f"{date}.gte", "0000") <= f"{each.year:04}-07-01" <= query.get(f"{date}.lte", "9999")
        ]
        return _paged(found, call)

    def _search_people(self, call: Call) -> Any:
        words = call.query["query"].casefold().split()
        found = [
            {"id": key, "name": name, "popularity": 1.0, "known_for_department": "Acting", "adult": False}
            for key, (name, _known) in self.people.items()
            if any(word in name.casefold() for word in words)
        ]
        return {"page": 1, "results": found, "total_pages": 1, "total_results": len(found)}

    def _person(self, call: Call) -> Any:
        name, known = self.people[int(call.params["person_id"])]
        cast = [{**written_mixed(each), "character": "Somebody"} for each in known]
        page: dict[str, Any] = {"id": int(call.params["person_id"]), "name": name, "known_for_department": "Acting"}
        if "combined_credits" in call.query.get("append_to_response", "").split(","):
            page["combined_credits"] = {"cast": cast, "crew": []}
        return page


def written_mixed(facts: TitleFacts) -> dict[str, Any]:
    """A title as a list of both kinds holds it."""
    return {**written_entry(facts), "media_type": _PATHS[facts.kind]}


def written_entry(facts: TitleFacts) -> dict[str, Any]:
    """A title as a list of one kind holds it."""
    film = facts.kind is Kind.MOVIE
    entry: dict[str, Any] = {
        "adult": False,
        "id": _key(facts),
        "title" if film else "name": facts.title,
        "original_title" if film else "original_name": facts.original_title or facts.title,
        "original_language": facts.language,
        "overview": facts.overview,
        "poster_path": None if facts.poster_url is None else "/" + facts.poster_url.rsplit("/", 1)[1],
        "genre_ids": [_IDS[name] for name in facts.genres],
        "popularity": facts.popularity or 0,
        "release_date" if film else "first_air_date": _date(facts),
        "vote_average": facts.vote_average or 0,
        "vote_count": facts.vote_count or 0,
    }
    return entry if film else {**entry, "origin_country": list(facts.countries)}


def written_title(details: Details) -> dict[str, Any]:
    """A title as its own page holds it, without what is appended."""
    facts = details.facts
    page = {key: value for key, value in written_entry(facts).items() if key != "genre_ids"}
    page["genres"] = [{"id": _IDS[name], "name": name} for name in facts.genres]
    page["tagline"] = facts.tagline
    page["production_countries"] = [{"iso_3166_1": code, "name": code} for code in facts.countries]
    if facts.kind is Kind.MOVIE:
        page["runtime"] = facts.runtime or 0
        page["imdb_id"] = next((ref.value for ref in facts.refs if ref.source == "imdb"), None)
        page["belongs_to_collection"] = None if facts.collection is None else {"id": 1, "name": facts.collection}
        return page
    page["episode_run_time"] = [facts.runtime] if facts.runtime else []
    page["number_of_seasons"], page["number_of_episodes"] = facts.seasons, facts.episodes
    page["status"] = "Ended" if facts.end_year else "Returning Series"
    page["last_air_date"] = f"{facts.end_year}-05-19" if facts.end_year else None
    page["created_by"] = []
    page["seasons"] = [
        {
            "season_number": season.number,
            "episode_count": season.episodes,
            "air_date": None if season.aired is None else season.aired.isoformat(),
            "name": season.name,
        }
        for season in details.seasons
    ]
    return page


def _appended(name: str, details: Details, call: Call) -> dict[str, Any]:  # noqa: PLR0911 - one per part
    facts = details.facts
    film = facts.kind is Kind.MOVIE
    if name in {"similar", "recommendations"}:
        return _paged(getattr(details, name), call)
    if name == "external_ids":
        ids = {f"{ref.source}_id": ref.value for ref in facts.refs if ref.source in {"imdb", "tvdb"}}
        return {"imdb_id": ids.get("imdb_id")} | ({} if film else {"tvdb_id": int(ids.get("tvdb_id", 0)) or None})
    if name == "keywords":
        words = [{"id": number, "name": word} for number, word in enumerate(facts.keywords, 1)]
        return {"keywords" if film else "results": words}
    if name == "credits":
        crew = [
            {"name": credit.name, "department": _JOBS[credit.role][0], "job": _JOBS[credit.role][1]}
            for credit in facts.credits
            if credit.role in _JOBS
        ]
        cast = [{"name": credit.name, "order": credit.order} for credit in facts.credits if credit.role is Role.CAST]
        return {"cast": cast, "crew": crew}
    if name == "translations":
        title = "title" if film else "name"
        return {
            "translations": [
                {"iso_639_1": alias.locale, "iso_3166_1": alias.locale.upper(), "name": "", "data": {title: alias.name}}
                for alias in facts.aliases
                if alias.locale
            ]
        }
    if name == "videos":
        wanted = set(call.query.get("include_video_language", "en").split(","))
        return {
            "results": [
                {
                    "iso_639_1": trailer.locale,
                    "name": trailer.name,
                    "key": trailer.url.rsplit("=", 1)[1],
                    "site": "YouTube",
                    "type": "Trailer",
                    "official": trailer.official,
                }
                for trailer in details.trailers
                if trailer.locale in wanted
            ]
        }
    if name == "watch/providers":
        offers = {
            country: {"link": "", "flatrate": [{"provider_name": each, "provider_id": 1} for each in names]}
            for country, names in details.providers.items()
        }
        return {"results": offers}
    if name == "release_dates":
        age = "" if facts.minimum_age is None else str(facts.minimum_age)
        dates = [{"certification": age, "type": 3, "release_date": "1999-03-31T00:00:00.000Z"}]
        return {"results": [{"iso_3166_1": "DE", "release_dates": dates}]}
    if name == "content_ratings":
        rating = {"iso_3166_1": "DE", "rating": str(facts.minimum_age), "descriptors": []}
        return {"results": [] if facts.minimum_age is None else [rating]}
    if name == "alternative_titles":
        return {"titles" if film else "results": []}
    raise AssertionError(f"{name} is nothing that can be appended")


def _paged(
    found: Sequence[TitleFacts],
    call: Call,
    *,
    before: Sequence[Mapping[str, Any]] = (),
    write: Callable[[TitleFacts], dict[str, Any]] = written_entry,
) -> dict[str, Any]:
    number = int(call.query.get("page", "1"))
    entries = [*before, *map(write, found)]
    return {
        "page": number,
        "results": entries[(number - 1) * _PAGE : number * _PAGE],
        "total_pages": max(1, -(-len(entries) // _PAGE)),
        "total_results": len(entries),
    }


def _genre_list(genres: Mapping[int, str]) -> dict[str, Any]:
    return {"genres": [{"id": key, "name": name} for key, name in genres.items()]}


def _authorised(call: Call) -> bool:
    return call.headers.get("Authorization") == f"Bearer {READ_TOKEN}" or call.query.get("api_key") == API_KEY


def _error(code: int, words: str) -> dict[str, Any]:
    return {"success": False, "status_code": code, "status_message": words}


def _key(facts: TitleFacts) -> int:
    return next(int(ref.value) for ref in facts.refs if ref.source == "tmdb")


def _date(facts: TitleFacts) -> str:
    if facts.released:
        return facts.released.isoformat()
    return f"{facts.year}-07-01" if facts.year else ""
