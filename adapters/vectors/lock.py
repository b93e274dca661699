"""One writer at a time per state directory."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from bot.errors import Locked, Unavailable
from bot.i18n import gettext as _


class WriterLock:
    """A lock that the operating system frees when its holder dies."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = FileLock(path, thread_local=False)

    @property
    def held(self) -> bool:
        """Whether this object holds the lock."""
        return self._lock.is_locked

    @asynccontextmanager
    async def hold(self) -> AsyncIterator[None]:
        """Hold the lock; never waits. Raises: Locked, Unavailable("vectors")."""
        if self.held:  # the lock itself would let its holder in a second time
            raise self._refusal()
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._lock.acquire(timeout=0)
        except Timeout:
            raise self._refusal() from None
        except OSError as error:
            raise Unavailable(
                "vectors",
                _("The vector store in {folder} cannot be written: {reason}.").format(
                    folder=self._path.parent, reason=error.strerror or error
                ),
            ) from error
        try:
            yield
        finally:
            self._lock.release()

    def _refusal(self) -> Locked:
        return Locked(
            "vectors",
            _("Another process is writing to the vector store in {folder}; wait until it is done.").format(
                folder=self._path.parent
            ),
        )
