"""Learnt weights as the source of `engine.scoring.learned`."""

from __future__ import annotations

from collections.abc import Sequence

from engine.scoring.weights import Tier

_SMALLEST = 0.0005
_HEAD = '''"""The learnt weights of the blend; written by `recommendarr tune`, not by hand.

They were learnt from the people with even ids of ml-latest-small. What they achieve, on those people and on the others,
stands in `benchmarks/results/tune.json`.
"""

from __future__ import annotations

from engine.scoring.weights import Tier

LEARNT: tuple[Tier, ...] = (
'''


def render_tiers(tiers: Sequence[Tier]) -> str:
    """The text of the module: weights rounded to four places, without those that come to nothing."""
    parts = [_HEAD]
    for tier in tiers:
        parts.append(f"    Tier(\n        people={tier.people},\n        weights={{\n")
        kept = {name: weight for name, weight in sorted(tier.weights.items()) if abs(weight) >= _SMALLEST}
        parts += [f'            "{name}": {weight:.4f},\n' for name, weight in kept.items()]
        parts.append("        },\n    ),\n")
    return "".join([*parts, ")\n"])
