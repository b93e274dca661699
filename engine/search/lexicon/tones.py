"""Words for tones and directions, by language; commas separate alternatives, inflected forms are found alike."""

from __future__ import annotations

from collections.abc import Mapping

from engine.search.lexicon import tones_de, tones_en, tones_fr
from engine.search.lexicon.wordings import wordings

_MODULES = {"en": tones_en, "de": tones_de, "fr": tones_fr}
TONES: Mapping[str, Mapping[str, str]] = {language: wordings(module.TONES) for language, module in _MODULES.items()}

# Comparatives: they change the answer before, or what is named ("like Heat, but funnier").
DIRECTIONS: Mapping[str, Mapping[str, str]] = {
    language: wordings(module.DIRECTIONS) for language, module in _MODULES.items()
}
