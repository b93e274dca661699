"""What others learn of a person, what is told to that person, and what is left when they go."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from adapters.storage import open_storage
from adapters.storage.repositories.personal import KEPT, UNTOLD
from adapters.storage.tables import metadata
from bot.chat.incoming import Place
from bot.chat.reply import Card, Text
from bot.model.conversations import ActionToken, Conversation
from bot.model.feedback import Exposure, Feedback, Hide, LogEntry, Verdict
from bot.model.history import Rating, WatchEvent
from bot.model.members import LinkedAccount, Member
from bot.model.privacy import LinkCode, Privacy
from bot.model.recommendation import Ask
from bot.model.titles import Kind, TitleFacts, TitleRef
from bot.ports.media import ServerWatch
from bot.ports.storage import UnitOfWork, UnitOfWorkFactory
from bot.ports.storage_sync import ServerAccount
from bot.services.privacy import PrivacyService
from bot.services.sync.plays import PlaysStage
from bot.services.sync.summary import no_progress
from tests.bot.household import START, cards, words
from tests.bot.identity.people import Platforms
from tests.fakes.clock import FakeClock


@pytest.fixture
async def storage(home: Path) -> AsyncIterator[UnitOfWorkFactory]:
    async with open_storage(home, clock=FakeClock(START)) as uow:
        yield uow


async def _person(uow: UnitOfWork, name: str, *, server: bool) -> Member:
    """Somebody with a row of every kind; their name is in every text of theirs."""
    member = await uow.members.add(name, locale="de")
    one, two = await uow.titles.upsert(
        [
            TitleFacts((TitleRef(Kind.MOVIE, "tmdb", f"{member.id}{n}"),), Kind.MOVIE, f"{name} film {n}", 2000 + n)
            for n in (1, 2)
        ]
    )
    await uow.members.link(LinkedAccount(member.id, "discord", f"{name}-chat", START))
    if server:
        await uow.members.link(LinkedAccount(member.id, "plex", f"{name}-plex", START))
        await uow.server_accounts.put(ServerAccount("plex", f"{name}-plex", member.id, name))
    await uow.histories.add_events([WatchEvent(member.id, one, "plex", f"{name}-event", START)])
    await uow.histories.add_ratings([Rating(member.id, two, "own", 9.0, START)])
    await uow.feedbacks.add(Feedback(member.id, one, Verdict.LIKE, START))
    await uow.feedbacks.hide(Hide(member.id, two, START, START + timedelta(days=9)))
    await uow.feedbacks.expose([Exposure(member.id, one, START)])
    await uow.feedbacks.log(
        [LogEntry(member.id, one, "c", mode, "blend", 1, 0.5, ({"name": "x"},), f"{name} reason", START)
         for mode in ("tonight", "group")]
    )  # fmt: skip
    await uow.quizzes.pick(member.id, [one], START)
    await uow.quizzes.weigh(member.id, {"Crime": 0.5})
    shelf = await uow.watchlists.ensure(member.id, f"{name} list", START)
    await uow.watchlists.add(shelf.id, two, START)
    await uow.preferences.save(member.id, replace(await uow.preferences.of(member.id), timezone="Europe/Paris"))
    await uow.privacy.save(member.id, Privacy(name_watched=True))
    state = {
        "ask": {"query": f"{name} query", "companions": [1, 2]},
        "numbers": {"1": "TOKEN"},
        "talk": [[f"{name} said", "…"]],
        "summary": f"{name} sum",
    }
    await uow.conversations.save(Conversation(f"place|{name}", member.id, state, START))
    token = ActionToken(f"TOKEN-{name}", "like", {}, "p", member.id, START, START + timedelta(days=9), once=False)
    await uow.conversations.add_tokens([token])
    await uow.link_codes.put(LinkCode(f"digest-{name}", member.id, START + timedelta(minutes=9)))
    return member


@pytest.fixture
async def two(storage: UnitOfWorkFactory) -> tuple[Member, Member]:
    """Anna, whom a media server tells of, and Ben."""
    async with storage() as uow:
        anna, ben = await _person(uow, "Anna", server=True), await _person(uow, "Ben", server=False)
        await uow.commit()
    return anna, ben


async def test_an_export_holds_all_of_a_person_and_nothing_of_another(
    storage: UnitOfWorkFactory, two: tuple[Member, Member]
) -> None:
    for me, other in (two, two[::-1]):
        text = await PrivacyService(storage).export(me, START)
        assert other.name not in text
        kept = json.loads(text)["kept"]
        for table in ("watch_events", "ratings", "feedback", "hides", "watchlists", "watchlist_titles", "quiz_picks",
                      "quiz_genres", "preferences", "privacy", "conversations", "recommendation_log", "exposures",
                      "linked_accounts", "members"):  # fmt: skip
            assert kept[table], table
        assert kept["watch_events"][0]["title"] == f"{me.name} film 1 (2001)"
        remembered = kept["conversations"][0]["remembers"]
        assert remembered["asked"] == f"{me.name} query"
        assert (remembered["said"], remembered["summary"]) == ([f"{me.name} said"], f"{me.name} sum")
        assert [entry.get("explanation") for entry in kept["recommendation_log"]] == [f"{me.name} reason", None]


async def test_an_export_holds_nothing_by_which_somebody_could_act(
    storage: UnitOfWorkFactory, two: tuple[Member, Member]
) -> None:
    text = await PrivacyService(storage).export(two[0], START)
    assert "TOKEN" not in text
    assert "digest" not in text


async def _rows_of(storage: UnitOfWorkFactory, member_id: int) -> dict[str, int]:
    counts = {}
    async with storage() as uow:
        execute = uow.personal._transaction.execute  # type: ignore[attr-defined]  # every table, known or not
        for table in metadata.sorted_tables:
            if "member_id" in table.c:
                rows = (await execute(select(table).where(table.c.member_id == member_id))).all()
                if rows:
                    counts[table.name] = len(rows)
    return counts


async def test_forgetting_leaves_only_what_the_media_server_tells(
    storage: UnitOfWorkFactory, two: tuple[Member, Member]
) -> None:
    anna, ben = two
    before = await _rows_of(storage, ben.id)
    assert await PrivacyService(storage).forget(anna, START) is False
    left = await _rows_of(storage, anna.id)
    assert set(left) <= KEPT
    assert left["linked_accounts"] == 1
    assert await _rows_of(storage, ben.id) == before
    async with storage() as uow:
        assert await uow.members.by_account("discord", "Anna-chat") is None
        assert await uow.members.by_account("plex", "Anna-plex") is not None
        assert await uow.privacy.forgotten() == {anna.id}
        assert anna.id in await uow.privacy.silent()
    text = await PrivacyService(storage).export(anna, START)
    assert "query" not in text
    assert "film" not in text


async def test_whom_no_server_tells_of_is_gone_altogether(
    storage: UnitOfWorkFactory, two: tuple[Member, Member]
) -> None:
    anna, ben = two
    assert await PrivacyService(storage).forget(ben, START) is True
    assert not await _rows_of(storage, ben.id)
    async with storage() as uow:
        assert [member.id for member in await uow.members.all()] == [anna.id]


class _Plays:
    """A history that tells the same play of Anna whenever it is asked."""

    source = items_of = "plex"
    requests = 0

    async def watches(self, since: object) -> AsyncIterator[list[ServerWatch]]:
        ref = TitleRef(Kind.MOVIE, "tmdb", "11")
        yield [ServerWatch("Anna-plex", "again", START, refs=(ref,)), ServerWatch("Anna-plex", "lost", START, item="9")]


async def test_a_sync_brings_back_nothing_of_whom_is_forgotten(
    storage: UnitOfWorkFactory, two: tuple[Member, Member]
) -> None:
    anna = two[0]
    await PrivacyService(storage).forget(anna, START)
    stage, plays = PlaysStage(storage), _Plays()
    await stage.run(plays, START, no_progress, full=True)  # type: ignore[arg-type]  # it tells plays alone
    async with storage() as uow:
        assert not (await uow.histories.of(anna.id)).events
        assert not await uow.pending_plays.after("plex")
        await uow.privacy.remember(anna.id)
        await uow.commit()
    await stage.run(plays, START, no_progress, full=True)  # type: ignore[arg-type]
    async with storage() as uow:
        assert [event.key for event in (await uow.histories.of(anna.id)).events] == ["again"]


def test_every_table_with_a_persons_rows_is_told_or_left_out_for_a_reason() -> None:
    owned = {table.name for table in metadata.sorted_tables if "member_id" in table.c}
    assert owned >= KEPT
    assert owned >= UNTOLD
    assert not {"watch_events", "ratings", "feedback", "conversations"} & UNTOLD


async def test_an_absorbed_person_brings_history_and_access_and_loses_nothing(
    storage: UnitOfWorkFactory, two: tuple[Member, Member]
) -> None:
    anna, ben = two
    async with storage() as uow:
        version = await uow.histories.version(ben.id)
        library = await uow.libraries.ensure("plex", "films", "Films")
        await uow.members.grant(anna.id, [library.id])
        await uow.personal.absorb(anna.id, ben.id)
        await uow.commit()
    async with storage() as uow:
        assert await uow.members.get(anna.id) is None
        owner = await uow.members.by_account("plex", "Anna-plex")
        assert owner is not None and owner.id == ben.id
        assert len((await uow.histories.of(ben.id)).events) == 2
        assert await uow.members.access(ben.id) == {library.id}
        assert await uow.histories.version(ben.id) > version


async def test_codes_and_privacy_of_the_fake_are_those_of_the_database(storage: UnitOfWorkFactory) -> None:
    people = Platforms()
    async with storage() as real, people.store() as fake:
        await real.members.add("Anna")
        for uow in (real, fake):
            await uow.link_codes.put(LinkCode("one", 1, START))
            await uow.link_codes.put(LinkCode("two", 1, START + timedelta(minutes=1), "discord:7"))
            assert await uow.link_codes.get("one") is None
            assert await uow.link_codes.get("two") == LinkCode("two", 1, START + timedelta(minutes=1), "discord:7")
            assert await uow.link_codes.purge(START) == 0
            assert [await uow.link_codes.use("two") for _twice in range(2)] == [True, False]
            before = await uow.histories.version(1)
            assert await uow.privacy.of(1) == Privacy()
            await uow.privacy.save(1, Privacy(contribute=False))
            assert await uow.histories.version(1) == before + 1
            await uow.privacy.save(1, Privacy(contribute=False, group_line=False))
            assert await uow.histories.version(1) == before + 1
            assert await uow.privacy.silent() == {1}


async def test_reasons_in_a_room_name_what_was_watched_only_by_leave() -> None:
    people = Platforms()
    await people.link("Anna", "discord:7")

    async def said() -> str:
        return " ".join(card.body for card in cards(await people.as_("discord:7", "/recommend", room="kitchen")))

    assert "Rififi" not in await said()
    await people.as_("discord:7", "/privacy names yes")
    assert "Rififi" in await said()
    await people.as_("discord:7", "/privacy names no")
    assert "Rififi" not in await said()


async def test_who_wants_no_line_in_group_answers_has_none() -> None:
    people = Platforms()
    recommend = people.recommender.recommend

    async def with_companions(member: Member, clearance: object, ask: Ask, **given: object) -> object:
        answer = await recommend(member, clearance, ask, **given)  # type: ignore[arg-type]
        return replace(answer, companions=(people.store.people[2],))

    people.recommender.recommend = with_companions  # type: ignore[method-assign,assignment]
    assert "**Ben**" in cards(await people.as_("terminal:Anna", "/recommend group @Ben"))[0].body
    await people.as_("terminal:Ben", "/privacy groups no")
    assert "**Ben**" not in cards(await people.as_("terminal:Anna", "/recommend group @Ben"))[0].body


async def test_forgetting_takes_two_presses_and_then_nobody_is_known() -> None:
    people = Platforms()
    await people.link("Anna", "discord:7")
    first = await people.as_("discord:7", "/forget")
    second = await people.presses("discord:7", first, "Go on")
    assert await people.owner("discord:7") == "Anna"
    done = await people.presses("discord:7", second, "Delete everything")
    assert "do not know you any more" in words(done)
    assert await people.owner("discord:7") is None
    assert "I do not know you yet" in words(await people.as_("discord:7", "/recommend"))
    assert "I do not know you yet" in words(await people.as_("terminal:Anna", "/recommend"))


async def test_an_export_reads_as_one_file_over_all_its_parts() -> None:
    people = Platforms()
    for title in ("Heat", "Alien", "Fargo"):
        await people.as_("terminal:Anna", f"/like {title}")
    service = PrivacyService(people.store)
    whole = await service.export(people.store.people[1], START)
    first = await people.as_("terminal:Anna", "/export")
    assert first.parts
    assert "Part 1 of" in words(first)
    assert json.loads(whole)["name"] == "Anna"


async def test_private_commands_stay_private_in_a_room() -> None:
    people = Platforms()
    for said in ("/privacy", "/export", "/forget"):
        assert (await people.as_("terminal:Anna", said, room="kitchen")).private
    assert Place("terminal", "kitchen").private is False
    assert not [part for part in (await people.as_("terminal:Anna", "/export")).parts if isinstance(part, Card)]
    assert all(isinstance(part, Text) for part in (await people.as_("terminal:Anna", "/export")).parts)
