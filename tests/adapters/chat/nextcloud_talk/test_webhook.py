"""What the webhook refuses, and what it tells Nextcloud: forged, replayed, oversized, misshapen, from elsewhere."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from types import SimpleNamespace
from typing import Any

import httpx
import pytest

from adapters.chat.nextcloud_talk.signing import is_signed, signature
from adapters.chat.nextcloud_talk.webhook import MAX_BODY, PATH
from adapters.web import PrometheusMeter, build_app
from bot.bootstrap_platforms import Running, _open_platforms
from bot.chat.incoming import Incoming
from bot.commands import COMMANDS
from bot.delivery import Delivery
from bot.errors import InvalidSettings
from bot.ports.chat import Envelope
from bot.settings import Settings
from tests.adapters.chat.nextcloud_talk.conftest import AnsweringInbox, Stage, delivering, served, staged, talk_server
from tests.fakes.clock import FakeClock
from tests.fakes.services.clients import impatient_http
from tests.fakes.services.nextcloud_talk import SECRET, FakeNextcloud
from tests.fakes.services.nextcloud_talk_people import ROOM, private_room
from tests.fakes.storage import FakeStorage

OTHER_SECRET = "another-secret-" * 3


def event(words: str = "!help", number: int = 7, room: str = ROOM, user: str = "users/anna") -> dict[str, Any]:
    content = json.dumps({"message": words, "parameters": []})
    return {
        "type": "Create",
        "actor": {"type": "Person", "id": user, "name": "Anna"},
        "object": {"type": "Note", "id": str(number), "name": "message", "content": content},
        "target": {"type": "Collection", "id": room, "name": "Film night"},
    }


def test_the_signature_is_the_one_that_nextcloud_makes() -> None:
    # Made with: printf 'r4ndom{"a":1}' | openssl dgst -sha256 -hmac secret
    made = signature("secret", b"r4ndom", b'{"a":1}')
    assert made == "0ac48bb0fee2bb4b9293c2834d81149f38c411a12ba3ecd994fc2310d1745991"
    assert is_signed("secret", "r4ndom", b'{"a":1}', made)
    assert is_signed("secret", "r4ndom", b'{"a":1}', made.upper())
    assert not is_signed("secret", "r4ndo", b'm{"a":1}', made[::-1])
    assert not is_signed("secret", "r4ndom", b'{"a": 1}', made)
    assert not is_signed("Secret", "r4ndom", b'{"a":1}', made)


async def test_a_genuine_event_is_kept_and_confirmed(stage: Stage) -> None:
    assert await stage.cloud.post(event()) == 200
    assert stage.inbox.words == ["!help"]


@pytest.mark.parametrize(
    "forged",
    [
        {"signature": "0" * 64},
        {"signature": ""},
        {"signature": "ä" * 32},
        {"signature": "0" * 100_000},
        {"random": "r" * 64},
        {"random": ""},
        {"backend": "https://evil.example.org/"},
        {"backend": ""},
        {"backend": "not an address"},
        {"backend": "http://[::1"},
    ],
)
async def test_a_forged_or_unknown_sender_is_refused_without_a_word(stage: Stage, forged: dict[str, str]) -> None:
    body = json.dumps(event()).encode()
    headers: dict[bytes, bytes] = {
        k.lower().encode(): v.encode() for k, v in stage.cloud.headers(body, "r" * 63).items()
    }
    headers |= {f"x-nextcloud-talk-{name}".encode(): value.encode() for name, value in forged.items()}
    answer = await stage.web.post(f"{PATH}/home", content=body, headers=headers)
    assert (answer.status_code, answer.content) == (401, b"")
    assert stage.inbox.heard == []


async def test_a_changed_body_a_wrong_secret_and_an_unknown_server_are_refused(stage: Stage) -> None:
    body = json.dumps(event()).encode()
    headers = stage.cloud.headers(body, "r" * 64)
    changed = body.replace(b"anna", b"evil")
    assert (await stage.web.post(f"{PATH}/home", content=changed, headers=headers)).status_code == 401
    assert (await stage.web.post(f"{PATH}/away", content=body, headers=headers)).status_code == 401
    assert (await stage.web.post(f"{PATH}/home", content=body)).status_code == 401
    stage.cloud.secret = OTHER_SECRET
    assert await stage.cloud.post(event()) == 401
    assert stage.inbox.heard == []


async def test_the_address_of_the_server_may_be_spelled_in_more_ways(stage: Stage) -> None:
    for number, backend in enumerate((stage.cloud.url, stage.cloud.url + "/", stage.cloud.url.upper() + "/")):
        assert await stage.cloud.post(event(number=number), backend=backend) == 200
    port = stage.cloud.url.rpartition(":")[2]
    for backend in (f"https://127.0.0.1:{port}", "http://127.0.0.1", stage.cloud.url + "/nextcloud"):
        assert await stage.cloud.post(event(number=9), backend=backend) == 401


async def test_a_replay_is_refused_by_its_random(stage: Stage) -> None:
    assert await stage.cloud.post(event(number=1), random="a" * 64) == 200
    assert await stage.cloud.post(event(number=1), random="a" * 64) == 409
    assert await stage.cloud.post(event(number=2), random="a" * 64) == 409
    assert stage.inbox.words == ["!help"]
    # A replay of something that was not even for the bot is refused too.
    assert await stage.cloud.post(event("hi", number=3), random="b" * 64) == 200
    assert await stage.cloud.post(event("hi", number=3), random="b" * 64) == 409


async def test_only_so_many_randoms_are_kept(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("adapters.chat.nextcloud_talk.webhook.REMEMBERED", 3)
    randoms = [str(number) * 64 for number in range(5)]
    for number, random in enumerate(randoms):
        assert await stage.cloud.post(event("hi", number=number), random=random) == 200
    assert [await stage.cloud.post(event("hi"), random=random) for random in randoms[2:]] == [409] * 3
    assert await stage.cloud.post(event("hi"), random=randoms[0]) == 200


async def test_replays_at_the_same_moment_are_one(stage: Stage) -> None:
    statuses = await asyncio.gather(*(stage.cloud.post(event(), random="a" * 64) for _time in range(20)))
    assert sorted(statuses) == [200, *[409] * 19]
    assert len(stage.inbox.heard) == 1


async def test_a_replay_after_a_restart_is_refused_by_the_inbox() -> None:
    store, clock = FakeStorage(FakeClock()), FakeClock()
    heard: list[Incoming] = []

    async def handle(incoming: Incoming, _capabilities: object, _say: object = None) -> tuple[()]:
        heard.append(incoming)
        return ()

    statuses: list[int] = []
    async with FakeNextcloud() as cloud, impatient_http() as http:
        for _start in range(2):
            delivery = Delivery(store, handle, clock)
            async with served(delivery, [talk_server(http, cloud)]) as (platform, web):
                delivery.attach(platform)
                cloud.deliver = delivering(web)
                answering = asyncio.create_task(delivery.run())
                statuses.append(await cloud.post(event(), random="a" * 64))
                delivery.close()
                await answering
    assert statuses == [200, 409]
    assert len(heard) == 1


async def test_an_answer_that_takes_long_does_not_hold_the_webhook_up() -> None:
    store, clock = FakeStorage(FakeClock()), FakeClock()
    release = asyncio.Event()

    async def slow(_incoming: Incoming, _capabilities: object, _say: object = None) -> tuple[()]:
        await release.wait()
        return ()

    async with FakeNextcloud() as cloud, impatient_http() as http:
        delivery = Delivery(store, slow, clock)
        async with served(delivery, [talk_server(http, cloud)]) as (platform, web):
            delivery.attach(platform)
            cloud.deliver = delivering(web)
            answering = asyncio.create_task(delivery.run())
            async with asyncio.timeout(4):
                statuses = [await cloud.post(event(number=number)) for number in range(5)]
            assert statuses == [200] * 5
            assert delivery.waiting == 5
            release.set()
            delivery.close()
            await answering
            assert delivery.waiting == 0


async def test_a_busy_database_is_tried_again_and_the_event_can_come_again_when_it_stays_busy(stage: Stage) -> None:
    stage.inbox.failures = 3
    assert await stage.cloud.post(event(number=1)) == 200
    assert len(stage.slept) == 3
    assert sum(stage.slept) < 4
    stage.inbox.failures = 4
    assert await stage.cloud.post(event(number=2), random="a" * 64) == 503
    assert await stage.cloud.post(event(number=2), random="a" * 64) == 200
    assert len(stage.inbox.heard) == 2


async def test_an_inbox_that_hangs_is_not_waited_for(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    async def hang(_incoming: Incoming, _envelope: Envelope) -> bool:
        await asyncio.Event().wait()
        return True

    monkeypatch.setattr("adapters.chat.nextcloud_talk.webhook.ANSWER_SECONDS", 0.01)
    monkeypatch.setattr(stage.inbox, "accept", hang)
    assert await stage.cloud.post(event()) == 503


async def test_oversized_bodies_are_refused_before_they_are_read(stage: Stage) -> None:
    read = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal read
        while True:
            read += 1
            yield b"x" * 65536

    headers = stage.cloud.headers(b"", "r" * 64)
    assert (await stage.web.post(f"{PATH}/home", content=endless(), headers=headers)).status_code == 413
    assert read <= MAX_BODY // 65536 + 1
    announced = headers | {"Content-Length": str(MAX_BODY + 1)}
    answer = await stage.web.post(f"{PATH}/home", content=endless(), headers=announced)
    assert answer.status_code == 413
    assert await stage.cloud.post(b'{"x": "' + b"x" * (MAX_BODY - 9) + b'"}') == 200


async def test_bodies_that_are_no_event_are_refused(stage: Stage) -> None:
    for body in (b"", b"{", b"[]", b"1", b'"x"', b"null", b"\xff\xfe\x00", b"[" * 200_000, b'{"a":' * 100_000):
        assert await stage.cloud.post(body) == 400, body[:20]


async def test_events_of_any_shape_are_taken_and_dropped(stage: Stage) -> None:
    odd: tuple[Any, ...] = (None, 1, "", "x", [], {}, True, [[]], {"id": None}, {"id": []}, {"id": {"a": 1}}, -1.5)
    whole = event(room=private_room("anna"))
    kinds: tuple[Any, ...] = ("Create", "Like", "Undo", "Join", "Leave", "Activity", "Follow", None, [], {})
    for kind in kinds:
        for part in ("type", "actor", "object", "target", "content"):
            for value in odd:
                assert await stage.cloud.post(whole | {"type": kind} | {part: value}) in (200, 409)
    for field in ("id", "name", "content", "inReplyTo"):
        for value in odd:
            changed = whole | {"object": whole["object"] | {field: value}}
            assert await stage.cloud.post(changed) in (200, 409)
    for content in ("{", "null", "[]", '{"message": 1}', '{"message": null}', "[" * 100_000, '{"parameters": {}}'):
        assert await stage.cloud.post(whole | {"object": whole["object"] | {"content": content}}) in (200, 409)
    for parameters in odd:
        content = json.dumps({"message": "{mention-user1} {a}", "parameters": {"mention-user1": parameters, "a": {}}})
        assert await stage.cloud.post(whole | {"object": whole["object"] | {"content": content, "id": "9"}}) in (
            200,
            409,
        )
    assert all(heard.author.account == "home/anna" for heard in stage.inbox.heard)


async def test_room_tokens_that_are_none_go_nowhere() -> None:
    async with staged(rooms=frozenset()) as stage:
        for room in ("../../x", "a/b", "ABCD", "abc", "a" * 31, "room?x=1", "rööm", "abcd%2f", "abcd-1"):
            await stage.cloud.post(event(room=room))
        assert stage.inbox.heard == []


async def test_several_servers_have_people_rooms_and_secrets_of_their_own() -> None:
    async with AsyncExitStack() as stack:
        http = await stack.enter_async_context(impatient_http())
        home = await stack.enter_async_context(FakeNextcloud())
        work = await stack.enter_async_context(FakeNextcloud(secret=OTHER_SECRET))
        inbox = AnsweringInbox(lambda _incoming: ())
        servers = [talk_server(http, home), talk_server(http, work, "work", bot_name="Film Bot")]
        inbox.platform, web = await stack.enter_async_context(served(inbox, servers))
        home.deliver, work.deliver = delivering(web), delivering(web, "work")
        await home.write("users/anna", ROOM, "!help")
        await work.write("users/anna", ROOM, "@Film Bot, something funny")
        accounts = [(heard.author.account, heard.place.room, heard.text) for heard in inbox.heard]
        assert accounts == [("home/anna", f"home/{ROOM}", "!help"), ("work/anna", f"work/{ROOM}", "something funny")]
        home.deliver = delivering(web, "work")
        assert await home.post(event(number=99)) == 401
        work.deliver = delivering(web)
        assert await work.post(event(number=99), backend=home.url) == 401
        assert len(inbox.heard) == 2


async def test_two_servers_may_not_share_a_secret() -> None:
    async with FakeNextcloud() as cloud, impatient_http() as http:
        servers = [talk_server(http, cloud), talk_server(http, cloud, "work")]
        with pytest.raises(InvalidSettings, match="RECOMMENDARR_NEXTCLOUD_TALK__WORK__SECRET") as caught:
            async with served(AnsweringInbox(lambda _incoming: ()), servers):
                pass
        assert SECRET not in str(caught.value)
        assert SECRET not in repr(servers)


async def test_the_settings_are_all_that_it_takes() -> None:
    """The platform as bootstrap builds it, behind the web app as it is served."""
    async with FakeNextcloud() as cloud, AsyncExitStack() as stack:
        named: Any = {"url": cloud.url, "secret": SECRET, "private_rooms": (private_room("anna"),)}
        settings = Settings(_env_file=None, nextcloud_talk={"home": named})  # type: ignore[call-arg]
        application: Any = SimpleNamespace(settings=settings, specs=COMMANDS, services=None)
        heard: list[Incoming] = []

        async def handle(incoming: Incoming, _capabilities: object, _say: object = None) -> tuple[()]:
            heard.append(incoming)
            return ()

        meter = PrometheusMeter()
        delivery = Delivery(FakeStorage(FakeClock()), handle, FakeClock(), meter=meter)
        running = Running(application, delivery, meter)
        await _open_platforms(running, stack)
        app = build_app(statuses=lambda: (), meter=meter, routers=running.routers)
        answering = asyncio.create_task(delivery.run())
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://web") as web:
            cloud.deliver = delivering(web)
            assert await cloud.post(event("hi", room=private_room("anna"))) == 200
        delivery.close()
        await answering
        assert [(incoming.place.private, incoming.author.account) for incoming in heard] == [(True, "home/anna")]
