"""What an evaluation found: metrics per method with intervals, as values and as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.evaluation.intervals import Interval, bootstrap, paired
from engine.types import FloatArray, IntArray


@dataclass(frozen=True, slots=True)
class MethodResult:
    """One method: each person's value by metric, and values that belong to all lists together."""

    people: IntArray  # (n,) whose values these are; a person of several households comes several times
    values: Mapping[str, FloatArray]  # metric -> (n,)
    totals: Mapping[str, float] = field(default_factory=dict)

    def mean(self, metric: str) -> float:
        """The mean over people, or the value over all lists."""
        return self.totals[metric] if metric in self.totals else float(self.values[metric].mean())


@dataclass(frozen=True, slots=True)
class Report:
    """All methods on the same questions. `setting` says what was asked, in plain values."""

    task: str
    setting: Mapping[str, object]
    methods: Mapping[str, MethodResult]
    seed: int

    def interval(self, method: str, metric: str) -> Interval:
        """A metric's mean over people with its bootstrap interval."""
        return bootstrap(self.methods[method].values[metric], seed=self.seed)

    def difference(self, method: str, other: str, metric: str) -> Interval:
        """How much better `method` is than `other` on the same people."""
        return paired(self.methods[method].values[metric], self.methods[other].values[metric], seed=self.seed)

    def to_json(self, *, against: str | None = None, metric: str = "ndcg@10") -> dict[str, object]:
        """Plain values: `pipelines` by name, in each the metrics by name and their 95 % `intervals` as [low, high].

        With `against`, every other method also says how far that one is ahead of it in `metric` (paired interval).
        Where people have odd and even ids, `odd_ids` holds the means over those that no weight was tuned on.
        """
        pipelines: dict[str, object] = {}
        for name, result in self.methods.items():
            intervals = {metric_name: self.interval(name, metric_name) for metric_name in result.values}
            entry: dict[str, object] = {key: round(interval.mean, 5) for key, interval in intervals.items()}
            entry.update({total: round(value, 5) for total, value in result.totals.items()})
            entry["intervals"] = {
                key: [round(interval.low, 5), round(interval.high, 5)] for key, interval in intervals.items()
            }
            odd = result.people % 2 == 1
            if odd.any():
                entry["odd_ids"] = {key: round(float(value[odd].mean()), 5) for key, value in result.values.items()}
            if against in self.methods and against is not None and name != against:
                entry[f"{against}_ahead"] = self.difference(against, name, metric).to_json()
            pipelines[name] = entry
        return {"task": self.task, **self.setting, "seed": self.seed, "pipelines": pipelines}
