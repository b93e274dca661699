"""Measures the interpreter on labelled messages: intents, slots and names, by language, and the time they take."""

from __future__ import annotations

import json
import re
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from bot.errors import InvalidFile
from engine.search.folding import fold

if TYPE_CHECKING:
    from bot.agent.interpreter import Interpreter
    from bot.settings import Settings

_UNSCORED = frozenset({"topics", "topics_not"})
_NAMES = ("titles", "titles_not", "people", "people_not")
_YEAR = re.compile(r" \((?:1[89]|20)\d\d\)$")


@dataclass(frozen=True, slots=True)
class Labelled:
    """One labelled message."""

    text: str
    language: str
    after_picks: bool
    intent: str
    slots: Mapping[str, Any]


@dataclass(slots=True)
class Tally:
    """Counts of one language."""

    messages: int = 0
    right_intents: int = 0
    found: int = 0  # slot values that are right
    given: int = 0  # slot values that were understood
    wanted: int = 0  # slot values that were labelled
    named: int = 0  # messages that name a title or a person
    right_names: int = 0  # of these, with exactly the right ones
    misses: Counter[str] = field(default_factory=Counter)

    def figures(self) -> dict[str, Any]:
        """Intent accuracy, slot F1 (micro-averaged over values) and the share of messages with the right names."""
        f1 = 2 * self.found / max(self.given + self.wanted, 1)
        return {
            "messages": self.messages,
            "intent_accuracy": round(self.right_intents / max(self.messages, 1), 4),
            "slot_f1": round(f1, 4) if self.given + self.wanted else None,
            "slot_precision": round(self.found / max(self.given, 1), 4),
            "slot_recall": round(self.found / max(self.wanted, 1), 4),
            "entity_accuracy": round(self.right_names / self.named, 4) if self.named else None,
            "named": self.named,
            "confused": dict(self.misses.most_common(12)),
        }


def read_labelled(file: Path) -> list[Labelled]:
    """The messages of a file. Raises: InvalidFile, naming the line."""
    found: list[Labelled] = []
    try:
        lines = file.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        raise InvalidFile(f"{file.name} cannot be read as text.") from None
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            after_picks = row.get("context", "none") == "after_picks"
            found.append(Labelled(row["text"], row["lang"], after_picks, row["intent"], row.get("slots") or {}))
        except (ValueError, KeyError, TypeError, AttributeError):
            raise InvalidFile(f"Line {number} of {file.name} is no labelled message.") from None
    if not found:
        raise InvalidFile(f"{file.name} holds no labelled message.")
    return found


def measure(interpreter: Interpreter, messages: Iterable[Labelled], *, show: int = 0) -> dict[str, Any]:
    """The figures over all messages and by language; `show`: so many mistakes in full."""
    from bot.agent.interpreter import Surroundings  # noqa: PLC0415 - heavy

    tallies: dict[str, Tally] = defaultdict(Tally)
    times: list[float] = []
    mistakes: list[dict[str, Any]] = []
    for message in messages:
        around = Surroundings(after_picks=message.after_picks, language=message.language, this_year=THIS_YEAR)
        started = time.perf_counter()
        meant = interpreter.interpret(message.text, around)
        times.append(1000 * (time.perf_counter() - started))
        slots = meant.slots.as_labels()
        for tally in (tallies["all"], tallies[message.language]):
            _count(tally, message, str(meant.intent), slots)
        if len(mistakes) < show and (meant.intent != message.intent or values(slots) != values(message.slots)):
            mistakes.append(
                {
                    "text": message.text,
                    "wanted": [message.intent, dict(message.slots)],
                    "understood": [str(meant.intent), slots],
                }
            )
    report: dict[str, Any] = {name: tally.figures() for name, tally in sorted(tallies.items())}
    report["milliseconds"] = {"median": round(median(times), 2), "most": round(max(times), 2)}
    return report | ({"mistakes": mistakes} if show else {})


THIS_YEAR = 2026  # "the last five years" must mean the same whenever a file is measured


def values(slots: Mapping[str, Any]) -> set[tuple[str, str]]:
    """Slot values to be scored: one pair per value, compared case-folded; names of titles and people are the same
    with other punctuation or accents."""
    pairs: set[tuple[str, str]] = set()
    for name, value in slots.items():
        if name not in _UNSCORED:
            several = value if isinstance(value, list | tuple) else [value]
            pairs |= {(name, (fold(str(each)) if name in _NAMES else "") or str(each).casefold()) for each in several}
    return pairs


def _count(tally: Tally, message: Labelled, intent: str, slots: Mapping[str, Any]) -> None:
    tally.messages += 1
    tally.right_intents += intent == message.intent
    if intent != message.intent:
        tally.misses[f"{message.intent} as {intent}"] += 1
    wanted, given = values(message.slots), values(slots)
    tally.found += len(wanted & given)
    tally.given += len(given)
    tally.wanted += len(wanted)
    names = {pair for pair in wanted if pair[0] in _NAMES}
    if names:
        tally.named += 1
        tally.right_names += names == {pair for pair in given if pair[0] in _NAMES}


async def open_interpreter(settings: Settings) -> Interpreter:
    """An interpreter over the titles of the home, or over the demo household's where the home has none."""
    from adapters.clock import SystemClock  # noqa: PLC0415 - heavy
    from adapters.demo.household import DemoHousehold  # noqa: PLC0415
    from bot.agent.interpreter import Interpreter  # noqa: PLC0415
    from bot.bootstrap import open_core  # noqa: PLC0415
    from bot.model.titles import Title  # noqa: PLC0415
    from bot.services.catalogue_view import TitleDrafts  # noqa: PLC0415

    drafts = TitleDrafts({})
    async with open_core(settings) as core, core.uow() as uow:
        async for batch in uow.titles.stream():
            drafts.take(batch)
    if not drafts.items:
        household = DemoHousehold(SystemClock())
        number = 0
        for library in await household.libraries():
            async for page in household.items(library.key):
                drafts.take([Title(number + at, item.facts.refs[0], item.facts) for at, item in enumerate(page, 1)])
                number += len(page)
    view = drafts.finish(None).view(0, "measured", None)
    names, row = view.catalogue.names, view.catalogue.row
    return Interpreter(view.parser, lambda item: _YEAR.sub("", names[row(item)]))
