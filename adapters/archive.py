"""Exports that come as a folder or as a ZIP archive of it. Nothing is unpacked to disk; sizes are bounded."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import BinaryIO, cast

from adapters.tabular import Bytes, file_bytes
from bot.errors import InvalidFile
from bot.i18n import gettext as _

LARGEST_MEMBER = 64 * 1024**2  # bytes, unpacked
MOST_MEMBERS = 20_000
_MOST_RATIO = 500  # unpacked to packed; honest CSV files reach about 20


def open_export(path: Path, wanted: Sequence[str]) -> Mapping[str, Bytes]:
    """The wanted files of an export that are there, by their path inside of it, such as "likes/films.csv".

    They may lie at the top or together in one folder. Raises: InvalidFile.
    """
    if path.is_dir():
        return _folder(path, wanted)
    source = file_bytes(path)
    if not source.size:
        raise InvalidFile(_("{file} is empty.").format(file=path.name))
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError):
        raise InvalidFile(_("{file} is neither a folder nor a ZIP archive.").format(file=path.name)) from None
    if len(members) > MOST_MEMBERS:
        raise InvalidFile(_("{file} holds too many files.").format(file=path.name))
    return _members(path, members, wanted)


def _folder(path: Path, wanted: Sequence[str]) -> Mapping[str, Bytes]:
    folders = [path, *sorted(folder for folder in path.iterdir() if folder.is_dir())]
    for folder in folders:
        found = {name: folder / name for name in wanted if (folder / name).is_file()}
        if found:
            return {name: file_bytes(file) for name, file in found.items()}
    return {}


def _members(path: Path, members: Sequence[zipfile.ZipInfo], wanted: Sequence[str]) -> Mapping[str, Bytes]:
    by_folder: dict[str, dict[str, zipfile.ZipInfo]] = {}
    for member in members:
        parts = PurePosixPath(member.filename).parts
        for name in wanted:
            depth = len(PurePosixPath(name).parts)
            if PurePosixPath(*parts[-depth:]).as_posix() == name and len(parts) - depth <= 1 and not member.is_dir():
                by_folder.setdefault("/".join(parts[:-depth]), {})[name] = member
    if not by_folder:
        return {}
    top = min(by_folder, key=lambda folder: (bool(folder), folder))
    return {name: _member(path, member) for name, member in by_folder[top].items()}


def _member(path: Path, member: zipfile.ZipInfo) -> Bytes:
    name = f"{path.name}/{member.filename}"
    if member.flag_bits & 0x1:
        raise InvalidFile(_("{file} is encrypted.").format(file=name))
    if member.file_size > LARGEST_MEMBER or member.file_size > _MOST_RATIO * max(member.compress_size, 1024):
        raise InvalidFile(_("{file} is too large to be read.").format(file=name))

    def opened() -> BinaryIO:
        try:
            with zipfile.ZipFile(path) as archive, archive.open(member) as packed:
                # The size that the archive declares may be a lie.
                content = packed.read(LARGEST_MEMBER + 1)
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
            raise InvalidFile(_("{file} cannot be unpacked: {reason}.").format(file=name, reason=error)) from None
        if len(content) > LARGEST_MEMBER:
            raise InvalidFile(_("{file} is too large to be read.").format(file=name))
        return cast(BinaryIO, io.BytesIO(content))

    return Bytes(name, member.file_size, opened)
