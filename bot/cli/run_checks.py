"""What `recommendarr run` asks of the settings beyond what each alone must be. One sentence names what is wrong."""

from __future__ import annotations

from urllib.parse import urlsplit

from bot.errors import InvalidSettings
from bot.i18n import gettext as _
from bot.settings import Settings

CHAT_PLATFORMS = ("discord", "telegram", "nextcloud-talk", "terminal")


def check_runnable(settings: Settings) -> None:
    """Raises: InvalidSettings, for the first thing that is missing or contradicts another."""
    if not (settings.discord or settings.telegram or settings.nextcloud_talk):
        raise InvalidSettings(
            _(
                "No chat platform is configured: set RECOMMENDARR_DISCORD__TOKEN, RECOMMENDARR_TELEGRAM__TOKEN or "
                "RECOMMENDARR_NEXTCLOUD_TALK__<NAME>__URL and ...__SECRET, in the environment or in .env."
            )
        )
    _check_tokens(settings)
    _check_web(settings)
    _check_talk(settings)
    _check_admins(settings)


def _check_tokens(settings: Settings) -> None:
    named = {"RECOMMENDARR_DISCORD__TOKEN": settings.discord, "RECOMMENDARR_TELEGRAM__TOKEN": settings.telegram}
    for name, section in named.items():
        if section is not None and not section.token.get_secret_value().strip():
            raise InvalidSettings(_("The setting {name} is empty.").format(name=name))


def _check_web(settings: Settings) -> None:
    web, telegram = settings.web, settings.telegram
    if web.public_url is not None and not _is_address(web.public_url):
        raise InvalidSettings(
            _("RECOMMENDARR_WEB__PUBLIC_URL must be an address such as https://bot.example.org, without a query.")
        )
    if telegram is not None and telegram.webhook:
        if not web.enabled:
            raise InvalidSettings(
                _("RECOMMENDARR_TELEGRAM__WEBHOOK needs the web server, but RECOMMENDARR_WEB__ENABLED is false.")
            )
        if web.public_url is None:
            raise InvalidSettings(
                _("RECOMMENDARR_TELEGRAM__WEBHOOK needs RECOMMENDARR_WEB__PUBLIC_URL, where Telegram reaches the bot.")
            )
        if urlsplit(web.public_url).scheme != "https":
            raise InvalidSettings(
                _("RECOMMENDARR_TELEGRAM__WEBHOOK needs a RECOMMENDARR_WEB__PUBLIC_URL that begins with https://.")
            )


def _check_talk(settings: Settings) -> None:
    if settings.nextcloud_talk and not settings.web.enabled:
        raise InvalidSettings(
            _("RECOMMENDARR_NEXTCLOUD_TALK needs the web server, but RECOMMENDARR_WEB__ENABLED is false.")
        )
    for name, server in settings.nextcloud_talk.items():
        setting = f"RECOMMENDARR_NEXTCLOUD_TALK__{name.upper()}"
        if not name or not all(letter.isalnum() or letter in "-_" for letter in name):
            raise InvalidSettings(
                _("{name}: the name of a Nextcloud consists of letters, digits, - and _.").format(name=setting)
            )
        if not _is_address(server.url):
            raise InvalidSettings(
                _("{name}__URL must be an address such as https://cloud.example.org, without a query.").format(
                    name=setting
                )
            )


def _check_admins(settings: Settings) -> None:
    for admin in settings.admins:
        platform, colon, account = admin.partition(":")
        if platform not in CHAT_PLATFORMS or not colon or not account.strip():
            raise InvalidSettings(
                _(
                    "RECOMMENDARR_ADMINS: write platform:account, such as telegram:123456; the platforms are {names}."
                ).format(names=", ".join(CHAT_PLATFORMS))
            )


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and not (parts.query or parts.fragment)
    except ValueError:
        return False
