"""What is missing on a Plex server or its account, and what that costs, in sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.i18n import gettext as _
from bot.ports.media import ServerLibrary

_OLDEST = (1, 21)  # older ones do not tell the ids of other services


def of_server(version: str, libraries: Sequence[ServerLibrary]) -> Iterator[str]:
    """Problems of the server itself."""
    parts = re.match(r"(\d+)\.(\d+)", version)
    if parts and (int(parts[1]), int(parts[2])) < _OLDEST:
        sentence = _("Plex {version} is older than {oldest}; many titles cannot be recognised before it is updated.")
        yield sentence.format(version=version, oldest=".".join(map(str, _OLDEST)))
    if not libraries:
        yield _("Plex has no library of films or series that this token may see; there is nothing to recommend from.")


def of_ownership(owned: bool | None) -> Iterator[str]:
    """Problems of the token."""
    if owned is None:
        yield _("The Plex token belongs to an account that has no access to this server.")
    elif not owned:
        yield _(
            "The Plex token is not the one of the server's owner; people, their permissions and their histories "
            "cannot be read."
        )


def of_restrictions(names: Sequence[str]) -> Iterator[str]:
    """People whose restrictions are stricter than Recommendarr can follow."""
    if names:
        sentence = _(
            "Plex filters by label what these people see, which only Plex can do; nothing of the filtered libraries is "
            "recommended to them: {names}."
        )
        yield sentence.format(names=", ".join(sorted(names)))


def without_plex_tv(reason: str) -> str:
    """plex.tv did not tell who may see what."""
    return _("People and permissions cannot be read from plex.tv: {reason}").format(reason=reason)
