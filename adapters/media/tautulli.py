"""Tautulli, which watches a Plex server: who played what, when, and how much of it."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from adapters.http import HttpConfig, ServiceClient
from adapters.loose import flag, integer, moment, number, positive, rows, table, text
from adapters.paging import Slice, overlapping
from adapters.plex_guids import refs_of_guids, series_refs_of_episode
from bot.errors import Rejected, Unavailable
from bot.i18n import gettext as _
from bot.model.titles import Kind, TitleRef
from bot.ports.media import Health, ServerRating, ServerWatch

SOURCE = "tautulli"
PAGE = 1000
_OLDEST = (2, 6)  # older ones do not tell the ids of other services
_BAD_REQUEST = 400
# Days are those on which a play began, in Tautulli's own time zone, which nothing tells: two days earlier is early
# enough everywhere.
_MARGIN = timedelta(days=2)
_KINDS = {"movie": Kind.MOVIE, "episode": Kind.SERIES}
_SERVICE = "Tautulli"

Fields = Mapping[str, Any]


def tautulli_config(url: str, api_key: str, *, verify_tls: bool = True) -> HttpConfig:
    """The client of Tautulli. The key travels in the query, as its interface wants it."""
    # A long history takes Tautulli's database a while.
    return HttpConfig(service=_SERVICE, base_url=url, secrets=(api_key,), verify_tls=verify_tls, timeout=60.0)


class Tautulli:
    """`HistoryProvider` whose accounts and items are those of the Plex server. Raises: Unavailable, Rejected."""

    def __init__(self, client: ServiceClient, api_key: str, *, page: int = PAGE) -> None:
        self._client = client
        self._api_key = api_key
        self._page = page

    @property
    def source(self) -> str:
        """The name under which its plays are stored."""
        return SOURCE

    @property
    def items_of(self) -> str:
        """The media server whose keys its plays hold."""
        return "plex"

    @property
    def requests(self) -> int:
        """How many requests were sent so far, repeats included."""
        return self._client.requests

    async def check(self) -> Health:
        """Whether it is reachable, the key is right, it still sees Plex, and whose plays it does not keep."""
        version = text(table(await self._ask("get_tautulli_info")).get("tautulli_version"))
        problems = list(_old_version(version))
        if not flag(table(await self._ask("server_status")).get("connected")):
            problems.append(_("Tautulli has lost its connection to Plex; new plays are not recorded."))
        unkept = [name for user in rows(await self._ask("get_users")) if (name := _unrecorded(user))]
        if unkept:
            sentence = _("Tautulli keeps no history of {names}; nothing is learnt from what they watch.")
            problems.append(sentence.format(names=", ".join(sorted(unkept))))
        return Health(_SERVICE, version, tuple(problems))

    async def watches(self, since: datetime | None = None) -> AsyncIterator[Sequence[ServerWatch]]:
        """Plays that ended at or after `since`, the oldest first; those still running are left out."""
        query: dict[str, str | int] = {
            "grouping": 0, "include_activity": 0, "order_column": "date", "order_dir": "asc",
        }  # fmt: skip
        if since is not None:
            query["after"] = (since - _MARGIN).date().isoformat()

        async def fetch(start: int, length: int) -> Slice[Fields]:
            told = table(await self._ask("get_history", {**query, "start": start, "length": length}))
            if "data" not in told:
                raise _strange()
            return Slice(rows(told["data"]), integer(told.get("recordsFiltered")))

        async for page in overlapping(_SERVICE, fetch, _row_key, self._page):
            watches = [watch for row in page if (watch := decode_watch(row))]
            wanted = [watch for watch in watches if since is None or watch.watched_at >= since]
            if wanted:
                yield wanted

    async def ratings(self) -> Sequence[ServerRating]:
        """None: Tautulli knows no ratings."""
        return ()

    async def refs(self, item: str) -> Sequence[TitleRef]:
        """References of a title: from Plex while it is there, from the plays of it afterwards."""
        try:
            metadata = table(await self._ask("get_metadata", {"rating_key": item}))
        except Rejected:
            metadata = {}
        return _refs_of_metadata(metadata, item) or await self._refs_of_plays(item)

    async def _refs_of_plays(self, item: str) -> Sequence[TitleRef]:
        if not (item.isascii() and item.isdigit()):
            return ()
        for key in ("rating_key", "grandparent_rating_key"):
            query: dict[str, str | int] = {"grouping": 0, "include_activity": 0, key: item, "start": 0, "length": 1}
            for row in rows(table(await self._ask("get_history", query)).get("data")):
                watch = decode_watch(row)
                if watch is not None and watch.item == item:
                    return watch.refs
        return ()

    async def _ask(self, command: str, query: Mapping[str, str | int] | None = None) -> object:
        """The data of an answer; errors come under several statuses, 200 among them."""
        asked = {"apikey": self._api_key, "cmd": command, **(query or {})}
        told = await self._client.send_json("GET", "/api/v2", None, query=asked, retry=True, accept=(_BAD_REQUEST,))
        envelope = table(table(told).get("response"))
        if envelope.get("result") == "success":
            return envelope.get("data")
        if envelope.get("result") != "error":
            raise _strange()
        message = self._client.redact(text(envelope.get("message")))
        if "apikey" in message.lower():
            raise Rejected(_SERVICE, _("Tautulli refuses the API key."), status=401)
        raise Rejected(_SERVICE, _("Tautulli refused: {message}").format(message=message[:200]), status=_BAD_REQUEST)


def decode_watch(row: Fields) -> ServerWatch | None:
    """A finished play of a film or episode by somebody; None for anything else: music, live television, guests."""
    kind = _KINDS.get(text(row.get("media_type")))
    account, key = positive(row.get("user_id")), positive(row.get("row_id"))
    stopped = moment(row.get("stopped"))
    if kind is None or account is None or key is None or stopped is None or flag(row.get("live")):
        return None
    is_episode = kind is Kind.SERIES
    guid = text(row.get("guid"))
    return ServerWatch(
        account=str(account),
        key=str(key),
        watched_at=stopped,
        item=text(row.get("grandparent_rating_key" if is_episode else "rating_key")) or None,
        refs=series_refs_of_episode(guid) if is_episode else refs_of_guids(kind, [guid]),
        completion=_completion(row),
        duration=_seconds(row),
        episode=_episode(row) if is_episode else None,
        title=text(row.get("grandparent_title" if is_episode else "title")) or text(row.get("full_title")),
        kind=kind,
    )


def _completion(row: Fields) -> float | None:
    """1 once Tautulli counts it as watched: what is left then are the credits."""
    status, percent = number(row.get("watched_status")), number(row.get("percent_complete"))
    if status is not None and status >= 1:
        return 1.0
    if percent is not None and percent > 0:
        return min(1.0, percent / 100)
    return max(0.0, status) if status is not None else None


def _seconds(row: Fields) -> int | None:
    told = next((seconds for name in ("play_duration", "duration") if (seconds := positive(row.get(name)))), None)
    started, stopped = integer(row.get("started")), integer(row.get("stopped"))
    if told is not None or not started or not stopped:
        return told
    return max(0, stopped - started - (integer(row.get("paused_counter")) or 0)) or None


def _episode(row: Fields) -> str | None:
    season, episode = integer(row.get("parent_media_index")), integer(row.get("media_index"))
    if season is None or episode is None or season < 0 or episode < 0:
        return None
    return f"s{season:02d}e{episode:02d}"


def _row_key(row: Fields) -> tuple[str, ...]:
    # Sessions in progress have no number of their own yet.
    return tuple(text(row.get(name)) for name in ("row_id", "user_id", "rating_key", "started"))


def _refs_of_metadata(metadata: Fields, item: str) -> tuple[TitleRef, ...]:
    kind = {"movie": Kind.MOVIE, "show": Kind.SERIES, "episode": Kind.SERIES}.get(text(metadata.get("media_type")))
    if kind is None:
        return ()
    prefix = "grandparent_" if text(metadata.get("grandparent_rating_key")) == item else ""
    if text(metadata.get("media_type")) == "episode" and not prefix:
        return ()
    told = metadata.get(f"{prefix}guids")
    guids = [text(guid) for guid in told] if isinstance(told, list) else []
    return refs_of_guids(kind, [*guids, text(metadata.get(f"{prefix}guid"))])


def _old_version(version: str) -> Iterator[str]:
    parts = re.match(r"v?(\d+)\.(\d+)", version)
    if parts and (int(parts[1]), int(parts[2])) < _OLDEST:
        sentence = _("Tautulli {version} is older than {oldest}; films that left Plex cannot be recognised.")
        yield sentence.format(version=version, oldest=".".join(map(str, _OLDEST)))


def _unrecorded(user: Fields) -> str:
    """The name of a person whose history is not kept; empty for others."""
    is_kept = integer(user.get("keep_history")) != 0
    is_person = positive(user.get("user_id")) is not None and integer(user.get("is_active")) != 0
    return "" if is_kept or not is_person else text(user.get("friendly_name")) or text(user.get("username"))


def _strange() -> Unavailable:
    return Unavailable(_SERVICE, _("What answers at the address of Tautulli is not Tautulli."))
