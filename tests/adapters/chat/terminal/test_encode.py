"""What the terminal draws: numbers that can be typed, nothing hostile, the same parts as JSON."""

from __future__ import annotations

import json
from dataclasses import replace
from io import StringIO

from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

from adapters.chat.terminal.encode import CAPABILITIES, encode, encode_json
from bot.chat.fit import fit
from bot.chat.plain import escape
from bot.chat.reply import Action, Button, Card, Choice, Choices, Fact, Link, Reply, Text

CARD = Card(
    "movie:949",
    "Heat (1995)",
    "2 h 50 min · Crime",
    "Because you liked **Rififi (1955)**.",
    facts=(Fact("Match", "97 %"),),
    link="https://example.test/heat",
    buttons=(
        Button("Why?", Action("why", {"title": "movie:949"}), token="abc"),
        Button("Open", Link("https://x.test")),
    ),
)
REPLY = Reply((Text("For *you*:"), CARD, CARD, Choices("", (Choice("More", Action("more")),))))


def drawn(reply: Reply, *, colours: bool = False) -> str:
    out = StringIO()
    console = Console(file=out, width=100, force_terminal=colours, color_system="standard" if colours else None)
    for renderable in encode((reply,)):
        console.print(renderable)
    return out.getvalue()


def test_cards_show_their_numbers_facts_and_buttons() -> None:
    text = drawn(REPLY)
    assert " 1  Heat (1995)  2 h 50 min · Crime" in text
    assert "Match 97 %" in text
    assert "Because you liked Rififi (1955)." in text
    assert "2a Why?   Open: https://x.test" in text
    assert " 3  More" in text
    assert "https://example.test/heat" in text


def test_a_card_of_an_earlier_list_keeps_its_number() -> None:
    assert " 4  Heat (1995)" in drawn(Reply((replace(CARD, number=4),)))


def test_hostile_titles_are_drawn_literally() -> None:
    evil = "\x1b]0;owned\x07[red]Ti\u202etle[/red] \x1b[2J**b**"
    reply = Reply((replace(CARD, title=evil, body=escape(evil), subtitle=evil), Text(escape(evil))))
    text = drawn(reply)
    assert "[red]Title[/red] **b**" in text
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "\x1b]" not in drawn(reply, colours=True)
    assert "\x1b[2J" not in drawn(reply, colours=True)


def test_links_are_shown_not_hidden() -> None:
    assert "https://evil.test" in drawn(Reply((Text("[bank](https://evil.test)"),)), colours=True)


def test_json_has_the_parts_as_declared() -> None:
    shown = encode_json((REPLY,))
    again = json.loads(json.dumps(shown))
    assert [part["type"] for part in again["parts"]] == ["text", "card", "card", "choices"]
    card = again["parts"][1]
    assert (card["ref"], card["title"], card["label"]) == ("movie:949", "Heat (1995)", "1")
    assert card["facts"] == [{"label": "Match", "value": "97 %"}]
    assert card["buttons"][0] == {
        "label": "Why?",
        "press": {"name": "why", "args": {"title": "movie:949"}},
        "answer": "1a",
        "token": "abc",
        "style": "secondary",
    }
    assert card["buttons"][1]["press"] == {"url": "https://x.test"}
    assert again["parts"][3]["options"][0]["answer"] == "3"


def test_an_ordinary_reply_fits_as_it_is() -> None:
    assert fit(REPLY, CAPABILITIES) == (REPLY,)


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=80), st.text(max_size=80))
def test_no_control_character_reaches_the_terminal(title: str, body: str) -> None:
    reply = Reply((Card("movie:1", title, body, escape(body)), Text(escape(title)), Choices(body, ())))
    assert not any((ord(c) < 32 and c != "\n") or 127 <= ord(c) < 160 for c in drawn(reply))
    json.dumps(encode_json((reply,)))
