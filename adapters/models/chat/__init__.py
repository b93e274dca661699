"""Language models: those of an Ollama server, found by asking it, and those of providers by key.

Libraries are imported by the first use, which takes about a second; an installation without models never pays for it.
"""

from __future__ import annotations

from adapters.models.chat.available import AvailableModels, ModelSources
from adapters.models.chat.ollama import InstalledModel, LoadedModel, OllamaServer, Pull
from adapters.models.chat.text import LangChainText

__all__ = [
    "AvailableModels",
    "InstalledModel",
    "LangChainText",
    "LoadedModel",
    "ModelSources",
    "OllamaServer",
    "Pull",
]
