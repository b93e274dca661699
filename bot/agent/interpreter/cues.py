"""The closed classes of words, read from `data/cues.toml` and `data/turns.toml` once."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from engine.search.folding import fold


@dataclass(frozen=True, slots=True)
class Cues:
    """Folded words and phrases. `modes` and `actions` map a phrase to what it says."""

    ordinals: Mapping[str, int]
    numbers: Mapping[str, int]
    numbering: frozenset[str]
    modes: Mapping[str, str]
    actions: Mapping[str, str]
    company_before: frozenset[str]
    company_after: frozenset[str]
    scale: frozenset[str]
    scale_of_five: frozenset[str]
    names: frozenset[str]
    lists: frozenset[str]
    called: frozenset[str]
    beside_lists: frozenset[str]
    subtitles: frozenset[str]
    beside_me: frozenset[str]
    relatives: frozenset[str]
    occasions: frozenset[str]
    counted_before: frozenset[str]
    units: tuple[str, ...]
    unseen: frozenset[str]
    further: frozenset[str]
    smalltalk: Mapping[str, tuple[str, ...]]


@cache
def cues() -> Cues:
    """The cues; read once per process."""
    data = _read("cues.toml") | _read("turns.toml")
    return Cues(
        ordinals={word: int(number) for number, words in data["ordinals"].items() for word in _split(words)},
        numbers={word: int(number) for number, words in data["numbers"].items() for word in _split(words)},
        numbering=frozenset(_split(data["numbering"]["words"])),
        modes={word: mode for mode, table in data["modes"].items() for word in _split(table["words"])},
        actions={word: action for action, words in data["actions"].items() for word in _split(words)},
        company_before=frozenset(_split(data["company"]["before"])),
        company_after=frozenset(_split(data["company"]["after"])),
        scale=frozenset(_split(data["scale"]["after"])),
        scale_of_five=frozenset(_split(data["scale"]["of_five"])),
        names=frozenset(_split(data["names"]["words"])),
        lists=frozenset(_split(data["lists"]["words"])),
        called=frozenset(_split(data["lists"]["called"])),
        beside_lists=frozenset(_split(data["lists"]["plain"])),
        subtitles=frozenset(_split(data["subtitles"]["words"])),
        beside_me=frozenset(_split(data["company"]["beside_me"])),
        relatives=frozenset(_split(data["company"]["relatives"])),
        occasions=frozenset(_split(data["occasions"]["words"])),
        counted_before=frozenset(_split(data["counting"]["before"])),
        units=tuple(_split(data["counting"]["units"])),
        unseen=frozenset(_split(data["unseen"]["words"])),
        further=frozenset(_split(data["further"]["words"])),
        smalltalk={kind: tuple(_split(words)) for kind, words in data["smalltalk"].items()},
    )


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath("data", name).read_text("utf-8"))


def _split(words: str) -> list[str]:
    return [folded for word in words.split(",") if (folded := fold(word) or word.strip())]
