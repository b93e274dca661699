"""What plain words would write is put first, and what is praised shapes the answers that follow."""

from __future__ import annotations

import pytest

from bot.services.conversations import MAX_LIKED, Memory
from tests.bot.household import Household, choices, words


@pytest.fixture
def house() -> Household:
    return Household()


def liked(house: Household) -> tuple[int, ...]:
    return house.recommender.asked[-1][2].liked


async def test_praise_shapes_what_follows_in_this_conversation_and_writes_nothing(house: Household) -> None:
    await house.say("I love Rio Bravo")
    await house.say("I adore Heat!")
    await house.say("/recommend")
    assert liked(house) == (11, 1)
    assert not house.store.verdicts
    await house.say("/recommend", name="Ben")
    assert liked(house) == ()


async def test_who_takes_it_back_praises_it_no_more(house: Household) -> None:
    await house.say("I love Rio Bravo")
    await house.say("never show me Rio Bravo again")
    await house.say("/recommend")
    assert liked(house) == ()
    assert not house.store.hidden


async def test_high_points_are_praise_and_low_ones_are_not(house: Household) -> None:
    await house.say("I rate Heat 9/10")
    await house.say("I rate Alien 4/10")
    await house.say("/recommend mood a western")
    assert liked(house) == (1,)
    assert not house.store.ratings


async def test_what_is_loved_already_is_no_rewatch_of_somebody_else(house: Household) -> None:
    await house.say("I love Rio Bravo")
    await house.say("/recommend rediscover")
    assert liked(house) == ()


async def test_of_several_titles_each_can_be_noted(house: Household) -> None:
    reply = await house.say("I love Heat, Rio Bravo and Rififi")
    panel = choices(reply)
    assert "Which of these shall I note as liked?" in words(reply)
    assert [option.label for option in panel.options] == ["Heat (1995)", "Rio Bravo (1959)", "Rififi (1955)"]
    await house.press(panel.options[1].token or "")
    assert [verdict.title_id for verdict in house.store.verdicts] == [11]
    await house.say("/recommend")
    assert liked(house) == (1, 11, 9)


async def test_a_title_that_is_gone_is_left_out_of_the_question(house: Household) -> None:
    house.titles.gone.add("movie:111")
    reply = await house.say("I love Heat, Rio Bravo and Rififi")
    assert [option.label for option in choices(reply).options] == ["Heat (1995)", "Rififi (1955)"]


def test_the_latest_praise_counts() -> None:
    memory = Memory()
    for title_id in range(MAX_LIKED + 3):
        memory = memory.with_opinion(title_id, good=True)
    assert memory.liked == tuple(range(3, MAX_LIKED + 3))
    assert memory.with_opinion(5, good=True).liked[-1] == 5
    assert 5 not in memory.with_opinion(5, good=False).liked
