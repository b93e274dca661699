"""A small household in memory for tests of the conversation core, with look-up and a recommender by script."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime

from bot.agent.understanding import Understanding
from bot.chat.capabilities import Capabilities
from bot.chat.incoming import Author, Incoming, Message, MessageRef, Place, Press
from bot.chat.reply import Card, Choices, Reply, Text
from bot.commands import COMMANDS, HIDDEN
from bot.commands.context import Services
from bot.dispatch import Dispatch
from bot.errors import Ambiguous, NotFound, NothingToRecommend
from bot.explanations.templates import TemplateExplainer
from bot.model.conversations import Conversation
from bot.model.feedback import Exposure, Feedback, Hide, LogEntry
from bot.model.history import Rating
from bot.model.members import Clearance, Library, LinkedAccount, Member
from bot.model.recommendation import (
    Answer,
    Ask,
    DomainSummary,
    Influence,
    MemberFit,
    Mode,
    Negative,
    NegativeType,
    Pick,
    ProfileSummary,
    Reason,
    ReasonType,
    WhyAnswer,
)
from bot.model.titles import Credit, Domain, Kind, Role, Title, TitleFacts, TitleRef
from bot.ports.jobs import JobQueue
from bot.ports.storage import UnitOfWork
from bot.services.accounts import AccountsService
from bot.services.actions import ActionsService
from bot.services.catalogue import CatalogueService
from bot.services.conversations import ConversationsService
from bot.services.decks import DecksService
from bot.services.feedback import FeedbackService
from bot.services.influences import InfluencesService
from bot.services.preferences import PreferencesService
from bot.services.profiles import ProfilesService
from bot.services.quiz import QuizService
from bot.services.records import RecordsService
from bot.services.watchlists import WatchlistsService
from engine.profile import ProfileConfig
from tests.fakes.ai import FAKE_ID, FakeVectorStore
from tests.fakes.clock import FakeClock
from tests.fakes.shelf import FakeShelf
from tests.fakes.storage import FakeStorage
from tests.fakes.storage.state import State

START = datetime(2026, 3, 1, 20, 0, tzinfo=UTC)

ROOMY = Capabilities(
    max_text=8000,
    max_caption=4000,
    button_rows=5,
    buttons_per_row=5,
    token_bytes=64,
    cards=True,
    images=True,
    edits=True,
    private=True,
    native_commands=False,
    reactions=False,
)
TEXT_ONLY = replace(ROOMY, cards=False, button_rows=0, images=False, edits=False, private=False)


def film(title_id: int, name: str, year: int, *genres: str, value: str = "") -> Title:
    """A film that is in library 1."""
    ref = TitleRef(Kind.MOVIE, "tmdb", value or str(100 + title_id))
    credits = (Credit("Jane Doe", Role.DIRECTOR), Credit("Max Muster", Role.CAST))
    facts = TitleFacts(
        (ref,), Kind.MOVIE, name, year, runtime=131, genres=genres, credits=credits, overview=f"{name} happens."
    )
    return Title(title_id, ref, facts, frozenset([1]))


FILMS = tuple(
    film(number, name, year, *genres)
    for number, (name, year, genres) in enumerate(
        [
            ("Heat", 1995, ("Crime", "Drama")),
            ("Alien", 1979, ("Horror", "Science Fiction")),
            ("Aliens", 1986, ("Action", "Science Fiction")),
            ("Fargo", 1996, ("Crime", "Comedy")),
            ("The Sting", 1973, ("Comedy", "Crime")),
            ("Solaris", 1972, ("Drama", "Science Fiction")),
            ("Solaris", 2002, ("Drama", "Science Fiction")),
            ("Ran", 1985, ("Drama", "War")),
            ("Rififi", 1955, ("Crime", "Thriller")),
            ("1917", 2019, ("War",)),
            ("Rio Bravo", 1959, ("Western",)),
            ("Up", 2009, ("Animation", "Comedy")),
        ],
        start=1,
    )
)


class Kept:
    """A database in memory with three members and all films, and a look at what it holds."""

    def __init__(self, clock: FakeClock) -> None:
        self._storage = FakeStorage(clock)
        self.broken: Exception | None = None  # raised when a unit of work is opened
        state = self._state
        state.libraries[1] = Library(1, "import", "films", "Films", public=True)
        state.titles |= {film.id: film.facts for film in FILMS}
        for number, name in enumerate(("Anna", "Ben", "Cleo"), start=1):
            state.members[number] = Member(number, name)
            state.accounts["terminal", name] = LinkedAccount(number, "terminal", name, START)

    @asynccontextmanager
    async def __call__(self) -> AsyncIterator[UnitOfWork]:
        if self.broken is not None:
            raise self.broken
        async with self._storage() as uow:
            yield uow

    @property
    def _state(self) -> State:
        return self._storage._store.state

    @property
    def people(self) -> dict[int, Member]:
        return self._state.members

    @property
    def talks(self) -> dict[str, Conversation]:
        return self._state.conversations

    @property
    def verdicts(self) -> list[Feedback]:
        return list(self._state.feedback.values())

    @property
    def hidden(self) -> list[Hide]:
        return list(self._state.hides.values())

    @property
    def ratings(self) -> list[Rating]:
        return list(self._state.ratings.values())

    @property
    def exposures(self) -> list[Exposure]:
        return self._state.exposures

    @property
    def entries(self) -> list[LogEntry]:
        return self._state.log


class FakeTitles:
    """Look-up by exact name, reference, or part of the name. `gone`: references of what nobody may see any more."""

    def __init__(self) -> None:
        self.gone: set[str] = set()

    async def search(self, text: str, clearance: Clearance, *, limit: int = 5) -> tuple[Title, ...]:
        wanted = text.casefold()
        found = [title for title in FILMS if wanted in title.name.casefold() and str(title.ref) not in self.gone]
        return tuple(found[:limit])

    async def complete(self, text: str, clearance: Clearance, *, limit: int = 10) -> tuple[Title, ...]:
        return await self.search(text, clearance, limit=limit)

    async def resolve(self, text: str, clearance: Clearance) -> Title:
        wanted = text.casefold()
        exact = [t for t in FILMS if wanted in (str(t.ref), t.name.casefold(), t.facts.title.casefold())]
        found = [one for one in exact if str(one.ref) not in self.gone] or list(await self.search(text, clearance))
        if not found:
            raise NotFound(f"I know no title called “{text}”.")
        if len(found) > 1:
            choices = tuple((title.name, str(title.ref)) for title in found)
            raise Ambiguous(f"Which one do you mean by “{text}”?", choices)
        return found[0]

    async def by_id(self, title_id: int, clearance: Clearance) -> Title:
        title = FILMS[title_id - 1]
        if str(title.ref) in self.gone:
            raise NotFound("That title is not here any more.")
        return title

    async def by_ids(self, title_ids: Collection[int], clearance: Clearance) -> Mapping[int, Title]:
        titles = {title_id: FILMS[title_id - 1] for title_id in title_ids}
        return {title_id: title for title_id, title in titles.items() if str(title.ref) not in self.gone}


class FakeRecommender:
    """Answers from FILMS in order, without what is excluded, and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[Member, Clearance, Ask]] = []
        self.fails: Exception | None = None
        self.before: Callable[[], Awaitable[None]] | None = None
        self.influences: tuple[Influence, ...] = (
            Influence("title", "9", "Rififi (1955)", 0.9, "movie:109"),
            Influence("genre", "Crime", "Crime", 0.8),
            Influence("person", "Jane Doe", "Jane Doe", 0.4),
        )
        self.changed: tuple[Influence, ...] = ()
        self.against: WhyAnswer | None = None  # what /why and /whynot are told instead

    async def recommend(self, member: Member, clearance: Clearance, ask: Ask, *, now: datetime) -> Answer:
        self.asked.append((member, clearance, ask))
        if self.before is not None:
            await self.before()
        if self.fails is not None:
            raise self.fails
        left = [title for title in FILMS if title.id not in ask.exclude and title.id != ask.seed]
        if not left:
            raise NothingToRecommend("That was everything I have for you.")
        picks = tuple(self._pick(title, ask) for title in left[: ask.limit])
        seed = FILMS[ask.seed - 1] if ask.seed else None
        return Answer(ask, member, "blend", picks, 1.0, seed=seed, more=len(left) > ask.limit)

    async def why(self, member: Member, clearance: Clearance, title_id: int, *, now: datetime) -> WhyAnswer:
        title = FILMS[title_id - 1]
        if self.against is not None:
            return replace(self.against, title=title)
        against = (Negative(NegativeType.GENRE, "War", "War", -0.1),)
        return WhyAnswer(title, self._pick(title, Ask()), against, rank=3, eligible=1200, score=0.4, needed=0.52)

    async def profile(self, member: Member, clearance: Clearance, *, now: datetime) -> ProfileSummary:
        films = DomainSummary(Domain.FILMS, 7, (("Crime", 0.5),), (("Jane Doe", 0.2),), (("Heat (1995)",),))
        return ProfileSummary(member, 7, 3, False, (films,), self.influences, self.changed)

    async def warm_up(self, now: datetime) -> None:
        """Nothing is slow here."""

    @staticmethod
    def _pick(title: Title, ask: Ask) -> Pick:
        reasons = (
            Reason(ReasonType.SIMILAR_TO, "9", "Rififi (1955)", 0.5),
            Reason(ReasonType.GENRE, "Crime", "Crime", 0.3),
            Reason(ReasonType.PERSON, "director:Jane Doe", "Jane Doe", 0.2),
        )
        fits = (MemberFit("Anna", 90, reasons), MemberFit("Ben", 70, reasons)) if ask.mode is Mode.GROUP else ()
        return Pick(title, 1.0 / title.id, 100 - title.id, "high", {}, reasons, fits)


