"""What every implementation promises about requests, notices and the accounts of request services."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

from bot.chat.incoming import Place
from bot.model.titles import TitleRef
from bot.ports.requests import RequestUser
from bot.ports.storage import UnitOfWorkFactory
from bot.ports.storage_requests import Desk, Filing, FilingState, Notice
from tests.fakes.clock import NOON

ROOM = Place("discord", "1", "2")
DUNE, DARK = TitleRef.parse("movie:438631"), TitleRef.parse("series:70523")


async def people(storage: UnitOfWorkFactory) -> tuple[int, int]:
    async with storage() as uow:
        anna, ben = await uow.members.add("Anna"), await uow.members.add("Ben")
        await uow.commit()
    return anna.id, ben.id


def filing(member_id: int, key: str = "a", **values: object) -> Filing:
    made = Filing(key, member_id, "seerr", DUNE, "Dune (2021)", FilingState.SENDING, NOON, ROOM, "de", account="4")
    return replace(made, **values)  # type: ignore[arg-type]


async def add(storage: UnitOfWorkFactory, asked: Filing) -> Filing | None:
    async with storage() as uow:
        blocker = await uow.filings.add(asked)
        await uow.commit()
    return blocker


async def test_a_filing_comes_back_as_it_was_kept(storage: UnitOfWorkFactory) -> None:
    anna, _ = await people(storage)
    kept = filing(anna, reason="hé “x”", known=("3", "4"), ref=DARK, seasons=(1, 2), checked_at=NOON, words="no")
    assert await add(storage, kept) is None
    async with storage() as uow:
        assert await uow.filings.get("a") == kept
        assert list(await uow.filings.open()) == [kept]
        assert list(await uow.filings.of_member(anna)) == [kept]
        assert await uow.filings.of_request("seerr", "9") is None
        assert await uow.filings.get("b") is None


async def test_one_key_is_kept_once(storage: UnitOfWorkFactory) -> None:
    anna, ben = await people(storage)
    first = filing(anna)
    assert await add(storage, first) is None
    assert await add(storage, filing(ben, ref=DARK, seasons=(1,))) == first


async def test_one_film_is_asked_for_once_at_a_time_by_whomever(storage: UnitOfWorkFactory) -> None:
    anna, ben = await people(storage)
    first = filing(anna)
    results = await asyncio.gather(*(add(storage, filing(ben, str(number))) for number in range(20)))
    assert results.count(None) == 1
    assert await add(storage, first) is not None
    async with storage() as uow:
        (only,) = await uow.filings.open()
        assert await uow.filings.change(replace(only, state=FilingState.REFUSED), was=FilingState.SENDING)
        await uow.commit()
    assert await add(storage, first) is None


async def test_seasons_stand_in_each_others_way_only_where_they_meet(storage: UnitOfWorkFactory) -> None:
    anna, ben = await people(storage)
    assert await add(storage, filing(anna, "a", ref=DARK, seasons=(1, 2))) is None
    overlapping = await add(storage, filing(ben, "b", ref=DARK, seasons=(3, 2)))
    assert overlapping is not None
    assert overlapping.key == "a"
    # What was refused left nothing behind: season 3 is still free.
    assert await add(storage, filing(ben, "c", ref=DARK, seasons=(3,))) is None
    waiting = filing(ben, "too", ref=DARK, seasons=(1,), state=FilingState.WAITING)
    assert await add(storage, waiting) is None


async def test_of_two_who_change_a_filing_one_does(storage: UnitOfWorkFactory) -> None:
    anna, _ = await people(storage)
    kept = filing(anna)
    await add(storage, kept)

    async def settle(state: FilingState) -> bool:
        async with storage() as uow:
            done = await uow.filings.change(replace(kept, state=state, request_id="7"), was=FilingState.SENDING)
            await uow.commit()
        return done

    assert sorted(await asyncio.gather(settle(FilingState.PENDING), settle(FilingState.LOST))) == [False, True]
    async with storage() as uow:
        found = await uow.filings.of_request("seerr", "7")
        assert found is not None
        assert found.state in (FilingState.PENDING, FilingState.LOST)


async def test_what_ended_long_ago_is_forgotten(storage: UnitOfWorkFactory) -> None:
    anna, _ = await people(storage)
    await add(storage, filing(anna, "old"))
    await add(storage, filing(anna, "done", ref=DARK, seasons=(1,), state=FilingState.AVAILABLE))
    async with storage() as uow:
        assert await uow.filings.purge(NOON) == 0
        assert await uow.filings.purge(NOON + timedelta(seconds=1)) == 1
        assert [each.key for each in await uow.filings.of_member(anna)] == ["old"]


async def test_a_notice_is_due_until_it_is_told_and_kept_once(storage: UnitOfWorkFactory) -> None:
    anna, _ = await people(storage)
    await add(storage, filing(anna))
    notice = Notice("a:available", anna, "a", "available", ROOM, "fr", NOON)
    async with storage() as uow:
        assert await uow.notices.add(notice)
        assert not await uow.notices.add(replace(notice, kind="declined"))
        assert list(await uow.notices.due(NOON)) == [notice]
        await uow.notices.later(notice.key, NOON + timedelta(minutes=1))
        assert list(await uow.notices.due(NOON)) == []
        (again,) = await uow.notices.due(NOON + timedelta(minutes=1))
        assert again.tries == 1
        await uow.notices.told(notice.key, NOON)
        assert list(await uow.notices.due(NOON + timedelta(days=1))) == []
        assert not await uow.notices.add(notice)
        await uow.commit()


async def test_a_desk_is_kept_for_each_member(storage: UnitOfWorkFactory) -> None:
    anna, ben = await people(storage)
    async with storage() as uow:
        for desk in (Desk(ben, ROOM, "en"), Desk(anna, ROOM, "en"), Desk(anna, Place("telegram", "5"), "de")):
            await uow.notices.put_desk(desk)
        assert list(await uow.notices.desks()) == [Desk(anna, Place("telegram", "5"), "de"), Desk(ben, ROOM, "en")]
        assert await uow.notices.drop_desk(anna)
        assert not await uow.notices.drop_desk(anna)


async def test_accounts_are_what_the_service_told_last(storage: UnitOfWorkFactory) -> None:
    anna = RequestUser("2", "Anna", False, "77", None, ("1", "2"), "99")
    ben = RequestUser("3", "Ben", True, None, "ab12")
    async with storage() as uow:
        await uow.request_accounts.replace("seerr", [ben, anna, anna])
        assert list(await uow.request_accounts.of_source("seerr")) == [anna, ben]
        await uow.request_accounts.replace("other", [anna])
        await uow.request_accounts.replace("seerr", [ben])
        assert list(await uow.request_accounts.of_source("seerr")) == [ben]
        assert list(await uow.request_accounts.of_source("other")) == [anna]


async def test_a_person_who_is_gone_takes_their_requests_along(sqlite_storage: UnitOfWorkFactory) -> None:
    storage = sqlite_storage
    anna, _ = await people(storage)
    await add(storage, filing(anna))
    async with storage() as uow:
        await uow.personal.erase(anna, NOON)
        await uow.commit()
    async with storage() as uow:
        assert list(await uow.filings.open()) == []
