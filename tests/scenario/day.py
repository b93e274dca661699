"""A day in the household from a seed: what happens at each service, and the webhooks that tell of it."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, TypeAlias

from bot.model.titles import Kind
from tests.fakes.clock import NOON
from tests.fakes.services import jellyfin_world as jellyfin
from tests.fakes.services import seerr_world as seerr
from tests.scenario.household import PEOPLE, Household, Owned, may_see
from tests.scenario.running import Services

STEP = timedelta(minutes=20)
_OWNER = PEOPLE[0].number
Draw: TypeAlias = random.Random


@dataclass(frozen=True, slots=True)
class Hint:
    """A webhook: which service sends it, and what it says."""

    service: str
    payload: dict[str, Any]

    def body(self) -> tuple[bytes, str]:
        """As the service sends it, with its content type: Plex fills a form, the others write JSON."""
        told = json.dumps(self.payload)
        if self.service != "plex":
            return told.encode(), "application/json"
        head = 'Content-Disposition: form-data; name="payload"\r\nContent-Type: application/json'
        return f"--edge\r\n{head}\r\n\r\n{told}\r\n--edge--\r\n".encode(), "multipart/form-data; boundary=edge"


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that changes the services, and the webhooks that follow."""

    at: datetime
    change: Callable[[Services], None]
    hints: tuple[Hint, ...]


def a_day(seed: int, household: Household) -> tuple[Happening, ...]:
    """Of each kind some, in any order, twenty minutes apart. What is to be added is taken away by `morning`."""
    draw = random.Random(seed)
    kinds = [_film_on_plex, _film_on_plex, _episode_on_plex, _on_jellyfin, _on_jellyfin, _rated, _liked, _deleted,
             _request_decided, _request_come]  # fmt: skip
    draw.shuffle(kinds)
    found = [kind(draw, household, NOON + STEP * number) for number, kind in enumerate(kinds, start=1)]
    comes = NOON + STEP * (len(kinds) + 1)
    return (*found, _added(household, comes), _watched(household, late(household), _OWNER, comes + STEP))


def morning(services: Services, household: Household) -> None:
    """Before the day begins, its new film is not there."""
    services.plex.world.delete(late(household).number)


def late(household: Household) -> Owned:
    """The film that comes to Plex in the course of the day."""
    return _titles(household, Kind.MOVIE)[-1]


def _titles(household: Household, kind: Kind) -> Sequence[Owned]:
    return [title for title in household.owned if title.facts.kind is kind and title.facts.refs]


def _film_on_plex(draw: Draw, household: Household, at: datetime) -> Happening:
    person = draw.choice(PEOPLE)
    films = [title for title in _titles(household, Kind.MOVIE)[1:-1] if may_see(person, title)]
    return _watched(household, draw.choice(films), person.number, at, percent=draw.choice([40, 100]))


def _episode_on_plex(draw: Draw, household: Household, at: datetime) -> Happening:
    series = draw.choice([title for title in _titles(household, Kind.SERIES) if may_see(PEOPLE[0], title)])
    return _watched(household, series, _OWNER, at)


def _watched(household: Household, title: Owned, person: int, at: datetime, *, percent: int = 100) -> Happening:
    """Tautulli tells twice, when it counts and when it ends; so does Plex."""
    is_film = title.facts.kind is Kind.MOVIE
    place: dict[str, Any] = {} if is_film else {"season": 1, "episode": 1}

    def change(services: Services) -> None:
        services.plex.world.add_play(person, title.number, at, percent=percent, **place)

    key = str(title.number)
    kind = {"media_type": "movie", "rating_key": key}
    metadata = {"type": "movie", "ratingKey": key}
    if not is_film:
        kind = {"media_type": "episode", "rating_key": "777", "grandparent_rating_key": key}
        metadata = {"type": "episode", "ratingKey": "777", "grandparentRatingKey": key}
    tautulli = {"user_id": str(person), **kind}
    plex = {"Account": {"id": 1 if person == _OWNER else person}, "Metadata": metadata}
    return Happening(at, change, (
        Hint("tautulli", {"action": "watched", **tautulli}), Hint("tautulli", {"action": "stop", **tautulli}),
        Hint("plex", {"event": "media.scrobble", **plex}), Hint("plex", {"event": "media.stop", **plex}),
    ))  # fmt: skip


