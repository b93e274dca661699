"""Commands projected to Telegram's menus: a list for each language and kind of chat, sent only when it differs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import structlog
from telegram import BotCommand, BotCommandScope, BotCommandScopeAllGroupChats, BotCommandScopeAllPrivateChats

from adapters.chat.telegram.client import Refused, TelegramClient
from bot.chat.command import CommandSpec
from bot.chat.plain import one_line
from bot.i18n import DEFAULT_LOCALE, LOCALES, use_locale
from bot.i18n import gettext as _

_NAME = re.compile(r"[a-z0-9_]{1,32}")
_MAX_COMMANDS = 100
_MAX_HELP = 256

log = structlog.get_logger(__name__)


def encode_commands(specs: Sequence[CommandSpec[Any]], locale: str, *, private: bool) -> list[BotCommand]:
    """The menu in one language; commands whose answers are private are offered in private chats only."""
    with use_locale(locale):
        return [
            BotCommand(name, one_line(_(spec.help), _MAX_HELP) or name)
            for spec in specs
            if (private or not spec.private) and _NAME.fullmatch(name := spec.name.replace("-", "_"))
        ][:_MAX_COMMANDS]


async def publish_commands(client: TelegramClient, specs: Sequence[CommandSpec[Any]]) -> int:
    """Bring Telegram's menus up to date; the number of menus that had to be changed. Raises: Unavailable."""
    changed = 0
    scopes: tuple[tuple[BotCommandScope, bool], ...] = (
        (BotCommandScopeAllPrivateChats(), True),
        (BotCommandScopeAllGroupChats(), False),
    )
    for scope, private in scopes:
        for locale in LOCALES:
            language = None if locale == DEFAULT_LOCALE else locale
            wanted = encode_commands(specs, locale, private=private)
            try:
                changed += await _bring(client, wanted, scope, language)
            except Refused as refused:
                # A bot without menus still answers.
                log.warning("telegram refused the command menu", language=locale, reason=refused.description)
    return changed


async def _bring(
    client: TelegramClient, wanted: list[BotCommand], scope: BotCommandScope, language: str | None
) -> bool:
    there = await client.call(lambda: client.bot.get_my_commands(scope=scope, language_code=language), again=True)
    if list(there) == wanted:
        return False
    await client.call(lambda: client.bot.set_my_commands(wanted, scope=scope, language_code=language), again=True)
    return True
