"""Plays and ratings: told again, told late, told twice, told of what nobody knows yet."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.model.history import History, WatchEvent
from bot.model.titles import Kind
from bot.ports.media import ServerRating, ServerUser
from tests.bot.services.sync.house import DAY, House, item, play
from tests.databases import versions
from tests.fakes.clock import NOON
from tests.samples import ref


async def history(house: House, account: str, source: str = "plex") -> History:
    async with house.storage() as uow:
        found = await uow.members.by_account(source, account)
        assert found is not None
        return await uow.histories.of(found.id)


async def keys(house: House, account: str, source: str = "plex") -> set[str]:
    return {event.key for event in (await history(house, account, source)).events}


async def event(house: House, account: str, key: str, source: str = "plex") -> WatchEvent:
    (found,) = [each for each in (await history(house, account, source)).events if each.key == key]
    return found


async def waiting(house: House, source: str = "tautulli") -> set[str]:
    async with house.storage() as uow:
        return {each.watch.key for each in await uow.pending_plays.after(source)}


async def changes(house: House, source: str) -> dict[str, int]:
    summary = await house.sync.run(only=source)
    assert not summary.failed
    return dict(next(stage.changes for stage in summary.sources[0].stages if stage.stage == "plays"))


async def test_plays_reach_the_people_and_titles_they_are_of(house: House) -> None:
    await house.sync.run()
    assert await keys(house, "a") == {"t1", "t2", "t4", "t5"}
    assert (await event(house, "a", "t1")).completion == 0.5
    episodes = [await event(house, "a", key) for key in ("t4", "t5")]
    assert [each.episode for each in episodes] == ["s01e01", "s01e02"]
    assert len({each.title_id for each in episodes}) == 1
    assert await keys(house, "ja", "jellyfin") == {"ja/j1", "ja/j2"}


async def test_a_film_that_has_left_is_still_learnt_from(house: House) -> None:
    await house.sync.run()
    gone = await event(house, "b", "t6")
    async with house.storage() as uow:
        (title,) = await uow.titles.get([gone.title_id])
    assert (str(title.ref), title.facts.year, title.libraries) == ("movie:77", 1980, frozenset())
    asked = house.tautulli.requests
    await house.sync.run(only="tautulli", full=True)
    assert house.tautulli.requests == asked + 4 + 1  # pages and ratings; what is known to be unknown is not asked again


async def test_a_title_that_leaves_keeps_its_plays(house: House) -> None:
    await house.sync.run()
    before = await history(house, "a")
    house.plex.item_list = [one for one in house.plex.item_list if one.key != "k2"]
    await house.sync.run(full=True)
    await house.sync.run(full=True)
    assert await history(house, "a") == before
    assert await waiting(house) == {"t7", "t8"}


async def test_plays_wait_until_their_title_and_person_are_known(house: House) -> None:
    await house.sync.run()
    assert await waiting(house) == {"t7", "t8"}
    house.plex.item_list = [*house.plex.item_list, item("never", "1", ref(78))]
    house.plex.user_list = [*house.plex.user_list, ServerUser("stranger", "Carl", ())]
    await house.sync.run()
    assert await waiting(house) == set()
    assert await keys(house, "b") == {"t3", "t6", "t7"}
    assert await keys(house, "stranger") == {"t8"}


async def test_before_titles_are_known_no_play_is_lost(house: House) -> None:
    house.plex.down = True
    await house.sync.run()
    assert len(await waiting(house)) == 8
    assert house.tautulli.requests == 5  # nothing has left a server that has told nothing
    house.plex.down = False
    await house.sync.run()
    assert await waiting(house) == {"t7", "t8"}
    assert await keys(house, "a") == {"t1", "t2", "t4", "t5"}


async def test_only_what_is_new_is_read_again(house: House) -> None:
    await house.sync.run()
    house.clock.advance(timedelta(hours=1))
    new = replace(play("a", "t9", "k2"), watched_at=house.clock.now() - timedelta(minutes=5))
    late = play("b", "t10", "k2", days=1.5)  # filed after the newest play, within the overlap
    house.tautulli.watch_list = [*house.tautulli.watch_list, new, late]
    assert await changes(house, "tautulli") == {"new": 2}
    assert {"t9"} <= await keys(house, "a")
    assert {"t10"} <= await keys(house, "b")
    version = await versions(house.storage)
    assert await changes(house, "tautulli") == {}
    assert await versions(house.storage) == version


async def test_a_play_filed_much_too_late_is_found_by_the_daily_reading(house: House) -> None:
    await house.sync.run()
    house.tautulli.watch_list = [*house.tautulli.watch_list, play("a", "t11", "k2", days=20)]
    assert await changes(house, "tautulli") == {}
    house.clock.advance(DAY)
    assert await changes(house, "tautulli") == {"new": 1}


async def test_counts_are_updated_in_place(house: House) -> None:
    await house.sync.run()
    first, second = house.jellyfin.watch_list
    house.jellyfin.watch_list = [replace(first, plays=3, watched_at=NOON, completion=1.0), second]
    assert await changes(house, "jellyfin") == {"new": 1}
    found = await event(house, "ja", "ja/j1", "jellyfin")
    assert (found.plays, found.watched_at, found.completion) == (3, NOON, 1.0)
    assert await keys(house, "ja", "jellyfin") == {"ja/j1", "ja/j2"}


async def test_of_what_plex_and_its_watcher_tell_the_watcher_counts(house: House) -> None:
    minutes = timedelta(minutes=1)
    film, first, second = (house.tautulli.watch_list[n] for n in (0, 3, 4))
    house.tautulli.watch_list = [replace(film, duration=7200), *house.tautulli.watch_list[1:]]
    house.plex.watch_list = [
        replace(film, key="px1", completion=1.0, watched_at=film.watched_at - 110 * minutes),
        replace(first, key="px2", watched_at=first.watched_at + 29 * minutes),
        replace(first, key="px3", watched_at=first.watched_at - 31 * minutes),  # another viewing
        replace(first, key="px4", episode="s01e02"),  # another episode
        replace(second, key="px5", account="b"),  # another person
        play("a", "px6", "k3", days=3),  # while the watcher was away
    ]
    await house.sync.run()
    assert await keys(house, "a") == {"t1", "t2", "t4", "t5", "px3", "px4", "px6"}
    assert "px5" in await keys(house, "b")
    assert [rating.value for rating in (await history(house, "a")).ratings] == [8]
    before = await versions(house.storage)
    await house.sync.run(full=True)
    assert await versions(house.storage) == before


async def test_with_a_watcher_plex_itself_is_read_on_full_runs_only(house: House) -> None:
    await house.sync.run()
    house.plex.watch_list = [play("a", "px1", "k3", days=3)]
    await house.sync.run()
    assert "px1" not in await keys(house, "a")
    house.clock.advance(DAY)
    await house.sync.run()
    assert "px1" in await keys(house, "a")


async def test_a_play_that_plex_told_gives_way_when_its_watcher_tells_it_later(house: House) -> None:
    house.plex.watch_list = [play("a", "px1", "k3", days=0.5), play("a", "px2", "k2", days=0.5)]
    await house.sync.run()
    assert {"px1", "px2"} <= await keys(house, "a")
    house.tautulli.watch_list = [*house.tautulli.watch_list, play("a", "t20", "k3", days=0.5, completion=0.9)]
    assert await changes(house, "tautulli") == {"new": 1, "doubled": 1}
    assert "px1" not in await keys(house, "a")
    assert {"px2", "t20"} <= await keys(house, "a")


async def test_plays_that_waited_are_counted_once_when_both_told_them(house: House) -> None:
    house.plex.watch_list = [play("b", "px1", "never", days=91, title="Lost film", kind=Kind.MOVIE)]
    await house.sync.run()
    assert (await waiting(house), await waiting(house, "plex")) == ({"t7", "t8"}, {"px1"})
    house.plex.item_list = [*house.plex.item_list, item("never", "1", ref(78))]
    await house.sync.run(full=True)
    assert (await waiting(house), await waiting(house, "plex")) == ({"t8"}, set())
    assert await keys(house, "b") == {"t3", "t6", "t7"}


async def test_plays_count_once_when_a_watcher_comes_or_goes(house: House) -> None:
    told = house.plex.watch_list = [
        play("a", "px0", "k3", days=400),
        play("a", "px1", "k1"),
        play("a", "px2", "k2", days=40),
    ]
    tautulli = house.tautulli
    house.tautulli = replace(tautulli, watch_list=[], source="none", items_of="none")
    await house.sync.run()
    assert await keys(house, "a") == {"px0", "px1", "px2"}
    house.tautulli = tautulli
    await house.sync.run()
    assert await keys(house, "a") == {"px0", "t1", "t2", "t4", "t5"}
    assert await waiting(house, "plex") == set()
    house.tautulli = replace(tautulli, watch_list=[], source="none", items_of="none")
    house.plex.watch_list = [*told, replace(play("a", "px3", "k2"), watched_at=NOON - timedelta(hours=2))]
    await house.sync.run(full=True)
    assert await keys(house, "a") == {"px0", "px3", "t1", "t2", "t4", "t5"}


async def test_ratings_follow_and_those_of_strangers_are_left_out(house: House) -> None:
    await house.sync.run()
    assert [(each.source, each.value) for each in (await history(house, "a")).ratings] == [("plex", 8)]
    house.plex.rating_list = [
        ServerRating("a", 3, NOON, "k1"),
        ServerRating("b", 9, NOON, None, (ref(2),)),
        ServerRating("b", 9, NOON, "nothing"),
    ]
    await house.sync.run()
    assert [each.value for each in (await history(house, "a")).ratings] == [3]
    assert [each.value for each in (await history(house, "b")).ratings] == [9]


async def test_a_rating_that_was_withdrawn_goes_with_the_next_full_sync(house: House) -> None:
    house.plex.rating_list = [ServerRating("a", 8, NOON - DAY, "k1"), ServerRating("a", 6, NOON - DAY, "k2")]
    house.jellyfin.rating_list = [ServerRating("ja", 5, NOON - DAY, "j1")]
    await house.sync.run()
    house.plex.rating_list = house.plex.rating_list[1:]
    await house.sync.run()
    assert {rating.value for rating in (await history(house, "a")).ratings} == {6, 8}
    await house.sync.run(full=True)
    assert [rating.value for rating in (await history(house, "a")).ratings] == [6]
    assert [rating.value for rating in (await history(house, "ja", "jellyfin")).ratings] == [5]
    before = await versions(house.storage)
    await house.sync.run(full=True)
    assert await versions(house.storage) == before


async def test_a_rating_outlives_its_title_and_its_account_on_the_server(house: House) -> None:
    house.plex.rating_list = [ServerRating("a", 8, NOON - DAY, "k1"), ServerRating("b", 3, NOON - DAY, "k2")]
    await house.sync.run()
    house.plex.rating_list = []
    house.plex.item_list = [one for one in house.plex.item_list if one.key != "k1"]
    house.plex.user_list = house.plex.user_list[:1]
    await house.sync.run(full=True)
    async with house.storage() as uow:
        assert {rating.value for rating in await uow.histories.ratings_of("plex")} == {8, 3}


async def test_a_play_with_references_alone_makes_its_title(house: House) -> None:
    house.tautulli.watch_list = [
        play("a", "r1", None, ref(808), title="Only told", kind=Kind.MOVIE),
        play("a", "r2", None, ref(809)),
        play("a", "r1", None, ref(808), title="Only told", kind=Kind.MOVIE),
    ]
    await house.sync.run()
    assert await keys(house, "a") == {"r1"}
    assert await waiting(house) == {"r2"}


async def test_a_server_whose_clock_runs_ahead_hides_no_later_play(house: House) -> None:
    ahead = replace(play("a", "ahead", "k1"), watched_at=NOON + 30 * DAY)
    house.tautulli.watch_list = [*house.tautulli.watch_list, ahead]
    await house.sync.run()
    house.clock.advance(timedelta(hours=3))
    later = replace(play("a", "later", "k2"), watched_at=house.clock.now())
    house.tautulli.watch_list = [*house.tautulli.watch_list, later]
    await house.sync.run()
    assert {"ahead", "later"} <= await keys(house, "a")


async def test_a_clock_that_goes_back_loses_no_play(house: House) -> None:
    house.clock.set(NOON + 60 * DAY)
    await house.sync.run()
    house.clock.set(NOON)
    house.tautulli.watch_list = [*house.tautulli.watch_list, play("a", "t12", "k2", days=20)]
    await house.sync.run()
    assert "t12" in await keys(house, "a")
