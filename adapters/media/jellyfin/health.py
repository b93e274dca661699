"""What Jellyfin says of itself, and what our key cannot do there."""

from __future__ import annotations

import re

from adapters.http import ServiceClient
from adapters.loose import rows, table, text
from adapters.media.jellyfin.people import is_disabled, is_restricted_by_tags, names_of
from bot.errors import Rejected
from bot.i18n import gettext as _
from bot.ports.media import Health

_OLDEST = (10, 9)  # since then the scores of parental ratings are ages


async def examine(client: ServiceClient) -> Health:
    """The server's state. Raises: Unavailable; Rejected, when the key is wrong or something else answers."""
    public = table(await client.get_json("/System/Info/Public"))
    version = text(public.get("Version"))
    if not version or "jellyfin" not in text(public.get("ProductName") or "Jellyfin").lower():
        raise Rejected(client.config.service, _("Something else than Jellyfin answers at that address."))
    problems = []
    if public.get("StartupWizardCompleted") is False:
        problems.append(_("Jellyfin has not been set up yet: finish its start-up assistant first."))
    if _numbers(version) < _OLDEST:
        problems.append(
            _("Jellyfin {version} is older than 10.9: age limits cannot be read correctly.").format(version=version)
        )
    own = table(await client.get_json("/System/Info"))
    if own.get("IsShuttingDown") is True:
        problems.append(_("Jellyfin is shutting down."))
    problems += await _missing_rights(client)
    if (await client.get_json("/QuickConnect/Enabled")) is not True:
        problems.append(_("Quick Connect is switched off in Jellyfin: people cannot link their accounts with it."))
    return Health(text(public.get("ServerName")) or client.config.service, version, tuple(problems))


async def _missing_rights(client: ServiceClient) -> list[str]:
    """Whether libraries and people can be read, and whom Jellyfin restricts beyond what we can follow."""
    try:
        await client.get_json("/Library/VirtualFolders")
    except Rejected as refusal:
        if refusal.status == 403:
            return [_("The key does not belong to an administrator: libraries and permissions cannot be read.")]
        raise
    users = rows(await client.get_json("/Users"))
    problems = []
    if not any(table(user.get("Policy")).get("IsAdministrator") for user in users if not is_disabled(user)):
        problems.append(_("The key does not tell people's permissions: nobody would be allowed to see anything."))
    restricted = [user for user in users if is_restricted_by_tags(user)]
    if restricted:
        sentence = _(
            "Jellyfin hides titles by tag from {people}: libraries that hold such titles are closed to them here."
        )
        problems.append(sentence.format(people=names_of(restricted)))
    return problems


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version)[:2])
