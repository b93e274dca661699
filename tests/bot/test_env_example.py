"""`.env.example` names every setting, none that does not exist, and gives the values that hold without it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import BaseModel

from bot.settings import Settings, TalkServerSettings, load_settings

EXAMPLE = Path(__file__).parents[2] / ".env.example"
LINE = re.compile(r"# (RECOMMENDARR_[A-Z0-9_]+)=(.*)")
NOT_DEFAULTS = ("_URL", "ADMINS", "HOME")  # examples of what everybody sets for themselves


def named(model: type[BaseModel], prefix: str) -> Iterator[str]:
    for name, field in model.model_fields.items():
        sections = [
            kind
            for kind in (field.annotation, *getattr(field.annotation, "__args__", ()))
            if isinstance(kind, type) and issubclass(kind, BaseModel)
        ]
        if name == "nextcloud_talk":
            yield from named(TalkServerSettings, f"{prefix}NEXTCLOUD_TALK__HOME__")
        elif sections:
            yield from named(sections[0], f"{prefix}{name.upper()}__")
        else:
            yield prefix + name.upper()


def written() -> dict[str, str]:
    return {match[1]: match[2] for line in EXAMPLE.read_text().splitlines() if (match := LINE.fullmatch(line))}


def test_every_setting_is_in_the_example_and_nothing_else() -> None:
    assert sorted(written()) == sorted(named(Settings, "RECOMMENDARR_"))


def test_nothing_in_the_example_is_in_force() -> None:
    assert all(line.startswith("#") or not line for line in EXAMPLE.read_text().splitlines())


def test_the_values_shown_are_those_that_hold_without_them(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    required = {  # so that a section exists at all
        "RECOMMENDARR_PLEX__TOKEN": "t",
        "RECOMMENDARR_TAUTULLI__API_KEY": "t",
        "RECOMMENDARR_JELLYFIN__API_KEY": "t",
        "RECOMMENDARR_SEERR__API_KEY": "t",
        "RECOMMENDARR_TMDB__TOKEN": "t",
        "RECOMMENDARR_DISCORD__TOKEN": "t",
        "RECOMMENDARR_TELEGRAM__TOKEN": "t",
        "RECOMMENDARR_NEXTCLOUD_TALK__HOME__SECRET": "s" * 40,
    }
    needed = {name: value for name, value in written().items() if name.endswith("__URL") and value}
    for name, value in {**required, **needed}.items():
        monkeypatch.setenv(name, value)
    without = load_settings()
    for name, value in written().items():
        if value and not any(part in name for part in NOT_DEFAULTS) and name not in required:
            monkeypatch.setenv(name, value)
    # Languages and limits are told by their own defaults; nothing may change when the example is uncommented.
    changed = load_settings()
    assert changed.model_dump(exclude={"locale"}) == without.model_dump(exclude={"locale"})
