"""Conditional logit: weights of features, learnt from choices (this one, not those).

The probability of the chosen candidate is softmax(features @ weights); the weights maximise the mean log-likelihood
less a ridge penalty. With candidates drawn uniformly the estimate is consistent (McFadden 1978).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from engine.types import BoolArray, FloatArray


def fit_conditional_logit(features: NDArray[np.float32], valid: BoolArray, *, ridge: float = 1.0) -> FloatArray:
    """(n_features,) weights on the features' own scale.

    `features` is (n_choices, n_candidates, n_features), the chosen candidate standing first; `valid` (n_choices,
    n_candidates) is False for candidates that could not be chosen. Raises: ValueError if there is no choice.
    """
    if not len(features):
        raise ValueError("There is nothing to learn from.")
    scale = features.reshape(-1, features.shape[2]).std(axis=0, dtype=np.float64) + 1e-6
    scaled = (features / scale.astype(np.float32)).astype(np.float32)
    count = len(features)

    def loss(weights: FloatArray) -> tuple[float, FloatArray]:
        utilities = np.where(valid, scaled @ weights.astype(np.float32), -1e9)
        utilities -= utilities.max(axis=1, keepdims=True)
        shares = np.exp(utilities)
        shares /= shares.sum(axis=1, keepdims=True)
        expected = np.einsum("ic,icf->if", shares, scaled)
        gradient = (expected - scaled[:, 0]).sum(axis=0, dtype=np.float64) + 2.0 * ridge * weights
        likelihood = np.log(shares[:, 0].astype(np.float64) + 1e-12).sum()
        return float((ridge * (weights @ weights) - likelihood) / count), gradient / count

    found = minimize(loss, np.zeros(features.shape[2]), jac=True, method="L-BFGS-B")
    return np.asarray(found.x / scale)
