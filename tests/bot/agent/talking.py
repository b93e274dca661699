"""The household of the conversation tests, with a scripted model that answers plain words."""

from __future__ import annotations

from langchain_core.language_models import BaseChatModel

from bot.agent.conversation import Conversationalist
from bot.agent.modelled import Limits
from bot.agent.understanding import Understanding
from bot.commands import COMMANDS, HIDDEN
from bot.dispatch import Dispatch
from bot.ports.ai import ChatModels
from bot.services.actions import ActionsService
from bot.services.catalogue import CatalogueService
from bot.services.conversations import ConversationsService
from tests.bot.household import Household
from tests.fakes.ai import FAKE_ID, FakeVectorStore
from tests.fakes.chat_models import ScriptedModel, ScriptedModels
from tests.fakes.shelf import FakeShelf


def with_models(models: ChatModels, limits: Limits = Limits()) -> Household:  # noqa: B008 - a frozen value
    """Anna, Ben and Cleo, with these models to talk with."""
    house = Household()
    catalogue = CatalogueService(house.store, FakeVectorStore(), FAKE_ID, shelf=FakeShelf())
    understanding = Understanding(catalogue.view)
    house.dispatch = Dispatch(
        services=house.services,
        actions=ActionsService(house.store),
        conversations=ConversationsService(house.store),
        understanding=understanding,
        commands=(*COMMANDS, *HIDDEN),
        clock=house.clock,
        conversationalist=Conversationalist(understanding, catalogue.view, models, limits),
    )
    return house


def talking(*scripts: list[object] | BaseChatModel, limits: Limits = Limits()) -> tuple[Household, list[ScriptedModel]]:  # noqa: B008
    """The household, and one model per script, tried in order."""
    models = [script if isinstance(script, ScriptedModel) else ScriptedModel(script=list(script)) for script in scripts]
    return with_models(ScriptedModels(*models), limits), models
