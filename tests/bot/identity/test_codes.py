"""One-time codes between platforms."""

from __future__ import annotations

import asyncio
import re
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.chat.reply import Choices
from tests.bot.household import ROOMY, words
from tests.bot.identity.people import Platforms

CODE = re.compile(r"[0-9A-Z]{4}-[0-9A-Z]{4}")


@pytest.fixture
def people() -> Platforms:
    return Platforms()


async def _shown(people: Platforms, account: str = "terminal:Anna") -> str:
    found = CODE.search(words(await people.as_(account, "/link")))
    assert found is not None
    return found[0]


async def test_a_code_that_is_typed_and_agreed_to_links_the_other_account(people: Platforms) -> None:
    code = await _shown(people)
    offer = await people.as_("discord:7", f"/link {code}")
    assert "**Anna**" in words(offer)
    assert await people.owner("discord:7") is None
    assert "Hello **Anna**" in words(await people.presses("discord:7", offer, "Yes"))
    assert await people.owner("discord:7") == "Anna"
    assert people.read_again == 1
    assert "Heat" in words(await people.as_("discord:7", "/why Heat"))


async def test_one_person_is_one_profile_with_a_memory_for_each_place(people: Platforms) -> None:
    await people.link("Anna", "discord:7")
    await people.as_("discord:7", "/rate Heat 9")
    await people.as_("terminal:Anna", "/rate Alien 8")
    assert {rating.member_id for rating in people.store.ratings} == {1}
    assert {talk.member_id for talk in people.store.talks.values()} == {1}
    assert len(people.store.talks) == 2


async def test_a_code_works_once(people: Platforms) -> None:
    code = await _shown(people)
    for _twice in range(2):
        await people.as_("discord:7", f"/link {code}")
    assert await people.owner("discord:7") == "Anna"
    for _twice in range(2):
        assert "wrong, used up or too old" in words(await people.as_("telegram:8", f"/link {code}"))
    assert await people.owner("telegram:8") is None


async def test_a_code_read_over_a_shoulder_is_of_no_use_once_somebody_typed_it(people: Platforms) -> None:
    code = await _shown(people)
    await people.as_("nextcloud-talk:home/anna", f"/link {code}", room="kitchen")
    assert "wrong" in words(await people.as_("nextcloud-talk:home/mallory", f"/link {code}", room="kitchen"))
    assert await people.owner("nextcloud-talk:home/mallory") is None
    await people.as_("nextcloud-talk:home/anna", f"/link {code}", room="kitchen")
    assert await people.owner("nextcloud-talk:home/anna") == "Anna"


async def test_twenty_accounts_at_once_get_one_link_from_a_code(people: Platforms) -> None:
    code = await _shown(people)
    accounts = [f"telegram:{number}" for number in range(1, 21)]
    for _twice in range(2):
        await asyncio.gather(*(people.as_(account, f"/link {code}") for account in accounts))
    assert [await people.owner(account) for account in accounts].count("Anna") == 1


async def test_a_code_is_never_shown_in_a_room() -> None:
    people = Platforms(replace(ROOMY, private=False))
    reply = words(await people.as_("terminal:Anna", "/link", room="kitchen"))
    assert not CODE.search(reply)
    assert "privately" in reply


async def test_a_code_expires(people: Platforms) -> None:
    code = await _shown(people)
    people.clock.advance(timedelta(minutes=10))
    assert "too old" in words(await people.as_("discord:7", f"/link {code}"))


async def test_a_new_code_makes_the_one_before_void(people: Platforms) -> None:
    before = await _shown(people)
    await _shown(people)
    assert "wrong" in words(await people.as_("discord:7", f"/link {before}"))


async def test_guessing_ends_after_a_few_attempts_even_when_the_next_is_right(people: Platforms) -> None:
    code = await _shown(people)
    for number in range(6):
        assert "wrong" in words(await people.as_("discord:7", f"/link 2222-222{number + 2}"))
    assert "Too many attempts" in words(await people.as_("discord:7", f"/link {code}"))
    people.clock.advance(timedelta(minutes=11))
    code = await _shown(people)
    assert "**Anna**" in words(await people.as_("discord:7", f"/link {code}"))


async def test_many_accounts_guessing_together_are_stopped_too(people: Platforms) -> None:
    replies = [words(await people.as_(f"discord:{number}", "/link 2222-2222")) for number in range(70)]
    assert sum("Too many attempts" in reply for reply in replies) == 10


async def test_the_database_holds_no_code_that_could_be_typed(people: Platforms) -> None:
    code = await _shown(people)
    kept = repr(people.store._state.link_codes)
    assert code not in kept
    assert code.replace("-", "") not in kept


async def test_an_account_that_belongs_to_somebody_is_not_taken_over(people: Platforms) -> None:
    await people.link("Ben", "discord:7")
    code = await _shown(people)
    for _twice in range(2):
        assert "belongs to Ben already" in words(await people.as_("discord:7", f"/link {code}"))
    assert await people.owner("discord:7") == "Ben"


@pytest.mark.parametrize("text", ["", "x", "K7QM", "🦆" * 8, "2222-222O", "2" * 5000, "plex\x00", "22222222 22222222"])
async def test_nonsense_in_the_place_of_a_code_links_nobody(people: Platforms, text: str) -> None:
    await _shown(people)
    assert words(await people.as_("discord:7", f"/link {text}"))
    assert await people.owner("discord:7") is None


async def test_a_code_is_read_in_any_case_and_with_spaces(people: Platforms) -> None:
    code = (await _shown(people)).lower().replace("-", " ")
    assert "**Anna**" in words(await people.as_("discord:7", f"/link {code}"))


async def test_a_strangers_button_is_of_no_use_to_another_stranger(people: Platforms) -> None:
    code = await _shown(people)
    offer = await people.as_("discord:7", f"/link {code}")
    (part,) = [part for part in offer.parts if isinstance(part, Choices)]
    refused = await people.presses("discord:8", offer, "Yes")
    assert "somebody else" in words(refused)
    assert part.options[0].token
    assert await people.owner("discord:8") is None
