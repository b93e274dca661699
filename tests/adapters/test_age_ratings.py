"""Ages behind ratings."""

from __future__ import annotations

import pytest

from adapters.age_ratings import minimum_age


@pytest.mark.parametrize(
    ("rating", "age"),
    [
        ("G", 0),
        ("PG", 10),
        ("PG-13", 13),
        ("pg-13", 13),
        ("R", 17),
        ("NC-17", 18),
        ("TV-Y7-FV", 7),
        ("TV-14", 14),
        ("TV-14-DLSV", 14),
        ("TV-MA", 17),
        ("TV-MA-LS", 17),
        ("FSK-16", 16),
        ("FSK 12", 12),
        ("de/16", 16),
        ("DE-0", 0),
        ("gb/15", 15),
        ("GB-U", 0),
        ("12A", 12),
        ("us/R", 17),
        ("US-TV-MA", 17),
        ("au/M", 15),
        ("nz/M", 16),
        ("MA15+", 15),
        ("R18+", 18),
        ("-12", 12),
        ("16+", 16),
        ("fr/TP", 0),
        ("M/12", 12),
        ("PT-M/16", 16),
        ("  tv-pg ", 10),
    ],
)
def test_a_rating_has_an_age(rating: str, age: int) -> None:
    assert minimum_age(rating) == age


@pytest.mark.parametrize(
    "rating", [None, "", " ", "NR", "Unrated", "Not Rated", "us/NR", "99", "FSK-99", "🎬", "banana"]
)
def test_what_nobody_rated_has_no_age(rating: str | None) -> None:
    assert minimum_age(rating) is None


@pytest.mark.parametrize(("country", "age"), [("US", 17), ("CA", 18), ("tw", 18), (None, 17)])
def test_a_country_settles_a_name_that_differs(country: str | None, age: int) -> None:
    assert minimum_age("R", country) == age


def test_a_prefix_wins_over_the_country() -> None:
    assert minimum_age("ca/R", "US") == 18
