"""The household of the sync tests on a database in memory."""

from __future__ import annotations

import pytest

from tests.bot.services.sync.house import House
from tests.fakes.clock import FakeClock
from tests.fakes.storage import FakeStorage


@pytest.fixture
def house(fake_storage: FakeStorage, clock: FakeClock) -> House:
    """Nothing is synced yet."""
    return House(fake_storage, clock)
