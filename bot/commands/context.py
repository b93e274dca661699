"""What a command receives, and the services it may use."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, TypeAlias

from bot.chat.actions import read_label
from bot.chat.command import CommandSpec
from bot.chat.incoming import Author, MessageRef, Place
from bot.errors import InvalidInput
from bot.explanations.templates import TemplateExplainer
from bot.i18n import gettext as _
from bot.model.members import Clearance, Member
from bot.model.preferences import Preferences, Room
from bot.model.privacy import Privacy
from bot.model.recommendation import Answer, Ask, ProfileSummary, WhyAnswer
from bot.model.titles import Title
from bot.ports.chat import Say
from bot.ports.jobs import JobQueue
from bot.ports.language_models import LanguageModels
from bot.services.accounts import AccountsService
from bot.services.conversations import OpenConversation
from bot.services.decks import DecksService, OpenDeck
from bot.services.feedback import FeedbackService
from bot.services.influences import InfluencesService
from bot.services.linking import LinkingService
from bot.services.model_fetching import ModelFetching
from bot.services.preferences import PreferencesService
from bot.services.privacy import PrivacyService
from bot.services.quiz import QuizService
from bot.services.records import RecordsService
from bot.services.requesting import RequestingService
from bot.services.requesting_deciding import DecidingService
from bot.services.watchlists import WatchlistsService


class Recommending(Protocol):
    """The recommender, as `bot.services.recommending` provides it."""

    async def recommend(self, member: Member, clearance: Clearance, ask: Ask, *, now: datetime) -> Answer:
        """Raises: NothingToRecommend, NotFound, Unavailable."""
        ...

    async def why(self, member: Member, clearance: Clearance, title_id: int, *, now: datetime) -> WhyAnswer: ...

    async def profile(self, member: Member, clearance: Clearance, *, now: datetime) -> ProfileSummary: ...

    async def warm_up(self, now: datetime) -> None:
        """Do what the first answer would have to wait for. Raises: Unavailable."""
        ...


class Titles(Protocol):
    """Title look-up, as `bot.services.lookup` provides it."""

    async def search(self, text: str, clearance: Clearance, *, limit: int = 5) -> tuple[Title, ...]: ...

    async def complete(self, text: str, clearance: Clearance, *, limit: int = 10) -> tuple[Title, ...]: ...

    async def resolve(self, text: str, clearance: Clearance) -> Title:
        """Raises: NotFound, Ambiguous."""
        ...

    async def by_id(self, title_id: int, clearance: Clearance) -> Title:
        """Raises: NotFound."""
        ...

    async def by_ids(self, title_ids: Collection[int], clearance: Clearance) -> Mapping[int, Title]: ...


_NOTHING_SET = Preferences()
_NOTHING_ALLOWED = Privacy()


@dataclass(frozen=True, slots=True)
class Services:
    """The use cases that commands call. `picks`: titles in an answer when nobody says how many."""

    recommending: Recommending
    titles: Titles
    feedback: FeedbackService
    quiz: QuizService
    influences: InfluencesService
    accounts: AccountsService
    decks: DecksService
    preferences: PreferencesService
    watchlists: WatchlistsService
    records: RecordsService
    explainer: TemplateExplainer
    linking: LinkingService | None = None
    privacy: PrivacyService | None = None
    requesting: RequestingService | None = None
    deciding: DecidingService | None = None
    picks: int = 5
    jobs: JobQueue | None = None  # None: no server or service is configured
    models: LanguageModels | None = None
    fetching: ModelFetching | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """One turn: who asks where, what they may see, in which language, and what was said before.

    `pressed`: the message whose button was pressed, where it can be edited; `card`: the stored card on it; `caption`:
    how many characters a card may have there. `author`: the account that speaks; `privacy`: what the member allows.
    `room`: what is set for the room, None where nobody else ever reads. `say`: shows what is said so far.
    """

    member: Member
    place: Place
    clearance: Clearance
    locale: str
    now: datetime
    conversation: OpenConversation
    services: Services
    commands: tuple[CommandSpec[Any], ...] = ()
    preferences: Preferences = _NOTHING_SET
    room: Room | None = None
    platform_locale: str | None = None
    pressed: MessageRef | None = None
    card: OpenDeck | None = None
    caption: int = 0
    author: Author | None = None
    privacy: Privacy = _NOTHING_ALLOWED
    say: Say | None = None

    @property
    def personal(self) -> bool:
        """Whether words may tell what is the member's alone: nobody else reads them."""
        return self.place.private

    @property
    def names_watched(self) -> bool:
        """Whether reasons may name what the member watched: nobody else reads them, or the member allows it."""
        return self.personal or self.privacy.name_watched

    async def title(self, text: str) -> Title:
        """The title somebody names: a number of the last answer, a reference, or words.

        Raises: NotFound, Ambiguous with the choices, InvalidInput.
        """
        if not text.strip():
            raise InvalidInput(_("Which title do you mean?"))
        title = await self.services.titles.resolve(self.numbered(text) or text, self.clearance)
        self.focus(title)
        return title

    def numbered(self, text: str) -> str | None:
        """The reference behind a number of the last answer."""
        label = read_label(text)
        shown = self.conversation.memory.shown
        return shown[int(label) - 1] if label and label.isdigit() and 0 < int(label) <= len(shown) else None

    def focus(self, title: Title) -> None:
        """Remember what is being talked about, for a bare "why?"."""
        memory = self.conversation.memory
        self.conversation.memory = memory.with_focus(str(title.ref))

    async def companions(self, names: tuple[str, ...]) -> tuple[Member, ...]:
        """The other members that are named, each once. Raises: NotFound, NotLinked."""
        found: dict[int, Member] = {}
        for name in names:
            if name.startswith("account:"):
                account = name.removeprefix("account:")
                member = await self.services.accounts.member_of(Author(self.place.platform, account, account))
            else:
                member = await self.services.accounts.member_named(name)
            if member.id != self.member.id:
                found[member.id] = member
        return tuple(found.values())


Command: TypeAlias = CommandSpec[Context]
