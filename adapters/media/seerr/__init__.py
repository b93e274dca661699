"""Seerr 3, Overseerr and Jellyseerr: search, requests with the rights of the person who asks, and their states.

client = http.service(seerr_config("http://seerr:5055", "key"))
requester = SeerrRequester(client)
"""

from __future__ import annotations

from adapters.media.seerr.connection import seerr_config
from adapters.media.seerr.requester import SOURCE, SeerrRequester

__all__ = ["SOURCE", "SeerrRequester", "seerr_config"]
