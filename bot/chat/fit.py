"""Downgrades a reply to what a platform can draw. Pure; encoders rely on it and hold no fall-backs.

- an edit becomes a new message where messages cannot be edited;
- a card becomes text with its link where cards cannot be drawn, or when its heading alone is too long;
- a card that stands for several, because it has buttons to turn to them, goes out alone of them;
- what a caption cannot hold follows as text; surplus buttons follow as choices;
- choices without (enough) buttons become a numbered list, whose answer `bot.chat.actions` reads;
- a private answer becomes a refusal that says so where one person cannot be answered alone;
- long text is split at paragraphs, else at lines, sentences, words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias, assert_never

from bot.chat.actions import numbered, turns_pages
from bot.chat.capabilities import Capabilities
from bot.chat.plain import escape
from bot.chat.reply import Action, Button, Card, Choice, Choices, Link, Part, Reply, Text
from bot.chat.splitting import split_text
from bot.i18n import gettext as _

Labels: TypeAlias = Mapping[int | None, str]
"""The labels of one part: of its buttons or options by position, of the card itself under None."""


def fit(reply: Reply, capabilities: Capabilities) -> tuple[Reply, ...]:
    """The same content within the platform's limits: every Text and prompt at most `max_text`, every caption at most
    `max_caption` characters, and the texts of one reply together at most `max_text`."""
    if reply.private and not capabilities.private:
        refusal = _("That answer is for your eyes only, and I cannot whisper here: ask me in a private message.")
        reply = Reply((Text(refusal),))
    labels: list[dict[int | None, str]] = [{} for _part in reply.parts]
    for item in numbered(reply.parts):
        labels[item.at[0]][item.at[1]] = item.label
    shown = _turned_up(reply.parts) if capabilities.pager else range(len(reply.parts))
    parts = [piece for at in shown for piece in _fit_part(reply.parts[at], labels[at], capabilities)]
    replies = [Reply(group, private=reply.private) for group in _grouped(parts, capabilities.max_text)]
    if not replies:
        return ()
    if capabilities.edits:
        replies[0] = replace(replies[0], replaces=reply.replaces)
    return tuple(replies)


def caption(card: Card) -> str:
    """What a card says in one piece of text, as Markdown; its length is what `max_caption` limits."""
    lines = [f"**{escape(card.title)}**"]
    if card.subtitle:
        lines.append(escape(card.subtitle))
    if card.facts:
        lines.append(" · ".join(f"{escape(fact.label)}: {escape(fact.value)}" for fact in card.facts))
    if card.body:
        lines.append(card.body)
    return "\n".join(lines)


def _turned_up(parts: Sequence[Part]) -> list[int]:
    """The positions of what is sent where cards are turned in place: the cards behind one with a pager are not."""
    shown: list[int] = []
    hidden = False
    for at, part in enumerate(parts):
        if isinstance(part, Card):
            if hidden and not turns_pages(part):
                continue
            hidden = turns_pages(part)
        shown.append(at)
    return shown


def _fit_part(part: Part, labels: Labels, capabilities: Capabilities) -> Iterator[Part]:
    match part:
        case Text():
            yield from (Text(piece) for piece in split_text(part.markdown, capabilities.max_text))
        case Card():
            yield from _fit_card(part, labels, capabilities)
        case Choices():
            yield from _fit_choices(part, labels, capabilities)
        case _:
            assert_never(part)


def _fit_card(card: Card, labels: Labels, capabilities: Capabilities) -> Iterator[Part]:
    heading = len(caption(replace(card, body="")))
    if not capabilities.cards or heading > capabilities.max_caption:
        yield from _card_as_text(card, labels, capabilities)
        return
    overflow: list[str] = []
    if len(caption(card)) > capabilities.max_caption:
        room = capabilities.max_caption - heading - 1
        pieces = split_text(card.body, room) if room >= 40 else ["", card.body]
        card = replace(card, body=pieces[0])
        overflow = pieces[1:]
    if card.image_url and not capabilities.images:
        card = replace(card, image_url=None)
    drawn = _capacity(capabilities)
    surplus = list(enumerate(card.buttons))[drawn:]
    yield replace(card, buttons=card.buttons[:drawn])
    if overflow:
        yield from (Text(piece) for piece in split_text(" ".join(overflow), capabilities.max_text))
    yield from _surplus(card, surplus, labels, capabilities)


def _surplus(
    card: Card, buttons: Sequence[tuple[int, Button]], labels: Labels, capabilities: Capabilities
) -> Iterator[Part]:
    options = tuple(Choice(b.label, b.press, b.token) for _i, b in buttons if isinstance(b.press, Action))
    lines = [_link_line(button) for _i, button in buttons if isinstance(button.press, Link)]
    if 0 < len(options) <= _capacity(capabilities):
        yield Choices(_shortened(card.title, capabilities.max_text), options)
    elif options:
        lines.append(_labelled(buttons, labels))
    if lines:
        yield from (Text(piece) for piece in split_text("\n".join(lines), capabilities.max_text))


def _shortened(title: str, limit: int) -> str:
    return split_text(escape(title), limit)[0] if title.strip() else ""


def _card_as_text(card: Card, labels: Labels, capabilities: Capabilities) -> Iterator[Part]:
    text = caption(card)
    lines = [f"**{labels[None]}\\.** {text}" if None in labels else text]
    if card.link:
        lines.append(card.link)
    lines.extend(_link_line(button) for button in card.buttons if isinstance(button.press, Link))
    if any(isinstance(button.press, Action) for button in card.buttons):
        lines.append(_labelled(list(enumerate(card.buttons)), labels))
    yield from (Text(piece) for piece in split_text("\n".join(lines), capabilities.max_text))


def _fit_choices(choices: Choices, labels: Labels, capabilities: Capabilities) -> Iterator[Part]:
    prompts = split_text(choices.prompt, capabilities.max_text)
    if 0 < len(choices.options) <= _capacity(capabilities):
        yield from (Text(piece) for piece in prompts[:-1])
        yield replace(choices, prompt=prompts[-1] if prompts else "")
        return
    lines = [choices.prompt] if choices.prompt else []
    lines.extend(f"{labels[index]}\\. {escape(option.label)}" for index, option in enumerate(choices.options))
    yield from (Text(piece) for piece in split_text("\n".join(lines), capabilities.max_text))


def _labelled(buttons: Sequence[tuple[int, Button]], labels: Labels) -> str:
    written = []
    for index, button in buttons:
        if isinstance(button.press, Action):
            label = escape(button.label)
            written.append(f"`{labels[index]}` {label}" if index in labels else label)
    return " · ".join(written)


def _link_line(button: Button) -> str:
    assert isinstance(button.press, Link)
    return f"{escape(button.label)}: {button.press.url}"


def _capacity(capabilities: Capabilities) -> int:
    return capabilities.button_rows * capabilities.buttons_per_row


def _grouped(parts: list[Part], max_text: int) -> Iterator[tuple[Part, ...]]:
    """Parts that go out together: their texts, two line ends between them, are no longer than one message."""
    group: list[Part] = []
    used = 0
    for part in parts:
        length = _text_length(part)
        if group and length and used + length + 2 > max_text:
            yield tuple(group)
            group, used = [], 0
        group.append(part)
        used += length + 2 if length else 0
    if group:
        yield tuple(group)


def _text_length(part: Part) -> int:
    match part:
        case Text():
            return len(part.markdown)
        case Choices():
            return len(part.prompt)
        case Card():
            return 0
        case _:
            assert_never(part)
