"""What is counted about a running installation."""

from __future__ import annotations

from typing import Protocol


class Meter(Protocol):
    """Counts and times; cheap, never raises. Label values are few and known beforehand, never what people say."""

    def received(self, platform: str, kind: str) -> None:
        """Something came in: a message, a command, a press."""
        ...

    def answered(self, platform: str, seconds: float) -> None:
        """An answer left, so many seconds after what it answers had come in."""
        ...

    def dropped(self, platform: str, reason: str) -> None:
        """Something is not answered: a duplicate, the limit, too old, refused, unreadable."""
        ...

    def restarted(self, service: str) -> None:
        """A service failed and is started again."""
        ...

    def worked(self, job: str, outcome: str) -> None:
        """A background job was run: "done", "failed" and to be tried again, or "given up"."""
        ...


class NoMeter:
    """Counts nothing."""

    def received(self, platform: str, kind: str) -> None:
        """Nothing."""

    def answered(self, platform: str, seconds: float) -> None:
        """Nothing."""

    def dropped(self, platform: str, reason: str) -> None:
        """Nothing."""

    def restarted(self, service: str) -> None:
        """Nothing."""

    def worked(self, job: str, outcome: str) -> None:
        """Nothing."""
