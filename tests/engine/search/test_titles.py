"""Title look-up: names, typos, years, namesakes, completion, changes, and the strict match for imports."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.search.blocks import TitleEntry
from engine.search.titles import Fit, TitleIndex

ENTRIES = (
    TitleEntry(1, ("Alien",), 1979, 900_000, "movie"),
    TitleEntry(2, ("Aliens",), 1986, 750_000, "movie"),
    TitleEntry(3, ("Alien",), 2024, 300, "movie"),
    TitleEntry(4, ("The Godfather", "Der Pate", "Le Parrain"), 1972, 1_900_000, "movie"),
    TitleEntry(5, ("Jaws", "Der weiße Hai", "Les Dents de la mer"), 1975, 650_000, "movie"),
    TitleEntry(6, ("Fargo",), 1996, 700_000, "movie"),
    TitleEntry(7, ("Fargo",), 2014, 400_000, "series"),
    TitleEntry(8, ("Amélie", "Le Fabuleux Destin d'Amélie Poulain"), 2001, 780_000, "movie"),
    TitleEntry(9, ("Blade Runner",), 1982, 800_000, "movie"),
    TitleEntry(10, ("Blade Runner 2049",), 2017, 600_000, "movie"),
    TitleEntry(11, ("Die Hard",), 1988, 900_000, "movie"),
    TitleEntry(12, ("Hard",), 1998, 500, "movie"),
    TitleEntry(13, ("Rocky II",), 1979, 230_000, "movie"),
    TitleEntry(14, ("The Dark Knight",), 2008, 2_700_000, "movie"),
    TitleEntry(15, ("The Thing",), 1982, 450_000, "movie"),
    TitleEntry(16, ("The Thing",), 2011, 140_000, "movie"),
    TitleEntry(17, ("Die fetten Jahre sind vorbei", "The Edukators"), 2004, 38_000, "movie"),
    TitleEntry(18, ("Fast & Furious",), 2009, 300_000, "movie"),
    TitleEntry(19, ("Über uns das All",), 2011, 900, "movie"),
    TitleEntry(20, ("1917",), 2019, 600_000, "movie"),
)


@pytest.fixture(scope="module")
def index() -> TitleIndex:
    return TitleIndex.build(ENTRIES)


@pytest.mark.parametrize(
    ("typed", "item", "fit"),
    [
        ("alien", 1, Fit.EXACT),
        ("ALIEN (2024)", 3, Fit.EXACT),
        ("Alien 2023", 3, Fit.EXACT),
        ("alien 1979", 1, Fit.EXACT),
        ("Alien (1986)", 1, Fit.EXACT),
        ("godfather", 4, Fit.ARTICLE),
        ("der pate", 4, Fit.EXACT),
        ("Pate", 4, Fit.ARTICLE),
        ("the gdofather", 4, Fit.FUZZY),
        ("les dents de la mer", 5, Fit.EXACT),
        ("der weisse hai", 5, Fit.EXACT),
        ("jwas", 5, Fit.FUZZY),
        ("fargo", 6, Fit.EXACT),
        ("Fargo (2014)", 7, Fit.EXACT),
        ("amelie", 8, Fit.EXACT),
        ("amelie poulain", 8, Fit.FUZZY),
        ("blade runner 2049", 10, Fit.EXACT),
        ("blade runner 1982", 9, Fit.EXACT),
        ("hard", 12, Fit.EXACT),
        ("rocky 2", 13, Fit.EXACT),
        ("dark knigth", 14, Fit.FUZZY),
        ("fast and furious", 18, Fit.EXACT),
        ("ueber uns das all", 19, Fit.ARTICLE),
        ("1917", 20, Fit.EXACT),
    ],
)
def test_finds_what_is_meant(index: TitleIndex, typed: str, item: int, fit: Fit) -> None:
    best = index.search(typed)[0]
    assert (best.item, best.fit) == (item, fit)


def test_namesakes_are_ranked_by_votes(index: TitleIndex) -> None:
    assert [hit.item for hit in index.search("the thing")[:2]] == [15, 16]
    assert [hit.item for hit in index.search("the thing (2011)")[:2]] == [16, 15]


def test_exact_before_prefix_before_similar(index: TitleIndex) -> None:
    hits = index.search("alien")
    assert [hit.item for hit in hits[:3]] == [1, 3, 2]
    assert hits[0].score > hits[2].score
    assert len({hit.item for hit in hits}) == len(hits)


def test_kind_filter(index: TitleIndex) -> None:
    assert [hit.item for hit in index.search("fargo", kind="series")] == [7]


@pytest.mark.parametrize("typed", ["", "   ", "!!!", "\x00", "(1979)" * 0])
def test_nothing_to_look_for(index: TitleIndex, typed: str) -> None:
    assert index.search(typed) == ()
    assert index.complete(typed) == ()
    assert index.match(typed) is None


def test_empty_index() -> None:
    index = TitleIndex()
    assert index.search("alien") == ()
    assert TitleIndex.build(()).search("alien") == ()
    assert TitleIndex.build(()).match("alien") is None


def test_long_and_hostile_text(index: TitleIndex) -> None:
    assert index.search("a" * 10_000) == ()
    assert index.search("\ud800 alien", 1) is not None


def test_completion_by_fame_and_without_article(index: TitleIndex) -> None:
    assert [hit.item for hit in index.complete("ali", 2)] == [1, 2]
    assert index.complete("godf", 1)[0].item == 4
    assert index.complete("the d", 1)[0].item == 14
    assert index.complete("weisse h", 1)[0].item == 5


@pytest.mark.parametrize(
    ("title", "year", "kind", "items"),
    [
        ("Alien", 1979, "", (1,)),
        ("Alien", 1980, "", (1,)),
        ("Alien", 1981, "", None),
        ("Alien", None, "", (1, 3)),
        ("Godfather", 1972, "", (4,)),
        ("Godfather, The", 1972, "", (4,)),
        ("Le parrain", 1972, "", (4,)),
        ("Parrain", 1973, "", (4,)),
        ("Amelie", 2001, "", (8,)),
        ("Gdofather", 1972, "", None),
        ("Hard", 1988, "", None),
        ("Hard", 1998, "", (12,)),
        ("Fargo", 1996, "series", None),
        ("Fargo", None, "series", (7,)),
        ("Rocky 2", 1979, "", (13,)),
        ("Aliens", 1979, "", None),
    ],
)
def test_strict_match(
    index: TitleIndex, title: str, year: int | None, kind: str, items: tuple[int, ...] | None
) -> None:
    found = index.match(title, year, kind=kind)
    assert (found.items if found else None) == items
    if found:
        assert found.item == (items[0] if items and len(items) == 1 else None)


def test_the_exact_year_wins_over_one_off() -> None:
    index = TitleIndex.build((TitleEntry(1, ("Crash",), 2004), TitleEntry(2, ("Crash",), 2005)))
    found = index.match("Crash", 2005)
    assert found is not None
    assert found.item == 2


def test_a_main_name_wins_over_an_alias() -> None:
    index = TitleIndex.build((TitleEntry(1, ("Taken", "96 Hours"), 2008), TitleEntry(2, ("96 Hours",), 2008)))
    found = index.match("96 hours", 2008)
    assert found is not None
    assert found.item == 2


def test_changes_leave_the_old_index_alone(index: TitleIndex) -> None:
    changed = index.with_titles(
        [TitleEntry(21, ("Heat",), 1995, 700_000), TitleEntry(1, ("Alien: Director's Cut",), 1979)]
    )
    assert index.search("heat")[0].item != 21
    assert changed.search("heat")[0].item == 21
    assert [hit.item for hit in changed.search("alien") if hit.fit is Fit.EXACT] == [3]
    removed = changed.without([21, 999])
    assert all(hit.item != 21 for hit in removed.search("heat"))
    assert removed.with_titles([TitleEntry(21, ("Heat",), 1995)]).search("heat")[0].item == 21


@given(st.lists(st.sampled_from(range(len(ENTRIES))), min_size=1, max_size=12), st.sets(st.integers(1, 20), max_size=6))
@settings(max_examples=25, deadline=None)
def test_an_index_grown_in_steps_answers_like_one_built_at_once(steps: list[int], gone: set[int]) -> None:
    grown = TitleIndex.build(())
    for step in steps:
        grown = grown.with_titles([ENTRIES[step]])
    grown = grown.without(gone)
    kept = [entry for place, entry in enumerate(ENTRIES) if place in set(steps) and entry.item not in gone]
    built = TitleIndex.build(kept)
    for typed in ("alien", "the thing", "pate", "fargo 1996", "blade runer"):
        assert grown.search(typed) == built.search(typed) == grown.compacted().search(typed)
