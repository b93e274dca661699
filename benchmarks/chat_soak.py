"""A busy evening: many conversations at once on a large catalogue, answered by the whole application.

    python -m benchmarks.chat_soak            # 40,000 titles, 50 conversations, 10 messages a second, 10,000 messages

Messages come whether or not the answers have left, at random moments. What counts for each is the time from its
arrival at the platform's adapter to the moment when its answer is handed to the network; the inbox, the database and
the engine lie between. A platform in memory stands for the network; everything else is what `recommendarr run` runs.
No message may be lost or answered twice, and the event loop may never stand still for long.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Sequence
from contextlib import AsyncExitStack
from pathlib import Path
from secrets import token_hex
from statistics import median, quantiles
from time import perf_counter, process_time

import bot.bootstrap_platforms as platforms
from adapters.chat.telegram.encode import CAPABILITIES
from benchmarks.soak_home import PLATFORM, account_of, prepare, settings_for
from benchmarks.stalls import StallWatch
from bot.bootstrap import open_application
from bot.bootstrap_platforms import Running, open_running
from bot.chat.incoming import Author, Incoming, Mention, Message, MessageRef, Place, Press
from bot.chat.reply import Card, Choices, Reply
from bot.cli.bench_measure import processors, resident_mib
from bot.ports.chat import Envelope

ROOT = Path(__file__).parents[1]
RESULT = ROOT / "benchmarks" / "results" / "chat-soak.json"
WITHIN_MS, STALL_MS = 150.0, 50.0
SAID = (
    ("/recommend", 12),
    ("something funny from the 90s", 8),
    ("a slow sad drama about war, under two hours", 8),
    ("more", 10),
    ("shorter please", 5),
    ("why the second one?", 4),
    ("/search {title}", 6),
    ("have we got {title}?", 5),
    ("something like {title}", 5),
    ("/history", 4),
    ("/watchlist", 4),
    ("/profile", 2),
    ("/help", 2),
    ("thanks", 3),
    ("/group {friend}", 4),
)
PRESS_SHARE = 0.25  # of everything; a button of the last answer


class MemoryPlatform:
    """Says what the benchmark says and keeps the moments at which answers leave."""

    name = PLATFORM
    capabilities = CAPABILITIES

    def __init__(self) -> None:
        self.left: dict[str, list[float]] = defaultdict(list)
        self.tokens: dict[str, list[str]] = {}
        self.texts: Counter[str] = Counter()

    async def run(self) -> None:
        """Nothing comes by itself."""
        await asyncio.Event().wait()

    async def answer(self, incoming: Incoming, _envelope: Envelope, replies: Sequence[Reply]) -> None:
        """It has left."""
        self.left[incoming.id].append(perf_counter())
        tokens = [token for reply in replies for token in _tokens(reply)]
        if tokens:
            self.tokens[incoming.place.room] = tokens

    async def working(self, _incoming: Incoming, _envelope: Envelope) -> None:
        """Nobody looks."""

    async def send(self, _place: Place, _replies: Sequence[Reply]) -> None:
        """Nothing is said unasked."""


def _tokens(reply: Reply) -> list[str]:
    buttons = [button.token for part in reply.parts if isinstance(part, Card) for button in part.buttons]
    options = [option.token for part in reply.parts if isinstance(part, Choices) for option in part.options]
    return [token for token in (*buttons, *options) if token]


class Crowd:
    """Decides who says what next."""

    def __init__(self, platform: MemoryPlatform, people: int, titles: Sequence[str], seed: int) -> None:
        self._platform = platform
        self._people = people
        self._titles = titles
        self._chance = random.Random(seed)
        self._count = 0
        self._run = token_hex(4)  # the inbox of a kept home remembers the ids of earlier runs
        self.kinds: dict[str, str] = {}  # id → what was said, without its particulars

    def next(self) -> Incoming:
        """The next message or press."""
        chance = self._chance
        number = chance.randrange(self._people)
        self._count += 1
        key, account = f"{self._run}-{self._count}", account_of(number)
        author = Author(PLATFORM, account, f"Person {number}", "en")
        place = Place(PLATFORM, account, private=True)
        tokens = self._platform.tokens.get(account)
        if tokens and chance.random() < PRESS_SHARE:
            self.kinds[key] = "a button"
            return Press(key, place, author, chance.choice(tokens), MessageRef(PLATFORM, account, "1"))
        said, _weight = chance.choices(SAID, [weight for _said, weight in SAID])[0]
        self.kinds[key] = said
        friend = (number + 1) % self._people
        mention = Mention(f"@Person_{friend}", account_of(friend), f"Person {friend}")
        text = said.format(title=chance.choice(self._titles), friend=mention.text)
        return Message(key, place, author, text, (mention,) if "{friend}" in said else ())

    def pause(self, rate: float) -> float:
        """Seconds until somebody speaks again."""
        return self._chance.expovariate(rate)


async def soak(home: Path, messages: int, people: int, rate: float, seed: int = 0) -> dict[str, object]:
    """Let the crowd talk; the figures."""
    platform, watch = MemoryPlatform(), StallWatch()

    async def only_memory(running: Running, stack: AsyncExitStack) -> None:  # noqa: ARG001 - as it is called
        running.attach(platform)

    platforms._open_platforms = only_memory
    async with open_application(settings_for(home)) as application, open_running(application) as running:
        async with application.uow() as uow:
            titles = [title.facts.title for title in await uow.titles.get(range(1, 2000))]
        crowd, arrived = Crowd(platform, people, titles, seed), {}
        group = asyncio.TaskGroup()
        async with group:
            tasks = [group.create_task(running.delivery.run()), group.create_task(watch.run())]
            started, cpu = perf_counter(), process_time()
            due, accepting = started, []
            for _ in range(messages):
                due += crowd.pause(rate)
                await asyncio.sleep(max(0.0, due - perf_counter()))
                incoming = crowd.next()
                arrived[incoming.id] = perf_counter()
                accepting.append(group.create_task(running.delivery.accept(incoming, {})))
            await asyncio.gather(*accepting)
            while running.delivery.waiting:  # noqa: ASYNC110 - nothing tells
                await asyncio.sleep(0.01)
            seconds, busy = perf_counter() - started, process_time() - cpu
            for task in tasks:
                task.cancel()
    return _figures(platform, crowd, arrived, watch, seconds, busy)


def _figures(
    platform: MemoryPlatform,
    crowd: Crowd,
    arrived: dict[str, float],
    watch: StallWatch,
    seconds: float,
    busy: float,
) -> dict[str, object]:
    times = {key: 1000 * (platform.left[key][0] - at) for key, at in arrived.items() if platform.left.get(key)}
    by_kind: dict[str, list[float]] = defaultdict(list)
    for key, took in times.items():
        by_kind[crowd.kinds[key]].append(took)
    stalls = [1000 * stall for stall in watch.stalls]
    for where, count in watch.seen.most_common(12):
        print(count, where, file=sys.stderr)
    return {
        "messages": len(arrived),
        "lost": len(arrived) - len(times),
        "doubled": sum(len(left) > 1 for left in platform.left.values()),
        "a_second": round(len(arrived) / seconds, 2),
        "median_ms": round(median(times.values()), 1),
        "p95_ms": round(quantiles(times.values(), n=100)[94], 1),
        "p99_ms": round(quantiles(times.values(), n=100)[98], 1),
        "worst_ms": round(max(times.values()), 1),
        "worst_stall_ms": round(max(stalls), 1),
        "stalls_over_50_ms": sum(stall > STALL_MS for stall in stalls),
        "p95_ms_by_kind": {
            kind: round(quantiles(took, n=100)[94], 1) for kind, took in sorted(by_kind.items()) if len(took) > 1
        },
        "busy_share": round(busy / seconds, 3),  # of one processor
        "processors": processors(),
        "load_at_end": round(os.getloadavg()[0], 2),  # other work on the machine makes every time longer
        "resident_mib": round(resident_mib()),
    }


def main() -> None:
    """Fill the home, let the crowd talk, keep the figures. Exits with 1 when a bound is broken."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--home", type=Path, default=ROOT / ".home" / "soak-chat")
    parser.add_argument("--titles", type=int, default=40_000)
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--messages", type=int, default=10_000)
    parser.add_argument("--rate", type=float, default=10.0, help="messages a second, of everybody together")
    parser.add_argument("--output", type=Path, default=RESULT)
    given = parser.parse_args()
    prepare(given.home, given.titles, given.people)
    figures = asyncio.run(soak(given.home, given.messages, given.people, given.rate))
    report = {"titles": given.titles, "conversations": given.people, **figures}
    given.output.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(report, indent=2))
    kept = figures["p95_ms"] <= WITHIN_MS and figures["worst_stall_ms"] <= STALL_MS  # type: ignore[operator]
    raise SystemExit(0 if kept and not figures["lost"] and not figures["doubled"] else 1)


if __name__ == "__main__":
    main()
