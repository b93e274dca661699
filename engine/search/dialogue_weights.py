"""Weights of the conversation features, learnt on public conversations about films.

Conditional logit (ridge 1, 600 drawn candidates per answer) on the odd lines of ReDial's validation part, with item
weights from MovieLens ratings and MiniLM vectors. On the even lines: R@10 .159, R@50 .335, where meaning, mentions and
votes added up by hand reach .082 and .213 (`recommendarr evaluate conversational`).
"""

from __future__ import annotations

from collections.abc import Mapping

WEIGHTS: Mapping[str, float] = {
    "meaning": 3.141,
    "mentions": 3.065,
    "votes": 0.202,
    "known": 2.708,
    "average": 2.595,
    "age": 0.145,
    "new": 2.215,
    "dated": 0.815,
    "era": 0.254,
    "genres": 1.526,
    "asked": 1.266,
    "refused": 0.148,
    "asked_mix": 0.826,
    "people": 1.028,
    "names": -0.553,
    "words": 2.267,
    "named_people": 2.371,
    "votes_alone": 1.982,
    "taste": 6.888,
    "taste_share": 0.256,
}
