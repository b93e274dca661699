"""Run by Alembic: migrates the connection that `adapters.storage.migrate` hands over, within its transaction."""

from __future__ import annotations

from alembic import context

from adapters.storage.migrations import VERSION_TABLE
from adapters.storage.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table=VERSION_TABLE,
)
with context.begin_transaction():
    context.run_migrations()
