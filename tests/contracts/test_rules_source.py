"""What every source of business rules promises: a version that changes with the text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from adapters.rules_file import RulesFile
from bot.errors import InvalidFile
from bot.ports.rules import RulesSource
from tests.fakes.rules import FakeRules


@pytest.fixture(params=["fake", "file"])
def source(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[RulesSource, Callable[[str | None], None]]:
    """A source without text, and how to give it one."""
    if request.param == "fake":
        fake = FakeRules()
        return fake, fake.write
    path = tmp_path / "rules.json"

    def write(text: str | None) -> None:
        path.unlink(missing_ok=True)
        if text is not None:
            path.write_text(text, "utf-8")

    return RulesFile(path), write


async def test_the_version_follows_the_text(source: tuple[RulesSource, Callable[[str | None], None]]) -> None:
    rules, write = source
    assert await rules.version() is None
    with pytest.raises(InvalidFile):
        await rules.read()
    write('{"exclude": []}')
    first = await rules.version()
    assert first is not None
    assert await rules.version() == first
    assert await rules.read() == '{"exclude": []}'
    write("{} ü")
    assert await rules.version() not in (None, first)
    assert await rules.read() == "{} ü"
    write(None)
    assert await rules.version() is None
