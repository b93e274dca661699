"""The data that evaluations and training run on: public ratings, with facts of their films from other catalogues."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from adapters.media.imdb_votes import read_imdb_votes
from adapters.media.movielens import open_movielens
from adapters.media.tmdb_csv import open_catalogues
from bot.errors import InvalidFile
from bot.i18n import gettext as _
from bot.model.titles import Role, TitleFacts, TitleRef
from bot.ports.imports import DetailRow, FilmRow
from bot.services.merging import merged, united_credits
from engine.catalogue import Catalogue, CatalogueItem, build_catalogue
from engine.evaluation.ratings import RatingsData, ratings_data

Embed = Callable[[Sequence[str]], NDArray[np.float32]]
_DAY = 86_400.0
_KEYWORDS = 12


@dataclass(frozen=True, slots=True)
class RatedCatalogue:
    """Ratings of people and the films they are about; row i is the i-th film by MovieLens id."""

    ratings: RatingsData
    catalogue: Catalogue  # ids are MovieLens ids
    tmdb_ids: NDArray[np.int64]  # (n_items,) 0: unknown
    documents: tuple[str, ...]  # title, genres, plot and keywords of each film in one text


def load_movielens(
    folder: Path,
    *,
    tmdb_files: Sequence[Path] = (),
    imdb_file: Path | None = None,
    embed: Embed | None = None,
) -> RatedCatalogue:
    """Read a MovieLens folder; films get facts from the TMDB files and votes from IMDb where these know them.

    Only films that somebody rated count. Without `embed` no film has a vector. Raises: InvalidFile, Unavailable.
    """
    people, films, stars, days = [], [], [], []
    known: dict[int, TitleFacts] = {}
    for record in open_movielens(folder).records():
        row = record.value
        if row is None or row.rating is None or row.rated_at is None or row.account is None:
            continue
        film = int(row.key)
        if film not in known:
            known[film] = row.facts or TitleFacts(row.title.refs, _first(row.title.refs).kind, row.title.name)
        people.append(int(row.account))
        films.append(film)
        stars.append(row.rating / 2)
        days.append(row.rated_at.timestamp() / _DAY)
    if not people:
        raise InvalidFile(_("{folder} holds no ratings.").format(folder=folder))
    ids = np.array(sorted(known), dtype=np.int64)
    facts = _completed([known[int(film)] for film in ids], tmdb_files, imdb_file)
    documents = tuple(document(entry) for entry in facts)
    vectors = embed(documents) if embed else None
    return RatedCatalogue(
        ratings_data(
            np.array(people, dtype=np.int64),
            np.searchsorted(ids, np.array(films, dtype=np.int64)).astype(np.int64),
            np.array(stars, dtype=np.float64),
            np.array(days, dtype=np.float64),
            len(ids),
        ),
        build_catalogue([_item(int(film), entry) for film, entry in zip(ids, facts, strict=True)], vectors),
        np.array([_tmdb_id(entry) for entry in facts], dtype=np.int64),
        documents,
    )


def document(facts: TitleFacts) -> str:
    """The text of a film that is embedded."""
    parts = (facts.title, ", ".join(facts.genres), facts.overview, ", ".join(facts.keywords[:_KEYWORDS]))
    return ". ".join(part.rstrip(".") for part in parts if part)


def _completed(facts: Sequence[TitleFacts], tmdb_files: Sequence[Path], imdb_file: Path | None) -> list[TitleFacts]:
    """The facts with what the other catalogues add; genres of the first catalogue stay."""
    wanted = {ref for entry in facts for ref in entry.refs}
    found = tmdb_facts(tmdb_files, wanted)
    votes = read_imdb_votes(imdb_file, {ref.value for ref in wanted if ref.source == "imdb"}) if imdb_file else {}
    result = []
    for entry in facts:
        complete = entry
        for ref in entry.refs:
            if ref in found:
                complete = merged(complete, found[ref])
        for ref in entry.refs:
            if ref.source == "imdb" and ref.value in votes:
                told = votes[ref.value]
                complete = replace(complete, vote_count=told.count, vote_average=told.average)
        result.append(replace(complete, year=entry.year or complete.year, genres=entry.genres or complete.genres))
    return result


def tmdb_facts(files: Sequence[Path], wanted: set[TitleRef]) -> dict[TitleRef, TitleFacts]:
    """What the TMDB files together tell of the wanted films. Raises: InvalidFile."""
    found: dict[TitleRef, TitleFacts] = {}
    for file in open_catalogues(files):
        for record in file.records():
            row = record.value
            if isinstance(row, FilmRow):
                ref = row.facts.refs[0]
                if ref in wanted:
                    told = merged(found[ref], row.facts, only_original=row.only_original) if ref in found else row.facts
                    found[ref] = told
            elif isinstance(row, DetailRow) and row.ref in wanted:
                film = found.get(row.ref) or TitleFacts((row.ref,), row.ref.kind, "")
                found[row.ref] = replace(
                    film,
                    keywords=tuple(dict.fromkeys((*film.keywords, *row.keywords))),
                    credits=united_credits(film.credits, row.credits),
                )
    return found


def _item(film: int, facts: TitleFacts) -> CatalogueItem:
    people = {role: tuple(credit.name for credit in facts.credits if credit.role is role) for role in Role}
    return CatalogueItem(
        id=film,
        name=f"{facts.title} ({facts.year})" if facts.year else facts.title,
        kind=facts.kind,
        domain=facts.domain,
        year=facts.year or 0,
        runtime=facts.runtime or 0,
        genres=facts.genres,
        keywords=facts.keywords,
        directors=people[Role.DIRECTOR],
        writers=people[Role.WRITER],
        cast=people[Role.CAST],
        language=facts.language or "",
        countries=facts.countries,
        votes=facts.vote_count or 0,
        vote_average=facts.vote_average or 0.0,
        popularity=facts.popularity or 0.0,
        libraries=(1,),
        collection=facts.collection or "",
        collection_order=facts.collection_order or 0,
    )


def _first(refs: Sequence[TitleRef]) -> TitleRef:
    return refs[0]


def _tmdb_id(facts: TitleFacts) -> int:
    return next((int(ref.value) for ref in facts.refs if ref.source == "tmdb" and ref.value.isdigit()), 0)
