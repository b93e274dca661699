"""The shelf: one file per name, replaced atomically, mapped into memory when it is read.

A file is a line with its magic, the length of the JSON document, the document, and the arrays, each aligned. What
made it (the program and its engine) is part of the key, so a value never outlives the code that knows its meaning.
"""

from __future__ import annotations

import hashlib
import json
import mmap
import os
from collections.abc import Sequence
from contextlib import suppress
from importlib import resources
from importlib.metadata import version
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import structlog

from adapters.shelf.codec import Array, Unshelvable, decode, encode

MAGIC = b"recommendarr shelf 1\n"
_ALIGNMENT = 64

log = structlog.get_logger(__name__)


class FileShelf:
    """`Shelf` on files of one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def load(self, name: str, key: str) -> Any | None:
        """The value kept under this name with this key; None when there is none that can be read. Blocks."""
        try:
            with self._path(name).open("rb") as file:
                if os.fstat(file.fileno()).st_size <= len(MAGIC) + 8:
                    return None
                mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            document, start = _document(mapped)
            if document["key"] != _stamped(key):
                return None
            return decode(document["value"], lambda place: _array(mapped, start, document["arrays"][place]))
        except FileNotFoundError:
            return None
        except (
            OSError,
            ValueError,
            KeyError,
            IndexError,
            TypeError,
            AttributeError,
            ImportError,
            Unshelvable,
        ) as error:
            log.info("shelf not readable", name=name, reason=str(error))
            return None

    def save(self, name: str, key: str, value: Any) -> bool:
        """Keep a value in place of the one before; False when it cannot be kept. Blocks."""
        arrays: list[Array] = []

        def keep(array: Array) -> int:
            if array.dtype.hasobject:
                raise Unshelvable("cannot keep an array of objects")
            arrays.append(np.ascontiguousarray(array))
            return len(arrays) - 1

        path = self._path(name)
        temporary = path.with_name(f".{path.name}.{os.getpid()}")
        try:
            encoded = encode(value, keep)
            self._folder.mkdir(parents=True, exist_ok=True)
            with temporary.open("wb") as file:
                _write(file, {"key": _stamped(key), "value": encoded}, arrays)
            temporary.replace(path)
        except (OSError, Unshelvable) as error:
            log.info("shelf not writable", name=name, reason=str(error))
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
            return False
        return True

    def _path(self, name: str) -> Path:
        return self._folder / f"{name}.shelf"


def _write(file: BinaryIO, document: dict[str, Any], arrays: Sequence[Array]) -> None:
    places: list[dict[str, Any]] = []
    offset = 0
    for array in arrays:
        places.append({"dtype": array.dtype.str, "shape": list(array.shape), "offset": offset})
        offset += -(-array.nbytes // _ALIGNMENT) * _ALIGNMENT
    text = json.dumps({**document, "arrays": places, "size": offset}, ensure_ascii=False).encode(
        "utf-8", "surrogatepass"
    )
    file.write(MAGIC + len(text).to_bytes(8, "little") + text)
    file.write(b"\0" * (-file.tell() % _ALIGNMENT))
    for array in arrays:
        file.write(array.data.cast("B") if array.nbytes else b"")
        file.write(b"\0" * (-array.nbytes % _ALIGNMENT))


def _document(mapped: mmap.mmap) -> tuple[dict[str, Any], int]:
    """The document and where the arrays begin. Raises: ValueError, for a file that is not whole."""
    if mapped[: len(MAGIC)] != MAGIC:
        raise ValueError("not a shelf of this format")
    head = len(MAGIC) + 8
    end = head + int.from_bytes(mapped[len(MAGIC) : head], "little")
    document: dict[str, Any] = json.loads(mapped[head:end].decode("utf-8", "surrogatepass"))
    start = end + (-end % _ALIGNMENT)
    if len(mapped) != start + document["size"]:
        raise ValueError("not whole")
    return document, start


def _array(mapped: mmap.mmap, start: int, place: dict[str, Any]) -> Array:
    """A read-only view into the file; the map lives as long as any view of it."""
    shape = tuple(place["shape"])
    dtype = np.dtype(place["dtype"])
    count = int(np.prod(shape, dtype=np.int64))
    if not count:
        return np.zeros(shape, dtype=dtype)
    return np.frombuffer(mapped, dtype=dtype, count=count, offset=start + place["offset"]).reshape(shape)


def _stamped(key: str) -> str:
    """The key with what made the value: the program's version and the state of the engine's source."""
    digest = hashlib.sha256(f"{version('recommendarr')}\0{np.__version__}\0{key}".encode())
    with resources.as_file(resources.files("engine")) as engine:
        for path in sorted(engine.rglob("*.py")):
            stat = path.stat()
            digest.update(f"{path.name}\0{stat.st_size}\0{stat.st_mtime_ns}\0".encode())
    return digest.hexdigest()
