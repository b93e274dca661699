"""From replies to what a terminal shows, or to JSON.

Nothing from outside reaches the terminal as markup or as an escape sequence: plain strings become `Text` after
cleaning, and Markdown is cleaned before it is rendered.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, assert_never

from rich.console import Group, RenderableType
from rich.markdown import Markdown
from rich.table import Table
from rich.text import Text as RichText

from bot.chat.actions import numbered
from bot.chat.capabilities import Capabilities
from bot.chat.plain import clean, one_line
from bot.chat.reply import Action, Button, Card, Choice, Choices, Link, Part, Reply, Text

CAPABILITIES = Capabilities(
    max_text=100_000,
    max_caption=20_000,
    button_rows=4,
    buttons_per_row=6,
    token_bytes=64,
    cards=True,
    images=False,
    edits=False,
    private=True,
    native_commands=False,
    reactions=False,
)
_GAP = 2
_FACT_STYLE = "green"


def encode(replies: Sequence[Reply]) -> Iterator[RenderableType]:
    """One renderable per part, in order, with the numbers that may be typed."""
    parts = _parts(replies)
    labels = _labels(parts)
    for position, part in enumerate(parts):
        own = labels[position]
        match part:
            case Text():
                yield _markdown(part.markdown)
            case Card():
                yield _card(part, own)
            case Choices():
                yield _choices(part, own)
            case _:
                assert_never(part)


def encode_json(replies: Sequence[Reply]) -> dict[str, Any]:
    """The parts as they are declared, with the labels that may be typed."""
    parts = _parts(replies)
    labels = _labels(parts)
    return {
        "private": any(reply.private for reply in replies),
        "parts": [_part_json(part, labels[position]) for position, part in enumerate(parts)],
    }


def _parts(replies: Sequence[Reply]) -> list[Part]:
    return [part for reply in replies for part in reply.parts]


def _labels(parts: Sequence[Part]) -> list[dict[int | None, str]]:
    labels: list[dict[int | None, str]] = [{} for _part in parts]
    for item in numbered(parts):
        labels[item.at[0]][item.at[1]] = item.label
    return labels


def _card(card: Card, labels: dict[int | None, str]) -> RenderableType:
    heading = RichText(one_line(card.title), style="bold cyan")
    if card.subtitle:
        heading.append(f"  {one_line(card.subtitle)}", style="not bold dim")
    lines: list[RenderableType] = []
    if card.facts:
        facts = RichText()
        for index, fact in enumerate(card.facts):
            facts.append(f"{' · ' if index else ''}{one_line(fact.label)} ", style="dim")
            facts.append(one_line(fact.value), style=_FACT_STYLE)
        lines.append(facts)
    if card.body:
        lines.append(_markdown(card.body))
    if card.link:
        lines.append(RichText(one_line(card.link), style="blue underline"))
    if card.buttons:
        lines.append(_buttons(card.buttons, labels))
    return _beside(labels[None], Group(heading, *lines, RichText("")))


def _beside(label: str, content: RenderableType) -> RenderableType:
    """A number with something beside it, which keeps to its own column when it wraps."""
    grid = Table.grid(padding=(0, _GAP, 0, 0))
    grid.add_column(justify="right", width=2, no_wrap=True)
    grid.add_column(ratio=1)
    grid.add_row(RichText(label, style="bold yellow"), content)
    return grid


def _buttons(buttons: Sequence[Button], labels: dict[int | None, str]) -> RichText:
    line = RichText(style="dim")
    for index, button in enumerate(buttons):
        if index:
            line.append("   ")
        match button.press:
            case Link():
                line.append(f"{one_line(button.label)}: {one_line(button.press.url)}")
            case Action():
                line.append(f"{labels[index]} ", style="not dim yellow")
                line.append(one_line(button.label))
            case _:
                assert_never(button.press)
    return line


def _choices(choices: Choices, labels: dict[int | None, str]) -> RenderableType:
    lines: list[RenderableType] = [_markdown(choices.prompt)] if choices.prompt else []
    for index, option in enumerate(choices.options):
        lines.append(_beside(labels[index], RichText(one_line(option.label))))
    return Group(*lines)


def _markdown(markdown: str) -> RenderableType:
    # Without `hyperlinks`, the address of a link is printed instead of being hidden in an escape sequence.
    return Markdown(clean(markdown), hyperlinks=False)


def _part_json(part: Part, labels: dict[int | None, str]) -> dict[str, Any]:
    match part:
        case Text():
            return {"type": "text", "markdown": part.markdown}
        case Card():
            return {
                "type": "card",
                "ref": part.ref,
                "label": labels[None],
                "title": part.title,
                "subtitle": part.subtitle,
                "body": part.body,
                "image_url": part.image_url,
                "facts": [{"label": fact.label, "value": fact.value} for fact in part.facts],
                "link": part.link,
                "buttons": [_press_json(button, labels.get(index)) for index, button in enumerate(part.buttons)],
            }
        case Choices():
            options = [_press_json(option, labels.get(index)) for index, option in enumerate(part.options)]
            return {"type": "choices", "prompt": part.prompt, "options": options}
        case _:
            assert_never(part)


def _press_json(pressable: Button | Choice, label: str | None) -> dict[str, Any]:
    press = pressable.press
    target = {"url": press.url} if isinstance(press, Link) else {"name": press.name, "args": dict(press.args)}
    style = {"style": str(pressable.style)} if isinstance(pressable, Button) else {}
    return {"label": pressable.label, "press": target, "answer": label, "token": pressable.token, **style}
