"""Addresses of titles and posters on the Jellyfin server.

Posters need no token, but whoever shows one, such as a chat platform's own servers, has to reach Jellyfin. So a poster
is linked only where the address looks as if the internet could reach it; a page is always linked, because the people
of the household open it themselves.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, urlsplit, urlunsplit

from adapters.http.addresses import is_address, is_public

_LOCAL_ENDINGS = (".local", ".lan", ".home", ".internal", ".localdomain", ".home.arpa", ".localhost")
_POSTER_HEIGHT = 900  # pixels


@dataclass(frozen=True, slots=True)
class Links:
    """`url`: where people reach Jellyfin; `server`: its id, which its pages want."""

    url: str
    server: str = ""

    def page(self, item: str) -> str:
        """The item's page in Jellyfin's own player."""
        suffix = f"&serverId={quote(self.server, safe='')}" if self.server else ""
        return f"{without_login(self.url)}/web/#/details?id={quote(item, safe='')}{suffix}"

    def poster(self, item: str, tag: str) -> str | None:
        """The poster; None when there is none, or when only the home network could load it."""
        if not tag or not looks_public(self.url):
            return None
        path = f"/Items/{quote(item, safe='')}/Images/Primary"
        return f"{without_login(self.url)}{path}?maxHeight={_POSTER_HEIGHT}&tag={quote(tag, safe='')}"

    def quick_connect(self) -> str:
        """Where a signed-in person enters a Quick Connect code."""
        return f"{without_login(self.url)}/web/#/quickconnect"


def without_login(url: str) -> str:
    """The URL without a name and password in it, and without its last slash."""
    parts = urlsplit(url.strip())
    host = parts.netloc.rpartition("@")[2]
    return urlunsplit((parts.scheme, host, parts.path, "", "")).rstrip("/")


def looks_public(url: str) -> bool:
    """Whether the host is a public address, or a name that is not one of a home network."""
    host = (urlsplit(url.strip()).hostname or "").rstrip(".").lower()
    if is_address(host):
        return is_public(host)
    return "." in host and not host.endswith(_LOCAL_ENDINGS)
