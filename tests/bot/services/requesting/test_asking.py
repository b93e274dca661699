"""Asking for a title, from the first word to what Seerr holds."""

from __future__ import annotations

import asyncio

import pytest

from bot.chat.incoming import Place
from bot.model.titles import Kind, TitleRef
from tests.bot.services.requesting.house import DARK, DUNE, House, pressable, said, token
from tests.fakes.services.seerr_world import APPROVED, AVAILABLE, PENDING, Request


def held(house: House) -> list[tuple[int, int, tuple[int, ...], int]]:
    """What Seerr holds: title, owner, seasons, status."""
    return [(each.tmdb, each.owner, each.seasons, each.status) for each in house.world.requests.values()]


async def test_a_film_is_asked_for_after_a_press_and_as_the_person_who_pressed(house: House) -> None:
    card = await house.say(f"/request {DUNE}")
    assert "3 of 3 left" in said(card)
    assert held(house) == []
    answer = await house.press(token(card, "Request it"))
    assert "waits for approval" in said(answer)
    assert held(house) == [(601, 2, (), PENDING)]
    assert answer.replaces is not None
    assert not pressable(answer)


async def test_somebody_whose_requests_need_no_approval_is_told_so(house: House) -> None:
    answer = await house.press(token(await house.say(f"/request {DUNE}", "Ben"), "Request it"), "Ben")
    assert "is requested. I will tell you" in said(answer)
    assert held(house) == [(601, 3, (), APPROVED)]


async def test_words_that_fit_several_titles_are_asked_about(house: House) -> None:
    asked = await house.say("/request dun")
    assert [each.label for each in pressable(asked)] == ["Dune (1999)", "Dune Part Two (1999)"]
    card = await house.press(token(asked, "Dune Part Two (1999)"))
    await house.press(token(card, "Request it"))
    assert held(house) == [(602, 2, (), PENDING)]


async def test_the_name_alone_is_enough_where_only_one_has_it(house: House) -> None:
    assert token(await house.say("/request Dune"), "Request it")


@pytest.mark.parametrize(("label", "seasons"), [("Latest season (3)", (3,)), ("All 3 missing seasons", (1, 2, 3))])
async def test_seasons_of_a_series_are_chosen(house: House, label: str, seasons: tuple[int, ...]) -> None:
    asked = await house.say(f"/request {DARK}")
    card = await house.press(token(asked, label))
    await house.press(token(card, "Request it"))
    assert held(house) == [(1396, 2, seasons, PENDING)]


async def test_seasons_are_picked_one_by_one_and_unpicked(house: House) -> None:
    reply = await house.press(token(await house.say(f"/request {DARK}"), "Choose seasons"))
    for label in ("Season 1", "Season 3", "Season 2", "Season 2 ✓"):
        reply = await house.press(token(reply, label))
        assert reply.replaces is not None
    card = await house.press(token(reply, "Go on with 1, 3"))
    await house.press(token(card, "Request it"))
    assert held(house) == [(1396, 2, (1, 3), PENDING)]


async def test_seasons_that_are_there_or_asked_for_are_left_out(house: House) -> None:
    work = house.world.works["tv", 1396]
    work.status, work.season_status = 4, {1: AVAILABLE}
    house.world.requests[9] = Request(9, "tv", 1396, 3, PENDING, house.world.now, house.world.now, (2,))
    assert "None of these seasons can be requested; these can: 3" in said(
        await house.say(f"/request {DARK} seasons=1,2")
    )
    card = await house.say(f"/request {DARK}")
    await house.press(token(card, "Request it"))
    assert held(house)[-1] == (1396, 2, (3,), PENDING)


async def test_the_quota_stops_it_before_and_at_the_press(house: House) -> None:
    cards = [await house.say(f"/request movie:{number}") for number in (601, 602, 603)]
    house.world.people[2].movie_quota = (1, 7)
    await house.press(token(cards[0], "Request it"))
    assert "quota is used up: 1 film in 7 days" in said(await house.press(token(cards[1], "Request it")))
    assert "quota is used up" in said(await house.say("/request movie:603"))
    assert len(held(house)) == 1


async def test_more_seasons_than_the_quota_has_left_are_refused(house: House) -> None:
    house.world.people[2].tv_quota = (2, 7)
    card = await house.press(token(await house.say(f"/request {DARK}"), "All 3 missing seasons"))
    assert "more than the 2 seasons" in said(await house.press(token(card, "Request it")))
    assert held(house) == []


async def test_seerrs_own_words_are_passed_on(house: House) -> None:
    card = await house.say(f"/request {DUNE}", "Guest")
    answer = await house.press(token(card, "Request it"), "Guest")
    assert "You do not have permission to make movie requests." in said(answer)
    assert held(house) == []


async def test_somebody_without_an_account_of_their_own_asks_for_nothing(house: House) -> None:
    assert "no account for requests" in said(await house.say(f"/request {DUNE}", "Dora"))
    posts = [call for call in house.server.requests if call.method == "POST"]
    assert posts == []


