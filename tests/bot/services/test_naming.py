"""What is named with what somebody liked."""

from __future__ import annotations

import numpy as np

from bot.ports.storage_sync import Relation
from bot.services.catalogue import CatalogueService
from bot.services.naming import named_with
from bot.services.profiles import ProfilesService
from engine.profile import ProfileConfig
from tests.bot.services.sync.house import House
from tests.fakes.ai import FAKE_ID, FakeVectorStore
from tests.fakes.clock import FakeClock
from tests.fakes.shelf import FakeShelf
from tests.fakes.storage import FakeStorage
from tests.samples import ref


async def named(storage: FakeStorage, clock: FakeClock, account: str) -> dict[str, float] | None:
    """How strongly each title is named for somebody, by its reference."""
    view = await CatalogueService(storage, FakeVectorStore(), FAKE_ID, shelf=FakeShelf()).view()
    async with storage() as uow:
        member = await uow.members.by_account("plex", account)
        assert member is not None
        refs = {title.id: str(title.ref) async for batch in uow.titles.stream() for title in batch}
    profile = await ProfilesService(storage, ProfileConfig()).of(member, view, clock.now())
    values = await named_with(storage, view, profile)
    if values is None:
        return None
    assert np.isfinite(values).all()
    return {refs[int(view.catalogue.ids[row])]: float(values[row]) for row in np.flatnonzero(values)}


async def test_what_is_named_with_liked_titles(fake_storage: FakeStorage, clock: FakeClock) -> None:
    house = House(fake_storage, clock)
    await house.sync.run()
    found = await named(fake_storage, clock, "a")
    assert found is not None
    assert max(found.values()) == 1.0
    assert found["movie:500"] > 0
    assert "movie:3" not in found
    async with fake_storage() as uow:
        for title_id in (await uow.titles.by_refs([ref(n) for n in (1, 2, 77)])).values():
            for relation in Relation:
                await uow.metadata.link(title_id, relation, [])
        await uow.commit()
    assert await named(fake_storage, clock, "a") is None


async def test_nothing_is_named_for_somebody_without_a_history(fake_storage: FakeStorage, clock: FakeClock) -> None:
    house = House(fake_storage, clock)
    house.tautulli.watch_list = []
    house.plex.rating_list = []
    await house.sync.run()
    assert await named(fake_storage, clock, "b") is None
