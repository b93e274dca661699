"""Judges whether a person, and the conversation they speak in, may ask once more; words it when not.

Also the one other sentence that is said here and not by a command.
"""

from __future__ import annotations

from datetime import datetime

from bot.chat.capabilities import Capabilities
from bot.chat.fit import fit
from bot.chat.incoming import Incoming
from bot.chat.reply import Reply, Text
from bot.delivery.limits import Buckets, Limits, Verdict
from bot.delivery.store import place_of
from bot.i18n import gettext as _
from bot.i18n import ngettext, use_locale


class Gate:
    """The person's bucket first, then the place's."""

    def __init__(self, limits: Limits, locale: str | None) -> None:
        self._people = Buckets(limits.person)
        self._places = Buckets(limits.conversation)
        self._locale = locale

    def judge(self, incoming: Incoming, now: datetime) -> Verdict:
        """May it be served? If not: is it time to say so?"""
        person = _person(incoming)
        verdict = self._people.take(person, now)
        if verdict is not Verdict.SERVE:
            return verdict
        verdict = self._places.take(place_of(incoming.place), now)
        if verdict is not Verdict.SERVE:
            self._people.give_back(person)
        return verdict

    def notice(self, incoming: Incoming, capabilities: Capabilities, now: datetime) -> tuple[Reply, ...]:
        """A friendly word on when it goes on, in the language of who asked."""
        seconds = max(self._people.wait(_person(incoming), now), self._places.wait(place_of(incoming.place), now))
        with use_locale(incoming.author.locale or self._locale):
            text = ngettext(
                "That is a lot at once; ask me again in {n} second.",
                "That is a lot at once; ask me again in {n} seconds.",
                seconds,
            ).format(n=seconds)
        return fit(Reply((Text(text),)), capabilities)


def too_long(incoming: Incoming, capabilities: Capabilities, locale: str | None) -> tuple[Reply, ...]:
    """What somebody hears whose answer could not be made in time."""
    with use_locale(incoming.author.locale or locale):
        return fit(Reply((Text(_("That took too long; please ask me again.")),)), capabilities)


def _person(incoming: Incoming) -> str:
    return f"{incoming.author.platform}|{incoming.author.account}"
