"""How people shape their own profile in the demo household: the quiz before any history."""

from __future__ import annotations

from bot.chat.reply import Choice, Choices, Reply
from bot.model.quiz import QuizAnswers
from tests.e2e.conftest import Household, Talk


async def newcomer(household: Household, name: str = "Nora") -> None:
    """Somebody who may see everything and has watched nothing."""
    async with household.open() as application, application.uow() as uow:
        member = await uow.members.add(name)
        await uow.members.grant(member.id, [library.id for library in await uow.libraries.all()])
        await uow.commit()


def options(replies: tuple[Reply, ...]) -> list[Choice]:
    return [option for reply in replies for part in reply.parts if isinstance(part, Choices) for option in part.options]


async def answers(talk: Talk, name: str) -> QuizAnswers:
    member = await talk.application.services.accounts.member_named(name)
    async with talk.application.uow() as uow:
        return await uow.quizzes.of(member.id)


async def test_a_newcomer_answers_the_quiz_and_is_known(household: Household) -> None:
    await newcomer(household)
    async with household.talking("Nora") as (nora,):
        before = [card.ref for card in await nora.cards("/recommend")]
        told = await nora.text("/quiz Alien (1979), The Thing (1982), The Shining, Psycho (1960), Get Out")
        assert "5 picked" in told
        await nora.say("/quiz genres horror=+1 romance=-1")
        after = await nora.cards("/recommend")
        assert [card.ref for card in after] != before
        assert not {"Alien (1979)", "The Shining (1980)"} & {card.title for card in after}
        assert sum("Horror" in card.subtitle or "Thriller" in card.subtitle for card in after) >= 3
    async with household.talking("Nora") as (nora,):
        kept = await answers(nora, "Nora")
        assert len(kept.picks) == 5
        assert kept.genres == {"Horror": 1.0, "Romance": -1.0}


async def test_the_quiz_is_pressed_through_by_numbers(household: Household) -> None:
    await newcomer(household)
    async with household.talking("Nora") as (nora,):
        first = [option.label for option in options(await nora.say("/quiz"))]
        for number in (1, 2, 3):
            await nora.say(str(number))
        page = options(await nora.say("5"))
        assert [option.label.startswith("✓") for option in page[:8]] == [True, True, True, False, True, *[False] * 3]
        assert "pick 1 more title" in await nora.text(str(1 + [option.label for option in page].index("Done")))
        other = options(await nora.say(str(1 + [option.label for option in page].index("Show others"))))
        assert not {option.label for option in other[:8]} & set(first[:8])
        page = options(await nora.say("1"))
        genres = options(await nora.say(str(1 + [option.label for option in page].index("Done"))))
        assert "Comedy: neutral" in [option.label for option in genres]
        assert len((await answers(nora, "Nora")).picks) == 5


async def test_a_child_is_offered_and_may_pick_only_what_it_may_see(household: Household) -> None:
    async with household.talking("Mia") as (mia,):
        assert "kenne ich nicht" in await mia.text("/quiz Suspiria (1977)")
        member = await mia.application.services.accounts.member_named("Mia")
        clearance = await mia.application.services.accounts.clearance(member)
        now = mia.application.clock.now()
        for number in range(1, 13):
            page = await mia.application.services.quiz.page(member, clearance, number, now)
            assert all(title.facts.minimum_age is not None and title.facts.minimum_age <= 12 for title in page.titles)
        assert not (await answers(mia, "Mia")).picks
