"""What every chat platform promises."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from bot.chat.incoming import Author, Incoming, Message, Place
from bot.chat.reply import Reply, Text
from bot.errors import Unavailable
from bot.ports.chat import ChatPlatform
from tests.fakes.chat import FakeChatPlatform

HERE = Place("fake", "room")


def message(text: str) -> Message:
    return Message("1", HERE, Author("fake", "1", "Anna"), text)


async def echo(incoming: Incoming) -> Sequence[Reply]:
    assert isinstance(incoming, Message)
    return [Reply((Text(part),)) for part in incoming.text.split()]


async def test_everything_said_is_answered_in_order_where_it_was_said() -> None:
    platform = FakeChatPlatform(echo)
    platform.say(message("one two"))
    platform.say(message("three"))
    platform.leave()
    await platform.run()
    assert platform.sent == [(HERE, Reply((Text(word),))) for word in ("one", "two", "three")]


async def test_a_notice_is_sent_unasked() -> None:
    fake = FakeChatPlatform(echo)
    platform: ChatPlatform = fake
    notice = Reply((Text("Ready to watch."),), private=True)
    await platform.send(HERE, [notice])
    assert fake.sent == [(HERE, notice)]
    fake.down = True
    with pytest.raises(Unavailable):
        await platform.send(HERE, [notice])
