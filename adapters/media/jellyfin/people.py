"""Jellyfin's users: which libraries they may open and up to which age.

Jellyfin can also hide titles by tag. That cannot be said of a person here, so a library that holds such titles is
closed to that person altogether: rather too little is recommended than what somebody must not see.
"""

from __future__ import annotations

from collections.abc import Collection

from adapters.loose import rows, table, text
from adapters.media.jellyfin.decode import key_of
from adapters.media.jellyfin.pages import Entry
from adapters.media.jellyfin.parental import EVERY_AGE, age_limit
from bot.ports.media import ServerUser


def decode_user(entry: Entry, libraries: Collection[str], closed: Collection[str] = ()) -> ServerUser | None:
    """A person; `libraries` are the keys of those that exist, `closed` those that hold what the policy hides by tag.

    A disabled account sees none. None without an id.
    """
    account = key_of(entry.get("Id"))
    if not account:
        return None
    policy = table(entry.get("Policy"))
    return ServerUser(
        account=account,
        name=text(entry.get("Name")) or account,
        libraries=_visible(policy, libraries, closed),
        age_limit=_age_limit(policy),
        is_admin=policy.get("IsAdministrator") is True and not is_disabled(entry),
    )


def is_disabled(entry: Entry) -> bool:
    """Whether an administrator has switched the account off; one whose policy is not told counts as switched off."""
    policy = entry.get("Policy")
    return not isinstance(policy, dict) or policy.get("IsDisabled") is True


def blocked_tags(entry: Entry) -> tuple[str, ...]:
    """The tags whose titles are hidden from this person."""
    return _words(table(entry.get("Policy")).get("BlockedTags"))


def sees_only_tagged(entry: Entry) -> bool:
    """Whether the person sees nothing but titles with certain tags."""
    return bool(_words(table(entry.get("Policy")).get("AllowedTags")))


def is_restricted_by_tags(entry: Entry) -> bool:
    """Whether tags decide about what this person sees, which libraries and ages cannot say."""
    return not is_disabled(entry) and (bool(blocked_tags(entry)) or sees_only_tagged(entry))


def names_of(entries: Collection[Entry]) -> str:
    """The names of some users, for a sentence."""
    return ", ".join(sorted(text(entry.get("Name")) for entry in entries))


def users_of(answer: object) -> list[Entry]:
    """The users in an answer that have an id, each once."""
    return list({key_of(entry.get("Id")): entry for entry in rows(answer) if key_of(entry.get("Id"))}.values())


def _age_limit(policy: Entry) -> int | None:
    """The oldest age; where only unrated titles are hidden, every age, since a limit hides unrated titles as well."""
    limit = age_limit(policy.get("MaxParentalRating"), policy.get("MaxParentalSubRating"))
    unrated = {"Movie", "Series"} & set(_words(policy.get("BlockUnratedItems")))
    return EVERY_AGE if limit is None and unrated else limit


def _visible(policy: Entry, libraries: Collection[str], closed: Collection[str]) -> tuple[str, ...] | None:
    """The libraries that a policy opens, in the server's order; None for all. No policy opens nothing."""
    if not policy or policy.get("IsDisabled") is True:
        return ()
    blocked = {*_keys(policy.get("BlockedMediaFolders")), *closed}
    if policy.get("EnableAllFolders") is True:
        return tuple(key for key in libraries if key not in blocked) if blocked else None
    enabled = _keys(policy.get("EnabledFolders"))
    return tuple(key for key in libraries if key in enabled and key not in blocked)


def _keys(value: object) -> set[str]:
    return {key_of(word) for word in _words(value)}


def _words(value: object) -> tuple[str, ...]:
    return tuple(text(word) for word in value if text(word)) if isinstance(value, list) else ()
