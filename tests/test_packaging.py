"""The five names of the product belong to it alone, and every folder of Python is a package."""

from __future__ import annotations

import tomllib
from importlib.metadata import distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = ("bot", "engine", "adapters", "prompts", "templates")


def claims(room: str) -> set[str]:
    """The installed distributions that bring a package or module of that name."""
    found: set[str] = set()
    for distribution in distributions():
        for file in distribution.files or ():
            if file.parts[0] in {room, f"{room}.py"}:
                found.add(distribution.name)
    return found


def test_claims_are_found() -> None:
    assert claims("pytest") == {"pytest"}


@pytest.mark.parametrize("room", ROOMS)
def test_no_other_distribution_claims_a_room(room: str) -> None:
    assert claims(room) <= {"recommendarr"}


def test_the_wheel_packs_the_rooms() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    assert set(project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]) == set(ROOMS)


@pytest.mark.parametrize("room", [*ROOMS, "tests"])
def test_every_folder_of_python_is_a_package(room: str) -> None:
    folders = {path.parent for path in (ROOT / room).rglob("*.py")}
    assert folders
    # A package needs its parents to be packages too, up to the room itself.
    needed = {
        parent for folder in folders for parent in (folder, *folder.parents) if parent.is_relative_to(ROOT / room)
    }
    assert [str(folder) for folder in sorted(needed) if not (folder / "__init__.py").exists()] == []
