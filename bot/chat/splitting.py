"""Splits long Markdown where a reader would pause."""

from __future__ import annotations

_PAUSES = ("\n\n", "\n", ". ", "! ", "? ", "; ", ", ", " ")


def split_text(text: str, limit: int) -> list[str]:
    """Pieces of at most `limit` characters, in order, without empty ones; spaces at a cut are dropped."""
    text = text.strip()
    pieces: list[str] = []
    while len(text) > limit:
        cut = _cut(text, limit)
        pieces.append(text[:cut].rstrip())
        text = text[cut:].lstrip()
    if text:
        pieces.append(text)
    return [piece for piece in pieces if piece]


def _cut(text: str, limit: int) -> int:
    """Where to cut: after the last pause that leaves the piece at least half full, else at the last space."""
    window = text[: limit + 1]
    for pause in _PAUSES:
        at = window.rfind(pause, 0, limit + 1 if pause.isspace() else limit)
        kept = at + (0 if pause.isspace() else 1)
        if kept > 0 and (kept >= limit // 2 or pause == " "):
            return kept
    cut = limit
    # An escape is not torn from the character that it escapes.
    while cut > 1 and (len(text[:cut]) - len(text[:cut].rstrip("\\"))) % 2 == 1:
        cut -= 1
    return cut
