"""The database: SQLite by default, PostgreSQL by URL. `open_storage` is the way in."""

from __future__ import annotations

from adapters.storage.storage import DATABASE_NAME, open_storage

__all__ = ["DATABASE_NAME", "open_storage"]
