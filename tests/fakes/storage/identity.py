"""One-time codes and privacy in memory. What is kept of a person is told in part only: members and accounts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from bot.model.privacy import LinkCode, Privacy
from tests.fakes.storage.state import Session


class FakeLinkCodes:
    """One-time codes, by their digest."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def put(self, code: LinkCode) -> None:
        state = await self._session.write()
        state.require(member=code.member_id)
        kept = {digest: each for digest, each in state.link_codes.items() if each.member_id != code.member_id}
        state.link_codes = {**kept, code.digest: code}

    async def get(self, digest: str) -> LinkCode | None:
        return (await self._session.write()).link_codes.get(digest)

    async def use(self, digest: str) -> bool:
        return (await self._session.write()).link_codes.pop(digest, None) is not None

    async def purge(self, now: datetime) -> int:
        state = await self._session.write()
        before = len(state.link_codes)
        state.link_codes = {digest: each for digest, each in state.link_codes.items() if each.expires_at > now}
        return before - len(state.link_codes)


class FakePrivacy:
    """What members allow."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def of(self, member_id: int) -> Privacy:
        return self._session.state.privacy.get(member_id, Privacy())

    async def save(self, member_id: int, privacy: Privacy) -> None:
        state = await self._session.write()
        state.require(member=member_id)
        if state.privacy.get(member_id, Privacy()).contribute != privacy.contribute:
            state.versions[member_id] += 1
        state.privacy[member_id] = privacy

    async def silent(self) -> frozenset[int]:
        return frozenset(each for each, privacy in self._session.state.privacy.items() if not privacy.contribute)

    async def forgotten(self) -> frozenset[int]:
        return frozenset(self._session.state.forgotten)

    async def remember(self, member_id: int) -> None:
        (await self._session.write()).forgotten.discard(member_id)


class FakePersonalData:
    """What is kept of a person."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def rows(self, member_id: int) -> Mapping[str, Sequence[Mapping[str, Any]]]:
        state = self._session.state
        accounts = [asdict(each) for each in state.accounts.values() if each.member_id == member_id]
        return {"members": [asdict(state.members[member_id])], "linked_accounts": accounts}

    async def erase(self, member_id: int, now: datetime) -> bool:
        state = await self._session.write()
        del state.members[member_id]
        state.accounts = {key: each for key, each in state.accounts.items() if each.member_id != member_id}
        state.conversations = {k: each for k, each in state.conversations.items() if each.member_id != member_id}
        return True

    async def absorb(self, gone: int, into: int) -> None:
        state = await self._session.write()
        state.accounts = {
            key: replace(each, member_id=into) if each.member_id == gone else each
            for key, each in state.accounts.items()
        }
        del state.members[gone]
