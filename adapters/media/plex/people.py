"""The people of a Plex server: the owner, and everybody it is shared with, each with what they may see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from adapters.media.plex import restrictions
from adapters.media.plex.plex_tv import Account, Friend, PlexTv, Share
from bot.model.titles import Kind
from bot.ports.media import ServerLibrary, ServerUser


@dataclass(frozen=True, slots=True)
class People:
    """The people as users of the server, and the names of those whose restrictions go beyond ages."""

    users: tuple[ServerUser, ...]
    restricted_by_label: tuple[str, ...]


async def read_people(plex_tv: PlexTv, machine: str, libraries: Sequence[ServerLibrary]) -> People:
    """Everybody who may open the server `machine`. Raises: Unavailable, Rejected."""
    owner = await plex_tv.account()
    shares = {share.account: share for share in await plex_tv.shares(machine)}
    friends = {friend.account: friend for friend in await plex_tv.friends()}
    profiles = await plex_tv.home_profiles()
    users, restricted = [_owner(owner)], []
    for account, share in shares.items():
        if account == owner.id:
            continue
        friend = friends.get(account, Friend(account, share.name))
        limits = restrictions.of_profile(profiles.get(account, ""))
        for filters in (share.filters, friend.filters):
            limits = limits.and_also(restrictions.of_filters(filters))
        user = _guest(share, friend, limits, libraries)
        users.append(user)
        if limits.closed:
            restricted.append(user.name)
    return People(tuple(users), tuple(restricted))


def _owner(account: Account) -> ServerUser:
    return ServerUser(account.id, account.name or account.id, None, is_admin=True, locale=account.locale)


def _guest(
    share: Share, friend: Friend, limits: restrictions.Restriction, libraries: Sequence[ServerLibrary]
) -> ServerUser:
    shared: tuple[str, ...] | None = None
    if share.sections is not None or limits.closed:
        shared = tuple(
            library.key
            for library in libraries
            if (share.sections is None or library.key in share.sections) and not _is_closed(library, limits)
        )
    name = friend.name or share.name or share.account
    return ServerUser(share.account, name, shared, age_limit=limits.age_limit)


def _is_closed(library: ServerLibrary, limits: restrictions.Restriction) -> bool:
    return library.kind in limits.closed if library.kind else limits.closed == frozenset(Kind)
