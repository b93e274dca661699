"""`docs/security.md` names a test for each way that is closed: all of them exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
_NAMED = re.compile(r"`(test_\w+\.py)`(?:: ([^`|]+))?")
_ROWS = [
    line
    for line in (ROOT / "docs" / "security.md").read_text("utf-8").splitlines()
    if line.startswith("| ") and not line.startswith(("| ---", "| Somebody could"))
]


def _tests_in(file: str) -> str:
    """The text of all test files of a name."""
    return "\n".join(path.read_text("utf-8") for path in sorted((ROOT / "tests").rglob(file)))


def test_there_are_rows() -> None:
    assert len(_ROWS) > 25


@pytest.mark.parametrize("row", _ROWS, ids=lambda row: row[2:50])
def test_what_closes_a_way_is_tested(row: str) -> None:
    named = _NAMED.findall(row.rsplit("|", 2)[1])
    assert named, "the row names no test"
    for file, phrases in named:
        text = _tests_in(file)
        assert text, f"there is no {file}"
        for phrase in filter(None, (each.strip(" ,") for each in phrases.split(";"))):
            words = re.sub(r"\W+", "_", phrase.casefold())
            assert re.search(rf"def test_\w*{words}\w*\(", text), f"{file} has no test named: {phrase}"
