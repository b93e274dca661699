"""Where the database is, and how it is opened."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from adapters.storage import DATABASE_NAME, open_storage
from adapters.storage.engine import async_engine, locate, sqlite_path
from adapters.storage.migrate import prepare
from bot.errors import InvalidSettings
from bot.ports.storage import UnitOfWorkFactory


def test_the_database_is_in_the_home_unless_told_otherwise(tmp_path: Path) -> None:
    assert sqlite_path(locate(tmp_path, "a.db", None)) == tmp_path / "a.db"
    assert sqlite_path(locate(tmp_path, "a.db", f"sqlite:///{tmp_path}/b.db")) == tmp_path / "b.db"
    assert sqlite_path(locate(tmp_path, "a.db", f"sqlite+aiosqlite:///{tmp_path}/b.db")) == tmp_path / "b.db"


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_postgres_is_spoken_to_through_psycopg(tmp_path: Path, scheme: str) -> None:
    url = locate(tmp_path, "a.db", f"{scheme}://anna:s%40crt@db:5433/films?sslmode=require")
    assert (url.drivername, url.password, url.port) == ("postgresql+psycopg", "s@crt", 5433)
    assert sqlite_path(url) is None


@pytest.mark.parametrize(
    "url",
    ["", "nonsense-s3cret", "mysql://anna:s3cret@db/films", "postgresql://anna:s3cret@db:port/films",
     "postgresql://anna:s3cret@db", "sqlite://", "sqlite:///:memory:", "sqlite:///file:x?mode=memory"],
)  # fmt: skip
def test_another_url_is_refused_without_being_told(tmp_path: Path, url: str) -> None:
    with pytest.raises(InvalidSettings) as caught:
        locate(tmp_path, "a.db", url)
    assert "s3cret" not in str(caught.value)


async def test_sqlite_is_set_up_for_several_readers_and_one_writer(tmp_path: Path) -> None:
    url = locate(tmp_path, "a.db", None)
    prepare(url, tmp_path / "backups")
    engine = async_engine(url)
    expected = {"journal_mode": "wal", "foreign_keys": 1, "synchronous": 1, "busy_timeout": 10_000}
    async with engine.connect() as connection:
        for pragma, value in expected.items():
            assert (await connection.exec_driver_sql(f"PRAGMA {pragma}")).scalar_one() == value
    await engine.dispose()


async def test_a_named_file_is_made_with_its_folder(tmp_path: Path) -> None:
    path = tmp_path / "new folder ü" / "50%" / "films.db"
    async with open_storage(tmp_path, f"sqlite:///{path}") as factory, factory() as uow:
        await uow.members.add("Anna")
        await uow.commit()
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT name FROM members").fetchall() == [("Anna",)]
    assert not (tmp_path / DATABASE_NAME).exists()


@pytest.fixture
def plans(sqlite_home: Path) -> Iterator[sqlite3.Connection]:
    """A plain connection to the database, to ask for query plans."""
    with closing(sqlite3.connect(sqlite_home / DATABASE_NAME)) as connection:
        yield connection


@pytest.mark.parametrize(
    ("query", "index"),
    [
        ("SELECT * FROM title_refs WHERE kind='movie' AND source='tmdb' AND value='1'", "(value=? AND source=? AND"),
        ("SELECT * FROM watch_events WHERE member_id=1 ORDER BY watched_at, id", "member_id_watched_at"),
        ("SELECT title_id, count(DISTINCT member_id) FROM watch_events GROUP BY title_id", "title_id_member_id"),
        ("SELECT * FROM ratings WHERE member_id=1", "ratings_1 (member_id=?)"),
        ("SELECT * FROM exposures WHERE member_id=1 AND shown_at>='2026'", "member_id_shown_at"),
        ("SELECT * FROM recommendation_log WHERE member_id=1 AND title_id=1 ORDER BY shown_at DESC", "shown_at"),
        ("SELECT * FROM title_aliases WHERE title_id BETWEEN 1 AND 9", "title_aliases_1 (title_id>?"),
    ],
)  # fmt: skip
def test_what_is_asked_often_has_an_index(plans: sqlite3.Connection, query: str, index: str) -> None:
    plan = " ".join(row[3] for row in plans.execute(f"EXPLAIN QUERY PLAN {query}"))
    assert index in plan


async def test_everything_is_closed_at_the_end(sqlite_home: Path) -> None:
    factory: UnitOfWorkFactory
    async with open_storage(sqlite_home) as factory, factory() as uow:
        await uow.members.add("Anna")
        await uow.commit()
    # The last connection to close folds the write-ahead log back into the file.
    assert list(sqlite_home.glob("*")) == [sqlite_home / DATABASE_NAME]  # noqa: ASYNC240
