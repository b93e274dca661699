"""What every job queue promises."""

from __future__ import annotations

import pytest

from bot.errors import Unavailable
from tests.fakes.jobs import Enqueued, FakeJobQueue


async def test_waiting_jobs_of_one_key_are_one_job() -> None:
    queue = FakeJobQueue()
    await queue.enqueue("sync", {"server": "plex"}, key="plex")
    await queue.enqueue("sync", {"server": "plex", "again": True}, key="plex")
    await queue.enqueue("sync", {"server": "emby"}, key="emby")
    await queue.enqueue("purge", {})
    await queue.enqueue("purge", {})
    assert [job.key for job in queue.waiting] == ["plex", "emby", None, None]


async def test_a_job_that_has_started_does_not_stand_in_the_way() -> None:
    queue = FakeJobQueue()
    args = {"server": "plex"}
    await queue.enqueue("sync", args, key="plex")
    args["server"] = "changed"
    assert queue.start() == Enqueued("sync", {"server": "plex"}, "plex")
    await queue.enqueue("sync", args, key="plex")
    assert len(queue.waiting) == 1


async def test_a_broker_that_is_down_says_so() -> None:
    queue = FakeJobQueue()
    queue.down = True
    with pytest.raises(Unavailable):
        await queue.enqueue("sync", {})
