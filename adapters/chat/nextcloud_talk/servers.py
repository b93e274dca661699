"""One Nextcloud among those served: where it is, what it is called, which of its rooms are served."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from adapters.http import HttpConfig, ServiceClient

SERVICE = "nextcloud-talk"
BOT_NAME = "Recommendarr"
_TIMEOUT = 30.0  # seconds; a Nextcloud that suspects an attack answers with up to 25 s of delay
_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class TalkServer:
    """`name` is the owner's word for it and part of every room and account. `rooms` empty: all that the bot is in.

    `private_rooms`: rooms with one person. `bot_name`: as given to `occ talk:bot:install`.
    """

    name: str
    url: str
    client: ServiceClient
    secret: str = field(repr=False)
    rooms: frozenset[str] = frozenset()
    private_rooms: frozenset[str] = frozenset()
    bot_name: str = BOT_NAME

    def serves(self, room: str) -> bool:
        """Whether the bot answers in the room of that token."""
        return not self.rooms or room in self.rooms or room in self.private_rooms

    def is_at(self, backend: str) -> bool:
        """Whether that is the address by which this server calls itself; a last slash does not matter."""
        given = origin_of(backend)
        return given is not None and given == origin_of(self.url)


def talk_config(url: str, secret: str, *, verify_tls: bool = True) -> HttpConfig:
    """The client for one server. Messages are sent once: whether one that failed arrived is for the inbox to risk."""
    return HttpConfig(
        "Nextcloud Talk",
        url,
        headers={"OCS-APIRequest": "true", "Accept": "application/json"},
        secrets=(secret,),
        timeout=_TIMEOUT,
        attempts=1,
        max_bytes=1 << 20,
        verify_tls=verify_tls,
    )


def origin_of(url: str) -> tuple[str, str, int | None, str] | None:
    """Scheme, host, port and folder of an address, in one spelling; None when it is none."""
    try:
        parts = urlsplit(url.strip())
        port = parts.port or _PORTS.get(parts.scheme.lower())
    except ValueError:
        return None
    if not parts.hostname or parts.scheme.lower() not in _PORTS or parts.query or parts.fragment:
        return None
    return parts.scheme.lower(), parts.hostname.lower(), port, parts.path.rstrip("/")
