"""How we speak to Seerr, and as whom.

The API key acts as user 1, the owner, whose requests are approved at once. So whatever is done for a person carries
that person's `X-API-User`; there is no way here to do it without one. A proxy that drops the header would turn
everybody into the owner: before anything is written, Seerr is asked who it thinks we are.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from adapters.http import HttpAnswer, HttpConfig, ServiceClient
from adapters.loose import integer, table, text
from bot.errors import InvalidSettings, NotAllowed, Rejected, Unavailable
from bot.i18n import gettext as _

SERVICE = "Seerr"
_BASE = "/api/v1"
_LONGEST_WORDS = 300


def seerr_config(url: str, api_key: str, *, verify_tls: bool = True) -> HttpConfig:
    """The configuration of a client. Raises: InvalidSettings for a key that no header can carry."""
    key = api_key.strip()
    if not key or not key.isascii() or not key.isprintable():
        raise InvalidSettings(_("The API key of Seerr cannot be empty or hold special characters."))
    address = url.strip().rstrip("/")
    return HttpConfig(
        SERVICE,
        address if address.endswith(_BASE) else address + _BASE,
        headers={"X-Api-Key": key},
        secrets=(key,),
        verify_tls=verify_tls,
        timeout=30.0,  # Seerr asks TMDB before it answers
    )


def acting_as(account: str) -> dict[str, str]:
    """The header that makes Seerr apply this person's rights. Raises: NotAllowed for what is no user id of Seerr."""
    if not (account.isascii() and account.isdigit()) or account.startswith("0"):
        raise NotAllowed(_("Only people with an account on Seerr can do that."))
    return {"X-API-User": account}


async def read(
    client: ServiceClient,
    path: str,
    *,
    headers: Mapping[str, str] | None = None,
    absent: Collection[int] = (404,),
) -> Mapping[str, Any] | None:
    """The object at a path, None where Seerr answers with a status in `absent`. Raises: Unavailable, Rejected."""
    try:
        answer = await client.get_json(path, headers=headers)
    except Rejected as refusal:
        if refusal.status in absent:
            return None
        raise
    if not isinstance(answer, dict):
        raise unreadable(client)
    return answer


async def proven(client: ServiceClient, account: str) -> Mapping[str, str]:
    """The header, once Seerr has confirmed that it is heeded.

    Raises: NotAllowed, when Seerr knows no such user; Rejected, when Seerr takes us for somebody else; Unavailable.
    """
    headers = acting_as(account)
    me = await read(client, "/auth/me", headers=headers, absent=(403, 404))
    if me is None:
        await client.get_json("/auth/me")  # raises when it is the key that is wrong
        raise NotAllowed(_("Seerr does not know your account any more."))
    if str(integer(me.get("id"))) != account:
        raise not_heeded(client)
    return headers


def not_heeded(client: ServiceClient) -> Rejected:
    """The error for a Seerr that acts for somebody else than it was told to."""
    sentence = _("Seerr takes everybody for its owner: something on the way removes the header X-API-User.")
    return Rejected(client.config.service, sentence)


def words(answer: HttpAnswer, otherwise: str) -> str:
    """Seerr's own explanation of a refusal, where it gives one."""
    try:
        told = table(answer.json())
    except Unavailable:
        return otherwise
    return (text(told.get("message")) or text(told.get("error")))[:_LONGEST_WORDS] or otherwise


def unreadable(client: ServiceClient) -> Unavailable:
    """The error for JSON that is not what Seerr answers."""
    service = client.config.service
    return Unavailable(service, _("{service} sent an answer that cannot be read.").format(service=service))
