"""How we introduce ourselves to Jellyfin: the `Authorization` header, which holds the key or a person's token."""

from __future__ import annotations

from urllib.parse import quote

from adapters.http import HttpConfig
from bot.errors import InvalidSettings
from bot.i18n import gettext as _

SERVICE = "Jellyfin"
_VERSION = "1.0"


def jellyfin_config(url: str, api_key: str, *, verify_tls: bool = True) -> HttpConfig:
    """The configuration of a client that acts with an API key. Raises: InvalidSettings for a key that is none."""
    key = api_key.strip()
    if not key or not key.isascii() or not key.isalnum():
        raise InvalidSettings(_("The API key of Jellyfin consists of letters and digits."))
    return HttpConfig(
        SERVICE,
        url,
        headers={"Authorization": authorization(key)},
        secrets=(key,),
        verify_tls=verify_tls,
        timeout=60.0,  # a page of titles with their files takes a slow disk a while
    )


def authorization(token: str | None = None, device: str = "recommendarr") -> str:
    """The header's value; values are percent-encoded, as Jellyfin decodes them. Without a token: nobody yet."""
    parts = {"Client": "Recommendarr", "Device": "Recommendarr", "DeviceId": device, "Version": _VERSION}
    if token:
        parts["Token"] = token
    return "MediaBrowser " + ", ".join(f'{name}="{quote(value, safe="")}"' for name, value in parts.items())
