"""Jellyfin's users: which libraries they may open and up to which age."""

from __future__ import annotations

from collections.abc import Collection

from adapters.loose import rows, table, text
from adapters.media.jellyfin.decode import key_of
from adapters.media.jellyfin.pages import Entry
from adapters.media.jellyfin.parental import age_limit
from bot.ports.media import ServerUser


def decode_user(entry: Entry, libraries: Collection[str]) -> ServerUser | None:
    """A person; `libraries` are the keys of those that exist. A disabled account sees none. None without an id."""
    account = key_of(entry.get("Id"))
    if not account:
        return None
    policy = table(entry.get("Policy"))
    return ServerUser(
        account=account,
        name=text(entry.get("Name")) or account,
        libraries=_visible(policy, libraries),
        age_limit=age_limit(policy.get("MaxParentalRating"), policy.get("MaxParentalSubRating")),
        is_admin=policy.get("IsAdministrator") is True and not is_disabled(entry),
    )


def is_disabled(entry: Entry) -> bool:
    """Whether an administrator has switched the account off; one whose policy is not told counts as switched off."""
    policy = entry.get("Policy")
    return not isinstance(policy, dict) or policy.get("IsDisabled") is True


def has_rules_of_its_own(entry: Entry) -> bool:
    """Whether Jellyfin hides more from this person than libraries and ages can say: tags, or unrated titles."""
    policy = table(entry.get("Policy"))
    tags = bool(policy.get("BlockedTags") or policy.get("AllowedTags"))
    unrated = bool(policy.get("BlockUnratedItems")) and policy.get("MaxParentalRating") is None
    return not is_disabled(entry) and (tags or unrated)


def names_of(entries: Collection[Entry]) -> str:
    """The names of some users, for a sentence."""
    return ", ".join(sorted(text(entry.get("Name")) for entry in entries))


def users_of(answer: object) -> list[Entry]:
    """The users in an answer that have an id, each once."""
    return list({key_of(entry.get("Id")): entry for entry in rows(answer) if key_of(entry.get("Id"))}.values())


def _visible(policy: Entry, libraries: Collection[str]) -> tuple[str, ...] | None:
    """The libraries that a policy opens, in the server's order; None for all. No policy opens nothing."""
    if not policy or policy.get("IsDisabled") is True:
        return ()
    blocked = _keys(policy.get("BlockedMediaFolders"))
    if policy.get("EnableAllFolders") is True:
        return tuple(key for key in libraries if key not in blocked) if blocked else None
    enabled = _keys(policy.get("EnabledFolders"))
    return tuple(key for key in libraries if key in enabled and key not in blocked)


def _keys(value: object) -> set[str]:
    return {key_of(folder) for folder in value} if isinstance(value, list) else set()
