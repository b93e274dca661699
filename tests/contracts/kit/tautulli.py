"""Tautulli's commands: one path, the operation is named by `cmd`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from tests.contracts.kit.calls import Answer, Call

_ALWAYS = frozenset({"apikey", "cmd", "out_type", "callback", "debug"})
_INTEGER = re.compile(r"-?\d+")


class TautulliDescription:
    """The documented commands of API v2."""

    base = ""

    def __init__(self, commands: Mapping[str, Any]) -> None:
        self._operations = {name: TautulliCommand(name, told["args"], told["doc"]) for name, told in commands.items()}

    def match(
        self, method: str, path: str, query: Mapping[str, str]
    ) -> tuple[TautulliCommand, Mapping[str, str]] | None:
        """The command that `cmd` names."""
        if path != "/api/v2" or method not in {"GET", "POST"}:
            return None
        found = self._operations.get(query.get("cmd", ""))
        return None if found is None else (found, {})

    def operation(self, method: str, name: str) -> TautulliCommand | None:
        """The command of that name."""
        return self._operations.get(name) if method.upper() == "GET" else None


class TautulliCommand:
    """One command with its parameters, as the documentation lists them."""

    method = "GET"

    def __init__(self, name: str, arguments: list[str], documentation: str) -> None:
        self.name = name
        required, _, optional = documentation.partition("Optional parameters:")
        optional = optional.partition("Returns:")[0]
        listed = re.compile(r"^\s+(\w+) \((\w+)[^)]*\):.*$", re.MULTILINE)
        self._types = {match[1]: match[2] for match in listed.finditer(required + optional)}
        # "A, OR" and "or" lists leave the choice to the caller, so only a lone parameter is surely required.
        needed = [match[1] for match in listed.finditer(required.partition("Required parameters:")[2])]
        alternatives = re.search(r"\bOR\b", required) is not None
        self._required = [] if alternatives else needed
        self._known = set(arguments) | set(self._types) | _ALWAYS

    def check_request(self, call: Call, *, allowed: Iterable[str], security: bool) -> list[str]:
        """See `Operation`."""
        problems = [
            f"parameter {name!r} is not documented"
            for name in dict.fromkeys(call.query)
            if name not in self._known and name not in set(allowed)
        ]
        problems += [f"parameter {name!r} is missing" for name in self._required if name not in call.query]
        problems += [
            f"parameter {name!r} is no integer: {text!r}"
            for name, text in call.query.items()
            if self._types.get(name) == "int" and not _INTEGER.fullmatch(text)
        ]
        if security and "apikey" not in call.query:
            problems.append("the API key is missing")
        return problems

    def check_answer(self, answer: Answer, *, allowed: Iterable[int]) -> list[str]:
        """The envelope; the documentation describes the rest in prose only."""
        if not answer.is_json:
            return []
        envelope = answer.body.get("response") if isinstance(answer.body, dict) else None
        if not isinstance(envelope, dict) or not {"result", "message", "data"} <= set(envelope):
            return ["the answer is not response{result, message, data}"]
        return [] if envelope["result"] in {"success", "error"} else [f"result {envelope['result']!r} is unknown"]

    def unknown_fields(self, answer: Answer) -> set[str]:
        """None: the documentation describes answers in prose only."""
        return set()
