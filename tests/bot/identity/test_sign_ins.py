"""Sign-in on a media server from a chat: who it is, and that nobody becomes somebody else by it."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.chat.incoming import Place
from bot.errors import NotAllowed, Unavailable
from bot.model.members import Library, LinkedAccount
from bot.ports.media import ServerUser
from bot.services.joining import Linked
from tests.bot.household import START, words
from tests.bot.identity.people import Platforms

ANNA = ServerUser("101", "anna", ("films",))
DINA = ServerUser("104", "Dina", ("films",), age_limit=12)


@pytest.fixture
def people() -> Platforms:
    people = Platforms()
    state = people.store._state
    state.accounts["plex", "101"] = LinkedAccount(1, "plex", "101", START)
    state.libraries[7] = Library(7, "plex", "films", "Films at home")
    state.libraries[8] = Library(8, "plex", "adult", "Not for Dina")
    return people


async def test_a_stranger_signs_in_with_plex_and_is_who_plex_says(people: Platforms) -> None:
    hello = await people.as_("discord:7", "hello there")
    assert "They need this: discord:7" in words(hello)
    begun = await people.presses("discord:7", hello, "Sign in with Plex")
    assert "https://app.plex.tv/auth#?code=1" in words(begun)
    assert "Not yet" in words(await people.presses("discord:7", begun, "I have agreed"))
    people.plex.agreed["secret-1"] = ANNA
    assert "Hello **Anna**" in words(await people.presses("discord:7", begun, "I have agreed"))
    assert await people.owner("discord:7") == "Anna"
    assert people.read_again == 1
    assert "Nothing more to do" in words(await people.as_("discord:7", "/link done"))


async def test_quick_connect_shows_a_code_to_enter(people: Platforms) -> None:
    begun = words(await people.as_("telegram:9", "/link jellyfin"))
    assert "Quick Connect" in begun
    assert "**CODE1**" in begun


async def test_who_is_new_joins_with_what_the_server_lets_them_see(people: Platforms) -> None:
    begun = await people.as_("discord:9", "/link plex")
    people.plex.agreed["secret-1"] = DINA
    await people.presses("discord:9", begun, "I have agreed")
    async with people.store() as uow:
        dina = await uow.members.by_account("discord", "9")
        assert dina is not None
        assert (dina.name, dina.age_limit) == ("Dina", 12)
        assert await uow.members.access(dina.id) == {1, 7}
        assert [each.account for each in await uow.server_accounts.of_member(dina.id)] == ["104"]


async def test_a_name_that_is_taken_proves_nothing(people: Platforms) -> None:
    begun = await people.as_("discord:9", "/link plex")
    people.plex.agreed["secret-1"] = ServerUser("666", "BEN", None)
    await people.presses("discord:9", begun, "I have agreed")
    assert await people.owner("discord:9") == "BEN (plex)"
    assert await people.owner("plex:666") == "BEN (plex)"


async def test_owning_the_media_server_makes_nobody_an_administrator(people: Platforms) -> None:
    begun = await people.as_("discord:9", "/link plex")
    people.plex.agreed["secret-1"] = ServerUser("1", "Owner", None, is_admin=True)
    await people.presses("discord:9", begun, "I have agreed")
    assert "for administrators" in words(await people.as_("discord:9", "/users"))


async def test_the_sign_in_of_another_is_of_no_use(people: Platforms) -> None:
    begun = await people.as_("discord:7", "/link plex")
    people.plex.agreed["secret-1"] = ANNA
    assert "somebody else" in words(await people.presses("discord:8", begun, "I have agreed"))
    assert "No sign-in of yours" in words(await people.as_("discord:8", "/link done"))
    assert await people.owner("discord:8") is None


async def test_in_a_room_no_sign_in_begins(people: Platforms) -> None:
    for said in ("/link", "/link plex", "/link done", "hello"):
        assert "privately" in words(await people.as_("discord:7", said, room="kitchen"))
    assert people.plex.begun == 0


async def test_two_looks_at_once_link_once(people: Platforms) -> None:
    begun = await people.as_("discord:7", "/link plex")
    people.plex.agreed["secret-1"] = ANNA
    replies = await asyncio.gather(*(people.presses("discord:7", begun, "I have agreed") for _each in range(5)))
    assert sum("Hello" in words(reply) for reply in replies) == 1
    assert people.read_again == 1


async def test_a_sign_in_that_is_refused_or_too_old_links_nobody(people: Platforms) -> None:
    begun = await people.as_("discord:7", "/link plex")
    people.plex.agreed["secret-1"] = NotAllowed("This account has no access.")
    assert "no access" in words(await people.presses("discord:7", begun, "I have agreed"))
    begun = await people.as_("discord:7", "/link plex")
    people.plex.agreed["secret-2"] = ANNA
    people.clock.advance(timedelta(minutes=11))
    assert "No sign-in of yours" in words(await people.presses("discord:7", begun, "I have agreed"))
    assert await people.owner("discord:7") is None


async def test_a_sign_in_begun_anew_replaces_the_one_before(people: Platforms) -> None:
    await people.as_("discord:7", "/link plex")
    begun = await people.as_("discord:7", "/link plex")
    people.plex.agreed["secret-1"] = ServerUser("666", "Mallory", None)
    assert "Not yet" in words(await people.presses("discord:7", begun, "I have agreed"))


async def test_sign_ins_are_limited(people: Platforms) -> None:
    said = [words(await people.as_("discord:7", "/link plex")) for _each in range(7)]
    assert sum("Too many attempts" in each for each in said) == 2
    assert people.plex.begun == 5


async def test_while_the_server_is_away_that_is_what_is_said(people: Platforms) -> None:
    people.plex.fails = Unavailable("plex.tv", "plex.tv cannot be reached.")
    assert "plex.tv cannot be reached" in words(await people.as_("discord:7", "/link plex"))


async def test_what_proves_a_person_is_kept_nowhere(people: Platforms) -> None:
    begun = await people.as_("discord:7", "/link plex")
    assert "secret-1" not in repr(people.store._state)
    assert "secret-1" not in repr(people.linking.sign_ins._pending)
    people.plex.agreed["secret-1"] = ANNA
    await people.presses("discord:7", begun, "I have agreed")
    assert not people.linking.sign_ins._pending


async def test_it_is_waited_for_in_the_background_and_told_in_the_place(people: Platforms) -> None:
    told: list[tuple[Place, Linked | str]] = []
    looks = 0

    async def pause(_seconds: float) -> None:
        nonlocal looks
        looks += 1
        if looks == 2:
            people.plex.fails = Unavailable("plex.tv", "away")
        if looks == 3:
            people.plex.fails = None
            people.plex.agreed["secret-1"] = ANNA
        await asyncio.sleep(0)

    async def announce(place: Place, what: Linked | str) -> None:
        told.append((place, what))
        done.set()

    done = asyncio.Event()
    people.linking.sign_ins._pause = pause
    async with asyncio.TaskGroup() as group:
        watching = group.create_task(people.linking.sign_ins.watch(announce))
        await people.as_("discord:7", "/link plex")
        await done.wait()
        watching.cancel()
    ((place, what),) = told
    assert (place.platform, place.room, place.private) == ("discord", "private-7", True)
    assert isinstance(what, Linked)
    assert await people.owner("discord:7") == "Anna"


async def test_somebody_who_is_known_adds_an_account_that_nobody_speaks_for(people: Platforms) -> None:
    async with people.store() as uow:
        other = await uow.members.add("Anna (jellyfin)", age_limit=16)
        await uow.members.link(LinkedAccount(other.id, "jellyfin", "j1", START))
        await uow.commit()
    begun = await people.as_("terminal:Anna", "/link jellyfin")
    people.jellyfin.agreed["secret-1"] = ServerUser("j1", "Anna", None, age_limit=16)
    await people.presses("terminal:Anna", begun, "I have agreed")
    assert await people.owner("jellyfin:j1") == "Anna"
    async with people.store() as uow:
        anna = await uow.members.get(1)
    assert anna is not None
    assert anna.age_limit == 16
    assert "Anna (jellyfin)" not in {member.name for member in people.store.people.values()}


async def test_the_account_of_somebody_who_talks_from_elsewhere_is_not_taken(people: Platforms) -> None:
    async with people.store() as uow:
        await uow.members.link(LinkedAccount(2, "jellyfin", "j2", START))
        await uow.members.link(LinkedAccount(2, "telegram", "22", START))
        await uow.commit()
    begun = await people.as_("terminal:Anna", "/link jellyfin")
    people.jellyfin.agreed["secret-1"] = ServerUser("j2", "Ben", None)
    assert "belongs to Ben" in words(await people.presses("terminal:Anna", begun, "I have agreed"))
    assert await people.owner("jellyfin:j2") == "Ben"
    assert await people.owner("telegram:22") == "Ben"
