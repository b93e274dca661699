"""Files that the conversational evaluations read: one JSON object per line, each error with its line number."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from bot.errors import InvalidFile
from bot.i18n import gettext as _

Value = TypeVar("Value")


def read_lines(path: Path, parse: Callable[[Mapping[str, Any]], Value]) -> list[Value]:
    """Every line that is not blank, parsed. Raises: InvalidFile naming the line."""
    found: list[Value] = []
    try:
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    found.append(_parsed(path, number, line, parse))
    except OSError as error:
        raise InvalidFile(_("{file} cannot be read: {why}.").format(file=path, why=error.strerror)) from error
    except UnicodeDecodeError as error:
        raise InvalidFile(_("{file} is not UTF-8 text.").format(file=path)) from error
    if not found:
        raise InvalidFile(_("{file} holds no lines.").format(file=path))
    return found


def _parsed(path: Path, number: int, line: str, parse: Callable[[Mapping[str, Any]], Value]) -> Value:
    try:
        record = json.loads(line)
        # A list or a number fails here, as an object without the keys does.
        return parse(dict(record.items()))
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
        raise InvalidFile(
            _("Line {number} of {file} is not what is expected here.").format(number=number, file=path)
        ) from error
