"""Requests that were filed elsewhere, of titles that become known only later."""

from __future__ import annotations

from datetime import timedelta

from bot.ports.requests import FiledRequest, MediaState, RequestState
from bot.services.sync.requested import OVERLAP
from tests.bot.services.sync.house import House, item
from tests.fakes.clock import NOON
from tests.samples import ref


async def test_an_old_request_is_told_again_once_its_title_is_known(house: House) -> None:
    """A service tells of requests without names, and an incremental listing leaves old ones out."""
    old, new = NOON - OVERLAP - timedelta(days=5), NOON
    house.seerr.filed = [
        FiledRequest("1", ref(2000), "9", RequestState.PENDING, MediaState.PENDING, (), old, old),
        FiledRequest("2", ref(1), "9", RequestState.PENDING, MediaState.PENDING, (), new, new),
    ]
    await house.sync.run()
    assert await asked_for(house) == {ref(1)}
    house.plex.item_list = [*house.plex.item_list, item("k9", "1", ref(2000), age=0)]
    await house.sync.run()
    assert await asked_for(house) == {ref(1), ref(2000)}
    async with house.storage() as uow:
        assert (await uow.sync_states.get("seerr", "requests")).note == {"unknown": []}


async def asked_for(house: House) -> set[object]:
    async with house.storage() as uow:
        states = await uow.request_states.all("seerr")
        titles = await uow.titles.get([state.title_id for state in states])
    return {title.ref for title in titles}
