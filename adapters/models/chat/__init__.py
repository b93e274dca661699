"""Language models: those of an Ollama server, found by asking it, and those of providers by key.

Libraries are imported by the first use, which takes about a second; an installation without models never pays for it.
"""

from __future__ import annotations

from adapters.models.chat.available import AvailableModels, ModelSources
from adapters.models.chat.ledger import Ledger
from adapters.models.chat.looking_after import LookedAfterModels
from adapters.models.chat.ollama import OllamaServer
from adapters.models.chat.text import LangChainText

__all__ = [
    "AvailableModels",
    "LangChainText",
    "Ledger",
    "LookedAfterModels",
    "ModelSources",
    "OllamaServer",
]
