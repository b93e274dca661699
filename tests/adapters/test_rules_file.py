"""The rules file as it may be found on a disk."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from adapters.rules_file import MAX_BYTES, RulesFile
from bot.errors import InvalidFile


async def refused(path: Path) -> str:
    with pytest.raises(InvalidFile) as caught:
        await RulesFile(path).read()
    return str(caught.value)


async def test_what_is_no_readable_text_is_refused_in_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "rules.json"
    assert "is not a file" in await refused(path)
    assert await RulesFile(path / "below").version() is None
    path.write_bytes(b"\xff\xfe{\x00}\x00")
    assert "not UTF-8" in await refused(path)
    path.write_bytes(b" " * (MAX_BYTES + 1))
    assert "larger than 1000 kB" in await refused(path)
    path.write_bytes(b" " * MAX_BYTES)
    assert len(await RulesFile(path).read()) == MAX_BYTES
    assert "is not a file" in await refused(tmp_path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
async def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "rules.json")
    assert "is not a file" in await refused(tmp_path / "rules.json")


async def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    path = tmp_path / "rules.json"
    path.write_bytes(b"\xef\xbb\xbf{}")
    assert await RulesFile(path).read() == "{}"


async def test_a_file_put_in_its_place_is_noticed_though_time_and_size_agree(tmp_path: Path) -> None:
    path, other = tmp_path / "rules.json", tmp_path / "other.json"
    for number, file in enumerate((path, other)):
        file.write_text(f'{{"a": {number}}}')
        os.utime(file, (1_000_000_000, 1_000_000_000))
    rules = RulesFile(path)
    before = await rules.version()
    other.replace(path)
    assert await rules.version() != before
