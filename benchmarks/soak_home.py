"""A home with a made-up catalogue of any size and a household that watches it, for `benchmarks.chat_soak`.

Titles, plots, people and histories come from the generator of `recommendarr bench`; they are written through the same
storage, vector store and services as everybody's. Built once and kept.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from adapters.models.minilm import MiniLmEmbedder
from adapters.vectors.chroma import BULK_BATCH, ChromaVectors
from bot.bootstrap import Core, lay_out, open_core
from bot.cli.bench_world import World, build_world, keyword_documents
from bot.cli.models import install_models
from bot.model.history import Rating, WatchEvent
from bot.model.members import LinkedAccount
from bot.model.titles import Credit, Kind, Role, TitleFacts, TitleRef
from bot.settings import Settings

PLATFORM = "telegram"
_BATCH = 2_000
_READY = "soak-ready"
_GENRES = (
    "Action",
    "Adventure",
    "Animation",
    "Comedy",
    "Crime",
    "Documentary",
    "Drama",
    "Family",
    "Fantasy",
    "History",
    "Horror",
    "Music",
    "Mystery",
    "Romance",
    "Science Fiction",
    "Thriller",
    "War",
    "Western",
)


def settings_for(home: Path) -> Settings:
    """Settings that read nothing but the home, and let people ask as fast as they are made to."""
    limits = {"person_burst": 1000, "person_per_minute": 10_000}
    limits |= {"conversation_burst": 1000, "conversation_per_minute": 10_000}
    return Settings(_env_file=None, home=home, limits=limits)  # type: ignore[call-arg, arg-type]  # read by pydantic


def account_of(number: int) -> str:
    """The account of one person of the household, from 0."""
    return str(1_000 + number)


def prepare(home: Path, titles: int, people: int) -> None:
    """Fill the home, unless it is filled already. Takes two minutes for 40,000 titles."""
    label = f"{titles} {people}"
    ready = home / _READY
    if ready.exists() and ready.read_text(encoding="utf-8") == label:
        return
    home.mkdir(parents=True, exist_ok=True)
    settings = settings_for(home)
    install_models(settings.models_dir, None)
    asyncio.run(_fill(settings, build_world(titles, people)))
    ready.write_text(label, encoding="utf-8")


async def _fill(settings: Settings, world: World) -> None:
    async with open_core(settings) as core:
        ids = await _titles(core, world)
        for number in range(len(world.people)):
            await _person(core, world, ids, number)
        await _vectors(core, world, ids)
        await lay_out(core)


async def _titles(core: Core, world: World) -> list[int]:
    """Store all titles in one public library; the database's ids by row."""
    facts = _facts(world)
    ids: list[int] = []
    for start in range(0, len(facts), _BATCH):
        async with core.uow() as uow:
            ids += await uow.titles.upsert(facts[start : start + _BATCH])
            await uow.commit()
    async with core.uow() as uow:
        library = await uow.libraries.ensure("soak", "films", "Films", public=True)
        await uow.libraries.put(library.id, ids, added_at=core.clock.now() - timedelta(days=100))
        await uow.commit()
    return ids


def _facts(world: World) -> list[TitleFacts]:
    catalogue, documents = world.catalogue, keyword_documents(world.catalogue)
    of_genre = {name: catalogue.genres.has_any([f"Genre {place}"]) for place, name in enumerate(_GENRES)}
    return [
        TitleFacts(
            refs=(TitleRef(Kind.MOVIE, "tmdb", str(int(catalogue.ids[row]))),),
            kind=Kind.MOVIE,
            title=catalogue.names[row].rpartition(" (")[0],
            year=int(catalogue.years[row]),
            runtime=80 + row % 90,
            overview=documents[row].plot,
            genres=tuple(name for name, rows in of_genre.items() if rows[row]),
            keywords=tuple(catalogue.keywords.of(row)),
            credits=(
                *(Credit(name, Role.DIRECTOR, place) for place, name in enumerate(catalogue.directors.of(row))),
                *(Credit(name, Role.CAST, place) for place, name in enumerate(catalogue.cast.of(row))),
            ),
            language="en",
            vote_average=float(catalogue.vote_averages[row]),
            vote_count=int(catalogue.votes[row]),
            popularity=float(catalogue.popularity[row]),
            minimum_age=12,
        )
        for row in range(len(catalogue))
    ]


async def _person(core: Core, world: World, ids: Sequence[int], number: int) -> None:
    past, now = world.people[number], core.clock.now()
    async with core.uow() as uow:
        member = await uow.members.add(f"Person {number}")
        await uow.members.link(LinkedAccount(member.id, PLATFORM, account_of(number), now))
        dates = [now - timedelta(days=float(days)) for days in past.age_days]
        rows = [ids[int(row)] for row in past.items]
        await uow.histories.add_events(
            WatchEvent(member.id, title, "soak", f"{member.id}-{title}", date, completion=1.0)
            for title, date in zip(rows, dates, strict=True)
        )
        await uow.histories.add_ratings(
            Rating(member.id, title, "soak", float(value), date)
            for title, value, date in zip(rows, past.rating, dates, strict=True)
        )
        await uow.commit()


async def _vectors(core: Core, world: World, ids: Sequence[int]) -> None:
    """The made-up vectors under the embedder's name, so that moods are compared with them."""
    embedder = MiniLmEmbedder(core.settings.models_dir)
    store = ChromaVectors(core.settings.vectors_dir, url=None, batch=BULK_BATCH)
    try:
        async with store.writing():
            for start in range(0, len(ids), _BATCH):
                block = world.catalogue.embeddings[start : start + _BATCH]
                titles = list(ids[start : start + _BATCH])
                await store.upsert(embedder.id, titles, [f"soak {title}" for title in titles], block)
            async with core.uow() as uow:
                version = await uow.titles.version()
            await store.rebuild_snapshot(embedder.id, catalogue_version=version)
    finally:
        await asyncio.to_thread(store.close)
        await asyncio.to_thread(embedder.close)
