"""How much one person and one place may ask: buckets that empty with every question and fill with time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from math import ceil

MAX_BUCKETS = 20_000
_SAY_AGAIN = timedelta(minutes=1)
_ROUNDING = 1e-9


class Verdict(Enum):
    """What to do with one more question."""

    SERVE = "serve"
    SAY_SO = "say so"  # too much, and not told yet
    IGNORE = "ignore"  # too much, and told


@dataclass(frozen=True, slots=True)
class Rate:
    """`burst` at once, refilled `per_minute`."""

    burst: int
    per_minute: float


@dataclass(frozen=True, slots=True)
class Limits:
    """What one person and one conversation may ask."""

    person: Rate
    conversation: Rate


class _Bucket:
    __slots__ = ("at", "level", "told_at")

    def __init__(self, level: float, at: datetime) -> None:
        self.level = level
        self.at = at
        self.told_at: datetime | None = None


class Buckets:
    """One bucket per key, forgotten when full."""

    def __init__(self, rate: Rate) -> None:
        self._rate = rate
        self._buckets: dict[str, _Bucket] = {}

    def __len__(self) -> int:
        """How many buckets are remembered."""
        return len(self._buckets)

    def take(self, key: str, now: datetime) -> Verdict:
        """Take one from the bucket, if it holds one. A person is told once, and again after a minute."""
        bucket = self._filled(key, now)
        if bucket.level >= 1 - _ROUNDING:
            bucket.level = max(0.0, bucket.level - 1)
            return Verdict.SERVE
        if bucket.told_at is not None and now - bucket.told_at < _SAY_AGAIN:
            return Verdict.IGNORE
        bucket.told_at = now
        return Verdict.SAY_SO

    def give_back(self, key: str) -> None:
        """Undo a `take` that served nothing."""
        if bucket := self._buckets.get(key):
            bucket.level = min(self._rate.burst, bucket.level + 1)

    def wait(self, key: str, now: datetime) -> int:
        """Whole seconds until the bucket holds one."""
        missing = 1 - self._filled(key, now).level
        return max(1, ceil(missing * 60 / self._rate.per_minute))

    def _filled(self, key: str, now: datetime) -> _Bucket:
        bucket = self._buckets.get(key)
        if bucket is None:
            if len(self._buckets) >= MAX_BUCKETS:
                self._forget(now)
            bucket = self._buckets[key] = _Bucket(self._rate.burst, now)
            return bucket
        bucket.level = self._level(bucket, now)
        bucket.at = max(now, bucket.at)
        if bucket.level >= self._rate.burst:
            bucket.told_at = None
        return bucket

    def _level(self, bucket: _Bucket, now: datetime) -> float:
        minutes = max(0.0, (now - bucket.at).total_seconds() / 60)
        return min(self._rate.burst, bucket.level + minutes * self._rate.per_minute)

    def _forget(self, now: datetime) -> None:
        """Forget full buckets, which are as good as new; if there are none, the older half."""
        kept = {key: each for key, each in self._buckets.items() if self._level(each, now) < self._rate.burst}
        if len(kept) >= MAX_BUCKETS:
            kept = dict(list(kept.items())[MAX_BUCKETS // 2 :])
        self._buckets = kept
