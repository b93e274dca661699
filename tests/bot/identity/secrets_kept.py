"""Random households that talk, and a look at every word of every answer: is a title named that may not be shown there?

What may be shown is worked out here from the plain facts, not by the code that is looked at. Each title carries a
number that nothing else carries, so that it is found wherever it is named: card, reason, alias, choice or button.
"""

from __future__ import annotations

import random
import re
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta

from bot.agent.understanding import Understanding
from bot.chat.incoming import Author, Message, MessageRef, Place, Press
from bot.chat.reply import Action, Card, Choices, Reply, Text
from bot.commands import COMMANDS, HIDDEN
from bot.commands.context import Services
from bot.dispatch import Dispatch
from bot.explanations.templates import TemplateExplainer
from bot.model.feedback import Feedback, Verdict
from bot.model.history import Rating, WatchEvent
from bot.model.members import LinkedAccount, Member
from bot.model.preferences import Room
from bot.model.privacy import Privacy
from bot.model.titles import Alias, Credit, Kind, Role, TitleFacts, TitleRef
from bot.services.accounts import AccountsService
from bot.services.actions import ActionsService
from bot.services.catalogue import CatalogueService
from bot.services.community import CommunityService
from bot.services.conversations import ConversationsService
from bot.services.decks import DecksService
from bot.services.feedback import FeedbackService
from bot.services.influences import InfluencesService
from bot.services.linking import LinkingService
from bot.services.lookup import TitleLookup
from bot.services.mood import MoodService
from bot.services.preferences import PreferencesService
from bot.services.privacy import PrivacyService
from bot.services.profiles import ProfilesService
from bot.services.quiz import QuizService
from bot.services.recommending import RecommendingService
from bot.services.records import RecordsService
from bot.services.rules import RulesService
from bot.services.watchlists import WatchlistsService
from engine.profile import ProfileConfig
from engine.scoring.public import PublicKnowledge
from tests.bot.household import ROOMY, START, TEXT_ONLY
from tests.fakes.ai import FAKE_ID, FakeEmbedder, FakeVectorStore
from tests.fakes.clock import FakeClock
from tests.fakes.rules import FakeRules
from tests.fakes.shelf import FakeShelf
from tests.fakes.storage import FakeStorage

WORDS = ("Marble", "Silver", "Harbor", "Winter", "Copper", "Velvet")
_NOBODY: tuple[str, ...] = ()
NAMED = re.compile(rf"(?:{'|'.join(WORDS)}|Autre)(\d{{3}})")
GENRES = ("Crime", "Drama", "Comedy", "Horror", "Science Fiction", "Western")
PEOPLE = ("Jane Doe", "Max Muster", "Ida Berg", "Tom Frost")
PLATFORMS = (ROOMY, replace(ROOMY, pager=True), replace(ROOMY, private=False), TEXT_ONLY)
_TALK = (
    "/recommend", "/recommend limit=8", "/recommend rediscover", "/recommend shuffle", "/recommend grab",
    "/recommend group {people}", "/recommend mood {genre} with {person}", "/recommend kind=film genre={genre}",
    "/similar {title}", "/recommend because {title}", "/more", "/why {title}", "/whynot {title}",
    "/whynot {title} anyway=yes", "/search {title}", "/search {genre}", "/trailer {title}", "/rate {title} 9",
    "/like {title}", "/seen {title}", "/hide {title}", "/watchlist", "/watchlist add {title}", "/quiz", "/profile",
    "/profile block {title}", "/history", "/history {title}", "/export", "/privacy", "something like {title}",
    "a {genre} film with {person}", "more", "funnier", "why?", "why the second?", "1", "2", "2b", "3a", "the second",
    "/room", "/settings", "did you mean {title}?", "{title}", "/unlink", "/link", "/start", "/help",
)  # fmt: skip


class _NoPublicKnowledge:
    def version(self) -> str:
        return ""

    def read(self) -> PublicKnowledge | None:
        return None


@dataclass(frozen=True, slots=True)
class Leak:
    """A title that was named where it may not be."""

    said: str
    title_id: int
    answer: str


@dataclass(frozen=True, slots=True)
class _Button:
    """A button with whose it is and where it hangs. `beside`: titles named on the cards of that answer."""

    token: str
    owner: str
    room: str | None
    beside: frozenset[int]


