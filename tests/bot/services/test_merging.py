"""Two descriptions of one title become one."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.model.titles import Alias, Credit, Kind, Role, TitleFacts, TitleRef
from bot.services.merging import marked, merged, united_credits

REF = TitleRef.parse("movie:598")
OLD = TitleFacts(
    (REF,), Kind.MOVIE, "City of God", 2002, "Cidade de Deus", vote_count=10, vote_average=8.0, runtime=130
)
NEW = TitleFacts((REF,), Kind.MOVIE, "City of God", 2003, vote_count=90, vote_average=8.4, overview="Two boys.")


def test_the_picture_with_more_votes_wins_and_the_other_fills_the_gaps() -> None:
    both = merged(OLD, NEW)
    assert (both.year, both.vote_average, both.vote_count) == (2003, 8.4, 90)
    assert (both.original_title, both.runtime, both.overview) == ("Cidade de Deus", 130, "Two boys.")
    assert merged(NEW, OLD) == both


def test_a_file_that_knows_only_original_titles_never_renames() -> None:
    original = TitleFacts((REF,), Kind.MOVIE, "Cidade de Deus", 2002, "Cidade de Deus", vote_count=500)
    assert merged(OLD, original, only_original=True).title == "City of God"
    assert merged(original, OLD).title == "City of God"


def test_a_title_that_gives_way_stays_an_alias_and_does_not_come_back() -> None:
    older = TitleFacts((REF,), Kind.MOVIE, "Saw: The Final Chapter", 2010, "Saw 3D", vote_count=5)
    fresher = TitleFacts((REF,), Kind.MOVIE, "Saw 3D", 2010, vote_count=50)
    both = merged(older, fresher)
    assert (both.title, both.aliases) == ("Saw 3D", (Alias("Saw: The Final Chapter"),))
    assert merged(both, older) == both


def test_lists_are_united() -> None:
    both = merged(replace(OLD, keywords=("favela", "gang")), replace(NEW, keywords=("gang", "coming of age")))
    assert both.keywords == ("favela", "gang", "coming of age")


def test_the_longer_list_of_credits_gives_the_billing() -> None:
    short = (Credit("Ben", Role.CAST, 0), Credit("Ann", Role.CAST, 1))
    long = (Credit("Cid", Role.CAST, 3), Credit("ANN", Role.CAST, 7), Credit("Dan", Role.CAST, 9))
    director = Credit("Eva", Role.DIRECTOR, 4)
    assert united_credits(short, (*long, director)) == (
        Credit("Eva", Role.DIRECTOR, 0), Credit("Cid", Role.CAST, 0), Credit("ANN", Role.CAST, 1),
        Credit("Dan", Role.CAST, 2), Credit("Ben", Role.CAST, 3),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("facts", "anime"),
    [
        (replace(OLD, genres=("Animation",), language="ja"), True),
        (replace(OLD, keywords=("anime",)), True),
        (replace(OLD, genres=("Animation",), language="en"), False),
        (replace(OLD, genres=("Drama",), language="ja"), False),
    ],
)
def test_animation_from_japan_is_anime(facts: TitleFacts, anime: bool) -> None:
    assert marked(facts).anime is anime


_NAMES = st.sampled_from(["Ann", "Ben", "Cid", "ben"])
_FACTS = st.builds(
    TitleFacts,
    refs=st.just((REF,)),
    kind=st.just(Kind.MOVIE),
    title=st.sampled_from(["A", "B", "C"]),
    year=st.sampled_from([None, 2001, 2002]),
    original_title=st.sampled_from([None, "A", "B", "O"]),
    overview=st.sampled_from(["", "One.", "Two."]),
    genres=st.sampled_from([(), ("Drama",), ("Comedy",)]),
    keywords=st.lists(st.sampled_from(["x", "y", "z"]), unique=True, max_size=3).map(tuple),
    credits=st.lists(st.builds(Credit, _NAMES, st.sampled_from(Role), st.integers(0, 5)), max_size=5).map(tuple),
    vote_count=st.sampled_from([None, 5, 10, 20]),
    vote_average=st.sampled_from([None, 5.0]),
)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(_FACTS, st.booleans()), min_size=1, max_size=4))
def test_telling_everything_again_changes_nothing(told: list[tuple[TitleFacts, bool]]) -> None:
    known = marked(told[0][0])
    for facts, only_original in told:
        known = merged(known, facts, only_original=only_original)
    again = known
    for facts, only_original in told:
        again = merged(again, facts, only_original=only_original)
    assert again == known
