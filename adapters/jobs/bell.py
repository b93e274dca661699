"""`bot.ports.jobs.Bell` on taskiq: within the process, or over a stream of Redis between several.

Only the ring travels. The jobs themselves lie in the database, so a broker that is lost, emptied or slow loses none:
workers also look at the database by themselves.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable, Coroutine
from typing import Any

from taskiq import AckableMessage, AsyncBroker, InMemoryBroker
from taskiq.exceptions import TaskiqError
from taskiq.receiver import Receiver

from bot.errors import InvalidSettings, Unavailable
from bot.i18n import gettext as _

TASK = "recommendarr:ring"
_STREAM = "recommendarr:jobs"
_STREAM_LENGTH = 1000  # rings, of which one would do
_BLOCK_MS = 2000  # of one read
_AUTOCLAIM_SECONDS = 10.0
_INSIST_SECONDS = 0.2

Dialled = Callable[[], AsyncBroker]


class TaskiqBell:
    """Rings through a broker, which is opened when it is first needed and anew after a failure."""

    def __init__(self, broker: Dialled, failures: tuple[type[Exception], ...] = ()) -> None:
        """`failures`: what the broker's library raises when the broker cannot be reached."""
        self._make = broker
        self._failures: tuple[type[Exception], ...] = (TaskiqError, OSError, *failures)
        self._broker: AsyncBroker | None = None
        self._heard: Callable[[], None] = lambda: None
        # Its log has a line for every ring.
        logging.getLogger("taskiq").setLevel(logging.WARNING)

    async def ring(self) -> None:
        """Tell one worker. Raises: Unavailable."""
        try:
            task = (await self._opened()).find_task(TASK)
            assert task is not None
            await task.kiq()
        except self._failures:
            raise _lost() from None

    async def listen(self, heard: Callable[[], None]) -> None:
        """Call `heard` whenever it rings, until cancelled. Raises: Unavailable."""
        self._heard = heard
        try:
            broker = await self._opened()
            heard()  # what rang before is in the database
            await _until_cancelled(_pass_on(broker))
        except self._failures:
            raise _lost() from None
        finally:
            self._heard = lambda: None

    async def close(self) -> None:
        """Let go of the broker."""
        broker, self._broker = self._broker, None
        if broker is not None:
            try:
                await broker.shutdown()
            except self._failures:
                return  # it was lost already

    async def _opened(self) -> AsyncBroker:
        if self._broker is None:
            broker = self._make()

            async def ring() -> None:
                self._heard()

            broker.register_task(ring, task_name=TASK)
            await broker.startup()
            self._broker = broker
        return self._broker


def local_bell() -> TaskiqBell:
    """Within this process."""
    return TaskiqBell(lambda: InMemoryBroker(max_stored_results=1, await_inplace=True))


def redis_bell(url: str, *, stream: str = _STREAM) -> TaskiqBell:
    """Between processes. Raises: InvalidSettings, when the extra is not installed or the address cannot be one."""
    try:
        from redis.exceptions import RedisError  # noqa: PLC0415 - an extra
        from taskiq_redis import RedisStreamBroker  # noqa: PLC0415 - an extra
    except ImportError:
        raise InvalidSettings(_("RECOMMENDARR_SCHEDULE__BROKER_URL needs the extra “redis” to be installed.")) from None
    if not url.startswith(("redis://", "rediss://", "unix://")):
        raise InvalidSettings(_("RECOMMENDARR_SCHEDULE__BROKER_URL must begin with redis:// or rediss://."))

    def broker() -> AsyncBroker:
        return RedisStreamBroker(
            url,
            queue_name=stream,
            consumer_group_name="recommendarr",
            maxlen=_STREAM_LENGTH,
            xread_block=_BLOCK_MS,
            unacknowledged_lock_timeout=_AUTOCLAIM_SECONDS,
        )

    return TaskiqBell(broker, (RedisError,))


async def _pass_on(broker: AsyncBroker) -> None:
    receiver = Receiver(broker, max_async_tasks=1, run_startup=False)
    async for message in _messages(broker):
        await receiver.callback(message)


async def _until_cancelled(endless: Coroutine[Any, Any, None]) -> None:
    """Await it; when cancelled, insist: the receiver swallows what arrives while it runs a task."""
    task = asyncio.ensure_future(endless)
    try:
        await asyncio.shield(task)
    finally:
        while not task.done():
            task.cancel()
            await asyncio.wait([task], timeout=_INSIST_SECONDS)


def _messages(broker: AsyncBroker) -> AsyncGenerator[bytes | AckableMessage, None]:
    return _nothing() if isinstance(broker, InMemoryBroker) else _told(broker)


async def _told(broker: AsyncBroker) -> AsyncGenerator[bytes | AckableMessage, None]:
    async for message in broker.listen():
        yield message


async def _nothing() -> AsyncGenerator[bytes | AckableMessage, None]:
    """Within the process a ring is heard as it is rung; there is nothing to wait for but the end."""
    await asyncio.Event().wait()
    yield b""


def _lost() -> Unavailable:
    """Without what the library says: that may hold the address, and the address a password."""
    return Unavailable("jobs", _("The broker of RECOMMENDARR_SCHEDULE__BROKER_URL cannot be reached."))
