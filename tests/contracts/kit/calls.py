"""A request as a handler sees it, and its answer."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from multidict import MultiMapping


@dataclass(frozen=True, slots=True)
class Call:
    """One request. `operation`: the template of its path, or the name of its command; empty when undeclared.

    `form`: fields of a form or multipart body; a file shows as `FileField`.
    """

    method: str
    path: str
    operation: str
    params: Mapping[str, str]
    query: MultiMapping[str]
    headers: MultiMapping[str]
    body: bytes
    form: Mapping[str, Any]
    request: web.Request = field(repr=False)

    @property
    def json(self) -> Any:
        """The body as JSON; None when it is empty."""
        return json.loads(self.body) if self.body else None


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer with a status. `body`: anything JSON, bytes as they are, None for an empty body."""

    body: Any = None
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)

    def encoded(self) -> bytes:
        """The body as it goes over the wire."""
        if self.body is None:
            return b""
        return self.body if isinstance(self.body, bytes) else json.dumps(self.body).encode()

    @property
    def is_json(self) -> bool:
        """Whether the body is to be checked as JSON."""
        return self.body is not None and not isinstance(self.body, bytes)
