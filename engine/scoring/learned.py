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
            "anti": -0.0565,
            "content": 0.0454,
            "era": 0.1500,
            "fame": 0.2212,
            "genre": 0.0697,
            "keywords": 0.0462,
            "people": 0.0290,
            "quality": 0.2009,
            "recent_decade": 0.0376,
            "unreleased": -0.1434,
        },
    ),
    Tier(
        people=6,
        weights={
            "anti": -0.0543,
            "content": 0.0441,
            "era": 0.1561,
            "fame": 0.1928,
            "genre": 0.0731,
            "keywords": 0.0581,
            "neighbours": 0.0075,
            "people": 0.0301,
            "quality": 0.2476,
            "recent": 0.0008,
            "recent_decade": 0.0465,
            "transitions": 0.0117,
            "unreleased": -0.0773,
        },
    ),
    Tier(
        people=15,
        weights={
            "anti": -0.0506,
            "content": 0.0550,
            "era": 0.1264,
            "fame": 0.1521,
            "genre": 0.0700,
            "keywords": 0.0886,
            "neighbours": 0.0222,
            "people": 0.0277,
            "quality": 0.2333,
            "recent_decade": 0.0481,
            "transitions": 0.0194,
            "unreleased": -0.1066,
        },
    ),
    Tier(
        people=50,
        weights={
            "anti": -0.0515,
            "content": 0.0512,
            "ease": 0.0098,
            "era": 0.1374,
            "fame": 0.1389,
            "genre": 0.0696,
            "keywords": 0.0928,
            "neighbours": 0.0096,
            "people": 0.0360,
            "quality": 0.2105,
            "recent": 0.0028,
            "recent_decade": 0.0401,
            "transitions": 0.0597,
            "unreleased": -0.0902,
        },
    ),
    Tier(
        people=610,
        weights={
            "anti": -0.0733,
            "content": 0.0535,
            "ease": 0.0798,
            "era": 0.1179,
            "fame": 0.1106,
            "genre": 0.0762,
            "keywords": 0.0515,
            "people": 0.0351,
            "quality": 0.1421,
            "recent": 0.0294,
            "recent_decade": 0.0301,
            "transitions": 0.1062,
            "trending_here": 0.0215,
            "unreleased": -0.0727,
        },
    ),
)
