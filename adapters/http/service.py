"""One service as a client sees it: attempts, waits, rate, breaker, and errors in our own words."""

from __future__ import annotations

import asyncio
import json as jsonlib
from collections.abc import Callable, Collection, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import Any, TypeVar

import aiohttp
import structlog
from aiolimiter import AsyncLimiter
from yarl import URL

from adapters.http import failures, urls
from adapters.http.breaker import CircuitBreaker
from adapters.http.config import UNREADABLE, HttpAnswer, HttpConfig, Query, Timing, parsed
from adapters.http.exchange import Exchange
from adapters.http.failures import Failure
from adapters.http.redaction import Redactor
from adapters.http.waiting import LONGEST, backoff, retry_after
from bot.errors import InvalidSettings
from bot.i18n import gettext as _

_log = structlog.get_logger(__name__)
_SAFE = frozenset({"GET", "HEAD"})
_BURST_SECONDS = 0.1  # a rate of 40 a second lets 4 go at once

Read = TypeVar("Read")


@dataclass(frozen=True, slots=True)
class _Call:
    method: str
    url: URL
    body: bytes | None
    headers: Mapping[str, str]
    accept: Collection[int]
    attempts: int


class ServiceClient:
    """Requests to one service. Safe to use from many tasks at once."""

    def __init__(self, session: aiohttp.ClientSession, config: HttpConfig, timing: Timing) -> None:
        try:
            self._base = urls.checked_base(config.base_url)
        except ValueError:
            sentence = _("The address of {service} must be a whole URL such as http://server:8080.")
            raise InvalidSettings(sentence.format(service=config.service)) from None
        password = URL(self._base).password
        self.config = config
        self.redact = Redactor((*config.secrets, *((password,) if password else ())))
        self._exchange = Exchange(session, config)
        self._timing = timing
        self._breaker = CircuitBreaker(config.breaker_failures, config.breaker_seconds, timing.monotonic)
        self._turns = asyncio.Semaphore(config.concurrency)
        self._limiter = _limiter(config.per_second) if config.per_second else None
        self._not_before = 0.0  # moment of the monotonic clock until which the service asked to be left alone
        self._requests = 0

    @property
    def requests(self) -> int:
        """How many requests were sent so far, repeats included."""
        return self._requests

    @property
    def address(self) -> str:
        """Scheme, host and port, without a name or password."""
        return urls.origin(URL(self._base))

    async def get_json(self, path: str, *, query: Query | None = None, headers: Mapping[str, str] | None = None) -> Any:
        """What the service answers, read as JSON; an answer cut short is asked for again.

        Raises: Unavailable, Rejected.
        """
        call = self._call("GET", path, query, None, headers, retry=None, accept=())
        return await self._answered(call, _read_json)

    async def send_json(
        self,
        method: str,
        path: str,
        json: Any,
        *,
        query: Query | None = None,
        headers: Mapping[str, str] | None = None,
        retry: bool = False,
        accept: Collection[int] = (),
    ) -> Any:
        """Send a JSON body (None: none); what comes back, read as JSON, None when it is empty.

        Raises: Unavailable (the outcome is unknown unless `status` is set), Rejected.
        """
        call = self._call(method, path, query, json, headers, retry=retry, accept=accept)
        return await self._answered(call, _read_json_or_nothing)

    async def request(
        self,
        method: str,
        path: str,
        *,
        query: Query | None = None,
        json: Any = None,
        headers: Mapping[str, str] | None = None,
        retry: bool | None = None,
        accept: Collection[int] = (),
    ) -> HttpAnswer:
        """The answer as it is: any 2xx, or a status in `accept`. `retry` None: repeats GET and HEAD only.

        Raises: Unavailable, Rejected.
        """
        call = self._call(method, path, query, json, headers, retry=retry, accept=accept)
        return await self._answered(call, lambda answer: answer)

    def _call(
        self,
        method: str,
        path: str,
        query: Query | None,
        json: Any,
        headers: Mapping[str, str] | None,
        *,
        retry: bool | None,
        accept: Collection[int],
    ) -> _Call:
        method = method.upper()
        try:
            url = urls.built(self._base, path, query)
        except ValueError:
            raise failures.impossible(self.config.service).error() from None
        sent = {**self.config.headers, **(headers or {})}
        body = None if json is None else jsonlib.dumps(json, ensure_ascii=False).encode()
        if body is not None:
            sent.setdefault("Content-Type", "application/json")
        again = method in _SAFE if retry is None else retry
        return _Call(method, url, body, sent, frozenset(accept), self.config.attempts if again else 1)

    async def _answered(self, call: _Call, read: Callable[[HttpAnswer], Read]) -> Read:
        probe = self._breaker.admit()
        if probe is None:
            raise failures.paused(self.config.service).error()
        settled = False
        try:
            result = await self._attempts(call, read, 1 if probe else call.attempts)
            settled = True
        finally:
            if not settled:
                self._breaker.gave_up(probe=probe)
        if not isinstance(result, Failure):
            self._breaker.succeeded()
            return result
        if result.healthy:
            self._breaker.succeeded()
        else:
            self._breaker.failed(probe=probe)
        _log.info("request failed", service=self.config.service, method=call.method, problem=self.redact(str(result)))
        raise result.error(self.redact)

    async def _attempts(self, call: _Call, read: Callable[[HttpAnswer], Read], attempts: int) -> Read | Failure:
        for attempt in range(1, attempts + 1):
            result = await self._once(call, read)
            if not isinstance(result, Failure) or not result.temporary or attempt == attempts:
                return result
            asked = result.wait
            if asked is not None and asked > LONGEST:
                return result
            wait = max(backoff(attempt, self._timing.draw()), asked or 0.0)
            problem = self.redact(result.sentence)
            _log.debug("asking again", service=self.config.service, attempt=attempt, seconds=wait, problem=problem)
            await self._timing.sleep(wait)
        raise AssertionError("a call has at least one attempt")  # pragma: no cover

    async def _once(self, call: _Call, read: Callable[[HttpAnswer], Read]) -> Read | Failure:
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(self._turns)
            await self._held_back()
            if self._limiter:
                await self._limiter.acquire()
            self._requests += 1
            answer = await self._exchange.send(call.method, call.url, call.body, call.headers)
        if isinstance(answer, Failure):
            return answer
        if 200 <= answer.status < 300 or answer.status in call.accept:
            value = read(answer)
            return failures.unreadable(answer) if value is UNREADABLE else value
        failure = failures.of_status(answer, retry_after(answer.headers.get("retry-after"), self._timing.now()))
        if answer.status == 429 and failure.wait:
            self._not_before = max(self._not_before, self._timing.monotonic() + min(failure.wait, LONGEST))
        return failure

    async def _held_back(self) -> None:
        """Wait until the moment that the service named when it last said "too many requests"."""
        remaining = self._not_before - self._timing.monotonic()
        if remaining > 0:
            await self._timing.sleep(remaining)


def _limiter(per_second: float) -> AsyncLimiter:
    burst = max(1.0, per_second * _BURST_SECONDS)
    return AsyncLimiter(burst, burst / per_second)


def _read_json(answer: HttpAnswer) -> Any:
    return parsed(answer.body)


def _read_json_or_nothing(answer: HttpAnswer) -> Any:
    return parsed(answer.body) if answer.body.strip() else None
