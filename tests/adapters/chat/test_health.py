"""What is asked of the chat platforms about the bot, against their descriptions."""

from __future__ import annotations

from typing import Any

import pytest

from adapters.chat.health import (
    discord_config,
    discord_health,
    nextcloud_config,
    nextcloud_health,
    telegram_config,
    telegram_health,
)
from adapters.http import open_http
from bot.errors import Rejected
from tests.contracts.kit import Answer, Call, DescribedServer, load

TOKEN = "123456:AAH-abcdefghijklmnop"


@pytest.mark.parametrize(("flags", "free_text", "problems"), [(0, False, 0), (0, True, 1), (1 << 19, True, 0)])
async def test_discord_names_the_bot_and_a_missing_intent(flags: int, free_text: bool, problems: int) -> None:
    server = DescribedServer(load("discord"), check_answers=2)  # the bot's whole application is long

    @server.route("GET", "/applications/@me")
    def me(call: Call) -> Any:
        if call.headers["Authorization"] != f"Bot {TOKEN}":
            return Answer({"message": "401: Unauthorized", "code": 0}, status=401)
        return {"id": "1", "name": "Film Club", "flags": flags}

    async with server, open_http() as http:
        url = server.url.removesuffix("/api/v10")
        health = await discord_health(http.service(discord_config(f" {TOKEN}\n", url)), free_text=free_text)
        assert (health.name, len(health.problems)) == ("Film Club", problems)
        with pytest.raises(Rejected, match="Unauthorized"):
            await discord_health(http.service(discord_config("wrong-token", url)), free_text=free_text)
    assert all("answer" in violation for violation in server.violations)


async def test_telegram_names_the_bot_and_never_tells_the_token() -> None:
    server = DescribedServer(load("telegram"))

    @server.route("POST", "getMe")
    def me(call: Call) -> Any:
        if call.params["token"] != TOKEN:
            told = {"ok": False, "error_code": 401, "description": f"Unauthorized {call.params['token']}"}
            return Answer({**told, "message": call.path}, status=401)
        bot = {"id": 1, "is_bot": True, "first_name": "Club", "username": "club_bot", "can_join_groups": False}
        return {"ok": True, "result": bot}

    async with server, open_http() as http:
        health = await telegram_health(http.service(telegram_config(TOKEN, server.url)))
        assert (health.name, len(health.problems)) == ("@club_bot", 1)
        with pytest.raises(Rejected) as told:
            await telegram_health(http.service(telegram_config("1:wrong-token", server.url)))
    assert "wrong-token" not in str(told.value)
    server.assert_clean()


@pytest.mark.parametrize("maintenance", [False, True])
async def test_nextcloud_tells_its_version(maintenance: bool) -> None:
    server = DescribedServer(load("talk"))
    status: dict[str, Any] = {"versionstring": "31.0.2", "productname": "Nextcloud", "maintenance": maintenance}
    server.extra("GET", "/status.php", lambda _call: status, reason="belongs to Nextcloud itself, not to Talk")
    async with server, open_http() as http:
        client = http.service(nextcloud_config(server.url))
        health = await nextcloud_health(client)
        assert (health.version, len(health.problems)) == ("31.0.2", int(maintenance))
        status.clear()
        with pytest.raises(Rejected, match="else than Nextcloud"):
            await nextcloud_health(client)
    server.assert_clean()
