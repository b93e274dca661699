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
            "keywords": 0.0424,
            "novelty": 0.0961,
            "people": 0.0256,
            "popularity": 0.0005,
            "quality": 0.1910,
            "recent_decade": 0.0372,
            "unreleased": -0.1176,
        },
    ),
    Tier(
        people=6,
        weights={
            "anti": -0.0493,
            "content": 0.0356,
            "era": 0.1376,
            "fame": 0.1927,
            "genre": 0.0633,
            "keywords": 0.0539,
            "neighbours": 0.0074,
            "novelty": 0.0826,
            "people": 0.0274,
            "quality": 0.2296,
            "recent_decade": 0.0453,
            "transitions": 0.0115,
            "unreleased": -0.0640,
        },
    ),
    Tier(
        people=15,
        weights={
            "anti": -0.0481,
            "content": 0.0481,
            "era": 0.1154,
            "fame": 0.1546,
            "genre": 0.0624,
            "keywords": 0.0807,
            "neighbours": 0.0214,
            "novelty": 0.0659,
            "people": 0.0255,
            "quality": 0.2190,
            "recent_decade": 0.0464,
            "transitions": 0.0184,
            "unreleased": -0.0942,
        },
    ),
    Tier(
        people=50,
        weights={
            "anti": -0.0437,
            "confidence": 0.0174,
            "content": 0.0405,
            "ease": 0.0063,
            "era": 0.1139,
            "fame": 0.1467,
            "genre": 0.0570,
            "keywords": 0.0782,
            "neighbours": 0.0137,
            "novelty": 0.1046,
            "people": 0.0302,
            "quality": 0.1884,
            "recent_decade": 0.0400,
            "transitions": 0.0502,
            "unreleased": -0.0692,
        },
    ),
    Tier(
        people=610,
        weights={
            "anti": -0.0392,
            "confidence": 0.1135,
            "content": 0.0301,
            "ease": 0.0447,
            "era": 0.0641,
            "fame": 0.1131,
            "genre": 0.0415,
            "keywords": 0.0344,
            "liked_here": 0.0034,
            "neighbours": 0.0011,
            "novelty": 0.2113,
            "people": 0.0216,
            "quality": 0.1273,
            "recent": 0.0100,
            "recent_decade": 0.0333,
            "transitions": 0.0679,
            "trending_here": 0.0159,
            "unreleased": -0.0277,
        },
    ),
)
