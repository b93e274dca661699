"""What every implementation promises about the taste quiz: picks keep their order, weights replace each other."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.errors import InvalidInput, Unavailable
from bot.model.quiz import QuizAnswers
from bot.model.titles import Kind, TitleFacts
from bot.ports.storage import UnitOfWorkFactory
from tests.fakes.clock import NOON
from tests.samples import film, ref

DAY = timedelta(days=1)


async def test_picks_are_kept_in_order_and_taken_back(storage: UnitOfWorkFactory) -> None:
    async with storage() as uow:
        anna, ben = await uow.members.add("Anna"), await uow.members.add("Ben")
        first, second, third = await uow.titles.upsert([film(1), film(2), film(3)])
        assert await uow.quizzes.of(anna.id) == QuizAnswers()
        await uow.quizzes.pick(anna.id, [third], NOON - DAY)
        version = await uow.histories.version(anna.id)
        assert version > 0
        await uow.quizzes.pick(anna.id, [second, first, second], NOON)
        await uow.quizzes.pick(anna.id, [third], NOON + DAY)  # picked already: keeps its place
        await uow.quizzes.pick(anna.id, [], NOON)
        assert await uow.histories.version(anna.id) > version
        await uow.commit()
    async with storage() as uow:
        assert (await uow.quizzes.of(anna.id)).picks == (third, first, second)
        assert await uow.quizzes.of(ben.id) == QuizAnswers()
        version, changes = await uow.histories.version(anna.id), await uow.histories.change_count()
        await uow.quizzes.drop(anna.id, [])
        await uow.quizzes.drop(ben.id, [first])
        assert await uow.histories.version(anna.id) == version
        await uow.quizzes.drop(anna.id, [first, 4711])
        assert await uow.histories.version(anna.id) > version
        assert await uow.histories.change_count() > changes
        assert (await uow.quizzes.of(anna.id)).picks == (third, second)


async def test_weights_replace_each_other_and_zero_forgets(storage: UnitOfWorkFactory) -> None:
    async with storage() as uow:
        anna = await uow.members.add("Anna")
        await uow.quizzes.weigh(anna.id, {"Horror": -1.0, "Comedy": 1, "War": 0.25})
        version = await uow.histories.version(anna.id)
        await uow.quizzes.weigh(anna.id, {"Horror": 0.5, "War": 0, "Western": 0})
        assert await uow.histories.version(anna.id) > version
        await uow.quizzes.weigh(anna.id, {})
        await uow.commit()
        assert (await uow.quizzes.of(anna.id)).genres == {"Comedy": 1.0, "Horror": 0.5}


@pytest.mark.parametrize("weight", [1.5, -2.0, float("nan"), float("inf")])
async def test_a_weight_lies_between_minus_one_and_one(storage: UnitOfWorkFactory, weight: float) -> None:
    async with storage() as uow:
        anna = await uow.members.add("Anna")
        with pytest.raises(InvalidInput):
            await uow.quizzes.weigh(anna.id, {"Horror": weight})
        assert await uow.quizzes.of(anna.id) == QuizAnswers()


async def test_starting_over_forgets_only_ones_own(storage: UnitOfWorkFactory) -> None:
    async with storage() as uow:
        anna, ben = await uow.members.add("Anna"), await uow.members.add("Ben")
        (title,) = await uow.titles.upsert([film(1)])
        for member in (anna, ben):
            await uow.quizzes.pick(member.id, [title], NOON)
            await uow.quizzes.weigh(member.id, {"War": 1.0})
        version = await uow.histories.version(anna.id)
        await uow.quizzes.clear(anna.id)
        assert await uow.histories.version(anna.id) > version
        assert await uow.quizzes.of(anna.id) == QuizAnswers()
        assert await uow.quizzes.of(ben.id) == QuizAnswers((title,), {"War": 1.0})
        version = await uow.histories.version(anna.id)
        await uow.quizzes.clear(anna.id)
        assert await uow.histories.version(anna.id) == version


async def test_what_is_not_there_cannot_be_picked(storage: UnitOfWorkFactory) -> None:
    async with storage() as uow:
        anna = await uow.members.add("Anna")
        (title,) = await uow.titles.upsert([film(1)])
        await uow.commit()
        with pytest.raises(Unavailable):
            await uow.quizzes.pick(anna.id, [4711], NOON)
        await uow.rollback()
        with pytest.raises(Unavailable):
            await uow.quizzes.pick(4711, [title], NOON)
        await uow.rollback()
        assert await uow.quizzes.of(anna.id) == QuizAnswers()


async def test_picks_move_with_titles_that_merge(storage: UnitOfWorkFactory) -> None:
    async with storage() as uow:
        anna, ben = await uow.members.add("Anna"), await uow.members.add("Ben")
        one, other, third = await uow.titles.upsert([film(1), film(2), film(3)])
        await uow.quizzes.pick(anna.id, [third], NOON)
        await uow.quizzes.pick(anna.id, [one], NOON + DAY)
        await uow.quizzes.pick(anna.id, [other], NOON - DAY)
        await uow.quizzes.pick(ben.id, [other], NOON)
        versions = [await uow.histories.version(member.id) for member in (anna, ben)]
        (merged,) = await uow.titles.upsert([TitleFacts((ref(1), ref(2)), Kind.MOVIE, "Both")])
        assert merged == one
        assert (await uow.quizzes.of(anna.id)).picks == (one, third)
        assert (await uow.quizzes.of(ben.id)).picks == (one,)
        now = [await uow.histories.version(member.id) for member in (anna, ben)]
        assert all(after > before for after, before in zip(now, versions, strict=True))
