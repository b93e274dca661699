"""Exports as folders and as ZIP archives."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from adapters.archive import LARGEST_MEMBER, open_export
from adapters.tabular import Bytes
from bot.errors import InvalidFile

WANTED = ("diary.csv", "likes/films.csv")


def archive(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return path


def contents(found: Mapping[str, Bytes]) -> dict[str, bytes]:
    read = {}
    for name, source in found.items():
        with source.open() as stream:
            read[name] = stream.read()
    return read


def test_files_are_found_at_the_top_of_an_archive_and_in_one_folder(tmp_path: Path) -> None:
    members = {"diary.csv": b"top", "likes/films.csv": b"liked", "other.csv": b""}
    assert contents(open_export(archive(tmp_path / "a.zip", members), WANTED)) == {
        "diary.csv": b"top", "likes/films.csv": b"liked",
    }  # fmt: skip
    nested = archive(tmp_path / "b.zip", {f"export-anna/{name}": content for name, content in members.items()})
    assert contents(open_export(nested, WANTED)) == {"diary.csv": b"top", "likes/films.csv": b"liked"}


def test_deleted_entries_of_an_archive_do_not_stand_for_the_real_ones(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.zip", {"deleted/diary.csv": b"deleted", "diary.csv": b"real"})
    assert contents(open_export(path, WANTED)) == {"diary.csv": b"real"}


def test_folders_are_read_alike(tmp_path: Path) -> None:
    (tmp_path / "export" / "likes").mkdir(parents=True)
    (tmp_path / "export" / "likes" / "films.csv").write_bytes(b"liked")
    assert contents(open_export(tmp_path / "export", WANTED)) == {"likes/films.csv": b"liked"}
    assert contents(open_export(tmp_path, WANTED)) == {"likes/films.csv": b"liked"}


def test_paths_that_climb_out_of_the_archive_are_no_members(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.zip", {"../../diary.csv": b"x", "/etc/x/diary.csv": b"x"})
    assert not open_export(path, WANTED)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["a.zip"]


def test_an_archive_that_unpacks_to_far_more_than_it_weighs_is_refused(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.zip", {"diary.csv": b"\n" * (LARGEST_MEMBER + 1)})
    with pytest.raises(InvalidFile, match="too large to be read"):
        open_export(path, WANTED)


def test_a_size_that_the_archive_lies_about_is_no_way_in(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.zip", {"diary.csv": b"\n" * 5_000_000})
    content = path.read_bytes().replace((5_000_000).to_bytes(4, "little"), (1000).to_bytes(4, "little"))
    path.write_bytes(content)
    with pytest.raises(InvalidFile, match="cannot be unpacked"):
        contents(open_export(path, WANTED))


@pytest.mark.parametrize(("content", "sentence"), [(b"", "is empty"), (b"id,title\n", "neither a folder nor a ZIP")])
def test_what_is_no_archive_is_said_to_be_none(tmp_path: Path, content: bytes, sentence: str) -> None:
    (tmp_path / "a.zip").write_bytes(content)
    with pytest.raises(InvalidFile, match=sentence):
        open_export(tmp_path / "a.zip", WANTED)


def test_a_damaged_member_is_one_sentence(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.zip", {"diary.csv": bytes(range(256)) * 40})
    content = bytearray(path.read_bytes())
    content[60:90] = bytes(30)
    path.write_bytes(content)
    with pytest.raises(InvalidFile, match=r"a\.zip/diary\.csv cannot be unpacked"):
        contents(open_export(path, WANTED))
