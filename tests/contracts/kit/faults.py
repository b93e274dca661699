"""What can go wrong on the way, on demand."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from tests.contracts.kit.calls import Call


class Fault(Enum):
    """One way to fail."""

    TIMEOUT = auto()  # no answer, until the client hangs up
    TOO_MANY = auto()  # 429 with Retry-After
    SERVER_ERROR = auto()  # 500
    TRUNCATED = auto()  # half of the JSON, as if it were all
    CUT_OFF = auto()  # half of the announced body, then the connection ends
    DISCONNECT = auto()  # the connection ends without an answer


@dataclass(frozen=True, slots=True)
class Planned:
    """A fault for one request. `after`: the request takes effect first, only its answer is lost."""

    fault: Fault
    after: bool = False
    retry_after: str | None = "1"


@dataclass(slots=True)
class _Rule:
    planned: Planned
    at: Collection[int]
    every: int | None
    matching: Callable[[Call], bool]
    seen: int = 0

    def hits(self, call: Call) -> bool:
        if not self.matching(call):
            return False
        self.seen += 1
        return self.seen in self.at or bool(self.every and self.seen % self.every == 0)


class Faults:
    """The plan of one server. `hits` counts what was dealt out."""

    def __init__(self) -> None:
        self._rules: list[_Rule] = []
        self._seeded: tuple[random.Random, float, Sequence[Fault], int] | None = None
        self._failed: Counter[tuple[str, str]] = Counter()
        self.hits: Counter[Fault] = Counter()

    def plan(
        self,
        fault: Fault,
        *,
        at: Collection[int] = (),
        every: int | None = None,
        matching: Callable[[Call], bool] = lambda _call: True,
        after: bool = False,
        retry_after: str | None = "1",
    ) -> None:
        """Fail the requests with these numbers, or every n-th, among those that match (numbered from 1)."""
        self._rules.append(_Rule(Planned(fault, after, retry_after), frozenset(at), every, matching))

    def seeded(self, seed: int, rate: float, kinds: Sequence[Fault] | None = None, *, at_most: int = 2) -> None:
        """Fail that share of the requests by chance, the same request never more than `at_most` times."""
        kinds = kinds or [fault for fault in Fault if fault is not Fault.TIMEOUT]
        self._seeded = (random.Random(seed), rate, kinds, at_most)

    def clear(self) -> None:
        """Forget the plan."""
        self._rules.clear()
        self._seeded = None

    def next(self, call: Call) -> Planned | None:
        """The fault of this request, if it has one. Called once per request."""
        hit = [rule for rule in self._rules if rule.hits(call)]
        planned = hit[0].planned if hit else self._by_chance(call)
        if planned:
            self.hits[planned.fault] += 1
        return planned

    def _by_chance(self, call: Call) -> Planned | None:
        if self._seeded is None:
            return None
        chance, rate, kinds, at_most = self._seeded
        key = (call.method, str(call.request.rel_url))
        if chance.random() >= rate or self._failed[key] >= at_most:
            return None
        self._failed[key] += 1
        return Planned(chance.choice(list(kinds)))
