"""Words for genres (TMDB's English names) and kinds, by language; alternatives are separated by commas."""

from __future__ import annotations

from collections.abc import Mapping

from engine.search.lexicon import genres_de, genres_en, genres_fr
from engine.search.lexicon.wordings import wordings

_MODULES = {"en": genres_en, "de": genres_de, "fr": genres_fr}
# A key with "+" stands for several genres at once.
GENRES: Mapping[str, Mapping[str, str]] = {language: wordings(module.GENRES) for language, module in _MODULES.items()}

# What TMDB calls the same thing for series.
GENRE_EQUIVALENTS: Mapping[str, tuple[str, ...]] = {
    "Action": ("Action & Adventure",),
    "Adventure": ("Action & Adventure",),
    "Science Fiction": ("Sci-Fi & Fantasy",),
    "Fantasy": ("Sci-Fi & Fantasy",),
    "War": ("War & Politics",),
    "Family": ("Kids",),
}

KINDS: Mapping[str, Mapping[str, str]] = {language: wordings(module.KINDS) for language, module in _MODULES.items()}

# German writes "Kriegsfilm" and "Krimiserie" as one word: the end says the kind, the beginning the rest.
COMPOUND_KINDS: Mapping[str, str] = {
    "film": "movie",
    "filme": "movie",
    "filmen": "movie",
    "serie": "series",
    "serien": "series",
    "streifen": "movie",
    "sendung": "series",
    "sendungen": "series",
}
COMPOUND_GENRES: Mapping[str, str] = {
    "komodie": "Comedy",
    "komodien": "Comedy",
    "drama": "Drama",
    "thriller": "Thriller",
}
