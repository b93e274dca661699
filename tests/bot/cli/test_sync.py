"""`recommendarr sync` from the outside: what it says, and with which exit status."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli.app import app
from bot.cli.sync import lines_of, stage_name, words_of
from bot.errors import InvalidSettings, Locked
from bot.services.sync import SourceResult, StageResult, SyncSummary
from tests.bot.services.sync.house import House
from tests.fakes.clock import FakeClock
from tests.fakes.storage import FakeStorage

runner = CliRunner()


@pytest.fixture
def at_home(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own and no settings of anybody's."""
    monkeypatch.chdir(home)
    monkeypatch.setenv("RECOMMENDARR_HOME", str(home))
    return home


def test_without_a_source_it_says_which_setting_is_missing(at_home: Path) -> None:
    result = runner.invoke(app, ["sync"])
    assert isinstance(result.exception, InvalidSettings)
    assert "RECOMMENDARR_PLEX__URL" in str(result.exception)
    assert at_home.exists()


def test_a_server_that_is_down_is_told_and_fails_the_command(at_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RECOMMENDARR_JELLYFIN__URL", "http://127.0.0.1:9")
    monkeypatch.setenv("RECOMMENDARR_JELLYFIN__API_KEY", "abc123secret")
    result = runner.invoke(app, ["sync", "--no-embed", "--json"])
    assert result.exit_code == 1
    (source,) = json.loads(result.stdout.splitlines()[-1])["sources"]
    assert source["source"] == "jellyfin"
    assert source["error"]
    assert "abc123secret" not in result.output
    assert (at_home / "recommendarr.db").exists()


def test_of_two_commands_the_second_is_refused(at_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from filelock import FileLock

    monkeypatch.setenv("RECOMMENDARR_JELLYFIN__URL", "http://127.0.0.1:9")
    monkeypatch.setenv("RECOMMENDARR_JELLYFIN__API_KEY", "abc123secret")
    with FileLock(at_home / "sync.lock"):
        result = runner.invoke(app, ["sync"])
    assert isinstance(result.exception, Locked)
    assert str(result.exception) == "Another sync is running; wait until it is done."


async def test_every_stage_and_change_has_words(fake_storage: FakeStorage, clock: FakeClock) -> None:
    house = House(fake_storage, clock)
    summary = await house.sync.run()
    text = "\n".join(lines_of(summary))
    assert "plex: 2 people (2 new, 2 changed); 6 titles (6 new)" in text
    assert "2 waiting for their title or person" in text
    assert "1 request" in text
    for what in ("new", "changed", "gone", "waiting", "doubtful", "doubled", "described", "unknown", "joined"):
        assert words_of(StageResult("titles", 1, {what: 1})).startswith("1 titles (1 ")
    assert stage_name("metadata") == "descriptions"
    failed = SyncSummary((SourceResult("plex", (), 1, "It is down."),), 1.25, 3)
    assert lines_of(failed) == ["plex: 1 request", "plex: It is down.", "Embedded 3 titles.", "Synced in 1.2 seconds."]
