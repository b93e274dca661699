"""From what was understood to what is done about it: a declared command, or a few words.

Words choose which command answers and never write: what would write becomes the command "propose", whose answer is a
card with a button. Whether the person may see what they name is the command's business; nothing is looked up here.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from bot.agent.interpreter import Intent, Interpretation
from bot.agent.smalltalk import small_talk
from bot.chat.plain import escape, one_line
from bot.chat.reply import Action, Choice, Choices, Reply
from bot.errors import InvalidInput, NotFound
from bot.i18n import LOCALES, ngettext
from bot.i18n import gettext as _
from bot.services.conversations import Memory

UNSURE = 0.34  # below it, and with a runner-up near, the person is asked
_NEAR = 0.6  # of the best intent's chance
_LONGEST = 1000

Do: TypeAlias = Action | Reply
"""A command to run, or what to say."""


@dataclass(frozen=True, slots=True)
class Situation:
    """What acting needs beside the words. `commands`: those that exist here.

    `name`: title id → what to call it so that nothing else is meant; None for a title that the person may not see, of
    which only their own words may speak. `accounts`: who a name stands for that a platform mentioned. `has`: whether
    a title that the person may see is with somebody.
    """

    memory: Memory
    commands: Collection[str]
    name: Callable[[int], str | None]
    accounts: Mapping[str, str] = field(default_factory=dict)
    has: Callable[[str], bool] = lambda _person: True


def act(meant: Interpretation, situation: Situation) -> Do:
    """What to do. Raises: InvalidInput, for the fifth of three titles; NotFound, for a title that is not here."""
    if meant.intent is Intent.UNKNOWN:
        return _not_understood(meant, situation)
    # With a title of the catalogue only a question or a card can come of it, so no other question goes before.
    if meant.confidence < UNSURE and not meant.title_ids and meant.intent not in (Intent.MOOD, Intent.SMALLTALK):
        return _not_understood(meant, situation)
    if meant.intent is Intent.SMALLTALK:
        return small_talk(meant.text)
    if meant.intent in _ABOUT_WHAT_IS_HERE and _is_elsewhere(meant, situation):
        # Another title that only begins alike is not meant. Of what the person may not see no more is said.
        raise NotFound(_("I know no title called “{title}”.").format(title=meant.typed.strip()[:80]))
    if meant.intent in _SEARCHES and (strangers := [each for each in meant.slots.people if not situation.has(each)]):
        return _with_nobody(meant, strangers, situation)
    if meant.intent in _ASKED_FIRST and (action := _known(meant.intent, meant, situation)):
        return Reply((Choices(_("Do you want me to do that?"), (Choice(f"/{action.name}", action),)),))
    return _known(meant.intent, meant, situation) or _not_understood(meant, situation)


def _known(intent: Intent, meant: Interpretation, situation: Situation) -> Action | None:
    """The command of an intent; None, when there is none or it lacks what it needs."""
    make = _COMMANDS.get(intent, _plain)
    action = make(intent, meant, situation)
    return action if action is not None and action.name in situation.commands else None


def _recommend(_intent: Intent, meant: Interpretation, _situation: Situation) -> Action | None:
    slots = meant.slots
    args: dict[str, Any] = {"mode": slots.mode or "tonight", "limit": slots.count}
    args |= {"kind": _kind(meant), "genre": _genres(meant)}
    if slots.kind == "anime" or _describes(meant) or (meant.unread and slots.mode is None):
        return Action("recommend", {"mode": "mood", "query": _words(meant), "limit": slots.count})
    return Action("recommend", _said(args))


def _mood(_intent: Intent, meant: Interpretation, _situation: Situation) -> Action | None:
    return Action("recommend", _said({"mode": "mood", "query": _words(meant), "limit": meant.slots.count}))


def _similar(_intent: Intent, meant: Interpretation, situation: Situation) -> Action | None:
    title = _title(meant, situation)
    if len(meant.title_ids) > 1 or _describes(meant) or meant.slots.direction:
        return Action("recommend", _said({"mode": "mood", "query": _words(meant), "limit": meant.slots.count}))
    if title is None:
        return None
    stated = {"kind": _kind(meant), "genre": _genres(meant), "limit": meant.slots.count}
    return Action("similar", _said({"title": title, **stated}))


def _group(_intent: Intent, meant: Interpretation, situation: Situation) -> Action | None:
    if not meant.slots.members:
        return None
    wishes = _words(meant) if _describes(meant) else None
    if wishes is None and situation.memory.ask is not None and situation.memory.ask.query:
        wishes = situation.memory.ask.query
    names = tuple(situation.accounts.get(name.casefold(), name) for name in meant.slots.members)
    return Action("recommend", _said({"mode": "group", "with": names, "query": wishes}))


def _refine(intent: Intent, meant: Interpretation, situation: Situation) -> Action | None:
    if meant.slots.members:
        return _group(intent, meant, situation)
    if situation.memory.ask is None:
        return _mood(intent, meant, situation)
    changes = bool(meant.slots.as_labels().keys() - {"ordinal", "ordinal_not", "count"})
    return Action("more", {"query": _words(meant)} if changes else {})


def _about_title(intent: Intent, meant: Interpretation, situation: Situation) -> Action | None:
    title = _title(meant, situation)
    name = {Intent.WHY_NOT: "whynot", Intent.STATUS: "search"}.get(intent, str(intent))
    if title is None and intent is Intent.STATUS and "requests" in situation.commands:
        return Action("requests")
    if title is None:
        # "Why?" and "the trailer, please" are about what was talked of last.
        if intent is Intent.WHY and situation.memory.shown:
            return Action("why")
        title = situation.memory.focus
    if title is None and intent is Intent.SEARCH and len(situation.memory.shown) == 1:
        title = situation.memory.shown[0]
    if title is None and intent is Intent.SEARCH and (meant.slots.people or meant.slots.genres):
        return _mood(intent, meant, situation)
    return None if title is None else Action(name, {"title": title})


def _pick(_intent: Intent, meant: Interpretation, situation: Situation) -> Action | None:
    title = _title(meant, situation)
    return None if title is None else Action("search", {"title": title})


def _propose(intent: Intent, meant: Interpretation, situation: Situation) -> Action | None:
    """What writes waits for a press."""
    title = _title(meant, situation) or situation.memory.focus
    if title is None and situation.memory.shown and len(situation.memory.shown) == 1:
        title = situation.memory.shown[0]
    if title is None:
        return None
    if intent is Intent.REQUEST:
        # Its own confirm card proposes; where nothing can be requested, the card of the title says where it is.
        return Action("request" if "request" in situation.commands else "search", {"title": title})
    # The same is said of all titles that are named, unless one of the last answer is pointed at.
    others = [named for item in meant.title_ids[1:] if (named := situation.name(item))]
    also = "|".join(others) if others and meant.slots.ordinal is None else None
    said = {"what": str(intent), "title": title, "value": meant.slots.rating, "also": also}
    return Action("propose", _said(said))


def _watchlist(_intent: Intent, meant: Interpretation, situation: Situation) -> Action | None:
    slots = meant.slots
    if slots.action in (None, "show"):
        return Action("watchlist", _said({"action": "show", "list": slots.list}))
    title = _title(meant, situation) or situation.memory.focus
    if title is None:
        return None
    return Action("propose", _said({"what": f"watchlist-{slots.action}", "title": title, "list": slots.list}))


def _settings(_intent: Intent, meant: Interpretation, _situation: Situation) -> Action:
    """A language that was asked for by name is what the person wants to read at once; it is undone in a word."""
    said = {"setting": "language", "value": meant.slots.language} if meant.slots.language in LOCALES else {}
    return Action("settings", said)


def _plain(intent: Intent, _meant: Interpretation, _situation: Situation) -> Action | None:
    return Action(str(intent))


_COMMANDS: Mapping[Intent, Callable[[Intent, Interpretation, Situation], Action | None]] = {
    Intent.RECOMMEND: _recommend,
    Intent.MOOD: _mood,
    Intent.SIMILAR: _similar,
    Intent.GROUP: _group,
    Intent.REFINE: _refine,
    Intent.WHY: _about_title,
    Intent.WHY_NOT: _about_title,
    Intent.SEARCH: _about_title,
    Intent.STATUS: _about_title,
    Intent.TRAILER: _about_title,
    Intent.REQUEST: _propose,
    Intent.RATE: _propose,
    Intent.SEEN: _propose,
    Intent.HIDE: _propose,
    Intent.LIKE: _propose,
    Intent.WATCHLIST: _watchlist,
    Intent.PICK: _pick,
    Intent.SETTINGS: _settings,
}
_ASKED_FIRST = frozenset({Intent.SYNC, Intent.UNLINK, Intent.FORGET, Intent.EXPORT})
"""These do something at once when they are typed as commands; a sentence may be a misunderstanding."""


_SEARCHES = frozenset({Intent.MOOD, Intent.RECOMMEND, Intent.REFINE, Intent.SIMILAR, Intent.GROUP})
_ABOUT_WHAT_IS_HERE = frozenset(
    {Intent.SEARCH, Intent.SIMILAR, Intent.WHY, Intent.WHY_NOT, Intent.SEEN, Intent.LIKE, Intent.HIDE, Intent.RATE}
    | {Intent.WATCHLIST, Intent.TRAILER}
)


def _is_elsewhere(meant: Interpretation, situation: Situation) -> bool:
    """Whether a well-known title is named that is not here, or that the person may not see."""
    if not meant.typed or not meant.slots.titles or meant.slots.ordinal is not None:
        return False
    return all(situation.name(item) is None for item in meant.title_ids)


def _with_nobody(meant: Interpretation, strangers: Sequence[str], situation: Situation) -> Reply:
    """That nothing here is with somebody, rather than titles without them; the rest may be looked for."""
    query = _words(meant)
    for stranger in strangers:
        query = " ".join(query.replace(stranger, " ").split())
    said = _("I know nothing here with {names}.").format(names=escape(one_line(", ".join(strangers), 120)))
    rest = Action("recommend", {"mode": "mood", "query": query})
    if meant.slots.members and (group := _group(meant.intent, meant, situation)) is not None:
        rest = Action("recommend", {**group.args, "query": query})
    elif meant.intent is Intent.REFINE and situation.memory.ask is not None:
        rest = Action("more", {"query": query})
    return Reply((Choices(said, (Choice(_("Look without that"), rest),)),))


def _title(meant: Interpretation, situation: Situation) -> str | None:
    """The title that is meant: one of the last answer, one of the catalogue, or as it was typed."""
    if meant.slots.ordinal is not None:
        return shown_at(meant.slots.ordinal, situation.memory)
    if meant.title_ids:
        # Of a title that may not be shown the catalogue's own name is not said, only what the person wrote.
        return situation.name(meant.title_ids[0]) or meant.typed or meant.text
    return meant.typed or next(iter(meant.slots.titles), None)


def shown_at(position: int, memory: Memory) -> str:
    """The reference of the title at a position, 1 the first, -1 the last. Raises: InvalidInput."""
    count = len(memory.shown)
    index = position - 1 if position > 0 else count + position
    if not 0 <= index < count or position == 0:
        raise InvalidInput(
            ngettext("My last answer has only {n} title.", "My last answer has only {n} titles.", count).format(n=count)
        )
    return memory.shown[index]


def _kind(meant: Interpretation) -> str | None:
    return meant.slots.kind if meant.slots.kind in ("movie", "series") else None


def _genres(meant: Interpretation) -> str | None:
    """As commands take them: "crime,-comedy"."""
    return ",".join([*meant.slots.genres, *(f"-{genre}" for genre in meant.slots.genres_not)]) or None


def _describes(meant: Interpretation) -> bool:
    """Whether the words say what the title should be like, beyond genre and kind."""
    plain = {"mode", "count", "kind", "genres", "genres_not", "titles", "members", "ordinal", "ordinal_not"}
    return bool(meant.slots.as_labels().keys() - plain)


def _not_understood(meant: Interpretation, situation: Situation) -> Reply:
    """An honest word, with what was most likely meant to choose from."""
    options: list[Choice] = []
    for intent in (meant.intent, meant.runner_up):
        action = _known(intent, meant, situation) if intent not in (Intent.UNKNOWN, Intent.SMALLTALK) else None
        if action is not None and all(option.press != action for option in options):
            options.append(
                Choice(_LABELS[intent](), action) if intent in _LABELS else Choice(f"/{action.name}", action)
            )
    search = Action("recommend", {"mode": "mood", "query": _words(meant)})
    if all(option.press != search for option in options):
        options.append(Choice(_("Look for films and series about that"), search))
    options.append(Choice(_("Show what I can do"), Action("help")))
    said = escape(one_line(meant.text, 80))
    return Reply((Choices(_("I did not get “{text}”. Did you mean:").format(text=said), tuple(options[:4])),))


_LABELS: Mapping[Intent, Callable[[], str]] = {
    Intent.RECOMMEND: lambda: _("Suggest something to watch"),
    Intent.MOOD: lambda: _("Look for films and series about that"),
    Intent.SIMILAR: lambda: _("Find something like it"),
    Intent.WHY: lambda: _("Say why I suggested it"),
    Intent.SEARCH: lambda: _("Show that title"),
    Intent.MORE: lambda: _("Show more"),
    Intent.REFINE: lambda: _("Change my last answer"),
    Intent.RATE: lambda: _("Rate it"),
    Intent.SEEN: lambda: _("You have seen it"),
    Intent.LIKE: lambda: _("You like it"),
    Intent.HIDE: lambda: _("Never mind that title"),
    Intent.REQUEST: lambda: _("Request it"),
}


def _words(meant: Interpretation) -> str:
    return " ".join((meant.clear or meant.text).split())[:_LONGEST]


def _said(args: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in args.items() if value is not None}
