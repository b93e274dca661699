"""A household with a fake Seerr: real storage, real HTTP, the whole conversation core above it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace

from adapters.media.seerr import SeerrRequester, seerr_config
from bot.agent.understanding import Understanding
from bot.bootstrap_requests import Requests, requests_on
from bot.chat.incoming import Author, Incoming, Message, MessageRef, Place, Press
from bot.chat.reply import Action, Button, Card, Choice, Choices, Reply
from bot.commands import COMMANDS, HIDDEN
from bot.dispatch import Dispatch
from bot.jobs.notices_courier import NoticeCourier
from bot.model.members import LinkedAccount, Member
from bot.model.titles import Kind, TitleFacts, TitleRef
from bot.ports.chat import ChatPlatform
from bot.ports.storage import UnitOfWorkFactory
from bot.services.accounts import AccountsService
from bot.services.actions import ActionsService
from bot.services.catalogue import CatalogueService
from bot.services.conversations import ConversationsService
from bot.services.decks import DecksService
from bot.services.linking import LinkingService
from bot.services.lookup import TitleLookup
from bot.services.preferences import PreferencesService
from bot.services.privacy import PrivacyService
from bot.services.sync import Sources
from tests.bot import household
from tests.contracts.kit import DescribedServer
from tests.fakes.ai import FAKE_ID, FakeVectorStore
from tests.fakes.chat import CAPABILITIES, FakeChatPlatform
from tests.fakes.clock import FakeClock
from tests.fakes.metadata import FakeMetadataSource
from tests.fakes.services.clients import impatient_http
from tests.fakes.services.seerr import SeerrService
from tests.fakes.services.seerr_world import ADMIN, AUTO_APPROVE, REQUEST, Person, SeerrWorld, Work
from tests.fakes.shelf import FakeShelf

ROOM = Place("fake", "room")
DUNE, DARK = "movie:601", "series:1396"


def world() -> SeerrWorld:
    """Anna and Ben ask, Cleo decides; a guest may not ask."""
    made = SeerrWorld()
    made.add(
        Person(1, "Owner", ADMIN),
        Person(2, "Anna", plex=77, movie_quota=(3, 7), tv_quota=(4, 7)),
        Person(3, "Ben", REQUEST | AUTO_APPROVE, jellyfin="0000000A-0000-0000-0000-000000000001"),
        Person(4, "Cleo", ADMIN, plex=88),
        Person(5, "Guest", 0, plex=99),
    )
    made.add(Work("movie", 601, "Dune"), Work("movie", 602, "Dune Part Two"), Work("movie", 603, "Ran"))
    made.add(Work("tv", 1396, "Dark", "2017-12-01", seasons={0: 2, 1: 10, 2: 8, 3: 8}))
    return made


class House:
    """One process on one database. `say` and `press` speak for somebody in a room."""

    def __init__(self, uow: UnitOfWorkFactory, clock: FakeClock, service: SeerrService, seerr: SeerrRequester) -> None:
        self.uow, self.clock, self.service, self.seerr = uow, clock, service, seerr
        self.world = service.world
        self.server: DescribedServer = service.server
        self.platform = FakeChatPlatform(self._nothing)
        self.metadata = FakeMetadataSource(_facts(work) for work in service.world.works.values())
        self._count = 0
        self.restart()

    def restart(self) -> None:
        """A new process: everything that was only in memory is gone."""
        catalogue = CatalogueService(self.uow, FakeVectorStore(), FAKE_ID, shelf=FakeShelf())
        lookup = TitleLookup(self.uow, catalogue)
        sources = Sources(requesters=(self.seerr,), metadata=self.metadata)
        self.requests: Requests = requests_on(sources, self.uow, self.clock, lookup)
        base = household.Household()
        self.recommender = base.recommender
        services = replace(
            base.services,
            titles=lookup,
            accounts=AccountsService(self.uow, admins=("fake:Cleo",)),
            decks=DecksService(self.uow),
            preferences=PreferencesService(self.uow),
            linking=LinkingService(self.uow, self.clock),
            privacy=PrivacyService(self.uow),
            requesting=self.requests.requesting,
            deciding=self.requests.deciding,
        )
        self.dispatch = Dispatch(
            services=services,
            actions=ActionsService(self.uow),
            conversations=ConversationsService(self.uow),
            understanding=Understanding(catalogue.view),
            commands=(*COMMANDS, *HIDDEN),
            clock=self.clock,
        )
        platforms: Sequence[ChatPlatform] = (self.platform,)
        requesting = self.requests.requesting
        self.courier = NoticeCourier(
            self.uow, self.clock, lambda: platforms, self.requests.follower, requesting.changed
        )

    async def move_in(self) -> None:
        """Everybody with a media-server account, linked to where they chat."""
        async with self.uow() as uow:
            for name, platform, account in (
                ("Anna", "plex", "77"),
                ("Ben", "jellyfin", "0000000a000000000000000000000001"),
                ("Cleo", "plex", "88"),
                ("Guest", "plex", "99"),
                ("Dora", "plex", "1234"),
            ):
                member = await uow.members.add(name)
                await uow.members.link(LinkedAccount(member.id, platform, account, self.clock.now()))
                await uow.members.link(LinkedAccount(member.id, "fake", name, self.clock.now()))
            await uow.commit()

    async def member(self, name: str) -> Member:
        async with self.uow() as uow:
            found = await uow.members.by_name(name)
        assert found is not None
        return found

    async def shelve(self, ref: str, title: str, *, age: int | None = None, here: bool = False) -> None:
        """Let the catalogue know a title; `here`: in a library that everybody may see."""
        parsed = TitleRef.parse(ref)
        async with self.uow() as uow:
            (number,) = await uow.titles.upsert([TitleFacts((parsed,), parsed.kind, title, minimum_age=age)])
            if here:
                library = await uow.libraries.ensure("import", "films", "Films", public=True)
                await uow.libraries.put(library.id, [number])
            await uow.commit()

    async def limit(self, name: str, age: int) -> None:
        async with self.uow() as uow:
            found = await uow.members.by_name(name)
            assert found is not None
            await uow.members.save(replace(found, age_limit=age))
            await uow.commit()

    async def take(self, incoming: Incoming) -> Reply:
        return household.merged(await self.dispatch.handle(incoming, CAPABILITIES))

    async def say(self, text: str, name: str = "Anna", *, place: Place = ROOM) -> Reply:
        self._count += 1
        return await self.take(Message(f"m{self._count}", place, Author("fake", name, name), text))

    async def press(self, token: str | None, name: str = "Anna", *, id: str = "", place: Place = ROOM) -> Reply:
        assert token is not None
        self._count += 1
        on = MessageRef("fake", place.room, "77")
        return await self.take(Press(id or f"p{self._count}", place, Author("fake", name, name), token, on))

    async def told(self) -> list[str]:
        """What people are told unasked, once everything that is due was looked at and sent."""
        self.platform.sent.clear()
        await self.requests.follower.look()
        await self.courier.send_due()
        return [said(reply) for _place, reply in self.platform.sent]

    async def _nothing(self, _incoming: Incoming) -> Sequence[Reply]:
        return ()


@asynccontextmanager
async def a_house(uow: UnitOfWorkFactory, clock: FakeClock) -> AsyncIterator[House]:
    """The household, until the block ends."""
    service = SeerrService(world())
    async with service.server as server, impatient_http() as http:
        seerr = SeerrRequester(http.service(seerr_config(server.url, service.world.key)), page=3)
        house = House(uow, clock, service, seerr)
        await house.move_in()
        yield house


def _facts(work: Work) -> TitleFacts:
    kind = Kind.MOVIE if work.kind == "movie" else Kind.SERIES
    return TitleFacts((TitleRef(kind, "tmdb", str(work.tmdb)),), kind, work.name, int(work.released[:4]))


def pressable(reply: Reply) -> list[Button | Choice]:
    """Everything with a token."""
    found: list[Button | Choice] = []
    for part in reply.parts:
        if isinstance(part, Card):
            found += [button for button in part.buttons if isinstance(button.press, Action)]
        elif isinstance(part, Choices):
            found += part.options
    return found


def token(reply: Reply, label: str) -> str:
    """The token behind the button of that label."""
    (only,) = [each for each in pressable(reply) if each.label == label]
    assert only.token is not None
    return only.token


def said(reply: Reply) -> str:
    """All words of a reply, cards included."""
    bodies = [f"{part.title} {part.body} {part.facts}" for part in reply.parts if isinstance(part, Card)]
    return "\n".join([household.words(reply), *bodies])
