"""Sentences that say the same in odd ways, or look like something else: each with what it means, in full."""

from __future__ import annotations

import asyncio
from dataclasses import fields
from typing import Any

import pytest

from bot.agent.interpreter import Interpreter, Slots, Surroundings
from bot.cli.evaluation_interpreter import open_interpreter
from bot.settings import Settings

HOUSEHOLD = ("Anna", "Jonas", "Mia")


@pytest.fixture(scope="module")
def interpreter(tmp_path_factory: pytest.TempPathFactory) -> Interpreter:
    return asyncio.run(open_interpreter(Settings(home=tmp_path_factory.mktemp("home"))))


@pytest.mark.parametrize(
    ("language", "after_picks", "text", "intent", "slots"),
    [
        ("en", False, "I don't want anything with Tom Hanks", "mood", {"people_not": ("Tom Hanks",)}),
        # Who is along, known by name or not.
        ("en", False, "Me, Zorbo and Patricia need a compromise", "group", {"members": ("Zorbo", "Patricia")}),
        ("de", False, "was können flo und ich gemeinsam gucken, max 2h", "group",
         {"members": ("flo",), "runtime_max": 120}),
        ("fr", False, "Pour Joris et moi, un thriller belge de moins de 105 minutes", "group",
         {"members": ("Joris",), "genres": ("Thriller",), "country": "BE", "runtime_max": 105}),
        ("en", False, "I'm tired, I only hear my husband snoring and I want something cosy", "mood",
         {"tones": ("cozy",)}),
        ("de", False, "ich hab gerade Dune gesehen und will mehr davon", "similar", {"titles": ("Dune",)}),
        # Works and people that no library holds, misspelt, in short, together, or by an ordinary word.
        ("en", False, "have we got only fools and horses", "search", {"titles": ("Only Fools and Horses",)}),
        ("en", False, "anything by the coen brothers", "mood", {"people": ("Joel Coen", "Ethan Coen")}),
        ("de", False, "was mit Arnie", "mood", {"people": ("Arnold Schwarzenegger",)}),
        ("fr", False, "des animés comme Shingeki no Kyojin", "similar",
         {"titles": ("Attack on Titan",), "kind": "anime"}),
        ("fr", False, "Un drame avec Zoé Mirabellier", "mood", {"genres": ("Drama",), "people": ("Zoé Mirabellier",)}),
        ("en", False, "do we have up?", "search", {"titles": ("Up",)}),
        ("de", False, "haben wir lost auf jellyfin oder nich", "search", {"titles": ("Lost",)}),
        ("de", False, "Mein Mann vergöttert Columbo, was wäre vergleichbar?", "similar", {"titles": ("Columbo",)}),
        ("en", False, "Please add The Zebra King to the server for me", "request", {"titles": ("The Zebra King",)}),
        ("fr", True, "dis-m'en plus sur le deuxième", "search", {"ordinal": 2}),
        # A polite question denies nothing, and what is thrown out is not wanted.
        ("fr", False, "t'aurais pas un thriller coréen bien tendu ?", "mood",
         {"genres": ("Thriller",), "tones": ("tense",), "country": "KR"}),
        ("en", True, "lose everything with Nicolas Cage", "refine", {"people_not": ("Nicolas Cage",)}),
        ("de", True, "Wirf bei den Vorschlägen den Horror raus", "refine", {"genres_not": ("Horror",)}),
        ("en", True, "same again, except with Cate Blanchett", "refine", {"people": ("Cate Blanchett",)}),
        ("en", False, "sexy thriller for once the little ones are asleep", "mood",
         {"genres": ("Thriller",), "tones": ("sexy",)}),
        # Numbers that count no titles, and points out of five.
        ("de", False, "Bei uns regnet's seit drei Tagen, was Gemütliches bitte", "mood", {"tones": ("cozy",)}),
        ("en", False, "Hotel Rwanda, 4 out of 5 stars", "rate", {"titles": ("Hotel Rwanda",), "rating": 8}),
        ("fr", False, "J'attribue à Vacances romaines quatre étoiles sur cinq", "rate",
         {"titles": ("Roman Holiday",), "rating": 8}),
        ("fr", False, "Retire Titane de la liste Halloween", "watchlist",
         {"titles": ("Titane",), "list": "Halloween", "action": "remove"}),
        ("en", False, "asdkfjh qwpfgh", "unknown", {}),
        ("de", False, "Tom Cruise mag ich nicht", "mood", {"people_not": ("Tom Cruise",)}),
        ("fr", False, "je ne veux pas d'un film avec Tom Hanks", "mood",
         {"kind": "movie", "people_not": ("Tom Hanks",)}),
        ("en", False, "I hated Alien", "hide", {"titles": ("Alien",)}),
        ("de", False, "habt ihr den Paten", "search", {"titles": ("The Godfather",)}),
        ("de", False, "ich hab den weißen Hai gesehen", "seen", {"titles": ("Jaws",)}),
        ("de", False, "alien auf die merkliste", "watchlist", {"titles": ("Alien",), "action": "add"}),
        ("de", False, "der pate: 10", "rate", {"titles": ("The Godfather",), "rating": 10}),
        ("en", False, "stick Alien on my list called spooky nights", "watchlist",
         {"titles": ("Alien",), "list": "spooky nights", "action": "add"}),
        ("de", False, "was für die ganze Familie, die Kinder sind 6 und 9", "mood", {"tones": ("kid-friendly",)}),
        ("en", False, "something from the last five years", "mood", {"year_min": 2021}),
        ("en", False, "gory no, funny yes", "mood", {"tones": ("funny",), "tones_not": ("gory",)}),
        ("en", False, "the strangest thing from Japan", "mood", {"tones": ("weird",), "country": "JP"}),
        ("en", False, "something with Sam Jackson", "mood", {"people": ("Samuel L. Jackson",)}),
        ("en", False, "recommend a Ridley Scott thriller", "mood",
         {"genres": ("Thriller",), "people": ("Ridley Scott",)}),
        ("en", False, "Dave's here, what can we watch", "group", {"members": ("Dave",)}),
        ("en", False, "no more than two hours and ten minutes please, and funny", "mood",
         {"tones": ("funny",), "runtime_max": 130}),
        ("de", False, "ich und Anna suchen was aus dem Iran", "group", {"members": ("Anna",), "country": "IR"}),
        ("de", False, "was für Mia, Jonas und Ottokar", "group", {"members": ("Mia", "Jonas", "Ottokar")}),
        ("fr", False, "la bande-annonce du cinquième élément", "trailer", {"titles": ("The Fifth Element",)}),
        ("fr", True, "ah non pas celui-là", "refine", {}),
        ("en", True, "drop the romance", "refine", {"genres_not": ("Romance",)}),
        ("en", True, "too long", "refine", {"direction": ("shorter",)}),
        ("en", True, "too long, under 100 minutes", "refine", {"runtime_max": 100}),
        ("de", True, "gruseliger", "refine", {"direction": ("scarier",)}),
        ("fr", True, "trop vieux", "refine", {"direction": ("newer",)}),
        ("en", True, "and what about Mia?", "refine", {"members": ("Mia",)}),
    ],
)  # fmt: skip
def test_what_is_meant(
    interpreter: Interpreter, language: str, after_picks: bool, text: str, intent: str, slots: dict[str, Any]
) -> None:
    around = Surroundings(after_picks=after_picks, language=language, household=HOUSEHOLD, this_year=2026)
    understood = interpreter.interpret(text, around)
    said = {each.name: getattr(understood.slots, each.name) for each in fields(Slots)}
    assert (understood.intent, {name: value for name, value in said.items() if value}) == (intent, slots)
