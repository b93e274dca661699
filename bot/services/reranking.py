"""Puts the best picks in order once more: by embeddings, or by a language model. Off unless the settings say so.

The engine answers with a window of picks, all of which passed every filter; only their order changes here, and nothing
can come in. Where the second opinion fails or is late, the first order stands.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Protocol

import numpy as np
import structlog
from numpy.typing import NDArray

from bot.chat.plain import one_line
from bot.errors import Unavailable
from bot.model.members import Clearance, Member
from bot.model.recommendation import Answer, Ask, Mode, ProfileSummary, WhyAnswer
from bot.ports.ai import ChatModels, Embedder, VectorStore
from bot.services.prompts import fenced, load_prompt, read_object
from engine.reranking.second_opinion import blended_order, speakers

log = structlog.get_logger(__name__)

# A draw is left to chance, a compromise to its fairness, and old favourites are in order of their own.
_LEFT_ALONE = frozenset({Mode.SHUFFLE, Mode.GROUP, Mode.REDISCOVER})
_OVERVIEW = 160  # characters of a plot that a model is told
_REMEMBERED = 500


class Recommender(Protocol):
    """What is wrapped."""

    async def recommend(self, member: Member, clearance: Clearance, ask: Ask, *, now: datetime) -> Answer: ...

    async def why(self, member: Member, clearance: Clearance, title_id: int, *, now: datetime) -> WhyAnswer: ...

    async def profile(self, member: Member, clearance: Clearance, *, now: datetime) -> ProfileSummary: ...

    async def warm_up(self, now: datetime) -> None: ...


class Reranker(Protocol):
    """A second opinion on an order."""

    async def order(self, answer: Answer, count: int) -> Sequence[int]:
        """Places of the picks that come first, the best first; places left out keep their order behind them.

        Raises: Unavailable; ValueError, when there is no opinion that can be used.
        """
        ...


class RerankingRecommender:
    """A recommender whose best picks are put in order once more."""

    def __init__(self, inner: Recommender, reranker: Reranker, *, window: int = 40, seconds: float = 6.0) -> None:
        self._inner = inner
        self._reranker = reranker
        self._window = window
        self._seconds = seconds

    async def recommend(self, member: Member, clearance: Clearance, ask: Ask, *, now: datetime) -> Answer:
        """As the recommender behind it, in another order. Raises: what that one raises."""
        if ask.mode in _LEFT_ALONE or ask.limit >= self._window:
            return await self._inner.recommend(member, clearance, ask, now=now)
        wide = await self._inner.recommend(member, clearance, replace(ask, limit=self._window), now=now)
        places = await self._places(wide, ask.limit)
        picks = tuple(wide.picks[place] for place in places[: ask.limit])
        return replace(wide, ask=ask, picks=picks, more=wide.more or len(wide.picks) > ask.limit)

    async def why(self, member: Member, clearance: Clearance, title_id: int, *, now: datetime) -> WhyAnswer:
        """Raises: NotFound."""
        return await self._inner.why(member, clearance, title_id, now=now)

    async def profile(self, member: Member, clearance: Clearance, *, now: datetime) -> ProfileSummary:
        """What the engine believes this member likes."""
        return await self._inner.profile(member, clearance, now=now)

    async def warm_up(self, now: datetime) -> None:
        """Raises: Unavailable."""
        await self._inner.warm_up(now)

    async def _places(self, answer: Answer, count: int) -> list[int]:
        """Every place once: those of the second opinion, then the others as they stood."""
        wanted: Sequence[int] = ()
        try:
            async with asyncio.timeout(self._seconds):
                wanted = await self._reranker.order(answer, count)
        except (Unavailable, TimeoutError, ValueError) as error:
            log.info("order kept", reason=str(error) or type(error).__name__)
        valid = [place for place in dict.fromkeys(wanted) if 0 <= place < len(answer.picks)]
        return [*valid, *[place for place in range(len(answer.picks)) if place not in set(valid)]]


class SmallReranker:
    """By closeness of the titles' vectors to the wish or, without one, to the liked titles behind the picks."""

    def __init__(self, embedder: Embedder, vectors: VectorStore, *, rank_weight: float = 0.9) -> None:
        self._embedder = embedder
        self._vectors = vectors
        self._rank_weight = rank_weight

    async def order(self, answer: Answer, count: int) -> Sequence[int]:  # noqa: ARG002 - of the protocol
        """All places. Raises: Unavailable; ValueError, when nothing is known to compare with."""
        snapshot = await self._vectors.snapshot(self._embedder.id)
        if snapshot is None:
            raise ValueError("no vectors")
        rows, known = _rows(snapshot.title_ids, [pick.title.id for pick in answer.picks])
        found = np.where(known[:, None], snapshot.vectors[rows], 0.0)
        wanted = await self._wanted(answer, snapshot.title_ids, snapshot.vectors)
        return [int(place) for place in blended_order(found @ wanted, self._rank_weight)]

    async def _wanted(
        self, answer: Answer, title_ids: NDArray[np.int64], vectors: NDArray[np.float32]
    ) -> NDArray[np.float32]:
        """(d,) what the picks are compared with."""
        if answer.ask.query:
            return np.asarray((await self._embedder.embed([one_line(answer.ask.query, 400)]))[0])
        liked = [answer.seed.id] if answer.seed else speakers([pick.reasons for pick in answer.picks])
        rows, known = _rows(title_ids, liked)
        if not known.any():
            raise ValueError("nothing to compare with")
        return np.asarray(vectors[rows[known]].mean(axis=0), dtype=np.float32)


