"""What Plex keeps from an account, as an age limit or as closed libraries."""

from __future__ import annotations

import pytest

from adapters.media.plex.restrictions import Restriction, of_filters, of_profile
from bot.model.titles import Kind


@pytest.mark.parametrize(
    ("profile", "limit"), [("", None), ("little_kid", 0), ("older_kid", 10), ("teen", 14), ("invented_later", 0)]
)
def test_profiles_of_a_plex_home(profile: str, limit: int | None) -> None:
    assert of_profile(profile) == Restriction(limit)


@pytest.mark.parametrize(
    ("filters", "limit"),
    [
        ({}, None),
        ({"filterMovies": ""}, None),
        ({"filterMovies": None, "filterAll": None}, None),
        ({"filterMovies": "contentRating=G%2CPG"}, 10),
        ({"filterMovies": "contentRating=G,PG-13", "filterTelevision": "contentRating=TV-G"}, 0),
        ({"filterAll": "contentRating=de%2F12%2Cde%2F6"}, 12),
        ({"filterMovies": "contentRating!=R%2CNC-17"}, 16),
        ({"filterMovies": "contentRating!=G"}, 0),
        ({"filterMovies": "contentRating!=NR"}, 21),
        ({"filterMovies": "contentRating=NR"}, 0),
        ({"filterMusic": "contentRating=G"}, None),
        ({"filterMovies": "label!=|contentRating="}, None),
    ],
)
def test_filters_by_rating_are_age_limits(filters: dict[str, str], limit: int | None) -> None:
    assert of_filters(filters) == Restriction(limit)


def test_filters_by_label_close_what_they_cover() -> None:
    assert of_filters({"filterMovies": "label=Kids"}).closed == {Kind.MOVIE}
    assert of_filters({"filterTelevision": "label!=Adult%2CScary"}).closed == {Kind.SERIES}
    assert of_filters({"filterAll": "label%3DKids"}).closed == set(Kind)
    both = of_filters({"filterMovies": "contentRating=PG%2CG|label=Kids"})
    assert both == Restriction(10, frozenset({Kind.MOVIE}))


def test_what_cannot_be_read_is_closed() -> None:
    assert of_filters({"filterMovies": "something new"}).closed == {Kind.MOVIE}
