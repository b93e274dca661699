"""What every bell promises: whoever listens hears a ring, in this process and in another."""

from __future__ import annotations

import asyncio
import os
import uuid
from collections.abc import AsyncIterator, Iterator

import pytest
from redis import Redis
from redis.exceptions import RedisError

from adapters.jobs import TaskiqBell, local_bell, redis_bell
from bot.errors import InvalidSettings, Unavailable

REDIS = os.environ.get("RECOMMENDARR_TEST_REDIS", "redis://127.0.0.1:6379/9")


@pytest.fixture
def stream() -> Iterator[str]:
    """The name of a stream that nobody else reads; the test is skipped when there is no Redis."""
    redis = Redis.from_url(REDIS)
    try:
        redis.ping()
    except (RedisError, OSError):
        pytest.skip("needs a Redis server")
    name = f"recommendarr-test-{uuid.uuid4().hex}"
    yield name
    redis.delete(name)
    redis.close()


@pytest.fixture(params=["local", "redis"])
async def bells(request: pytest.FixtureRequest) -> AsyncIterator[tuple[TaskiqBell, TaskiqBell]]:
    """Who rings and who listens; with Redis, as two processes would."""
    if request.param == "local":
        bell = local_bell()
        yield bell, bell
        await bell.close()
        return
    name = request.getfixturevalue("stream")
    ringing, listening = redis_bell(REDIS, stream=name), redis_bell(REDIS, stream=name)
    yield ringing, listening
    await ringing.close()
    await listening.close()


async def test_a_ring_is_heard(bells: tuple[TaskiqBell, TaskiqBell]) -> None:
    ringing, listening = bells
    heard = asyncio.Event()
    task = asyncio.create_task(listening.listen(heard.set))
    async with asyncio.timeout(10):
        await heard.wait()  # once for everything that rang before
        for _time in range(3):
            heard.clear()
            await ringing.ring()
            await heard.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_it_may_ring_while_nobody_listens(bells: tuple[TaskiqBell, TaskiqBell]) -> None:
    ringing, _listening = bells
    for _time in range(5):
        await ringing.ring()


async def test_a_broker_that_is_not_there_is_told_of_without_its_password() -> None:
    bell = redis_bell("redis://:hush-hush@127.0.0.1:1/0")
    for attempt in (bell.ring(), bell.listen(lambda: None)):
        with pytest.raises(Unavailable) as caught:
            await attempt
        assert "hush" not in str(caught.value)
    await bell.close()


def test_an_address_that_is_none_of_redis_is_refused() -> None:
    with pytest.raises(InvalidSettings, match="BROKER_URL"):
        redis_bell("amqp://rabbit")
