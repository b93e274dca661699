"""/profile: influences are shown with presses, and turned by press or by name."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.chat.reply import Choice, Choices, Reply
from bot.model.feedback import Override, OverrideKind
from bot.model.recommendation import Influence
from tests.bot.household import ROOMY, Household, words


@pytest.fixture
def house() -> Household:
    return Household()


def options(reply: Reply) -> dict[str, Choice]:
    return {option.label: option for part in reply.parts if isinstance(part, Choices) for option in part.options}


async def overrides(house: Household, member: int = 1) -> list[Override]:
    async with house.store() as uow:
        return list(await uow.feedbacks.overrides(member))


async def test_influences_are_shown_with_weights_and_presses(house: Household) -> None:
    reply = await house.say("/profile")
    told = words(reply)
    assert "Titles that count most: Rififi (1955) 90 %" in told
    assert "Genres that count most: Crime 80 %" in told
    assert "People who count most: Jane Doe 40 %" in told
    assert list(options(reply)) == [
        "Rififi (1955): off",
        "Rififi (1955): more",
        "Crime: off",
        "Crime: more",
        "Jane Doe: off",
        "Jane Doe: more",
    ]
    assert not await overrides(house)


async def test_presses_turn_influences(house: Household) -> None:
    shown = options(await house.say("/profile"))
    assert "says nothing about your taste" in words(await house.press(shown["Rififi (1955): off"].token))
    assert "counts for more" in words(await house.press(shown["Crime: more"].token))
    assert "counts for less" in words(await house.press(shown["Jane Doe: off"].token))
    assert await overrides(house) == [
        Override(1, "genre", "Crime", OverrideKind.BOOST),
        Override(1, "person", "Jane Doe", OverrideKind.SUPPRESS),
        Override(1, "title", "9", OverrideKind.SUPPRESS),
    ]
    await house.press(shown["Crime: off"].token)
    await house.press(shown["Crime: off"].token)
    assert (await overrides(house))[0] == Override(1, "genre", "Crime", OverrideKind.SUPPRESS)


async def test_what_was_turned_is_shown_and_taken_back(house: Household) -> None:
    await house.say("/profile switch-off crime")
    house.recommender.changed = (Influence("genre", "Crime", "Crime", 0.3, kind=OverrideKind.SUPPRESS),)
    reply = await house.say("/profile")
    assert "Changed by hand: Crime (off)" in words(reply)
    await house.press(options(reply)["Crime: never"].token)
    assert await overrides(house) == [Override(1, "genre", "Crime", OverrideKind.BLOCK)]
    assert "as usual again" in words(await house.press(options(reply)["Crime: as usual"].token))
    assert not await overrides(house)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("/profile block krimi", ("genre", "Crime", OverrideKind.BLOCK)),
        ("/profile block sci-fi", ("genre", "Science Fiction", OverrideKind.BLOCK)),
        ("/profile boost jane doe", ("person", "Jane Doe", OverrideKind.BOOST)),
        ("/profile boost Max Muster", ("person", "Max Muster", OverrideKind.BOOST)),
        ("/profile block Heat", ("title", "1", OverrideKind.BLOCK)),
        ("/profile switch-off title:movie:104", ("title", "4", OverrideKind.SUPPRESS)),
        ("/profile boost genre:War", ("genre", "War", OverrideKind.BOOST)),
    ],
)
async def test_influences_are_named(house: Household, said: str, expected: tuple[str, str, OverrideKind]) -> None:
    await house.say(said)
    assert await overrides(house) == [Override(1, *expected)]


async def test_namesakes_are_asked_about(house: Household) -> None:
    reply = await house.say("/profile block solaris")
    assert not await overrides(house)
    await house.press(options(reply)["Solaris (2002)"].token)
    assert await overrides(house) == [Override(1, "title", "7", OverrideKind.BLOCK)]


@pytest.mark.parametrize(
    ("said", "part"),
    [
        ("/profile block", "Name a genre"),
        ("/profile block  \x00", "Name a genre"),
        ("/profile block genre:", "Name a genre"),
        ("/profile block Xyzzy", "no title called"),
        ("/profile block genre:Xyzzy", "I know nothing called “Xyzzy”"),
        ("/profile boost person:[x](y)", "\\[x\\]"),
    ],
)
async def test_mistakes_change_nothing(house: Household, said: str, part: str) -> None:
    assert part in words(await house.say(said))
    assert not await overrides(house)


async def test_what_is_gone_can_still_be_taken_back(house: Household) -> None:
    async with house.store() as uow:
        gone = Override(1, "person", "Gone Girl", OverrideKind.BLOCK)
        await uow.feedbacks.set_override(gone, member_id=1, subject="person", value="Gone Girl")
        await uow.commit()
    await house.say("/profile as-usual person:Gone Girl")
    assert not await overrides(house)


async def test_it_stays_private() -> None:
    house = Household(replace(ROOMY, private=False))
    refused = await house.say("/profile block crime", private=False)
    assert "private message" in words(refused)
    assert not await overrides(house)
    whispered = await Household().say("/profile boost crime", private=False)
    assert whispered.private
