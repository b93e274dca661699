"""Drawings: within Telegram's limits whatever the titles, names and texts from outside are."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from adapters.chat.telegram.encode import CAPABILITIES, MAX_CAPTION, MAX_TEXT, encode, toast
from bot.chat.fit import fit
from bot.chat.incoming import Incoming, Message, MessageRef
from bot.chat.plain import escape
from bot.chat.reply import Action, Button, Card, Choice, Choices, Fact, Link, Reply, Text
from tests.adapters.chat.telegram.conftest import Stage, staged
from tests.adapters.chat.telegram.replies import POSTER, card, choices, text

HOSTILE = (
    "@everyone @here @channel @durov",
    "<b>bold</b><script>alert(1)</script>&lt;",
    "[click](https://evil.example) `code` **bold** __u__ ~~s~~",
    "</b></i></a></code>",
    '"><a href="tg://user?id=1">x</a>',
    "tg://user?id=5001",
    "\u202egnp.exe \u200b\u2060 zalgo" + "\u0301" * 50,
    "\U0001f600" * 300,
    "/forget@recommendarr_bot",
    "\x00\x1b[31m\ud800",
)


def _random_texts() -> list[str]:
    chance = random.Random(5)
    planes = ((0, 0x7F), (0x80, 0x7FF), (0x800, 0xFFFF), (0x10000, 0x10FFFF), (0x1F300, 0x1F6FF), (0x590, 0x6FF))
    texts = []
    for _number in range(200):
        low, high = chance.choice(planes)
        points = (chance.randint(low, high) for _character in range(chance.randint(1, 200)))
        texts.append("".join(chr(point) for point in points if not 0xD800 <= point <= 0xDFFF))
    return texts


async def test_two_hundred_random_messages_and_titles_are_answered_and_ping_nobody() -> None:
    def answer(incoming: Incoming) -> tuple[Reply, ...]:
        assert isinstance(incoming, Message)
        shown = replace(card(incoming.text), body=escape(incoming.text), subtitle=incoming.text)
        return fit(Reply((Text(escape(incoming.text)), shown)), CAPABILITIES)

    async with staged(answer) as stage:
        texts = [text for text in _random_texts() if text.strip()]
        for written in texts:
            last = await stage.people.write("anna", "private", written)
        await stage.people.received(last)
        assert len(stage.inbox.heard) == len(texts) >= 190
        assert stage.inbox.errors == []
        assert stage.telegram.pings == []
        cards = [sent for sent in stage.telegram.sent(int(stage.people.account("anna"))) if sent.keys]
        assert len(cards) == len(texts)


@pytest.mark.parametrize("hostile", HOSTILE)
async def test_hostile_titles_names_and_labels_are_text(hostile: str) -> None:
    plain_card = Card(
        "movie:1",
        hostile,
        subtitle=hostile,
        body=escape(hostile),
        image_url=POSTER.format("x"),
        facts=(Fact(hostile, hostile),),
        buttons=(Button(hostile, Action("a"), token="t"), Button("x", Link(hostile))),
    )
    asked = Choices(escape(hostile), (Choice(hostile, Action("a"), token="t"),))
    replies = fit(Reply((Text(escape(hostile)), plain_card, asked)), CAPABILITIES)
    async with staged(lambda _incoming: replies) as stage:
        stage.people.person("anna", first_name=hostile.replace("\ud800", "") or "x")
        await stage.people.say("anna", "private", "hi")
        assert stage.inbox.errors == []
        sent = stage.telegram.sent(int(stage.people.account("anna")))
        assert len(sent) >= 2
        kinds = {entity["type"] for message in sent for entity in message.entities}
        assert kinds <= {"bold", "url", "bot_command", "code"}  # code: the numbers of buttons that became words
        assert stage.telegram.pings == []


def test_a_long_body_goes_on_as_text_below_the_card() -> None:
    body = "\U0001f600 word. " * 150
    (reply,) = fit(Reply((card("Heat", body=body.strip()),)), CAPABILITIES)
    first, *rest = encode(reply)
    assert first.photo is not None
    assert first.text.length <= MAX_CAPTION
    assert rest
    assert not any(drawing.photo or drawing.keys for drawing in rest)
    shown = "".join(drawing.text.html for drawing in (first, *rest))
    assert shown.count("\U0001f600") == 150


def test_a_heading_that_no_caption_holds_is_drawn_without_the_photo() -> None:
    (reply,) = fit(Reply((card("\U0001f600" * 600),)), CAPABILITIES)
    (drawing,) = encode(reply)
    assert drawing.photo is None
    assert drawing.keys
    assert MAX_CAPTION < drawing.text.length <= MAX_TEXT


def test_texts_share_a_message_while_they_fit() -> None:
    assert [d.text.html for d in encode(Reply((Text("One."), Text("Two."), choices("A", "B"))))] == [
        "One.\n\nTwo.\n\nWhich one?"
    ]
    long = "\U0001f600" * 1500
    assert len(encode(Reply((Text(long), Text(long))))) == 2


def test_an_edit_is_one_message_where_what_is_said_fits_on_the_card() -> None:
    here = MessageRef("telegram", "1", "2")
    (short,) = encode(Reply((Text("Noted."), card("Heat")), replaces=here))
    assert short.text.html.endswith("\n\nNoted.")
    assert len(encode(Reply((Text("Noted. " * 200), card("Heat")), replaces=here))) == 2


def test_several_cards_carry_the_numbers_that_may_be_typed() -> None:
    drawings = encode(Reply((card("Heat"), card("Ronin"), replace(card("Thief"), number=7))))
    assert [drawing.text.html.split("</b>")[0] for drawing in drawings] == ["<b>1.", "<b>2.", "<b>7."]
    assert encode(Reply((card("Heat"),)))[0].text.html.startswith("<a href=")


def test_rows_hold_labels_that_can_be_read() -> None:
    labels = ["Why?", "Seen it", "Not for me", "More like this", "Request", "◀", "1/5", "▶", "More"]
    buttons = tuple(Button(label, Action("a"), token=f"t{i}") for i, label in enumerate(labels))
    (drawing,) = encode(Reply((Card("movie:1", "Heat", buttons=buttons),)))
    assert [key.label for row in drawing.keys for key in row] == labels
    assert all(len(row) <= CAPABILITIES.buttons_per_row for row in drawing.keys)
    assert [len(row) for row in drawing.keys] == [3, 2, 3, 1]


async def test_as_many_buttons_as_the_capabilities_promise_are_taken(stage: Stage) -> None:
    many = CAPABILITIES.button_rows * CAPABILITIES.buttons_per_row
    (reply,) = fit(Reply((choices(*(f"Choice number {n} of many" for n in range(many))),)), CAPABILITIES)
    stage.inbox.answer = lambda _incoming: (reply,)
    await stage.people.say("anna", "private", "hi")
    (drawn,) = await stage.people.seen("anna", "private")
    assert len(drawn.buttons) == many


def test_only_a_short_plain_answer_is_a_notice() -> None:
    assert toast(text(r"Noted: **Heat** \(1995\) is `seen`.")) == "Noted: Heat (1995) is seen."
    assert toast(text("x" * 201)) is None
    assert toast(text("\U0001f600" * 101)) is None
    assert toast(text("See [this](https://example.org).")) is None
    assert toast(text("  ")) is None
    assert toast(Reply((card("Heat"),))) is None
    assert toast(Reply(())) is None
