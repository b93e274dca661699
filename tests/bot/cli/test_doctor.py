"""`recommendarr doctor`: what it says of services that work, fail or are missing."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from bot.cli.app import app
from bot.errors import Rejected, Unavailable
from bot.ports.media import Health
from bot.services.doctor import SERVICES, examine
from tests.fakes.services.tmdb import API_KEY, READ_TOKEN, FakeTmdb


@pytest.fixture
def tmdb() -> Iterator[FakeTmdb]:
    """TMDB in a thread of its own, since a command runs a loop of its own."""
    loop, fake = asyncio.new_event_loop(), FakeTmdb()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    asyncio.run_coroutine_threadsafe(fake.server.__aenter__(), loop).result()
    yield fake
    asyncio.run_coroutine_threadsafe(fake.server.__aexit__(), loop).result()
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    loop.close()
    fake.server.assert_clean()


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str, **settings: str) -> Result:
        environment = {f"RECOMMENDARR_{name.upper()}": value for name, value in settings.items()}
        return CliRunner().invoke(
            app, ["doctor", *arguments], env={"RECOMMENDARR_HOME": str(tmp_path / "home"), **environment}
        )

    return call


def test_an_installation_without_services_is_told_what_it_misses(run: Any) -> None:
    result = run()
    assert result.exit_code == 0
    assert result.stdout.count("not configured") == len(SERVICES)
    for words in ("Without a media server", "similar titles", "Request button", "only the terminal"):
        assert result.stdout.count(words) == 1
    assert "Tautulli is unknown" not in result.stdout  # without Plex, Tautulli is no loss


def test_a_service_that_works_is_told_with_its_version(run: Any, tmdb: FakeTmdb) -> None:
    for key in (READ_TOKEN, API_KEY):
        result = run("--json", tmdb__token=key, tmdb__url=tmdb.url)
        assert result.exit_code == 0, result.stdout
        told = {each["service"]: each for each in json.loads(result.stdout)["services"]}
        assert told["tmdb"]["ok"] and told["tmdb"]["version"] == "3" and told["tmdb"]["missed"] is None
        assert not told["plex"]["configured"] and told["plex"]["missed"]


async def test_an_address_of_something_else_is_told_as_such() -> None:
    async def lost() -> Health:
        raise Rejected("Plex", "Plex knows nothing of that (status 404).", status=404)

    async def refused() -> Health:
        raise Rejected("Seerr", "Seerr does not accept the key.", status=403)

    found = {each.service: each.error for each in await examine({"plex": lost, "seerr": refused})}
    assert found["plex"].startswith("Something else than Plex answers at that address")
    assert found["seerr"] == "Seerr does not accept the key."


def test_a_service_that_fails_is_one_sentence_and_does_not_hide_the_others(run: Any, tmdb: FakeTmdb) -> None:
    wrong = READ_TOKEN[:-1] + "x"
    result = run(
        "--json", tmdb__token=wrong, tmdb__url=tmdb.url, seerr__url="http://127.0.0.1:1", seerr__api_key="0123456789ab"
    )
    assert result.exit_code == 1
    told = {each["service"]: each for each in json.loads(result.stdout)["services"]}
    assert "Invalid API key" in told["tmdb"]["error"] and "cannot be reached" in told["seerr"]["error"]
    assert told["tmdb"]["missed"] and told["seerr"]["missed"]
    assert wrong not in result.output and "0123456789ab" not in result.output


def test_a_wrong_setting_of_one_service_is_told_of_that_service(run: Any, tmdb: FakeTmdb) -> None:
    result = run(seerr__url="not an address", seerr__api_key="0123456789ab", tmdb__token=API_KEY, tmdb__url=tmdb.url)
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    assert any(line.startswith("TMDB") and "works 3" in line for line in lines)
    assert any(line.startswith("Seerr") and "does not work" in line for line in lines)


@pytest.fixture
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    from adapters.chat import health
    from adapters.http import HttpConfig

    for name in ("discord_config", "telegram_config"):
        monkeypatch.setattr(health, name, lambda token: HttpConfig("Chat", "http://127.0.0.1:1", attempts=1))


@pytest.mark.usefixtures("_no_network")
def test_chat_settings_that_contradict_each_other_are_told(run: Any) -> None:
    result = run("--json", telegram__token="1:abc", telegram__webhook="true")
    told = json.loads(result.stdout)
    assert (result.exit_code, told["ok"], told["chat"]["platforms"]) == (1, False, ["telegram"])
    assert "RECOMMENDARR_WEB__PUBLIC_URL" in told["chat"]["error"]


def test_what_a_server_says_of_itself_cannot_steer_the_terminal() -> None:
    from bot.cli.doctor import lines_of
    from bot.services.doctor import Finding

    health = Health("Evil\x1b[2J", "1\r0", ("Broken\x07\nPlex  works",))
    lines = list(lines_of([Finding("plex", configured=True, health=health)]))
    assert len(lines) == 2
    assert all(line.isprintable() for line in lines)


async def test_services_are_asked_at_the_same_moment() -> None:
    met = asyncio.Barrier(2)

    async def works() -> Health:
        await met.wait()
        return Health("A")

    async def fails() -> Health:
        await met.wait()
        raise Unavailable("B", "B is away.")

    async with asyncio.timeout(5):
        found = {each.service: each for each in await examine({"plex": works, "seerr": fails})}
    assert (found["plex"].failed, found["seerr"].failed, found["seerr"].error) == (False, True, "B is away.")
    assert found["tautulli"].cost and not found["jellyfin"].cost


async def test_tautulli_without_plex_is_pointed_out() -> None:
    async def works() -> Health:
        return Health("Tautulli", "2.15")

    async def refuses() -> Health:
        raise Rejected("Jellyfin", "No.")

    found = {each.service: each for each in await examine({"tautulli": works, "jellyfin": refuses})}
    assert found["tautulli"].health is not None and "Plex" in found["tautulli"].health.problems[0]
    assert found["jellyfin"].failed and "media server" in found["jellyfin"].cost
