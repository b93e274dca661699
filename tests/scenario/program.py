"""The program `recommendarr sync`, to be killed: the real command line on the real database.

Only what a test cannot have differs: the clock stands still, plex.tv and TMDB answer at local addresses, and TMDB's
limit of requests a second does not apply.
"""

from __future__ import annotations

import functools
import json
import os
import sys
from dataclasses import replace
from pathlib import Path

import structlog

import bot.bootstrap
import bot.bootstrap_sources
import bot.bootstrap_sync
import bot.cli.sync
from adapters.media.plex import plex_tv_config
from adapters.media.tmdb import tmdb_config
from bot.cli.app import app
from tests.fakes.clock import FakeClock

_tmdb = tmdb_config
_plex_tv = plex_tv_config


def settle(home: str, settings: dict[str, str], plex_tv: str) -> None:
    """Make this process one of the program's. `settings`: environment variables; `plex_tv`: where plex.tv answers."""
    os.chdir(home)
    os.environ |= {**settings, "RECOMMENDARR_HOME": home, "RECOMMENDARR_LOG__LEVEL": "error"}
    vars(bot.bootstrap).update(SystemClock=FakeClock)
    vars(bot.bootstrap_sources).update(
        plex_tv_config=functools.partial(_plex_tv, url=plex_tv),
        tmdb_config=lambda *given: replace(_tmdb(*given), per_second=None),
    )


def start(home: str, settings: dict[str, str], plex_tv: str) -> None:
    """Run the command; arguments as those of `settle`."""
    settle(home, settings, plex_tv)
    structlog.reset_defaults()
    told = (Path(home) / "told.txt").open("w")
    sys.stdout = sys.stderr = told
    try:
        app(["sync", "--no-embed", "--json"], standalone_mode=False)
    finally:
        told.flush()


def failed(home: Path) -> list[str]:
    """The sources that the last run to come to its end could not finish."""
    return [source["source"] for source in json.loads((home / "told.txt").read_text())["sources"] if source["error"]]