@dataclass(eq=False, repr=False)
class RandomHousehold:
    """Made from a seed. `answers` counts every answer that was looked at."""

    seed: int
    answers: int = 0
    named: int = 0
    chance: random.Random = field(init=False)
    storage: FakeStorage = field(init=False)
    titles: dict[int, TitleFacts] = field(default_factory=dict)
    shelves: dict[int, frozenset[int]] = field(default_factory=dict)  # title → libraries
    libraries: dict[str, int] = field(default_factory=dict)
    members: dict[str, Member] = field(default_factory=dict)
    _pressable: deque[_Button] = field(default_factory=lambda: deque(maxlen=60))

    async def furnish(self) -> None:
        """Libraries, titles, people who watched what they may not see any more, rooms."""
        self.chance = chance = random.Random(self.seed)
        self.clock = FakeClock(START)
        self.platform = PLATFORMS[self.seed // 2 % len(PLATFORMS)]
        self.storage = FakeStorage(self.clock)
        async with self.storage() as uow:
            for name in ("films", "grown-ups", "children"):
                library = await uow.libraries.ensure("plex", name, name.title(), public=name == "children")
                self.libraries[name] = library.id
            facts = [self._facts(number) for number in range(1, 49)]
            for title_id, each in zip(await uow.titles.upsert(facts), facts, strict=True):
                self.titles[title_id] = each
                inside = frozenset(one for one in self.libraries.values() if chance.random() < 0.35)
                self.shelves[title_id] = inside
                for library_id in inside:
                    await uow.libraries.put(library_id, [title_id])
            for name in ("Anna", "Ben", "Cleo", "Dan"):
                member = await uow.members.add(name, age_limit=chance.choice((None, None, 6, 12, 16)))
                await uow.members.link(LinkedAccount(member.id, "terminal", name, START))
                self.members[name] = member
                await uow.privacy.save(member.id, Privacy(name_watched=chance.random() < 0.7))
                watched = chance.sample(sorted(self.titles), 14)
                await uow.histories.add_events(
                    WatchEvent(member.id, one, "plex", f"{name}/{one}", START - timedelta(days=days * 9), 1.0)
                    for days, one in enumerate(watched, start=1)
                )
                await uow.histories.add_ratings(
                    Rating(member.id, one, "own", chance.choice((2.0, 8.0, 10.0)), START) for one in watched[:6]
                )
                for one in chance.sample(sorted(self.titles), 4):
                    verdict = chance.choice((Verdict.LIKE, Verdict.DISLIKE))
                    await uow.feedbacks.add(Feedback(member.id, one, verdict, START))
            await uow.commit()
        for name in self.members:
            await self._grant(name)
        self._open()

    async def talk(self, turns: int) -> list[Leak]:
        """Let them talk in private and in rooms; what was named where it may not be."""
        leaks: list[Leak] = []
        for number in range(turns):
            if number % 25 == 24:
                await self._change()
            name = self.chance.choice(sorted(self.members))
            room, people = self.chance.choice((None, "one", "two", "three")), _NOBODY
            beside: frozenset[int] = frozenset()
            if self._pressable and self.chance.random() < 0.3:
                button = self.chance.choice(list(self._pressable))
                said, room, beside = button.token, button.room, button.beside
                name = button.owner if self.chance.random() < 0.8 else name
                incoming: Message | Press = Press(
                    str(number), _place(room), _author(name), said, MessageRef("terminal", room or "home", "1")
                )
            else:
                said, people = self._words(name)
                incoming = Message(str(number), _place(room), _author(name), said)
            replies = await self.dispatch.handle(incoming, self.platform)
            self.answers += 1
            leaks += await self._look(name, people, room, said, replies, beside)
            leaks += await self._complete(name)
        return leaks

    async def allowed(self, name: str, room: str | None) -> frozenset[int]:
        """What this person may be shown there, by the plain facts."""
        async with self.storage() as uow:
            member = await uow.members.get(self.members[name].id)
            assert member is not None
            granted = await uow.members.access(member.id)
            set_for = await uow.rooms.get(f"terminal|{room}") if room else None
        found = set()
        for title_id, facts in self.titles.items():
            inside, age = self.shelves[title_id], facts.minimum_age
            limits = [each for each in (member.age_limit, set_for.age_limit if set_for else None) if each is not None]
            libraries = inside & granted
            if set_for is not None and set_for.libraries is not None:
                libraries &= set_for.libraries
            if (libraries or not inside) and all(age is not None and age <= limit for limit in limits):
                found.add(title_id)
        return frozenset(found)

    async def _look(
        self,
        name: str,
        people: tuple[str, ...],
        room: str | None,
        said: str,
        replies: tuple[Reply, ...],
        beside: frozenset[int],
    ) -> list[Leak]:
        """`beside`: what the card on which a button hangs told before rights changed; drawn anew, it tells it again.

        That never excuses a card of a title that may not be shown (any more).
        """
        allowed = await self.allowed(name, room)
        together = allowed
        for other in people:
            together &= await self.allowed(other, room)
        leaks = []
        told = frozenset(
            int(found)
            for reply in replies
            for part in reply.parts
            if isinstance(part, Card)
            for found in NAMED.findall(part.body)
        )
        for reply in replies:
            for part in reply.parts:
                self._remember(name, room, told | beside, part)
                if isinstance(part, Card) and reply.replaces is not None:
                    part = replace(part, body=_without(part.body, beside))  # noqa: PLW2901
                may = together if isinstance(part, Card) and said.startswith("/recommend group") else allowed
                text = "\n".join(_words_of(part)).replace(f"“{said}”", "")
                for number in {int(found) for found in NAMED.findall(text)}:
                    self.named += 1
                    if number not in may:
                        leaks.append(Leak(f"{name} in {room}: {said}", number, text[:400]))
        return leaks

    async def _complete(self, name: str) -> list[Leak]:
        member = self.members[name]
        typed = self.chance.choice(WORDS)[: self.chance.randint(1, 4)]
        clearance = await self.services.accounts.clearance(await self._fresh(member))
        found = await self.services.titles.complete(typed, clearance, limit=25)
        self.answers += 1
        self.named += len(found)
        allowed = await self.allowed(name, None)
        return [Leak(f"{name} completes {typed}", title.id, title.name) for title in found if title.id not in allowed]

    def _words(self, name: str) -> tuple[str, tuple[str, ...]]:
        chance = self.chance
        others = [other for other in sorted(self.members) if other != name]
        people = tuple(chance.sample(others, chance.randint(1, 2)))
        said = chance.choice(_TALK).format(
            title=self._typed(chance.choice(sorted(self.titles))),
            genre=chance.choice(GENRES).lower(),
            person=chance.choice(PEOPLE),
            people=" ".join(f"@{other}" for other in people),
        )
        return said, people if " group " in said else ()

    def _typed(self, title_id: int) -> str:
        """A title as people type it: by reference, misspelt, or only begun. Never so that its echo looks like it."""
        word, number = self.titles[title_id].title.split()[0][:-3], f"{title_id:03}"
        typed = self.chance.choice((f"movie:{title_id}", f"{word[:-2]}{word[-1]}{word[-2]}{number}", word, word[:4]))
        return typed if not NAMED.search(typed) else word

    def _facts(self, number: int) -> TitleFacts:
        chance = self.chance
        name = f"{chance.choice(WORDS)}{number:03} {chance.choice(('Nights', 'Road', 'House', 'Days'))}"
        return TitleFacts(
            (TitleRef(Kind.MOVIE, "tmdb", str(number)),),
            Kind.MOVIE,
            name,
            chance.randint(1960, 2025),
            runtime=chance.randint(80, 160),
            genres=tuple(chance.sample(GENRES, 2)),
            keywords=tuple(chance.sample(("heist", "revenge", "space", "family", "snow"), 2)),
            credits=(Credit(chance.choice(PEOPLE), Role.DIRECTOR), Credit(chance.choice(PEOPLE), Role.CAST)),
            overview=f"{name} is about a {chance.choice(('heist', 'storm', 'feud'))}.",
            aliases=(Alias(f"Autre{number:03}", "fr"),),
            vote_average=chance.uniform(5, 9),
            vote_count=chance.randint(10, 5000),
            minimum_age=chance.choice((None, 0, 6, 12, 16, 18)),
            collection=chance.choice((None, None, "The Saga", "The Trilogy")),
        )

    def _remember(self, name: str, room: str | None, told: frozenset[int], part: Text | Card | Choices) -> None:
        tokens: list[str | None] = []
        if isinstance(part, Card):
            tokens = [button.token for button in part.buttons if isinstance(button.press, Action)]
        elif isinstance(part, Choices):
            tokens = [option.token for option in part.options]
        self._pressable.extend(_Button(token, name, room, told) for token in tokens if token)

    async def _change(self) -> None:
        """Somebody may see other things from now on, or a room shows others."""
        await self._grant(self.chance.choice(sorted(self.members)))
        ids = sorted(self.libraries.values())
        libraries = self.chance.choice((None, frozenset(self.chance.sample(ids, self.chance.randint(0, 2)))))
        room = f"terminal|{self.chance.choice(('one', 'two', 'three'))}"
        async with self.storage() as uow:
            age = self.chance.choice((None, 6, 12, 16))
            await uow.rooms.save(Room(room, libraries, age, private=self.chance.random() < 0.3, updated_at=START))
            await uow.commit()

    async def _grant(self, name: str) -> None:
        ids = sorted(self.libraries.values())
        async with self.storage() as uow:
            member = await uow.members.get(self.members[name].id)
            assert member is not None
            await uow.members.grant(member.id, self.chance.sample(ids, self.chance.randint(0, 3)))
            await uow.members.save(replace(member, age_limit=self.chance.choice((None, None, 6, 12, 16))))
            await uow.commit()

    async def _fresh(self, member: Member) -> Member:
        async with self.storage() as uow:
            return await uow.members.get(member.id) or member

    def _open(self) -> None:
        uow, shelf = self.storage, FakeShelf()
        catalogue = CatalogueService(uow, FakeVectorStore(), FAKE_ID, shelf=shelf)
        accounts = AccountsService(uow, admins=("terminal:Cleo",))
        profiles = ProfilesService(uow, ProfileConfig())
        self.services = Services(
            recommending=RecommendingService(
                uow,
                catalogue=catalogue,
                profiles=profiles,
                accounts=accounts,
                mood=MoodService(FakeEmbedder()),
                community=CommunityService(uow, shelf=shelf, public=_NoPublicKnowledge()),
                rules=RulesService(uow, FakeRules()),
                pipeline="blend",
            ),
            titles=TitleLookup(uow, catalogue),
            feedback=FeedbackService(uow, hide_days=122),
            quiz=QuizService(uow, catalogue=catalogue, profiles=profiles),
            influences=InfluencesService(uow, catalogue),
            accounts=accounts,
            decks=DecksService(uow),
            preferences=PreferencesService(uow),
            watchlists=WatchlistsService(uow),
            records=RecordsService(uow),
            explainer=TemplateExplainer(),
            linking=LinkingService(uow, self.clock),
            privacy=PrivacyService(uow),
        )
        self.dispatch = Dispatch(
            services=self.services,
            actions=ActionsService(uow),
            conversations=ConversationsService(uow),
            understanding=Understanding(catalogue.view),
            commands=(*COMMANDS, *HIDDEN),
            clock=self.clock,
        )


def _without(body: str, numbers: frozenset[int]) -> str:
    return NAMED.sub(lambda found: "" if int(found[1]) in numbers else found[0], body)


def _words_of(part: Text | Card | Choices) -> list[str]:
    """Every word that a person reads or presses."""
    match part:
        case Text():
            return [part.markdown]
        case Choices():
            return [part.prompt, *(option.label for option in part.options), *_args(o.press for o in part.options)]
        case Card():
            facts = [f"{fact.label} {fact.value}" for fact in part.facts]
            return [part.title, part.subtitle, part.body, *facts, *(button.label for button in part.buttons)]


def _args(presses: Iterator[Action]) -> list[str]:
    return [str(value) for press in presses for value in _flat(press.args)]


def _flat(args: Mapping[str, object]) -> list[object]:
    return list(args.values())


def _place(room: str | None) -> Place:
    return Place("terminal", room or "home", private=room is None)


def _author(name: str) -> Author:
    return Author("terminal", name, name)
