"""A home made of a catalogue file, so that the product itself can be asked about the films of an evaluation."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from adapters.media.imdb_votes import Votes, read_imdb_votes
from bot.cli.evaluation_files import read_lines
from bot.cli.evaluation_questions import linked_facts
from bot.errors import InvalidSettings
from bot.i18n import gettext as _
from bot.model.titles import Credit, Kind, Role, TitleFacts, TitleRef
from bot.services.catalogue_import import LIBRARY_KEY, LIBRARY_NAME, LIBRARY_SOURCE
from bot.services.merging import merged
from engine.evaluation.records import genre_names

if TYPE_CHECKING:
    from bot.cli.evaluation_output import Progress
    from bot.settings import Settings

_BATCH = 500
_ROLES = ((Role.DIRECTOR, "directors"), (Role.CAST, "cast"), (Role.WRITER, "writers"))


def settings_for(settings: Settings, catalogue: Path, *, with_model: bool) -> Settings:
    """The same settings with a home for this catalogue, below the real one; its models are those of the real one.

    What would ask models beside the conversation is off. Raises: InvalidSettings, for `with_model` without one.
    """
    ai = settings.ai
    if with_model and ai.ollama_url is None and (ai.provider is None or ai.api_key is None):
        raise InvalidSettings(
            _("No language model is configured: set RECOMMENDARR_AI__OLLAMA_URL, or a provider with its key.")
        )
    digest = hashlib.sha256(str(catalogue.absolute()).encode()).hexdigest()[:12]
    home = settings.home / "evaluation" / f"{catalogue.stem[:40]}-{digest}"
    home.mkdir(parents=True, exist_ok=True)
    settings.models_dir.mkdir(parents=True, exist_ok=True)
    if not (home / "models").exists():
        (home / "models").symlink_to(settings.models_dir, target_is_directory=True)
    off: dict[str, Any] = dict.fromkeys(("plex", "tautulli", "jellyfin", "tmdb", "seerr", "rules", "database_url"))
    return settings.model_copy(
        update={
            **off,
            "home": home,
            "admins": (),
            "ai": ai if with_model else type(ai)(),
            "explanations": settings.explanations.model_copy(update={"mode": "template"}),
            "rerank": type(settings.rerank)(),
        }
    )


async def furnish(settings: Settings, catalogue: Path, data_root: Path | None, progress: Progress) -> dict[str, int]:
    """Store and embed the films of the file; the title id of each by its name. Does little the second time.

    `data_root`: where IMDb's votes and TMDB's facts lie. Raises: InvalidFile, naming the line; Unavailable.
    """
    from bot.bootstrap import open_core, open_indexing  # noqa: PLC0415 - heavy

    films = read_films(catalogue, data_root)
    ids: list[int] = []
    async with open_core(settings) as core:
        async with core.uow() as uow:
            for start in range(0, len(films), _BATCH):
                ids += await uow.titles.upsert([facts for _name, facts in films[start : start + _BATCH]])
            library = await uow.libraries.ensure(LIBRARY_SOURCE, LIBRARY_KEY, LIBRARY_NAME, public=True)
            await uow.libraries.put(library.id, sorted(set(ids)), added_at=core.clock.now())
            await uow.commit()
        async with open_indexing(core) as indexing:
            await indexing.run(partial(progress, "films"))
    return {name: title_id for (name, _facts), title_id in zip(films, ids, strict=True)}


def read_films(catalogue: Path, data_root: Path | None) -> list[tuple[str, TitleFacts]]:
    """Name and facts of each film. Raises: InvalidFile, naming the line."""
    lines = read_lines(catalogue, _film)
    imdb_ids = [imdb_id for _name, imdb_id, _facts in lines]
    told = linked_facts(data_root) if data_root else {}
    files = sorted((data_root / "imdb").glob("*.parquet")) if data_root else []
    votes = read_imdb_votes(files[0], {imdb_id for imdb_id in imdb_ids if imdb_id}) if files else {}
    taken: set[TitleRef] = set()
    return [(name, _known(facts, told.get(imdb_id), votes.get(imdb_id), taken)) for name, imdb_id, facts in lines]


def _known(facts: TitleFacts, told: TitleFacts | None, votes: Votes | None, taken: set[TitleRef]) -> TitleFacts:
    """The film with what others know of it; two films of the file stay two, whatever a link says."""
    if told is not None and taken.isdisjoint(told.refs):
        taken.update(told.refs)
        own = facts
        facts = merged(facts, replace(told, refs=tuple(ref for ref in told.refs if ref.source != "imdb")))
        facts = replace(facts, title=own.title, year=own.year or facts.year, genres=own.genres or facts.genres)
    return facts if votes is None else replace(facts, vote_count=votes.count, vote_average=votes.average)


def _film(record: Mapping[str, Any]) -> tuple[str, str, TitleFacts]:
    """Name, IMDb id and facts of a line."""
    name, imdb_id = str(record["name"]), str(record.get("imdb_id") or "")
    local = hashlib.sha256(name.encode()).hexdigest()[:16]
    ref = TitleRef(Kind.MOVIE, "imdb", imdb_id) if imdb_id else TitleRef(Kind.MOVIE, "local", local)
    facts = TitleFacts(
        refs=(ref,),
        kind=Kind.MOVIE,
        title=str(record["title"]),
        year=int(record["year"]) if record.get("year") else None,
        overview=str(record.get("plot") or ""),
        genres=genre_names(record.get("genres") or ()),
        credits=tuple(
            Credit(str(person), role, place)
            for role, key in _ROLES
            for place, person in enumerate(_unique(record.get(key) or ()))
        ),
    )
    return name, imdb_id, facts


def _unique(people: Sequence[Any]) -> list[Any]:
    return list(dict.fromkeys(people))
