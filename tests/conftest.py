"""Fixtures that many tests share: homes, the embedding model, the database behind each of its implementations."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from sqlalchemy import URL, make_url

from adapters.models import install_minilm
from adapters.storage import DATABASE_NAME, open_storage
from adapters.storage.migrate import prepare
from bot.errors import Unavailable
from bot.ports.storage import UnitOfWorkFactory
from tests import postgres
from tests.fakes.clock import FakeClock
from tests.fakes.storage import FakeStorage

# A run that decides whether a change lands tries the same cases each time; runs by hand try new ones.
settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("ci")


@pytest.fixture(scope="session")
def models_dir() -> Path:
    """The real embedding model, installed once: in `RECOMMENDARR_TEST_MODELS`, else in `.cache/models`."""
    default = Path(__file__).parents[1] / ".cache" / "models"
    folder = Path(os.environ.get("RECOMMENDARR_TEST_MODELS") or default)
    try:
        install_minilm(folder)
    except Unavailable as error:
        pytest.skip(f"needs the embedding model: {error}")
    return folder


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An empty state directory."""
    folder = tmp_path / "home"
    folder.mkdir()
    return folder


@pytest.fixture
def clock() -> FakeClock:
    """A clock that stands still."""
    return FakeClock()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The URL of a PostgreSQL database; the test is skipped when there is none."""
    with postgres.server() as url:
        yield url


@pytest.fixture(scope="session")
def _postgres_schema(postgres_server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with postgres.schema(postgres_server) as url:
        prepare(make_url(url).set(drivername="postgresql+psycopg"), tmp_path_factory.mktemp("postgres"))
        yield url


@pytest.fixture
def postgres_url(_postgres_schema: str) -> str:
    """The URL of a migrated PostgreSQL schema without rows, which only this run of the tests sees."""
    postgres.empty(_postgres_schema)
    return _postgres_schema


@pytest.fixture
def new_postgres_url(postgres_server: str) -> Iterator[str]:
    """The URL of a PostgreSQL schema without tables."""
    with postgres.schema(postgres_server) as url:
        yield url


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty SQLite database, to be copied."""
    path = tmp_path_factory.mktemp("sqlite") / DATABASE_NAME
    prepare(URL.create("sqlite", database=str(path)), path.parent)
    return path


@pytest.fixture
def sqlite_home(home: Path, sqlite_template: Path) -> Path:
    """A state directory with a migrated, empty SQLite database."""
    shutil.copy(sqlite_template, home / DATABASE_NAME)
    return home


@pytest.fixture
async def sqlite_storage(sqlite_home: Path, clock: FakeClock) -> AsyncIterator[UnitOfWorkFactory]:
    """The real database on SQLite."""
    async with open_storage(sqlite_home, clock=clock) as factory:
        yield factory


@pytest.fixture
def fake_storage(clock: FakeClock) -> FakeStorage:
    """The database in memory."""
    return FakeStorage(clock)


@pytest.fixture(params=["fake", "sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
async def storage(request: pytest.FixtureRequest, clock: FakeClock) -> AsyncIterator[UnitOfWorkFactory]:
    """Each implementation of the database in turn, empty."""
    if request.param == "fake":
        yield FakeStorage(clock)
        return
    place = request.getfixturevalue("sqlite_home" if request.param == "sqlite" else "postgres_url")
    home: Path = request.getfixturevalue("home")
    async with open_storage(home, place if isinstance(place, str) else None, clock=clock) as factory:
        yield factory
