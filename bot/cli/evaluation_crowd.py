"""What strangers watched, from the MovieLens files at hand, for the films of a catalogue by their IMDb ids."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.sparse import csr_array

from adapters.media.movielens_sequences import read_sequences
from bot.errors import InvalidFile
from bot.i18n import gettext as _
from engine.scoring.ease import EaseConfig, fit_sparse
from engine.search.dialogue_ranking import Crowd
from engine.types import IntArray

# Chosen on validation dialogues: more than for the recommendations, as a conversation names few titles.
_EASE = EaseConfig(regularisation=200.0, top=200)


@dataclass(frozen=True, slots=True)
class Watched:
    """Who watched what: pairs of a person and a MovieLens film."""

    people: IntArray  # (n,)
    films: IntArray  # (n,) MovieLens ids, -1 unknown
    recent: bool  # says how known films are today


def read_crowd(root: Path, imdb_ids: Sequence[str]) -> Crowd | None:
    """Item-item weights for the catalogue's IMDb ids ("" for none), from the MovieLens folders below `root`.

    None if there are no such folders, or nobody there knows any of the films. Raises: InvalidFile.
    """
    imdb_of = {film: f"tt{number:07d}" for film, number in read_links(root, "imdbId").items()}
    parts = list(_watched(root))
    wanted = set(imdb_ids)
    films = sorted(film for film, imdb_id in imdb_of.items() if imdb_id in wanted)
    if not parts or not films:
        return None
    columns = {imdb_id: place for place, imdb_id in enumerate(dict.fromkeys(imdb_of[film] for film in films))}
    column_of = np.full(films[-1] + 2, -1, dtype=np.int64)
    column_of[films] = [columns[imdb_of[film]] for film in films]
    counts = np.zeros(len(columns))
    rows, places, base = [], [], 0
    for part in parts:
        known = column_of[np.clip(part.films, -1, films[-1] + 1)]
        people = np.unique(part.people, return_inverse=True)[1] + base
        rows.append(people[known >= 0])
        places.append(known[known >= 0])
        base = int(people.max(initial=base - 1)) + 1
        if part.recent:
            counts += np.bincount(places[-1], minlength=len(columns))
    seen = np.unique(np.stack([np.concatenate(rows), np.concatenate(places)]), axis=1)
    if not seen.shape[1]:
        return None
    matrix = csr_array((np.ones(seen.shape[1]), (seen[0], seen[1])), shape=(base, len(columns)))
    known_of = np.array([columns.get(imdb_id, -1) for imdb_id in imdb_ids], dtype=np.int64)
    return Crowd(fit_sparse(matrix, _EASE), counts, known_of)


def read_links(root: Path, column: str) -> dict[int, int]:
    """The numbers of "imdbId" or "tmdbId" by MovieLens id; the smaller set, read last, wins. Raises: InvalidFile."""
    found: dict[int, int] = {}
    for folder in ("ml-25m-catalog", "ml-latest-small"):
        found.update(_numbers(root / folder / "links.csv", "movieId", column))
    return found


def _watched(root: Path) -> Iterator[Watched]:
    pairs = list(_numbers(root / "ml-latest-small" / "ratings.csv", "userId", "movieId"))
    if pairs:
        table = np.array(pairs, dtype=np.int64)
        yield Watched(table[:, 0], table[:, 1], recent=True)
    for path in sorted((root / "ml-25m-catalog").glob("sample_ratings*.parquet")):
        yield _from_parquet(path)
    sequences, originals = (root / "ml-1m" / name for name in ("ml-1m_sas.txt", "sas_to_original_items.txt"))
    if sequences.is_file() and originals.is_file():
        yield _from_sequences(sequences, originals)


def _numbers(path: Path, first: str, second: str) -> Iterator[tuple[int, int]]:
    """Two columns of whole numbers; nothing if there is no such file. Raises: InvalidFile."""
    if not path.is_file():
        return
    with path.open(encoding="utf-8", newline="") as lines:
        try:
            for row in csv.DictReader(lines):
                if row[second]:
                    yield int(row[first]), int(row[second])
        except (KeyError, TypeError, ValueError, csv.Error) as error:
            raise InvalidFile(
                _("{file} has no whole numbers as {first} and {second}.").format(file=path, first=first, second=second)
            ) from error


def _from_parquet(path: Path) -> Watched:
    import pyarrow as pa  # noqa: PLC0415 - loaded for this file alone
    import pyarrow.parquet as pq  # noqa: PLC0415

    try:
        table = pq.read_table(path, columns=["userId", "movieId"])
        people, films = (np.array(table.column(name).to_pylist(), dtype=np.int64) for name in ("userId", "movieId"))
    except (pa.ArrowException, OSError, TypeError, ValueError) as error:
        raise InvalidFile(_("{file} is not a table of ratings.").format(file=path)) from error
    return Watched(people, films, recent=True)


def _from_sequences(sequences: Path, originals: Path) -> Watched:
    """Films numbered anew, and the list of what each was called: `new old` per line."""
    told = read_sequences(sequences)
    try:
        pairs = [line.split() for line in originals.read_text(encoding="ascii").splitlines()]
        original = {int(pair[0]): int(pair[1]) for pair in pairs if len(pair) == 2 and pair[0].isdigit()}
        numbers = sorted({int(line.split()[1]) for line in sequences.read_text(encoding="ascii").splitlines()})
    except (OSError, ValueError) as error:
        raise InvalidFile(_("{file} does not tell which films are meant.").format(file=originals)) from error
    films = np.array([original.get(number, -1) for number in numbers], dtype=np.int64)
    return Watched(told.people, films[told.items], recent=False)