class TextReranker:
    """By a language model, asked once for a whole answer; the same question is answered from memory."""

    def __init__(self, models: ChatModels, *, members: Callable[[], Awaitable[Collection[str]]]) -> None:
        load_prompt("rerank")  # a prompt that cannot be used shows at the start
        self._models = models
        self._members = members
        self._held: OrderedDict[str, tuple[int, ...]] = OrderedDict()

    async def order(self, answer: Answer, count: int) -> Sequence[int]:
        """The places that the model named. Raises: Unavailable; ValueError."""
        found = await self._models.texts()
        if not found:
            raise ValueError("no model")
        model, prompt = found[0], load_prompt("rerank")
        hidden = () if model.is_local else await self._members()
        data = fenced(_told(answer, hidden))
        key = hashlib.sha256(
            json.dumps([prompt.version, model.name, count, data]).encode("utf-8", "replace")
        ).hexdigest()
        if key not in self._held:
            asked = prompt.filled(count=str(count), data=data)
            self._held[key] = _order(read_object(await model.complete(asked, schema=prompt.output, timeout=60.0)))
            while len(self._held) > _REMEMBERED:
                self._held.popitem(last=False)
        self._held.move_to_end(key)
        return self._held[key]


def _told(answer: Answer, hidden: Collection[str]) -> dict[str, Any]:
    """What a model is told: the wish and the candidates, no member and nothing that a member watched."""
    wish = answer.seed.name if answer.seed else one_line(answer.ask.query or "", 400)
    if answer.seed is None and any(name.strip() and name.casefold() in wish.casefold() for name in hidden):
        wish = ""
    return {
        "wish": wish or "something that suits this person's taste",
        "candidates": [
            {
                "number": number,
                "title": one_line(pick.title.name, 80),
                "genres": list(pick.title.facts.genres[:4]),
                "plot": one_line(pick.title.facts.overview, _OVERVIEW),
            }
            for number, pick in enumerate(answer.picks, start=1)
        ],
    }


def _order(answer: dict[str, Any]) -> tuple[int, ...]:
    """Places of the numbers that a model named. Raises: ValueError."""
    numbers = answer.get("order")
    if not isinstance(numbers, list):
        raise ValueError("no order")  # noqa: TRY004 - of the text, not of an argument
    places = tuple(number - 1 for number in numbers[:200] if type(number) is int)
    if not places:
        raise ValueError("an empty order")
    return places


def _rows(title_ids: NDArray[np.int64], wanted: Sequence[int]) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Rows of these titles in a snapshot, and which of them are there."""
    ids = np.array(wanted, dtype=np.int64)
    if not len(title_ids):
        return np.zeros(len(ids), dtype=np.int64), np.zeros(len(ids), dtype=np.bool_)
    rows = np.minimum(np.searchsorted(title_ids, ids), len(title_ids) - 1)
    return rows.astype(np.int64), np.asarray(title_ids[rows] == ids)
