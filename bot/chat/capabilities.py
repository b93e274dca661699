"""What a platform can draw."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Capabilities:
    """Limits and abilities of one platform; `fit` downgrades a reply to them. Lengths in characters unless said."""

    max_text: int
    max_caption: int
    button_rows: int
    buttons_per_row: int
    token_bytes: int
    cards: bool
    images: bool
    edits: bool
    private: bool  # can answer one person in a shared room
    native_commands: bool
    reactions: bool
    pager: bool = False  # several cards go out as one message, with previous and next in place
    edit_pause: float = 1.0  # seconds between two changes of a message that grows
    edit_pause_shared: float = 1.0  # the same in a room that others write in
