"""Replies as core hands them over: fitted, with tokens."""

from __future__ import annotations

from dataclasses import replace

from bot.chat.incoming import Incoming, MessageRef, Press
from bot.chat.reply import Action, Button, Card, Choice, Choices, Fact, Link, Reply, Text

POSTER = "https://image.tmdb.org/t/p/w500/{}.jpg"


def text(markdown: str, *, private: bool = False) -> Reply:
    return Reply((Text(markdown),), private=private)


def card(title: str, *, poster: bool = True, body: str = "Because you liked **Ronin**.") -> Card:
    return Card(
        ref="movie:949",
        title=title,
        subtitle="1995 · 170 min · Crime",
        body=body,
        image_url=POSTER.format(title.replace(" ", "")) if poster else None,
        facts=(Fact("Match", "97 %"),),
        link="https://www.themoviedb.org/movie/949",
        buttons=(
            Button("Why?", Action("why"), token="token-why"),
            Button("Next", Action("page"), token="token-next"),
            Button("Open", Link("https://app.plex.tv/desktop")),
        ),
    )


def choices(*labels: str) -> Choices:
    return Choices("Which one?", tuple(Choice(label, Action("pick"), token=f"token-{label}") for label in labels))


def in_place(incoming: Incoming, *parts: Text | Card | Choices) -> tuple[Reply, ...]:
    """An answer to a press that changes the message it hangs on."""
    reference: MessageRef | None = incoming.message if isinstance(incoming, Press) else None
    return (replace(Reply(parts), replaces=reference),)
