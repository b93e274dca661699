"""Operations of an OpenAPI description: which one a request belongs to, and what is wrong with it or its answer."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol
from urllib.parse import unquote

from tests.contracts.kit.calls import Answer, Call
from tests.contracts.kit.schemas import Schemas

_METHODS = ("get", "put", "post", "delete", "patch", "head", "options")
_UNDESCRIBED_HEADERS = {"accept", "content-type", "authorization"}  # OpenAPI ignores parameters of these names
_NOT_JSON = object()


class Operation(Protocol):
    """One thing a service can be asked."""

    method: str
    name: str

    def check_request(self, call: Call, *, allowed: Iterable[str], security: bool) -> list[str]:
        """What is wrong with a request; `allowed`: query names beyond the description."""
        ...

    def check_answer(self, answer: Answer, *, allowed: Iterable[int]) -> list[str]:
        """What is wrong with an answer; `allowed`: statuses beyond the description."""
        ...

    def unknown_fields(self, answer: Answer) -> set[str]:
        """Paths of what an answer holds beyond the description, such as "$.results[].colour"."""
        ...


class Description(Protocol):
    """What a service is described to understand."""

    base: str

    def match(self, method: str, path: str, query: Mapping[str, str]) -> tuple[Operation, Mapping[str, str]] | None:
        """The operation of a request and the values in its path; None when there is none. `path` is without `base`."""
        ...

    def operation(self, method: str, name: str) -> Operation | None:
        """The operation of that name."""
        ...


class OpenApiDescription:
    """A parsed OpenAPI document."""

    def __init__(self, document: Mapping[str, Any], *, base: str, loose: bool, dropped: Sequence[str]) -> None:
        self.base = base
        self.document = document
        self.schemas = Schemas(document, loose=loose)
        templates = [template for template in document["paths"] if template not in dropped]
        # The most concrete template first: /messages/@original before /messages/{id}.
        self._patterns = [
            (_pattern(template), template) for template in sorted(templates, key=lambda text: text.count("{"))
        ]
        self._operations: dict[tuple[str, str], OpenApiOperation] = {}

    def match(self, method: str, path: str, query: Mapping[str, str]) -> tuple[Operation, Mapping[str, str]] | None:
        """See `Description`."""
        for pattern, template in self._patterns:
            found = pattern.fullmatch(path)
            operation = self.operation(method, template) if found else None
            if found and operation:
                names = re.findall(r"{([^}]+)}", template)
                return operation, dict(zip(names, map(unquote, found.groups()), strict=True))
        return None

    def operation(self, method: str, name: str) -> OpenApiOperation | None:
        """See `Description`."""
        key = (method.lower(), name)
        if key not in self._operations:
            item = self.document["paths"].get(name, {})
            if method.lower() not in _METHODS or method.lower() not in item:
                return None
            self._operations[key] = OpenApiOperation(self, method.upper(), name)
        return self._operations[key]


@dataclass
class OpenApiOperation:
    """One method of one path."""

    description: OpenApiDescription
    method: str
    name: str

    @cached_property
    def _raw(self) -> Mapping[str, Any]:
        item: Mapping[str, Any] = self.description.document["paths"][self.name]
        return dict(item[self.method.lower()])

    @cached_property
    def _parameters(self) -> list[Mapping[str, Any]]:
        """Resolved; of duplicates the last counts."""
        resolve = self.description.schemas.resolve
        given = [*self.description.document["paths"][self.name].get("parameters", []), *self._raw.get("parameters", [])]
        found = {(parameter["in"], parameter["name"].lower()): parameter for parameter in map(resolve, given)}
        return list(found.values())

    @cached_property
    def _query_names(self) -> set[str]:
        names: set[str] = set()
        for parameter in self._in("query"):
            schema = self.description.schemas.resolve(parameter.get("schema", {}))
            if isinstance(schema, Mapping) and schema.get("type") == "object":
                names |= set(schema.get("properties", {}))
            names |= {parameter["name"], parameter["name"] + "[]"}
        return names

    def _in(self, where: str) -> list[Mapping[str, Any]]:
        return [parameter for parameter in self._parameters if parameter["in"] == where]

    def check_request(self, call: Call, *, allowed: Iterable[str], security: bool) -> list[str]:
        """See `Operation`."""
        problems = [
            f"query parameter {name!r} is not described"
            for name in dict.fromkeys(call.query)
            if name not in self._query_names | self._key_names() and name not in set(allowed)
        ]
        for where, values in (("query", call.query), ("header", call.headers)):
            for parameter in self._in(where):
                name = parameter["name"]
                if where == "header" and name.lower() in _UNDESCRIBED_HEADERS:
                    continue
                if name not in values and name + "[]" not in values:
                    if parameter.get("required"):
                        problems.append(f"{where} parameter {name!r} is missing")
                    continue
                texts = values.getall(name, []) or values.getall(name + "[]", [])
                problems += self._value_problems(parameter, texts)
        for parameter in self._in("path"):
            if parameter["name"] in call.params:
                problems += self._value_problems(parameter, [call.params[parameter["name"]]])
        if security and not self._secured(call):
            problems.append("none of the described ways to authenticate is used")
        return problems + self._body_problems(call)

    def _value_problems(self, parameter: Mapping[str, Any], texts: Sequence[str]) -> list[str]:
        schemas = self.description.schemas
        schema = parameter.get("schema")
        if schema is None:
            return []
        plain = schemas.resolve(schema)
        kinds = plain.get("type") if isinstance(plain, Mapping) else None
        if kinds == "object":
            return []
        if kinds == "array" or (isinstance(kinds, list) and "array" in kinds):
            parts = [part for text in texts for part in (text.split(",") if len(texts) == 1 else [text])]
            problems = [
                problem for part in parts if (problem := self._scalar_problem(plain.get("items", {}), part)) is not None
            ]
        elif len(texts) > 1:
            problems = ["comes more than once"]
        else:
            problem = self._scalar_problem(schema, texts[0])
            problems = [problem] if problem else []
        return [f"{parameter['in']} parameter {parameter['name']!r}: {problem}" for problem in problems]

    def _scalar_problem(self, schema: Any, text: str) -> str | None:
        candidates: list[Any] = [text]
        if re.fullmatch(r"-?\d+", text):
            candidates.append(int(text))
        elif re.fullmatch(r"-?\d+\.\d+", text):
            candidates.append(float(text))
        elif text in {"true", "false"}:
            candidates.append(text == "true")
        told = [self.description.schemas.problems(schema, candidate, request=True) for candidate in candidates]
        return None if None in told else told[-1]

    def _key_names(self) -> set[str]:
        return {scheme["name"] for scheme in self._schemes() if scheme.get("in") == "query"}

    def _schemes(self) -> list[Mapping[str, Any]]:
        schemes = self.description.document.get("components", {}).get("securitySchemes", {})
        wanted = self._raw.get("security", self.description.document.get("security", []))
        return [schemes[name] for way in wanted for name in way if name in schemes]

    def _secured(self, call: Call) -> bool:
        wanted = self._raw.get("security", self.description.document.get("security", []))
        schemes = self._schemes()
        if not schemes or {} in wanted:
            return True
        return any(
            (scheme["type"] != "apiKey" and "Authorization" in call.headers)
            or (scheme.get("in") == "header" and scheme["name"] in call.headers)
            or (scheme.get("in") == "query" and scheme["name"] in call.query)
            for scheme in schemes
        )

    def _body_problems(self, call: Call) -> list[str]:
        body = self.description.schemas.resolve(self._raw.get("requestBody"))
        if not body:
            return ["a body is sent where none is described"] if call.body else []
        if not call.body:
            return ["the body is missing"] if body.get("required") else []
        kind = call.headers.get("Content-Type", "").split(";")[0].strip()
        media = next((part for name, part in body["content"].items() if name.split(";")[0].strip() == kind), None)
        if media is None:
            return [f"a body of type {kind!r} is not described, only {sorted(body['content'])}"]
        if not kind.endswith("json") or "schema" not in media:
            return []
        value = _loaded(call.body)
        if value is _NOT_JSON:
            return ["the body is no JSON"]
        problem = self.description.schemas.problems(media["schema"], value, request=True)
        return [f"body {problem}"] if problem else []

    def check_answer(self, answer: Answer, *, allowed: Iterable[int]) -> list[str]:
        """See `Operation`."""
        found = self._response(answer)
        if found is None:
            return [] if answer.status in set(allowed) else [f"status {answer.status} is not described"]
        schema = self._answer_schema(answer)
        problem = None if schema is None else self.description.schemas.problems(schema, answer.body)
        return [f"answer {answer.status} {problem}"] if problem else []

    def unknown_fields(self, answer: Answer) -> set[str]:
        """See `Operation`."""
        schema = self._answer_schema(answer)
        return set() if schema is None else self.description.schemas.unknown(schema, answer.body)

    def _response(self, answer: Answer) -> Any:
        responses = {str(status).upper(): response for status, response in self._raw.get("responses", {}).items()}
        return responses.get(str(answer.status), responses.get(f"{answer.status // 100}XX", responses.get("DEFAULT")))

    def _answer_schema(self, answer: Answer) -> Any:
        """The schema of a JSON answer with that status; None where nothing is described."""
        response = self.description.schemas.resolve(self._response(answer)) or {}
        kinds = response.get("content", {}).items()
        media = next((part for name, part in kinds if name.split(";")[0].strip().endswith("json")), None)
        return media["schema"] if answer.is_json and media is not None and "schema" in media else None


def _pattern(template: str) -> re.Pattern[str]:
    parts = re.split(r"({[^}]+})", template)
    return re.compile("".join("([^/]+)" if part.startswith("{") else re.escape(part) for part in parts))


def _loaded(body: bytes) -> Any:
    try:
        return json.loads(body)
    except ValueError:
        return _NOT_JSON
