"""`recommendarr evaluate conversational --through ...`: dialogues heard by the product itself, turn by turn.

What the person said goes through the whole conversation, to the interpreter or to a model with its tools; what the
other side said then stands for the product's own answer, so that its titles are those that "the second" means. Every
answer of the data is ranked by the last search that was made for the person, over the whole catalogue.
"""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

import numpy as np

from adapters.chat.terminal.encode import CAPABILITIES
from bot.agent.understanding import Said
from bot.chat.incoming import Author, Message, Place
from bot.commands import COMMANDS, HIDDEN
from bot.commands.context import Recommending
from bot.model.members import Clearance, Member
from bot.model.recommendation import Answer, Ask, ProfileSummary, WhyAnswer
from bot.services.conversations import MAX_SHOWN, MAX_TALK, Memory
from bot.services.recommending import RecommendingService
from engine.evaluation.conversational import Ranks, rank_of
from engine.evaluation.intervals import bootstrap
from engine.search.dialogue import USER, Conversation, NamedTitle, Turn
from engine.search.folding import fold
from engine.types import FloatArray

if TYPE_CHECKING:
    from bot.bootstrap import Application
    from bot.cli.evaluation_output import Progress

PERSON = "Evaluation"
_SILENT = "…"  # what stands for words that were not said
_NAMES = frozenset(command.name for command in (*COMMANDS, *HIDDEN))


class Recorder:
    """The recommender, with the searches that were made with it."""

    inner: RecommendingService

    def __init__(self) -> None:
        self.asked: list[Ask] = []

    def around(self, recommending: Recommending) -> Recorder:
        """Itself, once it knows whom to ask. The product's own recommender is needed, which knows every score."""
        assert isinstance(recommending, RecommendingService)
        self.inner = recommending
        return self

    async def recommend(self, member: Member, clearance: Clearance, ask: Ask, *, now: datetime) -> Answer:
        """As the recommender does."""
        self.asked.append(ask)
        return await self.inner.recommend(member, clearance, ask, now=now)

    async def why(self, member: Member, clearance: Clearance, title_id: int, *, now: datetime) -> WhyAnswer:
        """As the recommender does."""
        return await self.inner.why(member, clearance, title_id, now=now)

    async def profile(self, member: Member, clearance: Clearance, *, now: datetime) -> ProfileSummary:
        """As the recommender does."""
        return await self.inner.profile(member, clearance, now=now)

    async def warm_up(self, now: datetime) -> None:
        """As the recommender does."""
        await self.inner.warm_up(now)


@dataclass(frozen=True, slots=True)
class State:
    """Where a dialogue stands: what the product remembers, and the last search it made."""

    memory: Memory = field(default_factory=Memory)
    asked: Ask | None = None


@dataclass(slots=True)
class Turns:
    """What became of the turns of the person, each counted once."""

    intents: Counter[str] = field(default_factory=Counter)
    searched: int = 0  # led to a search
    modelled: int = 0  # answered by a model and not, after its failure, by the interpreter
    milliseconds: list[float] = field(default_factory=list)

    def to_json(self, *, with_model: bool) -> dict[str, Any]:
        """Plain values; shares of all turns."""
        count = max(1, len(self.milliseconds))
        times = np.array(self.milliseconds or [0.0])
        shares = {name: round(number / count, 4) for name, number in self.intents.most_common()}
        return {
            "count": len(self.milliseconds),
            "intents": shares,
            "searched": round(self.searched / count, 4),
            **({"by_model": round(self.modelled / count, 4)} if with_model else {}),
            "milliseconds": {
                "median": round(float(np.median(times)), 2),
                "p95": round(float(np.quantile(times, 0.95)), 2),
                "most": round(float(times.max()), 2),
            },
        }


