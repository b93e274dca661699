"""The snapshot survives crashes, damage and readers that come at any moment."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from adapters.vectors.snapshot import CURRENT, IDS, META, VECTORS, SnapshotFiles
from bot.ports.ai import EmbedderId, VectorSnapshot

SMALL = EmbedderId("small", "1", 4)


def rows(n: int, seed: int = 0) -> NDArray[np.float32]:
    return np.random.default_rng(seed).normal(size=(n, 4)).astype(np.float32)


def write(folder: Path, n: int, version: int | None = None) -> VectorSnapshot:
    return SnapshotFiles(folder).write(SMALL, np.arange(1, n + 1), rows(n, seed=n), version)


def generations(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.is_dir())


def test_another_process_reads_what_was_written(tmp_path: Path) -> None:
    written = write(tmp_path, 5, version=3)
    read = SnapshotFiles(tmp_path).read(SMALL)
    assert read is not None
    assert isinstance(read.vectors, np.memmap)
    assert (read.generation, read.catalogue_version) == (written.generation, 3)
    assert np.array_equal(read.vectors, rows(5, seed=5))


def test_a_reader_keeps_its_generation_and_sees_the_next(tmp_path: Path) -> None:
    write(tmp_path, 5)
    reader = SnapshotFiles(tmp_path)
    first = reader.read(SMALL)
    assert first is not None
    assert reader.read(SMALL) is first  # nothing is opened twice
    for n in (6, 7, 8):
        write(tmp_path, n)
    assert np.array_equal(first.vectors, rows(5, seed=5))  # though its files are gone
    last = reader.read(SMALL)
    assert last is not None
    assert len(last.title_ids) == 8


def test_the_current_and_the_previous_generation_stay(tmp_path: Path) -> None:
    names = [write(tmp_path, n).generation for n in (3, 4, 5)]
    assert generations(tmp_path) == names[1:]
    assert names == sorted(names)


@pytest.mark.parametrize("name", [IDS, VECTORS, META])
@pytest.mark.parametrize("damage", ["truncated", "changed", "missing", "empty"])
def test_a_damaged_generation_is_no_snapshot_and_is_followed_by_a_good_one(
    tmp_path: Path, name: str, damage: str
) -> None:
    snapshot = write(tmp_path, 40)
    victim = tmp_path / snapshot.generation / name
    content = bytearray(victim.read_bytes())
    if damage == "missing":
        victim.unlink()
    elif damage == "changed":
        position = content.index(b'"digest"') + 15 if name == META else len(content) - 9
        content[position] ^= 1
        victim.write_bytes(content)
    else:
        victim.write_bytes(content[: len(content) // 2] if damage == "truncated" else b"")
    reader = SnapshotFiles(tmp_path)
    assert reader.read(SMALL) is None
    write(tmp_path, 41)
    mended = reader.read(SMALL)
    assert mended is not None
    assert len(mended.title_ids) == 41


@pytest.mark.parametrize("content", ["", "000009-aaaaaaaaaaaa", "../../etc", "\n\n", "000001-zzz"])
def test_a_pointer_to_nowhere_is_no_snapshot(tmp_path: Path, content: str) -> None:
    write(tmp_path, 3)
    (tmp_path / CURRENT).write_text(content)
    assert SnapshotFiles(tmp_path).read(SMALL) is None


def test_meta_data_of_another_shape_are_no_snapshot(tmp_path: Path) -> None:
    snapshot = write(tmp_path, 3)
    meta_path = tmp_path / snapshot.generation / META
    meta = json.loads(meta_path.read_text())
    for change in ({"format": 2}, {"count": 4}, {"count": "many"}, {"embedder": None}, {"embedder": {"name": "x"}}):
        meta_path.write_text(json.dumps(meta | change))
        assert SnapshotFiles(tmp_path).read(SMALL) is None
    meta_path.write_text("[]")
    assert SnapshotFiles(tmp_path).read(SMALL) is None


def test_a_crash_before_the_pointer_leaves_the_previous_in_force(tmp_path: Path) -> None:
    before = write(tmp_path, 3)
    pointer = (tmp_path / CURRENT).read_bytes()
    after = write(tmp_path, 4)
    (tmp_path / CURRENT).write_bytes(pointer)  # as if the process had died between the two steps
    (tmp_path / ".new").mkdir()
    (tmp_path / ".new" / VECTORS).write_bytes(b"torn")
    read = SnapshotFiles(tmp_path).read(SMALL)
    assert read is not None
    assert read.generation == before.generation
    next_one = write(tmp_path, 5)
    assert next_one.generation > after.generation  # a name is never used twice
    assert generations(tmp_path) == [before.generation, next_one.generation]


def test_a_generation_removed_under_the_reader_is_looked_up_again(tmp_path: Path) -> None:
    snapshot = write(tmp_path, 3)
    reader = SnapshotFiles(tmp_path)
    shutil.rmtree(tmp_path / snapshot.generation)
    assert reader.read(SMALL) is None


def test_other_embedders_get_nothing(tmp_path: Path) -> None:
    write(tmp_path, 3)
    for other in (EmbedderId("other", "1", 4), EmbedderId("small", "2", 4), EmbedderId("small", "1", 5)):
        assert SnapshotFiles(tmp_path).read(other) is None
