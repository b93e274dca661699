"""Whether the chat platforms accept the token that was configured, asked without starting them."""

from __future__ import annotations

from adapters.http import HttpConfig, ServiceClient
from adapters.loose import flag, integer, table, text
from bot.errors import Rejected
from bot.i18n import gettext as _
from bot.ports.media import Health

_ATTEMPTS = 2
_MAY_READ_MESSAGES = (1 << 18) | (1 << 19)  # Discord's flags of the message content intent


def discord_config(token: str, url: str = "https://discord.com") -> HttpConfig:
    """The client with which Discord is asked about the bot."""
    secret = token.strip()
    return HttpConfig("Discord", f"{url}/api/v10", {"Authorization": f"Bot {secret}"}, (secret,), attempts=_ATTEMPTS)


def telegram_config(token: str, url: str = "https://api.telegram.org") -> HttpConfig:
    """The client with which Telegram is asked about the bot; the token is part of the address."""
    secret = token.strip()
    return HttpConfig("Telegram", f"{url}/bot{secret}", secrets=(secret,), attempts=_ATTEMPTS)


def nextcloud_config(url: str, *, verify_tls: bool = True) -> HttpConfig:
    """The client with which a Nextcloud is asked how it is."""
    return HttpConfig("Nextcloud", url, attempts=_ATTEMPTS, verify_tls=verify_tls)


async def discord_health(client: ServiceClient, *, free_text: bool) -> Health:
    """Which bot it is, and whether it may read what it is to read. Raises: Unavailable, Rejected."""
    bot = table(await client.get_json("/applications/@me"))
    problems = []
    if free_text and not (integer(bot.get("flags")) or 0) & _MAY_READ_MESSAGES:
        problems.append(
            _("RECOMMENDARR_DISCORD__FREE_TEXT needs the message content intent: switch it on for the bot at Discord.")
        )
    return Health(text(bot.get("name")) or "Discord", problems=tuple(problems))


async def telegram_health(client: ServiceClient) -> Health:
    """Which bot it is, and what it cannot do. Raises: Unavailable, Rejected."""
    bot = table(table(await client.get_json("/getMe")).get("result"))
    problems = []
    if bot.get("can_join_groups") is False:
        problems.append(_("The Telegram bot may not be added to groups; BotFather can allow that."))
    return Health(f"@{text(bot.get('username'))}", problems=tuple(problems))


async def nextcloud_health(client: ServiceClient) -> Health:
    """Its version and whether it is in service; the bot's secret cannot be tried. Raises: Unavailable, Rejected."""
    status = table(await client.get_json("/status.php"))
    version = text(status.get("versionstring"))
    if not version:
        raise Rejected("Nextcloud", _("Something else than Nextcloud answers at that address."))
    problems = [_("Nextcloud is in maintenance mode.")] if flag(status.get("maintenance")) else []
    return Health(text(status.get("productname")) or "Nextcloud", version, tuple(problems))
