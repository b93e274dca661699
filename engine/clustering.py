"""Spherical k-means that needs no seed: the moods among what somebody liked."""

from __future__ import annotations

import numpy as np

from engine.types import FloatArray, IntArray, Vectors

_MINIMUM_PER_CLUSTER = 3
_MINIMUM_SILHOUETTE = 0.02
_ONE_MOOD = 0.8  # mean cosine to the common mean from which there is nothing to tell apart
_ITERATIONS = 15


def mood_clusters(vectors: Vectors, weights: FloatArray, maximum: int) -> IntArray:
    """(n,) the cluster of each unit vector, 0..k-1; k maximises the mean silhouette (cosine), 1 if nothing stands out.

    The outcome depends on the order of the vectors in ties only.
    """
    count = len(vectors)
    best = np.zeros(count, dtype=np.int64)
    best_width = _MINIMUM_SILHOUETTE
    points = vectors.astype(np.float64)
    mean = weights @ points
    if (points @ mean).mean() >= _ONE_MOOD * np.linalg.norm(mean):
        return best
    cosines = points @ points.T
    for k in range(2, min(maximum, count // _MINIMUM_PER_CLUSTER) + 1):
        labels = _spherical_k_means(points, cosines, weights, k)
        width = silhouette(cosines, labels)
        if width > best_width + 1e-9:
            best, best_width = labels, width
    return best


def silhouette(cosines: FloatArray, labels: IntArray) -> float:
    """Mean silhouette width, -1..1, of a clustering with cosine distances; 0 for one cluster."""
    k = int(labels.max()) + 1
    sizes = np.bincount(labels, minlength=k)
    if k < 2 or (sizes == 0).any():
        return 0.0
    own = np.arange(len(labels))
    sums = (1.0 - cosines) @ np.eye(k)[labels]  # (n, k) summed distances to each cluster
    alone = sizes[labels] == 1
    inner = sums[own, labels] / np.maximum(sizes[labels] - 1, 1)
    means = sums / sizes
    means[own, labels] = np.inf
    outer = means.min(axis=1)
    largest = np.maximum(np.maximum(inner, outer), 1e-12)
    return float(np.where(alone, 0.0, (outer - inner) / largest).mean())


def _spherical_k_means(points: FloatArray, cosines: FloatArray, weights: FloatArray, k: int) -> IntArray:
    """Lloyd's iterations from farthest-first centres, the first being the point nearest to the weighted mean."""
    mean = weights @ points
    centres = [int(np.argmax(points @ mean))]
    while len(centres) < k:
        nearest = cosines[:, centres].max(axis=1)
        centres.append(int(np.argmin(nearest)))
    means = points[centres]
    labels = np.full(len(points), -1, dtype=np.int64)
    for _ in range(_ITERATIONS):
        closeness = points @ means.T
        renewed = closeness.argmax(axis=1)
        for cluster in range(k):
            if not (renewed == cluster).any():  # an empty cluster takes the point that fits its own the least
                renewed[int(np.argmin(closeness.max(axis=1)))] = cluster
        if (renewed == labels).all():
            break
        labels = renewed
        sums = (np.eye(k)[labels] * weights[:, None]).T @ points
        means = sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-12)
    return labels
