"""Backups: made before a migration, consistent, few, and of use."""

from __future__ import annotations

import asyncio
import gzip
import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import make_url

from adapters.storage import DATABASE_NAME, migrate, open_storage
from adapters.storage import backup as backup_module
from adapters.storage.backup import KEPT, back_up
from adapters.storage.engine import locate
from adapters.storage.migrations import HEAD, VERSION_TABLE
from bot.errors import Unavailable
from bot.model.history import WatchEvent
from bot.ports.storage import UnitOfWorkFactory
from tests.fakes.clock import NOON
from tests.samples import film


async def fill(factory: UnitOfWorkFactory) -> None:
    async with factory() as uow:
        anna = await uow.members.add("Anna\t\\.\n„ü“")
        (title,) = await uow.titles.upsert([film(1, overview="tab\there, back\\slash, line\nbreak", year=None)])
        await uow.histories.add_events([WatchEvent(anna.id, title, "plex", "1", NOON)])
        await uow.commit()


async def test_an_older_database_is_copied_first(sqlite_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with open_storage(sqlite_home) as factory:
        await fill(factory)
    monkeypatch.setattr(migrate, "HEAD", "9999")  # as if this program knew a further revision
    async with open_storage(sqlite_home):
        pass
    (copy,) = (sqlite_home / "backups").iterdir()
    assert copy.name.startswith(f"recommendarr-{HEAD}-")
    assert copy.suffix == ".db"
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("SELECT count(*) FROM watch_events").fetchone() == (1,)
    monkeypatch.undo()
    shutil.copy(copy, sqlite_home / DATABASE_NAME)
    async with open_storage(sqlite_home) as factory, factory() as uow:
        assert await uow.titles.count() == 1


async def test_a_copy_holds_what_is_still_in_the_log(sqlite_home: Path) -> None:
    async with open_storage(sqlite_home) as factory:
        await fill(factory)
        assert (sqlite_home / f"{DATABASE_NAME}-wal").stat().st_size > 0
        copy = back_up(locate(sqlite_home, DATABASE_NAME, None), HEAD, sqlite_home / "backups")
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("SELECT count(*) FROM members").fetchone() == (1,)
    assert list(copy.parent.iterdir()) == [copy]


def test_only_the_newest_copies_are_kept(sqlite_home: Path) -> None:
    url = locate(sqlite_home, DATABASE_NAME, None)
    folder = sqlite_home / "backups"
    folder.mkdir()
    (folder / "mine.db").touch()
    made = [back_up(url, f"{9 - number:04}", folder) for number in range(KEPT + 2)]
    assert sorted(folder.iterdir()) == sorted([*made[-KEPT:], folder / "mine.db"])


async def test_no_migration_without_a_copy(sqlite_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (sqlite_home / "backups").write_text("in the way")
    before = (sqlite_home / DATABASE_NAME).read_bytes()
    monkeypatch.setattr(migrate, "HEAD", "9999")
    with pytest.raises(Unavailable, match="cannot be backed up"):
        async with open_storage(sqlite_home):
            pass
    assert (sqlite_home / DATABASE_NAME).read_bytes() == before


def test_a_copy_that_fails_leaves_nothing(sqlite_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_path: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backup_module, "_sync", fail)
    with pytest.raises(Unavailable, match="No space left on device"):
        back_up(locate(sqlite_home, DATABASE_NAME, None), HEAD, sqlite_home / "backups")
    assert list((sqlite_home / "backups").iterdir()) == []


@pytest.mark.postgres
async def test_a_postgres_copy_can_be_loaded(home: Path, new_postgres_url: str, tmp_path: Path) -> None:
    psql = shutil.which("psql")
    if psql is None:
        pytest.skip("psql is not installed")
    url = make_url(new_postgres_url)
    async with open_storage(home, new_postgres_url) as factory:
        await fill(factory)
        async with factory() as uow:
            (anna,) = await uow.members.all()
            history = await uow.histories.of(anna.id)
            copy = back_up(url.set(drivername="postgresql+psycopg"), HEAD, home / "backups")
            await uow.members.add("added later")
            await uow.commit()
    script = tmp_path / "copy.sql"
    script.write_bytes(gzip.decompress(copy.read_bytes()))
    environment = {**os.environ, "PGOPTIONS": str(url.query["options"])}
    plain = url.difference_update_query(["options"]).render_as_string(hide_password=False)
    command: list[str | Path] = [psql, "-q", "-o", os.devnull, "-f", script, plain]
    await asyncio.to_thread(lambda: subprocess.run(command, env=environment, check=True))
    async with open_storage(home, new_postgres_url) as factory, factory() as uow:
        assert await uow.members.all() == [anna]
        assert await uow.histories.of(anna.id) == history
        assert (await uow.members.add("Ben")).id > anna.id
        (other,) = await uow.titles.upsert([film(2)])
        assert [title.id for title in await uow.titles.get([history.events[0].title_id, other])] != [other]


@pytest.mark.postgres
async def test_a_postgres_copy_is_for_its_own_revision(home: Path, new_postgres_url: str) -> None:
    import psycopg

    async with open_storage(home, new_postgres_url) as factory:
        await fill(factory)
    copy = back_up(make_url(new_postgres_url).set(drivername="postgresql+psycopg"), "9999", home / "backups")
    lines = gzip.decompress(copy.read_bytes()).decode().splitlines()
    check = next(line for line in lines if line.startswith("DO "))
    assert VERSION_TABLE in check
    with psycopg.connect(new_postgres_url) as connection, pytest.raises(psycopg.errors.AssertFailure, match="9999"):
        connection.execute(check)
