"""A server that speaks the chat completions of OpenAI, as OpenRouter, Groq and LiteLLM do: streamed as SSE."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web

KEY = "sk-test-secret-1234567890"


class FakeOpenAi:
    """`script`: one entry per call, the last again and again: a list of deltas, of which a string is sent as it is and
    an event is awaited; or a status with which the call is refused."""

    def __init__(self, script: Sequence[Sequence[dict[str, Any] | str | asyncio.Event] | int]) -> None:
        self.script = list(script)
        self.asked: list[dict[str, Any]] = []
        self.problems: list[str] = []  # what a request lacked
        self.url = ""

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[FakeOpenAi]:
        app = web.Application()
        app.router.add_post("/v1/chat/completions", self._complete)
        runner = web.AppRunner(app, shutdown_timeout=0.1)
        await runner.setup()
        try:
            site = web.TCPSite(runner, "127.0.0.1", 0)
            await site.start()
            host, port = runner.addresses[0][:2]
            self.url = f"http://{host}:{port}/v1"
            yield self
        finally:
            await runner.cleanup()

    async def _complete(self, request: web.Request) -> web.StreamResponse:
        asked = await request.json()
        self.asked.append(asked)
        self._check(request, asked)
        line = self.script.pop(0) if len(self.script) > 1 else self.script[0]
        if isinstance(line, int):
            error = {"message": f"refused {KEY}", "type": "error", "code": str(line)}
            return web.json_response({"error": error}, status=line)
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await response.prepare(request)
        called = any(isinstance(delta, dict) and "tool_calls" in delta for delta in line)
        for delta in line:
            if isinstance(delta, asyncio.Event):
                await delta.wait()
            elif isinstance(delta, str):
                await response.write(delta.encode())
            else:
                await self._event(response, [{"index": 0, "delta": {"role": "assistant", **delta}}])
        ended = {"index": 0, "delta": {}, "finish_reason": "tool_calls" if called else "stop"}
        await self._event(response, [ended])
        usage = {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120}
        if (asked.get("stream_options") or {}).get("include_usage"):
            await self._event(response, [], usage)
        await response.write(b"data: [DONE]\n\n")
        return response

    async def _event(
        self, response: web.StreamResponse, choices: list[dict[str, Any]], usage: dict[str, int] | None = None
    ) -> None:
        head = {"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1, "model": "test"}
        await response.write(f"data: {json.dumps({**head, 'choices': choices, 'usage': usage})}\n\n".encode())

    def _check(self, request: web.Request, asked: dict[str, Any]) -> None:
        if request.headers.get("Authorization") != f"Bearer {KEY}":
            self.problems.append("no key")
        if asked.get("stream") is not True:
            self.problems.append("not streamed")
        for message in asked["messages"]:
            if message["role"] not in ("system", "user", "assistant", "tool"):
                self.problems.append(f"role {message['role']}")
            if message["role"] == "tool" and not message.get("tool_call_id"):
                self.problems.append("the result of a tool without its call")
        for tool in asked.get("tools", []):
            if tool["type"] != "function" or tool["function"]["parameters"]["type"] != "object":
                self.problems.append(f"tool {tool}")


def call(name: str, arguments: str) -> list[dict[str, Any] | str]:
    """A call of a tool as it is streamed: its name first, then its arguments in two pieces."""
    half = len(arguments) // 2
    first = {"index": 0, "id": "call_1", "type": "function", "function": {"name": name, "arguments": arguments[:half]}}
    rest = {"index": 0, "function": {"arguments": arguments[half:]}}
    return [{"tool_calls": [first]}, {"tool_calls": [rest]}]
