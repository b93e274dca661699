"""The learnt weights of the blend; written by `recommendarr tune`, not by hand.

They were learnt from the people with even ids of ml-latest-small. What they achieve, on those people and on the others,
stands in `benchmarks/results/tune.json`.
"""

from __future__ import annotations

from engine.scoring.weights import Tier

LEARNT: tuple[Tier, ...] = (
    Tier(
        people=1,
        weights={
            "anti": -0.0491,
            "content": 0.0407,
            "era": 0.1324,
            "fame": 0.2307,
            "genre": 0.0614,
            "keywords": 0.0447,
            "novelty": 0.0659,
            "people": 0.0264,
            "quality": 0.1884,
            "recent_decade": 0.0373,
            "unreleased": -0.1231,
        },
    ),
    Tier(
        people=6,
        weights={
            "anti": -0.0495,
            "content": 0.0410,
            "era": 0.1427,
            "fame": 0.2017,
            "genre": 0.0670,
            "keywords": 0.0578,
            "neighbours": 0.0076,
            "novelty": 0.0449,
            "people": 0.0280,
            "quality": 0.2334,
            "recent_decade": 0.0462,
            "transitions": 0.0121,
            "unreleased": -0.0681,
        },
    ),
    Tier(
        people=15,
        weights={
            "anti": -0.0483,
            "content": 0.0528,
            "era": 0.1196,
            "fame": 0.1619,
            "genre": 0.0669,
            "keywords": 0.0874,
            "neighbours": 0.0217,
            "novelty": 0.0280,
            "people": 0.0263,
            "quality": 0.2220,
            "recent_decade": 0.0471,
            "transitions": 0.0188,
            "unreleased": -0.0992,
        },
    ),
    Tier(
        people=50,
        weights={
            "anti": -0.0435,
            "confidence": 0.0164,
            "content": 0.0445,
            "ease": 0.0071,
            "era": 0.1159,
            "fame": 0.1545,
            "genre": 0.0599,
            "keywords": 0.0845,
            "neighbours": 0.0132,
            "novelty": 0.0757,
            "people": 0.0309,
            "quality": 0.1904,
            "recent_decade": 0.0405,
            "transitions": 0.0511,
            "unreleased": -0.0718,
        },
    ),
    Tier(
        people=610,
        weights={
            "anti": -0.0391,
            "confidence": 0.1142,
            "content": 0.0327,
            "ease": 0.0469,
            "era": 0.0646,
            "fame": 0.1198,
            "genre": 0.0430,
            "keywords": 0.0384,
            "neighbours": 0.0013,
            "novelty": 0.1884,
            "people": 0.0220,
            "quality": 0.1299,
            "recent": 0.0125,
            "recent_decade": 0.0321,
            "transitions": 0.0706,
            "trending_here": 0.0152,
            "unreleased": -0.0291,
        },
    ),
)
