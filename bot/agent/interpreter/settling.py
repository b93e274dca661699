"""What follows from definitions and needs no learning: intents that particulars decide, once both are known."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from bot.agent.interpreter.cues import cues
from bot.agent.interpreter.interpretation import Intent, Slots
from bot.agent.interpreter.marking import Marked
from bot.agent.interpreter.particulars import Particulars, points_back

_IDLE = frozenset({Intent.SMALLTALK, Intent.UNKNOWN, Intent.HELP})
_KEPT_MODES = frozenset({"grab", "rediscover"})  # these say more than a search can
_FRESH = frozenset({Intent.MOOD, Intent.RECOMMEND, Intent.GROUP})
_UNDECIDED = frozenset({Intent.RECOMMEND, Intent.UNKNOWN, Intent.SMALLTALK})


def settled(intent: Intent, found: Particulars, marked: Marked, *, after_picks: bool) -> tuple[Intent, Particulars]:
    """The intent and the particulars as they are meant."""
    if marked.scaled is not None and intent is not Intent.RATE and (marked.ordinals or marked.names):
        return Intent.RATE, Particulars(_rated(marked), _ids(marked))  # "2 von 10" can be nothing else
    if (told := _about_what_was_said(intent, found, marked, after_picks=after_picks)) is not None:
        return told
    if intent is Intent.RECOMMEND and found.slots.mode not in _KEPT_MODES and describes(found.slots):
        intent, found = Intent.MOOD, replace(found, slots=replace(found.slots, mode=None))  # "recommend a horror film"
    return _after_picks(intent, found) if after_picks else _without_picks(intent, found)


def _about_what_was_said(
    intent: Intent, found: Particulars, marked: Marked, *, after_picks: bool
) -> tuple[Intent, Particulars] | None:
    """What short answers to a list mean, and what somebody says of a title that they do not know."""
    slots = found.slots
    words = [word for word in marked.sentence.words if not word.is_mark]
    if len(words) == 1 and (marked.ordinals or marked.numbers) and after_picks:
        which = marked.ordinals[0][1] if marked.ordinals else marked.numbers[0][1]
        return Intent.PICK, Particulars(Slots(ordinal=which))
    if after_picks and intent in (*_IDLE, Intent.MORE) and marked.reading.query.directions:
        return Intent.REFINE, Particulars(Slots(direction=marked.reading.query.directions))
    spoken_of = intent in _UNDECIDED and after_picks and not slots.as_labels() and points_back(marked)
    told = intent in (Intent.SEEN, Intent.HIDE) and len(slots.titles) < 2
    if (told or spoken_of) and _says(marked, cues().unseen):
        # Who has not seen it may want to know what it is.
        return Intent.SEARCH, found if found.title_ids else Particulars(Slots(ordinal=slots.ordinal))
    if after_picks and intent is Intent.RECOMMEND and not slots.as_labels() and _says(marked, cues().further):
        return Intent.MORE, Particulars(Slots())
    return None


def _after_picks(intent: Intent, found: Particulars) -> tuple[Intent, Particulars]:
    slots = found.slots
    if intent in (Intent.MOOD, Intent.RECOMMEND) and slots.direction and not slots.titles:
        return Intent.REFINE, replace(found, slots=replace(slots, mode=None))  # "longer, we have all Sunday"
    return intent, found


def _without_picks(intent: Intent, found: Particulars) -> tuple[Intent, Particulars]:
    if intent is Intent.REFINE:
        intent = Intent.MOOD  # nothing was shown that could be changed
    if intent in (Intent.RECOMMEND, Intent.MOOD) and found.slots.members:
        return Intent.GROUP, replace(found, slots=replace(found.slots, mode=None))
    if intent in _FRESH:
        # "One last job" picks nothing where nothing was shown.
        return intent, replace(found, slots=replace(found.slots, ordinal=None, ordinal_not=None))
    return intent, found


def describes(slots: Slots) -> bool:
    """Whether it is said what to watch, beyond films or series."""
    felt = slots.genres or slots.genres_not or slots.tones or slots.tones_not or slots.people or slots.people_not
    measured = slots.year_min or slots.year_max or slots.runtime_min or slots.runtime_max
    return bool(felt or measured or slots.country or slots.language or slots.direction)


def _rated(marked: Marked) -> Slots:
    titles = tuple(dict.fromkeys(name.name for name in marked.names if name.tag == "title"))
    ordinal = marked.ordinals[0][1] if marked.ordinals and not titles else None
    return Slots(titles=titles, ordinal=ordinal, rating=marked.scaled)


def _ids(marked: Marked) -> tuple[int, ...]:
    return tuple(dict.fromkeys(name.item for name in marked.names if name.tag == "title" and name.item is not None))


def _says(marked: Marked, phrases: Collection[str]) -> bool:
    """Whether one of these phrases stands in the message."""
    folded = f" {' '.join(word.folded for word in marked.sentence.words)} "
    return any(f" {phrase} " in folded for phrase in phrases)
