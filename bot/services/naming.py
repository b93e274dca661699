"""Which titles a metadata service names with what somebody liked: where wishes come from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from bot.ports.storage import UnitOfWorkFactory
from bot.ports.storage_sync import Relation
from bot.services.catalogue_view import CatalogueView
from engine.profile import TasteProfile
from engine.types import FloatArray

_SHARES = {Relation.RECOMMENDED: 1.0, Relation.SIMILAR: 0.6}  # what people chose tells more than what shares keywords
_LIKED = 0.5  # preference from which a title speaks for others


async def named_with(uow: UnitOfWorkFactory, view: CatalogueView, profile: TasteProfile) -> FloatArray | None:
    """(n,) 0-1 for every item, the most often and most closely named 1; None when nothing is named at all."""
    rows, preferences = profile.interactions.items, profile.preferences
    liked = preferences >= _LIKED
    weights = dict(zip(view.catalogue.ids[rows[liked]].tolist(), preferences[liked].tolist(), strict=True))
    if not weights:
        return None
    values = np.zeros(len(view.catalogue))
    async with uow() as current:
        for relation, share in _SHARES.items():
            _add(values, view, weights, await current.metadata.linked(list(weights), relation), share)
    most = float(values.max(initial=0.0))
    return values / most if most > 0 else None


def _add(
    values: FloatArray,
    view: CatalogueView,
    weights: Mapping[int, float],
    linked: Mapping[int, Sequence[int]],
    share: float,
) -> None:
    """The first that is named counts most; further ones less by the square root of their place."""
    for title_id, others in linked.items():
        places = view.catalogue.dense(others)
        worth = share * weights[title_id] / np.sqrt(np.arange(1, len(others) + 1))
        there = places >= 0
        np.add.at(values, places[there], worth[there])
