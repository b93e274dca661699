"""How TMDB is spoken to: the long read access token goes into a header, the short older key into the query."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from adapters.http import HttpConfig
from bot.errors import InvalidSettings
from bot.i18n import gettext as _

SERVICE = "TMDB"
SITE = "https://www.themoviedb.org"
_PER_SECOND = 40.0
_API_KEY = re.compile(r"[0-9a-f]{32}", re.IGNORECASE)
_READ_TOKEN = re.compile(r"[\w-]+\.[\w-]+\.[\w-]+", re.ASCII)


@dataclass(frozen=True, slots=True)
class TmdbAccess:
    """What every request carries."""

    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    query: Mapping[str, str] = field(default_factory=dict, repr=False)
    secret: str = field(default="", repr=False)


def tmdb_access(token: str) -> TmdbAccess:
    """Recognise which of the two kinds was given. Raises: InvalidSettings."""
    secret = token.strip().removeprefix("Bearer ").strip()
    if _API_KEY.fullmatch(secret):
        return TmdbAccess(query={"api_key": secret}, secret=secret)
    if _READ_TOKEN.fullmatch(secret):
        return TmdbAccess(headers={"Authorization": f"Bearer {secret}"}, secret=secret)
    raise InvalidSettings(_("The token of TMDB is neither an API read access token nor an API key of 32 characters."))


def tmdb_config(access: TmdbAccess, url: str = "https://api.themoviedb.org") -> HttpConfig:
    """The client of TMDB, at the rate that TMDB asks for."""
    return HttpConfig(
        SERVICE,
        url.strip().rstrip("/").removesuffix("/3"),
        headers=access.headers,
        secrets=(access.secret,),
        per_second=_PER_SECOND,
        concurrency=16,
    )
