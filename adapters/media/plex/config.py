"""How a Plex server and plex.tv are spoken to."""

from __future__ import annotations

from adapters.http import HttpConfig

SOURCE = "plex"
PLEX_TV = "https://plex.tv"
PRODUCT = "Recommendarr"


def server_config(url: str, token: str, client: str, *, verify_tls: bool = True) -> HttpConfig:
    """The client of a Plex media server. `client`: the identifier under which the token was made."""
    return HttpConfig(
        service="Plex",
        base_url=url,
        headers={**_headers(client), "X-Plex-Token": token},
        secrets=(token,),
        verify_tls=verify_tls,
        timeout=30.0,  # a large library takes a slow disk a while
    )


def plex_tv_config(client: str, token: str | None = None, *, url: str = PLEX_TV) -> HttpConfig:
    """The client of plex.tv; without a token for sign-ins, which must not speak for the owner of the server."""
    headers = _headers(client) | ({"X-Plex-Token": token} if token else {})
    return HttpConfig("plex.tv", url, headers=headers, secrets=(token,) if token else (), concurrency=2)


def _headers(client: str) -> dict[str, str]:
    return {"X-Plex-Client-Identifier": client, "X-Plex-Product": PRODUCT, "Accept": "application/json"}
