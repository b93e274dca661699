"""Conversation and catalogue files, line by line: parsed JSON objects become the evaluations' values.

A conversation: {"id", "source", "turns": [{"speaker", "text"}], "mentioned": [{"name", "title", "year"}], "answers":
[{"name", "title", "year", "imdb_id"?}]}. A catalogue line: {"name", "title", "year", "imdb_id", "genres", "plot",
"directors", "cast", "writers"}.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from engine.search.dialogue import Conversation, NamedTitle, Turn
from engine.search.dialogue_ranking import DialogueItem

# What IMDb calls a genre that TMDB calls otherwise; the rest only differs in capitals.
_GENRES: Mapping[str, tuple[str, ...]] = {
    "sci-fi": ("Science Fiction",),
    "musical": ("Music",),
    "biography": ("History",),
    "film-noir": ("Crime",),
    "reality-tv": ("Reality",),
    "talk-show": ("Talk",),
}


def genre_names(genres: Iterable[str]) -> tuple[str, ...]:
    """TMDB's English names of genres in any spelling, each once."""
    named = (name for genre in genres for name in _GENRES.get(genre.lower(), (genre.title(),)))
    return tuple(dict.fromkeys(named))


def conversation(record: Mapping[str, Any]) -> Conversation:
    """One line of a conversation file. Raises: KeyError, TypeError or ValueError if it is none.

    The parts of one dialogue share what stands before the last underscore of their id.
    """
    return Conversation(
        dialogue=str(record["id"]).rpartition("_")[0] or str(record["id"]),
        turns=tuple(Turn(str(turn["speaker"]), str(turn["text"])) for turn in record["turns"]),
        mentioned=tuple(map(_title, record.get("mentioned") or ())),
        answers=tuple(map(_title, record.get("answers") or ())),
    )


def dialogue_item(record: Mapping[str, Any], *, votes: int = 0, average: float = 0.0, year: int = 0) -> DialogueItem:
    """One line of a catalogue file, with what other sources know. Raises: KeyError or ValueError if it is none.

    `year` stands in where the line has none.
    """
    people = (*(record.get("directors") or ()), *(record.get("cast") or ()))
    return DialogueItem(
        name=str(record["name"]),
        title=str(record["title"]),
        year=int(record.get("year") or year or 0),
        genres=genre_names(record.get("genres") or ()),
        plot=str(record.get("plot") or ""),
        people=tuple(dict.fromkeys(people)),
        votes=votes,
        average=average,
    )


def item_text(item: DialogueItem) -> str:
    """The text of a catalogue item that is embedded."""
    return ". ".join(part for part in (item.title, ", ".join(item.genres), item.plot) if part)


def _title(record: Mapping[str, Any]) -> NamedTitle:
    year = record.get("year")
    title = str(record.get("title") or "")
    return NamedTitle(str(record.get("name") or title), title, int(year) if year else None)
