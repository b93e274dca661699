"""What each mode answers, on a catalogue small enough to know the answer."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from engine.catalogue import CatalogueItem
from engine.interactions import Influence, Interaction, InteractionInput
from engine.pipelines import build_pipeline, pipeline_names
from engine.request import Context, EventNudge, Query, RankRequest
from engine.rules import BusinessRules, Rule
from engine.types import Aggregation, Confidence, Filters, Mode, ReasonType
from tests.engine.worlds import DIMENSIONS, WEIGHTS, World, random_person, random_world, world_of

PIPELINE = build_pipeline(weights=WEIGHTS)


def genre_world(count: int = 60) -> World:
    """Films of three kinds by their id: horror (0 mod 3), comedy (1), drama (2), with vectors to match."""
    rng = np.random.default_rng(0)
    vectors = rng.normal(0, 0.08, (count, DIMENSIONS))
    vectors[np.arange(count), np.arange(count) % 3] += 1.0
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    items = [
        CatalogueItem(
            id=n,
            name=f"Film {n} (1990)",
            genres=(("Horror",), ("Comedy",), ("Drama",))[n % 3],
            keywords=(("ghost",), ("wedding",), ("court",))[n % 3],
            year=1990,
            votes=1_000 + n,
            vote_average=6.5,
            libraries=(1,) if n < count - 12 else (),
        )
        for n in range(count)
    ]
    return world_of(items, vectors.astype(np.float32))


def fan(world: World, kind: int, **more: object) -> object:
    """Somebody who watched twelve films of one kind to the end."""
    history = [Interaction(3 * n + kind, age_days=20.0 - n, completion=1.0, plays=2) for n in range(12)]
    return world.profile(InteractionInput(history, **more))  # type: ignore[arg-type]  # fields by name


def ask(world: World, *people: object, **fields: object) -> RankRequest:
    return RankRequest(world.resources, tuple(people), **fields)  # type: ignore[arg-type]  # fields by name


def kinds(request: RankRequest) -> list[int]:
    return [item.id % 3 for item in PIPELINE(request).items]


def test_tonight_brings_what_the_person_likes_from_the_library() -> None:
    world = genre_world()
    result = PIPELINE(ask(world, fan(world, 0), n=4))
    assert [item.id % 3 for item in result.items] == [0, 0, 0, 0]
    assert all(item.id < 48 for item in result.items)
    assert result.items[0].match == 100
    assert not result.cold_start


def test_the_reasons_name_what_stands_behind_a_pick() -> None:
    world = genre_world()
    reasons = PIPELINE(ask(world, fan(world, 0), n=1)).items[0].reasons
    types = {reason.type for reason in reasons}
    assert {ReasonType.SIMILAR_TO, ReasonType.GENRE, ReasonType.KEYWORD} <= types
    similar = next(reason for reason in reasons if reason.type is ReasonType.SIMILAR_TO)
    assert int(similar.key) % 3 == 0
    assert similar.name == f"Film {similar.key} (1990)"
    assert next(reason for reason in reasons if reason.type is ReasonType.GENRE).key == "Horror"
    assert [reason.weight for reason in reasons] == sorted((reason.weight for reason in reasons), reverse=True)


def test_grab_brings_what_is_not_there_yet() -> None:
    world = genre_world()
    result = PIPELINE(ask(world, fan(world, 1), mode=Mode.GRAB, n=3))
    assert all(item.id >= 48 for item in result.items)
    assert result.items[0].id % 3 == 1


def test_grab_prefers_what_is_named_with_what_the_person_liked() -> None:
    world = genre_world()
    person = fan(world, 1)
    plain = PIPELINE(ask(world, person, mode=Mode.GRAB, n=4)).items
    named = np.zeros(60)
    named[plain[-1].id] = 1.0
    chosen = PIPELINE(ask(world, person, mode=Mode.GRAB, n=4, signals={"named": named})).items
    assert chosen[0].id == plain[-1].id
    assert chosen[0].signals["named"] == 1.0
    # Elsewhere it says nothing.
    tonight = [item.id for item in PIPELINE(ask(world, person, n=4)).items]
    assert [item.id for item in PIPELINE(ask(world, person, n=4, signals={"named": named})).items] == tonight


def test_similar_starts_from_the_title_and_not_from_the_person() -> None:
    world = genre_world()
    assert kinds(ask(world, fan(world, 0), mode=Mode.SIMILAR, seed_items=(38,), n=5)) == [2] * 5


def test_because_you_watched_mixes_the_title_with_the_person() -> None:
    world = genre_world()
    result = PIPELINE(ask(world, fan(world, 0), mode=Mode.BECAUSE, seed_items=(3,), n=3))
    assert [item.id % 3 for item in result.items] == [0, 0, 0]
    assert any(reason.type is ReasonType.SIMILAR_TO and reason.key == "3" for reason in result.items[0].reasons)


def test_a_mood_rules_over_taste_and_its_constraints_hold() -> None:
    world = genre_world()
    relevance = np.where(np.arange(60) % 3 == 1, 1.0, 0.0)
    allowed = np.arange(60) != 40
    result = PIPELINE(ask(world, fan(world, 0), mode=Mode.MOOD, query=Query(relevance, allowed, "funny"), n=5))
    assert {item.id % 3 for item in result.items} == {1}
    assert 40 not in {item.id for item in result.items}
    assert result.items[0].reasons[0].type is ReasonType.MOOD
    assert result.removed["query"] == 1


def test_rediscover_wants_loved_and_long_ago() -> None:
    world = genre_world()
    history = [
        Interaction(0, age_days=700.0, completion=1.0),
        Interaction(3, age_days=200.0, completion=1.0),
        Interaction(6, age_days=100.0, completion=1.0),
        Interaction(9, age_days=900.0, completion=0.4),
        Interaction(12, age_days=900.0, completion=1.0, abandoned=True),
        *(Interaction(15 + 3 * n, age_days=5.0, completion=1.0) for n in range(8)),
    ]
    result = PIPELINE(ask(world, world.profile(InteractionInput(history)), mode=Mode.REDISCOVER))
    assert [item.id for item in result.items] == [0, 3]
    assert result.items[0].reasons[0].type is ReasonType.REWATCH
    assert result.items[0].reasons[0].name == "700"


def test_shuffle_is_drawn_by_the_seed_and_leans_on_the_score() -> None:
    world = genre_world()
    person = fan(world, 0)
    draws = [
        [item.id for item in PIPELINE(ask(world, person, mode=Mode.SHUFFLE, seed=s, n=3)).items] for s in range(30)
    ]
    assert draws[0] == [item.id for item in PIPELINE(ask(world, person, mode=Mode.SHUFFLE, seed=0, n=3)).items]
    assert len({tuple(one) for one in draws}) > 5
    liked = sum(pick % 3 == 0 for one in draws for pick in one)
    assert liked > len(draws) * 3 * 0.6


def test_a_group_agrees_and_everybody_gets_a_fit_and_a_reason() -> None:
    world = genre_world()
    for how in Aggregation:
        request = ask(world, fan(world, 0), fan(world, 1), mode=Mode.GROUP, aggregation=how, n=4)
        result = PIPELINE(request)
        assert len(result.items) == 4
        assert all(len(item.fits) == 2 for item in result.items)
        assert all(item.id >= 36 or item.id % 3 == 2 for item in result.items)
        members = {r.key for r in result.items[0].reasons if r.type is ReasonType.GROUP_MEMBER}
        assert members == {"0", "1"}


def test_each_member_of_a_group_gets_reasons_of_their_own() -> None:
    world = genre_world()
    people = (fan(world, 0), fan(world, 1))
    picks = PIPELINE(ask(world, *people, mode=Mode.GROUP, n=6)).items
    told = 0
    for pick in picks:
        for place, reasons in enumerate(pick.member_reasons):
            genres = {r.name for r in reasons if r.type is ReasonType.GENRE}
            assert genres <= {("Horror", "Comedy")[place]}
            liked = [int(r.key) for r in reasons if r.type is ReasonType.SIMILAR_TO]
            assert all(item % 3 == place for item in liked)
            assert not reasons or sum(r.weight for r in reasons) == pytest.approx(1.0)
            assert [r.weight for r in reasons] == sorted((r.weight for r in reasons), reverse=True)
            told += len(reasons)
        assert len(pick.member_reasons) == 2
    assert told
    turned = PIPELINE(ask(world, *reversed(people), mode=Mode.GROUP, n=6)).items
    by_id = {pick.id: pick.member_reasons for pick in turned}
    assert all(by_id[pick.id] == pick.member_reasons[::-1] for pick in picks if pick.id in by_id)
    assert not any(item.member_reasons for item in PIPELINE(ask(world, people[0])).items)


def test_a_newcomer_gets_what_most_people_like_across_genres_and_is_told() -> None:
    world = genre_world()
    result = PIPELINE(ask(world, world.profile(InteractionInput()), n=3))
    assert result.cold_start
    assert len({item.id % 3 for item in result.items}) == 3
    for item in result.items:
        assert any(r.type is ReasonType.COLD_START and r.key == "popularity" for r in item.reasons)
        assert item.confidence is Confidence.LOW


def test_quiz_picks_steer_a_newcomer() -> None:
    world = genre_world()
    result = PIPELINE(ask(world, world.profile(InteractionInput(quiz=[1, 4, 7, 10, 13])), n=3))
    assert [item.id % 3 for item in result.items] == [1, 1, 1]
    picked = PIPELINE(ask(world, world.profile(InteractionInput(quiz=[1, 4])), n=3))
    assert any(r.type is ReasonType.COLD_START and r.key == "quiz" for r in picked.items[0].reasons)


def test_titles_like_a_hidden_one_sink_until_the_hide_expires() -> None:
    world = genre_world()
    plain, hidden, expired = (
        PIPELINE.scores(ask(world, fan(world, 0, hidden=given))) for given in ([], [(36, 1.0)], [(36, 130.0)])
    )
    near = 39
    assert hidden[near] < plain[near] - 0.15
    assert expired[near] == pytest.approx(plain[near])
    assert hidden[37] == pytest.approx(plain[37])


def test_shown_thrice_and_never_touched_sinks() -> None:
    world = genre_world()
    first = PIPELINE(ask(world, fan(world, 0), n=1)).items[0].id
    after = PIPELINE(ask(world, fan(world, 0, skipped=[(first, 3)]), n=3))
    assert first not in {item.id for item in after.items}
    assert {item.id % 3 for item in after.items} == {0}


def test_recommending_it_anyway_lifts_a_title() -> None:
    world = genre_world()
    lifted = PIPELINE(ask(world, fan(world, 0, influences=(Influence("title", "37", "boost"),)), n=3))
    assert lifted.items[0].id == 37
    assert any(reason.type is ReasonType.BOOST for reason in lifted.items[0].reasons)


def test_rules_of_the_house_exclude_and_boost() -> None:
    world = genre_world()
    rules = BusinessRules((Rule("no horror", genres=("Horror",)),), (Rule("court", keywords=("court",), boost=0.5),))
    result = PIPELINE(ask(world, fan(world, 0), rules=rules, n=4))
    assert result.removed["rules"] > 0
    assert [item.id % 3 for item in result.items] == [2] * 4


def test_not_influenced_by_silences_titles() -> None:
    world = genre_world()
    history = [Interaction(n, age_days=3.0, completion=1.0) for n in (0, 3, 6, 1)]
    person = world.profile(InteractionInput(history))
    silent = Filters(not_influenced_by=(0, 3, 6))
    assert set(kinds(ask(world, person, filters=silent, n=2))) == {1}


def test_influenced_by_keeps_to_the_neighbourhood() -> None:
    world = genre_world()
    assert set(kinds(ask(world, fan(world, 0), filters=Filters(influenced_by=(2,)), n=5))) == {2}


def test_the_moment_nudges_and_never_overrides() -> None:
    world = genre_world()
    event = EventNudge("trial of the year", 0.9, keywords=("court",))
    calm = PIPELINE.scores(ask(world, fan(world, 0)))
    moved = PIPELINE.scores(
        ask(world, fan(world, 0), context=Context(hour=21.0, weekday=5, month=12, events=(event,) * 4))
    )
    finite = np.isfinite(calm)
    assert np.abs(moved[finite] - calm[finite]).max() <= 0.20 + 1e-9
    assert moved[38] - calm[38] == pytest.approx(0.20, abs=0.051)


def test_the_same_question_gets_the_same_answer() -> None:
    world = random_world(3)
    request = ask(world, world.profile(random_person(world, 1)))
    assert PIPELINE(request) == PIPELINE(request)


def test_explain_agrees_with_the_list() -> None:
    world = random_world(4)
    request = ask(world, world.profile(random_person(world, 2)), n=5)
    for item in PIPELINE(request).items:
        explained = PIPELINE.explain(request, item.id)
        assert explained is not None
        assert explained.score == pytest.approx(item.score)
        assert explained.reasons == item.reasons
    watched = int(world.catalogue.ids[request.profiles[0].interactions.items[0]])
    assert PIPELINE.explain(request, watched) is None


def test_the_match_is_a_percentile_of_everything_eligible() -> None:
    world = genre_world(120)
    request = ask(world, fan(world, 0), n=120)
    result = PIPELINE(request)
    ordered = sorted(result.items, key=lambda item: -item.score)
    assert [item.match for item in ordered] == sorted((item.match for item in ordered), reverse=True)
    assert ordered[0].match == 100
    assert ordered[-1].match == 0
    assert len(result.items) == result.eligible >= 50


def test_the_last_of_a_few_that_meet_every_wish_is_no_poor_match() -> None:
    world = genre_world()
    wanted = tuple(int(item) for item in world.catalogue.ids[3:])
    result = PIPELINE(ask(world, fan(world, 0), n=3, filters=Filters(exclude=wanted)))
    assert 1 <= len(result.items) <= 3
    assert all(item.match >= 95 for item in result.items)


@pytest.mark.parametrize("name", pipeline_names())
def test_an_empty_catalogue_and_filters_that_let_nothing_pass_are_no_error(name: str) -> None:
    pipeline = build_pipeline(name)
    nothing = {"sequential": np.zeros(0)}
    empty = world_of([])
    assert pipeline(ask(empty, empty.profile(InteractionInput()), signals=nothing)).items == ()
    world = genre_world()
    wish = Filters(year_min=3000)
    zeros = {"sequential": np.zeros(60)}
    result = pipeline(ask(world, fan(world, 0), filters=wish, signals=zeros))
    assert result.items == ()
    assert sum(result.removed.values()) == 60


def test_requests_that_contradict_themselves_are_refused() -> None:
    world = genre_world()
    person = fan(world, 0)
    good = ask(world, person)
    for bad, words in (
        (replace(good, mode=Mode.GROUP), "two to ten"),
        (replace(good, profiles=()), "exactly one"),
        (replace(good, mode=Mode.SIMILAR), "a title"),
        (replace(good, mode=Mode.SIMILAR, seed_items=(999,)), "a title"),
        (replace(good, allowed=np.ones(3, dtype=np.bool_)), "another catalogue"),
        (replace(good, signals={"x": np.ones(3)}), "another catalogue"),
    ):
        with pytest.raises(ValueError, match=words):
            PIPELINE(bad)
    with pytest.raises(ValueError, match="needs the signal"):
        build_pipeline("sequential")(good)


def test_a_long_list_is_not_cut_at_the_pool_of_the_re_ranking() -> None:
    world = genre_world(300)
    result = PIPELINE(ask(world, fan(world, 0), n=250))
    assert len(result.items) == 250
    assert len(PIPELINE(ask(world, world.profile(InteractionInput()), n=250)).items) == 250
