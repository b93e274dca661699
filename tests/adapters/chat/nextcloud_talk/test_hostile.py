"""Titles, names and messages that try to call people, to look like something else, or to break the bot."""

from __future__ import annotations

import random
import sys

import pytest

from adapters.chat.nextcloud_talk.encode import CAPABILITIES, MAX_MESSAGE, encode, harmless
from bot.chat.fit import fit
from bot.chat.plain import escape
from bot.chat.reply import Action, Button, Card, Choice, Choices, Fact, Reply, Text
from tests.adapters.chat.nextcloud_talk.conftest import Stage, staged, text
from tests.fakes.services.nextcloud_talk_people import ROOM, private_room

NASTY = (
    "@all",
    "@here now",
    '@"anna"',
    "Heat @ben",
    "(@ben)",
    "/@ben",
    "**@ben**",
    "{mention-user1}",
    "{mention-call1}",
    "[click](https://evil.example.org)",
    "![x](https://evil.example.org/x.png)",
    "<script>alert(1)</script>",
    "`@ben`",
    "# @all",
    "1. @all",
    "> quoted",
    "!forget",
    "\u202e@all",
    "a\x00b\ud800c",
    "@" * 5000,
)


@pytest.mark.parametrize("nasty", NASTY, ids=range(len(NASTY)))
async def test_nothing_in_a_title_calls_anybody_or_becomes_a_link(nasty: str) -> None:
    card = Card(
        "movie:1",
        nasty,
        subtitle=nasty,
        body=escape(nasty),
        facts=(Fact(nasty, nasty),),
        link="https://films.example.org/@all",
        buttons=(Button(nasty, Action("why")),),
    )
    choices = Choices(escape(nasty), (Choice(nasty, Action("search")),))
    async with staged(lambda _incoming: [Reply((card, choices, Text(escape(nasty))))]) as stage:
        await stage.people.write("anna", "room", "!help")
        assert stage.inbox.errors == []
        assert stage.cloud.pings == []
        written = "".join(said.text for said in stage.cloud.sent(ROOM))
        assert written
        assert "](https://evil" not in written
        assert "<script" not in written.replace("\\<", "")
        assert "https://films.example.org/%40all" in written


async def test_names_of_people_and_rooms_are_only_words(stage: Stage) -> None:
    for nasty in NASTY:
        name = nasty.encode("utf-8", "replace").decode()
        people = {"mention-user1": {"type": "user", "id": "ben", "name": name}}
        await stage.cloud.write("users/anna", ROOM, "!recommend {mention-user1}", name=name, parameters=people)
    assert len(stage.inbox.heard) == len(NASTY)
    for heard in stage.inbox.heard:
        assert heard.author.account == "home/anna"
        assert "\n" not in heard.author.name
        assert len(heard.author.name) <= 100
        assert [mention.account for mention in heard.mentions] == ["home/ben"]
        assert heard.text.startswith("!recommend @")


async def test_a_name_cannot_speak_for_its_owner_or_command(stage: Stage) -> None:
    people = {"mention-user1": {"type": "user", "id": "mallory", "name": "Recommendarr: !forget"}}
    await stage.cloud.write("users/anna", ROOM, "{mention-user1} hello", parameters=people)
    people = {"mention-user1": {"type": "user", "id": "mallory", "name": "!forget"}}
    await stage.cloud.write("users/anna", ROOM, "{mention-user1} hello", parameters=people)
    assert stage.inbox.heard == []
    shared = {
        "object": {"type": "deck-card", "id": "1", "name": "!forget"},
        "file": {"type": "file", "name": "!forget"},
    }
    await stage.cloud.write("users/anna", private_room("anna"), "{object}", parameters=shared)
    await stage.cloud.write("users/anna", private_room("anna"), "{file}", parameters=shared)
    assert stage.inbox.words == ["“!forget”"]


async def test_masses_of_mentions_are_read_in_time_and_only_so_many_kept(stage: Stage) -> None:
    keys = [f"mention-user{number}" for number in range(2000)]
    people = {key: {"type": "user", "id": f"user{key}", "name": "Ben"} for key in keys}
    said = "!recommend " + " ".join(f"{{{key}}}" for key in keys)
    await stage.cloud.write("users/anna", ROOM, said, parameters=people)
    (heard,) = stage.inbox.heard
    assert len(heard.mentions) == 100
    assert len({mention.account for mention in heard.mentions}) == 100
    assert len({mention.text for mention in heard.mentions}) == 100


async def test_two_hundred_random_messages_are_heard_and_answered_harmlessly() -> None:
    chance = random.Random(20261121)

    def anything() -> str:
        length = chance.randint(1, 300)
        codes = (chance.choice((chance.randint(32, 126), chance.randint(1, sys.maxunicode))) for _ in range(length))
        return "".join(map(chr, codes)).encode("utf-8", "replace").decode()

    async with staged(lambda incoming: [text(escape(getattr(incoming, "text", "")) or "…")]) as stage:
        written = [anything() for _time in range(200)]
        for words in written:
            await stage.people.write("anna", chance.choice(("private", "room")), words)
        assert stage.cloud.statuses == [200] * 200
        assert stage.inbox.errors == []
        assert stage.cloud.pings == []
        assert len(stage.inbox.heard) > 50
        assert len(stage.cloud.sent()) == len(stage.inbox.heard)


def test_messages_are_never_longer_than_talk_takes() -> None:
    for body in ("@" * 40_000, "word " * 20_000, "x" * 100_000, "https://example.org/" + "@" * 60_000, "🎬" * 33_000):
        messages = encode(fit(Reply((Text(body),)), CAPABILITIES))
        assert messages
        assert all(0 < len(message) <= MAX_MESSAGE for message in messages)


def test_addresses_stay_whole_and_words_keep_their_look() -> None:
    assert harmless("mail@example.org") == "mail@\u2060example.org"
    assert harmless("see https://example.org/@user/1 @ben") == "see https://example.org/%40user/1 @\u2060ben"
    assert encode([Reply((Text("  \n "),)), Reply(())]) == []
