"""/whynot: everything that speaks against a title, and what a person may do about it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.chat.reply import Choice, Choices, Reply
from bot.model.feedback import Feedback, Hide, Override, OverrideKind, Verdict
from bot.model.recommendation import Negative, NegativeType, WhyAnswer
from tests.bot.household import FILMS, START, Household, words


@pytest.fixture
def house() -> Household:
    return Household()


def options(reply: Reply) -> dict[str, Choice]:
    return {option.label: option for part in reply.parts if isinstance(part, Choices) for option in part.options}


async def overrides(house: Household) -> list[Override]:
    async with house.store() as uow:
        return list(await uow.feedbacks.overrides(1))


async def test_the_rank_and_the_numbers_are_told(house: Household) -> None:
    reply = await house.say("/whynot Ran")
    assert "ranks 3 of 1,200 for you: its score is 0.40, and the last of my picks has 0.52." in words(reply)
    assert "You seldom watch war (affinity −0.10)." in words(reply)
    assert list(options(reply)) == ["Recommend it anyway", "I actually liked this"]
    assert not await overrides(house)


async def test_every_filter_is_told_and_nothing_is_offered_that_would_not_help(house: Household) -> None:
    house.recommender.against = WhyAnswer(FILMS[0], None, removed_by=("watched", "rules"))
    reply = await house.say("/whynot Ran")
    assert "watched it already" in words(reply)
    assert "rule of this server" in words(reply)
    assert list(options(reply)) == ["I actually liked this"]
    house.recommender.against = WhyAnswer(FILMS[0], None, removed_by=("liked",))
    assert not options(await house.say("/whynot Ran"))


async def test_recommend_it_anyway_takes_back_what_the_person_said_against_it(house: Household) -> None:
    ran = 8
    async with house.store() as uow:
        await uow.feedbacks.hide(Hide(1, ran, START, START + timedelta(days=90)))
        await uow.feedbacks.hide(Hide(2, ran, START, START + timedelta(days=90)))
        await uow.feedbacks.add(Feedback(1, ran, Verdict.DISLIKE, START))
        block = Override(1, "title", str(ran), OverrideKind.BLOCK)
        await uow.feedbacks.set_override(block, member_id=1, subject="title", value=str(ran))
        await uow.commit()
    house.recommender.against = WhyAnswer(FILMS[0], None, removed_by=("hidden", "disliked", "blocked"))
    reply = await house.say("/whynot Ran")
    house.recommender.against = None
    done = await house.press(options(reply)["Recommend it anyway"].token)
    assert "**Ran (1985)** will come up for you" in words(done)
    assert [hide.member_id for hide in house.store.hidden] == [2]
    assert not house.store.verdicts
    assert await overrides(house) == [Override(1, "title", str(ran), OverrideKind.BOOST)]
    await house.press(options(reply)["Recommend it anyway"].token)  # twice is once
    assert len(await overrides(house)) == 1


async def test_what_cannot_be_set_aside_is_said(house: Household) -> None:
    house.recommender.against = WhyAnswer(FILMS[0], None, removed_by=("rules",))
    assert "still stays away: A rule of this server" in words(await house.say("/whynot Ran anyway=yes"))


async def test_liking_it_or_what_it_is_like_corrects_the_profile(house: Household) -> None:
    like = Negative(NegativeType.ANTI_PROFILE, "9", "Rififi (1955)", 0.7)
    house.recommender.against = WhyAnswer(FILMS[0], None, (like,))
    reply = await house.say("/whynot Ran")
    assert "70 % like **Rififi (1955)**" in words(reply)
    await house.press(options(reply)["I actually liked Rififi (1955)"].token)
    await house.press(options(reply)["I actually liked this"].token)
    assert [(v.title_id, v.verdict) for v in house.store.verdicts] == [(9, Verdict.LIKE), (8, Verdict.LIKE)]


async def test_rooms_hear_nothing_of_the_person(house: Household) -> None:
    like = Negative(NegativeType.ANTI_PROFILE, "9", "Rififi (1955)", 0.7)
    crowd = Negative(NegativeType.LOW_RATING, "vote_average", "4.1", 4.1)
    house.recommender.against = WhyAnswer(FILMS[0], None, (like, crowd), removed_by=("disliked",))
    reply = await house.say("/whynot Ran", private=False)
    assert "only 4.1 out of 10" in words(reply)
    assert "in private" in words(reply)
    told = words(reply) + "".join(options(reply))
    assert "Rififi" not in told
    assert "liked" not in told
    assert "like it" not in words(await house.say("/why Ran", private=False))