async def test_an_account_that_two_claim_is_nobodys(house: House) -> None:
    house.world.people[3].plex = 77
    assert "no account for requests" in said(await house.say(f"/request {DUNE}"))


async def test_a_proxy_that_drops_the_name_makes_nobody_the_owner(house: House) -> None:
    card = await house.say(f"/request {DUNE}")
    house.service.deaf = True
    assert "takes everybody for its owner" in said(await house.press(token(card, "Request it")))
    assert held(house) == []


async def test_what_may_not_be_seen_may_not_be_asked_for(house: House) -> None:
    await house.shelve(DUNE, "Dune", age=16)
    await house.limit("Anna", 12)
    assert "not here any more" in said(await house.say(f"/request {DUNE}"))
    # Nobody knows for whom the other is suitable.
    assert "no title with the reference" in said(await house.say("/request movie:602"))
    assert "no title called" in said(await house.say("/request dune"))


async def test_a_limit_set_after_the_card_was_drawn_counts(house: House) -> None:
    await house.shelve(DUNE, "Dune", age=16)
    card = await house.say(f"/request {DUNE}")
    await house.limit("Anna", 12)
    assert "not here any more" in said(await house.press(token(card, "Request it")))
    assert held(house) == []


async def test_what_is_in_the_library_is_not_asked_for(house: House) -> None:
    await house.shelve(DUNE, "Dune", here=True)
    assert "there already" in said(await house.say(f"/request {DUNE}"))


async def test_the_card_of_somebody_else_asks_for_nothing(house: House) -> None:
    card = await house.say(f"/request {DUNE}")
    assert "made for somebody else" in said(await house.press(token(card, "Request it"), "Ben"))
    assert held(house) == []


async def test_twenty_presses_at_once_are_one_request(house: House) -> None:
    card = await house.say(f"/request {DUNE}")
    pressed = token(card, "Request it")
    answers = await asyncio.gather(*(house.press(pressed, place=Place("fake", "room", str(n))) for n in range(20)))
    assert held(house) == [(601, 2, (), PENDING)]
    assert sum("waits for approval" in said(each) for each in answers) == 1


async def test_twenty_cards_of_two_people_pressed_at_once_are_one_request(house: House) -> None:
    cards = [(name, await house.say(f"/request {DUNE}", name)) for name in ("Anna", "Ben") for _ in range(10)]
    answers = await asyncio.gather(
        *(
            house.press(token(card, "Request it"), name, place=Place("fake", "room", str(number)))
            for number, (name, card) in enumerate(cards)
        )
    )
    assert len(held(house)) == 1
    done = [each for each in answers if "has been requested already" not in said(each)]
    assert len(done) == 1


async def test_a_press_that_is_delivered_again_asks_no_second_time_and_tells_the_outcome(house: House) -> None:
    card = await house.say(f"/request {DUNE}")
    pressed = token(card, "Request it")
    first = await house.press(pressed, id="same")
    house.restart()
    again = await house.press(pressed, id="same")
    assert "waits for approval" in said(first)
    assert "waits for approval" in said(again)
    assert len(held(house)) == 1


async def test_rather_not_asks_for_nothing(house: House) -> None:
    card = await house.say(f"/request {DUNE}")
    assert "Nothing was requested" in said(await house.press(token(card, "Rather not")))
    assert held(house) == []


async def test_where_no_service_is_connected_one_sentence_says_so(house: House) -> None:
    from tests.bot.household import Household, cards

    plain = Household()
    assert "no request service is connected" in said(await plain.say("/request Heat"))
    (card,) = cards(await plain.say("/search Heat"))
    assert "Request" not in [button.label for button in card.buttons]


async def test_a_card_of_what_is_not_here_offers_to_ask_for_it(house: House) -> None:
    await house.shelve(DUNE, "Dune")
    card = await house.say("/search Dune")
    confirmed = await house.press(token(card, "Request"))
    await house.press(token(confirmed, "Request it"))
    after = await house.say("/search Dune")
    assert "waits for approval" in said(after)
    assert token(after, "Tell me too")


async def test_grab_suggests_only_what_may_still_be_asked_for(house: House) -> None:
    await house.shelve(DUNE, "Dune")
    await house.press(token(await house.say(f"/request {DUNE}"), "Request it"))
    async with house.uow() as uow:
        (dune,) = (await uow.titles.by_refs([TitleRef.parse(DUNE)])).values()
    await house.say("/recommend grab")
    ask = house.recommender.asked[-1][2]
    assert dune in ask.exclude
    assert ask.kind is None
    house.world.people[2].movie_quota = (1, 7)
    await house.say("/recommend grab")
    assert house.recommender.asked[-1][2].kind is Kind.SERIES
    house.world.people[2].tv_quota = (1, 7)
    card = await house.say(f"/request {DARK} seasons=1")
    await house.press(token(card, "Request it"))
    asked = len(house.recommender.asked)
    assert "quota is used up" in said(await house.say("/recommend grab"))
    assert len(house.recommender.asked) == asked
