"""Outside text: cleaned, escaped, still readable."""

from __future__ import annotations

import unicodedata
from io import StringIO

from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console
from rich.markdown import Markdown

from bot.chat.plain import clean, escape, one_line, squeeze, unescape


def test_clean_removes_what_nobody_sees() -> None:
    assert clean("\x1b[2J\x1b]0;title\x07a\x00b\u202ec\ufeffd\u2066e\ud800f") == "abcdef"
    assert clean("a\r\nb\rc\u2028d\te") == "a\nb\nc\nd e"


def test_emoji_and_accents_stay() -> None:
    assert clean("👩‍🚀 Amélie — “Łódź”") == "👩‍🚀 Amélie — “Łódź”"


def test_piled_up_accents_are_cut() -> None:
    assert len(clean("Z" + "\u0300" * 500)) < 10


def test_one_line_and_squeeze() -> None:
    assert one_line(" a\n\n b   c ") == "a b c"
    assert one_line("abcdef", 4) == "abc…"
    assert squeeze("  a   b \n  c ") == "a b\nc"


def test_escape_leaves_ordinary_titles_alone() -> None:
    for title in ("Spider-Man: No Way Home (2021)", "Fast & Furious 6", "8.2", "WALL·E", "What's Up, Doc?"):
        assert escape(title) == title


def test_escaped_text_is_rendered_literally() -> None:
    for title in ("*M*A*S*H*", "[click](http://evil)", "# One", "1. Two", "- three", "`x`", "<b>bold</b>", "~~no~~"):
        console = Console(width=200, color_system=None, file=StringIO())
        console.print(Markdown(escape(title), hyperlinks=True))
        assert console.file.getvalue().strip() == title  # type: ignore[attr-defined]  # it is the StringIO


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=200))
def test_escape_loses_nothing(text: str) -> None:
    assert unescape(escape(text)) == clean(text)


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=200))
def test_clean_is_final_and_free_of_controls(text: str) -> None:
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    assert not any(unicodedata.category(c) in ("Cc", "Cs") and c != "\n" for c in cleaned)
