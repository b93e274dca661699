"""The prompts of single questions to a language model: Markdown files with a head that says what goes in and out.

---
job: explain
version: 1
inputs: language, data
output: {"type": "object", ...}     the JSON Schema of the answer, on one line
---
Text with $language and $data.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from string import Template
from typing import Any


@dataclass(frozen=True, slots=True)
class Prompt:
    """One job: what it needs, and the form of the answer. `version` changes whenever the words do."""

    job: str
    version: str
    inputs: frozenset[str]
    output: Mapping[str, Any]
    text: str

    def filled(self, **values: str) -> str:
        """The prompt with its inputs in place; what they hold is not looked at again. Raises: KeyError."""
        if set(values) != self.inputs:
            raise KeyError(", ".join(sorted(self.inputs ^ set(values))))
        return Template(self.text).substitute(values)


@cache
def load_prompt(job: str) -> Prompt:
    """The prompt in `prompts/<job>.md`. Raises: ValueError, when it is not written as above."""
    return read_prompt((resources.files("prompts") / f"{job}.md").read_text("utf-8"))


def read_prompt(text: str) -> Prompt:
    """Read one prompt and check that its head and its text agree. Raises: ValueError."""
    opening, _mark, rest = text.partition("---\n")
    head, mark, body = rest.partition("\n---\n")
    if opening.strip() or not mark:
        raise ValueError("A prompt begins with its head between two lines of three dashes.")
    fields = dict(line.split(": ", 1) for line in head.splitlines() if ": " in line)
    missing = {"job", "version", "inputs", "output"} - set(fields)
    if missing:
        raise ValueError(f"The head of the prompt lacks {', '.join(sorted(missing))}.")
    inputs = frozenset(name.strip() for name in fields["inputs"].split(",") if name.strip())
    template = Template(body.strip())
    if not template.is_valid() or set(template.get_identifiers()) != inputs:
        raise ValueError(f"The text of the prompt “{fields['job']}” does not use exactly the inputs that it names.")
    output = json.loads(fields["output"])
    if not isinstance(output, dict):
        raise ValueError(f"The output of the prompt “{fields['job']}” is no JSON Schema.")  # noqa: TRY004 - of the file
    return Prompt(fields["job"], fields["version"], inputs, output, body.strip())


def fenced(data: object) -> str:
    """Data as JSON that cannot close the marks around it."""
    text = json.dumps(data, ensure_ascii=False, indent=1)
    return text.replace("<", "\\u003c").replace(">", "\\u003e")


def read_object(text: str) -> dict[str, Any]:
    """The JSON object in a model's answer, words and code marks around it aside. Raises: ValueError."""
    start, end = text.find("{"), text.rfind("}")
    if start < 0 or end < start:
        raise ValueError("no JSON object")
    try:
        found = json.loads(text[start : end + 1])
    except RecursionError:
        raise ValueError("nested too deeply") from None
    if not isinstance(found, dict):
        raise ValueError("no JSON object")  # noqa: TRY004 - of the text, not of an argument
    return found
