"""Which stored title a row of a list means."""

from __future__ import annotations

import pytest

from bot.model.titles import Alias, Kind, Title, TitleFacts, TitleRef
from bot.ports.imports import WantedTitle
from bot.services.title_matching import TitleMatcher, by_ref, title_entry


def title(
    number: int, name: str, year: int | None, *, kind: Kind = Kind.MOVIE, original: str = "", alias: str = ""
) -> Title:
    ref = TitleRef(kind, "tmdb", str(number))
    aliases = (Alias(alias),) if alias else ()
    return Title(number, ref, TitleFacts((ref,), kind, name, year, original or None, aliases))


MATCHER = TitleMatcher.build(
    list(
        map(
            title_entry,
            [
                title(1, "Amélie", 2001, original="Le fabuleux destin d'Amélie Poulain"),
                title(2, "The Matrix", 1999),
                title(3, "Emma", 1996),
                title(4, "Emma", 1996),
                title(5, "Emma", 2009),
                title(6, "Fargo", 1996),
                title(7, "Fargo", 2014, kind=Kind.SERIES),
                title(8, "Seven", 1995, alias="Se7en"),
                title(9, "Star Wars: Episode IV – A New Hope", 1977),
                title(10, "Control", 2004),
                title(11, "Kontroll", 2003),
                title(12, "Emma Woodhouse", 1996),
            ],
        )
    )
)


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (WantedTitle("Amelie", 2001), (1,)),
        (WantedTitle("Le Fabuleux Destin d’Amélie Poulain", 2001), (1,)),
        (WantedTitle("Unbekannt", 2001, ("Le fabuleux destin d'Amelie Poulain",)), (1,)),
        (WantedTitle("Matrix", 1999), (2,)),
        (WantedTitle("Matrix, The", 1998), (2,)),
        (WantedTitle("Matrix", 2003), ()),
        (WantedTitle("Emma", 2009), (5,)),
        (WantedTitle("Emma", 1996), (3, 4)),
        (WantedTitle("Fargo", 2014, kind=Kind.SERIES), (7,)),
        (WantedTitle("Fargo", 2014, kind=Kind.MOVIE), ()),
        (WantedTitle("Fargo"), (6, 7)),
        (WantedTitle("Se7en", 1995), (8,)),
        (WantedTitle("Star Wars Episode 4: A New Hope", 1977), (9,)),
        (WantedTitle("Control", 2003, ("Kontroll",)), (11,)),
        (WantedTitle("Control", 2003), (10,)),
        (WantedTitle("Emma", 1996, ("Emma Woodhouse",)), (12,)),
        (WantedTitle("", 1977), ()),
        (WantedTitle("????", 1977), ()),
    ],
)
def test_names_and_years(wanted: WantedTitle, found: tuple[int, ...]) -> None:
    assert MATCHER.match(wanted) == found


def test_the_first_known_reference_decides() -> None:
    trusted, other = TitleRef.parse("movie:603"), TitleRef.parse("movie:imdb-tt0133093")
    wanted = WantedTitle("Anything", refs=(trusted, other))
    assert by_ref(wanted, {other: 8, trusted: 7}) == 7
    assert by_ref(wanted, {other: 8}) == 8
    assert by_ref(wanted, {}) is None


def test_names_that_are_much_alike_are_offered() -> None:
    assert MATCHER.similar(WantedTitle("The Matrixx", 1999))[0] == 2
    assert MATCHER.similar(WantedTitle("Zzyzx Road", 2006)) == ()
