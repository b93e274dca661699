"""Downgrades: nothing over a limit, nothing lost, nothing changed twice."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.chat.actions import TURN, numbered, read_label
from bot.chat.capabilities import Capabilities
from bot.chat.fit import caption, fit
from bot.chat.reply import Action, Button, Card, Choice, Choices, Fact, Link, MessageRef, Part, Reply, Text
from bot.chat.splitting import split_text
from tests.bot.household import ROOMY, TEXT_ONLY

BUTTONS = (Button("Why?", Action("why")), Button("Seen it", Action("seen")), Button("Page", Link("https://x.test/1")))
HEAT = Card("movie:949", "Heat (1995)", "2 h 50 min", "Because *you*.", facts=(Fact("Match", "97 %"),), buttons=BUTTONS)
MORE = Choices("", (Choice("More", Action("more")),))


def texts(replies: tuple[Reply, ...]) -> list[str]:
    return [part.markdown for reply in replies for part in reply.parts if isinstance(part, Text)]


def test_what_fits_is_left_alone() -> None:
    reply = Reply((Text("Hello"), HEAT, MORE))
    assert fit(reply, ROOMY) == (reply,)


def test_card_becomes_text_with_numbers_and_links() -> None:
    (reply,) = fit(Reply((replace(HEAT, link="https://x.test/heat"), MORE)), TEXT_ONLY)
    card, more = reply.parts
    assert isinstance(card, Text)
    assert isinstance(more, Text)
    assert card.markdown.splitlines() == [
        "**1\\.** **Heat (1995)**",
        "2 h 50 min",
        "Match: 97 %",
        "Because *you*.",
        "https://x.test/heat",
        "Page: https://x.test/1",
        "`1a` Why? · `1b` Seen it",
    ]
    assert more.markdown == "2\\. More"


def test_surplus_buttons_become_choices() -> None:
    narrow = replace(ROOMY, button_rows=1, buttons_per_row=2)
    buttons = tuple(Button(f"b{i}", Action("a", {"i": i}), token=f"t{i}") for i in range(4))
    (reply,) = fit(Reply((replace(HEAT, buttons=buttons),)), narrow)
    card, choices = reply.parts
    assert isinstance(card, Card)
    assert isinstance(choices, Choices)
    assert [button.label for button in card.buttons] == ["b0", "b1"]
    assert [(option.label, option.token) for option in choices.options] == [("b2", "t2"), ("b3", "t3")]


def test_choices_without_enough_buttons_become_a_numbered_list() -> None:
    narrow = replace(ROOMY, button_rows=1, buttons_per_row=2)
    choices = Choices("Which?", tuple(Choice(f"Film *{i}*", Action("a")) for i in range(3)))
    assert (
        texts(fit(Reply((HEAT, choices)), narrow))[-1]
        == "Which?\n2\\. Film \\*0\\*\n3\\. Film \\*1\\*\n4\\. Film \\*2\\*"
    )


def test_edit_becomes_a_new_message() -> None:
    earlier = MessageRef("terminal", "home", "1")
    assert fit(Reply((Text("x"),), replaces=earlier), replace(ROOMY, edits=False))[0].replaces is None
    replies = fit(Reply((Text("word " * 50),), replaces=earlier), replace(ROOMY, max_text=100))
    assert [reply.replaces for reply in replies] == [earlier, None, None]


def test_private_answer_is_refused_where_it_cannot_be_whispered() -> None:
    (reply,) = fit(Reply((Text("secret"),), private=True), replace(ROOMY, private=False))
    assert "secret" not in texts((reply,))[0]
    assert "private message" in texts((reply,))[0]
    assert fit(Reply((Text("secret"),), private=True), ROOMY)[0].private


def test_long_body_follows_as_text() -> None:
    card = replace(HEAT, body="A sentence that says something. " * 40)
    (reply,) = fit(Reply((card,)), replace(ROOMY, max_caption=200))
    first, rest = reply.parts
    assert isinstance(first, Card)
    assert isinstance(rest, Text)
    assert len(caption(first)) <= 200
    assert first.body.endswith("something.")


def test_images_are_left_out_where_none_can_be_drawn() -> None:
    (reply,) = fit(Reply((replace(HEAT, image_url="https://x.test/p.jpg"),)), replace(ROOMY, images=False))
    assert reply.parts == (HEAT,)


@pytest.mark.parametrize(
    ("text", "limit", "pieces"),
    [
        ("one two three", 100, ["one two three"]),
        ("aaaa bbbb\n\ncccc dddd", 12, ["aaaa bbbb", "cccc dddd"]),
        ("First one. Second one.", 15, ["First one.", "Second one."]),
        ("abcdefghij", 4, ["abcd", "efgh", "ij"]),
        ("abc\\*def", 4, ["abc", "\\*de", "f"]),
        ("", 5, []),
    ],
)
def test_split_at_pauses(text: str, limit: int, pieces: list[str]) -> None:
    assert split_text(text, limit) == pieces


@pytest.mark.parametrize(
    ("text", "label"),
    [("2", "2"), (" 2B. ", "2b"), ("(3)", "3"), ("#4", "4"), ("02", "2"), ("2 b", "2b"), ("2bc", None), ("1917", None),
     ("two", None), ("", None), ("2 3", None), ("9" * 500, None)],
)  # fmt: skip
def test_labels(text: str, label: str | None) -> None:
    assert read_label(text) == label


WORDS = st.text(alphabet="abc de\n*.äß", max_size=120)
PLAIN = st.text(alphabet="abc *[]<", min_size=1, max_size=20)
ACTIONS = st.builds(Action, st.sampled_from(["why", "seen"]))
PRESSES = st.one_of(ACTIONS, st.builds(Link, st.just("https://example.test/page")))
CARDS = st.builds(
    Card,
    ref=st.just("movie:1"),
    title=st.text(alphabet="abc *", min_size=1, max_size=150),
    subtitle=PLAIN,
    body=WORDS,
    facts=st.lists(st.builds(Fact, PLAIN, PLAIN), max_size=3).map(tuple),
    link=st.one_of(st.none(), st.just("https://example.test/film")),
    buttons=st.lists(st.builds(Button, PLAIN, PRESSES), max_size=7).map(tuple),
)
CHOICES = st.builds(Choices, WORDS, st.lists(st.builds(Choice, PLAIN, ACTIONS), min_size=1, max_size=7).map(tuple))
REPLIES = st.builds(
    Reply, st.lists(st.one_of(st.builds(Text, WORDS), CARDS, CHOICES), max_size=4).map(tuple), private=st.booleans()
)
PAGES = st.lists(CARDS, min_size=2, max_size=5).map(
    lambda cards: (
        replace(cards[0], buttons=(*cards[0].buttons, Button("1/2", Action(TURN, {"to": 0}, card="k/0"), token="t"))),
        *cards[1:],
    )
)
CAPABILITIES = st.builds(
    Capabilities,
    max_text=st.integers(40, 400),
    max_caption=st.integers(40, 400),
    button_rows=st.integers(0, 3),
    buttons_per_row=st.integers(1, 3),
    token_bytes=st.just(64),
    cards=st.booleans(),
    images=st.booleans(),
    edits=st.booleans(),
    private=st.just(True),
    native_commands=st.booleans(),
    reactions=st.booleans(),
    pager=st.booleans(),
)


def everything(parts: list[Part]) -> str:
    """All that a person would read, down to letters and digits."""
    found: list[str] = []
    for part in parts:
        if isinstance(part, Text):
            found.append(part.markdown)
        elif isinstance(part, Card):
            found += [caption(part), *(button.label for button in part.buttons)]
        else:
            found += [part.prompt, *(option.label for option in part.options)]
    return " ".join(found)


@settings(max_examples=30, deadline=None)
@given(REPLIES, CAPABILITIES)
def test_nothing_is_over_a_limit(reply: Reply, capabilities: Capabilities) -> None:
    for fitted in fit(reply, capabilities):
        prose = [p.markdown if isinstance(p, Text) else p.prompt for p in fitted.parts if not isinstance(p, Card)]
        assert len("\n\n".join(text for text in prose if text)) <= capabilities.max_text
        for part in fitted.parts:
            capacity = capabilities.button_rows * capabilities.buttons_per_row
            if isinstance(part, Card):
                assert capabilities.cards
                assert len(caption(part)) <= capabilities.max_caption
                assert len(part.buttons) <= capacity
                assert capabilities.images or part.image_url is None
            elif isinstance(part, Choices):
                assert len(part.options) <= capacity
        assert capabilities.edits or fitted.replaces is None


@settings(max_examples=30, deadline=None)
@given(REPLIES, CAPABILITIES)
def test_fitting_twice_changes_nothing(reply: Reply, capabilities: Capabilities) -> None:
    once = fit(reply, capabilities)
    assert tuple(again for fitted in once for again in fit(fitted, capabilities)) == once


@settings(max_examples=30, deadline=None)
@given(REPLIES, CAPABILITIES)
def test_no_letter_is_lost(reply: Reply, capabilities: Capabilities) -> None:
    before = re.findall(r"[abc]", everything(list(reply.parts)))
    after = re.findall(r"[abc]", re.sub(r"`\d+[a-z]`|https:\S+", "", everything(_parts(fit(reply, capabilities)))))
    assert len(after) >= len(before)


@settings(max_examples=30, deadline=None)
@given(REPLIES)
def test_every_action_can_still_be_chosen_by_typing(reply: Reply) -> None:
    shown = "\n".join(texts(fit(reply, replace(TEXT_ONLY, private=True))))
    for item in numbered(reply.parts):
        assert f"`{item.label}`" in shown or f"{item.label}\\." in shown


@settings(max_examples=30, deadline=None)
@given(PAGES, CAPABILITIES)
def test_a_card_with_a_pager_stands_for_those_behind_it(pages: tuple[Card, ...], capabilities: Capabilities) -> None:
    before, after = Text("Before"), Text("After")
    drawn = replace(capabilities, pager=True)
    assert fit(Reply((before, *pages, after)), drawn) == fit(Reply((before, pages[0], after)), drawn)
    without = replace(capabilities, pager=False)
    assert fit(Reply(pages), without) != fit(Reply(pages[:1]), without)
    plain = Reply(pages[1:])
    assert fit(plain, drawn) == fit(plain, without)


def _parts(replies: tuple[Reply, ...]) -> list[Part]:
    return [part for reply in replies for part in reply.parts]
