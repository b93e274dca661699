"""The webhook on the web app: the secret, sizes, repeats, and what Telegram is told."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from adapters.chat.telegram.webhook import MAX_BODY, PATH, SECRET_HEADER
from bot.chat.incoming import Message
from bot.errors import Rejected
from tests.adapters.chat.telegram.conftest import Stage, staged
from tests.adapters.chat.telegram.replies import text
from tests.fakes.services.telegram import NOW

SECRET = "a-secret_of_the_webhook"


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with staged(webhook_url="https://films.example.org/", webhook_secret=SECRET) as made:
        await made.telegram.until(lambda: made.telegram.webhook is not None)
        yield made


@pytest.fixture
async def web(stage: Stage) -> AsyncIterator[httpx.AsyncClient]:
    app = FastAPI()
    assert stage.platform.router is not None
    app.include_router(stage.platform.router)
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://web", headers={SECRET_HEADER: SECRET}) as client:
        yield client


def update(stage: Stage, said: str = "hi", number: int = 1) -> dict[str, Any]:
    message = {
        "message_id": number,
        "date": NOW,
        "chat": stage.people.chat("anna", "private").data,
        "from": stage.people.person("anna"),
        "text": said,
    }
    return {"update_id": number, "message": message}


async def test_the_webhook_is_registered_with_the_secret(stage: Stage) -> None:
    webhook = stage.telegram.webhook
    assert webhook is not None
    assert (webhook["url"], webhook["secret_token"]) == ("https://films.example.org" + PATH, SECRET)
    assert webhook["allowed_updates"] == ["message", "callback_query", "inline_query"]
    assert stage.telegram.server.count(name="getUpdates") == 0


async def test_an_update_is_kept_before_it_is_confirmed_and_answered(stage: Stage, web: httpx.AsyncClient) -> None:
    stage.inbox.answer = lambda _incoming: (text("Hello."),)
    answer = await web.post(PATH, json=update(stage))
    assert answer.status_code == 200
    assert len(stage.inbox.heard) == 1
    assert [drawn.text for drawn in await stage.people.seen("anna", "private")] == ["Hello."]


@pytest.mark.parametrize("given", ["", "wrong", SECRET + "x", SECRET[:-1], SECRET.upper(), "ä"])
async def test_a_wrong_secret_is_refused(stage: Stage, web: httpx.AsyncClient, given: str) -> None:
    answer = await web.post(PATH, json=update(stage), headers={SECRET_HEADER.encode(): given.encode()})
    assert answer.status_code == 403
    assert stage.inbox.heard == []


async def test_a_missing_secret_is_refused(stage: Stage, web: httpx.AsyncClient) -> None:
    del web.headers[SECRET_HEADER]
    assert (await web.post(PATH, json=update(stage))).status_code == 403
    assert stage.inbox.heard == []


async def test_an_update_that_comes_again_is_answered_once(stage: Stage, web: httpx.AsyncClient) -> None:
    stage.inbox.answer = lambda _incoming: (text("Hello."),)
    answers = [await web.post(PATH, json=update(stage)) for _time in range(3)]
    assert [answer.status_code for answer in answers] == [200] * 3
    assert len(await stage.people.seen("anna", "private")) == 1


async def test_what_could_not_be_kept_is_asked_for_again(stage: Stage, web: httpx.AsyncClient) -> None:
    stage.inbox.failures = 1
    assert (await web.post(PATH, json=update(stage))).status_code == 503
    assert (await web.post(PATH, json=update(stage))).status_code == 200
    assert len(stage.inbox.heard) == 1


async def test_oversized_and_broken_bodies_are_refused(stage: Stage, web: httpx.AsyncClient) -> None:
    huge = b'{"update_id": 1, "x": "' + b"x" * MAX_BODY + b'"}'

    async def without_length() -> AsyncIterator[bytes]:
        yield huge

    assert (await web.post(PATH, content=huge)).status_code == 413
    assert (await web.post(PATH, content=without_length())).status_code == 413
    for body in (b"", b"{", b"\xff\xfe", b"[" * 200_000):
        assert (await web.post(PATH, content=body)).status_code == 400
    assert stage.inbox.heard == []


async def test_updates_of_no_known_shape_are_taken_and_dropped(stage: Stage, web: httpx.AsyncClient) -> None:
    shapes: list[Any] = [[], 1, {}, {"update_id": "1"}, {"update_id": True}, {"update_id": 1, "message": {}}]
    shapes += [{"update_id": 2, "message": []}, {"update_id": 3, "callback_query": {"id": 1}}, {"update_id": 4}]
    for shape in shapes:
        assert (await web.post(PATH, json=shape)).status_code == 200, shape
    assert stage.inbox.heard == []


async def test_inline_queries_do_not_hold_the_webhook_up(stage: Stage, web: httpx.AsyncClient) -> None:
    query = {"id": "q", "from": stage.people.person("anna"), "query": "heat", "offset": ""}
    stage.telegram.open_queries.add("q")
    assert (await web.post(PATH, json={"update_id": 5, "inline_query": query})).status_code == 200
    await stage.telegram.until(lambda: stage.telegram.inline)


async def test_messages_side_by_side_are_all_kept(stage: Stage, web: httpx.AsyncClient) -> None:
    bodies = [update(stage, f"message {number}", number) for number in range(1, 41)]
    answers = await asyncio.gather(*(web.post(PATH, json=body) for body in bodies))
    assert {answer.status_code for answer in answers} == {200}
    heard = {incoming.text for incoming in stage.inbox.heard if isinstance(incoming, Message)}
    assert len(heard) == 40


async def test_an_address_that_telegram_refuses_is_named() -> None:
    async with staged(webhook_url="http://films.example.org", start=False) as stage:
        with pytest.raises(Rejected, match=r"http://films\.example\.org.*https"):
            await stage.platform.run()


async def test_polling_takes_a_webhook_away_and_has_no_route() -> None:
    async with staged(start=False) as stage:
        stage.telegram.webhook = {"url": "https://films.example.org"}
        assert stage.platform.router is None
        await stage.started()
        await stage.people.say("anna", "private", "hi")
        assert stage.telegram.webhook is None
        assert len(stage.inbox.heard) == 1


async def test_without_a_secret_of_the_owner_there_is_a_new_one_each_time() -> None:
    secrets = set()
    for _start in range(2):
        async with staged(webhook_url="https://films.example.org") as stage:
            await stage.telegram.until(lambda: stage.telegram.webhook is not None)
            assert stage.telegram.webhook is not None
            secrets.add(stage.telegram.webhook["secret_token"])
    assert len(secrets) == 2
    assert all(len(secret) >= 32 for secret in secrets)
