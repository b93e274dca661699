"""What everybody of a synced household is recommended, with vectors that only depend on what is known of a title."""

from __future__ import annotations

from datetime import datetime

from bot.errors import NothingToRecommend
from bot.model.recommendation import Ask, Mode
from bot.ports.storage import UnitOfWorkFactory
from bot.services.accounts import AccountsService
from bot.services.catalogue import CatalogueService
from bot.services.community import CommunityService
from bot.services.indexing import IndexingService
from bot.services.mood import MoodService
from bot.services.profiles import ProfilesService
from bot.services.recommending import RecommendingService
from bot.services.rules import RulesService
from engine.profile import ProfileConfig
from engine.scoring.public import PublicKnowledge
from tests.fakes.ai import FakeEmbedder, FakeVectorStore
from tests.fakes.rules import FakeRules
from tests.fakes.shelf import FakeShelf


class NoPublicKnowledge:
    """Nothing is installed."""

    def version(self) -> str:
        return ""

    def read(self) -> PublicKnowledge | None:
        return None


async def everybodys_picks(
    storage: UnitOfWorkFactory, modes: tuple[Mode, ...], now: datetime, limit: int = 10
) -> dict[tuple[str, Mode], list[str]]:
    """Person and mode → the names of the titles, the best first; empty where there is nothing to recommend."""
    embedder, vectors, shelf = FakeEmbedder(), FakeVectorStore(), FakeShelf()
    await IndexingService(storage, embedder, vectors).run()
    catalogue = CatalogueService(storage, vectors, embedder.id, shelf=shelf)
    accounts = AccountsService(storage, admins=())
    recommending = RecommendingService(
        storage,
        catalogue=catalogue,
        profiles=ProfilesService(storage, ProfileConfig()),
        accounts=accounts,
        mood=MoodService(embedder),
        community=CommunityService(storage, shelf=shelf, public=NoPublicKnowledge()),
        rules=RulesService(storage, FakeRules()),
        pipeline="blend",
    )
    found: dict[tuple[str, Mode], list[str]] = {}
    for member in await accounts.all():
        clearance = await accounts.clearance(member)
        for mode in modes:
            try:
                answer = await recommending.recommend(member, clearance, Ask(mode=mode, limit=limit), now=now)
            except NothingToRecommend:
                found[member.name, mode] = []
            else:
                found[member.name, mode] = [pick.title.facts.title for pick in answer.picks]
    return found
