"""What every implementation promises about titles: recognised by any reference, united, merged, never impoverished."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.errors import InvalidInput
from bot.model.feedback import Exposure, Feedback, Hide, LogEntry, Override, OverrideKind, Verdict
from bot.model.history import Rating, WatchEvent
from bot.model.titles import Alias, Credit, Kind, Role, Title, TitleFacts, TitleRef
from bot.ports.storage import UnitOfWork, UnitOfWorkFactory
from tests.fakes.clock import NOON
from tests.samples import film, ref

EVERYTHING = TitleFacts(
    refs=(ref(603), ref("tt0133093", "imdb")),
    kind=Kind.MOVIE,
    title="Matrix – „Trilogie“ 🎬",
    year=1999,
    original_title="The Matrix",
    aliases=(Alias("Matrix", "de"), Alias("Матрица", "ru"), Alias("The Matrix")),
    end_year=2003,
    released=date(1999, 3, 31),
    runtime=136,
    seasons=1,
    episodes=2,
    overview="A programmer learns what his world is made of.",
    tagline="'; DROP TABLE titles; --",
    genres=("Action", "Science Fiction"),
    keywords=("simulation", "hacker"),
    credits=(
        Credit("Lana Wachowski", Role.DIRECTOR),
        Credit("Keanu Reeves", Role.CAST, 0),
        Credit("?", Role.WRITER, 3),
    ),
    language="en",
    countries=("US", "AU"),
    vote_average=8.2,
    vote_count=25_000,
    popularity=85.731,
    minimum_age=16,
    collection="The Matrix Collection",
    collection_order=1,
    anime=True,
    poster_url="https://example.org/p.jpg?a=1&b=%20",
    page_url="https://example.org/603",
)


async def one(uow: UnitOfWork, title_id: int) -> Title:
    (title,) = await uow.titles.get([title_id])
    return title


async def all_titles(uow: UnitOfWork, batch: int = 1000, after: int = 0) -> list[Title]:
    return [title async for page in uow.titles.stream(batch, after=after) for title in page]


async def test_every_fact_comes_back(storage: UnitOfWorkFactory) -> None:
    async with storage() as uow:
        (title_id,) = await uow.titles.upsert([EVERYTHING])
        await uow.commit()
    async with storage() as uow:
        assert await one(uow, title_id) == Title(title_id, ref(603), EVERYTHING, frozenset())
        assert await uow.titles.by_refs([*EVERYTHING.refs, ref(604)]) == dict.fromkeys(EVERYTHING.refs, title_id)


async def test_empty_facts_erase_nothing(storage: UnitOfWorkFactory) -> None:
    async with storage() as uow:
        (title_id,) = await uow.titles.upsert([EVERYTHING])
        version = await uow.titles.version()
        bare = TitleFacts(refs=(ref("tt0133093", "imdb"),), kind=Kind.MOVIE, title="")
        assert await uow.titles.upsert([bare]) == [title_id]
        assert await uow.titles.version() == version
        assert (await one(uow, title_id)).facts == EVERYTHING


async def test_new_facts_replace_and_aliases_and_references_are_added(storage: UnitOfWorkFactory) -> None:
    async with storage() as uow:
        (title_id,) = await uow.titles.upsert(
            [film(1, genres=("Drama", "War"), aliases=(Alias("Eins", "de"),), year=1990)]
        )
        version = await uow.titles.version()
        said = film(
            1, ref("tt1", "imdb"), genres=("Comedy",), aliases=(Alias("Un", "fr"), Alias("Eins", "de")), year=1991
        )
        assert await uow.titles.upsert([said]) == [title_id]
        facts = (await one(uow, title_id)).facts
        assert (facts.genres, facts.year) == (("Comedy",), 1991)
        assert facts.aliases == (Alias("Eins", "de"), Alias("Un", "fr"))
        assert facts.refs == (ref(1), ref("tt1", "imdb"))
        assert await uow.titles.version() > version


async def test_repeating_changes_nothing(storage: UnitOfWorkFactory) -> None:
    batch = [EVERYTHING, film(1), film(2, ref("tt2", "imdb")), film(1, year=1999), film(1, year=2000)]
    async with storage() as uow:
        ids = await uow.titles.upsert(batch)
        version = await uow.titles.version()
        assert await uow.titles.upsert(batch) == ids
        assert list(await uow.titles.upsert([])) == []
        assert await uow.titles.version() == version
        assert ids[1] == ids[3] == ids[4]
        assert (await one(uow, ids[1])).facts.year == 2000


async def test_one_call_may_name_a_title_in_many_ways(storage: UnitOfWorkFactory) -> None:
    chain = [
        film(1, year=1999),
        TitleFacts(refs=(ref("tt1", "imdb"),), kind=Kind.MOVIE, title="One", runtime=90),
        film(7),
        TitleFacts(refs=(ref("tt1", "imdb"), ref(1)), kind=Kind.MOVIE, title="One!"),
    ]
    async with storage() as uow:
        first, second, other, third = await uow.titles.upsert(chain)
        assert first == second == third != other
        facts = (await one(uow, first)).facts
        assert (facts.title, facts.year, facts.runtime) == ("One!", 1999, 90)
        assert await uow.titles.count() == 2


async def test_a_film_and_a_series_of_one_number_are_two(storage: UnitOfWorkFactory) -> None:
    async with storage() as uow:
        series = TitleFacts(refs=(ref(1, kind=Kind.SERIES),), kind=Kind.SERIES, title="Series 1")
        first, second = await uow.titles.upsert([film(1), series])
        assert first != second
        assert (await one(uow, second)).facts == series


async def test_the_reference_shown_is_the_best_known(storage: UnitOfWorkFactory) -> None:
    async with storage() as uow:
        local, imdb = ref("a", "local"), ref("tt1", "imdb")
        (title_id,) = await uow.titles.upsert([TitleFacts(refs=(local,), kind=Kind.MOVIE, title="A")])
        assert (await one(uow, title_id)).ref == local
        await uow.titles.upsert([TitleFacts(refs=(local, imdb), kind=Kind.MOVIE, title="A")])
        assert (await one(uow, title_id)).ref == imdb
        await uow.titles.upsert([TitleFacts(refs=(imdb, ref(5), ref(6)), kind=Kind.MOVIE, title="A")])
        assert (await one(uow, title_id)).ref == ref(5)


async def test_a_title_needs_a_reference(storage: UnitOfWorkFactory) -> None:
    async with storage() as uow:
        with pytest.raises(InvalidInput):
            await uow.titles.upsert([film(1), TitleFacts(refs=(), kind=Kind.MOVIE, title="Nameless")])
        assert await uow.titles.count() == 0


async def test_what_no_database_can_keep_is_left_out(storage: UnitOfWorkFactory) -> None:
    hostile = film(
        1, ref("tt\0one", "imdb"), overview="a\0b", tagline="\ud800", vote_count=10**30, vote_average=float("nan"),
        popularity=float("inf"), aliases=(Alias("x\0"), Alias("x")), keywords=("nul\0", "half\udfff"), runtime=-5,
    )  # fmt: skip
    async with storage() as uow:
        (title_id,) = await uow.titles.upsert([hostile])
        version = await uow.titles.version()
        assert await uow.titles.upsert([hostile]) == [title_id]
        assert await uow.titles.version() == version
        facts = (await one(uow, title_id)).facts
        assert (facts.overview, facts.tagline, facts.vote_count, facts.vote_average) == ("ab", "?", None, None)
        assert (facts.popularity, facts.aliases, facts.runtime) == (None, (Alias("x"),), -5)
        assert facts.keywords == ("nul\0", "half\udfff")
        assert await uow.titles.by_refs([ref("ttone", "imdb")]) == {ref("ttone", "imdb"): title_id}


async def test_titles_come_in_the_order_asked_for(storage: UnitOfWorkFactory) -> None:
    async with storage() as uow:
        ids = list(await uow.titles.upsert([film(number) for number in range(1, 1301)]))
        wanted = [ids[1200], 10**9, ids[3], ids[3], ids[0]]
        assert [title.id for title in await uow.titles.get(wanted)] == [ids[1200], ids[3], ids[3], ids[0]]
        assert [title.id for title in await all_titles(uow, 500)] == sorted(ids)
        assert [title.id for title in await all_titles(uow, 7, after=ids[-10])] == ids[-9:]
        assert len(await uow.titles.by_refs([ref(number) for number in range(1, 1301)])) == 1300


async def test_ids_are_never_given_out_twice(storage: UnitOfWorkFactory) -> None:
    async with storage() as uow:
        first, last = await uow.titles.upsert([film(1), film(2)])
        assert await uow.titles.upsert([film(1, ref(2))]) == [first]
        (after,) = await uow.titles.upsert([film(3)])
        assert after > last


@pytest.fixture
async def twins(storage: UnitOfWorkFactory) -> Sequence[int]:
    """A member and two stored titles that are one film, neither of which knows it yet."""
    async with storage() as uow:
        member = await uow.members.add("Anna")
        other = TitleFacts(
            refs=(ref("tt1", "imdb"),), kind=Kind.MOVIE, title="Der Film", runtime=90, year=1, aliases=(Alias("F"),)
        )
        ids = await uow.titles.upsert([film(1, year=1999), other])
        await uow.commit()
    return [member.id, *ids]


async def merge(uow: UnitOfWork) -> None:
    await uow.titles.upsert([film(1, ref("tt1", "imdb"))])
    await uow.commit()


async def test_merging_keeps_facts_names_and_references(storage: UnitOfWorkFactory, twins: Sequence[int]) -> None:
    _, kept, lost = twins
    async with storage() as uow:
        version = await uow.titles.version()
        await merge(uow)
        title = await one(uow, kept)
        assert title.facts == film(
            1, ref("tt1", "imdb"), year=1999, runtime=90, aliases=(Alias("F"), Alias("Der Film"))
        )
        assert await uow.titles.get([lost]) == []
        assert await uow.titles.by_refs([ref("tt1", "imdb")]) == {ref("tt1", "imdb"): kept}
        assert await uow.titles.version() > version
        assert await uow.titles.upsert([film(1, ref("tt1", "imdb"))]) == [kept]


async def test_merging_moves_history(storage: UnitOfWorkFactory, twins: Sequence[int]) -> None:
    member, kept, lost = twins
    later = NOON + timedelta(days=1)
    event = WatchEvent(member, lost, "plex", "1", NOON)
    async with storage() as uow:
        await uow.histories.add_events([event, replace(event, title_id=kept, key="2", watched_at=later)])
        await uow.histories.add_ratings([
            Rating(member, kept, "plex", 5, NOON), Rating(member, lost, "plex", 8, later),
            Rating(member, kept, "imdb", 6, later), Rating(member, lost, "imdb", 1, NOON),
            Rating(member, lost, "chat", 7, NOON),
        ])  # fmt: skip
        version = await uow.histories.version(member)
        await merge(uow)
        history = await uow.histories.of(member)
        assert [(event.key, event.title_id) for event in history.events] == [("1", kept), ("2", kept)]
        assert {(each.source, each.value, each.title_id) for each in history.ratings} == {
            ("plex", 8, kept), ("imdb", 6, kept), ("chat", 7, kept),
        }  # fmt: skip
        assert await uow.histories.version(member) > version
        assert {known.title_id for known in await uow.histories.known()} == {kept}


async def test_merging_moves_what_was_said_and_shown(storage: UnitOfWorkFactory, twins: Sequence[int]) -> None:
    member, kept, lost = twins
    later = NOON + timedelta(days=1)
    entry = LogEntry(member, lost, "c", "tonight", "blend", 1, 0.5, ({"type": "genre"},), "Because.", NOON)
    async with storage() as uow:
        await uow.feedbacks.add(Feedback(member, kept, Verdict.LIKE, NOON))
        await uow.feedbacks.add(Feedback(member, lost, Verdict.DISLIKE, later))
        await uow.feedbacks.add(Feedback(member, lost, Verdict.SEEN, NOON))
        await uow.feedbacks.hide(Hide(member, kept, NOON, later))
        await uow.feedbacks.hide(Hide(member, lost, NOON, later + timedelta(days=5)))
        for subject, value, kind in (
            ("title", str(kept), OverrideKind.BOOST),
            ("title", str(lost), OverrideKind.BLOCK),
            ("genre", str(lost), OverrideKind.BLOCK),
        ):
            override = Override(member, subject, value, kind)
            await uow.feedbacks.set_override(override, member_id=member, subject=subject, value=value)
        await uow.feedbacks.expose([Exposure(member, lost, NOON), Exposure(member, kept, NOON)])
        await uow.feedbacks.log([entry])
        await merge(uow)
        assert await uow.feedbacks.of(member) == [
            Feedback(member, kept, Verdict.SEEN, NOON), Feedback(member, kept, Verdict.DISLIKE, later),
        ]  # fmt: skip
        assert await uow.feedbacks.hides(member) == [Hide(member, kept, NOON, later + timedelta(days=5))]
        assert await uow.feedbacks.overrides(member) == [
            Override(member, "genre", str(lost), OverrideKind.BLOCK),
            Override(member, "title", str(kept), OverrideKind.BOOST),
        ]
        assert await uow.feedbacks.exposures(member, NOON) == [Exposure(member, kept, NOON)] * 2
        assert await uow.feedbacks.last_log(member, kept) == replace(entry, title_id=kept)


@pytest.mark.parametrize("liked_first", [True, False])
async def test_of_two_verdicts_of_one_moment_the_dislike_stays(
    storage: UnitOfWorkFactory, twins: Sequence[int], liked_first: bool
) -> None:
    member, kept, lost = twins
    verdicts = (Verdict.LIKE, Verdict.DISLIKE) if liked_first else (Verdict.DISLIKE, Verdict.LIKE)
    async with storage() as uow:
        await uow.feedbacks.add(Feedback(member, kept, verdicts[0], NOON))
        await uow.feedbacks.add(Feedback(member, lost, verdicts[1], NOON))
        await merge(uow)
        assert await uow.feedbacks.of(member) == [Feedback(member, kept, Verdict.DISLIKE, NOON)]


async def test_merging_moves_places(storage: UnitOfWorkFactory, twins: Sequence[int]) -> None:
    _, kept, lost = twins
    async with storage() as uow:
        first, second, third, fourth = [(await uow.libraries.ensure("plex", key, key)).id for key in "1234"]
        await uow.libraries.put(first, [kept], added_at=NOON)
        await uow.libraries.put(first, [lost], added_at=NOON - timedelta(days=3))
        await uow.libraries.put(second, [lost])
        await uow.libraries.put(third, [kept], added_at=NOON)
        await uow.libraries.put(third, [lost])
        await uow.libraries.put(fourth, [kept])
        await merge(uow)
        assert (await one(uow, kept)).libraries == {first, second, third, fourth}
        assert await uow.titles.added() == {kept: NOON - timedelta(days=3)}
        await uow.libraries.remove(first, [kept])
        assert await uow.titles.added() == {kept: NOON}


async def test_many_titles_merge_at_once(storage: UnitOfWorkFactory) -> None:
    async with storage() as uow:
        numbers = range(1, 16)
        ids = await uow.titles.upsert([film(number) for number in numbers])
        refs: list[TitleRef] = [ref(number) for number in numbers]
        (merged,) = await uow.titles.upsert([TitleFacts(refs=tuple(refs), kind=Kind.MOVIE, title="All")])
        assert merged == min(ids)
        assert await uow.titles.count() == 1
        assert set((await one(uow, merged)).facts.refs) == set(refs)


async def test_of_several_age_ratings_at_once_the_strictest_counts(storage: UnitOfWorkFactory) -> None:
    """Sources that speak together, and titles that turn out to be one; later word of one source replaces."""
    async with storage() as uow:
        first, _ = await uow.titles.upsert([film(1, minimum_age=18), film(1, ref("tt1", "imdb"), minimum_age=12)])
        (second,) = await uow.titles.upsert([film(2, minimum_age=6)])
        assert [title.facts.minimum_age for title in await uow.titles.get([first, second])] == [18, 6]
        (one,) = await uow.titles.upsert([film(1, ref(2), minimum_age=0)])
        assert [title.facts.minimum_age for title in await uow.titles.get([one])] == [18]
        await uow.titles.upsert([film(1, minimum_age=16)])
        assert [title.facts.minimum_age for title in await uow.titles.get([one])] == [16]
        await uow.commit()
