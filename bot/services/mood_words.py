"""How a wish reads back, in the words of whoever reads it: "I read this as: funny, shorter, 1990–1999"."""

from __future__ import annotations

from bot.i18n import N_
from bot.i18n import gettext as _

_KINDS = {"movie": "film"}


WISHES = (
    N_("funny"), N_("light"), N_("heartwarming"), N_("feel-good"), N_("romantic"), N_("sad"), N_("bittersweet"),
    N_("dark"), N_("bleak"), N_("tense"), N_("scary"), N_("creepy"), N_("gory"), N_("violent"), N_("calm"), N_("cozy"),
    N_("slow"), N_("fast"), N_("epic"), N_("spectacular"), N_("weird"), N_("surreal"), N_("absurd"), N_("stupid"),
    N_("clever"), N_("mind-bending"), N_("thought-provoking"), N_("inspiring"), N_("nostalgic"), N_("gritty"),
    N_("stylish"), N_("quirky"), N_("satirical"), N_("sexy"), N_("kid-friendly"), N_("mysterious"), N_("adventurous"),
    N_("realistic"), N_("classic"), N_("underrated"), N_("funnier"), N_("darker"), N_("lighter"), N_("shorter"),
    N_("longer"), N_("newer"), N_("older"), N_("scarier"), N_("calmer"),
)  # fmt: skip
"""Tones and directions, as the engine names them."""


def wish_word(name: str) -> str:
    """A tone, a direction, a genre, a topic or a kind in the reader's language; what has no other word stays."""
    return _(_KINDS.get(name, name))
