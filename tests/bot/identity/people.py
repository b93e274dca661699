"""A household in which people speak from several platforms, and media servers on which they sign in by script."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace

from bot.chat.capabilities import Capabilities
from bot.chat.incoming import Author, CommandCall, Message, Place, Press
from bot.chat.reply import Choices, Reply
from bot.commands import COMMANDS, HIDDEN
from bot.dispatch import Dispatch
from bot.ports.media import ServerUser
from bot.ports.requests import RequestUser
from bot.ports.sign_in import SignInCode
from bot.services.actions import ActionsService
from bot.services.conversations import ConversationsService
from bot.services.linking import LinkingService
from bot.services.privacy import PrivacyService
from tests.bot.household import ROOMY, Household, merged


class ScriptedSignIn:
    """A media server that agrees when the test says so; every proof can be had once."""

    def __init__(self, source: str = "plex") -> None:
        self._source = source
        self.begun = 0
        self.agreed: dict[str, ServerUser | Exception] = {}
        self.fails: Exception | None = None

    @property
    def source(self) -> str:
        return self._source

    async def begin(self) -> SignInCode:
        if self.fails is not None:
            raise self.fails
        self.begun += 1
        return SignInCode(f"CODE{self.begun}", f"secret-{self.begun}", "https://app.plex.tv/auth#?code=1", 1800)

    async def finish(self, secret: str) -> ServerUser | None:
        if self.fails is not None:
            raise self.fails
        told = self.agreed.pop(secret, None)
        if isinstance(told, Exception):
            raise told
        return told


class ScriptedUsers:
    """The users of a request service, as it tells them."""

    source = "seerr"
    requests = 0

    def __init__(self, *users: RequestUser) -> None:
        self.told = list(users)
        self.fails: Exception | None = None

    async def users(self) -> AsyncIterator[Sequence[RequestUser]]:
        if self.fails is not None:
            raise self.fails
        yield self.told


class Platforms(Household):
    """The household with all that links; `as_` speaks from any account."""

    def __init__(self, capabilities: Capabilities = ROOMY) -> None:
        self.plex, self.jellyfin, self.seerr = ScriptedSignIn("plex"), ScriptedSignIn("jellyfin"), ScriptedUsers()
        self.read_again = 0
        self._count = 0
        super().__init__(capabilities)
        self.store._state.counters["member_id"] = len(self.store.people)

    def restart(self) -> None:
        super().restart()
        self.linking = LinkingService(self.store, self.clock)
        self.linking.sign_ins.offer([self.plex, self.jellyfin])
        self.linking.claims.offer([self.seerr])  # type: ignore[list-item]  # it tells users alone
        self.linking.after_linking(self._read_again)
        self.services = replace(self.services, linking=self.linking, privacy=PrivacyService(self.store))
        self.dispatch = Dispatch(
            services=self.services,
            actions=ActionsService(self.store),
            conversations=ConversationsService(self.store),
            understanding=self.dispatch._understanding,
            commands=(*COMMANDS, *HIDDEN),
            clock=self.clock,
        )

    async def as_(self, account: str, text: str, *, room: str | None = None) -> Reply:
        """Say something from an account such as "discord:1"; `room`: where others read along."""
        return merged(await self.take(Message(self._id(), _place(account, room), _author(account), text)))

    async def command(self, account: str, name: str, *, room: str | None = None, **args: object) -> Reply:
        return merged(await self.take(CommandCall(self._id(), _place(account, room), _author(account), name, args)))

    async def presses(self, account: str, reply: Reply, label: str, *, room: str | None = None) -> Reply:
        """Press the option of that label."""
        (token,) = [
            option.token
            for part in reply.parts
            if isinstance(part, Choices)
            for option in part.options
            if option.label.startswith(label)
        ]
        assert token is not None
        return merged(await self.take(Press(self._id(), _place(account, room), _author(account), token)))

    async def owner(self, account: str) -> str | None:
        """Whose account it is."""
        async with self.store() as uow:
            member = await uow.members.by_account(*account.split(":", 1))
        return member.name if member else None

    async def link(self, name: str, account: str) -> None:
        await self.linking.assign(await self.services.accounts.member_named(name), *account.split(":", 1))

    def _id(self) -> str:
        self._count += 1
        return str(self._count)

    async def _read_again(self) -> None:
        self.read_again += 1


def _author(account: str) -> Author:
    platform, _colon, name = account.partition(":")
    return Author(platform, name, name)


def _place(account: str, room: str | None) -> Place:
    platform, _colon, name = account.partition(":")
    return Place(platform, room or f"private-{name}", private=room is None)
