"""Brings the database to the revision of this program, after a backup. Blocking: run it off the event loop."""

from __future__ import annotations

from pathlib import Path

import structlog
from sqlalchemy import URL, Connection, column, inspect, select, table, text

from adapters.storage.backup import back_up
from adapters.storage.engine import sqlite_path, sync_engine
from adapters.storage.failures import translated, unavailable
from adapters.storage.migrations import HEAD, VERSION_TABLE
from adapters.storage.tables import metadata
from bot.errors import Unavailable
from bot.i18n import gettext as _

_LOCK = 0x5EC0_33E4  # any number will do, as long as every Recommendarr asks for the same lock

_log = structlog.get_logger()


def prepare(url: URL, backups: Path) -> None:
    """Create or migrate the database, unless it is up to date. Raises: Unavailable, naming the database."""
    path = sqlite_path(url)
    try:
        if path is not None:
            _make_folder(path)
        with translated():
            _prepare(url, path, backups)
    except Unavailable as error:
        place = path or f"{url.host or 'localhost'}/{url.database}"
        raise unavailable(f"{place}: {error}") from None


def _prepare(url: URL, path: Path | None, backups: Path) -> None:
    engine = sync_engine(url)
    try:
        with engine.connect() as connection:
            if _revision(connection, path) == HEAD:
                return
            connection.rollback()
            # Of two processes that start at once, the second waits here and then finds nothing to do.
            if path is not None:
                connection.exec_driver_sql("BEGIN IMMEDIATE")
            else:
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
            revision = _revision(connection, path)
            if revision != HEAD:
                _migrate(connection, url, revision, backups)
            connection.commit()
    finally:
        engine.dispose()


def _revision(connection: Connection, path: Path | None) -> str | None:
    """The revision of the database, None for an empty one. Raises: Unavailable, for a database of something else."""
    tables = set(inspect(connection).get_table_names())
    if VERSION_TABLE in tables:
        return connection.execute(select(column("version_num")).select_from(table(VERSION_TABLE))).scalar_one_or_none()
    # A PostgreSQL database may be shared, a file may not.
    foreign = tables if path is not None else tables & set(metadata.tables)
    if foreign:
        raise unavailable(_("The database has tables but is not one of Recommendarr; name another one."))
    return None


def _migrate(connection: Connection, url: URL, revision: str | None, backups: Path) -> None:
    # Alembic takes a fifth of a second to import and is needed only here.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if revision is not None and revision not in known:
        raise unavailable(
            _(
                "The database was made by a newer Recommendarr (revision {revision}); install that version again."
            ).format(revision=revision[:20])
        )
    if revision is not None:
        copy = back_up(url, revision, backups)
        _log.info("database backed up", path=str(copy))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    _log.info("database migrated", before=revision, after=HEAD)


def _make_folder(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise unavailable(
            _("The folder of the database cannot be made: {reason}.").format(
                reason=error.strerror or type(error).__name__
            )
        ) from None
