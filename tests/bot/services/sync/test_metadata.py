"""What the metadata service adds, how long that lasts, and which titles belong together."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.errors import Unavailable
from bot.model.titles import Alias, Title, TitleRef
from bot.ports.metadata import Details
from bot.ports.requests import FiledRequest, MediaState, RequestState
from bot.ports.storage_sync import Relation, TitleMetadata
from tests.bot.services.sync.house import DAY, SHOW, House, item, play
from tests.databases import dump, versions
from tests.fakes.metadata import FakeMetadataSource
from tests.samples import film, ref


async def title(house: House, known: TitleRef) -> Title:
    async with house.storage() as uow:
        return (await uow.titles.get([(await uow.titles.by_refs([known]))[known]]))[0]


async def told(house: House, known: TitleRef) -> TitleMetadata:
    title_id = (await title(house, known)).id
    async with house.storage() as uow:
        return (await uow.metadata.of([title_id]))[title_id]


async def linked(house: House, known: TitleRef, relation: Relation) -> list[str]:
    title_id = (await title(house, known)).id
    async with house.storage() as uow:
        others = (await uow.metadata.linked([title_id], relation)).get(title_id, [])
        return [str(other.ref) for other in await uow.titles.get(list(others))]


async def test_the_service_describes_and_the_server_fills_gaps(house: House) -> None:
    house.plex.item_list = [
        item("k1", "1", ref(1), overview="From the server.", tagline="Only the server knows.", minimum_age=6)
    ]
    await house.sync.run()
    facts = (await title(house, ref(1))).facts
    assert (facts.title, facts.overview, facts.tagline) == ("One", "A heist.", "Only the server knows.")
    assert Alias("Title k1") in facts.aliases
    assert facts.minimum_age == 16  # a child of six would see it on the server, but nobody suggests it
    house.plex.item_list = [item("k1", "1", ref(1), overview="Another.", minimum_age=12, runtime=90)]
    await house.sync.run(full=True)
    facts = (await title(house, ref(1))).facts
    assert (facts.title, facts.overview, facts.minimum_age, facts.runtime) == ("One", "A heist.", 16, 90)


async def test_a_series_is_found_by_the_reference_the_server_has(house: House) -> None:
    await house.sync.run()
    show = await title(house, SHOW)
    assert str(show.ref) == "series:1396"
    kept = await told(house, SHOW)
    assert [season.episodes for season in kept.seasons] == [10, 10]
    assert [trailer.url for trailer in kept.trailers] == ["https://v/1"]


async def test_an_answer_lasts_seven_days(house: House) -> None:
    await house.sync.run()
    asked = len(house.tmdb.asked)
    house.clock.advance(7 * DAY)
    await house.sync.run(full=True)
    assert len(house.tmdb.asked) == asked
    house.clock.advance(timedelta(seconds=1))
    await house.sync.run()
    assert len(house.tmdb.asked) == 2 * asked


async def test_only_watched_titles_bring_others_and_those_lie_in_no_library(house: House) -> None:
    await house.sync.run()
    assert await linked(house, ref(1), Relation.SIMILAR) == ["movie:500", "movie:2"]
    assert await linked(house, ref(5), Relation.RECOMMENDED) == ["movie:1"]
    assert await linked(house, ref(3), Relation.SIMILAR) == []
    wish = await title(house, ref(500))
    assert (wish.facts.title, wish.libraries) == ("Wish", frozenset())
    assert ref(500) not in house.tmdb.asked  # what was told in passing is enough
    house.tautulli.watch_list = [*house.tautulli.watch_list, play("a", "new", "k3", days=0)]
    asked = house.tmdb.requests
    await house.sync.run()
    assert await linked(house, ref(3), Relation.SIMILAR) == ["movie:500", "movie:2"]
    assert house.tmdb.requests == asked + 1


async def test_forty_titles_of_each_kind_are_kept(house: House) -> None:
    many = tuple(film(2000 + number) for number in range(60))
    house.tmdb = FakeMetadataSource(details=[Details(film(1), similar=many, recommendations=many[20:])])
    await house.sync.run()
    assert await linked(house, ref(1), Relation.SIMILAR) == [f"movie:{2000 + number}" for number in range(40)]
    assert len(await linked(house, ref(1), Relation.RECOMMENDED)) == 40


async def test_what_is_named_in_passing_does_not_erase_what_is_known(house: House) -> None:
    thin = film(2, title="Thin")
    house.tmdb = FakeMetadataSource(
        details=[Details(film(1, title="One"), similar=(thin,)), Details(film(2, title="Two", overview="Whole."))]
    )
    await house.sync.run()
    house.clock.advance(8 * DAY)
    await house.sync.run()
    assert (await title(house, ref(2))).facts.title == "Two"


async def test_a_wrong_reference_makes_no_two_films_one(house: House) -> None:
    house.tmdb = FakeMetadataSource(details=[Details(film(2, ref("tt1", "imdb"), title="Two"))])
    await house.sync.run()
    assert (await title(house, ref(1))).id != (await title(house, ref(2))).id
    assert (await title(house, ref("tt1", "imdb"))).id == (await title(house, ref(1))).id


async def test_two_titles_that_are_one_become_one(house: House) -> None:
    house.plex.item_list = [item("x", "1", ref("tt99", "imdb")), item("y", "1", ref(99))]
    house.tautulli.watch_list = [play("a", "x1", "x"), play("a", "y1", "y")]
    house.tmdb = FakeMetadataSource(details=[Details(film(99, ref("tt99", "imdb"), title="Both"))])
    await house.sync.run()
    both = await title(house, ref(99))
    assert both.id == (await title(house, ref("tt99", "imdb"))).id
    found = await dump(house.storage)
    assert {found["items"]["plex", key][0] for key in ("x", "y")} == {found["items"]["plex", "x"][0]}
    before = await versions(house.storage)
    await house.sync.run(full=True)
    assert await versions(house.storage) == before


async def test_the_strictest_age_rating_counts_and_follows_its_sources(house: House) -> None:
    """TMDB says 16; what the only server says counts above that, and no longer once it is taken back."""
    house.jellyfin.item_list = []
    for told, known in ((18, 18), (6, 16), (None, 16), (12, 16), (17, 17)):
        house.clock.advance(timedelta(days=2))
        house.plex.item_list = [replace(item("k1", "1", ref(1), minimum_age=told), updated_at=house.clock.now())]
        await house.sync.run()
        assert (await title(house, ref(1))).facts.minimum_age == known


async def test_of_two_servers_the_stricter_counts_in_either_order(house: House) -> None:
    for first, second in ((12, 18), (18, 12)):
        house.plex.item_list = [item("k9", "1", ref(70 + first), minimum_age=first)]
        house.jellyfin.item_list = [item("j9", "j", ref(70 + first), minimum_age=second)]
        await house.sync.run(full=True)
        assert (await title(house, ref(70 + first))).facts.minimum_age == 18


async def test_what_was_answered_before_a_failure_is_kept(house: House) -> None:
    class Failing(FakeMetadataSource):
        async def details(self, ref: TitleRef, *, locales: object = (), related: bool = True) -> Details | None:
            if ref.value == "3":
                raise Unavailable("tmdb", "Too many requests.")
            return await FakeMetadataSource.details(self, ref)

    whole, house.tmdb = house.tmdb, Failing(details=house.tmdb._details)
    summary = await house.sync.run()
    assert [(source.source, source.error) for source in summary.failed] == [("tmdb", "Too many requests.")]
    assert (await title(house, ref(1))).facts.title == "One"
    house.tmdb = whole
    await house.sync.run()
    assert (await title(house, ref(3))).facts.title == "Three"
    assert ref(1) not in house.tmdb.asked


async def test_requests_are_followed_and_forgotten(house: House) -> None:
    await house.sync.run()
    asked = await title(house, ref(900))
    async with house.storage() as uow:
        assert (await uow.request_states.of([asked.id]))[asked.id].state is MediaState.PENDING
    house.clock.advance(timedelta(hours=1))
    waiting, done = house.seerr.filed
    house.seerr.filed = [
        replace(waiting, state=RequestState.DECLINED, updated_at=house.clock.now()),
        done,
        FiledRequest("3", ref(900), "8", RequestState.PENDING, MediaState.PROCESSING, (), house.clock.now()),
        FiledRequest("4", ref(901), "8", RequestState.PENDING),  # of no title: nothing to show
    ]
    await house.sync.run()
    async with house.storage() as uow:
        stored = (await uow.request_states.of([asked.id]))[asked.id]
    assert (stored.state, [each.state for each in stored.requests]) == (
        MediaState.PROCESSING,
        [RequestState.DECLINED, RequestState.PENDING],
    )
    house.seerr.filed = [done]
    await house.sync.run(full=True)
    async with house.storage() as uow:
        assert [each.state for each in await uow.request_states.all("seerr")] == [MediaState.AVAILABLE]