class Listener:
    """Hears dialogues; parts of one dialogue share what they begin with."""

    def __init__(self, application: Application, recorder: Recorder, refs: Mapping[str, tuple[int, str]]) -> None:
        """`refs`: title id and reference by the catalogue's name of a film."""
        self._application = application
        self._recorder = recorder
        self._handle = application.handler(CAPABILITIES)
        self._refs = refs
        self._heard: dict[tuple[Turn, ...], State] = {}
        self._dialogue = ""
        self.turns = Turns()

    async def hear(self, conversation: Conversation) -> State:
        """Where the conversation stands after its last turn."""
        if conversation.dialogue != self._dialogue:
            self._heard, self._dialogue = {(): State()}, conversation.dialogue
        turns = conversation.turns
        start = max(length for length in range(len(turns) + 1) if turns[:length] in self._heard)
        for place in range(start, len(turns)):
            before, turn = self._heard[turns[:place]], turns[place]
            after = (
                await self._said(before, turn.text)
                if turn.speaker == USER
                else self._told(before, turn.text, conversation.mentioned)
            )
            self._heard[turns[: place + 1]] = after
        return self._heard[turns]

    async def member(self) -> Member:
        """Somebody of whom nothing is known: what one turn showed is no taste in the next."""
        services, now = self._application.services, self._application.clock.now()
        async with self._application.uow() as uow:
            known = await uow.members.by_name(PERSON)
            if known is not None:
                await uow.personal.erase(known.id, now)
            await uow.members.add(PERSON)
            await uow.commit()
        return await services.accounts.link_terminal(PERSON, now)

    async def _said(self, state: State, text: str) -> State:
        """The person speaks. The product's answer is not part of the dialogue, so only the search remains of it."""
        member, application, now = await self.member(), self._application, self._application.clock.now()
        place, author = Place("terminal", "evaluation", private=True), Author("terminal", PERSON, PERSON, "en")
        conversation = await application.conversations.open(place, member.id, now)
        conversation.memory = state.memory
        await application.conversations.save(conversation, now)
        await self._note_intent(state.memory, text)
        self._recorder.asked.clear()
        started = time.perf_counter()
        await self._handle(Message("m", place, author, text))
        self.turns.milliseconds.append(1000 * (time.perf_counter() - started))
        after = (await application.conversations.open(place, member.id, now)).memory
        self.turns.modelled += after.talk != state.memory.talk
        self.turns.searched += bool(self._recorder.asked)
        talk = (*state.memory.talk, (text, _SILENT))
        asked = self._recorder.asked[-1] if self._recorder.asked else state.asked
        return State(replace(state.memory, ask=after.ask, liked=after.liked, talk=talk[-MAX_TALK:]), asked)

    async def _note_intent(self, memory: Memory, text: str) -> None:
        now = self._application.clock.now()
        meant = await self._application.understanding.interpret(
            Said(text, memory, Clearance(), "en", now, _NAMES, (PERSON,))
        )
        self.turns.intents[str(meant.intent)] += 1

    def _told(self, state: State, text: str, mentioned: Sequence[NamedTitle]) -> State:
        """The other side speaks: the titles it names are what was shown last."""
        memory, folded = state.memory, f" {fold(text)} "
        named = [title for title in mentioned if title.key in self._refs and _is_named(title, folded)]
        shown = tuple(dict.fromkeys(self._refs[title.key] for title in named))[:MAX_SHOWN]
        if shown:
            ids = [title_id for title_id, _ref in shown]
            excluded = (*(each for each in memory.excluded if each not in ids), *ids)
            memory = replace(memory, shown=tuple(ref for _id, ref in shown), excluded=excluded, focus=None)
        said, answer = memory.talk[-1] if memory.talk else (_SILENT, _SILENT)
        words = text if answer == _SILENT else f"{answer} {text}"
        return replace(state, memory=replace(memory, talk=(*memory.talk[:-1], (said, words))))


def _is_named(title: NamedTitle, folded: str) -> bool:
    bare = re.sub(r" \(\d{4}\)$", "", title.title or title.name)
    return f" {fold(bare)} " in folded


async def measure(
    application: Application,
    recorder: Recorder,
    conversations: Sequence[tuple[int, Conversation]],
    names: Mapping[str, int],
    *,
    through: str,
    seed: int,
    progress: Progress,
) -> dict[str, Any]:
    """The report. `conversations`: with the line of each. `names`: title id by the catalogue's name.

    Raises: Unavailable.
    """
    ids = sorted(set(names.values()))
    async with application.uow() as uow:
        refs = {title.id: str(title.ref) for title in await uow.titles.get(ids)}
    listener = Listener(application, recorder, {name: (number, refs[number]) for name, number in names.items()})
    lines: list[int] = []
    ranks: list[int] = []
    missing = unasked = 0
    for done, (line, conversation) in enumerate(conversations, 1):
        answers = [names[title.key] for title in conversation.answers if title.key in names]
        missing += len(conversation.answers) - len(answers)
        state = await listener.hear(conversation)
        if answers:
            unasked += len(answers) if state.asked is None else 0
            known = {names[title.key] for title in conversation.mentioned if title.key in names}
            scores = await _scores(application, recorder, listener, state, ids, known)
            lines += [line] * len(answers)
            ranks += [int(rank_of(scores, ids.index(answer))[0]) for answer in answers]
        progress("conversations", done, len(conversations))
    return {
        "task": "conversational",
        "through": through,
        "conversations": len(conversations),
        "candidates": len(ids),
        "samples": len(ranks),
        "missing_answers": missing,
        "samples_without_search": unasked,
        "pipelines": {through: _figures(Ranks(np.array(lines, dtype=np.int64), np.array(ranks, dtype=np.int64)), seed)},
        "turns": listener.turns.to_json(with_model=through == "agent"),
    }


async def _scores(
    application: Application,
    recorder: Recorder,
    listener: Listener,
    state: State,
    ids: Sequence[int],
    known: set[int],
) -> FloatArray:
    """(n, 1) the score of each title for the search that was made, else for a plain "recommend"."""
    member = await listener.member()
    clearance = await application.services.accounts.clearance(member)
    asked = replace(state.asked or Ask(), liked=state.memory.liked)
    ranking = await recorder.inner.ranking(member, clearance, asked, now=application.clock.now())
    found = np.full((len(ids), 1), -np.inf)
    found[np.searchsorted(ids, ranking.ids), 0] = ranking.scores
    found[[ids.index(title_id) for title_id in known], 0] = -np.inf
    return found


def _figures(ranks: Ranks, seed: int) -> dict[str, Any]:
    """Metrics with their intervals, over all lines and over the even ones, as the engine's own report gives them."""
    values = {f"r@{cut}": (ranks.ranks <= cut).astype(np.float64) for cut in (1, 5, 10, 50)}
    values["mrr"] = 1.0 / ranks.ranks
    intervals = {name: bootstrap(each, seed=seed) for name, each in values.items()}
    bounds = {name: [round(each.low, 5), round(each.high, 5)] for name, each in intervals.items()}
    return {**ranks.metrics(), "intervals": bounds, "even": ranks.of_even_lines().metrics()}
