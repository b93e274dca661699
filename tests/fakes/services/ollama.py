"""An Ollama server with a few models, which streams answers by script as NDJSON."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

from aiohttp import web

from tests.contracts.kit import Answer, Call, DescribedServer, load

Line: TypeAlias = int | Sequence[dict[str, Any] | str | asyncio.Event | Callable[[], None]]

DETAILS = {"format": "gguf", "families": ["llama"], "quantization_level": "Q4_0"}


class FakeOllama:
    """`models`: name → (billions as Ollama writes them, family). `script`: one line per chat call, the last again and
    again: a status with which it is refused, or a list of message objects. A string among them is sent as it is, half a
    line of JSON for instance, an event is awaited, and a function is called."""

    def __init__(self, models: dict[str, tuple[str, str]], script: Sequence[Line] = ()) -> None:
        self.models = models
        self.library = {"qwen2.5:7b": ("7.6B", "qwen2")}  # what can be fetched
        self.pull_ends = True  # else the stream stops in the middle
        self.script = list(script)
        self.server = DescribedServer(load("ollama"))
        missing = "the description tells of no failures; Ollama answers 404 for a model that it does not have"
        for method, path in (("POST", "/api/chat"), ("POST", "/api/pull"), ("DELETE", "/api/delete")):
            self.server.allow_status(method, path, 404, reason=missing)
        self.server.allow_status("POST", "/api/chat", 500, reason="a model that crashes")
        self.server.route("GET", "/api/tags")(self._tags)
        self.server.route("GET", "/api/ps")(self._ps)
        self.server.route("POST", "/api/chat")(self._chat)
        self.server.route("DELETE", "/api/delete")(self._delete)
        self.server.route("POST", "/api/pull")(self._pull)

    @property
    def url(self) -> str:
        return self.server.url.removesuffix("/api")

    def _tags(self, _call: Call) -> Any:
        listed = [
            {
                "name": name,
                "model": name,
                "modified_at": "2026-01-01T00:00:00Z",
                "size": 4_000_000_000,
                "digest": "a" * 64,
                "details": {**DETAILS, "family": family, "parameter_size": size},
            }
            for name, (size, family) in self.models.items()
        ]
        return {"models": listed}

    def _ps(self, _call: Call) -> Any:
        return {"models": [{"name": n, "model": n, "size": 5000, "size_vram": 4000} for n in list(self.models)[:1]]}

    def _delete(self, call: Call) -> Any:
        if self.models.pop(call.json["model"], None) is None:
            return Answer({"error": "model not found"}, status=404)
        return Answer(None)

    async def _pull(self, call: Call) -> Any:
        name = call.json["model"]
        if name not in self.library:
            return Answer({"error": "pull model manifest: file does not exist"}, status=404)
        response = web.StreamResponse(headers={"Content-Type": "application/x-ndjson"})
        await response.prepare(call.request)
        layers = [("sha256:a", 4_000_000_000, (0, 2_000_000_000, 4_000_000_000)), ("sha256:b", 1000, (1000,))]
        steps: list[dict[str, Any]] = [{"status": "pulling manifest"}]
        for digest, total, parts in layers:
            steps += [
                {"status": f"pulling {digest}", "digest": digest, "total": total, "completed": part} for part in parts
            ]
        if self.pull_ends:
            steps += [{"status": "verifying sha256 digest"}, {"status": "success"}]
            self.models[name] = self.library[name]
        for step in steps:
            await response.write(json.dumps(step).encode() + b"\n")
        return response

    async def _chat(self, call: Call) -> Any:
        asked = call.json
        if asked["model"] not in self.models:
            return Answer({"error": f"model '{asked['model']}' not found"}, status=404)
        lines = self.script.pop(0) if len(self.script) > 1 else self.script[0]
        if isinstance(lines, int):
            return Answer({"error": "the model crashed"}, status=lines)
        response = web.StreamResponse(headers={"Content-Type": "application/x-ndjson"})
        await response.prepare(call.request)
        head = {"model": asked["model"], "created_at": "2026-01-01T00:00:00Z"}
        for line in lines:
            if isinstance(line, asyncio.Event):
                await line.wait()
            elif isinstance(line, str):
                await response.write(line.encode() + b"\n")
            elif callable(line):
                line()
            else:
                message = {"role": "assistant", "content": "", **line}
                await response.write(json.dumps({**head, "message": message, "done": False}).encode() + b"\n")
        end = {"message": {"role": "assistant", "content": ""}, "done": True, "done_reason": "stop"}
        await response.write(json.dumps({**head, **end}).encode() + b"\n")
        return response
