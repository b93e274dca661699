"""Seerr as the service that gets missing titles."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import datetime

from adapters.http import ServiceClient
from adapters.loose import integer, rows, table, text
from adapters.media.seerr import filing
from adapters.media.seerr.connection import acting_as, read, unreadable
from adapters.media.seerr.decode import (
    Entry,
    decode_quota,
    decode_request,
    decode_result,
    decode_user,
)
from adapters.media.seerr.health import examine
from adapters.paging import Slice, overlapping
from bot.errors import NotAllowed
from bot.i18n import gettext as _
from bot.model.titles import TitleFacts, TitleRef
from bot.ports.media import Health
from bot.ports.requests import FiledRequest, Quotas, RequestUser, TitleStatus

SOURCE = "seerr"
PAGE = 100
_LONGEST_SEARCH = 200  # characters


class SeerrRequester:
    """`Requester`: reading with the API key, writing as the person concerned."""

    def __init__(self, client: ServiceClient, *, page: int = PAGE) -> None:
        self._client = client
        self._page = page

    @property
    def source(self) -> str:
        """The name under which its accounts are stored."""
        return SOURCE

    @property
    def requests(self) -> int:
        """How many requests were sent over the wire so far, repeats included."""
        return self._client.requests

    async def check(self) -> Health:
        """Version, the key's rights, and whether requests can be filed under people's own names."""
        return await examine(self._client)

    async def users(self) -> AsyncIterator[Sequence[RequestUser]]:
        """All users, at most 100 at a time; the chat ids take one request for each of them."""
        async for page in self._listed("/user", {"sort": "created"}):
            found = [decode_user(entry, await self._chat_settings(entry)) for entry in page]
            yield [user for user in found if user is not None]

    async def search(self, text: str, *, locale: str | None = None) -> Sequence[TitleFacts]:
        """The first page of films and series that Seerr finds; nothing for an empty text."""
        wanted = " ".join(text.split())[:_LONGEST_SEARCH]
        if not wanted:
            return []
        language = {"language": locale} if locale else {}
        answer = await self._client.get_json("/search", query={"query": wanted, "page": "1", **language})
        found = [decode_result(entry) for entry in self._results(answer)]
        return [facts for facts in found if facts is not None]

    async def status(self, ref: TitleRef) -> TitleStatus:
        """See `Requester`."""
        return await filing.read_status(self._client, ref)

    async def quotas(self, account: str) -> Quotas:
        """What the person may still request. Raises: NotAllowed for an account that Seerr does not know."""
        headers = acting_as(account)
        told = await read(self._client, f"/user/{account}/quota", headers=headers, absent=(403, 404))
        if told is None:
            await self._client.get_json("/auth/me")  # raises when it is the key that is wrong
            raise NotAllowed(_("Seerr does not know your account any more."))
        return Quotas(movies=decode_quota(table(told.get("movie"))), seasons=decode_quota(table(told.get("tv"))))

    async def request(self, ref: TitleRef, *, account: str, seasons: Sequence[int] | None = None) -> FiledRequest:
        """See `Requester`; what Seerr refuses is told in its own words."""
        return await filing.file_request(self._client, ref, account, seasons)

    async def decide(self, request_id: str, *, approve: bool, account: str) -> FiledRequest:
        """See `Requester`. A request that was decided before comes back as it is."""
        decided = await filing.decide(self._client, request_id, account, approve=approve)
        return await self.get(request_id) if decided is None else decided

    async def get(self, request_id: str) -> FiledRequest:
        """See `Requester`."""
        told = await read(self._client, f"/request/{filing.request_number(request_id)}")
        filed = None if told is None else decode_request(told)
        if filed is None:
            raise filing.gone()
        return filed

    async def listed(self, *, since: datetime | None = None) -> AsyncIterator[Sequence[FiledRequest]]:
        """See `Requester`, at most 100 at a time.

        In Overseerr a title that becomes available does not change its request: ask `get` for open ones as well.
        """
        async for page in self._listed("/request", {"filter": "all", "sort": "modified"}):
            read = [decode_request(entry) for entry in page]
            filed = [one for one in read if one is not None]
            recent = [one for one in filed if since is None or one.updated_at is None or one.updated_at >= since]
            if recent:
                yield recent
            if since and filed and filed[-1].updated_at and filed[-1].updated_at < since:
                return

    def _listed(self, path: str, query: Mapping[str, str]) -> AsyncIterator[Sequence[Entry]]:
        async def fetch(start: int, size: int) -> Slice[Entry]:
            answer = await self._client.get_json(path, query={**query, "take": size, "skip": start})
            total = integer(table(table(answer).get("pageInfo")).get("results"))
            return Slice(self._results(answer), total)

        return overlapping(self._client.config.service, fetch, lambda entry: text(entry.get("id")), self._page)

    async def _chat_settings(self, entry: Entry) -> Entry:
        """The person's notification settings; empty when the person has just been deleted or hides them."""
        path = f"/user/{integer(entry.get('id')) or 0}/settings/notifications"
        return await read(self._client, path, absent=(403, 404)) or {}

    def _results(self, answer: object) -> Sequence[Entry]:
        found = table(answer).get("results")
        if not isinstance(found, list):
            raise unreadable(self._client)
        return rows(found)
