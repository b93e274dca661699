"""The prompts: one Markdown file per job, whose front matter says what is put into it; checked when it is read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

_PLACE = re.compile(r"\{\{(\w+)\}\}")


@dataclass(frozen=True, slots=True)
class Prompt:
    """`inputs`: the names in double braces, each of which must be given."""

    job: str
    version: str
    inputs: frozenset[str]
    text: str

    def filled(self, values: Mapping[str, str]) -> str:
        """The text with its inputs. Raises: KeyError, when one is missing."""
        return _PLACE.sub(lambda place: values[place[1]], self.text)


@cache
def prompt(job: str) -> Prompt:
    """The prompt of a job. Raises: ValueError, for a file that does not hold together."""
    source = (resources.files("prompts") / f"{job}.md").read_text(encoding="utf-8")
    head, mark, text = source.removeprefix("---\n").partition("\n---\n")
    if not mark:
        raise ValueError(f"prompts/{job}.md has no front matter")
    said = {key.strip(): value.strip() for key, _, value in (line.partition(":") for line in head.splitlines())}
    inputs = frozenset(name.strip() for name in said.get("inputs", "").split(",") if name.strip())
    used = frozenset(_PLACE.findall(text))
    if said.get("job") != job or "version" not in said or "output" not in said or used != inputs:
        raise ValueError(f"prompts/{job}.md does not say its job, version, output and inputs ({sorted(used ^ inputs)})")
    return Prompt(job, said["version"], inputs, text.strip())
