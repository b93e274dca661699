"""Cut off anywhere and started again: everything is answered, hardly anything twice, nothing done twice."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.chat.capabilities import Capabilities
from bot.chat.incoming import Incoming, Place, Press
from bot.chat.reply import Action, Choice, Choices, Reply, Text
from bot.delivery import Delivery, DeliveryConfig
from bot.errors import UserFacing
from bot.ports.chat import Say
from bot.services.actions import ActionsService
from tests.bot.delivery.scripted import Scripted, press, say
from tests.fakes.clock import NOON, FakeClock
from tests.fakes.storage import FakeStorage

PATIENT = DeliveryConfig(first_pause=0.0, last_pause=0.0, working_after=0.0, max_attempts=1000)
PRESSES = 4


class Slow(Scripted):
    """Gives up control before and after an answer leaves, so that a kill can fall on either side."""

    async def answer(self, incoming: Incoming, envelope: object, replies: Sequence[Reply]) -> None:
        await asyncio.sleep(0)
        await super().answer(incoming, {}, replies)
        await asyncio.sleep(0)


class Presses:
    """A handler that does what a button for one use stands for, and counts how often."""

    def __init__(self, storage: FakeStorage) -> None:
        self._storage = storage
        self._actions = ActionsService(storage)
        self.refused: list[str] = []

    async def tokens(self) -> list[str]:
        async with self._storage() as uow:
            member = await uow.members.add("Anna")
            await uow.commit()
        self.member_id = member.id
        options = tuple(Choice(str(n), Action("rate", {"n": n}, once=True)) for n in range(PRESSES))
        place = Place("fake", "room")
        reply = await self._actions.attach(Reply((Choices("?", options),)), member_id=member.id, place=place, now=NOON)
        (choices,) = reply.parts
        assert isinstance(choices, Choices)
        return [option.token or "" for option in choices.options]

    async def __call__(
        self, incoming: Incoming, capabilities: Capabilities, say: Say | None = None
    ) -> tuple[Reply, ...]:
        await asyncio.sleep(0)
        if not isinstance(incoming, Press):
            return (Reply((Text("heard"),)),)
        try:
            action = await self._actions.redeem(
                incoming.token, member_id=self.member_id, place=incoming.place, now=NOON, by=incoming.id
            )
        except UserFacing as error:
            self.refused.append(incoming.id)
            return (Reply((Text(str(error)),)),)
        await asyncio.sleep(0)
        async with self._storage() as uow:
            await uow.quizzes.weigh(self.member_id, {f"genre {action.args['n']}": 1.0})
            await asyncio.sleep(0)
            await uow.commit()
        await asyncio.sleep(0)
        return (Reply((Text(f"done {action.args['n']}"),)),)


async def played(kills: Sequence[int]) -> tuple[Slow, Presses, FakeStorage]:
    storage, platform, clock = FakeStorage(FakeClock()), Slow(), FakeClock()
    presses = Presses(storage)
    tokens = await presses.tokens()
    updates: list[Incoming] = [press(f"p{n}", token) for n, token in enumerate(tokens)]
    updates += [say(f"m{n}", room=f"room {n % 2}") for n in range(4)]
    updates += [press("again", tokens[0])]  # a second press on a button for one use
    confirmed: set[str] = set()
    for steps in [*kills, None]:
        delivery = Delivery(storage, presses, clock, config=PATIENT)
        delivery.attach(platform)
        running = asyncio.create_task(delivery.run())
        feeding = asyncio.create_task(feed(delivery, updates, confirmed))
        if steps is None:
            await feeding
            delivery.close()
            async with asyncio.timeout(10):
                await running
        else:
            for _ in range(steps):
                await asyncio.sleep(0)
            feeding.cancel()
            running.cancel()
            await asyncio.gather(feeding, running, return_exceptions=True)
    return platform, presses, storage


async def feed(delivery: Delivery, updates: Sequence[Incoming], confirmed: set[str]) -> None:
    """What a platform does: send everything that was not confirmed, again if need be."""
    for update in updates:
        if update.id not in confirmed:
            await delivery.accept(update, {})
            await asyncio.sleep(0)
            confirmed.add(update.id)


@given(kills=st.lists(st.integers(0, 60), max_size=4))
@settings(max_examples=120, deadline=None)
def test_everything_is_answered_and_each_press_acts_once(kills: list[int]) -> None:
    platform, presses, _storage = asyncio.run(played(kills))
    answers = Counter(id for id, _words in platform.heard)
    assert set(answers) == {*(f"p{n}" for n in range(PRESSES)), *(f"m{n}" for n in range(4)), "again"}
    assert max(answers.values()) <= 1 + len(kills)
    said = set(platform.heard)
    assert {(f"p{n}", f"done {n}") for n in range(PRESSES)} <= said
    assert set(presses.refused) == {"again"}
    assert len(said) == len(answers)  # a duplicate says what the first one said


@given(kill=st.integers(0, 200))
@settings(max_examples=150, deadline=None)
def test_one_kill_repeats_no_more_than_one_answer_of_a_room(kill: int) -> None:
    platform, _presses, _storage = asyncio.run(played([kill]))
    answers = Counter(id for id, _words in platform.heard)
    rooms = Counter("room" if id[0] in "pa" else f"room {int(id[1]) % 2}" for id in answers if answers[id] > 1)
    assert max(answers.values()) <= 2
    assert all(count <= 1 for count in rooms.values())
