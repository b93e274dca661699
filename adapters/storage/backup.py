"""Copies of the database, made before a migration. Blocking: run it off the event loop.

A SQLite copy is a database file. A PostgreSQL copy is a compressed SQL script of the data: load it with `psql` into a
database that a Recommendarr of the same revision has made (the script checks that, and empties the tables first).
"""

from __future__ import annotations

import gzip
import os
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from sqlalchemy import URL, inspect, text

from adapters.storage.engine import sqlite_path, sync_engine
from adapters.storage.failures import translated, unavailable
from adapters.storage.migrations import FORMER_TABLES, VERSION_TABLE
from adapters.storage.tables import metadata
from bot.i18n import gettext as _

KEPT = 5  # copies; older ones are deleted


def back_up(url: URL, revision: str, folder: Path) -> Path:
    """Write a consistent copy into the folder and delete the oldest beyond `KEPT`. Raises: Unavailable."""
    path = sqlite_path(url)
    ending = "db" if path is not None else "sql.gz"
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%fZ")
    target = folder / f"recommendarr-{revision}-{stamp}.{ending}"
    unfinished = target.with_name(target.name + ".part")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with translated():
            if path is not None:
                _copy_file(path, unfinished)
            else:
                _dump(url, revision, unfinished)
        unfinished.replace(target)
    except OSError as error:
        raise unavailable(
            _("The database cannot be backed up into {folder}: {reason}; nothing was changed.").format(
                folder=folder, reason=error.strerror or type(error).__name__
            )
        ) from None
    finally:
        with suppress(OSError):
            unfinished.unlink()
    _prune(folder, ending)
    return target


def _copy_file(path: Path, target: Path) -> None:
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(target)) as copy:
        source.backup(copy)
        # A copy in WAL mode would leave two more files beside it when it is looked at.
        copy.execute("PRAGMA journal_mode = DELETE")
    _sync(target)


def _dump(url: URL, revision: str, target: Path) -> None:
    engine = sync_engine(url)
    try:
        with engine.connect() as connection, gzip.open(target, "wb") as script:
            connection.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"))
            inspector = inspect(connection)
            ours = {*metadata.tables, *FORMER_TABLES}
            tables = [name for name, _keys in inspector.get_sorted_table_and_fkc_names() if name in ours]
            columns = {name: [column["name"] for column in inspector.get_columns(name)] for name in tables}
            _write_script(connection.connection.driver_connection, columns, revision, script)
    finally:
        engine.dispose()
    _sync(target)


def _write_script(
    driver: Any, columns: Mapping[str, Sequence[str]], revision: str, script: IO[bytes] | gzip.GzipFile
) -> None:
    """`columns` by table, those first that others refer to; names are our own and need no escaping."""

    def write(line: str) -> None:
        script.write(line.encode() + b"\n")

    write(f"-- The data of a Recommendarr database of revision {revision}.")
    write("\\set ON_ERROR_STOP on")
    write("BEGIN;")
    right = f"(SELECT version_num FROM {VERSION_TABLE}) = '{revision}'"  # noqa: S608 - our own names
    write(f"DO $$ BEGIN ASSERT {right}, 'this copy needs a database of revision {revision}'; END $$;")
    write(f"TRUNCATE {', '.join(columns)};")
    for table, names in columns.items():
        listed = ", ".join(f'"{name}"' for name in names)
        write(f"COPY {table} ({listed}) FROM stdin;")
        with driver.cursor() as cursor, cursor.copy(f"COPY {table} ({listed}) TO STDOUT") as rows:
            for block in rows:
                script.write(block)
        write("\\.")
        if "id" in names:
            sequence = f"pg_get_serial_sequence('{table}', 'id')"
            write(f"SELECT setval({sequence}, coalesce(max(id), 0) + 1, false) FROM {table};")  # noqa: S608 - our own names
    write("COMMIT;")


def _sync(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _prune(folder: Path, ending: str) -> None:
    copies = sorted(folder.glob(f"recommendarr-*.{ending}"), key=lambda path: path.name.rsplit("-", 1)[-1])
    for path in copies[:-KEPT]:
        path.unlink(missing_ok=True)
