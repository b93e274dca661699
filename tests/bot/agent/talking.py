"""The household of the conversation tests, with a scripted model that answers plain words."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import cache

from langchain_core.language_models import BaseChatModel

from bot.agent.conversation import Conversationalist
from bot.agent.modelled import Limits
from bot.agent.talk import Summaries
from bot.agent.understanding import Understanding
from bot.commands import COMMANDS, HIDDEN
from bot.dispatch import Dispatch
from bot.ports.ai import ChatModels
from bot.services.actions import ActionsService
from bot.services.catalogue import CatalogueService
from bot.services.catalogue_view import CatalogueView
from bot.services.conversations import ConversationsService
from tests.bot.household import Household
from tests.fakes.ai import FAKE_ID, FakeVectorStore
from tests.fakes.chat_models import ScriptedModel, ScriptedModels
from tests.fakes.shelf import FakeShelf


@cache
def _understanding() -> tuple[Understanding, Callable[[], Awaitable[CatalogueView]]]:
    """Shared, since every household begins with the same titles and reading them all takes most of a test's time."""
    catalogue = CatalogueService(Household().store, FakeVectorStore(), FAKE_ID, shelf=FakeShelf())
    return Understanding(catalogue.view), catalogue.view


def with_models(models: ChatModels, limits: Limits = Limits()) -> Household:  # noqa: B008 - a frozen value
    """Anna, Ben and Cleo, with these models to talk with."""
    return _moved_in(models, limits, None)


def summing_up(models: ChatModels, limits: Limits) -> tuple[Household, Summaries]:
    """The same, and what was said before the limit is summed up."""
    house = _moved_in(models, limits, None)
    summaries = Summaries(models, ConversationsService(house.store), limits.talk)
    return _moved_in(models, limits, summaries, house), summaries


def _moved_in(
    models: ChatModels, limits: Limits, summaries: Summaries | None, house: Household | None = None
) -> Household:
    house = house or Household()
    understanding, view = _understanding()
    house.dispatch = Dispatch(
        services=house.services,
        actions=ActionsService(house.store),
        conversations=ConversationsService(house.store),
        understanding=understanding,
        commands=(*COMMANDS, *HIDDEN),
        clock=house.clock,
        conversationalist=Conversationalist(understanding, view, models, limits, summaries),
    )
    return house


def talking(*scripts: list[object] | BaseChatModel, limits: Limits = Limits()) -> tuple[Household, list[ScriptedModel]]:  # noqa: B008
    """The household, and one model per script, tried in order."""
    models = [script if isinstance(script, ScriptedModel) else ScriptedModel(script=list(script)) for script in scripts]
    return with_models(ScriptedModels(*models), limits), models
