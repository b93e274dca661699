"""The household with a fake Seerr, on the real database."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.ports.storage import UnitOfWorkFactory
from tests.bot.services.requesting.house import House, a_house
from tests.fakes.clock import FakeClock


@pytest.fixture
async def house(sqlite_storage: UnitOfWorkFactory, clock: FakeClock) -> AsyncIterator[House]:
    async with a_house(sqlite_storage, clock) as opened:
        yield opened
        opened.server.assert_clean()
