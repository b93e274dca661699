"""Fixtures that many tests share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from adapters.models import install_minilm
from bot.errors import Unavailable


@pytest.fixture(scope="session")
def models_dir() -> Path:
    """The real embedding model, installed once: in `RECOMMENDARR_TEST_MODELS`, else in `.cache/models`."""
    default = Path(__file__).parents[1] / ".cache" / "models"
    folder = Path(os.environ.get("RECOMMENDARR_TEST_MODELS") or default)
    try:
        install_minilm(folder)
    except Unavailable as error:
        pytest.skip(f"needs the embedding model: {error}")
    return folder
