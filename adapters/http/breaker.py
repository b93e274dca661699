"""Stops asking a service that keeps failing, and tries it again after a while with a single call."""

from __future__ import annotations

from collections.abc import Callable


class CircuitBreaker:
    """Closed → open after `failures` in a row → half open after `seconds`: one probe → closed, or open again."""

    def __init__(self, failures: int, seconds: float, monotonic: Callable[[], float]) -> None:
        self._limit = failures
        self._seconds = seconds
        self._monotonic = monotonic
        self._failures = 0
        self._opened_at: float | None = None
        self._probing = False

    def admit(self) -> bool | None:
        """None: refused. True: this call is the probe and gets one attempt. False: an ordinary call.

        Whoever was admitted calls exactly one of `succeeded`, `failed` and `gave_up` afterwards.
        """
        if self._opened_at is None:
            return False
        if self._probing or self._monotonic() - self._opened_at < self._seconds:
            return None
        self._probing = True
        return True

    def succeeded(self) -> None:
        """The service answered, be it with a refusal."""
        self._failures = 0
        self._opened_at = None
        self._probing = False

    def failed(self, *, probe: bool) -> None:
        """The service could not be used."""
        self._failures += 1
        if probe:
            self._probing = False
        if probe or (self._opened_at is None and self._failures >= self._limit):
            self._opened_at = self._monotonic()

    def gave_up(self, *, probe: bool) -> None:
        """The call was cancelled: it says nothing about the service."""
        if probe:
            self._probing = False
