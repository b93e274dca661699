"""Plex: libraries, people and histories of a Plex media server, and sign-in with a Plex account."""

from __future__ import annotations

from adapters.media.plex.config import plex_tv_config, server_config
from adapters.media.plex.server import PlexServer
from adapters.media.plex.sign_in import PlexSignIn

__all__ = ["PlexServer", "PlexSignIn", "plex_tv_config", "server_config"]
