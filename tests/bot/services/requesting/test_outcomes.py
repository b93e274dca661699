"""What became of it: late, lost and doubtful answers, decisions, and who is told."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.chat.incoming import Place
from bot.model.feedback import LogEntry
from bot.model.titles import TitleRef
from bot.ports.storage_requests import FilingState
from tests.bot.services.requesting.house import DARK, DUNE, ROOM, House, pressable, said, token
from tests.contracts.kit import Fault
from tests.contracts.kit.calls import Call
from tests.fakes.services.seerr_world import APPROVED, AVAILABLE, DECLINED, PARTIAL, PENDING

DESK = Place("fake", "desk", private=True)
LONG = timedelta(minutes=11)


def post(call: Call) -> bool:
    return call.method == "POST" and call.operation == "/request"


async def ask(house: House, ref: str = DUNE, name: str = "Anna") -> str:
    card = await house.say(f"/request {ref}", name)
    return said(await house.press(token(card, "Request it"), name))


async def states(house: House, name: str = "Anna") -> list[FilingState]:
    member = await house.member(name)
    async with house.uow() as uow:
        return [each.state for each in await uow.filings.of_member(member.id)]


@pytest.mark.parametrize("fault", [Fault.DISCONNECT, Fault.CUT_OFF, Fault.TRUNCATED, Fault.SERVER_ERROR])
async def test_an_answer_that_is_lost_is_read_back_and_nothing_sent_again(house: House, fault: Fault) -> None:
    house.server.faults.plan(fault, at=[1], matching=post, after=True)
    assert "waits for approval" in await ask(house)
    assert len(house.world.requests) == 1
    assert sum(post(call) for call in house.server.requests) == 1
    assert await house.told() == []


async def test_a_request_that_arrives_late_is_told_later_and_once(house: House) -> None:
    house.server.faults.plan(Fault.DISCONNECT, at=[1], matching=post)
    assert "nobody has confirmed it yet" in await ask(house)
    assert await house.told() == []
    anna = house.world.people[2]
    house.world.file(anna, "movie", 601, None, is4k=False, owner=None)
    (told,) = await house.told()
    assert "waits for approval" in told
    assert await house.told() == []
    assert sum(post(call) for call in house.server.requests) == 1


async def test_a_request_that_never_arrives_is_told_and_may_be_asked_again(house: House) -> None:
    house.server.faults.plan(Fault.DISCONNECT, at=[1], matching=post)
    await ask(house)
    assert "requested already" in said(
        await house.press(token(await house.say(f"/request {DUNE}", "Ben"), "Request it"), "Ben")
    )
    house.clock.advance(timedelta(minutes=2))
    (told,) = await house.told()
    assert "did not arrive" in told
    again = pressable(house.platform.sent[0][1])[0]
    card = await house.press(again.token)
    assert "waits for approval" in said(await house.press(token(card, "Request it")))
    assert len(house.world.requests) == 1


async def test_somebody_elses_request_is_not_taken_for_ones_own(house: House) -> None:
    house.server.faults.plan(Fault.DISCONNECT, at=[1], matching=post)
    await ask(house)
    house.world.file(house.world.people[3], "movie", 601, None, is4k=False, owner=None)
    house.clock.advance(timedelta(minutes=2))
    (told,) = await house.told()
    assert "did not arrive" in told


async def test_a_killed_press_is_read_back_by_the_next_process_whichever_comes_first(house: House) -> None:
    card = await house.say(f"/request {DUNE}")
    pressed = token(card, "Request it")
    house.server.faults.plan(Fault.DISCONNECT, at=[1], matching=post, after=True)
    house.server.faults.plan(
        Fault.DISCONNECT,
        every=1,
        matching=lambda call: call.operation == "/movie/{movieId}" and len(house.world.requests) > 0,
    )
    assert "nobody has confirmed" in said(await house.press(pressed, id="p"))
    house.server.faults.clear()
    house.restart()
    (told,) = await house.told()
    assert "waits for approval" in told
    assert "waits for approval" in said(await house.press(pressed, id="p"))
    assert len(house.world.requests) == 1


async def test_the_service_down_before_anything_was_sent_leaves_a_button(house: House) -> None:
    card = await house.say(f"/request {DUNE}")
    house.server.faults.plan(Fault.DISCONNECT, every=1)
    reply = await house.press(token(card, "Request it"))
    assert "Nothing was requested" in said(reply)
    house.server.faults.clear()
    house.clock.advance(timedelta(minutes=1))
    assert await states(house) == []


async def test_a_request_is_approved_by_an_administrator_under_their_own_account(house: House) -> None:
    await house.say("/requests notify=yes", "Cleo", place=DESK)
    await ask(house)
    await house.courier.send_due()
    place, notice = house.platform.sent[-1]
    assert place == DESK
    assert "Anna asks for" in said(notice)
    assert "Dune" in said(notice)
    answer = await house.press(token(notice, "Approve"), "Cleo", place=DESK)
    assert "is approved" in said(answer)
    (request,) = house.world.requests.values()
    assert (request.status, request.changed_by) == (APPROVED, 4)
    (told,) = await house.told()
    assert "is requested. I will tell you here" in told
    assert house.platform.sent[0][0] == ROOM


async def test_a_decision_that_somebody_made_before_stays(house: House) -> None:
    await ask(house)
    waiting = await house.say("/requests", "Cleo", place=DESK)
    house.world.decide(house.world.people[1], 1, DECLINED)
    answer = said(await house.press(token(waiting, "Approve"), "Cleo", place=DESK))
    assert "Somebody decided before you" in answer
    assert "is declined" in answer
    assert house.world.requests[1].status == DECLINED


async def test_deciding_is_for_administrators(house: House) -> None:
    await ask(house)
    assert "for administrators" in said(await house.say("/request-decide 1 approve=yes", "Anna"))
    assert "Only administrators" in said(await house.say("/requests notify=yes", "Anna", place=DESK))
    assert house.world.requests[1].status == PENDING


async def test_a_declined_request_is_told_and_may_be_asked_again(house: House) -> None:
    await ask(house)
    house.world.decide(house.world.people[1], 1, DECLINED)
    house.clock.advance(LONG)
    (told,) = await house.told()
    assert "was declined" in told
    assert await house.told() == []
    assert "waits for approval" in await ask(house)


async def test_what_can_be_watched_is_told_where_it_was_asked_for_with_the_reason_and_once(house: House) -> None:
    await house.shelve(DUNE, "Dune")
    anna = await house.member("Anna")
    async with house.uow() as uow:
        title_id = (await uow.titles.by_refs([TitleRef.parse(DUNE)]))[TitleRef.parse(DUNE)]
        entry = LogEntry(
            anna.id,
            title_id,
            f"fake|room||{anna.id}",
            "grab",
            "blend",
            1,
            1.0,
            (),
            "As dry as *Ran*.",
            house.clock.now(),
        )
        await uow.feedbacks.log([entry])
        await uow.commit()
    await ask(house)
    house.world.works["movie", 601].status = AVAILABLE
    await house.requests.follower.availability(title_id)
    await house.requests.follower.availability(title_id)
    await house.courier.send_due()
    ((place, notice),) = house.platform.sent
    assert place == ROOM
    assert "Anna" in said(notice)
    assert "You can watch **Dune" in said(notice)
    assert "As dry as *Ran*." in said(notice)
    house.restart()
    assert await house.told() == []


async def test_of_several_seasons_all_must_be_there(house: House) -> None:
    card = await house.say(f"/request {DARK} seasons=1-2")
    await house.press(token(card, "Request it"))
    house.world.decide(house.world.people[1], 1, APPROVED)
    work = house.world.works["tv", 1396]
    work.status, work.season_status = PARTIAL, {1: AVAILABLE}
    house.clock.advance(LONG)
    assert "You can watch" not in "".join(await house.told())
    work.season_status = {1: AVAILABLE, 2: AVAILABLE}
    house.clock.advance(LONG)
    (told,) = await house.told()
    assert "You can watch **Dark (2017)**, seasons 1-2 now" in told


async def test_somebody_who_wants_to_hear_too_does_and_holds_nothing_up(house: House) -> None:
    await ask(house)
    offer = await house.say(f"/request {DUNE}", "Ben")
    for _ in range(2):
        assert "I will tell you here" in said(await house.press(token(offer, "Tell me too when it is here"), "Ben"))
    house.world.works["movie", 601].status = AVAILABLE
    house.clock.advance(LONG)
    told = sorted(await house.told())
    assert [each.partition(":")[0] for each in told] == ["Anna", "Ben"]
    assert len(house.world.requests) == 1


async def test_a_notice_waits_while_the_platform_is_down_and_goes_out_once(house: House) -> None:
    await ask(house)
    house.world.decide(house.world.people[1], 1, DECLINED)
    house.clock.advance(LONG)
    house.platform.down = True
    assert await house.told() == []
    house.platform.down = False
    house.clock.advance(timedelta(minutes=1))
    house.restart()
    assert len(await house.told()) == 1
    assert await house.told() == []


async def test_ones_own_requests_are_listed(house: House) -> None:
    await ask(house)
    listed = said(await house.say("/requests", place=DESK))
    assert "Dune" in listed
    assert "waits for approval" in listed
    assert "requested nothing yet" in said(await house.say("/requests", "Ben", place=DESK))
