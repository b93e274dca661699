"""Plays and ratings as a Plex server tells them."""

from __future__ import annotations

from collections.abc import Mapping

from adapters.loose import integer, moment, number, text
from adapters.media.plex.container import Fields
from adapters.media.plex.items import episode_name, item_refs, key_of
from bot.model.titles import Kind
from bot.ports.media import ServerRating, ServerWatch

OWNER = 1  # the owner's number on the server itself; everybody else has the one of plex.tv
_NOBODY = 0  # plays on clients that are not signed in


def history_key(row: Fields) -> str:
    """The stable name of a play: the number in "/status/sessions/history/117", else who, what and when."""
    number_of_row = text(row.get("historyKey")).rstrip("/").rpartition("/")[2]
    if number_of_row:
        return number_of_row
    return f"{text(row.get('accountID'))}-{key_of(row) or text(row.get('title'))}-{text(row.get('viewedAt'))}"


def decode_watch(row: Fields, accounts: Mapping[int, str]) -> ServerWatch | None:
    """A play of a film or episode by somebody; None for anything else.

    The server writes a play down once it counts as watched, so each is a whole one.
    """
    kind = {"movie": Kind.MOVIE, "episode": Kind.SERIES}.get(text(row.get("type")))
    account = account_of(row.get("accountID"), accounts)
    watched_at = moment(row.get("viewedAt"))
    if kind is None or account is None or watched_at is None:
        return None
    is_episode = kind is Kind.SERIES
    return ServerWatch(
        account=account,
        key=history_key(row),
        watched_at=watched_at,
        item=(_series_key(row) if is_episode else key_of(row)) or None,
        completion=1.0,
        episode=episode_name(row.get("parentIndex"), row.get("index")) if is_episode else None,
        title=text(row.get("grandparentTitle")) if is_episode else text(row.get("title")),
        kind=kind,
    )


def account_of(told: object, accounts: Mapping[int, str]) -> str | None:
    """The account on plex.tv behind the number that the server uses."""
    local = integer(told)
    if local is None or local <= _NOBODY:
        return None
    return accounts.get(local, str(local))


def decode_rating(item: Fields, kind: Kind, account: str, machine: str) -> ServerRating | None:
    """The rating that the owner gave a title, half stars as 1 to 10; None when there is none."""
    value = number(item.get("userRating"))
    rated_at = next((at for name in ("lastRatedAt", "updatedAt", "addedAt") if (at := moment(item.get(name)))), None)
    if value is None or not 0 < value <= 10 or rated_at is None or not key_of(item):
        return None
    return ServerRating(account, max(1.0, value), rated_at, item=key_of(item), refs=item_refs(item, kind, machine))


def _series_key(row: Fields) -> str:
    told = text(row.get("grandparentRatingKey"))
    return told or text(row.get("grandparentKey")).rstrip("/").rpartition("/")[2]
