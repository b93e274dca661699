"""OpenAPI 3.0 and 3.1 schemas as validators, built when they are first needed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import unquote

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError, best_match

_MAPS = {"properties", "patternProperties", "$defs", "dependentSchemas"}
_LISTS = {"allOf", "anyOf", "oneOf", "prefixItems"}
_SINGLES = {"items", "additionalProperties", "not", "if", "then", "else", "contains", "propertyNames"}
# Documentation, and what JSON Schema does not know. Formats are not checked.
_DROPPED = {"example", "examples", "description", "title", "xml", "externalDocs", "discriminator", "default", "format"}
_DROPPED |= {"deprecated", "nullable", "readOnly", "writeOnly", "$schema", "$id"}


class Schemas:
    """The schemas of one document. `loose`: guessed schemas, in which anything may be null and integers are numbers."""

    def __init__(self, document: Mapping[str, Any], *, loose: bool = False) -> None:
        self._document = document
        self._loose = loose
        self._converted: dict[str, Any] = {}
        self._validators: dict[tuple[int, bool], Draft202012Validator] = {}

    def resolve(self, node: Any) -> Any:
        """What a node with a `$ref` stands for, and any other node itself."""
        while isinstance(node, Mapping) and "$ref" in node:
            node = self._at(node["$ref"])
        return node

    def problems(self, schema: Any, value: Any, *, request: bool = False) -> str | None:
        """What is wrong with a value, in one line; None when it fits."""
        key = (id(schema), request)
        if key not in self._validators:
            self._validators[key] = self._validator(schema, request=request)
        error = best_match(self._validators[key].iter_errors(value))
        return None if error is None else _told(error)

    def unknown(self, schema: Any, value: Any, path: str = "$") -> set[str]:
        """Paths of the properties that the schema does not name, where it names any and leaves no room for others."""
        parts = list(self._flat(schema, set()))
        if isinstance(value, list):
            inner = {"anyOf": [part["items"] for part in parts if "items" in part]}
            return set().union(*(self.unknown(inner, entry, f"{path}[]") for entry in value))
        if not isinstance(value, Mapping):
            return set()
        named = [part["properties"] for part in parts if part.get("properties")]
        is_open = not named or any(part.get("additionalProperties") for part in parts)
        found: set[str] = set()
        for name, entry in value.items():
            inner = {"anyOf": [properties[name] for properties in named if name in properties]}
            if inner["anyOf"]:
                found |= self.unknown(inner, entry, f"{path}.{name}")
            elif not is_open:
                found.add(f"{path}.{name}")
        return found

    def _flat(self, schema: Any, seen: set[int]) -> Iterator[Mapping[str, Any]]:
        """A schema and all that it is composed of, references resolved."""
        plain = self.resolve(schema)
        if isinstance(plain, Mapping) and id(plain) not in seen:
            seen.add(id(plain))
            yield plain
            for key in ("allOf", "anyOf", "oneOf"):
                for part in plain.get(key, ()):
                    yield from self._flat(part, seen)

    def _validator(self, schema: Any, *, request: bool) -> Draft202012Validator:
        needed: dict[str, Any] = {}
        root = self._convert(schema, request=request)
        waiting = list(_refs(root))
        while waiting:
            ref = waiting.pop()
            if ref in needed:
                continue
            name = f"{ref}|{request}"
            if name not in self._converted:
                self._converted[name] = self._convert(self._at("#" + ref), request=request)
            needed[ref] = self._converted[name]
            waiting.extend(_refs(needed[ref]))
        names = {ref: f"s{index}" for index, ref in enumerate(sorted(needed))}
        defs = {names[ref]: _renamed(value, names) for ref, value in needed.items()}
        renamed = _renamed(root, names)
        return Draft202012Validator({**renamed, "$defs": defs} if isinstance(renamed, dict) else renamed)

    def _at(self, ref: str) -> Any:
        node: Any = self._document
        for part in ref.removeprefix("#/").split("/"):
            name = unquote(part).replace("~1", "/").replace("~0", "~")
            node = node[int(name)] if isinstance(node, list) else node[name]
        return node

    def _convert(self, schema: Any, *, request: bool) -> Any:
        """The schema in the words of JSON Schema 2020-12; references are left as `{"$ref": pointer}`."""
        if not isinstance(schema, Mapping):
            return schema
        if "$ref" in schema and isinstance(schema["$ref"], str):
            target: dict[str, Any] = {"$ref": schema["$ref"].removeprefix("#")}
            return {"anyOf": [target, {"type": "null"}]} if self._loose or schema.get("nullable") else target
        result = {key: self._part(key, value, request) for key, value in schema.items() if not _dropped(key)}
        for bound, exclusive in (("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")):
            if isinstance(result.get(exclusive), bool) and result.pop(exclusive):
                result[exclusive] = result.pop(bound)
        if "required" in result:
            properties = schema.get("properties", {})
            one_way = "readOnly" if request else "writeOnly"
            result["required"] = [name for name in result["required"] if not _flagged(properties.get(name), one_way)]
            if self._loose and not request:
                del result["required"]
        if self._loose and result.get("type") == "integer":
            result["type"] = "number"
        if self._loose or schema.get("nullable"):
            return {"anyOf": [result, {"type": "null"}]} if result else {}
        return result

    def _part(self, key: str, value: Any, request: bool) -> Any:
        if key in _MAPS and isinstance(value, Mapping):
            return {name: self._convert(part, request=request) for name, part in value.items()}
        if key in _LISTS and isinstance(value, list):
            return [self._convert(part, request=request) for part in value]
        if key in _SINGLES:
            return self._convert(value, request=request)
        return value


def _dropped(key: str) -> bool:
    return key in _DROPPED or key.startswith("x-")


def _flagged(schema: Any, flag: str) -> bool:
    return isinstance(schema, Mapping) and bool(schema.get(flag))


def _refs(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            yield node["$ref"]
        for value in node.values():
            yield from _refs(value)
    elif isinstance(node, list):
        for value in node:
            yield from _refs(value)


def _renamed(node: Any, names: Mapping[str, str]) -> Any:
    if isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            return {"$ref": f"#/$defs/{names[node['$ref']]}"}
        return {key: _renamed(value, names) for key, value in node.items()}
    if isinstance(node, list):
        return [_renamed(value, names) for value in node]
    return node


def _told(error: ValidationError) -> str:
    message = error.message if len(error.message) <= 300 else error.message[:150] + " … " + error.message[-140:]
    return f"{error.json_path}: {message}"
