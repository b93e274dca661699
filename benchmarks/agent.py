"""What a turn with a language model costs beside the model: time of the turn without the model's own, and the time from
the end of a sentence, once it is known to be one, to its leaving.

    .venv/bin/python -m benchmarks.agent --output benchmarks/results/agent.json

The model speaks a script and pauses before each piece as a model on a graphics card would; the time in which it is
asked for its next piece is its own. A turn asks for titles by a tool and then says three sentences, through the whole
conversation core with a household in memory.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import json
import os
import platform
import statistics
from collections.abc import AsyncIterator
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from time import perf_counter
from typing import Any

from langchain_core.messages import BaseMessage
from langchain_core.outputs import ChatGenerationChunk

from bot.agent.acting import Do
from bot.agent.conversation import Conversationalist
from bot.agent.turn import Turn
from tests.bot.agent.talking import with_models
from tests.bot.household import Household, cards
from tests.fakes.chat_models import ScriptedModel, ScriptedModels, calls

FINDS = calls(("mood_search", '{"query": "a heist", "limit": 5}'))
SAYS = "Start with [[1]]. If you have time, add [[2]]. Both are tense and a little sad."
PAUSE = 0.002  # seconds before each piece
OVERHEAD_GOAL, SENTENCE_GOAL = 30.0, 50.0  # milliseconds
WARM_UP = 10  # turns


class TimedModel(ScriptedModel):
    """A scripted model that knows how long it took itself, and when it handed over its last piece."""

    own: float = 0.0
    handed_over: float = 0.0

    async def _astream(
        self, messages: list[BaseMessage], *args: Any, **options: Any
    ) -> AsyncIterator[ChatGenerationChunk]:
        asked = perf_counter()
        async for chunk in super()._astream(messages, *args, **options):
            await asyncio.sleep(PAUSE)
            self.handed_over = perf_counter()
            self.own += self.handed_over - asked
            yield chunk
            asked = perf_counter()


class Watching(Conversationalist):
    """Lets every turn say its sentences as they come, and notes how long each was on its way."""

    def watch(self, model: TimedModel, waits: list[float]) -> None:
        """Note the waits of this model's sentences."""
        self._model, self._waits = model, waits

    async def answer(self, turn: Turn) -> Do:
        """As the conversation does, with somebody who listens."""

        async def say(_text: str) -> None:
            self._waits.append(perf_counter() - self._model.handed_over)

        return await super().answer(replace(turn, say=say))


def household(turns: int) -> tuple[Household, TimedModel, list[float]]:
    """A household that talks with the model, the model, and the waits of sentences in seconds."""
    model, waits = TimedModel(script=[FINDS, SAYS] * turns), list[float]()
    house = with_models(ScriptedModels(model))
    talks = house.dispatch._conversationalist
    assert talks is not None
    watching = Watching(talks._understanding, talks._view, talks._models, talks._limits)
    watching.watch(model, waits)
    house.dispatch._conversationalist = watching
    return house, model, waits


async def measure(turns: int) -> tuple[list[float], list[float]]:
    """Overheads of turns and waits of sentences, in milliseconds."""
    house, model, waits = household(WARM_UP + turns)
    overheads = []
    for number in range(WARM_UP + turns):
        if number == WARM_UP:
            waits.clear()
            gc.collect()
            gc.freeze()  # as the program does when it starts
        model.own, start = 0.0, perf_counter()
        reply = await house.say("surprise me with a heist", room=f"room {number}")
        took = perf_counter() - start
        assert len(cards(reply)) == 5
        if number >= WARM_UP:
            overheads.append(1000 * (took - model.own))
    return overheads, [1000 * wait for wait in waits]


def summary(values: list[float]) -> dict[str, float]:
    """Median, 95th percentile and maximum, in milliseconds."""
    ordered = sorted(values)
    high = ordered[min(len(ordered) - 1, round(0.95 * len(ordered)))]
    return {"median": round(statistics.median(ordered), 2), "p95": round(high, 2), "max": round(ordered[-1], 2)}


def main() -> None:
    """Measure, print and keep. Exit status 1: a goal is missed by the median."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--turns", type=int, default=200)
    parser.add_argument("--output", type=Path)
    options = parser.parse_args()
    overheads, waits = asyncio.run(measure(options.turns))
    report = {
        "turns": options.turns,
        "sentences": len(waits),
        "overhead_ms": summary(overheads),
        "overhead_goal_ms": OVERHEAD_GOAL,
        "sentence_ms": summary(waits),
        "sentence_goal_ms": SENTENCE_GOAL,
        "load": round(os.getloadavg()[0], 1),
        "python": platform.python_version(),
        "langchain": version("langchain"),
    }
    print(json.dumps(report, indent=2))
    if options.output:
        options.output.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
    if statistics.median(overheads) > OVERHEAD_GOAL or statistics.median(waits) > SENTENCE_GOAL:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
