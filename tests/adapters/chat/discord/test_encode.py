"""Messages within Discord's limits, and text that shows exactly what it says, for all kinds of text."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.chat.discord.encode import CAPABILITIES, Outgoing, encode
from adapters.chat.discord.markdown import literal, to_discord
from bot.chat.fit import fit
from bot.chat.plain import clean, escape
from bot.chat.reply import Action, Button, Card, Choice, Choices, Fact, Link, Part, Reply, Style, Text
from tests.fakes.services.discord.drawing import plain

SPECIAL = st.sampled_from([*"*_~|`\\<>@#:/[]().-!&", "@everyone", "https://evil.test", "<@123456789012345678>"])
HOSTILE = st.lists(SPECIAL | st.text(max_size=4), max_size=40).map("".join)
LONG = st.builds(lambda text, times: text * times, HOSTILE, st.integers(1, 60))
MENTION = re.compile(r"@(everyone|here)|<@[!&]?\d{15,20}>")
ADDRESS = re.compile(r"https?://")


def button(label: str, number: int) -> Button:
    return Button(label, Action("why"), Style.PRIMARY, token=f"token-{number}")


BUTTONS = st.lists(HOSTILE, max_size=30).map(lambda labels: tuple(button(t, n) for n, t in enumerate(labels)))
CARDS = st.builds(
    Card,
    ref=st.just("movie:949"),
    title=LONG,
    subtitle=HOSTILE,
    body=LONG.map(escape),
    image_url=st.none() | HOSTILE | st.just("https://image.test/1.jpg"),
    facts=st.lists(st.builds(Fact, HOSTILE, HOSTILE), max_size=4).map(tuple),
    link=st.none() | HOSTILE | st.just("https://page.test"),
    buttons=BUTTONS,
)
CHOICES = st.builds(
    Choices,
    prompt=LONG.map(escape),
    options=st.lists(HOSTILE, max_size=40).map(
        lambda labels: tuple(Choice(text, Action("why"), f"choice-{n}") for n, text in enumerate(labels))
    ),
)
TEXTS = st.builds(Text, LONG.map(escape))
PARTS: st.SearchStrategy[Part] = TEXTS | CARDS | CHOICES


@settings(deadline=None, max_examples=150)
@given(st.lists(PARTS, max_size=6))
def test_whatever_is_said_fits_and_pings_nobody(parts: list[Part]) -> None:
    for message in encode(fit(Reply(tuple(parts)), CAPABILITIES)):
        payload = message.payload()
        assert 1 <= len(payload["content"]) <= 2000 or (payload["content"] == "" and payload["embeds"])
        assert payload["allowed_mentions"] == {"parse": []}
        assert not MENTION.search(payload["content"])
        assert len(payload["components"]) <= 5
        for row in payload["components"]:
            assert 1 <= len(row["components"]) <= 5
            for part in row["components"]:
                assert 1 <= len(part.get("label", "x")) <= 80
                assert 1 <= len(part.get("options", "x")) <= 25
                assert all(1 <= len(option["label"]) <= 100 for option in part.get("options", ()))
        for embed in payload["embeds"]:
            assert 1 <= len(embed["title"]) <= 256
            assert len(embed.get("description", "")) <= 4096
            fields = [text for one in embed.get("fields", ()) for text in (one["name"], one["value"])]
            assert all(1 <= len(text) <= 1024 for text in fields)
            assert len(embed["title"]) + len(embed.get("description", "")) + sum(map(len, fields)) <= 6000
            assert not MENTION.search(embed["title"] + embed.get("description", "") + "".join(fields))


@given(HOSTILE)
def test_outside_text_reads_as_it_was_written(text: str) -> None:
    shown = literal(text)
    assert plain(shown) == clean(text).replace("\u200b", "")
    assert not ADDRESS.search(shown)


@pytest.mark.parametrize(
    ("markdown", "shown"),
    [
        ("**Heat** is `/rate` and *more*", "**Heat** is `/rate` and *more*"),
        ("a || b", "a \\|\\| b"),
        ("See [the page](https://page.test/a) or https://page.test/b.", None),
        ("`@everyone`", "`@\u200beveryone`"),
        (escape("https://evil.test/x"), "https\\://evil.test\\/x"),
        ("discord.gg/abc", "discord.gg\\/abc"),
        ("- one\n- two", "- one\n- two"),
    ],
)
def test_our_markdown_in_discords_dialect(markdown: str, shown: str | None) -> None:
    expected = "See [the page](<https://page.test/a>) or <https://page.test/b>." if shown is None else shown
    assert to_discord(markdown) == expected


def test_links_that_discord_would_refuse_are_left_out() -> None:
    buttons = (
        Button("Open", Link("javascript:alert(1)")),
        Button("Open", Link("https://page.test/" + "x" * 600)),
        Button("Open", Link("https://[broken")),
        Button("Open", Link("https://page.test/a b")),
        Button("No token", Action("why")),
        Button("Open", Link("https://page.test")),
    )
    card = Card("movie:1", "Heat", image_url="file:///etc/passwd", link="plex://server", buttons=buttons)
    (message,) = encode([Reply((card,))])
    assert message.embeds == [{"title": "Heat", "color": 0xE5A00D}]
    (row,) = message.rows
    assert [part["url"] for part in row["components"]] == ["https://page.test"]


def test_numbers_are_drawn_where_there_is_something_to_choose_from() -> None:
    heat, ronin = Card("movie:949", "Heat"), Card("movie:8195", "Ronin")
    assert _titles(encode([Reply((heat,))])) == ["Heat"]
    assert _titles(encode([Reply((heat, ronin))])) == ["1. Heat", "2. Ronin"]
    assert _titles(encode([Reply((Card("movie:949", "Heat", number=4),))])) == ["4. Heat"]
    assert _titles(encode([Reply((heat,)), Reply((ronin,))])) == ["1. Heat", "2. Ronin"]


def test_each_question_stands_above_its_own_answers() -> None:
    first = Choices("Titles?", (Choice("A", Action("why"), "a"),))
    second = Choices("Genres?", (Choice("B", Action("why"), "b"),))
    messages = encode([Reply((Text("Anna:"), first, second, Text("Done.")), private=True)])
    assert [message.content for message in messages] == ["Anna:\n\nTitles?", "Genres?", "Done."]
    assert [len(message.rows) for message in messages] == [1, 1, 0]
    assert all(message.private for message in messages)


def test_an_empty_reply_is_no_message_and_a_bare_button_has_one_to_stand_on() -> None:
    assert encode([Reply(())]) == []
    (message,) = encode([Reply((Choices("", (Choice("More", Action("more"), "m"),)),))])
    assert message.payload()["content"] == "\u200b"


def _titles(messages: list[Outgoing]) -> list[str]:
    return [plain(embed["title"]) for message in messages for embed in message.embeds]
