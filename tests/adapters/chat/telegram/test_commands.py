"""The command menus."""

from __future__ import annotations

from adapters.chat.telegram.commands import encode_commands
from bot.commands import COMMANDS
from bot.i18n import LOCALES
from tests.adapters.chat.telegram.conftest import staged


async def test_menus_are_sent_for_each_language_and_kind_of_chat_and_only_when_they_differ() -> None:
    async with staged(start=False) as stage:
        for changed in (6, 6, 7):
            await stage.started()
            await stage.people.say("anna", "private", "hi")
            await stage.stopped()
            assert stage.telegram.server.count(name="setMyCommands") == changed
            if stage.telegram.server.count(name="getMyCommands") == 12:
                stage.telegram.menus[("all_group_chats", "fr")] = [{"command": "old", "description": "Old"}]
        groups = {c["command"] for c in stage.telegram.menus[("all_group_chats", "de")]}
        private = {c["command"] for c in stage.telegram.menus[("all_private_chats", "de")]}
        assert private - groups == {"profile", "link"}


async def test_a_refused_menu_does_not_stop_the_bot() -> None:
    async with staged(start=False) as stage:
        stage.telegram.refuse("setMyCommands", 400, "Bad Request: BOT_COMMAND_INVALID")
        await stage.started()
        await stage.people.say("anna", "private", "hi")
        assert len(stage.inbox.heard) == 1


def test_every_command_of_the_bot_is_on_the_private_menu_in_every_language() -> None:
    menus = {locale: encode_commands(COMMANDS, locale, private=True) for locale in LOCALES}
    for menu in menus.values():
        assert [command.command for command in menu] == [spec.name.replace("-", "_") for spec in COMMANDS]
    described = {locale: [command.description for command in menu] for locale, menu in menus.items()}
    assert described["de"] != described["en"] != described["fr"]