def _on_jellyfin(draw: Draw, household: Household, at: datetime) -> Happening:
    person = draw.choice(PEOPLE[1:])  # the fake forgets a like when its film is watched again: see `_liked`
    open_to = {title.facts.title for title in _titles(household, Kind.MOVIE)[1:-1] if may_see(person, title)}
    name, account = draw.choice(sorted(open_to)), jellyfin.guid(person.number)
    item = _jellyfin_item(household, name)

    def change(services: Services) -> None:
        services.jellyfin.world.watch(account, item, at)

    told = {"ItemType": "Movie", "ItemId": item, "UserId": account}
    return Happening(at, change, (
        Hint("jellyfin", {"NotificationType": "PlaybackStop", "PlayedToCompletion": True, **told}),
        Hint("jellyfin", {"NotificationType": "UserDataSaved", "SaveReason": "PlaybackFinished", **told}),
    ))  # fmt: skip


def _rated(draw: Draw, household: Household, at: datetime) -> Happening:
    key = draw.choice(_titles(household, Kind.MOVIE)[1:-1]).number
    stars = float(draw.randint(1, 10))

    def change(services: Services) -> None:
        services.plex.world.change(key, user_rating=stars, rated_at=at, updated_at=at)

    return Happening(at, change, (Hint("plex", {"event": "media.rate", "Account": {"id": 1}}),))


def _liked(draw: Draw, household: Household, at: datetime) -> Happening:
    account = jellyfin.guid(_OWNER)
    item = _jellyfin_item(household, draw.choice(_titles(household, Kind.MOVIE)[1:-1]).facts.title)

    def change(services: Services) -> None:
        services.jellyfin.world.watch(account, item, at)
        services.jellyfin.world.states[account, item].likes = True

    told = {"NotificationType": "UserDataSaved", "SaveReason": "UpdateUserRating"}
    return Happening(at, change, (
        Hint("jellyfin", {**told, "ItemType": "Movie", "ItemId": item, "UserId": account}),
    ))  # fmt: skip


def _deleted(draw: Draw, household: Household, at: datetime) -> Happening:
    gone = _titles(household, Kind.MOVIE)[0]
    item = _jellyfin_item(household, gone.facts.title)

    def change(services: Services) -> None:
        services.plex.world.delete(gone.number)
        services.jellyfin.world.remove(item)

    return Happening(at, change, (
        Hint("radarr", {"eventType": "MovieDelete"}),
        Hint("jellyfin", {"NotificationType": "ItemDeleted", "ItemType": "Movie", "ItemId": item}),
    ))  # fmt: skip


def _added(household: Household, at: datetime) -> Happening:
    def change(services: Services) -> None:
        world, number = services.plex.world, late(household).number
        world.titles[number] = replace(world.gone.pop(number), added_at=at, updated_at=at)

    return Happening(at, change, (
        Hint("radarr", {"eventType": "Grab"}), Hint("radarr", {"eventType": "Download"}),
        Hint("sonarr", {"eventType": "Download"}), Hint("tautulli", {"action": "created"}),
        Hint("plex", {"event": "library.new"}),
    ))  # fmt: skip


def _request_decided(draw: Draw, household: Household, at: datetime) -> Happening:
    """The second request is approved, and a series asked for."""
    series = next(facts for facts in household.outside if facts.kind is Kind.SERIES)

    def change(services: Services) -> None:
        world = services.seerr.world
        world.now = at
        world.decide(world.people[1], 2, seerr.APPROVED)
        work = seerr.Work("tv", int(series.refs[0].value), series.title, seasons={1: 8})
        world.add(work)
        world.file(world.people[3], "tv", work.tmdb, [1], is4k=False, owner=None)

    return Happening(at, change, (
        Hint("seerr", {"notification_type": "MEDIA_APPROVED"}), Hint("seerr", {"notification_type": "MEDIA_PENDING"}),
        Hint("sonarr", {"eventType": "SeriesAdd"}),
    ))  # fmt: skip


def _request_come(draw: Draw, household: Household, at: datetime) -> Happening:
    """What the first request asked for can be watched."""

    def change(services: Services) -> None:
        world = services.seerr.world
        world.now = at
        request = world.requests[1]
        request.status, request.updated = seerr.COMPLETED, at
        world.works[request.kind, request.tmdb].status = seerr.AVAILABLE

    return Happening(at, change, (Hint("seerr", {"notification_type": "MEDIA_AVAILABLE"}),))


def _jellyfin_item(household: Household, name: str) -> str:
    number = next(title.number for title in household.owned if title.facts.title == name)
    return jellyfin.guid(number << 24)
