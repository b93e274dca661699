"""The file of public knowledge: one compressed numpy archive, written whole or not at all."""

from __future__ import annotations

import os
import zipfile
import zlib
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from bot.errors import InvalidFile
from bot.i18n import gettext as _
from engine.scoring.public import MATRICES, PublicKnowledge
from engine.types import SparseMatrix

FORMAT = 1


def save_public_knowledge(path: Path, knowledge: PublicKnowledge) -> None:
    """Write the file; an interrupted run leaves what was there before. Raises: OSError."""
    arrays: dict[str, NDArray[np.generic]] = {
        "format": np.array(FORMAT),
        "people": np.array(knowledge.people),
        "ids": knowledge.ids,
        "likes": knowledge.likes.astype(np.float32),
    }
    for name in MATRICES:
        matrix: SparseMatrix = getattr(knowledge, name)
        arrays[f"{name}_data"] = matrix.data.astype(np.float16)
        arrays[f"{name}_indices"] = matrix.indices.astype(np.int32)
        arrays[f"{name}_indptr"] = matrix.indptr.astype(np.int64)
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with unfinished.open("wb") as stream:
            np.savez_compressed(stream, allow_pickle=False, **arrays)
            stream.flush()
            os.fsync(stream.fileno())
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


class PublicKnowledgeFile:
    """`PublicKnowledgeSource` on the file that `recommendarr train ease` makes."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def version(self) -> str:
        """Size and time of the file; empty when there is none."""
        try:
            stat = self._path.stat()
        except OSError:
            return ""
        return f"{stat.st_size}-{stat.st_mtime_ns}"

    def read(self) -> PublicKnowledge | None:
        """The knowledge in the file. Raises: InvalidFile."""
        return load_public_knowledge(self._path) if self.version() else None


def load_public_knowledge(path: Path) -> PublicKnowledge:
    """Read the file. Raises: InvalidFile when it is missing, damaged or of another kind."""
    try:
        with path.open("rb") as stream, np.load(stream, allow_pickle=False) as archive:
            arrays = {name: archive[name] for name in archive.files}
        return _checked(arrays)
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile, zlib.error) as error:
        raise InvalidFile(
            _("{file} holds no public knowledge; make it anew with `recommendarr train ease`.").format(file=path.name)
        ) from error


def _checked(arrays: dict[str, NDArray[np.generic]]) -> PublicKnowledge:
    """Raises: ValueError, KeyError for arrays that do not belong together."""
    if int(arrays["format"]) != FORMAT:
        raise ValueError("another format")
    ids = arrays["ids"].astype(np.int64)
    likes = arrays["likes"].astype(np.float64)
    if ids.ndim != 1 or likes.shape != ids.shape or (len(ids) > 1 and not (np.diff(ids) > 0).all()):
        raise ValueError("ids")
    if not np.isfinite(likes).all():
        raise ValueError("likes")
    ease, transitions, neighbours = (_matrix(arrays, name, len(ids)) for name in MATRICES)
    return PublicKnowledge(int(arrays["people"]), ids, likes, ease, transitions, neighbours)


def _matrix(arrays: dict[str, NDArray[np.generic]], name: str, size: int) -> SparseMatrix:
    data = arrays[f"{name}_data"].astype(np.float32)
    indices, indptr = arrays[f"{name}_indices"], arrays[f"{name}_indptr"]
    if not np.isfinite(data).all():
        raise ValueError(name)
    matrix: SparseMatrix = csr_array((data, indices, indptr), shape=(size, size))
    matrix.check_format(full_check=True)
    return matrix
