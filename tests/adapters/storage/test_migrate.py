"""Migrations: from nothing, from the last revision, twice, at once, from the future."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, make_url

import adapters.storage
from adapters.storage import DATABASE_NAME, migrate, open_storage
from adapters.storage.engine import locate, sync_engine
from adapters.storage.migrations import HEAD, VERSION_TABLE
from adapters.storage.tables import metadata
from bot.errors import Unavailable
from tests.samples import film


def test_head_is_the_newest_revision() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(adapters.storage.__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    assert ScriptDirectory.from_config(config).get_heads() == [HEAD]


def differences(url: URL) -> list[object]:
    engine = sync_engine(url)
    try:
        with engine.connect() as connection:
            options = {"version_table": VERSION_TABLE, "compare_type": True}
            context = MigrationContext.configure(connection, opts=options)
            return list(compare_metadata(context, metadata))
    finally:
        engine.dispose()


def test_the_migrations_make_the_tables_of_the_program_on_sqlite(sqlite_home: Path) -> None:
    assert differences(locate(sqlite_home, DATABASE_NAME, None)) == []


@pytest.mark.postgres
def test_the_migrations_make_the_tables_of_the_program_on_postgres(postgres_url: str) -> None:
    assert differences(make_url(postgres_url).set(drivername="postgresql+psycopg")) == []


async def test_starting_again_keeps_everything_and_copies_nothing(home: Path) -> None:
    for _ in range(2):
        async with open_storage(home) as factory, factory() as uow:
            await uow.titles.upsert([film(1)])
            await uow.commit()
            assert await uow.titles.count() == 1
    assert not (home / "backups").exists()


async def test_a_database_of_the_first_revision_is_copied_and_keeps_everything(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from alembic import command

    upgrade = command.upgrade
    url = locate(home, DATABASE_NAME, None)
    with monkeypatch.context() as before:
        before.setattr(command, "upgrade", lambda config, _head: upgrade(config, "0001"))
        before.setattr(migrate, "HEAD", "0001")
        migrate.prepare(url, home / "backups")
    with closing(sqlite3.connect(home / DATABASE_NAME)) as connection, connection:
        connection.execute("INSERT INTO members VALUES (7, 'Anna', 'anna', NULL, 12, 0, '2026-01-01 00:00:00', 3)")
    async with open_storage(home) as factory, factory() as uow:
        (anna,) = await uow.members.all()
        assert (anna.id, anna.age_limit, await uow.histories.version(7)) == (7, 12, 3)
        await uow.quizzes.weigh(7, {"War": 1.0})
        assert (await uow.quizzes.of(7)).genres == {"War": 1.0}
    assert differences(url) == []
    (copy,) = (home / "backups").iterdir()
    assert copy.name.startswith("recommendarr-0001-")
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("SELECT name FROM members").fetchall() == [("Anna",)]
        assert not connection.execute("SELECT name FROM sqlite_master WHERE name LIKE 'quiz%'").fetchall()


async def test_several_first_starts_at_once(home: Path) -> None:
    url = locate(home, DATABASE_NAME, None)
    await asyncio.gather(*(asyncio.to_thread(migrate.prepare, url, home / "backups") for _ in range(4)))
    assert differences(url) == []


async def test_a_first_start_waits_for_one_that_has_not_begun_to_write_ahead(home: Path) -> None:
    url = locate(home, DATABASE_NAME, None)
    with closing(sqlite3.connect(home / DATABASE_NAME, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        start = asyncio.create_task(asyncio.to_thread(migrate.prepare, url, home / "backups"))
        done, _pending = await asyncio.wait([start], timeout=0.3)
        assert not done
        other.execute("COMMIT")
    await start
    assert differences(url) == []


@pytest.mark.postgres
async def test_several_first_starts_at_once_on_postgres(home: Path, new_postgres_url: str) -> None:
    url = locate(home, DATABASE_NAME, new_postgres_url)
    await asyncio.gather(*(asyncio.to_thread(migrate.prepare, url, home / "backups") for _ in range(4)))
    assert differences(url) == []


async def test_a_newer_database_is_left_alone(sqlite_home: Path) -> None:
    path = sqlite_home / DATABASE_NAME
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(f"UPDATE {VERSION_TABLE} SET version_num = '9999'")
    before = path.read_bytes()
    with pytest.raises(Unavailable, match=r"newer Recommendarr \(revision 9999\)"):
        async with open_storage(sqlite_home):
            pass
    assert path.read_bytes() == before
    assert not (sqlite_home / "backups").exists()


async def test_a_killed_migration_leaves_nothing_half_done(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from alembic import command

    upgrade = command.upgrade

    def upgrade_and_die(config: Config, revision: str) -> None:
        upgrade(config, revision)
        raise KeyboardInterrupt

    monkeypatch.setattr(command, "upgrade", upgrade_and_die)
    url = locate(home, DATABASE_NAME, None)
    with pytest.raises(KeyboardInterrupt):
        migrate.prepare(url, home)
    with closing(sqlite3.connect(home / DATABASE_NAME)) as connection:
        assert connection.execute("SELECT name FROM sqlite_master").fetchall() == []
    monkeypatch.undo()
    migrate.prepare(url, home)
    assert differences(url) == []


@pytest.mark.postgres
async def test_a_shared_postgres_database(home: Path, new_postgres_url: str) -> None:
    import psycopg

    with psycopg.connect(new_postgres_url) as connection:
        connection.execute("CREATE TABLE alembic_version (version_num text)")
    async with open_storage(home, new_postgres_url) as factory, factory() as uow:
        assert await uow.titles.count() == 0


@pytest.mark.postgres
async def test_a_postgres_database_whose_tables_are_taken(home: Path, new_postgres_url: str) -> None:
    import psycopg

    with psycopg.connect(new_postgres_url) as connection:
        connection.execute("CREATE TABLE members (id int)")
    with pytest.raises(Unavailable, match="not one of Recommendarr"):
        async with open_storage(home, new_postgres_url):
            pass
