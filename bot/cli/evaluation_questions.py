"""What `recommendarr evaluate known-item` does: read questions and documents, rank the film that was meant."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from adapters.media.imdb_votes import read_imdb_votes
from bot.cli.evaluation_crowd import read_links
from bot.cli.evaluation_data import Embed, document, tmdb_facts
from bot.cli.evaluation_files import read_lines
from bot.errors import InvalidFile
from bot.i18n import gettext as _
from bot.model.titles import Kind, TitleFacts, TitleRef
from engine.evaluation.known_item import Questions, evaluate_known_items
from engine.evaluation.personal import Progress, silent
from engine.evaluation.records import conversation, dialogue_item, item_text
from engine.search.dialogue import USER
from engine.search.dialogue_ranking import DialogueItem
from engine.search.half_remembered import KnownDocument, KnownItemCatalogue, question_vectors, texts_to_embed


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody remembers, and the IMDb ids of what was meant."""

    text: str
    answers: tuple[str, ...]


def run_known_item(
    file: Path,
    catalogue: Path,
    data_root: Path | None,
    embed: Embed,
    *,
    learn: Path | None = None,
    seed: int = 0,
    progress: Progress = silent,
) -> dict[str, object]:
    """The report of `evaluate known-item`: metrics by method, over all lines and over the even ones.

    Documents are the films of the catalogue file and, where `data_root` has them, of the TMDB files that MovieLens
    links to IMDb. `learn` holds other questions to learn from; without it the odd lines serve.
    Raises: InvalidFile, naming the line, or if fewer than two questions have an answer here; Unavailable.
    """
    asked = read_lines(file, _question)
    taught = read_lines(learn, _question) if learn else None
    documents, texts, row_of = load_documents(catalogue, data_root)
    place = {"questions": _questions(asked, row_of), "learn": _questions(taught or (), row_of)}
    teaching = place["learn"] if taught is not None else place["questions"][::2]
    if sum(row >= 0 for row in teaching) < 2 or max(place["questions"]) < 0:
        raise InvalidFile(_("Too few questions of {file} have an answer in the catalogue.").format(file=learn or file))
    known = KnownItemCatalogue.build(documents, embed(texts))
    report = evaluate_known_items(
        _embedded(asked, place["questions"], embed),
        known,
        _embedded(taught, place["learn"], embed) if taught is not None else None,
        seed=seed,
        progress=partial(progress, "questions"),
    ).to_json()
    return {key: value for key, value in report.items() if key != "weights"}


def load_documents(catalogue: Path, data_root: Path | None) -> tuple[list[KnownDocument], list[str], dict[str, int]]:
    """Documents, the text of each to embed, and their rows by IMDb id. Raises: InvalidFile."""
    items = dict(read_lines(catalogue, _candidate))
    facts = linked_facts(data_root) if data_root else {}
    ids = list(dict.fromkeys((*items, *facts)))
    files = sorted((data_root / "imdb").glob("*.parquet")) if data_root else []
    votes = read_imdb_votes(files[0], set(ids)) if files else {}
    documents, texts = [], []
    for imdb_id in ids:
        count = votes[imdb_id].count if imdb_id in votes else 0
        documents.append(_document(items.get(imdb_id), facts.get(imdb_id), count))
        told = facts.get(imdb_id)
        texts.append(document(told) if told else item_text(items[imdb_id]))
    return documents, texts, {imdb_id: row for row, imdb_id in enumerate(ids) if imdb_id}


def _document(item: DialogueItem | None, facts: TitleFacts | None, votes: int) -> KnownDocument:
    """What both know of a film; at least one of them does."""
    plots = (item.plot if item else "", facts.overview if facts else "", facts.tagline if facts else "")
    people = (*(item.people if item else ()), *(credit.name for credit in (facts.credits if facts else ())))
    return KnownDocument(
        title=(facts.title if facts else "") or (item.title if item else ""),
        text=" ".join(plot for plot in dict.fromkeys(plots) if plot),
        keywords=facts.keywords if facts else (),
        people=tuple(dict.fromkeys(people)),
        genres=(facts.genres if facts else ()) or (item.genres if item else ()),
        year=(facts.year if facts else 0) or (item.year if item else 0),
        votes=votes,
    )


def linked_facts(root: Path) -> dict[str, TitleFacts]:
    """What the TMDB files tell of films with an overview, by IMDb id."""
    linked = read_links(root, "tmdbId")
    refs = {film: TitleRef(Kind.MOVIE, "tmdb", str(tmdb_id)) for film, tmdb_id in linked.items()}
    files = sorted(path for path in (root / "tmdb").glob("*") if path.suffix in {".csv", ".parquet"})
    told = tmdb_facts(files, set(refs.values()))
    imdb_of = read_links(root, "imdbId")
    found: dict[str, TitleFacts] = {}
    for film, ref in refs.items():
        if film in imdb_of and ref in told and told[ref].title and told[ref].overview:
            found.setdefault(f"tt{imdb_of[film]:07d}", told[ref])
    return found


def _question(record: Mapping[str, Any]) -> Question:
    spoken = conversation(record)
    text = "\n".join(turn.text for turn in spoken.turns if turn.speaker == USER)
    return Question(text, tuple(str(answer["imdb_id"]) for answer in record["answers"] if answer.get("imdb_id")))


def _candidate(record: Mapping[str, Any]) -> tuple[str, DialogueItem]:
    return str(record.get("imdb_id") or record["name"]), dialogue_item(record)


def _questions(questions: Sequence[Question], row_of: Mapping[str, int]) -> list[int]:
    """The row of the first answer that is here, -1 for none."""
    return [next((row_of[answer] for answer in each.answers if answer in row_of), -1) for each in questions]


def _embedded(questions: Sequence[Question], rows: Sequence[int], embed: Embed) -> Questions:
    """Only questions whose answer is here need vectors; the others keep zeros."""
    places = [place for place, row in enumerate(rows) if row >= 0]
    pairs = [texts_to_embed(questions[place].text) for place in places]
    mixed = question_vectors(embed([whole for whole, _ in pairs]), embed([opening for _, opening in pairs]))
    vectors = np.zeros((len(questions), mixed.shape[1]), dtype=np.float32)
    vectors[places] = mixed
    return Questions([each.text for each in questions], np.array(rows, dtype=np.int64), vectors)
