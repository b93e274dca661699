"""/room: what may be shown in a room, whoever asks there. For admins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum
from typing import Annotated

from bot.chat.binding import read_yes
from bot.chat.command import Help, Rest, Synonyms, command
from bot.chat.plain import escape, one_line
from bot.chat.reply import Action, Choice, Choices, Reply
from bot.commands.context import Context
from bot.errors import InvalidInput, NotFound
from bot.i18n import gettext as _
from bot.model.members import Library
from bot.model.preferences import Room

_MAX_AGE = 21
_BUTTONS = 12  # libraries with a button; more are named in words
_NONE = frozenset(["none", "no", "off", "all", "keine", "aus", "alle", "aucune", "non", "tout", "toutes"])


class Rule(StrEnum):
    """What can be set for a room."""

    SHOW = "show"
    LIBRARIES = "libraries"
    AGE = "age"
    PRIVATE = "private"
    RESET = "reset"


_WORDS = Synonyms(
    (("library", "libraries"), ("bibliotheken", "libraries"), ("bibliothèques", "libraries"), ("alter", "age"),
     ("âge", "age"), ("privat", "private"), ("privé", "private"))
)  # fmt: skip


@command("room", "Set what may be shown in this room", admin=True, section="admin")
async def room(
    ctx: Context,
    rule: Annotated[Rule, _WORDS, Help("What to set")] = Rule.SHOW,
    value: Annotated[str | None, Rest("Names of libraries with commas, an age, yes or no")] = None,
) -> Reply:
    """The rules of the room in which it is asked, with buttons."""
    if ctx.room is None:
        raise InvalidInput(_("This is about rooms: ask it in the room that you mean."))
    libraries = await ctx.services.preferences.libraries()
    current, word = ctx.room, (value or "").strip()
    match rule:
        case Rule.SHOW:
            return _panel(ctx, current, libraries)
        case Rule.LIBRARIES:
            changed = replace(current, libraries=_libraries(word, libraries, current))
        case Rule.AGE:
            changed = replace(current, age_limit=_age(word))
        case Rule.PRIVATE:
            changed = replace(current, private=read_yes(word))
        case Rule.RESET:
            changed = Room(current.key)
    stored = await ctx.services.preferences.set_room(changed, ctx.now)
    return _panel(ctx, stored, libraries)


def _libraries(word: str, libraries: Sequence[Library], current: Room) -> frozenset[int] | None:
    """By names with commas; `+name` and `-name` change what is set. Raises: InvalidInput, NotFound."""
    if not word:
        raise InvalidInput(_("Name the libraries with commas, or write all."))
    if word.casefold() in _NONE:
        return None
    everything = frozenset(library.id for library in libraries)
    chosen: set[int] = set()
    if word[0] in "+-":
        chosen = set(everything if current.libraries is None else current.libraries)
    for part in (part.strip() for part in word.split(",")):
        name = part.lstrip("+-").strip().casefold()
        found = {library.id for library in libraries if library.name.casefold() == name}
        if not found:
            names = ", ".join(one_line(library.name, 40) for library in libraries[:20])
            raise NotFound(
                _("There is no library “{name}”; there are {names}.").format(name=one_line(part, 40), names=names)
            )
        chosen = chosen - found if part.startswith("-") else chosen | found
    return None if chosen == everything else frozenset(chosen)


def _age(word: str) -> int | None:
    if word.casefold() in _NONE:
        return None
    if not word.isascii() or not word.isdigit() or len(word) > 2 or int(word) > _MAX_AGE:
        raise InvalidInput(_("Write an age from 0 to {n}, or none.").format(n=_MAX_AGE))
    return int(word)


def _panel(ctx: Context, room: Room, libraries: Sequence[Library]) -> Reply:
    shown = [one_line(each.name, 40) for each in libraries if room.libraries is None or each.id in room.libraries]
    names = _("all libraries") if room.libraries is None else escape(", ".join(shown)) or _("no library")
    age = _("no limit") if room.age_limit is None else str(room.age_limit)
    prompt = "\n".join(
        [
            "**" + _("This room") + "**",
            "- " + _("Shows: {libraries}").format(libraries=names),
            "- " + _("Up to age: {age}").format(age=age),
            "- " + (_("Private answers are given here: you vouch that one person alone reads it.") if room.private
                    else _("Private answers are not given here.")),
            "",
            _("Everybody sees what they may see themselves, and of that only what this room allows."),
        ]
    )  # fmt: skip
    options = [
        _option(
            f"{'✓ ' if inside else ''}{one_line(each.name, 40)}", Rule.LIBRARIES, f"{'-' if inside else '+'}{each.name}"
        )
        for each in libraries[:_BUTTONS]
        if "," not in each.name
        for inside in (room.libraries is None or each.id in room.libraries,)
    ]
    for years in (6, 12, 16):
        options.append(_option(f"{'✓ ' if room.age_limit == years else ''}≤ {years}", Rule.AGE, str(years)))
    options.append(_option(_("Any age"), Rule.AGE, "none"))
    private = _("No private answers here") if room.private else _("One person alone reads this room")
    options.append(_option(private, Rule.PRIVATE, "no" if room.private else "yes"))
    options.append(_option(_("As it was at first"), Rule.RESET, ""))
    return Reply((Choices(prompt, tuple(options)),), replaces=ctx.pressed)


def _option(label: str, rule: Rule, value: str) -> Choice:
    return Choice(label, Action("room", {"rule": rule.value, **({"value": value} if value else {})}))
