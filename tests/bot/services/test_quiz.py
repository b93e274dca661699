"""The taste quiz: what is offered to whom, and that answers reach the engine."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass

import numpy as np
import pytest

from bot.model.feedback import Feedback, Hide, Verdict
from bot.model.history import WatchEvent
from bot.model.members import Clearance, Member
from bot.services.catalogue import CatalogueService
from bot.services.profiles import ProfilesService
from bot.services.quiz import PAGE, QuizService, offers
from engine.profile import ProfileConfig
from tests.engine.worlds import random_world
from tests.fakes.ai import FAKE_ID, FakeVectorStore
from tests.fakes.clock import NOON
from tests.fakes.shelf import FakeShelf
from tests.fakes.storage import FakeStorage
from tests.samples import film

GENRES = ("Action", "Comedy", "Drama", "Horror", "Western")


@dataclass
class World:
    """A catalogue of 60 films, the best known first, of which the last ten are for adults."""

    storage: FakeStorage
    catalogue: CatalogueService
    profiles: ProfilesService
    quiz: QuizService
    anna: Member
    ids: list[int]
    clearance: Clearance

    async def page(self, number: int = 1) -> list[int]:
        page = await self.quiz.page(self.anna, self.clearance, number, NOON)
        return [title.id for title in page.titles]


@pytest.fixture
async def world(fake_storage: FakeStorage) -> AsyncIterator[World]:
    async with fake_storage() as uow:
        anna = await uow.members.add("Anna")
        library = await uow.libraries.ensure("plex", "1", "Films")
        secret = await uow.libraries.ensure("plex", "2", "Secret")
        await uow.members.grant(anna.id, [library.id])
        facts = [
            film(
                number,
                year=1960 + number,
                genres=(GENRES[number % 5],),
                vote_count=100_000 - 1000 * number,
                vote_average=7.0,
                minimum_age=18 if number > 50 else 6,
            )
            for number in range(1, 61)
        ]
        ids = list(await uow.titles.upsert(facts))
        await uow.libraries.put(library.id, ids[5:])
        await uow.libraries.put(secret.id, ids[:5])
        await uow.commit()
    catalogue = CatalogueService(fake_storage, FakeVectorStore(), FAKE_ID, shelf=FakeShelf())
    profiles = ProfilesService(fake_storage, ProfileConfig())
    quiz = QuizService(fake_storage, catalogue=catalogue, profiles=profiles)
    clearance = Clearance(frozenset([library.id]), age_limit=12)
    yield World(fake_storage, catalogue, profiles, quiz, anna, ids, clearance)


async def test_offers_are_permitted_known_and_varied(world: World) -> None:
    offered: list[int] = []
    for number in range(1, 20):
        page = await world.quiz.page(world.anna, world.clearance, number, NOON)
        if page.page < number:
            break
        genres = {title.facts.genres[0] for title in page.titles}
        assert len(page.titles) == PAGE or not page.more
        assert len(genres) == len(GENRES) or not page.more
        offered += [title.id for title in page.titles]
    assert len(offered) == len(set(offered)) == 45
    assert not set(offered) & set(world.ids[:5])  # a library that is not shared
    assert not set(offered) & set(world.ids[50:])  # above the age limit
    first = offered[:PAGE]
    assert sum(world.ids.index(title) for title in first) / PAGE < 25


async def test_what_was_watched_or_judged_is_not_offered_and_picks_stay_where_they_are(world: World) -> None:
    before = await world.page()
    async with world.storage() as uow:
        await uow.histories.add_events([WatchEvent(world.anna.id, before[0], "plex", "1", NOON, 1.0)])
        await uow.feedbacks.add(Feedback(world.anna.id, before[1], Verdict.SEEN, NOON))
        await uow.feedbacks.add(Feedback(world.anna.id, before[2], Verdict.DISLIKE, NOON))
        await uow.feedbacks.hide(Hide(world.anna.id, before[3], NOON, NOON.replace(year=NOON.year + 1)))
        await uow.commit()
    after = await world.page()
    assert not set(after) & set(before[:4])
    await world.quiz.pick(world.anna, after[:3], NOON)
    assert await world.page() == after
    page = await world.quiz.page(world.anna, world.clearance, 1, NOON)
    assert [title.id for title in page.picked] == sorted(after[:3])


async def test_a_pick_that_may_not_be_seen_any_more_is_not_named(world: World) -> None:
    await world.quiz.pick(world.anna, [world.ids[0], world.ids[10]], NOON)
    page = await world.quiz.page(world.anna, world.clearance, 1, NOON)
    assert [title.id for title in page.picked] == [world.ids[10]]


async def test_answers_reach_the_profile_and_change_it_at_once(world: World) -> None:
    view = await world.catalogue.view()
    assert not len((await world.profiles.of(world.anna, view, NOON)).liked)
    await world.quiz.pick(world.anna, world.ids[10:15], NOON)
    await world.quiz.weigh(world.anna, {"Horror": -1.0})
    profile = await world.profiles.of(world.anna, view, NOON)
    assert sorted(view.catalogue.ids[profile.interactions.quiz]) == world.ids[10:15]
    assert profile.interactions.quiz_genres == (("Horror", -1.0),)
    assert len(profile.liked) == 5
    await world.quiz.take_back(world.anna, world.ids[10:12])
    assert len((await world.profiles.of(world.anna, view, NOON)).liked) == 3
    await world.quiz.start_over(world.anna)
    profile = await world.profiles.of(world.anna, view, NOON)
    assert not len(profile.liked)
    assert profile.interactions.quiz_genres == ()


async def test_genres_are_those_of_what_may_be_seen(world: World) -> None:
    async with world.storage() as uow:
        await uow.titles.upsert([film(99, genres=("War",), minimum_age=18), film(98, genres=("Music",), minimum_age=0)])
        await uow.commit()
    weights = await world.quiz.genres(world.anna, world.clearance)
    assert set(weights) == {*GENRES, "Music"}
    assert list(weights)[-1] == "Music"  # the rarest
    await world.quiz.weigh(world.anna, {"Comedy": 1.0, "War": 1.0})
    weights = await world.quiz.genres(world.anna, world.clearance)
    assert (weights["Comedy"], weights["War"], weights["Drama"]) == (1.0, 1.0, 0.0)


async def test_an_empty_catalogue_offers_an_empty_page(fake_storage: FakeStorage) -> None:
    async with fake_storage() as uow:
        anna = await uow.members.add("Anna")
        await uow.commit()
    catalogue = CatalogueService(fake_storage, FakeVectorStore(), FAKE_ID, shelf=FakeShelf())
    quiz = QuizService(fake_storage, catalogue=catalogue, profiles=ProfilesService(fake_storage, ProfileConfig()))
    page = await quiz.page(anna, Clearance(), 3, NOON)
    assert (page.titles, page.page, page.more, page.picked) == ((), 1, False, ())
    assert await quiz.genres(anna, Clearance()) == {}


@pytest.mark.parametrize("seed", range(5))
def test_no_page_offers_anything_else(seed: int) -> None:
    world = random_world(seed)
    eligible = np.random.default_rng(seed).random(len(world.catalogue)) < 0.5
    pages = offers(world.resources, eligible, 4)
    rows = np.concatenate(pages)
    assert len(pages) == 4
    assert all(len(page) == PAGE for page in pages)
    assert len(np.unique(rows)) == len(rows)
    assert eligible[rows].all()
    order = [int(place) for place in np.random.default_rng(seed).permutation(len(world.items))]
    other = world.reordered(order)
    again = offers(other.resources, eligible[order], 4)
    assert [list(other.catalogue.ids[page]) for page in again] == [list(world.catalogue.ids[page]) for page in pages]
