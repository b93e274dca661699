"""/settings: what people set for themselves, as one message whose buttons change it in place."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import Annotated

from bot.chat.command import Help, Rest, Synonyms, command
from bot.chat.plain import one_line
from bot.chat.reply import Action, Choice, Choices, Reply
from bot.commands.context import Context
from bot.errors import InvalidInput
from bot.i18n import LOCALES, ngettext, use_locale
from bot.i18n import gettext as _
from bot.model.preferences import EVERYTHING, Preferences
from bot.model.titles import Domain
from bot.services.preferences import read_zone

_DEPTHS = (3, 6, 12, EVERYTHING)
_NAMES = {"en": "English", "de": "Deutsch", "fr": "Français"}  # each in its own language
_LANGUAGES = {
    **{locale: locale for locale in LOCALES},
    "english": "en", "englisch": "en", "anglais": "en", "german": "de", "deutsch": "de", "allemand": "de",
    "french": "fr", "français": "fr", "francais": "fr", "französisch": "fr",
}  # fmt: skip
_DEFAULT = frozenset(["auto", "default", "automatic", "standard", "automatisch", "automatique", "défaut"])
_ALL = frozenset(["all", "everything", "0", "alles", "tout"])
_ON = frozenset(["on", "yes", "true", "1", "an", "ein", "ja", "oui", "activé"])
_OFF = frozenset(["off", "no", "false", "0", "aus", "nein", "non", "désactivé"])


class Setting(StrEnum):
    """What can be set."""

    SHOW = "show"
    LANGUAGE = "language"
    HISTORY = "history"
    FILMS = "films"
    SERIES = "series"
    ANIME = "anime"
    NOTIFICATIONS = "notifications"
    TIMEZONE = "timezone"


_WORDS = Synonyms(
    (("sprache", "language"), ("langue", "language"), ("verlauf", "history"), ("historique", "history"),
     ("movies", "films"), ("filme", "films"), ("serien", "series"), ("séries", "series"), ("animés", "anime"),
     ("benachrichtigungen", "notifications"), ("zeitzone", "timezone"), ("fuseau", "timezone"))
)  # fmt: skip
_DOMAINS = {Setting.FILMS: Domain.FILMS, Setting.SERIES: Domain.SERIES, Setting.ANIME: Domain.ANIME}


@command("settings", "Set language, history depth, domains and notifications", private=True, section="you")
async def settings(
    ctx: Context,
    setting: Annotated[Setting, _WORDS, Help("What to set")] = Setting.SHOW,
    value: Annotated[str | None, Rest("The new value, as in: language de, history 6, anime off")] = None,
) -> Reply:
    """Everything with buttons to change it; a value sets one of them."""
    preferences, word = ctx.preferences, (value or "").strip()
    if setting is Setting.SHOW:
        return _panel(ctx, preferences, ctx.member.locale)
    if not word:
        raise InvalidInput(_("Say what to set it to, as in: /settings language de, /settings anime off."))
    if setting is Setting.LANGUAGE:
        locale = _locale(word)
        await ctx.services.preferences.speak(ctx.member, locale)
        with use_locale(locale or ctx.platform_locale):
            return _panel(ctx, preferences, locale)
    changed = _changed(preferences, setting, word)
    stored = await ctx.services.preferences.change(ctx.member, lambda _before: changed)
    return _panel(ctx, stored, ctx.member.locale)


def _changed(before: Preferences, setting: Setting, word: str) -> Preferences:
    """Raises: InvalidInput."""
    match setting:
        case Setting.HISTORY:
            return replace(before, history_months=_months(word))
        case Setting.NOTIFICATIONS:
            return replace(before, notifications=_switch(word))
        case Setting.TIMEZONE:
            return replace(before, timezone=None if word.casefold() in _DEFAULT else read_zone(word))
        case _:
            domain = _DOMAINS[setting]
            off = before.domains_off - {domain} if _switch(word) else before.domains_off | {domain}
            return replace(before, domains_off=off)


def _locale(word: str) -> str | None:
    folded = word.casefold()
    if folded in _DEFAULT:
        return None
    if folded not in _LANGUAGES:
        known = ", ".join(f"{locale} ({_NAMES[locale]})" for locale in LOCALES)
        raise InvalidInput(_("I speak {languages}, or auto for what your platform says.").format(languages=known))
    return _LANGUAGES[folded]


def _months(word: str) -> int | None:
    folded = word.casefold().split()[0]
    if folded in _DEFAULT:
        return None
    if folded in _ALL:
        return EVERYTHING
    if not folded.isascii() or not folded.isdigit() or len(folded) > 4:
        raise InvalidInput(_("Write the history depth in months, or all, or default."))
    return int(folded)


def _switch(word: str) -> bool:
    folded = word.casefold()
    if folded not in _ON | _OFF:
        raise InvalidInput(_("Write on or off, not “{value}”.").format(value=one_line(word, 20)))
    return folded in _ON


def _panel(ctx: Context, preferences: Preferences, locale: str | None) -> Reply:
    lines = [
        "**" + _("Your settings") + "**",
        _("Language: {value}").format(value=_NAMES[locale] if locale in _NAMES else _("as your platform says")),
        _("History that counts: {value}").format(value=_depth(preferences.history_months)),
        _("Suggested to you: {value}").format(
            value=", ".join(_domain(d) for d in Domain if d not in preferences.domains_off)
        ),
        _("Notifications: {value}").format(value=_("on") if preferences.notifications else _("off")),
        _("Time zone: {value}").format(value=preferences.timezone or _("the server's")),
        _("Another time zone: /settings timezone Europe/Berlin"),
    ]
    prompt = "\n".join([lines[0], *(f"- {line}" for line in lines[1:-1]), "", lines[-1]])
    return Reply((Choices(prompt, _options(preferences, locale)),), private=True, replaces=ctx.pressed)


def _options(preferences: Preferences, locale: str | None) -> tuple[Choice, ...]:
    def option(label: str, setting: Setting, value: str, chosen: bool) -> Choice:
        return Choice(("✓ " if chosen else "") + label, Action("settings", {"setting": setting.value, "value": value}))

    options = [option(_NAMES[each], Setting.LANGUAGE, each, locale == each) for each in LOCALES]
    options.append(option(_("Automatic"), Setting.LANGUAGE, "auto", locale is None))
    for months in _DEPTHS:
        options.append(option(_depth(months), Setting.HISTORY, str(months), preferences.history_months == months))
    options.append(option(_("As the server has it"), Setting.HISTORY, "default", preferences.history_months is None))
    for setting, domain in _DOMAINS.items():
        on = domain not in preferences.domains_off
        options.append(option(_domain(domain), setting, "off" if on else "on", on))
    on = preferences.notifications
    options.append(option(_("Notifications"), Setting.NOTIFICATIONS, "off" if on else "on", on))
    return tuple(options)


def _depth(months: int | None) -> str:
    if months is None:
        return _("as the server has it")
    if months == EVERYTHING:
        return _("all of it")
    return ngettext("{n} month", "{n} months", months).format(n=months)


def _domain(domain: Domain) -> str:
    return {Domain.FILMS: _("Films"), Domain.SERIES: _("TV series"), Domain.ANIME: _("Anime")}[domain]
