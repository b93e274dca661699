"""The owner's rules in the demo household, changed while people are being served."""

from __future__ import annotations

import json

import structlog

from tests.e2e.conftest import Household


async def test_rules_are_followed_as_soon_as_the_file_changes(household: Household) -> None:
    rules = household.home / "rules.json"
    async with household.talking("Anna") as (anna,):
        first = await anna.cards("/recommend")
        held_back = [card.ref for card in first[:2]]
        rules.write_text(json.dumps({"exclude": [{"titles": held_back}, {"genres": ["Drama"]}]}), "utf-8")
        second = await anna.cards("/recommend")
        assert len(second) == 5
        assert not {card.ref for card in second} & set(held_back)
        assert not any("Drama" in card.subtitle for card in second)
        for mode in ("shuffle", "grab", "mood a sad drama", "group @Jonas"):
            for card in await anna.cards(f"/recommend {mode}"):
                assert "Drama" not in card.subtitle, mode
        with structlog.testing.capture_logs() as logs:
            rules.write_text('{"exclude": [', "utf-8")
            third = await anna.cards("/recommend")
            await anna.cards("/recommend")
        assert [entry["log_level"] for entry in logs] == ["warning"]
        assert [card.ref for card in third] == [card.ref for card in second]
        rules.unlink()
        assert [card.ref for card in await anna.cards("/recommend")] == [card.ref for card in first]


async def test_a_boost_moves_titles_up(household: Household) -> None:
    rule = {"boosts": [{"genres": ["Western"], "boost": 0.5}]}
    (household.home / "rules.json").write_text(json.dumps(rule), "utf-8")
    async with household.talking("Claire") as (claire,):
        cards = await claire.cards("/recommend")
        assert any("Western" in card.subtitle for card in cards)
