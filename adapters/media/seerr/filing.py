"""What is written to Seerr: a request, an approval, a refusal. Each is sent once, as the person who presses.

When no answer comes back, or one that cannot be read, `Unavailable` without a status says that the outcome is unknown:
the caller reads back what became of it, and never simply sends again.
"""

from __future__ import annotations

from collections.abc import Sequence

from adapters.http import HttpAnswer, ServiceClient
from adapters.loose import table
from adapters.media.seerr.connection import not_heeded, proven, read, unreadable, words
from adapters.media.seerr.decode import MEDIA_TYPES, decode_request, decode_status
from bot.errors import AlreadyRequested, InvalidInput, NotAllowed, NotFound, QuotaReached, Unavailable
from bot.i18n import gettext as _
from bot.model.titles import DEFAULT_SOURCE, Kind, TitleRef
from bot.ports.requests import FiledRequest, MediaState, TitleStatus


async def read_status(client: ServiceClient, ref: TitleRef) -> TitleStatus:
    """What is known about a title. Raises: NotFound."""
    details = await read(client, f"/{MEDIA_TYPES[ref.kind]}/{tmdb_number(ref)}")
    if details is None:
        raise NotFound(_("Seerr knows no such title."))
    return decode_status(ref, details)


async def file_request(
    client: ServiceClient, ref: TitleRef, account: str, seasons: Sequence[int] | None
) -> FiledRequest:
    """Ask for a title. Raises: as `Requester.request`; InvalidInput for an empty list of seasons.

    Seerr itself would take another request for a film that is there, so it is looked up first.
    """
    # `is4k` is always said: Seerr looks for duplicates by it.
    body: dict[str, object] = {"mediaType": MEDIA_TYPES[ref.kind], "mediaId": tmdb_number(ref), "is4k": False}
    if ref.kind is Kind.SERIES:
        body["seasons"] = "all" if seasons is None else sorted({int(season) for season in seasons})
        if not body["seasons"]:
            raise InvalidInput(_("Choose at least one season."))
    headers = await proven(client, account)
    status = await read_status(client, ref)
    if ref.kind is Kind.MOVIE and status.state is MediaState.AVAILABLE:
        raise AlreadyRequested(_("That film is there already."))
    answer = await client.request("POST", "/request", json=body, headers=headers, accept={403, 409})
    _raise_refusal(answer)
    filed = decode_request(_read(client, answer), ref)
    if filed is None:
        raise unreadable(client)
    if filed.account != account:
        raise not_heeded(client)
    return filed


async def decide(client: ServiceClient, request_id: str, account: str, *, approve: bool) -> FiledRequest | None:
    """Approve or decline; None when somebody else has decided already. Raises: as `Requester.decide`."""
    path = f"/request/{request_number(request_id)}/{'approve' if approve else 'decline'}"
    headers = await proven(client, account)
    answer = await client.request("POST", path, headers=headers, accept={403, 404, 409})
    if answer.status == 403:
        raise NotAllowed(words(answer, _("Seerr does not allow you to decide on requests.")))
    if answer.status == 404:
        raise gone()
    if answer.status == 409:
        return None
    filed = decode_request(_read(client, answer))
    if filed is None:
        raise unreadable(client)
    return filed


def tmdb_number(ref: TitleRef) -> int:
    """The number by which Seerr knows a title. Raises: NotFound for a title without one."""
    if ref.source != DEFAULT_SOURCE or not (ref.value.isascii() and ref.value.isdigit()):
        raise NotFound(_("Seerr knows titles by their TMDB number only, and this one has none."))
    return int(ref.value)


def request_number(request_id: str) -> int:
    """Raises: NotFound for what cannot be a request's id."""
    if not (request_id.isascii() and request_id.isdigit()):
        raise gone()
    return int(request_id)


def gone() -> NotFound:
    """The error for a request that Seerr does not know."""
    return NotFound(_("Seerr knows no such request (any more)."))


def _raise_refusal(answer: HttpAnswer) -> None:
    """Seerr's refusals in our words and its own."""
    if answer.status == 202:
        raise AlreadyRequested(words(answer, _("All of these seasons are there or have been requested.")))
    if answer.status == 409:
        raise AlreadyRequested(words(answer, _("Somebody has requested this title already.")))
    if answer.status == 403:
        told = words(answer, _("Seerr does not allow you to request this title."))
        raise (QuotaReached if "quota" in told.lower() else NotAllowed)(told)


def _read(client: ServiceClient, answer: HttpAnswer) -> dict[str, object]:
    try:
        told = dict(table(answer.json()))
    except Unavailable:
        told = {}
    if not told:
        # Something was accepted, but what? No status: the outcome is unknown.
        raise unreadable(client)
    return told
