"""What people do not want, however they say it."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import pytest

from engine.search.mood import MoodQuery
from engine.search.parsing import MoodParser, compares

WORDS = {"text", "language_spoken", "rest"}


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        # Before what is denied, with words between.
        ("en", "I don't want anything with Al Pacino", {"people_not": ("Al Pacino",)}),
        ("en", "we're not in the mood for anything scary", {"tones_not": ("scary",)}),
        ("en", "nobody here wants something sad", {"tones_not": ("sad",)}),
        ("en", "no films with Al Pacino", {"kind": "movie", "people_not": ("Al Pacino",)}),
        ("en", "sick of horror, something funny", {"genres_not": ("Horror",), "tones": ("funny",)}),
        ("en", "please no more horror", {"genres_not": ("Horror",)}),
        ("en", "my wife hates horror", {"genres_not": ("Horror",)}),
        ("de", "auf keinen Fall etwas mit Al Pacino", {"people_not": ("Al Pacino",)}),
        ("de", "meine Frau hasst Horror", {"genres_not": ("Horror",)}),
        ("fr", "je ne veux pas d'un film avec Al Pacino", {"kind": "movie", "people_not": ("Al Pacino",)}),
        ("fr", "j'en ai marre de l'horreur", {"genres_not": ("Horror",)}),
        # Behind it.
        ("en", "musicals are not my thing", {"genres_not": ("Music",)}),
        ("en", "something funny, horror no thanks", {"tones": ("funny",), "genres_not": ("Horror",)}),
        ("de", "Al Pacino mag ich nicht", {"people_not": ("Al Pacino",)}),
        ("de", "was Lustiges, aber mit Horror kann ich nichts anfangen",
         {"tones": ("funny",), "genres_not": ("Horror",)}),
        ("fr", "une comédie, mais Al Pacino très peu pour moi", {"genres": ("Comedy",), "people_not": ("Al Pacino",)}),
        # One rather than the other.
        ("en", "rather a thriller than a comedy", {"genres": ("Thriller",), "genres_not": ("Comedy",)}),
        ("en", "instead of comedy give me a thriller", {"genres": ("Thriller",), "genres_not": ("Comedy",)}),
        ("de", "lieber einen Krimi als eine Komödie", {"genres": ("Crime",), "genres_not": ("Comedy",)}),
        ("fr", "plutôt un polar qu'une comédie", {"genres": ("Crime",), "genres_not": ("Comedy",)}),
        # What denies nothing, and where a denial ends.
        ("en", "why not something with Al Pacino", {"people": ("Al Pacino",)}),
        ("fr", "pourquoi pas un film avec Al Pacino", {"kind": "movie", "people": ("Al Pacino",)}),
        ("en", "no more than 90 minutes and funny", {"runtime_max": 90, "tones": ("funny",)}),
        ("de", "nicht länger als 2 Stunden und lustig", {"runtime_max": 120, "tones": ("funny",)}),
        ("en", "not too long and funny", {"directions": ("shorter",), "tones": ("funny",)}),
        ("en", "no horror for the kids", {"genres_not": ("Horror",), "tones": ("kid-friendly",)}),
        ("en", "no series, a film please", {"kind": "movie"}),
        # Too much of something, and too much that has a measure.
        ("en", "too long", {"directions": ("shorter",)}),
        ("en", "nothing too long", {"directions": ("shorter",)}),
        ("en", "too long, under 100 minutes", {"runtime_max": 100}),
        ("de", "zu alt", {"directions": ("newer",)}),
        ("fr", "trop vieux", {"directions": ("newer",)}),
    ],
)  # fmt: skip
def test_what_is_not_wanted(parser: MoodParser, language: str, text: str, expected: dict[str, Any]) -> None:
    query = parser.parse(text, language)
    said = {each.name: getattr(query, each.name) for each in fields(MoodQuery)} | {"topics": (), "topics_not": ()}
    assert {name: value for name, value in said.items() if name not in WORDS and value} == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("shorter", True), ("etwas kürzer", True), ("plus récent", True), ("funnier", False), ("about trains", False)],
)
def test_comparing_needs_something_to_compare_with(text: str, expected: bool) -> None:
    assert compares(text) is expected
