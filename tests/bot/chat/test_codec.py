"""Incomings and replies through JSON and back."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.chat.codec import decode_incoming, decode_reply, encode_incoming, encode_reply
from bot.chat.incoming import Author, CommandCall, Incoming, Mention, Message, MessageRef, Place, Press
from bot.chat.reply import Action, Button, Card, Choice, Choices, Fact, Link, Reply, Style, Text

_text = st.text(max_size=20)
_maybe = st.none() | _text
_leaf = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | _text
_value = st.recursive(
    _leaf,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.lists(inner, max_size=3).map(tuple)
        | st.dictionaries(st.sampled_from(["a", "__tuple__", "__map__"]), inner, max_size=3)
    ),
    max_leaves=8,
)
_args = st.dictionaries(_text, _value, max_size=3)
_place = st.builds(Place, _text, _text, _maybe, st.booleans())
_author = st.builds(Author, _text, _text, _text, _maybe)
_mentions = st.lists(st.builds(Mention, _text, _text, _text), max_size=2).map(tuple)
_ref = st.none() | st.builds(MessageRef, _text, _text, _text)
_incoming = st.one_of(
    st.builds(Message, _text, _place, _author, _text, _mentions, _maybe),
    st.builds(CommandCall, _text, _place, _author, _text, _args),
    st.builds(Press, _text, _place, _author, _text, _ref),
)
_action = st.builds(Action, _text, _args, st.booleans(), st.booleans())
_button = st.builds(Button, _text, _action | st.builds(Link, _text), st.sampled_from(Style), _maybe)
_card = st.builds(
    Card,
    ref=_text,
    title=_text,
    subtitle=_text,
    body=_text,
    image_url=_maybe,
    facts=st.lists(st.builds(Fact, _text, _text), max_size=2).map(tuple),
    link=_maybe,
    buttons=st.lists(_button, max_size=3).map(tuple),
    number=st.none() | st.integers(1, 99),
)
_choices = st.builds(Choices, _text, st.lists(st.builds(Choice, _text, _action, _maybe), max_size=3).map(tuple))
_reply = st.builds(
    Reply, st.lists(st.builds(Text, _text) | _card | _choices, max_size=3).map(tuple), st.booleans(), _ref
)


@given(_incoming)
@settings(max_examples=150)
def test_an_incoming_comes_back_as_it_was(incoming: Incoming) -> None:
    assert decode_incoming(json.loads(json.dumps(encode_incoming(incoming)))) == incoming


@given(_reply)
@settings(max_examples=150, deadline=None)
def test_a_reply_comes_back_as_it_was(reply: Reply) -> None:
    assert decode_reply(json.loads(json.dumps(encode_reply(reply)))) == reply


@pytest.mark.parametrize("data", [{}, {"type": "message"}, {"type": "gone", "place": {}, "author": {}}, {"parts": 3}])
def test_what_cannot_be_read_is_one_kind_of_error(data: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"not a|unknown"):
        decode_incoming(data)
    with pytest.raises(ValueError, match=r"not a|unknown"):
        decode_reply(data)


def test_what_json_cannot_carry_is_refused_when_it_is_kept() -> None:
    call = CommandCall("1", Place("p", "r"), Author("p", "1", "Anna"), "help", {"x": object()})
    with pytest.raises(ValueError, match="cannot be kept"):
        encode_incoming(call)
