"""Input made to break things: through the wire, as people would send it."""

from __future__ import annotations

import random
from collections.abc import Sequence

from bot.chat.incoming import CommandCall, Incoming, Message
from bot.chat.plain import clean, escape, one_line
from bot.chat.reply import Action, Button, Card, Reply, Text
from tests.adapters.chat.discord.talking import say, talking

PIECES = [
    "@everyone",
    "<@&700000000000000009>",
    "`",
    "||",
    "**",
    "[x](https://evil.test)",
    "\u202e",
    "\x00",
    "👩‍👩‍👧",
    "\ud800",
]


def noise(seed: int) -> str:
    """Unicode of all planes, mixed with what Discord gives a meaning."""
    chance = random.Random(seed)
    letters = [
        chr(chance.choice([chance.randrange(32, 0x3000), chance.randrange(0x3000, 0x10FFFF)])) for _ in range(30)
    ]
    mixed = letters + chance.sample(PIECES, 4)
    chance.shuffle(mixed)
    return "".join(mixed).encode("utf-8", "replace").decode()


def echo(incoming: Incoming) -> Sequence[Reply]:
    """Says everything back in every place where a title can stand."""
    assert isinstance(incoming, Message)
    title = one_line(incoming.text, 150)
    buttons = (Button(title, Action("why"), token=f"t-{incoming.id}"),)
    return [Reply((Text(escape(incoming.text)), Card("movie:1", title, title, escape(title), buttons=buttons)))]


async def test_two_hundred_strange_messages_are_answered_and_ring_nowhere() -> None:
    async with talking(echo) as chat:
        texts = [text for seed in range(210) if (text := noise(seed)).strip()][:200]
        for text in texts:
            await chat.fake.write("anna", "private", text)
        await chat.inbox.received(200)
        drawn = await chat.fake.shows("anna", "private", lambda drawn: len(drawn) == 200)
        assert chat.inbox.errors == []
        for text, answer in zip(texts, drawn, strict=True):
            assert answer.cards[0].title == one_line(text, 150).replace("\u200b", "")


async def test_mass_mentions_stay_text() -> None:
    async with talking(lambda incoming: say(escape(getattr(incoming, "text", "")))) as chat:
        names = [f"person{number}" for number in range(30)]
        text = " ".join(f"@{name}" for name in names) + " @everyone @here"
        await chat.fake.say("anna", "room", text, names)
        (answer,) = await chat.fake.answers("anna", "room")
        assert answer.text.endswith("@everyone @here")
        (said,) = chat.inbox.accepted
        assert isinstance(said, Message)
        assert len(said.mentions) == 30


async def test_a_name_that_mentions_everybody_stays_a_name() -> None:
    async with talking(lambda incoming: say(f"Hello {escape(incoming.author.name)}")) as chat:
        await chat.fake.command("@everyone", "room", "help")
        (answer,) = await chat.fake.answers("@everyone", "room")
        assert clean(answer.text) == "Hello @Everyone"


async def test_a_form_with_unknown_or_wrong_values_is_handed_on_as_it_came() -> None:
    async with talking() as chat:
        options = [{"name": "mode", "type": 3, "value": "nonsense"}, {"name": "ghost", "type": 5, "value": True}]
        await chat.fake.ask("anna", "room", 2, {"id": "1", "name": "recommend", "type": 1, "options": options})
        await chat.fake.ask("anna", "room", 2, {"id": "1", "name": "gone-command", "type": 1})
        first, second = await chat.inbox.received(2)
        assert isinstance(first, CommandCall)
        assert first.args == {"mode": "nonsense", "ghost": True}
        assert isinstance(second, CommandCall)
        assert (second.name, second.args) == ("gone-command", {})


async def test_an_unknown_kind_of_interaction_is_left_alone() -> None:
    async with talking() as chat:
        await chat.fake.ask("anna", "room", 5, {"custom_id": "form", "components": []})
        await chat.fake.command("anna", "room", "help")
        assert len(chat.inbox.accepted) == 1
