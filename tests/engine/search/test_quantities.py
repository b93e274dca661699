"""Years and running times in three languages."""

from __future__ import annotations

import pytest

from engine.search.runtimes import read_runtime
from engine.search.sentences import Sentence
from engine.search.years import read_years


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("from the 70s", 1970, 1979),
        ("80ies", 1980, 1989),
        ("the aughts", 2000, 2009),
        ("aus den Nullerjahren", 2000, 2009),
        ("Siebzigerjahre", 1970, 1979),
        ("after the year 2000", 2001, None),
        ("younger than 2000", 2001, None),
        ("von 2010 bis heute", 2010, None),
        ("jusqu'à 1999", None, 1999),
        ("not older than ten years", 2016, None),
        ("nicht älter als 10 Jahre", 2016, None),
        ("aus den letzten Jahren", 2021, None),
        ("de la dernière décennie", 2016, None),
        ("from the 1970's", 1970, 1979),
        ("late 90s thriller", 1996, 1999),
        ("early eighties", 1980, 1983),
        ("80s or 90s", 1980, 1999),
        ("the 2000s", 2000, 2009),
        ("after 2010", 2011, None),
        ("since 2015", 2015, None),
        ("before 1970", None, 1969),
        ("newer than 2010", 2011, None),
        ("older than 1980", None, 1979),
        ("not older than 2000", 2000, None),
        ("2015 or later", 2015, None),
        ("from the nineties onwards", 1990, None),
        ("from 1990 to 2000", 1990, 2000),
        ("1990-2000", 1990, 2000),
        ("in 1999", 1999, 1999),
        ("nothing before 2000", 2000, None),
        ("nothing from the 80s", None, None),
        ("the last 5 years", 2021, None),
        ("aus den 80ern", 1980, 1989),
        ("siebziger Jahre", 1970, 1979),
        ("ab 2015", 2015, None),
        ("seit 2015", 2015, None),
        ("vor 1970", None, 1969),
        ("nach 1999", 2000, None),
        ("zwischen 1960 und 1970", 1960, 1970),
        ("des années 70", 1970, 1979),
        ("depuis 2015", 2015, None),
        ("avant 1980", None, 1979),
        ("entre 1990 et 1999", 1990, 1999),
        ("des années nonante", 1990, 1999),
        ("années 70 ou 80", 1970, 1989),
        ("flippant + années 80 + synthé", 1980, 1989),
        ("2010+", 2010, None),
        ("after 1990 but before 2000", 1991, 1999),
        ("alles vor 2016 rausschmeißen", None, 2015),
        ("schmeiß bei denen alles vor 2016 raus", 2016, None),
        ("lose everything before 2000", 2000, None),
        ("nix vor 2010", 2010, None),
        ("die älter sind als 2005", None, 2004),
        ("sorti en 2003 ou plus tard", 2003, None),
        ("postérieur à 2000", 2001, None),
        ("plus récente que 2010", 2011, None),
        ("bis einschließlich 1975", None, 1975),
        ("5 movies", None, None),
        ("under 90", None, None),
        ("", None, None),
    ],
)
def test_years(text: str, low: int | None, high: int | None) -> None:
    found = read_years(Sentence.of(text), this_year=2026)
    assert (found.low, found.high) == (low, high)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("under 90", None, 90),
        ("under ninety minutes", None, 90),
        ("maximal neunzig Minuten", None, 90),
        ("moins de quatre-vingt-dix minutes", None, 90),
        ("nicht länger als ne Stunde", None, 60),
        ("höchstens eine halbe Stunde", None, 30),
        ("eine Dreiviertelstunde", None, 45),
        ("une demi-heure max", None, 30),
        ("no longer than an hour and forty minutes", None, 100),
        ("une heure trente", None, 90),
        ("between 90 and 120 minutes", 90, 120),
        ("entre 1h30 et 2h", 90, 120),
        ("max 1:30", None, 90),
        ("we start at 1:30", None, None),
        ("less than 2 hours", None, 120),
        ("at least 2 hours", 120, None),
        ("1h30 max", None, 90),
        ("1h 45min", None, 105),
        ("an hour and a half", None, 90),
        ("about 100 minutes", 85, 115),
        ("no movies over 2 hours", None, 120),
        ("2 hours or less", None, 120),
        ("unter zwei Stunden", None, 120),
        ("nicht länger als 100 Minuten", None, 100),
        ("mindestens 2 Stunden", 120, None),
        ("moins de 90 minutes", None, 90),
        ("plus de 2h", 120, None),
        ("anderthalb bis zwei Stunden lang", 90, 120),
        ("gern über fünf Stunden", 300, None),
        ("nonante minutes, pas plus", None, 90),
        ("under a hundred and five minutes", None, 105),
        ("not more than 2 and a half hours", None, 150),
        ("moins de deux heures et quart", None, 135),
        ("une heure trois quarts au plus", None, 105),
        ("drei Stunden mindestens", 180, None),
        ("mehr als 100 Minuten pack ich nich mehr", None, 100),
        ("enlève tout ce qui dépasse 2h", None, 120),
        ("on s'obstine depuis une heure", None, None),
        ("à mater à 3h du mat", None, None),
        ("I sort d'une garde de douze heures", None, None),
        ("an hour ago", None, None),
        ("five films", None, None),
        ("the 100 best", None, None),
    ],
)
def test_runtimes(text: str, low: int | None, high: int | None) -> None:
    found = read_runtime(Sentence.of(text))
    assert (found.low, found.high) == (low, high)


def test_a_year_is_no_running_time() -> None:
    sentence = Sentence.of("since 2015, under 100 minutes")
    assert read_years(sentence).low == 2015
    assert read_runtime(sentence).high == 100
