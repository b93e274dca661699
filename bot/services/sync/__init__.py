"""Takes over people, access, titles and histories from servers and services, and keeps them right.

Every stage may be repeated and stopped at any point: a page and how far it brought the stage lie in one transaction,
and what is told twice changes nothing.
"""

from __future__ import annotations

from bot.services.sync.service import SyncService
from bot.services.sync.sources import Sources
from bot.services.sync.summary import SourceResult, StageResult, SyncSummary

__all__ = ["SourceResult", "Sources", "StageResult", "SyncService", "SyncSummary"]
