"""A word back for a word that asks nothing, and gently back to the subject."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.agent.interpreter.cues import cues
from bot.chat.reply import Action, Choice, Choices, Reply
from bot.i18n import gettext as _
from engine.search.folding import fold

_WORDS: Mapping[str, Callable[[], str]] = {
    "thanks": lambda: _("You are welcome. Enjoy!"),
    "farewell": lambda: _("See you! Come back whenever you need something to watch."),
    "feeling": lambda: _("I am fine, thank you: plenty of films here. What are you in the mood for?"),
    "self": lambda: _("I am the bot of this household: I know what is in the library, and find what you might like."),
    "praise": lambda: _("Glad to hear that."),
    "yes": lambda: _("Good. Just tell me what you would like, or press a button."),
}


def small_talk(text: str) -> Reply | Action:
    """An answer to a greeting, a thank-you or a pleasantry, with a way on."""
    folded = f" {fold(text)} "
    kind = next((kind for kind, phrases in cues().smalltalk.items() if any(f" {p} " in folded for p in phrases)), None)
    if kind == "greeting":
        return Action("start")
    said = _WORDS[kind]() if kind else _("I am better with films than with small talk. What are you in the mood for?")
    options = (
        Choice(_("Suggest something to watch"), Action("recommend")),
        Choice(_("Show what I can do"), Action("help")),
    )
    return Reply((Choices(said, options),))
