"""TMDB, where the facts about titles come from: details, similar titles, search, people, what is talked about."""

from __future__ import annotations

from adapters.media.tmdb.config import TmdbAccess, tmdb_access, tmdb_config
from adapters.media.tmdb.source import TmdbConfig, TmdbMetadata

__all__ = ["TmdbAccess", "TmdbConfig", "TmdbMetadata", "tmdb_access", "tmdb_config"]
