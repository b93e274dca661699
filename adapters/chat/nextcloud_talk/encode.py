"""From fitted replies to messages: Markdown as it is, except that nothing in it may call anybody.

Talk reads `@name` and `@all` anywhere in a message as a mention and notifies those people, whoever wrote them into a
title. An invisible joiner after every @ prevents it; in an address, which it would break, the @ is written as %40.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.chat.capabilities import Capabilities
from bot.chat.reply import Card, Choices, Reply, Text
from bot.chat.splitting import split_text

MAX_MESSAGE = 32_000  # characters that Talk takes
_ROOMY = 30_000  # what core may fill; the joiners come on top
CAPABILITIES = Capabilities(
    max_text=_ROOMY,
    max_caption=_ROOMY,
    button_rows=0,
    buttons_per_row=0,
    token_bytes=64,
    cards=False,
    images=False,
    edits=False,
    private=False,
    native_commands=False,
    reactions=True,
)
JOINER = "\u2060"
_ADDRESS = re.compile(r"(https?://[^\s<>]+)")


def encode(replies: Sequence[Reply]) -> list[str]:
    """The messages of all replies, in order, none of them empty or too long."""
    return [message for reply in replies for message in _messages(reply)]


def _messages(reply: Reply) -> Iterator[str]:
    written = "\n\n".join(part.markdown for part in reply.parts if isinstance(part, Text) and part.markdown.strip())
    unfitted = [type(part).__name__ for part in reply.parts if isinstance(part, Card | Choices)]
    assert not unfitted, f"{unfitted} went past the fit to these capabilities"
    yield from split_text(harmless(written), MAX_MESSAGE)


def harmless(markdown: str) -> str:
    """The text with nobody mentioned and nothing that JSON or a database cannot carry."""
    sound = markdown.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")
    pieces = _ADDRESS.split(sound)  # every second one is an address
    return "".join(
        piece.replace("@", "%40") if index % 2 else piece.replace("@", "@" + JOINER)
        for index, piece in enumerate(pieces)
    )
