"""Turns frozen values made of arrays and names into one JSON document and a row of arrays, and back.

Only dataclasses and enumerations of our own packages are read back, each by its name, so a file on the shelf can name
data but no code.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from enum import Enum
from importlib import import_module
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

_OWN = ("engine.", "bot.")

Array = NDArray[Any]


class Unshelvable(Exception):
    """A value, or a document, that the codec cannot turn into the other."""


def encode(value: object, keep: Callable[[Array], int]) -> Any:
    """The JSON form of `value`; `keep` stores an array and says its place. Raises: Unshelvable."""
    if value is None or isinstance(value, bool | str) or type(value) in (int, float):
        return value
    if isinstance(value, Enum):
        return {"enum": _name(type(value)), "value": value.value}
    if isinstance(value, np.ndarray):
        return {"array": keep(value)}
    if isinstance(value, csr_array):
        return {"csr": [keep(part) for part in (value.data, value.indices, value.indptr)], "shape": list(value.shape)}
    if isinstance(value, bytes):
        return {"bytes": keep(np.frombuffer(value, dtype=np.uint8))}
    if isinstance(value, datetime):
        return {"datetime": value.isoformat()}
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return _encode_dataclass(value, keep)
    return _encode_container(value, keep)


def decode(data: Any, array: Callable[[int], Array]) -> Any:
    """The value behind its JSON form; `array` gives the array at a place. Raises: Unshelvable."""
    if not isinstance(data, dict):
        return data
    kind = next(iter(data))
    reader = _READERS.get(kind)
    if reader is None:
        raise Unshelvable(f"unknown kind {kind}")
    return reader(data, array)


def _encode_dataclass(value: Any, keep: Callable[[Array], int]) -> Any:
    fields = {field.name: encode(getattr(value, field.name), keep) for field in dataclasses.fields(value)}
    return {"dataclass": _name(type(value)), "fields": fields}


def _encode_container(value: object, keep: Callable[[Array], int]) -> Any:
    if isinstance(value, tuple | list):
        kind = "tuple" if isinstance(value, tuple) else "list"
        if all(isinstance(entry, str) for entry in value):
            return {kind: list(value), "plain": True}
        return {kind: [encode(entry, keep) for entry in value], "plain": False}
    if isinstance(value, frozenset):
        return {"frozenset": sorted(encode(entry, keep) for entry in value)}
    if isinstance(value, Mapping):
        plain = all(type(entry) in (int, float, str) for entry in value.values())
        entries = list(value.values()) if plain else [encode(entry, keep) for entry in value.values()]
        return {"dict": [encode(key, keep) for key in value], "values": entries, "plain": plain}
    raise Unshelvable(f"cannot keep a {type(value).__name__}")


def _name(cls: type) -> str:
    name = f"{cls.__module__}:{cls.__qualname__}"
    if not name.startswith(_OWN):
        raise Unshelvable(f"{name} is not ours")
    return name


def _class(name: str) -> Any:
    module, _, qualname = name.partition(":")
    if not name.startswith(_OWN) or not qualname.isidentifier():
        raise Unshelvable(f"{name} is not ours")
    found = getattr(import_module(module), qualname, None)
    if not isinstance(found, type) or not (dataclasses.is_dataclass(found) or issubclass(found, Enum)):
        raise Unshelvable(f"{name} is not a value")
    return found


def _dataclass(data: Any, array: Callable[[int], Array]) -> Any:
    cls = _class(data["dataclass"])
    if {field.name for field in dataclasses.fields(cls)} != set(data["fields"]):
        raise Unshelvable(f"{data['dataclass']} has other fields now")
    # Through the fields themselves: a post-init of the class has had its say when the value was made.
    made = object.__new__(cls)
    for name, value in data["fields"].items():
        object.__setattr__(made, name, decode(value, array))
    return made


def _csr(data: Any, array: Callable[[int], Array]) -> csr_array:
    parts = tuple(array(place) for place in data["csr"])
    return csr_array(parts, shape=tuple(data["shape"]))


def _entries(data: Any, kind: str, array: Callable[[int], Array]) -> Sequence[Any]:
    entries: list[Any] = data[kind]
    return entries if data["plain"] else [decode(entry, array) for entry in entries]


_READERS: Mapping[str, Callable[[Any, Callable[[int], Array]], Any]] = {
    "enum": lambda data, _array: _class(data["enum"])(data["value"]),
    "array": lambda data, array: array(data["array"]),
    "csr": _csr,
    "bytes": lambda data, array: array(data["bytes"]).tobytes(),
    "datetime": lambda data, _array: datetime.fromisoformat(data["datetime"]),
    "dataclass": _dataclass,
    "tuple": lambda data, array: tuple(_entries(data, "tuple", array)),
    "list": lambda data, array: list(_entries(data, "list", array)),
    "frozenset": lambda data, array: frozenset(decode(entry, array) for entry in data["frozenset"]),
    "dict": lambda data, array: dict(
        zip(
            (decode(key, array) for key in data["dict"]),
            _entries(data, "values", array),
            strict=True,
        )
    ),
}
