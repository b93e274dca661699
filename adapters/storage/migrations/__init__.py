"""Alembic migrations: one module a revision in `versions`, named after its number. `HEAD` is the newest."""

from __future__ import annotations

HEAD = "0010"
VERSION_TABLE = "recommendarr_version"  # Alembic's own name may be taken in a PostgreSQL database that is shared
FORMER_TABLES: tuple[str, ...] = ()  # dropped by some revision; a copy made before it still has them
