"""Incomings and replies as plain JSON and back, for what must outlive the process.

`decode_*(encode_*(value)) == value` for everything that JSON can carry; tuples inside arguments come back as tuples.
Reading what another version wrote raises ValueError.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any, TypeVar, assert_never

from bot.chat.incoming import Author, CommandCall, Incoming, Mention, Message, MessageRef, Place, Press
from bot.chat.reply import Action, Button, Card, Choice, Choices, Fact, Link, Part, Reply, Style, Text

_TUPLE = "__tuple__"
_MAP = "__map__"

T = TypeVar("T")


def encode_incoming(incoming: Incoming) -> dict[str, Any]:
    """The incoming as JSON. Raises: ValueError, for an argument that JSON cannot carry."""
    common = {"id": incoming.id, "place": _flat(incoming.place), "author": _flat(incoming.author)}
    match incoming:
        case Message():
            mentions = [_flat(mention) for mention in incoming.mentions]
            own = {"text": incoming.text, "mentions": mentions, "reply_to": incoming.reply_to}
            return {"type": "message", **common, **own}
        case CommandCall():
            return {"type": "command", **common, "name": incoming.name, "args": _packed_map(incoming.args)}
        case Press():
            message = None if incoming.message is None else _flat(incoming.message)
            return {"type": "press", **common, "token": incoming.token, "message": message}
        case _:
            assert_never(incoming)


def decode_incoming(data: Mapping[str, Any]) -> Incoming:
    """The incoming back. Raises: ValueError."""
    try:
        place, author = _filled(Place, data["place"]), _filled(Author, data["author"])
        match data["type"]:
            case "message":
                mentions = tuple(_filled(Mention, mention) for mention in data["mentions"])
                return Message(data["id"], place, author, data["text"], mentions, data["reply_to"])
            case "command":
                return CommandCall(data["id"], place, author, data["name"], _unpacked_map(data["args"]))
            case "press":
                message = None if data["message"] is None else _filled(MessageRef, data["message"])
                return Press(data["id"], place, author, data["token"], message)
            case other:
                raise ValueError(f"an unknown kind of incoming: {str(other)[:40]}")
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"not an incoming: {type(error).__name__}") from None


def encode_reply(reply: Reply) -> dict[str, Any]:
    """The reply as JSON. Raises: ValueError, for an argument that JSON cannot carry."""
    return {
        "parts": [_part(part) for part in reply.parts],
        "private": reply.private,
        "replaces": None if reply.replaces is None else _flat(reply.replaces),
    }


def decode_reply(data: Mapping[str, Any]) -> Reply:
    """The reply back. Raises: ValueError."""
    try:
        replaces = None if data["replaces"] is None else _filled(MessageRef, data["replaces"])
        return Reply(tuple(_read_part(part) for part in data["parts"]), bool(data["private"]), replaces)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"not a reply: {type(error).__name__}") from None


def _part(part: Part) -> dict[str, Any]:
    match part:
        case Text():
            return {"type": "text", **_flat(part)}
        case Card():
            facts, buttons = [_flat(fact) for fact in part.facts], [_button(button) for button in part.buttons]
            return {"type": "card", **_flat(part), "facts": facts, "buttons": buttons}
        case Choices():
            options = [
                {"label": option.label, "press": _action(option.press), "token": option.token}
                for option in part.options
            ]
            return {"type": "choices", "prompt": part.prompt, "options": options}
        case _:
            assert_never(part)


def _read_part(data: Mapping[str, Any]) -> Part:
    match data["type"]:
        case "text":
            return _filled(Text, data)
        case "card":
            facts = tuple(_filled(Fact, fact) for fact in data["facts"])
            buttons = tuple(_read_button(button) for button in data["buttons"])
            return _filled(Card, {**data, "facts": facts, "buttons": buttons})
        case "choices":
            options = tuple(
                Choice(option["label"], _read_action(option["press"]), option["token"]) for option in data["options"]
            )
            return Choices(data["prompt"], options)
        case other:
            raise ValueError(f"an unknown part of a reply: {str(other)[:40]}")


def _button(button: Button) -> dict[str, Any]:
    press = {"url": button.press.url} if isinstance(button.press, Link) else _action(button.press)
    return {"label": button.label, "press": press, "style": str(button.style), "token": button.token}


def _read_button(data: Mapping[str, Any]) -> Button:
    press = data["press"]
    pressed = Link(press["url"]) if "url" in press else _read_action(press)
    return Button(data["label"], pressed, Style(data["style"]), data["token"])


def _action(action: Action) -> dict[str, Any]:
    return {**_flat(action), "args": _packed_map(action.args)}


def _read_action(data: Mapping[str, Any]) -> Action:
    return _filled(Action, {**data, "args": _unpacked_map(data["args"])})


def _flat(value: Any) -> dict[str, Any]:
    """The fields of a dataclass by name, as they are."""
    return {each.name: getattr(value, each.name) for each in fields(value)}


def _filled(kind: type[T], data: Mapping[str, Any]) -> T:
    """A dataclass from its fields; those of a newer version are left out."""
    known = {each.name for each in fields(kind)}  # type: ignore[arg-type]  # every caller passes a dataclass
    return kind(**{name: value for name, value in data.items() if name in known})


def _packed_map(values: Mapping[str, Any]) -> dict[str, Any]:
    return {str(name): _packed(value) for name, value in values.items()}


def _unpacked_map(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _unpacked(value) for name, value in values.items()}


def _packed(value: Any) -> Any:
    match value:
        case None | bool() | str() | int() | float():
            # A StrEnum or an IntEnum is its value to JSON, and `bind` reads it as such.
            return value
        case tuple() | frozenset() | set():
            return {_TUPLE: [_packed(each) for each in value]}
        case list():
            return [_packed(each) for each in value]
        case Mapping():
            return {_MAP: _packed_map(value)}
        case _:
            raise ValueError(f"an argument of type {type(value).__name__} cannot be kept")


def _unpacked(value: Any) -> Any:
    match value:
        case list():
            return [_unpacked(each) for each in value]
        case {"__tuple__": list(items)}:
            return tuple(_unpacked(each) for each in items)
        case {"__map__": dict(items)}:
            return _unpacked_map(items)
        case _:
            return value
