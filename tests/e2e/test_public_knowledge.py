"""What strangers know changes what a household is suggested, and a damaged file changes nothing."""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_array

from adapters.models.public_knowledge import save_public_knowledge
from bot.bootstrap import Application
from bot.model.recommendation import Ask
from bot.model.titles import Kind
from engine.scoring.public import PublicKnowledge
from engine.types import IntArray
from tests.e2e.conftest import Household, settings_for


def knowledge(ids: IntArray, favourite: int) -> PublicKnowledge:
    """A thousand strangers who all say: whoever knows anything here should watch the favourite."""
    points = np.zeros((len(ids), len(ids)), dtype=np.float32)
    points[:, int(np.searchsorted(ids, favourite))] = 1.0
    matrix = csr_array(points)
    return PublicKnowledge(1_000, ids, np.ones(len(ids)), matrix, matrix, matrix)


async def suggested(application: Application) -> list[int]:
    """TMDB ids of the films that Jonas is suggested, best first."""
    services = application.services
    jonas = await services.accounts.member_named("Jonas")
    clearance = await services.accounts.clearance(jonas)
    ask = Ask(limit=200, kind=Kind.MOVIE, draw=1)
    answer = await services.recommending.recommend(jonas, clearance, ask, now=application.clock.now())
    return [int(pick.title.ref.value) for pick in answer.picks if pick.title.ref.source == "tmdb"]


async def test_public_knowledge_is_used_when_it_is_there_and_whole(household: Household) -> None:
    (household.home / "models").unlink()  # a link to the model that all tests share
    (household.home / "models").mkdir()
    path = settings_for(household.home).public_knowledge_path
    async with household.open() as application:
        without = await suggested(application)
        async with application.uow() as uow:
            batches = [batch async for batch in uow.titles.stream()]
    refs = {ref for batch in batches for title in batch for ref in title.facts.refs if ref.kind is Kind.MOVIE}
    ids = np.array(sorted(int(ref.value) for ref in refs if ref.source == "tmdb"), dtype=np.int64)
    favourite = without[40]
    save_public_knowledge(path, knowledge(ids, favourite))
    async with household.open() as application:
        told = await suggested(application)
    assert told.index(favourite) < 10
    path.write_bytes(path.read_bytes()[:100])
    async with household.open() as application:
        assert await suggested(application) == without
