"""How picks are explained can be set under the name that many know, and the project's own name is stronger."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import InvalidSettings
from bot.settings import load_settings


@pytest.fixture(autouse=True)
def elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("EXPLANATION_MODE", raising=False)
    monkeypatch.delenv("RECOMMENDARR_EXPLANATIONS__MODE", raising=False)
    return tmp_path


def test_without_a_word_it_is_auto() -> None:
    assert load_settings().explanations.mode == "auto"


def test_the_short_name_is_understood_in_the_environment_and_in_the_file(
    monkeypatch: pytest.MonkeyPatch, elsewhere: Path
) -> None:
    (elsewhere / ".env").write_text("EXPLANATION_MODE=llm\n")
    assert load_settings().explanations.mode == "llm"
    monkeypatch.setenv("EXPLANATION_MODE", " Template ")
    assert load_settings().explanations.mode == "template"


def test_the_projects_own_name_is_stronger_and_leaves_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXPLANATION_MODE", "template")
    monkeypatch.setenv("RECOMMENDARR_EXPLANATIONS__LOCAL_SECONDS", "3")
    assert (load_settings().explanations.mode, load_settings().explanations.local_seconds) == ("template", 3.0)
    monkeypatch.setenv("RECOMMENDARR_EXPLANATIONS__MODE", "llm")
    assert load_settings().explanations.mode == "llm"


def test_a_mode_that_there_is_not_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXPLANATION_MODE", "magic")
    with pytest.raises(InvalidSettings, match="RECOMMENDARR_EXPLANATIONS__MODE"):
        load_settings()
