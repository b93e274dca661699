"""Claims at the request service, links by an administrator, and the way back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.errors import Unavailable
from bot.model.members import LinkedAccount
from bot.ports.requests import RequestUser
from tests.bot.household import START, words
from tests.bot.identity.people import Platforms

BEN = RequestUser("12", "benny", plex_account="102", discord_ids=("7",), telegram_id="70")


@pytest.fixture
def people() -> Platforms:
    people = Platforms()
    people.store._state.accounts["plex", "102"] = LinkedAccount(2, "plex", "102", START)
    return people


@pytest.mark.parametrize("account", ["discord:7", "telegram:70"])
async def test_a_stored_chat_id_links_after_a_yes(people: Platforms, account: str) -> None:
    people.seerr.told = [BEN]
    asked = await people.as_(account, "/link")
    assert "**benny**" in words(asked)
    assert await people.owner(account) is None
    assert "Hello **Ben**" in words(await people.presses(account, asked, "Yes, that is me"))
    assert await people.owner(account) == "Ben"


@pytest.mark.parametrize(
    "users",
    [
        [BEN, replace(BEN, account="13", name="mallory")],  # two say so
        [replace(BEN, discord_ids=("-7",))],
        [replace(BEN, discord_ids=("70",))],
        [replace(BEN, plex_account="999")],  # nobody here
        [replace(BEN, plex_account=None)],
        [],
    ],
)
async def test_a_claim_that_lacks_a_condition_is_not_offered(people: Platforms, users: list[RequestUser]) -> None:
    people.seerr.told = users
    assert "request service" not in words(await people.as_("discord:7", "/link"))
    assert "any more" in words(await people.as_("discord:7", "/link claim:seerr/12"))
    assert await people.owner("discord:7") is None


@pytest.mark.parametrize("account", ["discord:0", "discord:-7", "discord:٧", "discord:7x"])
async def test_an_id_that_is_no_positive_number_claims_nothing(people: Platforms, account: str) -> None:
    people.seerr.told = [replace(BEN, discord_ids=(account.removeprefix("discord:"),))]
    assert "request service" not in words(await people.as_(account, "/link"))


async def test_a_claim_that_was_corrected_before_the_yes_links_nobody(people: Platforms) -> None:
    people.seerr.told = [BEN]
    asked = await people.as_("discord:7", "/link")
    people.seerr.told = [BEN, replace(BEN, account="13")]
    assert "any more" in words(await people.presses("discord:7", asked, "Yes"))
    assert await people.owner("discord:7") is None


async def test_a_request_service_that_is_away_hides_no_other_way(people: Platforms) -> None:
    people.seerr.fails = Unavailable("seerr", "away")
    assert "/link plex" in words(await people.as_("discord:7", "/link"))


async def test_an_administrator_links_somebody_by_mention_or_account(people: Platforms) -> None:
    await people.link("Cleo", "discord:1")
    reply = await people.command("discord:1", "link", room="kitchen", words="Ben", who=("account:8",))
    assert "**Ben** from now on" in words(reply)
    assert await people.owner("discord:8") == "Ben"
    await people.as_("terminal:Cleo", "/link telegram:9 anna")
    assert await people.owner("telegram:9") == "Anna"


async def test_nobody_else_links_others(people: Platforms) -> None:
    for said in ("/link telegram:9 Anna", "/link discord:8 Ben"):
        assert "for administrators" in words(await people.as_("terminal:Anna", said))
    assert "for administrators" in words(
        await people.command("terminal:Anna", "link", words="Anna", who=("account:8",))
    )
    assert await people.owner("telegram:9") is None


async def test_an_administrator_does_not_take_an_account_over_either(people: Platforms) -> None:
    await people.link("Ben", "discord:8")
    assert "belongs to Ben already" in words(await people.as_("terminal:Cleo", "/link discord:8 Anna"))
    assert await people.owner("discord:8") == "Ben"


@pytest.mark.parametrize("said", ["/link plex:1 Anna", "/link discord: Anna", "/link discord:8", "/link discord:8 Zoe"])
async def test_an_administrators_mistake_is_one_sentence(people: Platforms, said: str) -> None:
    assert words(await people.as_("terminal:Cleo", said))
    assert await people.owner("plex:1") is None
    assert await people.owner("discord:8") is None


async def test_unlinking_asks_first_and_ends_all_rights_of_the_account(people: Platforms) -> None:
    await people.link("Anna", "discord:7")
    recommended = await people.as_("discord:7", "/recommend")
    which = await people.as_("discord:7", "/unlink")
    sure = await people.presses("discord:7", which, "discord:7")
    assert await people.owner("discord:7") == "Anna"
    assert "not linked to Anna any more" in words(await people.presses("discord:7", sure, "Unlink it"))
    assert await people.owner("discord:7") is None
    (more,) = [part.options[0] for part in recommended.parts if hasattr(part, "options")]
    assert "I do not know you" not in words(await people.presses("discord:7", recommended, more.label))
    assert not people.recommender.asked[1:]
    assert "I do not know you" in words(await people.as_("discord:7", "/recommend"))


async def test_a_room_lets_nobody_unlink_anything_but_the_account_that_asks(people: Platforms) -> None:
    await people.link("Anna", "discord:7")
    await people.link("Anna", "telegram:70")
    assert "in private" in words(await people.as_("discord:7", "/unlink telegram:70", room="kitchen"))
    assert "for administrators" in words(await people.as_("terminal:Ben", "/unlink discord:7"))
    assert "for administrators" in words(await people.as_("terminal:Ben", "/unlink discord:7 confirmed=yes"))
    assert await people.owner("telegram:70") == await people.owner("discord:7") == "Anna"


async def test_a_strangers_words_reach_neither_search_nor_titles_nor_commands(people: Platforms) -> None:
    for said in ("/recommend", "/search Heat", "Heat", "1", "/users", "/start", "/privacy", "/export", "/forget yes"):
        for room in (None, "kitchen"):
            reply = words(await people.as_("discord:66", said, room=room))
            assert "I do not know you" in reply
            assert "Heat" not in reply
    assert not people.recommender.asked
    assert not people.store.talks
