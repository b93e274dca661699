"""Sequences of items per person from a text file: `user item` per line, each user's lines in time order."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.errors import InvalidFile
from bot.i18n import gettext as _


@dataclass(frozen=True, slots=True)
class Sequences:
    """Who came to what, in time order within each person; people and items are numbered from 0 without gaps."""

    people: NDArray[np.int64]  # (n,)
    items: NDArray[np.int64]  # (n,)
    n_items: int


def read_sequences(path: Path) -> Sequences:
    """Read the whole file. Raises: InvalidFile, with the first line that is not two numbers."""
    try:
        lines = path.read_text(encoding="ascii").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidFile(_("{file} cannot be read as a list of people and items.").format(file=path.name)) from error
    pairs = [line.split() for line in lines]
    for number, pair in enumerate(pairs, start=1):
        if len(pair) != 2 or not all(part.isdigit() and len(part) < 12 for part in pair):
            raise InvalidFile(
                _("Line {line} of {file} is not “person item” in numbers.").format(line=number, file=path.name)
            )
    if not pairs:
        raise InvalidFile(_("{file} is empty.").format(file=path.name))
    table = np.array(pairs, dtype=np.int64)
    _ids, people = np.unique(table[:, 0], return_inverse=True)
    known, items = np.unique(table[:, 1], return_inverse=True)
    return Sequences(people.astype(np.int64), items.astype(np.int64), len(known))
