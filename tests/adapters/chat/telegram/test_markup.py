"""From Markdown to Telegram's HTML: what is shown, what is never shown, and how long it is."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from adapters.chat.telegram.markup import pieces, render, units
from bot.chat.plain import clean, escape
from tests.fakes.services.telegram_markup import length, parse

ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=300)
MARKS = st.text(st.sampled_from(list("*_`~[]()\\<>&@#-+.>!/ \nab\U0001f600ß")), max_size=60)


def read(html: str) -> str:
    """What people read, without the invisible joiners after an @."""
    return parse(html, "HTML")[0].replace("@\u2060", "@")


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("**bold** and *it* and _it_ and ~~gone~~", "<b>bold</b> and <i>it</i> and <i>it</i> and <s>gone</s>"),
        ("**bold *and italic***", "<b>bold <i>and italic</i></b>"),
        ("[a **b**](https://example.org/?a=1&b=2)", '<a href="https://example.org/?a=1&amp;b=2">a <b>b</b></a>'),
        ("[run](javascript:alert(1))", "[run](javascript:alert(1))"),
        ("[me](tg://user?id=1)", "[me](tg://user?id=1)"),
        ("`/recommend` tonight", "/recommend tonight"),
        ("`/rate <title> <1-10>`", "<code>/rate &lt;title&gt; &lt;1-10&gt;</code>"),
        ("- one\n- two", "• one\n• two"),
        ("# Heading\n\ntext", "<b>Heading</b>\n\ntext"),
        ("> said", "<i>said</i>"),
        (r"1\. Se7en \*\*not bold\*\* \[x\]", "1. Se7en **not bold** [x]"),
        ("2 * 3 * 4 and snake_case_name", "2 * 3 * 4 and snake_case_name"),
        ("**never closed", "**never closed"),
        ("**over\nlines**", "**over\nlines**"),
        ("<b>&amp;</b>", "&lt;b&gt;&amp;amp;&lt;/b&gt;"),
        ("", ""),
    ],
)
def test_markdown_becomes_html(markdown: str, html: str) -> None:
    assert render(markdown).html == html


@given(ANY_TEXT)
@example("<b>bold</b> &amp; <a href='x'>")
@example("@everyone @here @channel @durov")
@example("[evil](https://evil.example) `code` **x** ~~y~~")
@example("\U0001f468\u200d\U0001f469\u200d\U0001f467 \u202eabc\u0301\u0301\u0301")
def test_escaped_text_is_shown_as_it_is_and_pings_nobody(text: str) -> None:
    rendered = render(escape(text))
    shown, entities = parse(rendered.html, "HTML")
    assert [entity for entity in entities if entity["type"] not in ("url", "bot_command")] == []
    expected = clean(text).strip("\n")
    assert shown.replace("@\u2060", "@").split() == expected.split()


@given(st.one_of(MARKS, ANY_TEXT))
@example("*a**b*c**")
@example("**_a**_")
@example("~~**~~**")
@example("[*a](http://x)*")
@example("\\")
@example("a\x00b")
def test_whatever_is_written_telegram_can_read_it(markdown: str) -> None:
    rendered = render(markdown)
    _shown, entities = parse(rendered.html, "HTML")
    assert not [entity for entity in entities if entity["type"] == "mention"]
    raw = rendered.html
    assert rendered.length == length(parse(raw + "<i>.</i>", "HTML")[0]) - 1, "the length is that of what is read"


WORDS = st.lists(st.sampled_from(["a", "b ", "\U0001f600", "**x** ", "\n\n", ". ", "@"]), max_size=400)


@given(WORDS.map("".join), st.integers(5, 90))
def test_pieces_are_short_enough_and_lose_nothing(markdown: str, limit: int) -> None:
    parts = pieces(markdown, limit)
    assert all(0 < part.length <= limit for part in parts)
    assert all(read(part.html).strip() for part in parts)
    letters = [character for part in parts for character in read(part.html) if character in "ab\U0001f600x"]
    assert letters == [character for character in markdown if character in "ab\U0001f600x"]


def test_length_is_counted_in_utf_16_units() -> None:
    assert units("a\U0001f600") == 3
    assert render("**\U0001f600** &").length == 4
