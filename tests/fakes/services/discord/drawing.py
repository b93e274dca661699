"""What a person reads on Discord: from messages as they were sent to neutral ones."""

from __future__ import annotations

import re

from tests.e2e.platforms.driver import Drawn, DrawnButton, DrawnCard
from tests.fakes.services.discord.world import Json, Sent

_ESCAPE = re.compile(r"\\([^0-9A-Za-z\s])|\*\*|`")
_NO_WIDTH = "\u200b"


def plain(markdown: str) -> str:
    """The text without mark-up, as Discord's own client shows it."""
    return _ESCAPE.sub(lambda match: match[1] or "", markdown).replace(_NO_WIDTH, "")


def drawn(message: Sent) -> Drawn:
    """A message as its reader sees it."""
    buttons = [
        DrawnButton(label, part.get("url"))
        for row in message.rows
        for part in row["components"]
        for label in ([part["label"]] if part["type"] == 2 else [option["label"] for option in part["options"]])
    ]
    return Drawn(
        id=message.id,
        text=plain(message.content),
        cards=tuple(_card(embed) for embed in message.embeds),
        buttons=tuple(buttons),
        private=message.viewer is not None,
        edited=message.edited,
    )


def pressed(message: Sent, label: str) -> Json:
    """The data of pressing the first button, or of choosing the first option, whose label begins so."""
    for row in message.rows:
        for part in row["components"]:
            if part["type"] == 2 and part["label"].startswith(label) and "custom_id" in part:
                return {"component_type": 2, "custom_id": part["custom_id"]}
            for option in part.get("options", []):
                if option["label"].startswith(label):
                    return {"component_type": 3, "custom_id": part["custom_id"], "values": [option["value"]]}
    raise AssertionError(f"nothing on the message is labelled {label!r}: {drawn(message).buttons}")


def _card(embed: Json) -> DrawnCard:
    facts = [f"{plain(fact['name'])}: {plain(fact['value'])}" for fact in embed.get("fields", [])]
    text = "\n".join([plain(embed.get("description", "")), *facts]).strip()
    image = embed.get("thumbnail") or embed.get("image") or {}
    return DrawnCard(plain(embed.get("title", "")), text, embed.get("url"), image.get("url"))
