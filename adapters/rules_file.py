"""The business rules in a file of the state directory, as a `RulesSource`."""

from __future__ import annotations

import asyncio
from pathlib import Path

from bot.errors import InvalidFile

MAX_BYTES = 1_000_000


class RulesFile:
    """Looks at the file whenever it is asked; nothing is kept open."""

    def __init__(self, path: Path) -> None:
        self._path = path

    async def version(self) -> str | None:
        """The file's time, size and identity; None while there is no file."""
        return await asyncio.to_thread(self._version)

    async def read(self) -> str:
        """The text, which is JSON. Raises: InvalidFile."""
        return await asyncio.to_thread(self._read)

    def _version(self) -> str | None:
        try:
            found = self._path.stat()
        except FileNotFoundError:
            return None
        except OSError as error:
            return f"error {error.errno}"  # reading says what is wrong
        return f"{found.st_mtime_ns} {found.st_size} {found.st_ino}"

    def _read(self) -> str:
        if not self._path.is_file():
            raise InvalidFile(f"The rules file {self._path} is not a file.")
        # The file may grow while it is read, so the size is limited here and not by asking for it first.
        try:
            with self._path.open("rb") as file:
                content = file.read(MAX_BYTES + 1)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise InvalidFile(f"The rules file {self._path} cannot be read: {reason}.") from None
        if len(content) > MAX_BYTES:
            raise InvalidFile(f"The rules file {self._path} is larger than {MAX_BYTES // 1000} kB.")
        try:
            return content.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise InvalidFile(f"The rules file {self._path} is not UTF-8 text.") from None
