"""What Seerr says of itself, and whether people can act under their own names."""

from __future__ import annotations

import re

from adapters.http import ServiceClient
from adapters.loose import integer, rows, table, text
from bot.errors import Rejected
from bot.i18n import gettext as _
from bot.ports.media import Health

_ADMIN = 2


async def examine(client: ServiceClient) -> Health:
    """Raises: Unavailable; Rejected, when the key is wrong or something else answers."""
    status = table(await client.get_json("/status"))
    version = text(status.get("version"))
    if not version:
        raise Rejected(client.config.service, _("Something else than Seerr answers at that address."))
    me = table(await client.get_json("/auth/me"))
    problems = []
    if not (integer(me.get("permissions")) or 0) & _ADMIN:
        problems.append(_("The key of Seerr does not act as an administrator: people and requests cannot be read."))
    if status.get("restartRequired") is True:
        problems.append(_("Seerr waits for a restart."))
    problems += await _header(client, integer(me.get("id")))
    return Health(_program(version), version, tuple(problems))


async def _header(client: ServiceClient, owner: int | None) -> list[str]:
    """Ask as somebody else who we are; without a second user there is nothing to try."""
    users = table(await client.get_json("/user", query={"take": 2, "skip": 0, "sort": "created"}))
    ids = (integer(user.get("id")) for user in rows(users.get("results")))
    other = next((number for number in ids if number is not None and number != owner), None)
    if other is None:
        return []
    me = table(await client.get_json("/auth/me", headers={"X-API-User": str(other)}))
    if integer(me.get("id")) == other:
        return []
    return [_("Something on the way to Seerr removes the header X-API-User: nobody can request titles.")]


def _program(version: str) -> str:
    """Seerr counts from 3, Jellyseerr used 2, Overseerr 1; development builds have no number."""
    major = re.match(r"v?(\d+)\.", version)
    return {"1": "Overseerr", "2": "Jellyseerr"}.get(major[1] if major else "", "Seerr")
