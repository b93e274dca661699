"""Whatever is wrong with the database is told in one sentence, without SQL and without secrets."""

from __future__ import annotations

import asyncio
import socket
import sqlite3
import traceback
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url
from sqlalchemy.exc import DBAPIError

from adapters.storage import DATABASE_NAME, open_storage, transaction
from adapters.storage import engine as engine_module
from adapters.storage.failures import translated
from bot.errors import Unavailable
from bot.ports.storage import UnitOfWorkFactory
from tests.samples import film

SECRET = "s3cret-pw"


@contextmanager
def refused() -> Iterator[pytest.ExceptionInfo[Unavailable]]:
    """Expect `Unavailable("database")` in one clean sentence."""
    with pytest.raises(Unavailable) as caught:
        yield caught
    told = "".join(traceback.format_exception(caught.value))
    assert caught.value.service == "database"
    assert str(caught.value).endswith(".")
    assert "\n" not in str(caught.value)
    for word in (SECRET, "SELECT", "INSERT", "sqlalche.me", "[SQL"):
        assert word not in str(caught.value)
    assert SECRET not in told
    assert "[SQL" not in told


async def open_and_use(home: Path, url: str | None = None) -> None:
    async with open_storage(home, url) as factory, factory() as uow:
        await uow.titles.upsert([film(1)])
        await uow.commit()


async def test_a_file_of_something_else(home: Path) -> None:
    (home / DATABASE_NAME).write_bytes(b"This is no database at all. " * 200)
    with refused() as caught:
        await open_and_use(home)
    assert "damaged" in str(caught.value)
    assert (home / DATABASE_NAME).read_bytes().startswith(b"This is no database")


async def test_a_damaged_file(sqlite_home: Path) -> None:
    path = sqlite_home / DATABASE_NAME
    content = bytearray(path.read_bytes())
    content[200:] = b"\xff" * (len(content) - 200)
    path.write_bytes(content)
    with refused() as caught:
        await open_and_use(sqlite_home)
    assert "damaged" in str(caught.value)


async def test_a_folder_in_the_place_of_the_file(home: Path) -> None:
    (home / DATABASE_NAME).mkdir()
    with refused() as caught:
        await open_and_use(home)
    assert "cannot be opened" in str(caught.value)
    assert str(caught.value).startswith(str(home / DATABASE_NAME))


async def test_a_file_in_the_place_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("no folder")
    with refused() as caught:
        await open_and_use(tmp_path / "home" / "deeper")
    assert str(tmp_path / "home" / "deeper") in str(caught.value)


async def test_a_database_of_another_program(home: Path) -> None:
    with closing(sqlite3.connect(home / DATABASE_NAME)) as connection:
        connection.execute("CREATE TABLE bookmarks (id INTEGER)")
    with refused() as caught:
        await open_and_use(home)
    assert "not one of Recommendarr" in str(caught.value)


async def test_another_process_that_writes_for_too_long(sqlite_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(engine_module._SQLITE_OPTIONS, "timeout", 0.05)
    async with open_storage(sqlite_home) as factory:
        with closing(sqlite3.connect(sqlite_home / DATABASE_NAME, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with refused() as caught:
                async with factory() as uow:
                    assert await uow.titles.count() == 0  # reading goes on
                    await uow.members.add("Anna")
            assert "another program" in str(caught.value)
        async with factory() as uow:
            await uow.members.add("Anna")
            await uow.commit()


async def test_another_task_that_writes_for_too_long(
    sqlite_storage: UnitOfWorkFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transaction, "BUSY_SECONDS", 0.05)
    async with sqlite_storage() as uow, sqlite_storage() as late:
        await uow.members.add("Anna")
        with refused():
            await late.members.add("Ben")
        await uow.commit()
        await late.members.add("Ben")
        await late.commit()


async def test_a_full_disk(sqlite_home: Path) -> None:
    async with open_storage(sqlite_home) as factory, factory() as uow:
        pages = sqlite3.connect(sqlite_home / DATABASE_NAME).execute("PRAGMA page_count").fetchone()[0]
        await uow.members._transaction._connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")  # type: ignore[attr-defined]
        with refused() as caught:
            await uow.titles.upsert([film(number, overview="x" * 4000) for number in range(100)])
    assert "full" in str(caught.value)


async def test_a_naive_time_is_refused(sqlite_storage: UnitOfWorkFactory) -> None:
    async with sqlite_storage() as uow:
        from datetime import datetime

        with refused():
            await uow.conversations.purge(datetime(2026, 1, 1))  # noqa: DTZ001


async def test_a_server_that_is_not_there(tmp_path: Path) -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
        with refused() as caught:
            await open_and_use(tmp_path, f"postgresql://anna:{SECRET}@127.0.0.1:{port}/films")
    assert "cannot be reached" in str(caught.value)


@pytest.mark.postgres
async def test_a_database_that_is_not_there(tmp_path: Path, postgres_server: str) -> None:
    url = make_url(postgres_server).set(database="no such database", password=SECRET)
    with refused():
        await open_and_use(tmp_path, url.render_as_string(hide_password=False))


@pytest.mark.postgres
async def test_a_connection_that_the_server_ends(tmp_path: Path, postgres_url: str) -> None:
    async with open_storage(tmp_path, postgres_url) as factory:
        with refused():
            async with factory() as uow:
                await uow.members.add("Anna")
                await asyncio.to_thread(_end_other_sessions, postgres_url)
                await uow.members.add("Ben")
        async with factory() as uow:
            assert await uow.members.all() == []


@pytest.mark.parametrize(
    "state", ["40001", "40P01", "53100", "55P03", "57P01", "28P01", "3D000", "08006", "XX000", "22P02"]
)
def test_every_state_of_postgres_has_a_sentence(state: str) -> None:
    original = psycopg.errors.lookup(state)(f"detail with {SECRET}")
    with refused(), translated():
        raise DBAPIError("SELECT secret", {"p": SECRET}, original)


def _end_other_sessions(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(a.pid) FROM pg_stat_activity a JOIN pg_locks l USING (pid)"
            " JOIN pg_class c ON c.oid = l.relation WHERE a.application_name = 'recommendarr'"
            " AND c.oid = 'members'::regclass AND a.pid <> pg_backend_pid()"
        )
