"""Builds the sync of this installation, on an open database and open sources."""

from __future__ import annotations

from datetime import timedelta

from adapters.locks import file_lock
from bot.bootstrap import Core, lay_out, open_indexing
from bot.services.sync import Sources, SyncService
from bot.services.sync.service import Index, busy

SYNC_LOCK = "sync.lock"


def open_sync(core: Core, sources: Sources, *, index: Index | None = None) -> SyncService:
    """The sync of this installation; of two at once, also in two processes, the second is refused.

    `index` None: the vectors are brought up to date as a command line does it, which serves nobody meanwhile.
    """
    every = timedelta(hours=core.settings.schedule.full_sync_hours)
    lock = file_lock(core.settings.home / SYNC_LOCK, busy)

    async def indexed() -> int:
        async with open_indexing(core) as indexing:
            report = await indexing.run()
        await lay_out(core)
        return report.embedded

    return SyncService(core.uow, core.clock, sources, index=index or indexed, lock=lock, full_every=every)
