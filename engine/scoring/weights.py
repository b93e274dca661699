"""The weights of the blend, which depend on how many people's histories it can lean on.

A household of six knows little about its titles from itself and leans on the catalogue; six hundred people know more
than any catalogue says. Weights are learnt at a few sizes and interpolated in between, evenly in the logarithm.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log


@dataclass(frozen=True, slots=True)
class Tier:
    """Weights learnt where `people` were visible; the absolute values sum to 1."""

    people: int  # at least 1
    weights: Mapping[str, float]


def weights_for(people: int, tiers: Sequence[Tier]) -> dict[str, float]:
    """The weights for that many people, between the two nearest of the `tiers` (by people, ascending).

    Outside of what was learnt the nearest tier holds. Raises: ValueError without tiers.
    """
    if not tiers:
        raise ValueError("There are no learnt weights.")
    if people <= tiers[0].people:
        return dict(tiers[0].weights)
    for low, high in pairwise(tiers):
        if people <= high.people:
            share = log(people / low.people) / log(high.people / low.people)
            names = sorted({*low.weights, *high.weights})
            return {
                name: (1.0 - share) * low.weights.get(name, 0.0) + share * high.weights.get(name, 0.0) for name in names
            }
    return dict(tiers[-1].weights)
