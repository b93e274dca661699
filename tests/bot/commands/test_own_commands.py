"""Watchlists, settings, history, trailers, rooms, and what administrators see."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.chat.reply import Card, Choices, Link
from bot.model.history import Rating, WatchEvent
from bot.model.members import Library
from bot.model.preferences import EVERYTHING, Preferences
from bot.model.titles import Domain
from bot.services.watchlists import MAX_LISTS
from tests.bot.household import FILMS, ROOMY, START, TEXT_ONLY, Household, cards, choices, words
from tests.fakes.jobs import FakeJobQueue


@pytest.fixture
def house() -> Household:
    return Household()


def option(panel: Choices, label: str) -> str:
    (token,) = [each.token for each in panel.options if each.label == label]
    assert token is not None
    return token


async def test_titles_go_on_the_list_once_and_come_off_by_number(house: Household) -> None:
    assert "nothing on your watchlist" in words(await house.say("/watchlist"))
    assert "**Heat (1995)** is on your watchlist now" in words(await house.say("/watchlist add Heat"))
    assert "already" in words(await house.say("/watchlist Heat"))
    house.clock.advance(timedelta(minutes=1))
    await house.say("/watchlist add Ran")
    reply = await house.say("/watchlist")
    assert [card.title for card in cards(reply)] == ["Ran (1985)", "Heat (1995)"]
    assert "2 titles" in words(reply)
    assert "is off" in words(await house.say("/watchlist remove 2"))
    assert [card.title for card in cards(await house.say("/watchlist show"))] == ["Ran (1985)"]
    assert "is not on" in words(await house.say("/watchlist remove Heat"))
    assert "nothing on" in words(await house.say("/watchlist", name="Ben"))


async def test_lists_have_names(house: Household) -> None:
    await house.say("/watchlist add Heat list=Sunday")
    await house.say('/watchlist add Ran list="date night"')
    await house.say("/watchlist add Up list=SUNDAY")
    assert len(cards(await house.say("/watchlist list=sunday"))) == 2
    empty = choices(await house.say("/watchlist"))
    assert [each.label for each in empty.options] == ["Sunday (2)", "date night (1)"]
    assert "there are Sunday, date night" in words(await house.say("/watchlist list=monday"))
    assert "gone" in words(await house.say("/watchlist delete-list list=sunday"))
    assert "no list" in words(await house.say("/watchlist list=sunday"))
    assert "Name the list" in words(await house.say("/watchlist delete-list"))


async def test_lists_have_limits(house: Household) -> None:
    for number in range(MAX_LISTS):
        await house.say(f"/watchlist add Heat list=l{number}")
    assert "delete one first" in words(await house.say("/watchlist add Heat list=another"))
    assert "is on your watchlist now" in words(await house.say("/watchlist add Heat"))
    assert "at most 40" in words(await house.say(f"/watchlist add Heat list={'x' * 41}"))
    assert "Which title" in words(await house.say("/watchlist add"))


async def test_a_press_takes_a_title_off_on_its_card(house: Household) -> None:
    await house.say("/watchlist add Heat list=Sunday")
    (card,) = cards(await house.say("/watchlist list=Sunday"))
    reply = await house.press(card.buttons[0].token, on="7")
    assert isinstance(reply.parts[0], Card)
    assert "Taken off" in reply.parts[0].body
    assert "nothing on" in words(await house.say("/watchlist list=Sunday"))


async def test_long_lists_have_pages_and_keep_what_may_not_be_shown_to_themselves(house: Household) -> None:
    for film in FILMS[:8]:
        await house.say(f"/watchlist add {film.ref}")
        house.clock.advance(timedelta(minutes=1))
    first = await house.say("/watchlist")
    assert len(cards(first)) == 5
    assert len(cards(await house.press(option(choices(first), "Next page")))) == 3
    house.titles.gone.add(str(FILMS[7].ref))
    assert "Ran" not in [card.title for card in cards(await house.say("/watchlist"))]
    assert len(cards(await house.say("/watchlist page=99"))) == 2


async def test_settings_change_in_place_and_count_at_once(house: Household) -> None:
    panel = choices(await house.say("/settings"))
    assert "Language: as your platform says" in panel.prompt
    reply = await house.press(option(panel, "Deutsch"), on="7")
    assert reply.replaces is not None
    assert "Sprache: Deutsch" in words(reply)
    assert "Warum?" in [button.label for button in cards(await house.say("/recommend"))[0].buttons]
    assert "Language: as your platform says" in words(await house.say("/settings language auto"))
    await house.say("/settings anime off")
    await house.press(option(choices(await house.say("/settings history all")), "✓ Notifications"))
    await house.say("/settings timezone tokyo")
    stored = house.store._state.preferences[1]
    assert stored == Preferences(EVERYTHING, frozenset([Domain.ANIME]), False, "Asia/Tokyo")
    assert "2026-07-02" in words(await house.say("/hide Ran"))  # there it is tomorrow already
    await house.say("/settings history default")
    assert house.store._state.preferences[1].history_months is None


@pytest.mark.parametrize(
    ("said", "part"),
    [
        ("/settings language klingon", "I speak en (English)"),
        ("/settings history -3", "in months"),
        ("/settings history 100000", "in months"),
        ("/settings history 241", "0 (everything) to 240"),
        ("/settings anime maybe", "on or off"),
        ("/settings timezone mars", "no time zone"),
        ("/settings language", "Say what"),
    ],
)
async def test_settings_that_make_no_sense_change_nothing(house: Household, said: str, part: str) -> None:
    assert part in words(await house.say(said))
    assert not house.store._state.preferences


async def test_one_domain_stays(house: Household) -> None:
    for domain in ("films", "series"):
        await house.say(f"/settings {domain} off")
    assert "must stay on" in words(await house.say("/settings anime off"))


async def test_settings_and_history_are_private() -> None:
    house = Household(TEXT_ONLY)
    for said in ("/settings", "/history"):
        assert "private message" in words(await house.say(said, private=False))


async def test_history_tells_the_newest_first_in_pages(house: Household) -> None:
    assert "nothing that you watched" in words(await house.say("/history"))
    state = house.store._state
    for number in range(20):
        event = WatchEvent(
            1, number % 9 + 1, "plex", str(number), START - timedelta(days=number), 0.5 if number else 1.0
        )
        state.events["plex", str(number)] = event
    state.events["plex", "x"] = WatchEvent(2, 12, "plex", "x", START)
    state.ratings[1, 1, "chat"] = Rating(1, 1, "chat", 8, START)
    reply = choices(await house.say("/history"))
    lines = reply.prompt.splitlines()
    assert lines[0] == "You watched 20 plays."
    assert lines[2] == "- 2026-03-01 · **Heat (1995)** · rated 8"
    assert lines[3] == "- 2026-02-28 · **Alien (1979)** · 50 % watched"
    assert "Up" not in reply.prompt
    older = choices(await house.press(option(reply, "Earlier"), on="7"))
    assert len(older.prompt.splitlines()) == 7
    assert [each.label for each in older.options] == ["Later"]
    assert "**Heat (1995)**: 3 plays" in words(await house.say("/history Heat"))
    assert "no play of **Up (2009)**" in words(await house.say("/history Up"))
    house.titles.gone.add("movie:102")
    assert "Alien (1979)" not in words(await house.say("/history"))


async def test_a_trailer_is_a_link_and_none_is_said(house: Household) -> None:
    assert "no trailer of **Heat (1995)**" in words(await house.say("/trailer Heat"))
    from bot.ports.metadata import Trailer
    from bot.ports.storage_sync import TitleMetadata

    videos = (
        Trailer("evil", "javascript:alert(1)", "en", True),
        Trailer("deutsch", "https://video.test/de", "de"),
        Trailer("english", "https://video.test/en", "en"),
        Trailer("official", "https://video.test/official", "en", True),
    )
    async with house.store() as uow:
        await uow.metadata.put([TitleMetadata(1, START, trailers=videos)])
        await uow.commit()
    (card,) = cards(await house.say("/trailer Heat"))
    assert card.buttons[0].press == Link("https://video.test/official")
    house.store.people[1] = replace(house.store.people[1], locale="de")
    (card,) = cards(await house.say("/trailer Heat"))
    assert card.buttons[0].press == Link("https://video.test/de")


async def test_rooms_are_set_by_administrators_and_cut_what_is_shown(house: Household) -> None:
    house.store._state.libraries[2] = Library(2, "plex", "2", "Grown-ups", public=True)
    den = {"room": "den", "private": False}
    assert "for administrators" in words(await house.say("/room age 6", **den))  # type: ignore[arg-type]
    assert not house.store._state.rooms
    panel = choices(await house.say("/room age 12", name="Cleo", **den))  # type: ignore[arg-type]
    assert "Up to age: 12" in panel.prompt
    await house.press(option(panel, "✓ Grown-ups"), name="Cleo", **den)  # type: ignore[arg-type]
    await house.say("/recommend", **den)  # type: ignore[arg-type]
    clearance = house.recommender.asked[-1][1]
    assert (clearance.libraries, clearance.age_limit) == (frozenset([1]), 12)
    await house.say("/recommend")
    assert house.recommender.asked[-1][1].age_limit is None
    assert "no library “x”" in words(await house.say("/room libraries x", name="Cleo", **den))  # type: ignore[arg-type]
    assert "Write an age" in words(await house.say("/room age 99", name="Cleo", **den))  # type: ignore[arg-type]
    assert "about rooms" in words(await house.say("/room", name="Cleo"))
    await house.say("/room reset", name="Cleo", **den)  # type: ignore[arg-type]
    await house.say("/recommend", **den)  # type: ignore[arg-type]
    assert house.recommender.asked[-1][1].age_limit is None


async def test_a_room_for_one_gets_private_answers() -> None:
    house = Household(replace(ROOMY, private=False))
    assert "private message" in words(await house.say("/profile", private=False))
    await house.say("/room private yes", name="Cleo", private=False)
    assert "Crime 50 %" in words(await house.say("/profile", private=False))
    await house.say("/room private no", name="Cleo", private=False)
    assert "private message" in words(await house.say("/profile", private=False))


async def test_only_administrators_see_who_is_here(house: Household) -> None:
    for said in ("/users", "/status", "/sync"):
        assert "for administrators" in words(await house.say(said))
    told = words(await house.say("/users", name="Cleo"))
    assert "- **Anna** · terminal\\:Anna" in told or "- **Anna** · terminal:Anna" in told
    assert "**Cleo** · admin" in told
    assert "12 titles, 3 people, 3 with an account" in words(await house.say("/status", name="Cleo"))


async def test_the_first_contact_is_short(house: Household) -> None:
    for said in ("/start", "/start hide_movie_603", "hello", "Bonjour!"):
        reply = choices(await house.say(said))
        assert reply.prompt.startswith("Hello **Anna**!")
        assert reply.options[0].label == "Suggest something"


async def test_a_panel_that_changes_in_place_keeps_its_numbers_in_step(house: Household) -> None:
    panel = choices(await house.say("/settings"))
    german = [each.label for each in panel.options].index("Deutsch") + 1
    reply = await house.press(panel.options[german - 1].token, on="7")
    assert reply.replaces is not None
    films = [each.label for each in choices(reply).options].index("✓ Filme") + 1
    assert "Vorgeschlagen werden dir: Serien, Anime" in words(await house.say(str(films)))
    await house.say(str(films))
    assert house.store._state.preferences[1] == Preferences()


async def test_the_quiz_stays_in_one_message(house: Household) -> None:
    await house.say("/quiz Heat")
    reply = await house.say("/quiz")
    pressed = await house.press(choices(reply).options[0].token, on="7")
    assert pressed.replaces is not None
    assert len(pressed.parts) == 1


async def test_administrators_ask_for_a_sync(house: Household) -> None:
    assert "is configured" in words(await house.say("/sync", name="Cleo"))
    house.jobs = queue = FakeJobQueue()
    house.restart()
    for _time in range(3):
        assert "asked for" in words(await house.say("/sync", name="Cleo"))
    assert [(job.job, job.args) for job in queue.waiting] == [("sync", {})]
