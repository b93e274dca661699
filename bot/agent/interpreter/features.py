"""What the classifier looks at: words with the particulars masked, beginnings of words, what was found, the situation.

A feature is hashed into one of `DIMENSIONS` places (CRC-32, so that it is the same on every machine and run).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

DIMENSIONS = 1 << 15
_STEM = 5  # letters that inflected forms share
_OPENING = 4  # words at the beginning that are taken by their place


def features(tokens: Sequence[str], *, after_picks: bool) -> NDArray[np.int64]:
    """Sorted places of the features of a message. `tokens`: folded words, or "<title>" for a title and so on."""
    names = set(_names(list(tokens), after_picks=after_picks))
    return np.unique(np.fromiter((crc32(name.encode()) % DIMENSIONS for name in names), np.int64, len(names)))


def _names(tokens: list[str], *, after_picks: bool) -> Iterator[str]:
    situation = "p" if after_picks else "n"
    yield f"situation {situation}"
    yield f"length {min(len(tokens), 12) if len(tokens) < 6 else min(len(tokens) // 3 * 3, 18)} {situation}"
    stems = [token if token.startswith("<") else token[:_STEM] for token in tokens]
    framed = ["^", *tokens, "$"]
    for token, stem in zip(tokens, stems, strict=True):
        yield f"w {token}"
        yield f"s {stem}"
        yield f"{situation} {stem}"
        if token.startswith("<"):
            continue
        padded = f"_{token}_"
        for size in (3, 4):
            for start in range(len(padded) - size + 1):
                yield f"c {padded[start : start + size]}"
    for first, second in pairwise(framed):
        yield f"b {first} {second}"
    framed_stems = ["^", *stems, "$"]
    for at in range(len(framed_stems) - 2):
        yield f"t {framed_stems[at]} {framed_stems[at + 1]} {framed_stems[at + 2]}"
    for at in range(len(stems)):
        for gap in (2, 3):
            if at + gap < len(stems):
                yield f"g {stems[at]} {stems[at + gap]}"
    for at, stem in enumerate(stems[:_OPENING]):
        yield f"o{at} {stem}"
    yield "all " + " ".join(stems)
    yield from (f"has {token} {situation}" for token in set(tokens) if token.startswith("<"))
    yield "marks " + " ".join(sorted({token for token in tokens if token.startswith("<")}))
