"""Telegram's HTML as the Bot API reads it: strict about tags, generous in what it turns into mentions."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

_TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "s": "strikethrough",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
_TOKEN = re.compile(r"<(/?)([a-z][a-z0-9-]*)((?:\s[^<>]*)?)>|&(?:lt|gt|amp|quot|#\d+|#x[0-9a-fA-F]+);|[<&]|[^<&]+")
_HREF = re.compile(r'\s+href="([^"]*)"\s*')
_AUTOMATIC = (
    ("mention", re.compile(r"(?<![\w@])@[A-Za-z0-9_]{3,32}\b")),
    ("url", re.compile(r"https?://[^\s<>\"]+")),
    ("bot_command", re.compile(r"(?<![\w/])/[a-z0-9_]{1,32}\b(?:@\w+)?")),
)


class BadMarkup(ValueError):
    """What the Bot API answers with 400: can't parse entities."""


def length(text: str) -> int:
    """In UTF-16 code units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def parse(html: str, mode: str | None) -> tuple[str, list[dict[str, Any]]]:
    """The text that people read, and its entities. Raises: BadMarkup."""
    if mode is None:
        return html.strip(), automatic(html.strip(), [])
    if mode != "HTML":
        raise BadMarkup(f"unsupported parse_mode {mode}")
    text = ""
    entities: list[dict[str, Any]] = []
    open_tags: list[tuple[str, dict[str, Any]]] = []
    for token in _TOKEN.finditer(html):
        if token[2] is None:
            if token[0] in ("<", "&"):
                raise BadMarkup(f"unescaped {token[0]} at {token.start()}")
            text += unescape(token[0]) if token[0].startswith("&") else token[0]
        elif not token[1]:
            open_tags.append((token[2], {**_entity(token[2], token[3]), "offset": length(text)}))
        else:
            if not open_tags or open_tags[-1][0] != token[2]:
                raise BadMarkup(f"unmatched end tag {token[2]}")
            entity = open_tags.pop()[1]
            entity["length"] = length(text) - entity["offset"]
            if entity["length"]:
                entities.append(entity)
    if open_tags:
        raise BadMarkup(f"unclosed start tag {open_tags[-1][0]}")
    return text.rstrip(), automatic(text, entities)


def automatic(text: str, entities: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The entities, and those that Telegram finds by itself outside code and links."""
    found = list(entities)
    taken = [e for e in entities if e["type"] in ("code", "pre", "text_link")]
    for kind, pattern in _AUTOMATIC:
        for match in pattern.finditer(text):
            offset, size = length(text[: match.start()]), length(match[0])
            if not any(e["offset"] <= offset < e["offset"] + e["length"] for e in taken):
                found.append({"type": kind, "offset": offset, "length": size})
    return sorted(found, key=lambda e: (e["offset"], -e["length"]))


def entity_text(text: str, entity: dict[str, Any]) -> str:
    """The part of the text that an entity covers."""
    raw = text.encode("utf-16-le", "surrogatepass")
    return raw[entity["offset"] * 2 : (entity["offset"] + entity["length"]) * 2].decode("utf-16-le", "replace")


def _entity(tag: str, attributes: str) -> dict[str, Any]:
    if tag == "a":
        match = _HREF.fullmatch(attributes)
        if match is None:
            raise BadMarkup("a link without its address")
        return {"type": "text_link", "url": unescape(match[1])}
    if tag not in _TAGS or attributes.strip():
        raise BadMarkup(f"unsupported start tag {tag}{attributes}")
    return {"type": _TAGS[tag]}
