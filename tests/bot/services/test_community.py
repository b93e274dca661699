"""What is learnt from a household, and from whom nothing is."""

from __future__ import annotations

from datetime import timedelta
from time import sleep

import pytest

from bot.model.history import WatchEvent
from bot.ports.storage import UnitOfWorkFactory
from bot.services.catalogue import CatalogueService
from bot.services.community import CommunityService
from engine.scoring.public import PublicKnowledge
from tests.fakes.ai import FAKE_ID, FakeVectorStore
from tests.fakes.clock import NOON
from tests.fakes.shelf import FakeShelf
from tests.fakes.storage import FakeStorage
from tests.samples import film


class NoPublicKnowledge:
    """Nothing is installed."""

    def version(self) -> str:
        return ""

    def read(self) -> PublicKnowledge | None:
        return None


async def people_heard(storage: UnitOfWorkFactory, *private: str) -> int:
    shelf = FakeShelf()
    view = await CatalogueService(storage, FakeVectorStore(), FAKE_ID, shelf=shelf).view()
    service = CommunityService(storage, shelf=shelf, public=NoPublicKnowledge(), keep_private=private)
    return (await service.resources(view, NOON)).people


@pytest.mark.parametrize(("private", "heard"), [((), 4), (("anna",), 3), (("Anna", "Ben", "nobody"), 2)])
async def test_nothing_is_learnt_from_those_who_keep_theirs_private(
    fake_storage: FakeStorage, private: tuple[str, ...], heard: int
) -> None:
    async with fake_storage() as uow:
        titles = await uow.titles.upsert([film(number) for number in range(1, 6)])
        for name in ("Anna", "Ben", "Cleo", "Dan"):
            member = await uow.members.add(name)
            await uow.histories.add_events(
                WatchEvent(member.id, title, "test", f"{name}/{title}", NOON - timedelta(days=place), 1.0)
                for place, title in enumerate(titles)
            )
        await uow.commit()
    assert await people_heard(fake_storage, *private) == heard


class SlowPublicKnowledge(NoPublicKnowledge):
    """Takes as long to look at as learning from hundreds of people does."""

    def version(self) -> str:
        sleep(0.06)
        return ""


async def test_nobody_waits_for_what_takes_long_to_learn_again(
    fake_storage: FakeStorage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.services.community._COST_SHARE", 0.0)
    async with fake_storage() as uow:
        titles = await uow.titles.upsert([film(number) for number in range(1, 6)])
        await uow.commit()
    shelf = FakeShelf()
    view = await CatalogueService(fake_storage, FakeVectorStore(), FAKE_ID, shelf=shelf).view()
    service = CommunityService(fake_storage, shelf=shelf, public=SlowPublicKnowledge())
    assert (await service.resources(view, NOON)).people == 1  # nobody yet counts as one
    async with fake_storage() as uow:
        for name in ("Anna", "Ben"):
            member = await uow.members.add(name)
            await uow.histories.add_events([WatchEvent(member.id, titles[0], "test", name, NOON, 1.0)])
        await uow.commit()
    assert (await service.resources(view, NOON)).people == 1
    assert service._refreshing is not None
    await service._refreshing
    assert (await service.resources(view, NOON)).people == 2
    await service.close()
