"""Turns every error of the database into `Unavailable("database")`: one sentence, without SQL and without secrets."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import structlog
from sqlalchemy.exc import DBAPIError, IntegrityError, SQLAlchemyError, TimeoutError

from bot.errors import Unavailable
from bot.i18n import gettext as _

SERVICE = "database"

_log = structlog.get_logger()


@contextmanager
def translated() -> Iterator[None]:
    """Translate what the block raises. Raises: Unavailable."""
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error, OverflowError) as error:
        cause = _cause(error)
        _log.debug("database error", error=type(cause).__name__, code=_code(cause))
        # The original carries the statement, its values and perhaps the URL, so it is not chained.
        raise Unavailable(SERVICE, _sentence(error, cause)) from None


def unavailable(sentence: str) -> Unavailable:
    """The error of this adapter."""
    return Unavailable(SERVICE, sentence)


def _cause(error: BaseException) -> BaseException:
    return getattr(error, "orig", None) or error


def _code(cause: BaseException) -> str | None:
    return getattr(cause, "sqlite_errorname", None) or getattr(cause, "sqlstate", None)


def _sentence(error: BaseException, cause: BaseException) -> str:
    if isinstance(error, TimeoutError):
        return _("The database is busy: too much is asked of it at once; try again in a moment.")
    if isinstance(error, IntegrityError):
        return _("This change names something that is no longer in the database; nothing was changed.")
    primary = getattr(cause, "sqlite_errorcode", None)
    if primary is not None:
        return _sqlite_sentences().get(primary & 0xFF, _("The database refused the change; nothing was changed."))
    state = getattr(cause, "sqlstate", None)
    return _postgres_sentence(state or "08") if isinstance(error, DBAPIError) else _("The database refused the change.")


def _sqlite_sentences() -> dict[int, str]:
    busy = _("The database is busy: another program is writing to it; try again in a moment.")
    read_only = _("The database cannot be written: its file or folder is read-only.")
    damaged = _("The database file is damaged; put a backup in its place, or move it away to start afresh.")
    return {
        sqlite3.SQLITE_BUSY: busy,
        sqlite3.SQLITE_LOCKED: busy,
        sqlite3.SQLITE_READONLY: read_only,
        sqlite3.SQLITE_PERM: read_only,
        sqlite3.SQLITE_CORRUPT: damaged,
        sqlite3.SQLITE_NOTADB: damaged,
        sqlite3.SQLITE_FULL: _("The disk that holds the database is full; nothing was changed."),
        sqlite3.SQLITE_CANTOPEN: _("The database file cannot be opened: check that its folder can be written."),
        sqlite3.SQLITE_IOERR: _("The disk that holds the database reports an error."),
    }


def _postgres_sentence(state: str) -> str:
    """By class of SQLSTATE; a connection that could not be made has none and counts as 08."""
    sentences = {
        "08": _("The database server cannot be reached or does not let this user in."),
        "28": _("The database server does not let this user in."),
        "3D": _("There is no database of that name on the server."),
        "40": _("The database is busy: another program holds what this change needs; try again in a moment."),
        "53": _("The database server has no room or no connection left."),
        "55": _("The database is busy: another program holds what this change needs; try again in a moment."),
        "57": _("The database server is shutting down or has ended the connection; try again in a moment."),
    }
    refused = _("The database refused the change ({code}); nothing was changed.").format(code=state)
    return sentences.get(state[:2], refused)
