"""What the document systems need that the blend does without, made from the visible people alone.

Where a document leaves something open, the reading is the one that serves its system best.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from scipy.sparse import csr_array

from engine.catalogue import Catalogue
from engine.evaluation.pipelines import ScorersFor, Workbench
from engine.evaluation.ratings import History
from engine.request import Scorer
from engine.scoring.community import interaction_matrix
from engine.scoring.features import FeaturesScorer, feature_blocks
from engine.scoring.lists import ListScorer, nearest
from engine.scoring.neighbours import CooccurrenceConfig, cooccurrence
from engine.scoring.vectors import NearestPeopleScorer, person_vector
from engine.types import IntArray, SparseMatrix

LIST_LENGTH = 40


def lists_for(catalogue: Catalogue) -> ScorersFor:
    """jellyfin-hybrid: TMDB's two lists, stood in for by the nearest by embedding and the strongest co-occurrence."""
    by_embedding = nearest(catalogue, np.arange(len(catalogue), dtype=np.int64), LIST_LENGTH)
    every_pair = CooccurrenceConfig(minimum_people=1, top=LIST_LENGTH)

    def scorers(visible: Sequence[History]) -> Callable[[int], Mapping[str, Scorer]]:
        known = interaction_matrix([history.items for history in visible], len(catalogue))
        together = cooccurrence(known, every_pair).matrix
        together.data = np.ones_like(together.data)
        lists: SparseMatrix = csr_array(by_embedding.maximum(together))
        found: Mapping[str, Scorer] = {"lists": ListScorer(lists)}
        return lambda _place: found

    return scorers


def features_for(catalogue: Catalogue, texts: Sequence[str] | None) -> ScorersFor:
    """plex-content: the five blocks, `texts` being title and summary of each item."""
    found: Mapping[str, Scorer] = {"features": FeaturesScorer(feature_blocks(catalogue, texts))}
    return lambda _visible: lambda _place: found


def nearest_people_for(bench: Workbench) -> ScorersFor:
    """seenemall-mixer: the other visible people by their long-term vectors, with all that they know."""

    def scorers(visible: Sequence[History]) -> Callable[[int], Mapping[str, Scorer]]:
        vectors = np.stack([person_vector(bench.catalogue, bench.profile(history), None) for history in visible])
        known = interaction_matrix([history.items for history in visible], len(bench.catalogue))

        def others(place: int) -> Mapping[str, Scorer]:
            rest: IntArray = np.delete(np.arange(len(visible)), place)
            return {"nearest_people": NearestPeopleScorer(vectors[rest], csr_array(known[rest]), minimum_people=1)}

        return others

    return scorers
