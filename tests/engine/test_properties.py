"""What holds for every request: no filter is violated, the order of the rows never shows, every number is a number."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.filters import permitted
from engine.interactions import Interaction, InteractionInput
from engine.pipelines import build_pipeline, pipeline_names
from engine.request import Context, Query, RankRequest
from engine.types import Aggregation, Confidence, Domain, Filters, Kind, Mode, RankResult
from tests.engine.worlds import GENRES, LANGUAGES, World, random_person, random_world

FEW = settings(max_examples=25, deadline=None)


def optional(values: st.SearchStrategy[int]) -> st.SearchStrategy[int | None]:
    return st.one_of(st.none(), values)


def some(values: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(values), max_size=2, unique=True).map(tuple)


wishes = st.builds(
    Filters,
    kinds=st.frozensets(st.sampled_from(Kind), max_size=1),
    domains=st.frozensets(st.sampled_from(Domain), max_size=2),
    libraries=st.frozensets(st.integers(1, 3), max_size=1),
    genres=some(GENRES[:3]),
    genres_any=some(GENRES),
    genres_not=some(GENRES),
    keywords_not=some(("keyword 1", "keyword 2")),
    year_min=optional(st.integers(1940, 1990)),
    year_max=optional(st.integers(1980, 2030)),
    runtime_min=optional(st.integers(0, 100)),
    runtime_max=optional(st.integers(60, 200)),
    languages=some(LANGUAGES),
    languages_not=some(LANGUAGES[:1]),
    countries=some(("US", "FR", "XX")),
    people_not=some(("Actor 1", "Director 2")),
    minimum_age_max=optional(st.sampled_from([0, 6, 12, 16])),
    minimum_confidence=st.sampled_from(Confidence),
)


class Case(NamedTuple):
    """A world, the people as they were given, and a request about them."""

    world: World
    people: tuple[InteractionInput, ...]
    request: RankRequest

    def __repr__(self) -> str:
        request = self.request
        return f"{request.mode} {request.filters} n={request.n} seeds={request.seed_items} of {len(self.people)} people"


filters = st.one_of(st.just(Filters()), st.builds(Filters, genres_not=some(GENRES)), wishes)


@st.composite
def requests(draw: st.DrawFn) -> Case:
    """A world and any request to it."""
    world = random_world(draw(st.integers(0, 20)))
    mode = draw(st.sampled_from(Mode))
    people = draw(st.integers(2, 4)) if mode is Mode.GROUP else 1
    watched = draw(st.sampled_from([0, 3, 25]))
    inputs = tuple(random_person(world, draw(st.integers(0, 50)), watched) for _ in range(people))
    seeds = (int(world.catalogue.ids[draw(st.integers(0, 119))]),) if mode in {Mode.SIMILAR, Mode.BECAUSE} else ()
    query = None
    if mode is Mode.MOOD:
        rng = np.random.default_rng(draw(st.integers(0, 5)))
        query = Query(rng.random(len(world.catalogue)), rng.random(len(world.catalogue)) < 0.7, "anything")
    libraries = draw(st.sets(st.integers(1, 3), min_size=1))
    age = draw(optional(st.sampled_from([6, 12, 16])))
    request = RankRequest(
        resources=world.resources,
        profiles=tuple(world.profile(person) for person in inputs),
        mode=mode,
        n=draw(st.integers(0, 15)),
        filters=draw(filters),
        allowed=permitted(world.catalogue, libraries, age, unrated=draw(st.booleans())),
        seed_items=seeds,
        query=query,
        context=Context(hour=21.0, weekday=draw(st.integers(0, 6)), month=draw(st.integers(1, 12)), weather="rain"),
        aggregation=draw(st.sampled_from(Aggregation)),
        seed=draw(st.integers(0, 3)),
        signals={"sequential": np.random.default_rng(draw(st.integers(0, 3))).random(len(world.catalogue))},
    )
    return Case(world, inputs, request)


@pytest.mark.parametrize("name", pipeline_names())
@FEW
@given(case=requests())
def test_no_filter_is_ever_violated(name: str, case: Case) -> None:
    world, _, request = case
    result = build_pipeline(name)(request)
    assert len(result.items) <= request.n
    assert len({item.id for item in result.items}) == len(result.items)
    assert result.eligible + sum(result.removed.values()) == len(world.catalogue)
    by_id = {item.id: item for item in world.items}
    for pick in result.items:
        _assert_allowed(world, request, pick.row)
        _assert_wished(request.filters, world, by_id[pick.id].id)
        assert pick.confidence >= request.filters.minimum_confidence


def _assert_allowed(world: World, request: RankRequest, row: int) -> None:
    """Access, age, watched, hidden, disliked, blocked, availability: looked up without the filters' own code."""
    assert request.allowed is not None
    assert request.allowed[row]
    item = next(item for item in world.items if item.id == world.catalogue.ids[row])
    for profile in request.profiles:
        interactions = profile.interactions
        if request.mode is Mode.REDISCOVER:
            assert row in interactions.items
        else:
            assert row not in {*interactions.items, *interactions.seen, *interactions.liked, *interactions.quiz}
        assert row not in {*interactions.hidden, *interactions.disliked}
        asked_for = any(i.effect == "boost" and i.item_id == item.id for i in interactions.influences)
        for influence in interactions.influences:
            if influence.effect == "block" and (influence.subject == "title" or not asked_for):
                assert influence.value not in {*item.genres, *item.cast, *item.directors, str(item.id)}
    if request.mode is Mode.GRAB:
        assert not item.libraries
    if request.mode in {Mode.TONIGHT, Mode.GROUP, Mode.SHUFFLE, Mode.REDISCOVER}:
        assert item.libraries
    if request.query is not None and request.query.allowed is not None:
        assert request.query.allowed[row]
    assert item.id not in request.seed_items


