"""Every error of our own.

    RecommendarrError
    ├── UserFacing            the sentence is for the person who asked
    │   ├── NotLinked         the chat account belongs to nobody we know
    │   ├── NotAllowed        this person may not do that here
    │   ├── NotFound          no such title, person, list
    │   ├── Ambiguous         several titles fit; carries the choices
    │   ├── InvalidInput      a command or value that cannot be read
    │   ├── QuotaReached      the request quota is used up
    │   ├── AlreadyRequested  somebody asked for it before
    │   └── NothingToRecommend  no title is left after the filters
    ├── Unavailable           a service, file or model cannot be reached or used now
    │   └── Locked            another process holds the writer's lock
    ├── Rejected              a service understood and refused
    ├── InvalidFile           an import file is not what it claims to be
    └── InvalidSettings       a setting is missing or contradicts another

Adapters translate every foreign error into one of these; only `bot.dispatch` and the command line turn one into
words. The text of an error is one whole sentence, already in the language of the person it is meant for.
"""

from __future__ import annotations


class RecommendarrError(Exception):
    """The root; never raised itself."""


class UserFacing(RecommendarrError):
    """An answer in the form of an error: its text is shown to the person who asked."""


class NotLinked(UserFacing):
    """The chat account is not linked to a member."""


class NotAllowed(UserFacing):
    """The member may not do this here."""


class NotFound(UserFacing):
    """No title, member or list of that name is visible to the member."""


class Ambiguous(UserFacing):
    """Several titles fit what was typed; `choices` holds (label, ref) pairs, the most likely first."""

    def __init__(self, message: str, choices: tuple[tuple[str, str], ...]) -> None:
        super().__init__(message)
        self.choices = choices


class InvalidInput(UserFacing):
    """A command, option or value that cannot be read."""


class QuotaReached(UserFacing):
    """The member's request quota is used up."""


class AlreadyRequested(UserFacing):
    """The title has been requested before."""


class NothingToRecommend(UserFacing):
    """No title is left after permission, history and filters."""


class Unavailable(RecommendarrError):
    """A service, file or model cannot be used now; `service` names it, `status` is that of its HTTP answer."""

    def __init__(self, service: str, message: str, *, status: int | None = None) -> None:
        super().__init__(message)
        self.service = service
        self.status = status


class Locked(Unavailable):
    """Another process holds the lock of the state directory."""


class Rejected(RecommendarrError):
    """A service understood the call and refused it; `service` names it, `status` is that of its HTTP answer."""

    def __init__(self, service: str, message: str, *, status: int | None = None) -> None:
        super().__init__(message)
        self.service = service
        self.status = status


class InvalidFile(RecommendarrError):
    """An import file that is not what it claims to be."""


class InvalidSettings(RecommendarrError):
    """A setting that is missing, unreadable or contradicts another; the sentence names it."""
