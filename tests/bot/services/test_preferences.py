"""Settings of members and rooms, and what follows from them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.errors import InvalidInput
from bot.model.members import Clearance
from bot.model.preferences import Preferences, Room
from bot.model.titles import Domain
from bot.services.preferences import PreferencesService, in_room, local, read_zone, room_key
from tests.bot.household import Household, place


@pytest.mark.parametrize(
    ("name", "zone"),
    [("Europe/Berlin", "Europe/Berlin"), ("europe/paris", "Europe/Paris"), ("new york", "America/New_York"),
     ("berlin", "Europe/Berlin"), ("UTC", "Etc/UTC")],
)  # fmt: skip
def test_a_zone_is_known_by_its_name_or_city(name: str, zone: str) -> None:
    assert read_zone(name) == zone


@pytest.mark.parametrize("name", ["", " ", "Mars/Base", "../../etc/passwd", "\x00", "x" * 5000])
def test_other_zones_are_refused(name: str) -> None:
    with pytest.raises(InvalidInput):
        read_zone(name)


def test_local_time_follows_the_zone() -> None:
    noon = datetime(2026, 7, 1, 12, 0, tzinfo=UTC)
    assert local(noon, "Asia/Tokyo").hour == 21
    assert local(noon, "Not/Known") == noon


async def test_one_domain_stays_on_and_the_depth_has_bounds() -> None:
    house = Household()
    service = PreferencesService(house.store)
    anna = house.store.people[1]
    for wrong in (Preferences(domains_off=frozenset(Domain)), Preferences(history_months=-1), Preferences(9999)):
        with pytest.raises(InvalidInput):
            await service.change(anna, lambda _before, wrong=wrong: wrong)  # type: ignore[misc]
    assert await service.of(anna) == Preferences()
    await service.change(anna, lambda before: replace(before, notifications=False))
    await service.change(anna, lambda before: replace(before, history_months=3))
    assert await service.of(anna) == Preferences(history_months=3, notifications=False)


def test_a_room_cuts_what_somebody_may_see() -> None:
    room = Room(room_key(place("den", private=False)), frozenset([2, 3]), 12)
    assert in_room(Clearance(frozenset([1, 2]), 16), room) == Clearance(frozenset([2]), 12)
    assert in_room(Clearance(None, 6), room) == Clearance(frozenset([2, 3]), 6)
    assert in_room(Clearance(frozenset([1]), None), Room("x")) == Clearance(frozenset([1]), None)
