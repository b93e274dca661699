"""A server on 127.0.0.1 that holds every request and every answer against a description."""

from __future__ import annotations

import asyncio
import inspect
import re
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from typing import Any, Self
from urllib.parse import quote

from aiohttp import web

from tests.contracts.kit.calls import Answer, Call
from tests.contracts.kit.faults import Fault, Faults, Planned
from tests.contracts.kit.openapi import Description, Operation

_PATIENCE = 0.01  # seconds for handlers in hand when the server stops; aiohttp reads 0 as "for ever"
Handler = Callable[[Call], Any]
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


class DescribedServer:
    """See the package for how it is used."""

    def __init__(
        self,
        description: Description,
        *,
        required_headers: Mapping[str, str] | None = None,
        security: bool = True,
        check_answers: int = 1,
        known_fields: bool = False,
    ) -> None:
        self.description = description
        self.faults = Faults()
        self.requests: list[Call] = []
        self.violations: list[str] = []
        self.url = ""
        self._required_headers = dict(required_headers or {})
        self._security = security
        self._check_answers = check_answers
        self._known_fields = known_fields
        self._fields: set[str] = set()
        self._handlers: dict[tuple[str, str], Handler] = {}
        self._extras: list[tuple[str, re.Pattern[str], str]] = []
        self._queries: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        self._statuses: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
        self._answered: Counter[tuple[str, str, int]] = Counter()
        self._app = web.Application(client_max_size=64 << 20)
        self._runner: web.AppRunner | None = None
        self._port = 0

    # What the fake serves

    def route(self, method: str, name: str) -> Callable[[Handler], Handler]:
        """Register a handler of a described operation; a name that the description does not know is an error."""
        if self.description.operation(method, name) is None:
            raise LookupError(f"{method} {name} is not described; an extra needs a reason: see extra()")

        def register(handler: Handler) -> Handler:
            self._handlers[(method.upper(), name)] = handler
            return handler

        return register

    def extra(self, method: str, template: str, handler: Handler, *, reason: str) -> None:
        """Serve a path that the description leaves out. The reason is for readers."""
        assert reason
        parts = re.split(r"{(\w+)}", template)
        pattern = "".join(f"(?P<{part}>[^/]+)" if index % 2 else re.escape(part) for index, part in enumerate(parts))
        self._extras.append((method.upper(), re.compile(pattern), template))
        self._handlers[(method.upper(), template)] = handler

    def raw(self, method: str, path: str, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]) -> None:
        """Serve a path (of aiohttp's kind) without any check: web sockets and the like. Before the server starts."""
        self._app.router.add_route(method, path, handler)

    def allow_query(self, method: str, name: str, parameters: Iterable[str], *, reason: str) -> None:
        """Query parameters beyond the description; the method and name "*" stand for all operations."""
        assert reason
        self._queries[(method, name)] |= set(parameters)

    def allow_status(self, method: str, name: str, status: int, *, reason: str) -> None:
        """A status beyond the description; the method and name "*" stand for all operations."""
        assert reason
        self._statuses[(method, name)].add(status)

    def allow_field(self, *paths: str, reason: str) -> None:
        """Fields of answers beyond the description, as they are told: "$.results[].colour"."""
        assert reason
        self._fields |= set(paths)

    # What came in

    def count(self, method: str | None = None, name: str | None = None) -> int:
        """How many requests came in, of an operation or at all."""
        return sum(
            (method is None or call.method == method) and (name is None or call.operation == name)
            for call in self.requests
        )

    def assert_clean(self) -> None:
        """Fail when anything was said that the description does not allow."""
        assert not self.violations, "\n".join(dict.fromkeys(self.violations))

    # Running

    async def __aenter__(self) -> Self:
        self._app.router.add_route("*", "/{path:.*}", self._serve)
        self._runner = web.AppRunner(self._app, handler_cancellation=True, shutdown_timeout=_PATIENCE, access_log=None)
        await self._runner.setup()
        await self._listen()
        self.url = f"http://127.0.0.1:{self._port}{self.description.base}"
        return self

    async def __aexit__(self, *_exc: object) -> None:
        assert self._runner is not None
        await self._runner.cleanup()
        self._runner = None

    @asynccontextmanager
    async def down(self) -> AsyncIterator[None]:
        """Refuse connections until the end of the block; those that are open end at once."""
        assert self._runner is not None
        for site in list(self._runner.sites):
            await site.stop()
        server = self._runner.server
        assert server is not None
        await server.shutdown(_PATIENCE)
        try:
            yield
        finally:
            await self._listen()

    async def _listen(self) -> None:
        assert self._runner is not None
        await web.TCPSite(self._runner, "127.0.0.1", self._port).start()
        self._port = self._runner.addresses[0][1]

    # One request

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        body = await request.read()
        form = dict(await request.post()) if request.content_type in _FORMS else {}
        raw = request.rel_url.raw_path
        inside = raw.startswith(self.description.base)
        path = raw[len(self.description.base) :] if inside else raw
        operation, name, params = self._found(request, path) if inside else (None, "", {})
        call = Call(request.method, path, name, params, request.query, request.headers, body, form, request)
        self.requests.append(call)
        self._check(call, operation)
        planned = self.faults.next(call)
        if planned and not planned.after:
            return await self._fail(call, operation, planned, None)
        answer = await self._handled(call, operation)
        if isinstance(answer, web.StreamResponse):
            return answer
        self._check_answer(call, operation, answer)
        if planned:
            return await self._fail(call, operation, planned, answer)
        return _response(answer)

    def _found(self, request: web.Request, path: str) -> tuple[Operation | None, str, Mapping[str, str]]:
        for method, pattern, template in self._extras:
            found = pattern.fullmatch(path) if method == request.method else None
            if found:
                return None, template, found.groupdict()
        matched = self.description.match(request.method, path, request.query)
        return (None, "", {}) if matched is None else (matched[0], matched[0].name, matched[1])

    def _check(self, call: Call, operation: Operation | None) -> None:
        if not call.operation:
            self._violation(call, "no such path or method is described")
        for header, pattern in self._required_headers.items():
            value = call.headers.get(header)
            if value is None or not re.fullmatch(pattern, value):
                self._violation(call, f"header {header} is missing or not as it must be")
        if operation is None:
            return
        allowed = self._queries[(operation.method, operation.name)] | self._queries[("*", "*")]
        for problem in operation.check_request(call, allowed=allowed, security=self._security):
            self._violation(call, problem)

    def _check_answer(self, call: Call, operation: Operation | None, answer: Answer) -> None:
        if operation is None:
            return
        key = (operation.method, operation.name, answer.status)
        self._answered[key] += 1
        if (self._answered[key] - 1) % self._check_answers:
            return
        allowed = self._statuses[(operation.method, operation.name)] | self._statuses[("*", "*")]
        for problem in operation.check_answer(answer, allowed=allowed):
            self._violation(call, problem)
        if self._known_fields:
            for path in sorted(operation.unknown_fields(answer) - self._fields):
                self._violation(call, f"the answer's field {path} is not described")

    def _violation(self, call: Call, problem: str) -> None:
        self.violations.append(f"{call.method} {call.operation or quote(call.path)}: {problem}")

    async def _handled(self, call: Call, operation: Operation | None) -> Answer | web.StreamResponse:
        # Tautulli and Telegram take GET and POST alike: their operations have one method whatever was used.
        method = operation.method if operation else call.method
        handler = self._handlers.get((method, call.operation))
        if handler is None:
            if call.operation:
                self._violation(call, "the fake has no handler for it")
            return Answer({"message": "not found"}, status=404)
        try:
            result = handler(call)
            if inspect.isawaitable(result):
                result = await result
        except Exception as error:
            self._violation(call, f"the fake's handler failed: {error!r}")
            raise
        return result if isinstance(result, (Answer, web.StreamResponse)) else Answer(result)

    async def _fail(
        self, call: Call, operation: Operation | None, planned: Planned, answer: Answer | None
    ) -> web.StreamResponse:
        match planned.fault:
            case Fault.TOO_MANY:
                headers = {"Retry-After": planned.retry_after} if planned.retry_after is not None else {}
                return web.json_response({"message": "Too many requests"}, status=429, headers=headers)
            case Fault.SERVER_ERROR:
                return web.json_response({"message": "Internal error"}, status=500)
            case Fault.TIMEOUT:
                await asyncio.Event().wait()  # cancelled when the client hangs up or the server stops
                raise AssertionError
            case Fault.DISCONNECT:
                _hang_up(call.request)
                return web.Response()
        if answer is None:
            handled = await self._handled(call, operation)
            answer = handled if isinstance(handled, Answer) else Answer()
        body = answer.encoded()
        half = body[: len(body) // 2]
        if planned.fault is Fault.TRUNCATED:
            return web.Response(body=half, status=answer.status, content_type="application/json")
        response = web.StreamResponse(status=answer.status, headers={"Content-Type": "application/json"})
        response.content_length = max(len(body), 2)
        await response.prepare(call.request)
        await response.write(half or b"{")
        _hang_up(call.request)
        return response


def _response(answer: Answer) -> web.Response:
    kind = {"Content-Type": "application/json"} if answer.is_json else {}
    return web.Response(body=answer.encoded(), status=answer.status, headers={**kind, **answer.headers})


def _hang_up(request: web.Request) -> None:
    if request.transport is not None:
        request.transport.close()
