"""Jellyfin 10.9 and later: libraries, people, what they watched, and sign-in by Quick Connect.

client = http.service(jellyfin_config("http://jellyfin:8096", "key"))
server = JellyfinServer(client)         # MediaServer and HistoryProvider
sign_in = JellyfinSignIn(client, server)
"""

from __future__ import annotations

from adapters.media.jellyfin.connection import jellyfin_config
from adapters.media.jellyfin.server import SOURCE, JellyfinServer
from adapters.media.jellyfin.sign_in import JellyfinSignIn

__all__ = ["SOURCE", "JellyfinServer", "JellyfinSignIn", "jellyfin_config"]
