"""From fitted replies to what Telegram draws: a text or a photo with a keyboard under it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import assert_never
from urllib.parse import urlsplit

from adapters.chat.telegram.markup import Rendered, join_lines, linked, pieces, plain, render, units, wrap
from bot.chat.capabilities import Capabilities
from bot.chat.plain import one_line
from bot.chat.reply import Action, Button, Card, Choices, Link, Reply, Text
from bot.i18n import gettext as _

MAX_TEXT = 4096  # UTF-16 units, marks not counted
MAX_CAPTION = 1024
MAX_TOAST = 200  # characters of an answer to a press
CAPABILITIES = Capabilities(
    max_text=MAX_TEXT,
    max_caption=MAX_CAPTION,
    button_rows=12,
    buttons_per_row=3,
    token_bytes=64,
    cards=True,
    images=True,
    edits=True,
    private=True,
    native_commands=True,
    reactions=False,
    pager=True,
    edit_pause=1.0,
    edit_pause_shared=3.0,  # twenty messages and changes a minute are allowed in a group
)
_ROW_UNITS = 34  # what three labels in a row may hold together before a phone cuts them
_MAX_LABEL = 60
_HOST = re.compile(r"(?:[a-z0-9-]+\.)+[a-z0-9-]{2,}|\d{1,3}(?:\.\d{1,3}){3}", re.IGNORECASE)
_SHORTEST_BODY = 40  # units; a shorter beginning of a text is not worth the line


@dataclass(frozen=True, slots=True)
class Key:
    """One button: either a token that comes back, or a page to open."""

    label: str
    token: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Drawing:
    """One message. `photo`: address of a picture, then `text` is its caption. `card`: it shows a title."""

    text: Rendered
    photo: str | None = None
    keys: tuple[tuple[Key, ...], ...] = ()
    card: bool = False


def encode(reply: Reply) -> list[Drawing]:
    """The messages of one reply, in order; texts that belong together share one."""
    numbered = sum(isinstance(part, Card) for part in reply.parts) > 1
    drawings: list[Drawing] = []
    for part in reply.parts:
        match part:
            case Text():
                drawings.extend(Drawing(piece) for piece in pieces(part.markdown, MAX_TEXT))
            case Card():
                number = sum(drawing.card for drawing in drawings) + 1 if numbered else None
                drawings.extend(_card(part, number if part.number is None else part.number))
            case Choices():
                drawings.extend(_choices(part))
            case _:
                assert_never(part)
    return _on_card(drawings) if reply.replaces else list(_together(drawings))


def toast(reply: Reply) -> str | None:
    """The reply as a notice over the chat that only the person who pressed sees; None when it does not fit one."""
    if len(reply.parts) != 1 or not isinstance(reply.parts[0], Text):
        return None
    text = re.sub(r"\\([!-/:-@\[-`{-~])|[*`]", r"\1", reply.parts[0].markdown).strip()
    return text if 0 < units(text) <= MAX_TOAST and "](" not in text else None


def _card(card: Card, number: int | None) -> Iterator[Drawing]:
    title = wrap(plain(one_line(card.title)), "b")
    heading = linked(title, card.link) if card.link and _opens(card.link) else title
    if number is not None:
        heading = Rendered(f"<b>{number}.</b> {heading.html}", len(f"{number}. ") + heading.length)
    facts = " · ".join(f"{fact.label}: {fact.value}" for fact in card.facts)
    head = join_lines(
        [line for line in (heading, plain(one_line(card.subtitle)), plain(one_line(facts))) if line.length]
    )
    photo = card.image_url if card.image_url and _opens(card.image_url) and head.length <= MAX_CAPTION else None
    body, rest = _body(card.body, (MAX_CAPTION if photo else MAX_TEXT) - head.length - 1)
    keys, unpressable = _keyboard(card.buttons)
    yield Drawing(join_lines([head, *body]), photo, keys, card=True)
    yield from _together([Drawing(piece) for piece in (*rest, *unpressable)])


def _body(markdown: str, room: int) -> tuple[list[Rendered], list[Rendered]]:
    """What goes on the card, at most one piece of `room` units, and what follows it as text.

    Core has cut the body to the limit in characters; Telegram counts UTF-16 units, so an emoji is two.
    """
    if render(markdown).length <= room or room >= _SHORTEST_BODY:
        parts = pieces(markdown, max(room, 1))
        return parts[:1], parts[1:]
    return [], pieces(markdown, MAX_TEXT)


def _choices(choices: Choices) -> Iterator[Drawing]:
    prompts = pieces(choices.prompt, MAX_TEXT) or [render(_("Choose one:"))]
    buttons = [Key(one_line(option.label, _MAX_LABEL) or "…", option.token) for option in choices.options]
    yield from (Drawing(prompt) for prompt in prompts[:-1])
    yield Drawing(prompts[-1], keys=_rows(buttons))


def _keyboard(buttons: Sequence[Button]) -> tuple[tuple[tuple[Key, ...], ...], list[Rendered]]:
    """The rows of keys, and a line for each link that Telegram takes on no button."""
    keys: list[Key] = []
    lines: list[Rendered] = []
    for button in buttons:
        label = one_line(button.label, _MAX_LABEL) or "…"
        match button.press:
            case Link():
                if _opens(button.press.url):
                    keys.append(Key(label, url=button.press.url))
                else:
                    lines.append(plain(f"{label}: {one_line(button.press.url)}"))
            case Action():
                keys.append(Key(label, button.token))
            case _:
                assert_never(button.press)
    return _rows(keys), lines


def _rows(keys: Sequence[Key]) -> tuple[tuple[Key, ...], ...]:
    """Keys beside each other while their labels can be read, at most `buttons_per_row`; signs among themselves."""
    rows: list[list[Key]] = []
    for key in keys:
        row = rows[-1] if rows else []
        wide = sum(units(other.label) for other in row) + units(key.label) > _ROW_UNITS
        apart = bool(row) and _is_sign(row[-1]) != _is_sign(key)
        if not row or wide or apart or len(row) == CAPABILITIES.buttons_per_row:
            rows.append([key])
        else:
            row.append(key)
    return tuple(tuple(row) for row in rows)


def _is_sign(key: Key) -> bool:
    """Whether the label has no words, as those that turn pages."""
    return not any(character.isalpha() for character in key.label)


def _on_card(drawings: Sequence[Drawing]) -> list[Drawing]:
    """An edit is one message where possible: what is said about a card goes below it."""
    cards = [drawing for drawing in drawings if drawing.card]
    texts = [drawing for drawing in drawings if not drawing.card and not drawing.keys]
    if len(cards) == 1 and len(cards) + len(texts) == len(drawings):
        lines = [cards[0].text, *(line for text in texts for line in (Rendered("", 0), text.text))]
        whole = join_lines(lines)
        if whole.length <= (MAX_CAPTION if cards[0].photo else MAX_TEXT):
            return [replace(cards[0], text=whole)]
    return list(_together(drawings))


def _together(drawings: Sequence[Drawing]) -> Iterator[Drawing]:
    """Texts one after another as one message, up to and with the first that has keys."""
    held: Drawing | None = None
    for drawing in drawings:
        if held is not None and (drawing.card or held.text.length + drawing.text.length + 2 > MAX_TEXT):
            yield held
            held = None
        text = drawing.text if held is None else join_lines([held.text, Rendered("", 0), drawing.text])
        held = replace(drawing, text=text)
        if drawing.card or drawing.keys:
            yield held
            held = None
    if held is not None:
        yield held


def _opens(url: str) -> bool:
    """Whether Telegram takes the address: a page on a host with a full name or an IPv4 address."""
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and _HOST.fullmatch(parts.hostname or "") is not None
    except ValueError:
        return False
