"""The database in memory, with the same transactions: what is not committed, nobody else sees."""

from __future__ import annotations

from tests.fakes.storage.store import FakeStorage, FakeUnitOfWork

__all__ = ["FakeStorage", "FakeUnitOfWork"]
