"""A fake metadata service. `down` stands for a service that cannot be reached."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from bot.errors import Unavailable
from bot.model.titles import Kind, TitleFacts, TitleRef
from bot.ports.media import Health
from bot.ports.metadata import Details, Discover

_PAGE = 20


class FakeMetadataSource:
    """A metadata service that knows the titles it was given, the most popular first.

    `details` by reference may be given where more than the facts matters; `people`: name → titles.
    """

    def __init__(
        self,
        titles: Iterable[TitleFacts] = (),
        details: Iterable[Details] = (),
        people: Mapping[str, Sequence[TitleFacts]] | None = None,
    ) -> None:
        self._details = [*details]
        self._titles = (*titles, *(each.facts for each in self._details))
        self._people = dict(people or {})
        self.requests = 0
        self.down = False
        self.asked: list[TitleRef] = []

    async def check(self) -> Health:
        self._reach()
        return Health("Fake metadata")

    async def details(self, ref: TitleRef, *, locales: Sequence[str] = (), related: bool = True) -> Details | None:
        self._reach()
        self.asked.append(ref)
        known = next((each for each in self._details if ref in each.facts.refs), None)
        known = known or next((Details(facts) for facts in self._titles if ref in facts.refs), None)
        if known is None or not locales:
            return known
        told = tuple(alias for alias in known.facts.aliases if alias.locale in {"", *locales})
        return replace(known, facts=replace(known.facts, aliases=told))

    async def find(self, ref: TitleRef) -> TitleRef | None:
        self._reach()
        found = next((facts for facts in self._titles if ref in facts.refs), None)
        return next((own for own in found.refs if own.source == "tmdb"), None) if found else None

    async def search(self, text: str, *, kind: Kind | None = None, limit: int = 10) -> Sequence[TitleFacts]:
        self._reach()
        words = text.casefold().split()
        found = [
            facts
            for facts in self._titles
            if words and kind in (None, facts.kind) and all(word in facts.title.casefold() for word in words)
        ]
        return found[:limit]

    async def person(self, name: str, *, limit: int = 20) -> Sequence[TitleFacts]:
        self._reach()
        return self._people.get(name, ())[:limit]

    async def trending(self, *, kind: Kind | None = None, weekly: bool = True) -> Sequence[TitleFacts]:
        self._reach()
        return [facts for facts in self._titles if kind in (None, facts.kind)][:_PAGE]

    async def discover(self, wanted: Discover) -> Sequence[TitleFacts]:
        self._reach()
        found = [facts for facts in self._titles if facts.kind is wanted.kind and _fits(facts, wanted)]
        return found[(wanted.page - 1) * _PAGE : wanted.page * _PAGE]

    def _reach(self) -> None:
        self.requests += 1
        if self.down:
            raise Unavailable("metadata", "The metadata service cannot be reached.")


def _fits(facts: TitleFacts, wanted: Discover) -> bool:
    years = (wanted.year_min or 0, wanted.year_max or 9999)
    return (
        set(wanted.genres) <= set(facts.genres)
        and wanted.language in (None, facts.language)
        and (facts.vote_count or 0) >= wanted.minimum_votes
        and ((wanted.year_min is None and wanted.year_max is None) or years[0] <= (facts.year or -1) <= years[1])
    )
