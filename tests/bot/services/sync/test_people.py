"""People of servers, and that what they may see follows the servers at the next answer."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.model.members import LinkedAccount, Member
from bot.ports.media import ServerLibrary, ServerUser
from bot.services.accounts import AccountsService
from bot.services.catalogue import CatalogueService
from tests.bot.services.sync.house import House
from tests.databases import versions
from tests.fakes.ai import FAKE_ID, FakeVectorStore
from tests.fakes.clock import NOON
from tests.fakes.shelf import FakeShelf


async def member(house: House, account: str, source: str = "plex") -> Member:
    async with house.storage() as uow:
        found = await uow.members.by_account(source, account)
    assert found is not None
    return found


async def sees(house: House, account: str, source: str = "plex") -> set[str]:
    """The libraries that somebody may see."""
    async with house.storage() as uow:
        libraries = {library.id: f"{library.source}/{library.key}" for library in await uow.libraries.all()}
        return {libraries[one] for one in await uow.members.access((await member(house, account, source)).id)}


async def offered(house: House, account: str) -> set[str]:
    """The titles in libraries that an answer for somebody may name."""
    catalogue = CatalogueService(house.storage, FakeVectorStore(), FAKE_ID, shelf=FakeShelf())
    view = await catalogue.view()
    clearance = await AccountsService(house.storage).clearance(await member(house, account))
    allowed = view.allowed(clearance) & view.catalogue.in_any_library
    async with house.storage() as uow:
        return {title.facts.title for title in await uow.titles.get([int(i) for i in view.catalogue.ids[allowed]])}


async def test_people_get_libraries_limits_and_ownership(house: House) -> None:
    await house.sync.run()
    anna, ben = await member(house, "a"), await member(house, "b")
    assert (anna.name, anna.is_admin, anna.locale, anna.age_limit) == ("Anna", True, "de", None)
    assert (ben.is_admin, ben.age_limit) == (False, 12)
    assert await sees(house, "a") == {"plex/1", "plex/2", "plex/3"}
    assert await sees(house, "b") == {"plex/1"}
    assert await sees(house, "ja", "jellyfin") == {"jellyfin/j"}


async def test_people_of_one_name_stay_two_people(house: House) -> None:
    """Otherwise whoever takes somebody's name on another server would take their history too."""
    await house.sync.run()
    assert (await member(house, "ja", "jellyfin")).name == "anna (jellyfin)"
    house.jellyfin.user_list = [*house.jellyfin.user_list, ServerUser("jb", "ANNA", ()), ServerUser("jc", " ", ())]
    await house.sync.run()
    assert (await member(house, "jb", "jellyfin")).name == "ANNA (jellyfin 2)"
    assert (await member(house, "jc", "jellyfin")).name == "jellyfin"


async def test_a_linked_account_is_the_person_it_is_linked_to(house: House) -> None:
    async with house.storage() as uow:
        anna = await uow.members.add("Anna Alba")
        await uow.members.link(LinkedAccount(anna.id, "plex", "a", NOON))
        await uow.members.link(LinkedAccount(anna.id, "jellyfin", "ja", NOON))
        await uow.commit()
    await house.sync.run()
    assert (await member(house, "a")).id == (await member(house, "ja", "jellyfin")).id == anna.id
    assert await sees(house, "a") == {"plex/1", "plex/2", "plex/3", "jellyfin/j"}
    # The strictest limit of all accounts counts, and owning one server makes an admin.
    assert (await member(house, "a")).age_limit == 16
    assert (await member(house, "a")).is_admin
    house.jellyfin.user_list = [replace(house.jellyfin.user_list[0], age_limit=None)]
    await house.sync.permissions()
    assert (await member(house, "a")).age_limit is None
    async with house.storage() as uow:  # and whoever is unlinked keeps what the other server grants
        ben = await member(house, "b")
        await uow.members.link(LinkedAccount(ben.id, "jellyfin", "ja", NOON))
        await uow.commit()
    await house.sync.permissions()
    assert await sees(house, "a") == {"plex/1", "plex/2", "plex/3"}
    assert await sees(house, "b") == {"plex/1", "jellyfin/j"}


async def test_who_vanishes_loses_access_and_keeps_the_history(house: House) -> None:
    await house.sync.run()
    ben = await member(house, "b")
    users = house.plex.user_list
    house.plex.user_list = users[:1]
    await house.sync.permissions()
    assert await sees(house, "b") == set()
    assert (await member(house, "b")).age_limit == 12
    async with house.storage() as uow:
        assert (await uow.histories.of(ben.id)).events
    house.plex.user_list = users
    await house.sync.permissions()
    assert await sees(house, "b") == {"plex/1"}
    assert (await member(house, "b")).id == ben.id


async def test_a_server_that_tells_of_nobody_takes_nothing_away(house: House) -> None:
    await house.sync.run()
    house.plex.user_list = []
    summary = await house.sync.permissions()
    assert [source.error for source in summary.failed] == ["plex tells of no people at all."]
    assert await sees(house, "b") == {"plex/1"}


async def test_a_new_name_is_followed_unless_it_is_taken(house: House) -> None:
    await house.sync.run()
    anna, ben = house.plex.user_list
    house.plex.user_list = [replace(anna, name="Anna Bell"), replace(ben, name="anna")]
    await house.sync.permissions()
    assert (await member(house, "a")).name == "Anna Bell"
    assert (await member(house, "b")).name == "anna"
    async with house.storage() as uow:  # a name that somebody chose here stays
        await uow.members.save(replace(await member(house, "b"), name="Benny"))
        await uow.commit()
    house.plex.user_list = [anna, replace(ben, name="Ben B.")]
    await house.sync.permissions()
    assert (await member(house, "b")).name == "Benny"


async def test_a_right_that_is_taken_back_counts_at_the_next_answer(house: House) -> None:
    house.plex.item_list = [
        replace(item, facts=replace(item.facts, minimum_age=6 if item.key == "k2" else 16))
        for item in house.plex.item_list
    ]
    await house.sync.run()
    assert await offered(house, "b") == {"Two"}
    anna, ben = house.plex.user_list
    house.plex.user_list = [anna, replace(ben, age_limit=None)]
    await house.sync.permissions()
    assert await offered(house, "b") == {"One", "Two", "Three", "Title k4"}
    house.plex.user_list = [anna, replace(ben, libraries=())]
    await house.sync.permissions()
    assert await offered(house, "b") == set()
    house.plex.user_list = [anna, replace(ben, libraries=None, age_limit=17)]
    house.plex.library_list = [*house.plex.library_list, ServerLibrary("4", "New")]
    await house.sync.permissions()
    assert await sees(house, "b") == {"plex/1", "plex/2", "plex/3", "plex/4"}
    assert "Show" in await offered(house, "b")


@pytest.mark.parametrize("full", [False, True])
async def test_the_same_said_twice_changes_nothing(house: House, full: bool) -> None:
    await house.sync.run()
    before = await versions(house.storage)
    async with house.storage() as uow:
        people = await uow.members.all()
    summary = await house.sync.run(full=full)
    assert await versions(house.storage) == before
    assert not [stage for source in summary.sources for stage in source.stages if stage.changes]
    async with house.storage() as uow:
        assert await uow.members.all() == people
