"""A small catalogue with everything that a mood search looks at."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from engine.catalogue import Catalogue, CatalogueItem, build_catalogue
from engine.search.blocks import TitleEntry
from engine.search.keywords import KeywordDocument, KeywordIndex
from engine.search.parsing import MoodParser
from engine.search.people import PeopleIndex
from engine.search.titles import TitleIndex

# id; name; year; minutes; genres; keywords; director; cast; language; country; votes; average
TABLE = """
1; Dog Day Afternoon; 1975; 125; Crime Drama; bank robbery, hostage; Sidney Lumet; Al Pacino; en; US; 270000; 8.0
2; The Sting; 1973; 129; Comedy Crime; con artist, heist; George Roy Hill; Paul Newman; en; US; 280000; 8.2
3; Heat; 1995; 170; Crime Drama; bank robbery, heist; Michael Mann; Al Pacino; en; US; 700000; 8.3
4; Alien; 1979; 117; Horror Science_Fiction; space, alien; Ridley Scott; Sigourney Weaver; en; GB; 900000; 8.5
5; The Thing; 1982; 109; Horror Science_Fiction; alien, snow; John Carpenter; Kurt Russell; en; US; 450000; 8.2
6; Parasite; 2019; 133; Comedy Drama Thriller; class differences; Bong Joon-ho; Song Kang-ho; ko; KR; 900000; 8.5
7; Shaun of the Dead; 2004; 99; Comedy Horror; zombie, pub; Edgar Wright; Simon Pegg; en; GB; 580000; 7.9
8; Dawn of the Dead; 1978; 127; Horror; zombie, mall; George A. Romero; Ken Foree; en; US; 125000; 7.8
9; Notting Hill; 1999; 124; Romance Comedy; love, london; Roger Michell; Hugh Grant; en; GB; 330000; 7.2
10; Le Samouraï; 1967; 105; Crime Thriller; hitman; Jean-Pierre Melville; Alain Delon; fr; FR; 60000; 8.0
11; Up; 2009; 96; Animation Family; balloon, dog; Pete Docter; Ed Asner; en; US; 1100000; 8.3
12; The Dark Knight; 2008; 152; Action Crime; superhero, joker; Christopher Nolan; Christian Bale; en; US; 2700000; 9.0
13; Tenet; 2020; 150; Action Science_Fiction; time travel, spy; Christopher Nolan; J. D. Washington; en; US; 560000; 7.3
14; The Getaway; 1972; 123; Action Crime; bank robbery, heist; Sam Peckinpah; Steve McQueen; en; US; 32000; 7.3
"""
FILMS = tuple(tuple(part.strip() for part in line.split(";")) for line in TABLE.strip().splitlines())


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    items = [
        CatalogueItem(
            id=int(number),
            name=f"{name} ({year})",
            year=int(year),
            runtime=int(minutes),
            genres=tuple(genre.replace("_", " ") for genre in genres.split()),
            keywords=tuple(keywords.split(", ")),
            directors=(director,),
            cast=(actor,),
            language=language,
            countries=(country,),
            votes=int(votes),
            vote_average=float(average),
        )
        for number, name, year, minutes, genres, keywords, director, actor, language, country, votes, average in FILMS
    ]
    draws = np.random.default_rng(7).normal(size=(len(items), 8)).astype(np.float32)
    return build_catalogue(items, draws / np.linalg.norm(draws, axis=1, keepdims=True))


@pytest.fixture(scope="session")
def keyword_index(catalogue: Catalogue) -> KeywordIndex:
    return KeywordIndex.build(
        KeywordDocument(int(film[0]), (film[1],), "", tuple(film[5].split(", ")), (film[6], film[7])) for film in FILMS
    )


@pytest.fixture(scope="session")
def parser(keyword_index: KeywordIndex) -> MoodParser:
    titles = TitleIndex.build(
        TitleEntry(int(film[0]), (film[1],), int(film[2]), int(film[10]), "movie") for film in FILMS
    )
    fame: Counter[str] = Counter()
    for film in FILMS:
        fame.update({film[6]: int(film[10]), film[7]: int(film[10])})
    return MoodParser.build(titles, PeopleIndex.build(fame), lambda word: keyword_index.has_keyword(word, 1))
