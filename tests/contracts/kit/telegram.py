"""The Bot API: operations are methods, requests are forms with JSON inside, types are its own."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from aiohttp.web import FileField

from tests.contracts.kit.calls import Answer, Call

_PATH = re.compile(r"/bot([^/]+)/(\w+)")
_SCALARS: Mapping[str, tuple[type, ...]] = {
    "Integer": (int,),
    "String": (str,),
    "Boolean": (bool,),
    "True": (bool,),
    "Float": (int, float),
}


class TelegramDescription:
    """The methods and types of one version of the Bot API."""

    base = ""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self.types: Mapping[str, Any] = document["types"]
        self._methods = {name.lower(): TelegramMethod(self, told) for name, told in document["methods"].items()}

    def match(
        self, method: str, path: str, query: Mapping[str, str]
    ) -> tuple[TelegramMethod, Mapping[str, str]] | None:
        """The method that the path names, whatever its case."""
        found = _PATH.fullmatch(path)
        operation = self._methods.get(found[2].lower()) if found else None
        return None if found is None or operation is None else (operation, {"token": found[1]})

    def operation(self, method: str, name: str) -> TelegramMethod | None:
        """The method of that name."""
        return self._methods.get(name.lower()) if method.upper() == "POST" else None

    def problem(self, kinds: Sequence[str], value: Any, where: str) -> str | None:
        """Why a value has none of the types; None when it has one."""
        told = [self._one(kind, value, where) for kind in kinds]
        return None if None in told else told[-1]

    def _one(self, kind: str, value: Any, where: str) -> str | None:
        if kind.startswith("Array of "):
            if not isinstance(value, list):
                return f"{where} is no list"
            inner = kind.removeprefix("Array of ")
            parts = [part.strip() for part in re.split(r", | and | or ", inner)]
            problems = (self.problem(parts, part, f"{where}[{index}]") for index, part in enumerate(value))
            return next((problem for problem in problems if problem), None)
        if kind in _SCALARS:
            fits = isinstance(value, _SCALARS[kind]) and (kind in {"Boolean", "True"} or not isinstance(value, bool))
            return None if fits else f"{where} is no {kind}: {value!r:.80}"
        if kind == "InputFile":
            return None if isinstance(value, (str, FileField)) else f"{where} is no file"
        told = self.types.get(kind)
        if told is None:
            return f"{where} has the unknown type {kind}"
        if told.get("subtypes"):
            return self.problem(told["subtypes"], value, where)
        return self._object(told, value, where)

    def _object(self, told: Mapping[str, Any], value: Any, where: str) -> str | None:
        if not isinstance(value, Mapping):
            return f"{where} is no {told['name']}: {value!r:.80}"
        fields = {field["name"]: field for field in told.get("fields", [])}
        for name in value:
            if name not in fields:
                return f"{where}.{name} is no field of {told['name']}"
        for name, field in fields.items():
            if name in value:
                problem = self.problem(field["types"], value[name], f"{where}.{name}")
                if problem:
                    return problem
            elif field["required"]:
                return f"{where}.{name} is missing"
        return None


class TelegramMethod:
    """One method of the Bot API."""

    method = "POST"

    def __init__(self, description: TelegramDescription, told: Mapping[str, Any]) -> None:
        self.name: str = told["name"]
        self._description = description
        self._fields = {field["name"]: field for field in told.get("fields", [])}
        self._returns: Sequence[str] = told.get("returns", [])

    def check_request(self, call: Call, *, allowed: Iterable[str], security: bool) -> list[str]:
        """Unknown, missing and mistyped fields, and limits on length that the Bot API enforces."""
        given: Mapping[str, Any] = call.form or (call.json if call.body[:1] == b"{" else None) or dict(call.query)
        uploads = {name for name, value in given.items() if isinstance(value, FileField) and name not in self._fields}
        problems = [
            f"field {name!r} is not described"
            for name in given
            if name not in self._fields and name not in uploads and name not in set(allowed)
        ]
        for name, field in self._fields.items():
            if name not in given:
                if field["required"]:
                    problems.append(f"field {name!r} is missing")
                continue
            problem = self._field_problem(field, given[name])
            if problem:
                problems.append(problem)
        return problems

    def _field_problem(self, field: Mapping[str, Any], value: Any) -> str | None:
        problem = self._description.problem(field["types"], value, field["name"])
        if problem and isinstance(value, str):  # forms carry everything but text as JSON
            try:
                value = json.loads(value)
            except ValueError:
                return problem
            problem = self._description.problem(field["types"], value, field["name"])
        return problem

    def check_answer(self, answer: Answer, *, allowed: Iterable[int]) -> list[str]:
        """`ok` with a result of the right type, or an error with a code and a description."""
        body = answer.body
        if not isinstance(body, dict) or not isinstance(body.get("ok"), bool):
            return ["the answer has no ok"]
        if not body["ok"]:
            return [] if {"error_code", "description"} <= set(body) else ["an error needs error_code and description"]
        if "result" not in body:
            return ["the answer has no result"]
        problem = self._description.problem(self._returns, body["result"], "result") if self._returns else None
        return [problem] if problem else []

    def unknown_fields(self, answer: Answer) -> set[str]:
        """None: `check_answer` objects to them already."""
        return set()
