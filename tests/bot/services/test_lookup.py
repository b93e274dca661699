"""Titles by their ids, as far as they may be shown."""

from __future__ import annotations

from datetime import timedelta

from bot.model.members import Clearance
from bot.ports.storage import UnitOfWorkFactory
from bot.services.catalogue import CatalogueService
from bot.services.lookup import TitleLookup
from tests.fakes.ai import FAKE_ID, FakeVectorStore
from tests.fakes.clock import NOON
from tests.fakes.shelf import FakeShelf
from tests.samples import film


async def test_several_titles_come_at_once_without_those_that_may_not_be_shown(storage: UnitOfWorkFactory) -> None:
    async with storage() as uow:
        ids = list(await uow.titles.upsert([film(number) for number in range(1, 5)]))
        films = await uow.libraries.ensure("test", "films", "Films", public=True)
        attic = await uow.libraries.ensure("test", "attic", "Attic", public=False)
        await uow.libraries.put(films.id, ids[:2], added_at=NOON - timedelta(days=3))
        await uow.libraries.put(attic.id, ids[2:], added_at=NOON - timedelta(days=3))
        await uow.commit()
    lookup = TitleLookup(storage, CatalogueService(storage, FakeVectorStore(), FAKE_ID, shelf=FakeShelf()))
    asked = [*ids, ids[0], 999]
    everything = await lookup.by_ids(asked, Clearance(None, None))
    assert {title_id: title.id for title_id, title in everything.items()} == {title_id: title_id for title_id in ids}
    clearance = Clearance(frozenset({films.id}), None)
    assert (await lookup.by_ids(asked, clearance)).keys() == set(ids[:2])
    assert await lookup.by_ids([], clearance) == {}

    # Whoever loses a library, or a title that leaves it, finds that at the next look.
    assert await lookup.by_ids(asked, Clearance(frozenset(), None)) == {}
    async with storage() as uow:
        await uow.libraries.put(films.id, ids[2:3], added_at=NOON)
        await uow.commit()
    assert (await lookup.by_ids(asked, clearance)).keys() == set(ids[:3])
