"""Candidates for many people at once: one matrix product for a whole block of profiles."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from engine.profile import TasteProfile
from engine.request import Resources
from engine.types import Domain, IntArray, Vectors

_BLOCK = 64  # people whose similarities are held at once: 60 MB at 40,000 items


def retrieve(
    resources: Resources, profiles: Sequence[TasteProfile], k: int, domain: Domain = Domain.FILMS
) -> list[IntArray]:
    """For each person the `k` rows nearest to a mood (by short vectors where the catalogue has them), unordered.

    Somebody without moods gets the best-known items. For `RankRequest.candidates`.
    """
    short = resources.features.compact
    rows = resources.catalogue.embeddings if short is None else short.rows
    k = min(k, len(rows))
    result: list[IntArray] = []
    for start in range(0, len(profiles), _BLOCK):
        block = [profile.domains[domain].clusters for profile in profiles[start : start + _BLOCK]]
        vectors: Vectors = np.vstack(block)
        if short is not None:
            vectors = vectors @ short.basis
        close = vectors @ rows.T
        first = 0
        for clusters in block:
            last = first + len(clusters)
            if first == last:
                result.append(resources.features.famous[:k])
            else:
                best = close[first] if last - first == 1 else close[first:last].max(axis=0)
                result.append(np.argpartition(best, len(best) - k)[len(best) - k :].astype(np.int64))
            first = last
    return result
