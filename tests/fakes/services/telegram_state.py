"""What the fake Telegram keeps, and the rules of the Bot API that its description tells in words."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from tests.contracts.kit import Answer
from tests.fakes.services.telegram_markup import BadMarkup, length, parse

_HOST = re.compile(r"(?:[a-z0-9-]+\.)+[a-z0-9-]{2,}|\d+(?:\.\d+){3}", re.IGNORECASE)


class Refusal(Exception):
    """What the Bot API refuses."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.answer = Answer(
            {"ok": False, "error_code": code, "description": description}
            | ({"parameters": parameters} if parameters else {}),
            status=code,
        )


@dataclass
class Chat:
    """A chat. `started`: a person has opened it with the bot. `moved_to`: the group's new id."""

    data: dict[str, Any]
    started: bool = True
    blocked: bool = False
    moved_to: int | None = None
    topics: set[int] = field(default_factory=set)
    messages: dict[int, Sent] = field(default_factory=dict)

    @property
    def id(self) -> int:
        return int(self.data["id"])


@dataclass
class Sent:
    """A message of the bot. `changed`: number of the change that it last saw."""

    data: dict[str, Any]
    changed: int
    edited: bool = False
    frozen: bool = False
    silent: bool = False

    @property
    def text(self) -> str:
        return str(self.data.get("text") or self.data.get("caption") or "")

    @property
    def entities(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.data.get("entities") or self.data.get("caption_entities") or []
        return found

    @property
    def keys(self) -> list[dict[str, Any]]:
        rows = self.data.get("reply_markup", {}).get("inline_keyboard", [])
        return [key for row in rows for key in row]


def decoded(form: Mapping[str, Any]) -> dict[str, Any]:
    """Fields of a form; everything but plain text travels as JSON, and plain text as itself."""
    texts = {"text", "caption", "callback_query_id", "inline_query_id", "url", "secret_token", "photo", "parse_mode"}
    given: dict[str, Any] = {}
    for name, value in form.items():
        try:
            given[name] = value if name in texts else json.loads(value)
        except ValueError:
            given[name] = value
    return given


def text_of(raw: str, given: Mapping[str, Any], limit: int) -> tuple[str, list[dict[str, Any]]]:
    try:
        text, entities = parse(raw, given.get("parse_mode"))
    except BadMarkup as error:
        raise Refusal(400, f"Bad Request: can't parse entities: {error}") from None
    if length(text) > limit:
        raise Refusal(400, f"Bad Request: message {'caption ' if limit < 4096 else ''}is too long")
    return text, entities


def keyboard_of(given: Mapping[str, Any]) -> dict[str, Any] | None:
    markup: dict[str, Any] | None = given.get("reply_markup")
    keys = [key for row in (markup or {}).get("inline_keyboard", []) for key in row]
    if len(keys) > 100:
        raise Refusal(400, "Bad Request: reply markup is too long")
    for key in keys:
        kinds = set(key) - {"text", "style", "icon_custom_emoji_id"}
        if len(kinds) != 1 or not key["text"].strip():
            raise Refusal(400, "Bad Request: Text buttons are unallowed in the inline keyboard")
        if "callback_data" in key and not 1 <= len(key["callback_data"].encode()) <= 64:
            raise Refusal(400, "Bad Request: BUTTON_DATA_INVALID")
        if "url" in key and not opens(key["url"]):
            raise Refusal(400, f"Bad Request: inline keyboard button URL '{key['url']}' is invalid: Wrong HTTP URL")
    return markup


def opens(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in ("http", "https", "tg") and _HOST.fullmatch(parts.hostname or "") is not None


def allowed(update: Mapping[str, Any], kinds: Any) -> bool:
    return not kinds or len(update) == 1 or any(kind in update for kind in kinds)


def menu_of(given: Mapping[str, Any]) -> tuple[str, str]:
    return str(given.get("scope", {}).get("type", "default")), str(given.get("language_code", ""))
