"""Two servers, a watcher, a metadata and a request service of one household, to be synced in tests."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta

from bot.model.titles import Kind, TitleFacts, TitleRef
from bot.ports.media import Quality, ServerItem, ServerLibrary, ServerRating, ServerUser, ServerWatch
from bot.ports.metadata import Details, Season, Trailer
from bot.ports.requests import FiledRequest, MediaState, RequestState
from bot.ports.storage import UnitOfWorkFactory
from bot.services.sync import Sources, SyncService
from tests.fakes.clock import NOON, FakeClock
from tests.fakes.media import FakeMediaServer
from tests.fakes.metadata import FakeMetadataSource
from tests.fakes.requests import FakeRequester
from tests.samples import film, ref

DAY = timedelta(days=1)
SHOW = TitleRef(Kind.SERIES, "tvdb", "81189")


def item(key: str, library: str, *refs: TitleRef, age: int = 30, **facts: object) -> ServerItem:
    """A film called after its key, added some days ago."""
    first = refs[0] if refs else ref(0)
    values = {"title": f"Title {key}", **facts}
    told = TitleFacts(refs, first.kind, **values)  # type: ignore[arg-type]  # any fact
    return ServerItem(key, library, told, NOON - age * DAY, NOON - age * DAY)


def play(account: str, key: str, on: str | None, *refs: TitleRef, days: float = 5, **more: object) -> ServerWatch:
    """A play some days ago."""
    return ServerWatch(account, key, NOON - days * DAY, on, refs, **more)  # type: ignore[arg-type]


def plex() -> FakeMediaServer:
    """Films, series and a library that holds one film; Anna owns it, Ben may see films up to 12."""
    quality = Quality("2160p", "HDR")
    return FakeMediaServer(
        source="plex",
        items_of="plex",
        library_list=[
            ServerLibrary("1", "Films", Kind.MOVIE),
            ServerLibrary("2", "Series", Kind.SERIES),
            ServerLibrary("3", "Anime films"),
        ],
        user_list=[
            ServerUser("a", "Anna", None, is_admin=True, locale="de"),
            ServerUser("b", "Ben", ("1",), age_limit=12),
        ],
        item_list=[
            replace(item("k1", "1", ref(1), ref("tt1", "imdb"), age=9), quality=quality, page_url="https://p/1"),
            item("k2", "1", ref(2)),
            item("k3", "1", ref(3), year=1999),
            item("k4", "1"),
            item("s1", "2", SHOW, seasons=2),
            item("n1", "3", ref(11)),
        ],
        rating_list=[ServerRating("a", 8, NOON - DAY, "k1"), ServerRating("z", 2, NOON - DAY, "k1")],
    )


def tautulli() -> FakeMediaServer:
    """What was played on Plex: films, episodes, a film that has left, one of which nothing is known, a stranger's."""
    return FakeMediaServer(
        source="tautulli",
        items_of="plex",
        watch_list=[
            play("a", "t1", "k1", completion=0.5),
            play("a", "t2", "k2", days=40),
            play("b", "t3", "k1", days=1),
            play("a", "t4", "s1", days=3, episode="s01e01"),
            play("a", "t5", "s1", days=2, episode="s01e02"),
            play("b", "t6", "old", days=90, title="Gone film", kind=Kind.MOVIE),
            play("b", "t7", "never", days=91, title="Lost film", kind=Kind.MOVIE),
            play("stranger", "t8", "k2", days=92),
        ],
        gone={"old": (ref(77),)},
    )


def jellyfin() -> FakeMediaServer:
    """One film that Plex has too, one of its own, and another Anna; it keeps counts."""
    return FakeMediaServer(
        source="jellyfin",
        items_of="jellyfin",
        library_list=[ServerLibrary("j", "Movies")],
        user_list=[ServerUser("ja", "anna", None, age_limit=16)],
        item_list=[item("j1", "j", ref("tt1", "imdb"), ref(1)), item("j2", "j", ref(5))],
        watch_list=[play("ja", "ja/j1", "j1", plays=2), play("ja", "ja/j2", "j2", days=7)],
    )


def tmdb() -> FakeMetadataSource:
    """Details of what the servers have, in which films name each other and one that nobody has."""
    named = film(500, title="Wish", genres=("Drama",))
    films = [
        film(1, ref("tt1", "imdb"), title="One", genres=("Crime",), overview="A heist.", minimum_age=16),
        film(2, title="Two", genres=("Comedy",)),
        film(3, title="Three", language="ja", genres=("Animation",)),
        film(5, title="Five"),
        film(77, title="Gone film", year=1980),
    ]
    series = TitleFacts((TitleRef(Kind.SERIES, "tmdb", "1396"), SHOW), Kind.SERIES, "Show", episodes=20)
    details = [Details(facts, similar=(named, films[1]), recommendations=(films[0],)) for facts in films]
    show = Details(series, trailers=(Trailer("T", "https://v/1"),), seasons=(Season(1, 10), Season(2, 10)))
    return FakeMetadataSource(details=[*details, show])


def seerr() -> FakeRequester:
    """Two requests: one of a film that nobody has."""
    return FakeRequester(
        source="seerr",
        filed=[
            FiledRequest("1", ref(900), "9", RequestState.PENDING, MediaState.PENDING, (), NOON - DAY, None, "Asked"),
            FiledRequest("2", ref(1), "9", RequestState.COMPLETED, MediaState.AVAILABLE, (), NOON - 9 * DAY),
        ],
    )


@dataclass(slots=True)
class House:
    """Everything together."""

    storage: UnitOfWorkFactory
    clock: FakeClock
    plex: FakeMediaServer = field(default_factory=plex)
    tautulli: FakeMediaServer = field(default_factory=tautulli)
    jellyfin: FakeMediaServer = field(default_factory=jellyfin)
    tmdb: FakeMetadataSource = field(default_factory=tmdb)
    seerr: FakeRequester = field(default_factory=seerr)
    wrap: Callable[[UnitOfWorkFactory], UnitOfWorkFactory] = lambda storage: storage

    @property
    def sync(self) -> SyncService:
        """A service of a new process."""
        sources = Sources(
            (self.plex, self.jellyfin),
            (self.plex, self.tautulli, self.jellyfin),
            self.tmdb,
            (self.seerr,),
            ("de",),
        )
        return SyncService(self.wrap(self.storage), self.clock, sources)
