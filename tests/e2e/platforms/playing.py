"""Plays scenes on a stage and holds what people see against what they must see."""

from __future__ import annotations

import asyncio
import re
from typing import assert_never

from tests.e2e.platforms.driver import Drawn
from tests.e2e.platforms.scenes import WHISPERS, Give, Push, Say, Scene, Sees, Step, Waits
from tests.e2e.platforms.stage import Stage

_YEAR = re.compile(r"\((\d{4})")


async def play(stage: Stage, scene: Scene) -> list[tuple[Step, list[Drawn]]]:
    """Every step with what was seen; raises AssertionError with both."""
    played: list[tuple[Step, list[Drawn]]] = []
    for step in scene.steps:
        if stage.driver.platform in step.only:
            played.append((step, await _play(stage, step)))
    assert stage.pings == [], f"{scene.name}: somebody was pinged"
    return played


async def _play(stage: Stage, step: Step) -> list[Drawn]:
    driver = stage.driver
    match step.does:
        case Say():
            await driver.say(step.who, step.where, _with_notes(stage, step), step.does.mentions)
        case Give():
            await driver.command(step.who, step.where, step.does.name, **step.does.options)
        case Push():
            shown = await driver.seen(step.does.of or step.who, step.where)
            label = step.does.label
            message = next(one for one in reversed(shown) if any(b.label.startswith(label) for b in one.buttons))
            await driver.press(step.who, message, label)
        case Waits():
            if step.does.comes:
                await stage.comes()
            return await _until_told(stage, step)
        case _:
            assert_never(step.does)
    shown = await _until_seen(stage, step)
    stage.read[(step.who, step.where)] = await driver.seen(step.who, step.where)
    return shown


def _with_notes(stage: Stage, step: Step) -> str:
    """What is said, with what was noted before and `{me}`, the account of who says it."""
    assert isinstance(step.does, Say)
    text = step.does.text.replace("{me}", f"{stage.driver.platform}:{stage.driver.account(step.who)}")
    for name, noted in stage.notes.items():
        text = text.replace(f"{{{name}}}", noted)
    return text


async def _until_told(stage: Stage, step: Step) -> list[Drawn]:
    """What came unasked since this person last did something there, once all of it is there."""
    before = stage.read.get((step.who, step.where), [])
    shown: list[Drawn] = []
    try:
        async with asyncio.timeout(10):
            while not shown or missing(step.sees, shown):
                await asyncio.sleep(0.01)
                shown = [one for one in await stage.driver.seen(step.who, step.where) if one not in before]
    except TimeoutError:
        raise AssertionError(f"{step}\nlacks {missing(step.sees, shown)}; told: {shown}") from None
    everything = "\n".join(one.everything for one in shown)
    assert not [word for word in step.sees.never if word in everything], f"{step}\ntold: {shown}"
    stage.read[(step.who, step.where)] = [*before, *shown]
    return shown


async def _until_seen(stage: Stage, step: Step) -> list[Drawn]:
    """Everything that came, once all of it is there, held against what must and must not be in it."""
    where, sees = _expected(stage, step)
    try:
        await stage.driver.answers(step.who, where)
    except TimeoutError:
        raise AssertionError(f"{step}\nnothing came") from None
    await stage.settled()
    shown = await stage.driver.answers(step.who, where)
    lacking = missing(sees, shown)
    assert not lacking, f"{step}\nlacks {lacking}; seen: {shown}"
    everything = "\n".join(one.everything for one in shown)
    assert not [word for word in sees.never if word in everything], f"{step}\nseen: {shown}"
    assert not sees.alone or where == "private" or all(one.private for one in shown), (
        f"{step}\nwas seen by others: {shown}"
    )
    for name, pattern in sees.notes.items():
        found = re.search(pattern, everything)
        assert found, f"{step}\nno {name}; seen: {shown}"
        stage.notes[name] = found[1]
    return shown


def _expected(stage: Stage, step: Step) -> tuple[str, Sees]:
    """Where the answer is looked for, and what it must be there."""
    if not step.sees.alone or step.where != "room":
        return step.where, step.sees
    whispers = WHISPERS[stage.driver.platform]
    if whispers is None:
        return step.where, Sees(("for your eyes only",), never=(*step.sees.words, *step.sees.never))
    match step.does:
        case Say():
            return whispers[0], step.sees
        case Give():
            return whispers[1], step.sees
        case Push() | Waits():
            return step.where, step.sees
        case _:
            assert_never(step.does)


def missing(sees: Sees, shown: list[Drawn]) -> list[str]:
    """What of the expectation is not there yet."""
    everything = "\n".join(one.everything for one in shown)
    labels = [button.label for one in shown for button in one.buttons]
    cards = [card for one in shown for card in one.cards]
    lacking = [word for word in sees.words if word not in everything]
    lacking += [f"[{label}]" for label in sees.buttons if not any(each.startswith(label) for each in labels)]
    if len(cards) < sees.cards:
        lacking.append(f"{sees.cards} cards")
    if sees.edited and not any(one.edited for one in shown):
        lacking.append("an edit")
    if sees.years is not None:
        years = [int(found[1]) for card in cards if (found := _YEAR.search(card.title))]
        lacking += [f"not {year}" for year in years if year not in sees.years]
    return lacking
