"""What is typed instead of a press: the number or label of a button, or a verb with a number.

These do at once what the button would do, even if that writes; a sentence only chooses which command answers.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.chat.actions import read_label
from bot.chat.plain import one_line
from bot.chat.reply import Action
from bot.errors import InvalidInput
from bot.i18n import gettext as _
from bot.i18n import ngettext
from bot.services.conversations import Memory

_VERBS: Mapping[str, str] = {
    verb: name
    for name, verbs in {
        "why": "why, warum, wieso, pourquoi",
        "whynot": "whynot",
        "seen": "seen, gesehen, vu",
        "hide": "hide, verstecken, cacher",
        "like": "like, mag, aime",
        "similar": "similar, more like, ähnlich, semblable",
        "search": "info, show, details, zeig, montre",
        "request": "request, anfragen, demander",
        "trailer": "trailer",
    }.items()
    for verb in verbs.split(", ")
}
_ANY_VERB = "|".join(sorted(_VERBS, key=len, reverse=True))
_VERB_FIRST = re.compile(rf"({_ANY_VERB})\s+#?(\d{{1,2}})")
_NUMBER_FIRST = re.compile(rf"#?(\d{{1,2}})\s+({_ANY_VERB})")
_RATE = re.compile(r"(?:rate|bewerte|note)\s+#?(\d{1,2})\s+(\d{1,2})(?:/10)?")


def pressed_by_word(text: str, memory: Memory) -> Action | str | None:
    """The action, or the token that a label stands for; None for words that are no press.

    Raises: InvalidInput, for a message without words, or a number that means nothing after the last answer.
    """
    words = one_line(text)
    folded = words.casefold().replace(",", "").strip(" .!?;:")
    if not folded:
        raise InvalidInput(_("Tell me what you are in the mood for, or write /help."))
    return _label(words, memory) or _verb(folded, memory)


def _label(words: str, memory: Memory) -> Action | str | None:
    """A whole message that is a label: the token behind it, or the title of a card."""
    label = read_label(words)
    if label is None:
        return None
    if label in memory.numbers:
        return memory.numbers[label]
    if not label.isdigit():
        if memory.shown:
            raise InvalidInput(_("There is nothing under {label} in my last answer.").format(label=label))
        return None
    if memory.shown and int(label) <= 50:
        return Action("search", {"title": _shown(int(label), memory)})
    return None


def _verb(folded: str, memory: Memory) -> Action | None:
    """ "seen 2", "2 why", "rate 3 8": a verb and a number, and nothing else."""
    if not memory.shown:
        return None
    if rated := _RATE.fullmatch(folded):
        return Action("rate", {"title": _shown(int(rated[1]), memory), "value": int(rated[2])})
    if match := _NUMBER_FIRST.fullmatch(folded):
        return Action(_VERBS[match[2]], {"title": _shown(int(match[1]), memory)})
    if match := _VERB_FIRST.fullmatch(folded):
        return Action(_VERBS[match[1]], {"title": _shown(int(match[2]), memory)})
    return None


def _shown(position: int, memory: Memory) -> str:
    """The reference of the title at a position from 1. Raises: InvalidInput."""
    count = len(memory.shown)
    if not 0 < position <= count:
        raise InvalidInput(
            ngettext("My last answer has only {n} title.", "My last answer has only {n} titles.", count).format(n=count)
        )
    return memory.shown[position - 1]
