"""The tools of a model: declared commands with typed arguments, run for the member of the turn.

None of them writes; what would write is proposed, which draws a question with a button. What the person said in plain
numbers and genres is put into the arguments whatever the model made of it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from bot.agent.interpreter import Interpretation
from bot.agent.results import Results, told
from bot.agent.turn import Turn
from bot.chat.reply import Action
from bot.errors import RecommendarrError

if TYPE_CHECKING:
    from langchain_core.tools import BaseTool

_TITLE = "The number of a result, or a title in the person's own words"


class _Args(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Recommend(_Args):
    """Suggest titles for the person."""

    mode: Literal["tonight", "grab", "rediscover", "shuffle"] = Field("tonight", description="grab: worth requesting")
    kind: Literal["movie", "series"] | None = None
    genre: str | None = Field(None, max_length=200, description="English genres, as in crime,drama or -comedy")
    limit: int | None = Field(None, ge=1, le=10)


class MoodSearch(_Args):
    """Find titles by what they are like: mood, plot, time, people, length."""

    query: str = Field(min_length=1, max_length=500)
    limit: int | None = Field(None, ge=1, le=10)


class Group(_Args):
    """Find a compromise for several people of the household."""

    members: list[str] = Field(min_length=1, max_length=9, description="Their names, without the person who asks")
    query: str | None = Field(None, max_length=500)


class OneTitle(_Args):
    """One title."""

    title: str = Field(min_length=1, max_length=200, description=_TITLE)


class Rating(OneTitle):
    """A rating to propose."""

    value: int = Field(ge=1, le=10)


class Opinion(OneTitle):
    """An opinion to propose."""

    opinion: Literal["seen", "like", "hide"]


class ListChange(OneTitle):
    """A change of a list to propose."""

    action: Literal["add", "remove"]
    list: str | None = Field(None, max_length=100)


class Lists(_Args):
    """Which list."""

    list: str | None = Field(None, max_length=100)


class Nothing(_Args):
    """No arguments."""


_Make = Callable[["Toolbox", Any], Action]


class Toolbox:
    """The tools of one turn and what they returned."""

    def __init__(self, turn: Turn, meant: Interpretation, results: Results) -> None:
        self._turn = turn
        self._meant = meant
        self.results = results
        # Commands replace the memory of the conversation, so they run one after another.
        self._one_by_one = asyncio.Lock()

    def tools(self) -> list[BaseTool]:
        """Those whose command exists here."""
        from langchain_core.tools import StructuredTool  # noqa: PLC0415 - takes a while to load

        return [
            StructuredTool(
                name=name,
                description=description,
                args_schema=arguments,
                coroutine=self._running(make, arguments),
            )
            for name, (command, description, arguments, make) in _TOOLS.items()
            if command in self._turn.said.commands
        ]

    def _running(self, make: _Make, arguments: type[_Args]) -> Callable[..., Awaitable[str]]:
        async def run(**given: Any) -> str:
            async with self._one_by_one:
                try:
                    reply = await self._turn.run(make(self, arguments(**given)))
                except RecommendarrError as error:
                    return told({"error": str(error)[:300]})
                return self.results.take(reply, withheld=reply.private and self._turn.others)

        return run

    def title(self, said: str) -> str:
        """A number of a result as its reference; other words as they are."""
        bare = said.strip().strip("[]# ")
        if bare.isascii() and bare.isdigit() and len(bare) <= 3 and 0 < int(bare) <= len(self.results.refs):
            return self.results.refs[int(bare) - 1]
        return said

    def recommend(self, args: Recommend) -> Action:
        """With kind, genres and number as the person stated them; other wishes make it a search by words."""
        slots = self._meant.slots
        if self._narrows():
            return self.mood(MoodSearch(query=self._words(), limit=args.limit))
        stated = [*slots.genres, *(f"-{genre}" for genre in slots.genres_not)]
        kind = slots.kind if slots.kind in ("movie", "series") else args.kind
        genre = ",".join(stated) or args.genre
        return _action("recommend", mode=args.mode, kind=kind, genre=genre, limit=slots.count or args.limit)

    def mood(self, args: MoodSearch) -> Action:
        """In the person's own words when they state bounds, which a paraphrase may lose."""
        query = self._words() if self._narrows() or self._meant.slots.genres_not else args.query
        return _action("recommend", mode="mood", query=query, limit=self._meant.slots.count or args.limit)

    def group(self, args: Group) -> Action:
        """For the people named; accounts that the platform mentioned stand for their names."""
        accounts = self._turn.said.accounts
        names = tuple(accounts.get(name.lstrip("@").casefold(), name.lstrip("@")) for name in args.members)
        query = self._words() if self._narrows() else args.query
        return Action("recommend", _stated(mode="group", query=query) | {"with": names})

    def _narrows(self) -> bool:
        """Whether the person stated what only words carry: years, length, languages, people, what it must not be."""
        return bool(self._meant.slots.as_labels().keys() & _BOUNDS)

    def _words(self) -> str:
        return " ".join((self._meant.clear or self._meant.text).split())[:500]


_BOUNDS = frozenset(
    {
        "year_min", "year_max", "runtime_min", "runtime_max", "language", "country", "people", "people_not",
        "tones_not", "topics_not", "titles_not",
    }
)  # fmt: skip


def _stated(**args: Any) -> dict[str, Any]:
    return {name: value for name, value in args.items() if value is not None}


def _action(name: str, **args: Any) -> Action:
    return Action(name, _stated(**args))


def _about(command: str) -> _Make:
    return lambda box, args: _action(command, title=box.title(args.title))


def _proposal(box: Toolbox, what: str, title: str, **args: Any) -> Action:
    return _action("propose", what=what, title=box.title(title), **args)


_TOOLS: Mapping[str, tuple[str, str, type[_Args], _Make]] = {
    "recommend": ("recommend", "Suggest titles that fit the person's taste.", Recommend, Toolbox.recommend),
    "mood_search": ("recommend", "Find titles by a description.", MoodSearch, Toolbox.mood),
    "group": ("recommend", "Find titles for several people at once.", Group, Toolbox.group),
    "similar": ("similar", "Find titles like one title.", OneTitle, _about("similar")),
    "why": ("why", "Say why a title was suggested.", OneTitle, _about("why")),
    "why_not": ("whynot", "Say what speaks against a title.", OneTitle, _about("whynot")),
    "search_title": ("search", "Show the card of one title.", OneTitle, _about("search")),
    "request_status": ("search", "Show whether a title is there or on its way.", OneTitle, _about("search")),
    "watchlist_show": (
        "watchlist", "Show a list of the person.", Lists,
        lambda _box, args: _action("watchlist", action="show", list=args.list),
    ),
    "profile": ("profile", "Show the person what is known of their taste.", Nothing, lambda _b, _a: Action("profile")),
    "propose_request": (
        "request", "Ask the person whether a title is to be requested.", OneTitle, _about("request"),
    ),
    "propose_rating": (
        "propose", "Ask the person whether a rating is to be noted.", Rating,
        lambda box, args: _proposal(box, "rate", args.title, value=args.value),
    ),
    "propose_opinion": (
        "propose", "Ask the person whether to note that they saw, like or do not want a title.", Opinion,
        lambda box, args: _proposal(box, args.opinion, args.title),
    ),
    "propose_watchlist": (
        "propose", "Ask the person whether to change a list.", ListChange,
        lambda box, args: _proposal(box, f"watchlist-{args.action}", args.title, list=args.list),
    ),
}  # fmt: skip
"""Name → the command it needs, what the model is told, its arguments, and the command they make."""