class Household:
    """Anna, Ben and Cleo, an administrator, with a dispatch of their own. `say` and `press` speak for one of them."""

    def __init__(self, capabilities: Capabilities = ROOMY) -> None:
        self.clock = FakeClock(START)
        self.store = Kept(self.clock)
        self.recommender = FakeRecommender()
        self.titles = FakeTitles()
        self.capabilities = capabilities
        self.jobs: JobQueue | None = None
        self.restart()

    def restart(self) -> None:
        """A new process on the same database."""
        uow = self.store
        catalogue = CatalogueService(uow, FakeVectorStore(), FAKE_ID, shelf=FakeShelf())
        profiles = ProfilesService(uow, ProfileConfig())
        self.services = Services(
            recommending=self.recommender,
            titles=self.titles,
            feedback=FeedbackService(uow, hide_days=122),
            quiz=QuizService(uow, catalogue=catalogue, profiles=profiles),
            influences=InfluencesService(uow, catalogue),
            accounts=AccountsService(uow, admins=("terminal:Cleo",)),
            decks=DecksService(uow),
            preferences=PreferencesService(uow),
            watchlists=WatchlistsService(uow),
            records=RecordsService(uow),
            explainer=TemplateExplainer(),
            jobs=self.jobs,
        )
        self.dispatch = Dispatch(
            services=self.services,
            actions=ActionsService(uow),
            conversations=ConversationsService(uow),
            understanding=Understanding(catalogue.view),
            commands=(*COMMANDS, *HIDDEN),
            clock=self.clock,
        )

    async def take(self, incoming: Incoming) -> tuple[Reply, ...]:
        return await self.dispatch.handle(incoming, self.capabilities)

    async def say(self, text: str, *, name: str = "Anna", room: str = "home", private: bool = True) -> Reply:
        """Everything that is answered, as one reply."""
        return merged(await self.take(Message("m", place(room, private), author(name), text)))

    async def press(
        self, token: str | None, *, name: str = "Anna", room: str = "home", private: bool = True, on: str | None = None
    ) -> Reply:
        """Press a button; `on`: the message on which it hangs, which may be edited."""
        assert token is not None
        message = None if on is None else MessageRef("terminal", room, on)
        return merged(await self.take(Press("p", place(room, private), author(name), token, message)))


def place(room: str = "home", private: bool = True) -> Place:
    return Place("terminal", room, private=private)


def author(name: str = "Anna") -> Author:
    return Author("terminal", name, name)


def merged(replies: Sequence[Reply]) -> Reply:
    return Reply(
        tuple(part for reply in replies for part in reply.parts),
        any(reply.private for reply in replies),
        replies[0].replaces if replies else None,
    )


def cards(reply: Reply) -> list[Card]:
    return [part for part in reply.parts if isinstance(part, Card)]


def choices(reply: Reply) -> Choices:
    (only,) = [part for part in reply.parts if isinstance(part, Choices)]
    return only


def words(reply: Reply) -> str:
    """All text of a reply."""
    return "\n".join(
        part.markdown if isinstance(part, Text) else part.prompt
        for part in reply.parts
        if isinstance(part, Text | Choices)
    )
