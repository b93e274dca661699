"""Prompts are read when the program starts, so that a broken one is not found in a conversation."""

from __future__ import annotations

from importlib import resources

import pytest

from bot import bootstrap_models
from bot.bootstrap_models import PROMPTS, check_prompts
from bot.errors import InvalidSettings


def test_every_prompt_of_the_project_is_checked_and_good() -> None:
    files = {
        file.name.removesuffix(".md") for file in resources.files("prompts").iterdir() if file.name.endswith(".md")
    }
    assert set(PROMPTS) == files
    check_prompts()


@pytest.mark.parametrize("wrong", [{"no-such-job": {"x"}}, {"agent": {"language"}}, {"explain": {"data"}}])
def test_a_prompt_that_is_missing_or_takes_something_else_is_named(
    wrong: dict[str, set[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bootstrap_models, "PROMPTS", wrong)
    with pytest.raises(InvalidSettings, match=next(iter(wrong))):
        check_prompts()
