"""Moments as the person reads them: on their clock, in the order of their language."""

from __future__ import annotations

from datetime import datetime

from bot.commands.context import Context
from bot.i18n import gettext as _
from bot.services.preferences import local


def day(ctx: Context, moment: datetime) -> str:
    """The day of a moment, as in 2026-03-01 or 01.03.2026."""
    return local(moment, ctx.preferences.timezone).strftime(_("%Y-%m-%d"))


def minute(ctx: Context, moment: datetime) -> str:
    """The day and the time of a moment."""
    return local(moment, ctx.preferences.timezone).strftime(_("%Y-%m-%d") + " %H:%M")
