"""The household as each service tells it.

`together` leaves only what both kinds of server can tell: Jellyfin keeps how often and when last, so all plays of a
film or an episode are moved to the last one, and the owner's ratings to the moment of that play.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from bot.model.titles import Kind, Role
from bot.ports.metadata import Details
from tests.fakes.services import jellyfin_world as jellyfin
from tests.fakes.services import plex_world as plex
from tests.fakes.services import seerr_world as seerr
from tests.fakes.services.tmdb import FakeTmdb
from tests.scenario.household import LIBRARIES, PEOPLE, RATINGS, Household, Owned, Viewing

_JELLYFIN_LIBRARIES = {key: jellyfin.guid(0xF0 + int(key)) for key in LIBRARIES}
_REQUESTED = 12


def together(household: Household) -> Household:
    """The household with every film and episode played at one moment only."""
    last: dict[tuple[object, ...], Viewing] = {}
    for viewing in household.viewings:  # the oldest first
        last[_what(viewing)] = viewing
    moved = [
        replace(viewing, at=last[_what(viewing)].at, percent=_best(viewing, last)) for viewing in household.viewings
    ]
    return replace(household, viewings=tuple(sorted(moved, key=lambda viewing: viewing.at)))


def _best(viewing: Viewing, last: dict[tuple[object, ...], Viewing]) -> int:
    return last[_what(viewing)].percent


def _what(viewing: Viewing) -> tuple[object, ...]:
    return viewing.person, viewing.title, viewing.season, viewing.episode


def plex_world(household: Household) -> plex.World:
    """Plex, plex.tv and Tautulli. The key of a title is its number."""
    owner, *others = PEOPLE
    world = plex.World(owner=plex.Person(owner.number, owner.name))
    for key, name in LIBRARIES.items():
        kind = next((t.facts.kind for t in household.owned if t.library == key), Kind.MOVIE)
        world.add_library(key, name, kind, "tv.plex.agents.movie" if kind is Kind.MOVIE else "tv.plex.agents.series")
    rated = _last_plays(household)
    for title in household.owned:
        opinion = household.opinions.get(title.number)
        world.add_title(
            title.library,
            title.facts,
            added_at=title.added_at,
            content_rating=title.rating,
            user_rating=opinion,
            rated_at=rated[title.number] if opinion else None,
        )
    for person in others:
        limits = {} if person.profile or person.limit is None else {"filterAll": "contentRating=G%2CPG%2CTV-G%2CTV-Y7"}
        world.add_person(
            plex.Person(
                person.number, person.name, person.libraries, limits, person.profile, home=person.profile is not None
            )
        )
    for viewing in household.viewings:
        world.add_play(
            viewing.person, viewing.title, viewing.at, percent=viewing.percent, season=viewing.season,
            episode=viewing.episode, seconds=60 * (household.title(viewing.title).facts.runtime or 30),
        )  # fmt: skip
    return world


def jellyfin_world(household: Household) -> jellyfin.JellyfinWorld:
    """Jellyfin: films, series with their episodes, and what it keeps of plays."""
    world = jellyfin.JellyfinWorld()
    for key, name in LIBRARIES.items():
        kinds = {title.facts.kind for title in household.owned if title.library == key}
        collection = "tvshows" if kinds == {Kind.SERIES} else "movies"
        world.libraries.append(jellyfin.Library(_JELLYFIN_LIBRARIES[key], name, collection))
    for title in household.owned:
        world.add(_items(title))
    for person in PEOPLE:
        policy: dict[str, object] = {"IsAdministrator": person is PEOPLE[0]}
        if person.libraries is not None:
            enabled = [_JELLYFIN_LIBRARIES[key] for key in person.libraries]
            policy |= {"EnableAllFolders": False, "EnabledFolders": enabled}
        if person.limit is not None:
            policy["MaxParentalRating"] = person.limit
        world.accounts.append(jellyfin.Account(jellyfin.guid(person.number), person.name, policy))
    owner = PEOPLE[0].number
    for viewing in household.viewings:
        place = (jellyfin.guid(viewing.person), _item_id(viewing.title, viewing.season, viewing.episode))
        before = world.states.get(place)
        done = viewing.percent >= 85 or (before is not None and before.played)
        opinion = household.opinions.get(viewing.title) if viewing.person == owner and not viewing.season else None
        world.states[place] = jellyfin.PlayState(
            plays=(before.plays if before else 0) + 1,
            last=viewing.at,
            played=done,
            percentage=None if viewing.percent >= 85 else float(viewing.percent),
            rating=opinion,
            likes=None if opinion is None else opinion >= 6.5,
        )
    return world


def tmdb(household: Household, *, check_answers: int = 1) -> FakeTmdb:
    """TMDB: everything that is known to anybody, with what is similar."""
    known = [title.facts for title in household.owned if title.facts.refs]
    details = [
        Details(facts, similar=household.similar[facts.refs[0]], recommendations=household.similar[facts.refs[0]][:12])
        for facts in known
    ]
    return FakeTmdb([*details, *map(Details, household.outside)], check_answers=check_answers)


def seerr_world(household: Household) -> seerr.SeerrWorld:
    """Seerr: the first titles that nobody has were asked for by everybody in turn."""
    world = seerr.SeerrWorld()
    admin = seerr.ADMIN
    for number, person in enumerate(PEOPLE, start=1):
        world.add(seerr.Person(number, person.name, admin if number == 1 else seerr.REQUEST, plex=person.number))
    wanted = [facts for facts in household.outside if facts.kind is Kind.MOVIE][:_REQUESTED]
    for number, facts in enumerate(wanted):
        work = seerr.Work("movie", int(facts.refs[0].value), facts.title)
        world.add(work)
        asking = world.people[2 + number % (len(PEOPLE) - 1)]
        world.file(asking, "movie", work.tmdb, None, is4k=False, owner=None)
    return world


def _last_plays(household: Household) -> dict[int, datetime]:
    owner = PEOPLE[0].number
    return {viewing.title: viewing.at for viewing in household.viewings if viewing.person == owner}


def _items(title: Owned) -> Iterable[jellyfin.Item]:
    facts, library = title.facts, _JELLYFIN_LIBRARIES[title.library]
    films = facts.kind is Kind.MOVIE
    own = _item_id(title.number)
    yield jellyfin.Item(
        own, "Movie" if films else "Series", facts.title, library, title.added_at, title.added_at, told=_told(title)
    )
    for season, episodes in enumerate(title.seasons, start=1):
        for episode in range(1, episodes + 1):
            key = _item_id(title.number, season, episode)
            yield jellyfin.Item(
                key, "Episode", f"Episode {episode}", library, title.added_at, title.added_at, own, season, episode
            )


def _told(title: Owned) -> dict[str, object]:
    facts = title.facts
    names = {"tmdb": "Tmdb", "imdb": "Imdb", "tvdb": "Tvdb"}
    assert title.rating in RATINGS
    return {
        "ProviderIds": {names[ref.source]: ref.value for ref in facts.refs},
        "ProductionYear": facts.year,
        "Overview": facts.overview,
        "Genres": list(facts.genres),
        "OfficialRating": title.rating,
        "RunTimeTicks": (facts.runtime or 0) * 600_000_000,
        "CommunityRating": facts.vote_average,
        "People": [
            {"Name": credit.name, "Type": "Director" if credit.role is Role.DIRECTOR else "Actor"}
            for credit in facts.credits
        ],
    }


def _item_id(number: int, season: int | None = None, episode: int | None = None) -> str:
    return jellyfin.guid((number << 24) + ((season or 0) << 12) + (episode or 0))
