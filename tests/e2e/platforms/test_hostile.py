"""What people with bad intentions, and titles with bad names, can do on each platform: nothing."""

from __future__ import annotations

import os
import random
import unicodedata
from pathlib import Path

import pytest

from bot.model.feedback import Feedback, Hide
from bot.model.titles import Alias, Kind, TitleFacts, TitleRef
from tests.e2e.platforms.driver import Drawn
from tests.e2e.platforms.stage import PLATFORMS, Stage, stage

GENEROUS = {
    "person_burst": 1000,
    "person_per_minute": 6000,
    "conversation_burst": 1000,
    "conversation_per_minute": 6000,
}
NAMES = (
    "@everyone @here <@&1> buy now",
    "**Bold** `code` ~~gone~~ ||spoiler||",
    "[click me](https://evil.example) <a href='x'>y</a>",
    "```\nfence\n``` > quote # heading",
    "@all @anna @recommendarr_bot /settings language fr",
    "\u202edesrever \x1b[31mred\x07 \u200b\u2066",
    "{title} %s %(name)s \\",
    "tg://user?id=5001 @5002",
)
TRIES = int(os.environ.get("RECOMMENDARR_NOISE", "10"))  # messages of random letters, on each platform
_ALPHABETS = ((0x20, 0x7F), (0xA0, 0x250), (0x370, 0x530), (0x5D0, 0x700), (0x2000, 0x2100), (0x1F300, 0x1F700))


async def with_bad_names(here: Stage) -> None:
    """The catalogue gets titles that try to be something else."""
    async with here.application.uow() as uow:
        (library, *_more) = [one for one in await uow.libraries.all() if one.name]
        facts = [
            TitleFacts(
                (TitleRef(Kind.MOVIE, "tmdb", str(9_000_000 + number)),),
                Kind.MOVIE,
                f"Zyzzyva{number} {name}",
                2001,
                aliases=(Alias(f"Zyzzyva{number}"),),
                overview=f"A plot about {name}.",
                genres=("Comedy",),
                keywords=(name,),
                minimum_age=0,
                vote_count=10,
                vote_average=7.0,
            )
            for number, name in enumerate(NAMES)
        ]
        await uow.libraries.put(library.id, await uow.titles.upsert(facts))
        await uow.commit()


async def written(here: Stage, name: str) -> tuple[list[Feedback], list[Hide]]:
    """What is kept of what somebody said about titles."""
    async with here.application.uow() as uow:
        member = await uow.members.by_name(name)
        assert member is not None
        return list(await uow.feedbacks.of(member.id)), list(await uow.feedbacks.hides(member.id))


async def asked(here: Stage, who: str, where: str, text: str, mentions: tuple[str, ...] = ()) -> list[Drawn]:
    await here.driver.say(who, where, text, mentions)
    await here.driver.answers(who, where)
    await here.settled()
    return await here.driver.answers(who, where)


def noise(chance: random.Random) -> str:
    """Letters of any script, controls and marks among them; no more than a chat takes."""
    low, high = chance.choice(_ALPHABETS)
    letters = [chr(chance.randrange(low, high)) for _ in range(chance.choice((1, 3, 20, 300)))]
    text = "".join(letter for letter in letters if unicodedata.category(letter) not in ("Cs", "Cn")).strip()
    return f"{chance.choice(('', '', '/search ', 'something like ', '/watchlist add '))}{text or '?'}"


@pytest.mark.parametrize("platform", PLATFORMS)
async def test_bad_names_noise_and_strange_hands_ping_nobody_and_change_nothing(platform: str, demo_home: Path) -> None:
    chance = random.Random(platform)
    async with stage(platform, demo_home, limits=GENEROUS) as here:
        await with_bad_names(here)
        for number in range(len(NAMES)):
            shown = await asked(here, "anna", "private", f"/search Zyzzyva{number}")
            assert any(f"Zyzzyva{number}" in card.title for one in shown for card in one.cards), shown
            links = [button.url for one in shown for button in one.buttons if button.url]
            assert not any("evil.example" in link for link in links)
        shown = await asked(here, "anna", "private", "/why Zyzzyva0")
        assert any("Zyzzyva0" in one.everything for one in shown)
        for _ in range(TRIES):
            said = noise(chance)
            shown = await asked(here, "anna", "private", said)
            assert not any("went wrong" in one.everything for one in shown), said
        if platform != "terminal":
            await nobody_acts_for_somebody_else(here)
            await asked(here, "anna", "room", "/search Zyzzyva0")
            await asked(here, "anna", "room", "/recommend group @ben @cleo @zoe @ben", ("ben", "cleo", "zoe"))
            await asked(here, "anna", "room", "@everyone @all @here <@&1> hello")
        assert here.pings == []


async def nobody_acts_for_somebody_else(here: Stage) -> None:
    shown = await asked(here, "anna", "room", "/search Heat")
    message = next(one for one in shown if one.buttons)
    for other in ("ben", "zoe"):
        await here.driver.press(other, message, "Not for me")
        await here.driver.press(other, message, "Seen it")
        await here.settled()
    for name in ("Anna", "Jonas"):
        assert await written(here, name) == ([], []), name
    await here.driver.press("anna", message, "Not for me")
    await here.driver.answers("anna", "room")
    await here.settled()
    _verdicts, hides = await written(here, "Anna")
    assert len(hides) == 1
