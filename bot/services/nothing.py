"""The sentence for when no title is left, naming the rule that took the most away."""

from __future__ import annotations

from bot.i18n import gettext as _
from bot.model.recommendation import Ask, Mode
from bot.services.catalogue_view import CatalogueView
from engine.types import RankResult


def nothing_left(view: CatalogueView, result: RankResult, ask: Ask) -> str:
    """Why nothing could be recommended, in one sentence, and what would help."""
    if not len(view.catalogue):
        return _("There are no titles here yet: import a catalogue or connect a media server first.")
    if ask.exclude and "excluded" in result.removed and not _wishes(result):
        return _("That was all I have for you; ask for something else.")
    if ask.mode is Mode.REDISCOVER:
        return _("There is nothing to rediscover yet: nothing you loved is more than half a year old.")
    if ask.mode is Mode.GRAB and not _wishes(result):
        return _("Everything I know of is in the library already.")
    if result.removed.get("permission", 0) == len(view.catalogue):
        return _("There is no title here that you may see.")
    if _wishes(result):
        return _("No title here meets all of that; ask for a little less.")
    return _("You have seen everything here that I could suggest.")


def _wishes(result: RankResult) -> int:
    """How many titles were taken away by what was asked for, rather than by permission or history."""
    standing = {"permission", "excluded", "watched", "liked", "hidden", "disliked", "blocked", "unavailable"}
    return sum(count for name, count in result.removed.items() if name not in standing | {"available", "rediscover"})