def _assert_wished(wish: Filters, world: World, item_id: int) -> None:
    item = next(item for item in world.items if item.id == item_id)
    assert not wish.kinds or item.kind in wish.kinds
    assert not wish.domains or item.domain in wish.domains
    assert not wish.libraries or wish.libraries & set(item.libraries)
    assert set(wish.genres) <= set(item.genres)
    assert not wish.genres_any or set(wish.genres_any) & set(item.genres)
    assert not set(wish.genres_not) & set(item.genres)
    assert not set(wish.keywords_not) & set(item.keywords)
    for low, high, value in (
        (wish.year_min, wish.year_max, item.year),
        (wish.runtime_min, wish.runtime_max, item.runtime),
    ):
        assert low is None or value >= max(low, 1)
        assert high is None or 0 < value <= high
    assert not wish.languages or item.language in wish.languages
    assert item.language not in wish.languages_not
    assert not wish.countries or set(wish.countries) & set(item.countries)
    assert not set(wish.people_not) & {*item.cast, *item.directors}
    assert wish.minimum_age_max is None or 0 <= item.minimum_age <= wish.minimum_age_max


@pytest.mark.parametrize("name", pipeline_names())
@FEW
@given(case=requests(), shuffle=st.integers(0, 1_000))
def test_the_order_of_the_rows_never_shows(name: str, case: Case, shuffle: int) -> None:
    world, people, request = case
    order = [int(place) for place in np.random.default_rng(shuffle).permutation(len(world.catalogue))]
    other = world.reordered(order)
    query = request.query
    if query is not None and query.allowed is not None:
        query = Query(query.relevance[order], query.allowed[order], query.text)
    assert request.allowed is not None
    moved = replace(
        request,
        resources=other.resources,
        profiles=tuple(other.profile(person) for person in people),
        allowed=request.allowed[order],
        query=query,
        signals={key: values[order] for key, values in request.signals.items()},
    )
    pipeline = build_pipeline(name)
    one, two = pipeline(request), pipeline(moved)
    assert _seen_from_outside(one) == _seen_from_outside(two)
    assert _numbers(one) == pytest.approx(_numbers(two), abs=1e-5)


def _seen_from_outside(result: RankResult) -> list[tuple[object, ...]]:
    return [
        (item.id, item.match, item.confidence, {(reason.type, reason.key, reason.name) for reason in item.reasons})
        for item in result.items
    ]


def _numbers(result: RankResult) -> list[float]:
    return [number for item in result.items for number in (item.score, *item.signals.values(), *item.fits)]


@FEW
@given(case=requests())
def test_every_number_is_a_number(case: Case) -> None:
    for item in build_pipeline()(case.request).items:
        numbers = [item.score, item.match, *item.signals.values(), *item.fits]
        numbers += [reason.weight for reason in item.reasons]
        assert np.isfinite(numbers).all()
        assert item.reasons
        assert 0 <= item.match <= 100
        assert sum(reason.weight for reason in item.reasons) == pytest.approx(1.0)
        assert all(type(value) in {int, float} for value in numbers)


@FEW
@given(case=requests())
def test_no_sequel_comes_before_an_unseen_part_that_can_be_had(case: Case) -> None:
    world, _, request = case
    if request.mode is Mode.REDISCOVER:
        return
    catalogue, ranks = world.catalogue, world.resources.features.part_ranks
    assert request.allowed is not None
    seen = [{*person.interactions.watched.tolist(), *person.interactions.liked.tolist()} for person in request.profiles]
    unwanted = {row for p in request.profiles for row in (*p.interactions.hidden, *p.interactions.disliked)}
    from_library = request.mode in {Mode.TONIGHT, Mode.GROUP, Mode.SHUFFLE}
    seeds = set(catalogue.rows(request.seed_items).tolist())
    for pick in build_pipeline()(request).items:
        for row in np.flatnonzero(catalogue.collections == catalogue.collections[pick.row]):
            earlier = catalogue.collections[pick.row] >= 0 and ranks[row] < ranks[pick.row]
            known = row in seeds or all(row in watched for watched in seen)
            out_of_reach = not request.allowed[row] or row in unwanted
            out_of_reach |= from_library and not catalogue.in_any_library[row]
            assert not earlier or known or out_of_reach


@pytest.mark.parametrize("mode", Mode)
@pytest.mark.parametrize("count", [1, 2, 11])
def test_tiny_catalogues_are_ranked_in_every_mode(mode: Mode, count: int) -> None:
    world = random_world(5, count)
    people = 2 if mode is Mode.GROUP else 1
    profiles = tuple(world.profile(random_person_of_few(world, seed)) for seed in range(people))
    seeds = (int(world.catalogue.ids[0]),) if mode in {Mode.SIMILAR, Mode.BECAUSE} else ()
    for aggregation in Aggregation if mode is Mode.GROUP else (Aggregation.AVERAGE,):
        result = build_pipeline()(
            RankRequest(world.resources, profiles, mode=mode, seed_items=seeds, aggregation=aggregation)
        )
        assert len(result.items) <= count
        assert all(np.isfinite([item.score, *item.signals.values()]).all() for item in result.items)


def random_person_of_few(world: World, seed: int) -> InteractionInput:
    """Somebody who has watched one title at most."""
    ids = [int(item) for item in world.catalogue.ids]
    return InteractionInput([Interaction(ids[0], age_days=500.0, completion=1.0)] if seed == 0 else [])
