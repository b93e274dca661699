"""Facts about a title, in full from its own page or in part from a list."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from adapters.age_ratings import ADULT, minimum_age
from adapters.loose import day, integer, number, positive, prose, rows, table, text
from adapters.media.tmdb.config import SITE
from adapters.media.tmdb.genres import ANIMATION, Genres
from bot.model.titles import Alias, Credit, Kind, Role, TitleFacts, TitleRef

PATHS = {Kind.MOVIE: "movie", Kind.SERIES: "tv"}
KINDS = {path: kind for kind, path in PATHS.items()}
_POSTERS = "https://image.tmdb.org/t/p/w500"
_JOBS = {"Director": Role.DIRECTOR, "Screenplay": Role.WRITER, "Writer": Role.WRITER, "Teleplay": Role.WRITER}
_CAST = 20  # as many as anybody remembers
_ALIASES = 30
_TECHNICAL_KEYWORDS = frozenset({"aftercreditsstinger", "duringcreditsstinger"})
_LANGUAGES = {"cn": "zh", "xx": None}  # TMDB's own codes of Cantonese, and of no language
_ENDED = frozenset({"Ended", "Canceled"})
_POSTER = re.compile(r"/[\w./-]+\.\w+", re.ASCII)
_IMDB = re.compile(r"tt\d{5,}", re.ASCII)
_RATED_COUNTRIES = ("US", "GB", "DE", "FR")  # whose ratings to take where one's own country has none
_RELEASES = (3, 2, 1, 4, 5, 6)  # cinema, limited, premiere, digital, disc, television: the usual version first


def listed(entry: Mapping[str, Any], genres: Genres, kind: Kind | None = None) -> TitleFacts | None:
    """The facts in one entry of a list; None for people and what has no id or name. `kind` None: the entry says it."""
    kind = kind or KINDS.get(text(entry.get("media_type")))
    key = positive(entry.get("id"))
    if kind is None or key is None or not _title(entry):
        return None
    ids = entry.get("genre_ids")
    names = genres.names([value for value in map(integer, ids if isinstance(ids, list) else ()) if value is not None])
    language, countries = _language(entry), _countries(entry)
    return TitleFacts(
        refs=(TitleRef(kind, "tmdb", str(key)),),
        genres=names,
        language=language,
        countries=countries,
        minimum_age=ADULT if entry.get("adult") is True else None,
        anime=is_anime((), names, language, countries),
        **_common(entry, kind, key),
    )


def detailed(page: Mapping[str, Any], kind: Kind, country: str, locales: Sequence[str]) -> TitleFacts | None:
    """All facts of a title from its own page with everything that was appended to it."""
    key = positive(page.get("id"))
    if key is None or not _title(page):
        return None
    names = tuple(dict.fromkeys(filter(None, (text(genre.get("name")) for genre in rows(page.get("genres"))))))
    words = _keywords(page)
    language, countries = _language(page), _countries(page)
    return TitleFacts(
        refs=_refs(page, kind, key),
        aliases=_aliases(page, locales),
        end_year=_end_year(page, kind),
        runtime=_runtime(page),
        seasons=positive(page.get("number_of_seasons")),
        episodes=positive(page.get("number_of_episodes")),
        tagline=text(page.get("tagline")),
        genres=names,
        keywords=words,
        credits=_credits(page),
        language=language,
        countries=countries,
        minimum_age=ADULT if page.get("adult") is True else _age(page, country),
        collection=text(table(page.get("belongs_to_collection")).get("name")) or None,
        anime=is_anime(words, names, language, countries),
        **_common(page, kind, key),
    )


def is_anime(keywords: Iterable[str], genres: Iterable[str], language: str | None, countries: Iterable[str]) -> bool:
    """Whether it is called anime, or is animation from Japan."""
    return "anime" in keywords or (ANIMATION in genres and (language == "ja" or "JP" in countries))


def _common(entry: Mapping[str, Any], kind: Kind, key: int) -> dict[str, Any]:
    released = day(entry.get("release_date") or entry.get("first_air_date"))
    votes = positive(entry.get("vote_count"))
    average = number(entry.get("vote_average"))
    poster = text(entry.get("poster_path"))
    title = _title(entry)
    original = text(entry.get("original_title") or entry.get("original_name"))
    return {
        "kind": kind,
        "title": title,
        "original_title": original if original and original != title else None,
        "released": released,
        "year": _year(released),
        "overview": prose(entry.get("overview")),
        "vote_average": average if votes and average is not None and 0 < average <= 10 else None,
        "vote_count": votes,
        "popularity": number(entry.get("popularity")),
        "poster_url": _POSTERS + poster if _POSTER.fullmatch(poster) else None,
        "page_url": f"{SITE}/{PATHS[kind]}/{key}",
    }


def _title(entry: Mapping[str, Any]) -> str:
    return text(entry.get("title") or entry.get("name") or entry.get("original_title") or entry.get("original_name"))


def _year(moment: date | None) -> int | None:
    return None if moment is None else moment.year


def _language(entry: Mapping[str, Any]) -> str | None:
    code = text(entry.get("original_language")).casefold()
    return _LANGUAGES.get(code, code) or None


def _countries(entry: Mapping[str, Any]) -> tuple[str, ...]:
    origin = entry.get("origin_country")
    codes = [text(code) for code in origin] if isinstance(origin, list) else []
    codes = codes or [text(country.get("iso_3166_1")) for country in rows(entry.get("production_countries"))]
    return tuple(dict.fromkeys(code for code in codes if code))


def _refs(page: Mapping[str, Any], kind: Kind, key: int) -> tuple[TitleRef, ...]:
    external = table(page.get("external_ids"))
    imdb = text(external.get("imdb_id") or page.get("imdb_id"))
    tvdb = positive(external.get("tvdb_id"))
    found = [TitleRef(kind, "tmdb", str(key))]
    if _IMDB.fullmatch(imdb):
        found.append(TitleRef(kind, "imdb", imdb))
    if tvdb is not None:
        found.append(TitleRef(kind, "tvdb", str(tvdb)))
    return tuple(found)


def _runtime(page: Mapping[str, Any]) -> int | None:
    """Minutes; of the usual or else the last episode."""
    episodes = page.get("episode_run_time")
    usual = [length for length in map(positive, episodes if isinstance(episodes, list) else ()) if length]
    return positive(page.get("runtime")) or (
        usual[0] if usual else positive(table(page.get("last_episode_to_air")).get("runtime"))
    )


def _end_year(page: Mapping[str, Any], kind: Kind) -> int | None:
    over = kind is Kind.SERIES and text(page.get("status")) in _ENDED
    return _year(day(page.get("last_air_date"))) if over else None


def _keywords(page: Mapping[str, Any]) -> tuple[str, ...]:
    told = table(page.get("keywords"))
    found = (text(word.get("name")).casefold() for word in rows(told.get("keywords") or told.get("results")))
    return tuple(dict.fromkeys(word for word in found if word and word not in _TECHNICAL_KEYWORDS))


def _credits(page: Mapping[str, Any]) -> tuple[Credit, ...]:
    """Directors, writers and creators in their order, then the cast by billing."""
    told = table(page.get("credits"))
    crew = [(text(person.get("name")), _JOBS.get(text(person.get("job")))) for person in rows(told.get("crew"))]
    crew = [*((text(person.get("name")), Role.WRITER) for person in rows(page.get("created_by"))), *crew]
    found: dict[tuple[str, Role], Credit] = {}
    for name, role in crew:
        if name and role:
            order = sum(known is role for _name, known in found)
            found.setdefault((name, role), Credit(name, role, order))
    cast = sorted(rows(told.get("cast")), key=lambda person: _billing(person.get("order")))
    names = list(dict.fromkeys(filter(None, (text(person.get("name")) for person in cast))))[:_CAST]
    return (*found.values(), *(Credit(name, Role.CAST, order) for order, name in enumerate(names)))


def _billing(value: object) -> int:
    order = integer(value)
    return 1 << 30 if order is None or order < 0 else order


def _aliases(page: Mapping[str, Any], locales: Sequence[str]) -> tuple[Alias, ...]:
    """Titles in the languages that people here speak, and other titles that are in use there (of unknown language)."""
    wanted = {locale.replace("_", "-").split("-")[0].casefold() for locale in locales}
    title = _title(page)
    found: dict[str, Alias] = {}
    countries: set[str] = set()
    for entry in rows(table(page.get("translations")).get("translations")):
        language = text(entry.get("iso_639_1")).casefold()
        if language not in wanted:
            continue
        countries.add(text(entry.get("iso_3166_1")))
        told = table(entry.get("data"))
        name = text(told.get("title") or told.get("name"))
        if name and name != title:
            found.setdefault(name, Alias(name, language))
    other = table(page.get("alternative_titles"))
    for entry in rows(other.get("titles") or other.get("results")):
        name = text(entry.get("title"))
        if name and name != title and text(entry.get("iso_3166_1")) in countries:
            found.setdefault(name, Alias(name))
    return tuple(found.values())[:_ALIASES]


def _age(page: Mapping[str, Any], country: str) -> int | None:
    """The youngest suitable age: as one's own country rates it, else a large one, else the strictest of the others."""
    ages: dict[str, int] = {}
    for entry in rows(table(page.get("release_dates")).get("results")):
        where = text(entry.get("iso_3166_1"))
        releases = sorted(rows(entry.get("release_dates")), key=_release)
        rated = (minimum_age(text(release.get("certification")), where) for release in releases)
        _note(ages, where, next((age for age in rated if age is not None), None))
    for entry in rows(table(page.get("content_ratings")).get("results")):
        where = text(entry.get("iso_3166_1"))
        _note(ages, where, minimum_age(text(entry.get("rating")), where))
    known = next((ages[where] for where in (country, *_RATED_COUNTRIES) if where in ages), None)
    return max(ages.values(), default=None) if known is None else known


def _note(ages: dict[str, int], where: str, age: int | None) -> None:
    if age is not None:
        ages[where] = max(age, ages.get(where, 0))


def _release(release: Mapping[str, Any]) -> int:
    kind = integer(release.get("type"))
    return _RELEASES.index(kind) if kind in _RELEASES else len(_RELEASES)
