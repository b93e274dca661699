"""A fake request service. `down` stands for a service that cannot be reached."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.errors import AlreadyRequested, NotAllowed, NotFound, QuotaReached, Unavailable
from bot.model.titles import TitleFacts, TitleRef
from bot.ports.media import Health
from bot.ports.requests import FiledRequest, MediaState, Quota, Quotas, RequestState, RequestUser, TitleStatus


@dataclass(slots=True)
class FakeRequester:
    """A request service with a quota per account; `strangers` may not request, `admins` decide."""

    source: str = "requests"
    available: set[TitleRef] = field(default_factory=set)
    strangers: set[str] = field(default_factory=set)
    admins: set[str] = field(default_factory=set)
    user_list: Sequence[RequestUser] = ()
    titles: Sequence[TitleFacts] = ()
    quota: int = 10
    down: bool = False
    requests: int = 0
    filed: list[FiledRequest] = field(default_factory=list)

    async def check(self) -> Health:
        self._reach()
        return Health("Fake requests")

    async def users(self) -> AsyncIterator[Sequence[RequestUser]]:
        self._reach()
        yield self.user_list

    async def search(self, text: str, *, locale: str | None = None) -> Sequence[TitleFacts]:
        self._reach()
        return [facts for facts in self.titles if text.casefold() in facts.title.casefold()]

    async def status(self, ref: TitleRef) -> TitleStatus:
        self._reach()
        requests = tuple(filed for filed in self.filed if filed.ref == ref)
        if ref in self.available:
            return TitleStatus(ref, MediaState.AVAILABLE, requests=requests)
        waiting = any(filed.state is RequestState.PENDING for filed in requests)
        return TitleStatus(ref, MediaState.PENDING if waiting else MediaState.UNKNOWN, requests=requests)

    async def quotas(self, account: str) -> Quotas:
        self._reach()
        used = sum(1 for filed in self.filed if filed.account == account)
        quota = Quota(self.quota, used, max(0, self.quota - used), 7)
        return Quotas(quota, quota)

    async def request(self, ref: TitleRef, *, account: str, seasons: Sequence[int] | None = None) -> FiledRequest:
        self._reach()
        if account in self.strangers:
            raise NotAllowed("You may not request titles.")
        if (await self.status(ref)).state is not MediaState.UNKNOWN:
            raise AlreadyRequested("Somebody has asked for it before.")
        if (await self.quotas(account)).movies.remaining == 0:
            raise QuotaReached("Your request quota is used up.")
        filed = FiledRequest(
            str(len(self.filed) + 1), ref, account, RequestState.PENDING, MediaState.PENDING, tuple(seasons or ())
        )
        self.filed.append(filed)
        return filed

    async def decide(self, request_id: str, *, approve: bool, account: str) -> FiledRequest:
        filed = await self.get(request_id)
        if account not in self.admins:
            raise NotAllowed("You may not decide on requests.")
        decided = replace(filed, state=RequestState.APPROVED if approve else RequestState.DECLINED)
        self.filed[self.filed.index(filed)] = decided
        return decided

    async def get(self, request_id: str) -> FiledRequest:
        self._reach()
        for filed in self.filed:
            if filed.id == request_id:
                return filed
        raise NotFound("There is no such request.")

    async def listed(self, *, since: datetime | None = None) -> AsyncIterator[Sequence[FiledRequest]]:
        self._reach()
        yield [filed for filed in reversed(self.filed) if not (since and filed.updated_at and filed.updated_at < since)]

    def _reach(self) -> None:
        self.requests += 1
        if self.down:
            raise Unavailable("requests", "The request service cannot be reached.")
