"""The demo household: a media server and a history like any other, served from the files in `data`."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import cached_property
from importlib import resources
from typing import Any

from bot.model.titles import Alias, Credit, Kind, Role, TitleFacts, TitleRef
from bot.ports.clock import Clock
from bot.ports.media import Health, ServerItem, ServerLibrary, ServerRating, ServerUser, ServerWatch

SOURCE = "demo"
PAGE = 100


class DemoHousehold:
    """`MediaServer` and `HistoryProvider` over the embedded data.

    Watches are told as days before now, so the household is always a recent one; their keys do not depend on the day.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    @property
    def source(self) -> str:
        """The name under which accounts and libraries are stored."""
        return SOURCE

    @property
    def items_of(self) -> str:
        """Plays name the household's own items."""
        return SOURCE

    @property
    def requests(self) -> int:
        """None: nothing is sent anywhere."""
        return 0

    async def check(self) -> Health:
        """It is always there."""
        return Health("Demo")

    @property
    def digest(self) -> str:
        """Changes when the embedded data does."""
        files = (resources.files(__package__).joinpath("data", name) for name in ("titles.json", "people.json"))
        return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()

    @cached_property
    def _titles(self) -> list[dict[str, Any]]:
        return _read("titles.json")

    @cached_property
    def _people(self) -> list[dict[str, Any]]:
        return _read("people.json")

    async def libraries(self) -> Sequence[ServerLibrary]:
        """The libraries that titles name, in order of appearance."""
        names = dict.fromkeys(title["library"] for title in self._titles if title["library"])
        return [ServerLibrary(key=name.lower(), name=name) for name in names]

    async def users(self) -> Sequence[ServerUser]:
        """The four people."""
        return [
            ServerUser(
                account=person["name"].lower(),
                name=person["name"],
                libraries=tuple(name.lower() for name in person["libraries"]),
                age_limit=person.get("age_limit"),
                locale=person.get("locale"),
            )
            for person in self._people
        ]

    async def items(self, library: str, *, since: datetime | None = None) -> AsyncIterator[Sequence[ServerItem]]:
        """The titles of one library; those in no library come along with the first. None ever changes."""
        if since is not None:
            return
        first = (await self.libraries())[0].key
        wanted = [
            item
            for item in map(_item, self._titles)
            if item.library == library or (item.library is None and library == first)
        ]
        for start in range(0, len(wanted), PAGE):
            yield wanted[start : start + PAGE]

    async def keys(self, library: str) -> AsyncIterator[Sequence[str]]:
        """The keys of one library."""
        keys = [item.key for item in map(_item, self._titles) if item.library == library]
        for start in range(0, len(keys), PAGE):
            yield keys[start : start + PAGE]

    async def watches(self, since: datetime | None = None) -> AsyncIterator[Sequence[ServerWatch]]:
        """All plays, oldest first; a series as one play per episode."""
        now = self._clock.now()
        plays = sorted(
            (play for person in self._people for play in self._plays(person, now)),
            key=lambda play: (play.watched_at, play.key),
        )
        wanted = [play for play in plays if since is None or play.watched_at >= since]
        for start in range(0, len(wanted), PAGE):
            yield wanted[start : start + PAGE]

    async def ratings(self) -> Sequence[ServerRating]:
        """The few ratings that people gave."""
        now = self._clock.now()
        return [
            ServerRating(person["name"].lower(), float(watch["rating"]), _when(watch, now), refs=(self._ref(watch),))
            for person in self._people
            for watch in person["watches"]
            if watch.get("rating") is not None
        ]

    async def refs(self, item: str) -> Sequence[TitleRef]:
        """The references of a title, in a library or not."""
        return next((_refs(title) for title in self._titles if _key(title) == item), ())

    @cached_property
    def _by_name(self) -> Mapping[tuple[str, str, int], Mapping[str, Any]]:
        return {(t["kind"], t["title"], t["year"]): t for t in self._titles}

    def _ref(self, watch: Mapping[str, Any]) -> TitleRef:
        return _refs(self._title(watch))[0]

    def _title(self, watch: Mapping[str, Any]) -> Mapping[str, Any]:
        return self._by_name[(watch["kind"], watch["title"], watch["year"])]

    def _plays(self, person: Mapping[str, Any], now: datetime) -> Iterator[ServerWatch]:
        account = person["name"].lower()
        for watch in person["watches"]:
            ref, last = self._ref(watch), _when(watch, now)
            episodes = int(watch.get("episodes_watched") or 0)
            count = episodes or int(watch.get("plays") or 1)
            # Episodes follow each other by a day, rewatches of a film by a season.
            step = timedelta(days=1) if episodes else timedelta(days=90)
            for index in range(count):
                yield ServerWatch(
                    account=account,
                    item=_key(self._title(watch)),
                    refs=(ref,),
                    key=f"{account}/{ref}/{index + 1}",
                    watched_at=last - step * (count - 1 - index),
                    completion=watch.get("completion"),
                    episode=f"e{index + 1:03d}" if episodes else None,
                    title=watch["title"],
                    kind=ref.kind,
                )


def _read(name: str) -> list[dict[str, Any]]:
    data: list[dict[str, Any]] = json.loads(resources.files(__package__).joinpath("data", name).read_text("utf-8"))
    return data


def _when(watch: Mapping[str, Any], now: datetime) -> datetime:
    day = now - timedelta(days=watch["days_ago"])
    when = day.replace(hour=watch.get("hour", 20), minute=0, second=0, microsecond=0)
    return min(when, now)


def _refs(title: Mapping[str, Any]) -> tuple[TitleRef, ...]:
    kind = Kind(title["kind"])
    ids = {source: value for source, value in (title.get("ids") or {}).items() if value}
    refs = [TitleRef(kind, source, str(ids[source])) for source in ("tmdb", "imdb", "tvdb") if source in ids]
    slug = re.sub(r"[^a-z0-9]+", "-", title["title"].lower()).strip("-") or "untitled"
    return (*refs, TitleRef(kind, "demo", f"{slug}-{title['year']}"))


def _key(title: Mapping[str, Any]) -> str:
    return str(_refs(title)[-1])


def _item(title: Mapping[str, Any]) -> ServerItem:
    return ServerItem(_key(title), title["library"].lower() if title["library"] else None, _facts(title))


def _facts(title: Mapping[str, Any]) -> TitleFacts:
    credits = [Credit(name, Role.DIRECTOR, i) for i, name in enumerate(title.get("directors") or ())]
    credits += [Credit(name, Role.CAST, i) for i, name in enumerate(title.get("cast") or ())]
    return TitleFacts(
        refs=_refs(title),
        kind=Kind(title["kind"]),
        title=title["title"],
        original_title=title.get("original_title"),
        aliases=tuple(Alias(name, locale) for locale, names in (title.get("aliases") or {}).items() for name in names),
        year=title["year"],
        end_year=title.get("end_year"),
        runtime=title.get("runtime"),
        seasons=title.get("seasons"),
        episodes=title.get("episodes"),
        overview=title["synopsis"],
        genres=tuple(title["genres"]),
        keywords=tuple(title.get("keywords") or ()),
        credits=tuple(credits),
        language=title.get("language"),
        countries=tuple(title.get("countries") or ()),
        vote_average=title.get("vote_average"),
        vote_count=title.get("vote_count"),
        popularity=title.get("popularity"),
        minimum_age=title.get("certification_age"),
        collection=title.get("collection"),
        collection_order=title.get("collection_order"),
        anime=bool(title.get("anime")),
    )
