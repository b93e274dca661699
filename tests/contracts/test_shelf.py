"""The contract of a shelf, held by the fake and by files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from adapters.shelf import FileShelf
from bot.ports.shelf import Shelf
from tests.fakes.shelf import FakeShelf


@pytest.fixture(params=["fake", "files"])
def shelf(request: pytest.FixtureRequest, tmp_path: Path) -> Shelf:
    return FakeShelf() if request.param == "fake" else FileShelf(tmp_path / "shelf")


def test_what_was_kept_comes_back_under_its_key_alone(shelf: Shelf) -> None:
    assert shelf.load("numbers", "monday") is None
    assert shelf.save("numbers", "monday", {"a": np.arange(3)})
    back: Any = shelf.load("numbers", "monday")
    assert back["a"].tolist() == [0, 1, 2]
    assert shelf.load("numbers", "tuesday") is None
    assert shelf.load("letters", "monday") is None


def test_a_new_value_takes_the_place_of_the_old(shelf: Shelf) -> None:
    shelf.save("numbers", "monday", (1,))
    shelf.save("numbers", "tuesday", (2,))
    assert shelf.load("numbers", "monday") is None
    assert shelf.load("numbers", "tuesday") == (2,)
