"""Words in the language of the person being answered.

`dispatch` enters `use_locale(...)` for the length of a turn; `gettext` and `ngettext` look the locale up when they
are called, so that modules import them once (`from bot.i18n import gettext as _`). Catalogues lie in `bot/locale`;
English is the language of the source and needs none.
"""

from __future__ import annotations

import gettext as _gettext
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

DEFAULT_LOCALE = "en"
LOCALES = ("en", "de", "fr")

_locale: ContextVar[str] = ContextVar("locale", default=DEFAULT_LOCALE)


@cache
def _catalogue(locale: str) -> _gettext.NullTranslations:
    return _gettext.translation("recommendarr", Path(__file__).parent / "locale", languages=[locale], fallback=True)


def supported(tag: str | None) -> str:
    """The supported locale nearest to a language tag such as `de-CH`; English when there is none."""
    language = (tag or "").replace("_", "-").split("-")[0].lower()
    return language if language in LOCALES else DEFAULT_LOCALE


def current_locale() -> str:
    """The locale of the turn in hand."""
    return _locale.get()


@contextmanager
def use_locale(tag: str | None) -> Iterator[str]:
    """Speak the given language until the block ends."""
    token = _locale.set(supported(tag))
    try:
        yield _locale.get()
    finally:
        _locale.reset(token)


def gettext(message: str) -> str:
    """The message in the locale of the turn."""
    return _catalogue(_locale.get()).gettext(message)


def ngettext(singular: str, plural: str, n: int) -> str:
    """The message in the locale of the turn, in the form that `n` asks for."""
    return _catalogue(_locale.get()).ngettext(singular, plural, n)


def N_(message: str) -> str:
    """Marks what is translated only when it is said."""
    return message
