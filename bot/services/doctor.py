"""What is wrong with the services that are configured, and what is missed without those that are not."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from bot.errors import RecommendarrError, Rejected
from bot.i18n import gettext as _
from bot.ports.media import Health

SERVICES: Mapping[str, str] = {
    "plex": "Plex",
    "tautulli": "Tautulli",
    "jellyfin": "Jellyfin",
    "tmdb": "TMDB",
    "seerr": "Seerr",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One service. `health` is None when it is not configured or failed; `error` says why it failed.

    `cost`: what does not work without it, empty when nothing is missed.
    """

    service: str
    configured: bool
    health: Health | None = None
    error: str = ""
    cost: str = ""

    @property
    def failed(self) -> bool:
        """Whether it is configured and cannot be used."""
        return bool(self.error)


async def examine(checks: Mapping[str, Callable[[], Awaitable[Health]]]) -> tuple[Finding, ...]:
    """Ask all configured services at once.

    A finding for each of `SERVICES`, in their order, then for whatever else there is a check of.
    """
    configured = frozenset(checks)
    async with asyncio.TaskGroup() as group:
        asked = {name: group.create_task(_ask(name, check, configured)) for name, check in checks.items()}
    names = dict.fromkeys([*SERVICES, *checks])
    return tuple(asked[name].result() if name in asked else _missing(name, configured) for name in names)


def _missing(name: str, configured: frozenset[str]) -> Finding:
    # Either media server will do: that none is there is said once, of the first.
    return Finding(name, configured=False, cost="" if name == "jellyfin" else _cost(name, configured))


async def _ask(name: str, check: Callable[[], Awaitable[Health]], configured: frozenset[str]) -> Finding:
    try:
        health = await check()
    except RecommendarrError as error:
        # What it costs is said of the service as if it were not there: that is how people see it meanwhile.
        return Finding(name, configured=True, error=_said(name, error), cost=_cost(name, configured - {name}))
    if name == "tautulli" and "plex" not in configured:
        lonely = _("Tautulli only adds to Plex, which is not configured: its plays belong to no known title.")
        health = Health(health.name, health.version, (*health.problems, lonely))
    return Finding(name, configured=True, health=health)


def _said(name: str, error: RecommendarrError) -> str:
    """What is wrong. None of the media services lacks what is asked here, so a 404 comes from something else."""
    if name in SERVICES and isinstance(error, Rejected) and error.status == 404:
        sentence = _("Something else than {service} answers at that address: check its port, and the path behind it.")
        return sentence.format(service=SERVICES[name])
    return str(error)


def _cost(name: str, configured: frozenset[str]) -> str:
    """What is missed without a service, given the others that are configured."""
    if name in {"plex", "jellyfin"}:
        if configured & {"plex", "jellyfin"}:
            return ""
        return _("Without a media server nothing is known of your libraries, who may see what, and what was watched.")
    if name == "tautulli":
        if "plex" not in configured:
            return ""
        return _("Without Tautulli it is unknown how much of a title people watched, and what they gave up.")
    if name == "tmdb":
        return _(
            "Without TMDB there are no titles from outside of your libraries, no similar titles, trailers or localised "
            "names, and age ratings only where the media server tells them."
        )
    if name == "seerr":
        return _("Without Seerr there is no Request button, and nobody hears when a title has arrived.")
    return ""
