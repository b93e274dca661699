"""What every implementation of the unit of work promises: transactions, members, libraries, checkpoints."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.errors import Unavailable
from bot.model.members import LinkedAccount
from bot.ports.storage import UnitOfWorkFactory
from tests.fakes.clock import NOON, FakeClock
from tests.samples import film


async def test_what_is_not_committed_is_gone(storage: UnitOfWorkFactory) -> None:
    async with storage() as uow:
        await uow.members.add("Anna")
        assert await uow.members.by_name("Anna") is not None
    async with storage() as uow:
        assert await uow.members.all() == []


async def test_an_error_rolls_back(storage: UnitOfWorkFactory) -> None:
    with pytest.raises(ZeroDivisionError):
        async with storage() as uow:
            await uow.titles.upsert([film(603)])
            _ = 1 / 0
    async with storage() as uow:
        assert await uow.titles.count() == 0
        assert await uow.titles.version() == 0


async def test_work_goes_on_after_commit_and_rollback(storage: UnitOfWorkFactory) -> None:
    async with storage() as uow:
        await uow.members.add("Anna")
        await uow.commit()
        await uow.members.add("Ben")
        await uow.rollback()
        await uow.members.add("Cleo")
        await uow.commit()
    async with storage() as uow:
        assert [member.name for member in await uow.members.all()] == ["Anna", "Cleo"]


async def test_nobody_else_sees_what_is_not_committed(storage: UnitOfWorkFactory) -> None:
    async with storage() as writer, storage() as reader:
        await writer.members.add("Anna")
        assert await reader.members.by_name("Anna") is None
        await writer.commit()
        assert await reader.members.by_name("Anna") is not None


async def test_a_cancelled_writer_makes_way(storage: UnitOfWorkFactory) -> None:
    started = asyncio.Event()

    async def write_and_wait() -> None:
        async with storage() as uow:
            await uow.members.add("Anna")
            started.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(write_and_wait())
    await started.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    async with storage() as uow:
        await uow.members.add("Ben")
        await uow.commit()
        assert [member.name for member in await uow.members.all()] == ["Ben"]


async def test_concurrent_writers_all_get_their_turn(storage: UnitOfWorkFactory) -> None:
    async def add(name: str) -> None:
        async with storage() as uow:
            await uow.titles.version()  # a read before the write must not make the write fail
            await uow.members.add(name)
            await uow.titles.upsert([film(1), film(int(name))])
            await uow.commit()

    await asyncio.gather(*(add(str(number)) for number in range(2, 18)))
    async with storage() as uow:
        assert len(await uow.members.all()) == 16
        assert await uow.titles.count() == 17


async def test_member_names_are_case_folded(storage: UnitOfWorkFactory, clock: FakeClock) -> None:
    async with storage() as uow:
        member = await uow.members.add("Straße", locale="de", age_limit=12, is_admin=True)
        assert await uow.members.add(" STRASSE ", age_limit=99) == member
        await uow.commit()
    async with storage() as uow:
        assert await uow.members.by_name("strasse") == member
        assert await uow.members.get(member.id) == member
        assert (member.locale, member.age_limit, member.is_admin) == ("de", 12, True)
        assert member.created_at == clock.now()
        assert await uow.members.get(member.id + 1) is None


async def test_saving_a_member_replaces_its_fields(storage: UnitOfWorkFactory) -> None:
    async with storage() as uow:
        anna, ben = await uow.members.add("Anna", locale="de"), await uow.members.add("Ben")
        await uow.members.save(replace(anna, name="Hanna", locale=None, age_limit=16))
        await uow.commit()
    async with storage() as uow:
        assert await uow.members.by_name("hanna") == replace(anna, name="Hanna", locale=None, age_limit=16)
        assert await uow.members.by_name("Anna") is None
        with pytest.raises(Unavailable):
            await uow.members.save(replace(ben, name="HANNA"))


async def test_accounts_are_linked_moved_and_unlinked(storage: UnitOfWorkFactory) -> None:
    async with storage() as uow:
        anna, ben = await uow.members.add("Anna"), await uow.members.add("Ben")
        await uow.members.link(LinkedAccount(anna.id, "plex", "17", NOON))
        await uow.members.link(LinkedAccount(anna.id, "discord", "17", NOON))
        assert await uow.members.by_account("plex", "17") == anna
        await uow.members.link(LinkedAccount(ben.id, "plex", "17", NOON + timedelta(days=1)))
        await uow.commit()
        assert await uow.members.by_account("plex", "17") == ben
        assert await uow.members.accounts(anna.id) == [LinkedAccount(anna.id, "discord", "17", NOON)]
        assert await uow.members.accounts(ben.id) == [LinkedAccount(ben.id, "plex", "17", NOON + timedelta(days=1))]
        await uow.members.unlink("plex", "17")
        await uow.members.unlink("plex", "nobody")
        assert await uow.members.by_account("plex", "17") is None


async def test_an_account_of_nobody_is_refused(storage: UnitOfWorkFactory) -> None:
    async with storage() as uow:
        with pytest.raises(Unavailable) as caught:
            await uow.members.link(LinkedAccount(4711, "plex", "17", NOON))
    assert caught.value.service == "database"


async def test_access_is_what_was_granted_and_what_is_public(storage: UnitOfWorkFactory) -> None:
    async with storage() as uow:
        anna, ben = await uow.members.add("Anna"), await uow.members.add("Ben")
        first, second = await uow.libraries.ensure("plex", "1", "Films"), await uow.libraries.ensure("plex", "2", "TV")
        public = await uow.libraries.ensure("import", "x", "Imported", public=True)
        await uow.members.grant(anna.id, [first.id, second.id, first.id])
        await uow.commit()
        assert await uow.members.access(anna.id) == {first.id, second.id, public.id}
        await uow.members.grant(anna.id, [second.id])
        assert await uow.members.access(anna.id) == {second.id, public.id}
        await uow.members.grant(anna.id, [])
        assert await uow.members.access(anna.id) == await uow.members.access(ben.id) == {public.id}


async def test_libraries_follow_the_call(storage: UnitOfWorkFactory) -> None:
    async with storage() as uow:
        library = await uow.libraries.ensure("plex", "1", "Films")
        version = await uow.titles.version()
        assert version > 0
        assert await uow.libraries.ensure("plex", "1", "Films") == library
        assert await uow.titles.version() == version
        renamed = await uow.libraries.ensure("plex", "1", "Movies", public=True)
        assert renamed == replace(library, name="Movies", public=True)
        assert await uow.titles.version() > version
        other = await uow.libraries.ensure("emby", "1", "Films")
        assert await uow.libraries.all() == [renamed, other]


async def test_titles_keep_their_place_and_date(storage: UnitOfWorkFactory) -> None:
    async with storage() as uow:
        first, second = [await uow.libraries.ensure("plex", key, key) for key in ("1", "2")]
        old, new, undated = await uow.titles.upsert([film(1), film(2), film(3)])
        await uow.libraries.put(first.id, [old, old], added_at=NOON)
        await uow.libraries.put(second.id, [old, new], added_at=NOON - timedelta(days=1))
        await uow.libraries.put(first.id, [undated])
        version = await uow.titles.version()
        await uow.libraries.put(first.id, [old, undated])
        await uow.libraries.put(first.id, [old], added_at=NOON - timedelta(days=9))
        await uow.libraries.put(first.id, [])
        await uow.libraries.remove(first.id, [new])
        assert await uow.titles.version() == version
        assert await uow.titles.added() == {old: NOON - timedelta(days=1), new: NOON - timedelta(days=1)}
        assert [title.libraries for title in await uow.titles.get([old, new])] == [{first.id, second.id}, {second.id}]
        await uow.libraries.remove(second.id, [old, new])
        assert await uow.titles.version() > version
        await uow.libraries.put(first.id, [undated], added_at=NOON)
        assert await uow.titles.added() == {old: NOON, undated: NOON}


async def test_an_unknown_title_has_no_place(storage: UnitOfWorkFactory) -> None:
    async with storage() as uow:
        library = await uow.libraries.ensure("plex", "1", "Films")
        with pytest.raises(Unavailable):
            await uow.libraries.put(library.id, [4711])


async def test_checkpoints_belong_to_the_transaction(storage: UnitOfWorkFactory) -> None:
    async with storage() as uow:
        assert await uow.imports.checkpoint("tmdb-csv", "d1") == 0
        await uow.imports.advance("tmdb-csv", "d1", 500, note={"file": "a.csv"})
        await uow.commit()
        await uow.imports.advance("tmdb-csv", "d1", 1000)
        assert await uow.imports.checkpoint("tmdb-csv", "d1") == 1000
    async with storage() as uow:
        assert await uow.imports.checkpoint("tmdb-csv", "d1") == 500
        assert await uow.imports.checkpoint("tmdb-csv", "d2") == 0
        assert await uow.imports.checkpoint("letterboxd", "d1") == 0
