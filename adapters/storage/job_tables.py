"""The tables of background work; see `adapters.storage.tables` for the rest."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, Table

from adapters.storage.tables import metadata
from adapters.storage.types import SafeText, UtcDateTime

jobs = Table(
    "jobs",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("job", SafeText, nullable=False),
    Column("key", SafeText),
    Column("args", SafeText, nullable=False),  # JSON
    Column("asked_at", UtcDateTime, nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("attempts", BigInteger, nullable=False),
    Column("claimed_until", UtcDateTime),
    Index(None, "due_at"),
    Index("ix_jobs_job_key", "job", "key"),
)

job_runs = Table(
    "job_runs",
    metadata,
    Column("job", SafeText, primary_key=True),
    Column("asked_at", UtcDateTime),
    Column("done_at", UtcDateTime),
    Column("problem", SafeText),
)
