"""Reads the genre option: "crime", "crime,drama", "-comedy"."""

from __future__ import annotations

from collections.abc import Collection
from difflib import get_close_matches

from bot.chat.plain import one_line
from bot.errors import InvalidInput
from bot.explanations.phrases import GENRES, genre_name
from bot.i18n import gettext as _

_SYNONYMS = {
    "sci-fi": "Science Fiction",
    "scifi": "Science Fiction",
    "sf": "Science Fiction",
    "romantic": "Romance",
    "historical": "History",
    "animated": "Animation",
    "musical": "Music",
    "documentaries": "Documentary",
    "krimi": "Crime",
    "policier": "Crime",
}
_MAX_GENRES = 8


def read_genres(text: str | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Wanted and unwanted genres by TMDB's names. Raises: InvalidInput."""
    wanted: list[str] = []
    unwanted: list[str] = []
    for part in (text or "").split(",")[:_MAX_GENRES]:
        word = part.strip().casefold()
        negated = word.startswith(("-", "!", "not ", "no "))
        word = word.lstrip("-!").removeprefix("not ").removeprefix("no ").strip()
        if word:
            (unwanted if negated else wanted).append(read_genre(word))
    return tuple(dict.fromkeys(wanted)), tuple(dict.fromkeys(unwanted))


def read_genre(word: str, known: Collection[str] = (), *, near: bool = True) -> str:
    """A genre by its name in English or in the language of the turn, or if `near` nearly so. Raises: InvalidInput.

    `known`: names of the catalogue, which are taken as they are.
    """
    word = word.strip().casefold()
    names = {name.casefold(): name for name in GENRES} | {genre_name(name).casefold(): name for name in GENRES}
    names |= _SYNONYMS | {name.casefold(): name for name in known}
    if word in names:
        return names[word]
    if near and (alike := get_close_matches(word, names, n=1, cutoff=0.8)):
        return names[alike[0]]
    raise InvalidInput(
        _("I know no genre “{genre}”; the genres are {genres}.").format(
            genre=one_line(word, 40), genres=", ".join(genre_name(name) for name in GENRES)
        )
    )
