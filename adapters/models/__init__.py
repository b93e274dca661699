"""Models on disk: the embedder that answers, and the weights it needs. Libraries are loaded by the first text."""

from __future__ import annotations

from pathlib import Path

from adapters.models.minilm import MiniLmEmbedder
from adapters.models.weights import Step, install_minilm, open_minilm

__all__ = ["MiniLmEmbedder", "Step", "install_minilm", "open_embedder", "open_minilm"]


def open_embedder(models_dir: Path) -> MiniLmEmbedder:
    """The default embedder; whether its model is installed shows with the first text."""
    return MiniLmEmbedder(models_dir)
