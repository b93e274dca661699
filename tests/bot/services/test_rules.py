"""Business rules: read again when they change, the last good ones kept, said once."""

from __future__ import annotations

import json
from typing import Any

import pytest
import structlog

from bot.services.rules import RulesService
from engine.rules import BusinessRules
from tests.fakes.rules import FakeRules
from tests.fakes.storage import FakeStorage
from tests.samples import film

NO_HORROR = json.dumps({"exclude": [{"genres": ["Horror"]}]})


def warnings(logs: list[Any]) -> list[str]:
    return [entry["reason"] for entry in logs if entry["log_level"] == "warning"]


async def test_rules_are_read_when_they_change_and_only_then(fake_storage: FakeStorage) -> None:
    source = FakeRules()
    rules = RulesService(fake_storage, source)
    assert await rules.current(1) == BusinessRules()
    source.write(NO_HORROR)
    assert (await rules.current(1)).exclude[0].genres == ("Horror",)
    await rules.current(1)
    assert source.reads == 1
    source.write('{"boosts": [{"genres": ["War"], "boost": 0.2}]}')
    current = await rules.current(1)
    assert (current.exclude, current.boosts[0].boost) == ((), 0.2)
    source.write(None)
    assert await rules.current(1) == BusinessRules()
    source.write(NO_HORROR)
    assert (await rules.current(1)).exclude


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("", "not JSON"),
        ('{"exclude": [}', "line 1"),
        ("[" * 100_000, "not JSON"),
        ("[]", "must be an object"),
        ('{"exclude": [{}]}', "no condition"),
        ('{"exclude": [{"kind": []}]}', "movie"),
        ('{"exclude": [{"titles": ["Heat"]}]}', "no reference such as movie:603"),
        ('{"exclude": [{"titles": [1e999]}]}', "list of numbers"),
        ('{"exclude": [{"titles": [' + "9" * 30 + "]}]}", "list of numbers"),
        ('{"exclude": [{"year_min": ' + "9" * 400 + "}]}", "must be a number"),
        ('{"exclude": [{"year_min": NaN}]}', "must be a number"),
        ('{"boosts": [{"genres": ["War"], "boost": 7}]}', "boost"),
    ],
)
async def test_broken_rules_keep_the_last_good_ones_and_say_so_once(
    fake_storage: FakeStorage, text: str, part: str
) -> None:
    source = FakeRules(NO_HORROR)
    rules = RulesService(fake_storage, source)
    good = await rules.current(1)
    source.write(text)
    with structlog.testing.capture_logs() as logs:
        assert [await rules.current(version) for version in (1, 1, 2)] == [good] * 3
    (said,) = warnings(logs)
    assert part in said
    assert not any("exc_info" in entry for entry in logs)
    source.write(text + " ")
    with structlog.testing.capture_logs() as logs:
        await rules.current(2)
    assert len(warnings(logs)) == 1
    source.write('{"exclude": [{"genres": ["War"]}]}')
    assert (await rules.current(2)).exclude[0].genres == ("War",)


async def test_a_source_that_cannot_be_read_is_said_once(fake_storage: FakeStorage) -> None:
    source = FakeRules("{}")
    source.fails = "The rules file cannot be read: Permission denied."
    rules = RulesService(fake_storage, source)
    with structlog.testing.capture_logs() as logs:
        assert await rules.current(1) == await rules.current(1) == BusinessRules()
    assert warnings(logs) == [source.fails]


async def test_titles_are_named_by_reference_and_looked_up_again(fake_storage: FakeStorage) -> None:
    source = FakeRules('{"exclude": [{"titles": ["movie:7", "movie:8"]}, {"genres": ["War"]}]}')
    rules = RulesService(fake_storage, source)
    assert (await rules.current(1)).exclude[0].titles == (0, 0)
    async with fake_storage() as uow:
        (title,) = await uow.titles.upsert([film(7)])
        await uow.commit()
    with structlog.testing.capture_logs() as logs:
        first, second = (await rules.current(2)).exclude
    assert (first.titles, second.genres) == ((title, 0), ("War",))
    assert not logs
