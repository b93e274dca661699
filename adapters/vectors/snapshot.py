"""The snapshot: all title vectors of one moment in plain files, mapped into memory by whoever answers.

    snapshot/
      current                     the name of the generation that counts
      000007-3f2a90c1d5e6/        one generation, complete and never changed
        ids.npy                   (n,) int64, ascending
        titles.npy                (n, dimensions) float32, L2-normalised
        meta.json                 embedder, count, catalogue version, digest of the two arrays

A generation is written under another name, flushed, renamed, and only then named in `current`, so a crash at any
point leaves the one before it in force. The previous generation stays for readers that are just opening it; whoever
has mapped an older one keeps it, since a mapped file outlives its name.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from adapters.files import flush_to_disk, replace_text
from bot.ports.ai import EmbedderId, VectorSnapshot

IDS, VECTORS, META, CURRENT = "ids.npy", "titles.npy", "meta.json", "current"
FORMAT = 1
_GENERATION = re.compile(r"[0-9]{6,}-[0-9a-f]{12}")
_READING_ATTEMPTS = 3  # a writer may remove a generation between the pointer and the files


class SnapshotFiles:
    """Reads and writes generations below one folder. All methods block; writing needs the writer's lock."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._opened: VectorSnapshot | None = None

    def read(self, embedder: EmbedderId) -> VectorSnapshot | None:
        """The current generation; None when there is none, another embedder made it, or it is damaged."""
        for _attempt in range(_READING_ATTEMPTS):
            generation = self._current()
            if generation is None:
                return None
            if self._opened is None or self._opened.generation != generation:
                try:
                    self._opened = _open(self._folder / generation)
                except FileNotFoundError:
                    continue
                except (OSError, EOFError, ValueError, KeyError, TypeError):
                    return None  # torn or tampered with: as good as none, it will be made anew
            return self._opened if self._opened.embedder == embedder else None
        return None

    def write(
        self,
        embedder: EmbedderId,
        title_ids: NDArray[np.int64],
        vectors: NDArray[np.float32],
        catalogue_version: int | None,
    ) -> VectorSnapshot:
        """Make these arrays the current generation; `title_ids` ascending. Raises: OSError."""
        self._folder.mkdir(parents=True, exist_ok=True)
        fresh = self._folder / ".new"
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir()
        np.save(fresh / IDS, title_ids)
        np.save(fresh / VECTORS, vectors)
        digest = _digest(title_ids, vectors)
        meta = {
            "format": FORMAT,
            "embedder": {"name": embedder.name, "version": embedder.version, "dimensions": embedder.dimensions},
            "count": len(title_ids),
            "catalogue_version": catalogue_version,
            "digest": digest,
        }
        (fresh / META).write_text(json.dumps(meta, indent=2) + "\n", encoding="utf-8")
        for name in (IDS, VECTORS, META):
            flush_to_disk(fresh / name)
        previous = self._current()
        generation = f"{self._last_number() + 1:06d}-{digest[:12]}"
        fresh.rename(self._folder / generation)
        flush_to_disk(self._folder)
        replace_text(self._folder / CURRENT, generation + "\n")
        self._remove_all_but({generation, previous})
        self._opened = _open(self._folder / generation)
        return self._opened

    def _current(self) -> str | None:
        try:
            name = (self._folder / CURRENT).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            return None
        return name if _GENERATION.fullmatch(name) else None

    def _generations(self) -> list[str]:
        return sorted(path.name for path in self._folder.iterdir() if _GENERATION.fullmatch(path.name))

    def _last_number(self) -> int:
        return max((int(name.partition("-")[0]) for name in self._generations()), default=0)

    def _remove_all_but(self, kept: set[str | None]) -> None:
        for name in self._generations():
            if name not in kept:
                shutil.rmtree(self._folder / name, ignore_errors=True)


def _open(folder: Path) -> VectorSnapshot:
    """Map one generation. Raises: OSError, EOFError, ValueError, KeyError, TypeError, when it is not whole."""
    meta: dict[str, Any] = json.loads((folder / META).read_text(encoding="utf-8"))
    if meta["format"] != FORMAT:
        raise ValueError("another format")
    embedder = EmbedderId(**meta["embedder"])
    title_ids = np.load(folder / IDS, allow_pickle=False)
    vectors = np.load(folder / VECTORS, mmap_mode="r", allow_pickle=False)
    count = int(meta["count"])
    if title_ids.dtype != np.int64 or title_ids.shape != (count,):
        raise ValueError("ids of another shape")
    if vectors.dtype != np.float32 or vectors.shape != (count, embedder.dimensions):
        raise ValueError("vectors of another shape")
    if _digest(title_ids, vectors) != meta["digest"]:
        raise ValueError("another content")
    title_ids.flags.writeable = False
    return VectorSnapshot(title_ids, vectors, embedder, folder.name, meta["catalogue_version"])


def _digest(title_ids: NDArray[np.int64], vectors: NDArray[np.float32]) -> str:
    digest = hashlib.sha256(np.ascontiguousarray(title_ids).data)
    if len(vectors):
        digest.update(np.ascontiguousarray(vectors).data)
    return digest.hexdigest()
