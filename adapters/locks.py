"""Locks between processes that the operating system frees when their holder dies."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from bot.errors import Locked, Unavailable
from bot.i18n import gettext as _


def file_lock(path: Path, refusal: Callable[[], Locked]) -> Callable[[], AbstractAsyncContextManager[None]]:
    """A lock on a file that never waits: whoever comes second is refused, in this process or in another.

    Holding raises what `refusal` makes, and Unavailable("home") when the file cannot be written.
    """
    lock = FileLock(path, thread_local=False)

    @asynccontextmanager
    async def hold() -> AsyncIterator[None]:
        if lock.is_locked:  # the lock itself would let its holder in a second time
            raise refusal()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            lock.acquire(timeout=0)
        except Timeout:
            raise refusal() from None
        except OSError as error:
            reason = error.strerror or str(error)
            raise Unavailable(
                "home", _("The folder {folder} cannot be written: {reason}.").format(folder=path.parent, reason=reason)
            ) from error
        try:
            yield
        finally:
            lock.release()

    return hold
