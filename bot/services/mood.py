"""A mood in somebody's own words, as a relevance for every title; and how the words were understood."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import NamedTuple

from bot.i18n import gettext as _
from bot.ports.ai import Embedder
from bot.services.catalogue_view import CatalogueView
from bot.services.mood_words import wish_word
from engine.request import Query
from engine.search.fusion import MoodAnswer, MoodSearch
from engine.search.lexicon.exemplars import exemplar_texts
from engine.search.mood import MoodQuery
from engine.types import BoolArray, IntArray, Vectors

_PRAISED_SHOWN = 3


class Understood(NamedTuple):
    """A search, its constraints and wishes in words, and the ids of the titles that it starts from."""

    query: Query
    words: tuple[str, ...]
    titles: tuple[int, ...]


class MoodService:
    """Parses, embeds and searches. What a person may not see is neither an answer nor a starting point."""

    def __init__(self, embedder: Embedder, *, tidy: Callable[[], None] = lambda: None) -> None:
        """`tidy` is called after the first embedding, when much memory has just been freed."""
        self._embedder = embedder
        self._tidy = tidy
        self._tones: Mapping[str, Vectors] | None = None
        self._embedding_tones = asyncio.Lock()
        self._search: tuple[CatalogueView, MoodSearch] | None = None

    async def query(
        self,
        view: CatalogueView,
        text: str,
        allowed: BoolArray,
        *,
        this_year: int,
        compared: tuple[int, ...] = (),
        praised: tuple[int, ...] = (),
    ) -> Understood:
        """The relevance of every title for `text`, and how it was understood.

        `this_year` gives "the last five years" a meaning; `compared`: ids of the titles that a bare "shorter" or
        "newer" is compared with; `praised`: of those that were spoken well of before.

        Raises: Unavailable("models").
        """
        parsed = await asyncio.to_thread(view.parser.parse, text, this_year=this_year)
        parsed = _without_unseen(view, replace(parsed, compared=compared, praised=praised), allowed)
        wish = await self._wish(parsed)
        search = await self._searching(view)
        answer: MoodAnswer = await asyncio.to_thread(search, parsed, wish)
        return Understood(answer.as_query(), understood(view, parsed), parsed.titles)

    async def warm_up(self, view: CatalogueView) -> None:
        """Do what the first query would have to do. Raises: Unavailable("models")."""
        await self._searching(view)

    async def _wish(self, parsed: MoodQuery) -> Vectors | None:
        text = parsed.dense_text().strip()
        return (await self._embedder.embed([text]))[0] if text else None

    async def _searching(self, view: CatalogueView) -> MoodSearch:
        """The search over this view; kept until the next."""
        if self._search is None or self._search[0] is not view:
            tones = await self._known_tones()
            self._search = view, await asyncio.to_thread(MoodSearch.build, view.catalogue, view.words, tones)
        return self._search[1]

    async def _known_tones(self) -> Mapping[str, Vectors]:
        """The vectors of the exemplar texts, made once per process."""
        if self._tones is None:
            async with self._embedding_tones:
                if self._tones is None:
                    texts = exemplar_texts()
                    vectors = await self._embedder.embed(list(texts.values()))
                    self._tones = dict(zip(texts, vectors, strict=True))
                    await asyncio.to_thread(self._tidy)
        return self._tones


def _without_unseen(view: CatalogueView, parsed: MoodQuery, allowed: BoolArray) -> MoodQuery:
    """Titles that this person may not see are no starting points: their neighbours would give them away."""

    def visible(ids: tuple[int, ...]) -> tuple[int, ...]:
        rows: IntArray = view.catalogue.dense(ids)
        return tuple(item for item, row in zip(ids, rows, strict=True) if row >= 0 and allowed[row])

    return replace(
        parsed,
        titles=visible(parsed.titles),
        titles_not=visible(parsed.titles_not),
        praised=visible(parsed.praised),
    )


def understood(view: CatalogueView, parsed: MoodQuery) -> tuple[str, ...]:
    """The constraints and wishes of a sentence, each in a word or two."""
    catalogue = view.catalogue
    names = {item: catalogue.names[catalogue.row(item)] for item in (*parsed.titles, *parsed.titles_not)}
    words = [_("like {title}").format(title=names[item]) for item in parsed.titles]
    praised = [catalogue.names[catalogue.row(item)] for item in parsed.praised if item not in names]
    words += [_("not like {title}").format(title=names[item]) for item in parsed.titles_not]
    wanted = (*parsed.directions, *parsed.tones, *parsed.topics, *parsed.genres)
    unwanted = (*parsed.genres_not, *parsed.tones_not, *parsed.topics_not)
    words += [wish_word(name) for name in wanted]
    words += [_("not {word}").format(word=wish_word(name)) for name in unwanted]
    words += [_span(parsed.year_min, parsed.year_max)]
    words += [_minutes(parsed.runtime_min, parsed.runtime_max)]
    words += [_("with {name}").format(name=name) for name in parsed.people]
    words += [_("without {name}").format(name=name) for name in parsed.people_not]
    words += [parsed.language and _("in {language}").format(language=parsed.language), parsed.country]
    words += [parsed.kind and wish_word(parsed.kind)]
    words += [_("you like {title}").format(title=name) for name in praised[-_PRAISED_SHOWN:]]
    return tuple(dict.fromkeys(word for word in words if word))


def _span(low: int | None, high: int | None) -> str:
    if low is not None and high is not None:
        return str(low) if low == high else f"{low}–{high}"
    if low is not None:
        return _("since {year}").format(year=low)
    return _("until {year}").format(year=high) if high is not None else ""


def _minutes(low: int | None, high: int | None) -> str:
    if low is not None and high is not None:
        return _("{low}–{high} minutes").format(low=low, high=high)
    if low is not None:
        return _("at least {n} minutes").format(n=low)
    return _("at most {n} minutes").format(n=high) if high is not None else ""
