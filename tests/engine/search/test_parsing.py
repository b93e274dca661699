"""From sentences to slots."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.search.lexicon import Lexicon, Sense, Slot, guess_language
from engine.search.lexicon.exemplars import DIRECTION_EXEMPLARS, FACT_DIRECTIONS, exemplars
from engine.search.lexicon.tones import DIRECTIONS, TONES
from engine.search.mood import MoodQuery
from engine.search.parsing import MoodParser


def said(query: MoodQuery) -> dict[str, Any]:
    """What was understood, without the empty slots."""
    ignored = ("text", "language_spoken")
    return {
        slot.name: value for slot in fields(query) if (value := getattr(query, slot.name)) and slot.name not in ignored
    }


CASES: list[tuple[str, dict[str, Any]]] = [
    (
        "a slow-burn heist film from the 70s, not a comedy",
        {
            "kind": "movie",
            "genres_not": ("Comedy",),
            "tones": ("slow",),
            "topics": ("heist",),
            "year_min": 1970,
            "year_max": 1979,
        },
    ),
    ("like Parasite but funnier", {"titles": (6,), "directions": ("funnier",)}),
    ("something like The Thing but in space", {"titles": (5,), "topics": ("space",)}),
    ("a movie similar to Heat, less violent", {"kind": "movie", "titles": (3,), "tones_not": ("violent",)}),
    ("movies like the dark knight", {"kind": "movie", "titles": (12,)}),
    ("like Up", {"titles": (11,)}),
    ("Up", {}),
    ("I'd like a comedy with Hugh Grant", {"genres": ("Comedy",), "people": ("Hugh Grant",)}),
    (
        "films with al pacino, not with hugh grant",
        {"kind": "movie", "people": ("Al Pacino",), "people_not": ("Hugh Grant",)},
    ),
    ("something by Nolan, but not Tenet", {"people": ("Christopher Nolan",), "titles_not": (13,)}),
    (
        "a hitman thriller by Jean-Pierre Melvile",
        {"genres": ("Thriller",), "topics": ("hitman",), "people": ("Jean-Pierre Melville",)},
    ),
    (
        "scary movie under 90 minutes, no gore",
        {"kind": "movie", "tones": ("scary",), "tones_not": ("gory",), "runtime_max": 90},
    ),
    (
        "no horror, nothing with zombies or vampires",
        {"genres_not": ("Horror",), "topics_not": ("zombies", "vampires")},
    ),
    ("French romantic comedy", {"genres": ("Romance", "Comedy"), "country": "FR"}),
    ("a film in French", {"kind": "movie", "language": "fr"}),
    ("Korean revenge movies", {"kind": "movie", "topics": ("revenge",), "country": "KR"}),
    ("movies not in english", {"kind": "movie", "languages_not": ("en",)}),
    ("a film set in New York with Al Pacino", {"kind": "movie", "topics": ("new york",), "people": ("Al Pacino",)}),
    ("a sad romantic movie", {"kind": "movie", "tones": ("sad", "romantic")}),
    ("something like Heat of the Moment", {"rest": "heat moment"}),
    ("show me something with robots", {"topics": ("robots",)}),
    ("no series please", {"kind": "movie"}),
    ("no horror series", {"kind": "series", "genres_not": ("Horror",)}),
    ("a funny show", {"kind": "series", "tones": ("funny",)}),
    ("horror movie", {"kind": "movie", "genres": ("Horror",)}),
    ("scary movie", {"kind": "movie", "tones": ("scary",)}),
    ("a documentary", {"genres": ("Documentary",)}),
    ("I loved Heat, hated Tenet", {"titles": (3,), "titles_not": (13,)}),
    ("shorter", {"directions": ("shorter",)}),
    ("what should I watch", {}),
    ("", {}),
    (
        "Kriegsfilm aus den 80ern, nicht zu brutal",
        {"kind": "movie", "genres": ("War",), "tones_not": ("violent",), "year_min": 1980, "year_max": 1989},
    ),
    ("ein lustiger Film mit Hugh Grant", {"kind": "movie", "tones": ("funny",), "people": ("Hugh Grant",)}),
    ("lustiger bitte", {"directions": ("funnier",)}),
    ("etwas wie Heat, aber kürzer", {"titles": (3,), "directions": ("shorter",)}),
    (
        "une comédie française des années 70",
        {"genres": ("Comedy",), "country": "FR", "year_min": 1970, "year_max": 1979},
    ),
    ("un film drôle comme Shaun of the Dead", {"kind": "movie", "tones": ("funny",), "titles": (7,)}),
    ("pas de films d'horreur", {"kind": "movie", "genres_not": ("Horror",)}),
    # A year in brackets dates the title before it; anywhere else it is asked for.
    ("like Heat (1995)", {"titles": (3,)}),
    ("like “Heat” (1995) or Alien (1979)", {"titles": (3, 4)}),
    ("like Zodiac Nights (2010)", {"rest": "zodiac nights"}),
    ("something funny (1995)", {"tones": ("funny",), "year_min": 1995, "year_max": 1995}),
    ("like Heat (1995), but from the 70s", {"titles": (3,), "year_min": 1970, "year_max": 1979}),
    (
        "a horror or a crime movie",
        {
            "kind": "movie",
            "genres": ("Horror", "Crime"),
            "genres_either": (("Horror",), ("Crime",)),
        },
    ),
    (
        "eine Komödie, ein Western oder ein Krimi",
        {
            "genres": ("Comedy", "Western", "Crime"),
            "genres_either": (("Comedy",), ("Western",), ("Crime",)),
        },
    ),
    (
        "romantic comedy or western",
        {
            "genres": ("Romance", "Comedy", "Western"),
            "genres_either": (("Romance", "Comedy"), ("Western",)),
        },
    ),
    ("no comedy or horror", {"genres_not": ("Comedy", "Horror")}),
    ("I love comedies", {"genres": ("Comedy",)}),
    ("a film about love", {"kind": "movie", "tones": ("romantic",)}),
    ("can you help me find some zombies though", {"topics": ("zombies",)}),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[case[0] for case in CASES])
def test_sentences(parser: MoodParser, text: str, expected: dict[str, Any]) -> None:
    assert said(parser.parse(text)) == expected


def test_the_language_can_be_given(parser: MoodParser) -> None:
    assert parser.parse("Krimi", "de").genres == ("Crime",)
    assert parser.parse("Krimi", "en").genres == ()


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("ein spannender Film mit Robotern", "de"),
        ("un film avec des robots", "fr"),
        ("a film with robots", "en"),
        ("42", "en"),
    ],
)
def test_guessing_the_language(text: str, language: str) -> None:
    assert guess_language(text) == language


@given(st.text(max_size=120))
@settings(max_examples=50, deadline=None)
def test_any_text_can_be_parsed(parser: MoodParser, text: str) -> None:
    query = parser.parse(text)
    assert not set(query.genres) & set(query.genres_not)
    assert not set(query.people) & set(query.people_not)
    assert query.text == text


def test_very_long_text(parser: MoodParser) -> None:
    assert parser.parse("zombies " * 5_000).topics == ("zombies",)


@pytest.mark.parametrize("language", ["en", "de", "fr"])
def test_every_tone_and_direction_has_words_and_an_exemplar(language: str) -> None:
    lexicon = Lexicon.of(language)
    assert set(TONES[language]) == set(TONES["en"]) <= set(exemplars())
    assert set(DIRECTIONS[language]) == set(DIRECTION_EXEMPLARS) | FACT_DIRECTIONS
    assert lexicon.longest <= 6
    for topic in lexicon.topics.values():
        assert topic.keywords


def test_german_inflections_and_compounds() -> None:
    lexicon = Lexicon.of("de")
    assert lexicon.senses("spannenden") == (Sense(Slot.TONE, "tense"),)
    assert set(lexicon.senses("krimiserie")) == {Sense(Slot.GENRE, "Crime"), Sense(Slot.KIND, "series")}
    assert set(lexicon.senses("kriegsfilm")) == {Sense(Slot.GENRE, "War"), Sense(Slot.KIND, "movie")}
    assert lexicon.senses("war") == ()


@pytest.mark.parametrize(
    ("text", "language", "slot", "value"),
    [
        ("too dark", "en", "directions", ("lighter",)),
        ("zu düster, was leichteres", "de", "tones", ()),
        ("trop sanglant", "fr", "tones_not", ("gory",)),
        ("anything but horror", "en", "genres_not", ("Horror",)),
        ("something but funny", "en", "tones", ("funny",)),
        ("the same, except darker", "en", "directions", ("darker",)),
        ("something for a 6 yr old", "en", "tones", ("kid-friendly",)),
        ("was für meine 7-Jährige", "de", "tones", ("kid-friendly",)),
        ("pour mon fils de 8 ans", "fr", "tones", ("kid-friendly",)),
        ("for my brother who is 30 years old", "en", "tones", ()),
        ("hau mal was raus", "de", "tones", ()),
        ("une série anglaise", "fr", "country", "GB"),
        ("en anglais", "fr", "language", "en"),
    ],
)
def test_small_words_turn_what_is_meant(parser: MoodParser, text: str, language: str, slot: str, value: object) -> None:
    assert getattr(parser.parse(text, language), slot) == value
