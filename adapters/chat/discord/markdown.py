"""From the Markdown of replies to Discord's dialect, in which outside text neither formats, links nor mentions.

Both agree on bold, italics, code, lists and backslashes. Discord also knows spoilers, mentions and invites, and turns
every address into a link with a preview.
"""

from __future__ import annotations

import re

from bot.chat.plain import escape

_PIECE = re.compile(
    r"(?P<escaped>\\[!-/:-@\[-`{-~])"
    r"|(?P<code>`[^`\n]+`)"
    r"|(?P<label>\[(?:\\.|[^\]\\\n])*\])\((?P<target>https?://[^\s()<>]+)\)"
    r"|<?(?P<address>https?://[^\s<>]*[^\s<>.,;:!?)\]])>?"
    r"|(?P<spoiler>\|)"
    r"|(?P<invite>(?<=\w)\.\w+/)"
)
_MENTION = re.compile(r"@(?=everyone|here|[!&]?\d{15,20})")
_NO_WIDTH = "\u200b"


def to_discord(markdown: str) -> str:
    """The same text for Discord. Links keep their target but get no preview."""
    return _MENTION.sub("@" + _NO_WIDTH, _PIECE.sub(_piece, markdown))


def literal(text: str) -> str:
    """Outside text so that Discord shows exactly this text."""
    return to_discord(escape(text))


def _piece(match: re.Match[str]) -> str:
    if match["escaped"] or match["code"]:
        return match[0]
    if match["target"]:
        return f"{match['label']}(<{match['target']}>)"
    if match["address"]:
        return f"<{match['address']}>"
    if match["spoiler"]:
        return "\\|"
    return match[0][:-1] + "\\/"  # Discord draws an invitation from a bare discord.gg/code too
