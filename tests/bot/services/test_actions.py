"""Buttons behind tokens: short, random, bound, mortal, spent once."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.chat.reply import Action, Button, Card, Choice, Choices, Link, Reply, Text
from bot.errors import NotAllowed, NotFound
from bot.ports.storage import UnitOfWorkFactory
from bot.services.actions import ActionsService
from tests.bot.household import START, cards, choices, place

REPLY = Reply(
    (
        Text("x"),
        Card("movie:1", "One", buttons=(Button("Why?", Action("why", {"title": "movie:1"})), Button("P", Link("u")))),
        Choices("Sure?", (Choice("Yes", Action("hide", {"title": "movie:1"}, once=True)),)),
    )
)


@pytest.fixture
async def people(storage: UnitOfWorkFactory) -> tuple[int, int]:
    async with storage() as uow:
        anna, ben = [(await uow.members.add(name)).id for name in ("Anna", "Ben")]
        await uow.commit()
    return anna, ben


@pytest.fixture
def actions(storage: UnitOfWorkFactory) -> ActionsService:
    return ActionsService(storage)


async def test_every_action_gets_a_token_of_its_own(actions: ActionsService, people: tuple[int, int]) -> None:
    replies = [await actions.attach(REPLY, member_id=people[0], place=place(), now=START) for _ in range(20)]
    tokens = [cards(reply)[0].buttons[0].token or "" for reply in replies]
    assert len(set(tokens)) == 20
    assert all(16 <= len(token.encode()) <= 64 for token in tokens)
    assert cards(replies[0])[0].buttons[1].token is None
    found = await actions.redeem(tokens[0], member_id=people[0], place=place(), now=START)
    assert (found.name, dict(found.args)) == ("why", {"title": "movie:1"})


async def test_a_button_works_again_until_its_life_ends(actions: ActionsService, people: tuple[int, int]) -> None:
    token = cards(await actions.attach(REPLY, member_id=people[0], place=place(), now=START))[0].buttons[0].token or ""
    for days in (0, 1, 29):
        await actions.redeem(token, member_id=people[0], place=place("elsewhere"), now=START + timedelta(days=days))
    with pytest.raises(NotFound, match="too old"):
        await actions.redeem(token, member_id=people[0], place=place(), now=START + timedelta(days=30))


async def test_foreign_and_invented_tokens_do_nothing(actions: ActionsService, people: tuple[int, int]) -> None:
    token = cards(await actions.attach(REPLY, member_id=people[0], place=place(), now=START))[0].buttons[0].token or ""
    with pytest.raises(NotAllowed, match="somebody else"):
        await actions.redeem(token, member_id=people[1], place=place(), now=START)
    for invented in ("", "nope", "x" * 101):
        with pytest.raises(NotFound):
            await actions.redeem(invented, member_id=people[0], place=place(), now=START)


async def test_a_confirmation_works_for_one_of_two_presses_at_once(
    actions: ActionsService, people: tuple[int, int]
) -> None:
    token = choices(await actions.attach(REPLY, member_id=people[0], place=place(), now=START)).options[0].token or ""
    results = await asyncio.gather(
        *(actions.redeem(token, member_id=people[0], place=place(), now=START) for _ in range(2)),
        return_exceptions=True,
    )
    assert sorted(type(result).__name__ for result in results) == ["Action", "NotAllowed"]
    with pytest.raises(NotAllowed, match="used already"):
        await actions.redeem(token, member_id=people[0], place=place(), now=START)


async def test_a_confirmation_lives_for_minutes(actions: ActionsService, people: tuple[int, int]) -> None:
    token = choices(await actions.attach(REPLY, member_id=people[0], place=place(), now=START)).options[0].token or ""
    with pytest.raises(NotFound):
        await actions.redeem(token, member_id=people[0], place=place(), now=START + timedelta(minutes=16))
