"""Rules of the house: what is read, what is refused, what they match."""

from __future__ import annotations

import pytest

from engine.catalogue import CatalogueItem
from engine.rules import InvalidRules, parse_rules
from tests.engine.worlds import world_of

CATALOGUE = world_of(
    [
        CatalogueItem(id=1, year=1999, genres=("War",), votes=10, vote_average=8.0, language="en", runtime=90),
        CatalogueItem(id=2, year=0, genres=("War", "Drama"), directors=("Ann",), countries=("FR",)),
        CatalogueItem(id=3, year=2020, keywords=("heist",), cast=("Bob",), language="fr"),
    ]
).catalogue


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ({"genres": ["War"]}, [1, 2]),
        ({"genres": ["War"], "year_min": 1990}, [1]),
        ({"year_max": 2000}, [1]),
        ({"people": ["Ann", "Bob"]}, [2, 3]),
        ({"titles": [3, 77]}, [3]),
        ({"keywords": ["heist"], "languages": ["fr"]}, [3]),
        ({"countries": ["FR"], "kind": "movie"}, [2]),
        ({"kind": "series"}, []),
        ({"runtime_max": 100}, [1]),
        ({"vote_average_min": 7, "votes_min": 5}, [1]),
    ],
)
def test_a_rule_matches_where_all_its_conditions_hold(condition: dict[str, object], expected: list[int]) -> None:
    rules = parse_rules({"exclude": [condition]})
    assert CATALOGUE.ids[rules.excluded(CATALOGUE)].tolist() == expected


def test_boosts_add_up_and_are_bounded() -> None:
    rules = parse_rules({"boosts": [{"genres": ["War"], "boost": 0.4}, {"people": ["Ann"], "boost": 0.3}]})
    assert rules.boost(CATALOGUE, CATALOGUE.rows([1, 2, 3])).tolist() == [0.4, 0.5, 0.0]


def test_no_rules_do_nothing() -> None:
    assert not parse_rules({}).excluded(CATALOGUE).any()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ([], "must be an object"),
        ({"exlude": []}, "unknown part “exlude”"),
        ({"exclude": {}}, "must be a list"),
        ({"exclude": ["War"]}, "Rule exclude 1 must be an object"),
        ({"exclude": [{}]}, "no condition"),
        ({"exclude": [{"genre": ["War"]}]}, "unknown condition “genre”"),
        ({"exclude": [{"genres": "War"}]}, "must be a list of words"),
        ({"exclude": [{"titles": ["x"]}]}, "must be a list of numbers"),
        ({"exclude": [{"year_min": "1990"}]}, "must be a number"),
        ({"exclude": [{"year_min": True}]}, "must be a number"),
        ({"exclude": [{"kind": "play"}]}, "“movie” or “series”"),
        ({"boosts": [{"genres": ["War"]}]}, "must lie between"),
        ({"boosts": [{"genres": ["War"], "boost": 3}]}, "must lie between"),
        ({"boosts": [{"genres": ["War"], "boost": float("nan")}]}, "must be a number"),
    ],
)
def test_a_broken_file_is_refused_with_one_sentence(data: object, words: str) -> None:
    with pytest.raises(InvalidRules, match=words):
        parse_rules(data)
