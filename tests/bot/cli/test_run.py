"""What `recommendarr run` asks of the settings, and what `users` does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from bot.cli.app import app
from bot.cli.run_checks import check_runnable
from bot.errors import InvalidSettings, UserFacing
from bot.settings import Settings, load_settings

TELEGRAM = {"token": "123:abc"}
HOOKED = {**TELEGRAM, "webhook": True}
TALK = {"home": {"url": "https://cloud.example.org", "secret": "s" * 40}}


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("RECOMMENDARR_HOME", str(tmp_path / "home"))


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({}, "RECOMMENDARR_TELEGRAM__TOKEN"),
        ({"discord": {"token": "  "}}, "RECOMMENDARR_DISCORD__TOKEN is empty"),
        ({"telegram": HOOKED}, "RECOMMENDARR_WEB__PUBLIC_URL"),
        ({"telegram": HOOKED, "web": {"enabled": False}}, "RECOMMENDARR_WEB__ENABLED"),
        ({"telegram": HOOKED, "web": {"public_url": "http://bot.example.org"}}, "https://"),
        ({"telegram": TELEGRAM, "web": {"public_url": "bot.example.org"}}, "RECOMMENDARR_WEB__PUBLIC_URL"),
        ({"telegram": TELEGRAM, "web": {"public_url": "https://[oops"}}, "RECOMMENDARR_WEB__PUBLIC_URL"),
        ({"nextcloud_talk": TALK, "web": {"enabled": False}}, "RECOMMENDARR_WEB__ENABLED"),
        ({"nextcloud_talk": {"a/b": TALK["home"]}}, "RECOMMENDARR_NEXTCLOUD_TALK__A/B"),
        ({"nextcloud_talk": {"home": {**TALK["home"], "url": "cloud"}}}, "RECOMMENDARR_NEXTCLOUD_TALK__HOME__URL"),
        ({"telegram": TELEGRAM, "admins": ("anna",)}, "RECOMMENDARR_ADMINS"),
        ({"telegram": TELEGRAM, "admins": ("icq:1",)}, "RECOMMENDARR_ADMINS"),
        ({"telegram": TELEGRAM, "admins": ("telegram:",)}, "RECOMMENDARR_ADMINS"),
    ],
)
def test_a_missing_or_contradictory_setting_is_one_sentence_that_names_it(given: dict[str, Any], sentence: str) -> None:
    with pytest.raises(InvalidSettings) as refused:
        check_runnable(load_settings(**given))
    assert sentence in str(refused.value)
    assert "\n" not in str(refused.value)
    assert "123:abc" not in str(refused.value)


@pytest.mark.parametrize(
    "given",
    [
        {"discord": {"token": "t"}},
        {"telegram": TELEGRAM, "web": {"enabled": False}},
        {"telegram": HOOKED, "web": {"public_url": "https://bot.example.org/base"}},
        {"nextcloud_talk": TALK, "admins": ("nextcloud-talk:home/anna", "discord:1")},
    ],
)
def test_what_fits_together_is_taken(given: dict[str, Any]) -> None:
    settings: Settings = load_settings(**given)
    check_runnable(settings)


def test_without_a_platform_run_says_what_to_set() -> None:
    done = CliRunner().invoke(app, ["run"])
    assert isinstance(done.exception, InvalidSettings)


def said(*args: str) -> str:
    done = CliRunner().invoke(app, ["users", *args])
    assert done.exit_code == 0, done.exception
    return done.stdout.strip()


def test_people_are_added_linked_moved_and_unlinked() -> None:
    assert said("list").startswith("There is nobody yet")
    assert said("add", "Anna") == "Anna was added."
    assert said("add", "anna") == "Anna is here already; nothing was changed."
    assert said("add", "Jonas", "--age-limit", "12") == "Jonas was added."
    assert said("link", "@anna", "Telegram", "42") == "telegram:42 is Anna now."
    assert said("link", "Anna", "nextcloud-talk", "home/anna") == "nextcloud-talk:home/anna is Anna now."
    assert said("link", "Jonas", "telegram", "42").splitlines() == ["telegram:42 is Jonas now.", "It was Anna before."]
    assert said("list").splitlines() == ["Anna  nextcloud-talk:home/anna", "Jonas  telegram:42"]
    assert said("unlink", "telegram", "42") == "telegram:42 is not Jonas any more."
    assert said("list").splitlines()[1] == "Jonas  no account"


@pytest.mark.parametrize(
    "args",
    [
        ["link", "Nobody", "telegram", "1"],
        ["link", "Anna", "icq", "1"],
        ["link", "Anna", "telegram", " "],
        ["add", "a\x1bb"],
        ["add", "x" * 101],
        ["unlink", "telegram", "404"],
    ],
)
def test_what_cannot_be_done_with_people_is_one_sentence(args: list[str]) -> None:
    said("add", "Anna")
    done = CliRunner().invoke(app, ["users", *args])
    assert isinstance(done.exception, UserFacing)
