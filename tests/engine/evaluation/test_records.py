"""Lines of conversation and catalogue files."""

from __future__ import annotations

import pytest

from engine.evaluation.records import conversation, dialogue_item, genre_names, item_text
from engine.search.dialogue import NamedTitle, Turn

LINE = {
    "id": "42_7",
    "source": "redial",
    "turns": [{"speaker": "user", "text": "Something like Alien (1979)"}],
    "mentioned": [{"name": "Alien (1979)", "title": "Alien", "year": 1979}],
    "answers": [{"name": None, "title": "Heat", "year": None, "imdb_id": "tt0113277"}],
}


def test_a_conversation() -> None:
    found = conversation(LINE)
    assert found.dialogue == "42"
    assert found.turns == (Turn("user", "Something like Alien (1979)"),)
    assert found.mentioned == (NamedTitle("Alien (1979)", "Alien", 1979),)
    assert found.answers == (NamedTitle("Heat", "Heat", None),)
    assert conversation({"id": "single", "turns": []}).dialogue == "single"


def test_an_item() -> None:
    line = {
        "name": "Heat (1995)", "title": "Heat", "year": None, "genres": ["crime", "sci-fi"], "plot": "Cops.",
        "directors": ["Michael Mann"], "cast": ["Al Pacino", "Michael Mann"],
    }  # fmt: skip
    found = dialogue_item(line, votes=5, average=8.3, year=1995)
    assert (found.year, found.votes, found.average) == (1995, 5, 8.3)
    assert found.genres == ("Crime", "Science Fiction")
    assert found.people == ("Michael Mann", "Al Pacino")
    assert item_text(found) == "Heat. Crime, Science Fiction. Cops."
    assert dialogue_item({"name": "x", "title": "x", "genres": None, "plot": None}).year == 0


def test_genres() -> None:
    assert genre_names(["musical", "Music", "film-noir", "Sci-Fi"]) == ("Music", "Crime", "Science Fiction")


@pytest.mark.parametrize("line", [{}, {"id": "x"}, {"id": "x", "turns": [{}]}])
def test_what_is_no_conversation(line: dict[str, object]) -> None:
    with pytest.raises(KeyError):
        conversation(line)
