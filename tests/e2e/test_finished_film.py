"""A film that somebody finishes on Jellyfin is not recommended any more: the whole way, over real sockets."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from pydantic import SecretStr

from bot.bootstrap import open_application, open_core
from bot.bootstrap_platforms import Running, open_running, supervised
from bot.bootstrap_sources import open_sources
from bot.bootstrap_sync import open_sync
from bot.settings import JellyfinSettings, Settings, WebSettings
from tests.e2e.conftest import Talk
from tests.fakes.services.jellyfin import JellyfinService
from tests.fakes.services.jellyfin_world import Account, Item, JellyfinWorld, Library, guid

SECRET = "a-secret-of-twenty-characters"
FILMS, ANNA = guid(0xF1), guid(0xA)
PLOTS = ("A heist in a casino goes wrong.", "A ghost haunts an old house by the sea.", "Two cooks fall in love.")


def world() -> JellyfinWorld:
    added = datetime.now(UTC) - timedelta(days=400)
    films = [
        Item(
            guid(number), "Movie", f"Film {number}", FILMS, created=added, saved=added,
            told={"ProviderIds": {"Tmdb": str(number)}, "Overview": PLOTS[number % 3], "Genres": ["Drama"]},
        )
        for number in range(600, 615)
    ]  # fmt: skip
    result = JellyfinWorld(
        libraries=[Library(FILMS, "Films", "movies")], accounts=[Account(ANNA, "Anna", {"IsAdministrator": True})]
    )
    result.add(films)
    return result


@asynccontextmanager
async def serving(settings: Settings) -> AsyncIterator[Running]:
    async with open_application(settings) as application, open_running(application) as running:
        supervisor = supervised(running)
        task = asyncio.create_task(supervisor.run())
        try:
            async with asyncio.timeout(30):
                while running.web is None or running.web.address is None:  # noqa: ASYNC110 - it listens soon
                    await asyncio.sleep(0.01)
            yield running
        finally:
            supervisor.stop()
            await task


async def recommended(talk: Talk) -> set[str]:
    cards = await talk.cards("/recommend")
    return {card.title.partition(" (")[0] for card in cards}


@pytest.fixture
def home(tmp_path: Path, models_dir: Path) -> Path:
    folder = tmp_path / "home"
    folder.mkdir()
    (folder / "models").symlink_to(models_dir, target_is_directory=True)
    return folder


async def test_a_finished_film_changes_the_next_recommendation(home: Path) -> None:
    jellyfin = JellyfinService(world())
    async with jellyfin.server as server:
        settings = Settings(
            _env_file=None,  # type: ignore[call-arg]  # pydantic-settings takes it
            home=home,
            jellyfin=JellyfinSettings(url=server.url, api_key=SecretStr(jellyfin.world.key)),
            web=WebSettings(port=0, webhook_secret=SecretStr(SECRET)),
        )
        async with open_core(settings) as core, open_sources(settings, core.clock) as sources:
            assert not (await open_sync(core, sources).run()).failed
        async with serving(settings) as running, aiohttp.ClientSession() as session:
            application = running.application
            await application.services.accounts.link_terminal("Anna", application.clock.now())
            talk = Talk(application, "Anna", "home")
            film = min(await recommended(talk) & await recommended(talk) & await recommended(talk))
            key = guid(int(film.removeprefix("Film ")))
            jellyfin.world.watch(ANNA, key, datetime.now(UTC))
            payload: dict[str, Any] = {
                "NotificationType": "PlaybackStop", "ItemType": "Movie", "ItemId": key, "UserId": ANNA,
                "PlayedToCompletion": True,
            }  # fmt: skip
            assert running.web is not None
            assert running.web.address is not None
            host, port = running.web.address
            async with session.post(f"http://{host}:{port}/webhooks/{SECRET}/jellyfin", json=payload) as answer:
                assert answer.status == 202
            told = asyncio.get_running_loop().time()
            async with asyncio.timeout(20):
                while film in await recommended(talk):  # noqa: ASYNC110 - another task follows the webhook
                    await asyncio.sleep(0.02)
            print(f"Not recommended any more after {asyncio.get_running_loop().time() - told:.2f} s.")
        server.assert_clean()
