"""TF-IDF of short texts: words and pairs of words that occur in at least two texts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from scipy.sparse import csr_array

from engine.columns import encode
from engine.types import SparseMatrix

_WORD = re.compile(r"\w\w+")


def tfidf(texts: Sequence[str], minimum_texts: int = 2) -> SparseMatrix:
    """(n_texts, n_terms) float32: (1 + log count) x (log((1 + n) / (1 + texts)) + 1), not normalised.

    Terms are words of two letters or more and pairs of neighbouring ones, in lower case.
    """
    rows, codes, terms = encode([_terms(text) for text in texts])
    count = len(texts)
    ones = np.ones(len(rows), dtype=np.float32)
    counts = csr_array((ones, (rows, codes)), shape=(count, max(1, len(terms))))
    counts.sum_duplicates()
    having = np.bincount(counts.indices, minlength=counts.shape[1])
    kept = np.flatnonzero(having >= minimum_texts)
    if not len(kept):
        return csr_array((np.zeros(0, dtype=np.float32), ([], [])), shape=(count, 1))
    result: SparseMatrix = counts[:, kept]
    weights = (np.log((1 + count) / (1 + having[kept])) + 1.0).astype(np.float32)
    result.data = ((1.0 + np.log(result.data)) * weights[result.indices]).astype(np.float32)
    return result


def _terms(text: str) -> list[str]:
    words = _WORD.findall(text.casefold())
    return words + [f"{one} {two}" for one, two in pairwise(words)]
