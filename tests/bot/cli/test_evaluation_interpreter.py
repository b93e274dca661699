"""How well plain words are understood, as a person reads it."""

from __future__ import annotations

from pathlib import Path

from typer.testing import CliRunner

from bot.cli.app import app


def test_the_figures_are_shown_by_language(tmp_path: Path) -> None:
    labelled = tmp_path / "said.jsonl"
    labelled.write_text('{"text": "hello", "lang": "en", "intent": "smalltalk", "slots": {}}\n', encoding="utf-8")
    shown = CliRunner().invoke(
        app, ["evaluate", "interpreter", str(labelled)], env={"RECOMMENDARR_HOME": str(tmp_path / "home")}
    )
    assert shown.exit_code == 0
    assert "intent_accuracy" in shown.output
    assert "1.0000" in shown.output
