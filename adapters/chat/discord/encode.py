"""From replies to Discord messages, as the payloads of its REST interface.

A card is an embed with its buttons below, in a message of its own: so that buttons stand under what they are about,
and an answer to a press can change that card alone. Text before a card goes out with it; choices without a prompt
hang on what precedes them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias, assert_never
from urllib.parse import urlsplit

from adapters.chat.discord.markdown import literal, to_discord
from bot.chat.actions import numbered
from bot.chat.capabilities import Capabilities
from bot.chat.plain import one_line
from bot.chat.reply import Action, Button, Card, Choice, Choices, Link, MessageRef, Part, Reply, Style, Text
from bot.chat.splitting import split_text

Payload: TypeAlias = Mapping[str, Any]

MAX_CONTENT = 2000
MAX_LABEL = 80
MAX_TITLE = 256
MAX_FACTS = 25
_ROWS, _PER_ROW = 5, 5
_MOST_BUTTONS = 10  # more choices than this are easier to find in a menu
_COLOUR = 0xE5A00D
_STYLES = {Style.PRIMARY: 1, Style.SECONDARY: 2, Style.DANGER: 4}
_LINK_STYLE = 5
_NOTHING = "\u200b"  # a message needs a content, if only one that nobody sees

# Texts leave room for what Discord's dialect needs escaped in addition.
CAPABILITIES = Capabilities(
    max_text=1800,
    max_caption=2000,
    button_rows=_ROWS,
    buttons_per_row=_PER_ROW,
    token_bytes=100,
    cards=True,
    images=True,
    edits=True,
    private=True,
    native_commands=True,
    reactions=False,
    # Five changes in five seconds are allowed in a channel, whoever asked for them.
    edit_pause=1.2,
    edit_pause_shared=1.5,
)


@dataclass(slots=True)
class Outgoing:
    """One Discord message. `replaces`: the message that it changes instead of being a new one."""

    private: bool = False
    replaces: MessageRef | None = None
    content: str = ""
    embeds: list[Payload] = field(default_factory=list)
    rows: list[Payload] = field(default_factory=list)

    def payload(self) -> dict[str, Any]:
        """Everything about the message, so that it can also replace another; it mentions nobody."""
        bare = not self.content and not self.embeds
        return {
            "content": _NOTHING if bare else self.content,
            "embeds": self.embeds,
            "components": self.rows,
            "allowed_mentions": {"parse": []},
        }


def encode(replies: Sequence[Reply]) -> list[Outgoing]:
    """The messages in which the replies go out, in order."""
    parts = [part for reply in replies for part in reply.parts]
    titles = iter(_card_titles(parts))
    return [message for reply in replies for message in _messages(reply, titles)]


def _messages(reply: Reply, titles: Iterator[str]) -> Iterator[Outgoing]:
    if not reply.parts:
        return
    message = Outgoing(reply.private, reply.replaces)
    for part in reply.parts:
        text, embeds, rows = _drawn(part, titles)
        for piece in [*split_text(text, MAX_CONTENT)] or [""]:
            if not _fits(message, piece, embeds, rows):
                yield message
                message = Outgoing(reply.private)
            message.content = f"{message.content}\n\n{piece}".strip() if piece else message.content
        message.embeds += embeds
        message.rows += rows
    yield message


def _drawn(part: Part, titles: Iterator[str]) -> tuple[str, list[Payload], list[Payload]]:
    """A part as content, embeds and rows of components."""
    match part:
        case Text():
            return to_discord(part.markdown), [], []
        case Card():
            return "", [_embed(part, next(titles))], _button_rows([_button(button) for button in part.buttons])
        case Choices():
            return to_discord(part.prompt), [], _choice_rows(part.options)
        case _:
            assert_never(part)


def _fits(message: Outgoing, text: str, embeds: list[Payload], rows: list[Payload]) -> bool:
    """Whether it can be added without coming to stand above what was said before it."""
    if (text or embeds) and (message.embeds or message.rows):
        return False
    return len(message.content) + 2 + len(text) <= MAX_CONTENT and len(message.rows) + len(rows) <= _ROWS


def _card_titles(parts: Sequence[Part]) -> list[str]:
    """The title of each card, with the number that may be typed when there is more than one to choose from."""
    cards = [(item.label, item.target) for item in numbered(parts) if isinstance(item.target, Card)]
    several = len(cards) > 1
    return [f"{label}. {card.title}" if several or card.number is not None else card.title for label, card in cards]


def _embed(card: Card, title: str) -> Payload:
    embed: dict[str, Any] = {"title": _cut(literal(one_line(title)), MAX_TITLE) or _NOTHING, "color": _COLOUR}
    above = literal(one_line(card.subtitle))
    description = "\n\n".join(block for block in (above, to_discord(card.body)) if block)
    if description:
        embed["description"] = description[:4096]
    if card.link and _is_web(card.link):
        embed["url"] = card.link
    if card.image_url and _is_web(card.image_url):
        embed["thumbnail"] = {"url": card.image_url}
    if card.facts:
        embed["fields"] = [
            {
                "name": _cut(literal(one_line(fact.label)), 256) or _NOTHING,
                "value": _cut(literal(one_line(fact.value)), 1024) or _NOTHING,
                "inline": True,
            }
            for fact in card.facts[:MAX_FACTS]
        ]
    return embed


def _button(button: Button) -> Payload | None:
    """A button, or None for one that Discord would refuse: it would refuse the whole message with it."""
    label = one_line(button.label, MAX_LABEL) or "…"
    match button.press:
        case Link():
            if not _is_web(button.press.url) or len(button.press.url) > 512:
                return None
            return {"type": 2, "style": _LINK_STYLE, "label": label, "url": button.press.url}
        case Action():
            if not button.token:
                return None
            return {"type": 2, "style": _STYLES[button.style], "label": label, "custom_id": button.token}
        case _:
            assert_never(button.press)


def _button_rows(buttons: Sequence[Payload | None]) -> list[Payload]:
    drawn = [button for button in buttons if button is not None]
    return [{"type": 1, "components": drawn[at : at + _PER_ROW]} for at in range(0, len(drawn), _PER_ROW)]


def _choice_rows(options: Sequence[Choice]) -> list[Payload]:
    if len(options) <= _MOST_BUTTONS:
        return _button_rows([_button(Button(option.label, option.press, token=option.token)) for option in options])
    choices = [
        {"label": one_line(option.label, 100) or "…", "value": option.token} for option in options if option.token
    ]
    if not choices:
        return []
    # Its id has to be unique on the message; what was chosen comes back as the value.
    menu = {"type": 3, "custom_id": f"menu:{choices[0]['value']}"[:100], "options": choices}
    return [{"type": 1, "components": [menu]}]


def _is_web(url: str) -> bool:
    """Whether Discord takes the address; it refuses a message with any other."""
    if len(url) > 2048 or any(character.isspace() for character in url):
        return False
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def _cut(escaped: str, limit: int) -> str:
    return escaped if len(escaped) <= limit else split_text(escaped, limit - 1)[0] + "…"
