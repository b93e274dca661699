"""Language models that do this work well, by the memory that they need on a graphics card."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from bot.i18n import gettext as _


@dataclass(frozen=True, slots=True)
class RecommendedModel:
    """`gigabytes`: on the graphics card; `stars`: 1 to 5, for all of its work."""

    name: str
    gigabytes: float
    stars: int


RECOMMENDED = (
    RecommendedModel("qwen2.5:3b", 2.5, 3),
    RecommendedModel("qwen2.5:7b", 5.0, 4),
    RecommendedModel("llama3.1:8b", 5.5, 4),
    RecommendedModel("gemma2:9b", 6.0, 4),
    RecommendedModel("mistral-nemo:12b", 8.0, 4),
    RecommendedModel("qwen2.5:14b", 9.0, 5),
    RecommendedModel("phi4:14b", 9.0, 5),
    RecommendedModel("mistral-small:22b", 14.0, 5),
)


def good_for(name: str) -> str:
    """What a recommended model is good for."""
    return {
        "qwen2.5:3b": _("small graphics cards, simple explanations"),
        "qwen2.5:7b": _("the best balance of speed and quality"),
        "llama3.1:8b": _("an all-rounder, good at languages"),
        "gemma2:9b": _("short and concise sentences"),
        "mistral-nemo:12b": _("nuanced explanations"),
        "qwen2.5:14b": _("the best quality"),
        "phi4:14b": _("seeing how themes belong together"),
        "mistral-small:22b": _("the highest quality, for large cards"),
    }[name]


class Fit(StrEnum):
    """Whether a model fits on the graphics card."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


def fits(gigabytes: float, loaded: Iterable[tuple[int, int]], card: float | None = None) -> Fit:
    """`loaded`: for each model in memory, its bytes and those of them on the card; `card`: gigabytes, when known.

    A server does not say how large its card is. What lies on it now fits for sure; and when a part of that had to stay
    outside, the card holds about that much and no more.
    """
    if card is not None:
        return Fit.YES if gigabytes <= card else Fit.NO
    sizes = list(loaded)
    seen = sum(on_card for _size, on_card in sizes) / 1e9
    if seen and gigabytes <= seen:
        return Fit.YES
    spilled = any(on_card < size for size, on_card in sizes)
    return Fit.NO if spilled else Fit.UNKNOWN
