"""No answer names a title that may not be shown to that person in that place: not even in a reason or a choice.

`RECOMMENDARR_SECRET_ANSWERS` sets how many answers are looked at; `make soak` looks at 10,000 and keeps the
counts in the folder that `RECOMMENDARR_SECRET_REPORT` names.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.bot.identity.secrets_kept import RandomHousehold

ANSWERS = int(os.environ.get("RECOMMENDARR_SECRET_ANSWERS") or 300)
REPORT = os.environ.get("RECOMMENDARR_SECRET_REPORT")
_TURNS = 75  # each is an answer and an auto-completion


@pytest.mark.parametrize("part", range(2))
async def test_no_answer_names_what_may_not_be_shown_there(part: int) -> None:
    answers = named = 0
    seed = part
    while answers < ANSWERS / 2:
        household = RandomHousehold(seed)
        await household.furnish()
        leaks = await household.talk(_TURNS)
        assert not leaks, f"seed {seed}: {leaks[0]}"
        answers, named, seed = answers + household.answers, named + household.named, seed + 2
    assert named > answers / 2, "hardly a title was named: this shows nothing"
    if REPORT:
        text = json.dumps({"answers": answers, "titles_named": named, "leaks": 0}, indent=1)
        _write(Path(REPORT) / f"secrets-kept-{part}.json", text + "\n")


def _write(path: Path, text: str) -> None:
    path.write_text(text)
