"""Plain words, answered without a model: the interpreter over the catalogue as it is now, and what follows from it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.agent.acting import Do, Situation, act
from bot.agent.interpreter import Interpretation, Interpreter, Surroundings
from bot.model.members import Clearance
from bot.services.catalogue_view import CatalogueView
from bot.services.conversations import Memory
from engine.search.folding import fold
from engine.search.mood import took_part
from engine.search.titles import Fit

_LONG = 300  # characters; what somebody pasted may take some tenths of a second and must hold nobody up


@dataclass(frozen=True, slots=True)
class Said:
    """One message and what is known around it. `commands`: the names of those that exist.

    `household`: names of the people who are served here. `accounts`: folded name → the account that was mentioned.
    """

    text: str
    memory: Memory
    clearance: Clearance
    locale: str
    now: datetime
    commands: Collection[str]
    household: Collection[str] = ()
    accounts: Mapping[str, str] = field(default_factory=dict)


class Understanding:
    """Keeps an interpreter for the current view of the catalogue."""

    def __init__(self, view: Callable[[], Awaitable[CatalogueView]]) -> None:
        self._current = view
        self._view: CatalogueView | None = None
        self._interpreter: Interpreter | None = None

    async def answer(self, said: Said) -> Do:
        """What to do about a message. Raises: InvalidInput, Unavailable."""
        view, interpreter = await self._open()
        return act(await self._interpret(interpreter, said), situation(view, said))

    async def interpret(self, said: Said) -> Interpretation:
        """What a message was understood to say. Raises: Unavailable."""
        _view, interpreter = await self._open()
        return await self._interpret(interpreter, said)

    @staticmethod
    async def _interpret(interpreter: Interpreter, said: Said) -> Interpretation:
        around = Surroundings(
            after_picks=bool(said.memory.shown),
            language=said.locale,
            household=said.household,
            this_year=said.now.year,
        )
        if len(said.text) > _LONG:
            return await asyncio.to_thread(interpreter.interpret, said.text, around)
        return interpreter.interpret(said.text, around)

    async def _open(self) -> tuple[CatalogueView, Interpreter]:
        view = await self._current()
        if self._interpreter is None or view is not self._view:
            names = view.catalogue.names
            row = view.catalogue.row
            # The first one reads its tables and weights, which takes a moment.
            made = await asyncio.to_thread(Interpreter, view.parser, lambda item: undated(names[row(item)]))
            self._view, self._interpreter = view, made
        return view, self._interpreter


def situation(view: CatalogueView, said: Said) -> Situation:
    """What acting needs, cut to what the person may see."""
    allowed = view.allowed(said.clearance)

    def name(item: int) -> str | None:
        row = int(view.catalogue.dense((item,))[0])
        if row < 0 or not allowed[row]:
            return None
        dated = view.catalogue.names[row]
        namesakes = [hit for hit in view.index.exact(fold(undated(dated))) if hit.fit is Fit.EXACT]
        # Of several with the same name the one with the year is meant only if the year was said.
        return undated(dated) if len(namesakes) > 1 and dated.casefold() not in said.text.casefold() else dated

    def has(person: str) -> bool:
        return bool((took_part(view.catalogue, person) & allowed).any())

    return Situation(said.memory, said.commands, name, said.accounts, has)


def undated(name: str) -> str:
    """ "Heat" of "Heat (1995)"."""
    bare, bracket, _year = name.rpartition(" (")
    return bare if bracket and name.endswith(")") else name
