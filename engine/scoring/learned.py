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
            "anti": -0.0485,
            "content": 0.0354,
            "era": 0.1296,
            "fame": 0.2176,
            "genre": 0.0584,
            "keywords": 0.0425,
            "novelty": 0.0961,
            "people": 0.0256,
            "popularity": 0.0005,
            "quality": 0.1910,
            "recent_decade": 0.0372,
            "unreleased": -0.1175,
        },
    ),
    Tier(
        people=6,
        weights={
            "anti": -0.0493,
            "content": 0.0357,
            "era": 0.1377,
            "fame": 0.1926,
            "genre": 0.0633,
            "keywords": 0.0539,
            "neighbours": 0.0073,
            "novelty": 0.0824,
            "people": 0.0274,
            "quality": 0.2296,
            "recent_decade": 0.0452,
            "transitions": 0.0115,
            "unreleased": -0.0640,
        },
    ),
    Tier(
        people=15,
        weights={
            "anti": -0.0480,
            "content": 0.0481,
            "era": 0.1154,
            "fame": 0.1545,
            "genre": 0.0624,
            "keywords": 0.0808,
            "neighbours": 0.0214,
            "novelty": 0.0659,
            "people": 0.0255,
            "quality": 0.2190,
            "recent_decade": 0.0464,
            "transitions": 0.0185,
            "unreleased": -0.0942,
        },
    ),
    Tier(
        people=50,
        weights={
            "anti": -0.0436,
            "confidence": 0.0174,
            "content": 0.0404,
            "ease": 0.0063,
            "era": 0.1138,
            "fame": 0.1466,
            "genre": 0.0570,
            "keywords": 0.0782,
            "neighbours": 0.0137,
            "novelty": 0.1048,
            "people": 0.0302,
            "quality": 0.1884,
            "recent_decade": 0.0400,
            "transitions": 0.0502,
            "unreleased": -0.0691,
        },
    ),
    Tier(
        people=610,
        weights={
            "anti": -0.0392,
            "confidence": 0.1136,
            "content": 0.0300,
            "ease": 0.0447,
            "era": 0.0641,
            "fame": 0.1130,
            "genre": 0.0415,
            "keywords": 0.0344,
            "liked_here": 0.0036,
            "neighbours": 0.0011,
            "novelty": 0.2113,
            "people": 0.0215,
            "quality": 0.1273,
            "recent": 0.0099,
            "recent_decade": 0.0333,
            "transitions": 0.0679,
            "trending_here": 0.0157,
            "unreleased": -0.0277,
        },
    ),
)
