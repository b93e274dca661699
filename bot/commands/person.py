"""/profile: what the bot thinks somebody likes, and what of it they turn up, down or off."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from bot.chat.command import Help, Rest, command
from bot.chat.plain import escape, one_line
from bot.chat.reply import Action, Choice, Choices, Part, Reply, Text
from bot.commands.context import Context
from bot.commands.genres import read_genre
from bot.errors import Ambiguous, InvalidInput, NotFound
from bot.explanations.phrases import genre_name
from bot.i18n import gettext as _
from bot.i18n import ngettext
from bot.model.feedback import OverrideKind
from bot.model.recommendation import DomainSummary, Influence, ProfileSummary
from bot.model.titles import Domain

_SHOWN = 6
_LABEL = 60


class Change(StrEnum):
    """What to do with an influence. The words are such that hardly a title begins with them."""

    SHOW = "show"
    BOOST = "boost"
    OFF = "switch-off"
    BLOCK = "block"
    NORMAL = "as-usual"


_KINDS = {Change.BOOST: OverrideKind.BOOST, Change.OFF: OverrideKind.SUPPRESS, Change.BLOCK: OverrideKind.BLOCK}


@command("profile", "Show what I think you like, and change it", private=True, section="you")
async def profile(
    ctx: Context,
    change: Annotated[Change, Help("What to do with an influence")] = Change.SHOW,
    influence: Annotated[str | None, Rest("A genre, a person or a title")] = None,
) -> Reply:
    """Counts, the strongest influences first, each with presses to turn it, and what was turned by hand."""
    if change is Change.SHOW:
        summary = await ctx.services.recommending.profile(ctx.member, ctx.clearance, now=ctx.now)
        return Reply((Text(_overview(ctx, summary)), *_influences(summary)), private=True)
    if not (influence or "").strip().removeprefix("genre:").removeprefix("person:").removeprefix("title:").strip():
        raise InvalidInput(_("Name a genre, a person or a title, as in: /profile block reality"))
    try:
        meant = await _meant(ctx, influence or "", change)
    except Ambiguous as error:
        options = tuple(Choice(label, _press(change, f"title:{ref}")) for label, ref in error.choices)
        return Reply((Choices(escape(str(error)), options),), private=True)
    await ctx.services.influences.turn(ctx.member, meant.subject, meant.value, _KINDS.get(change))
    summary = await ctx.services.recommending.profile(ctx.member, ctx.clearance, now=ctx.now)
    return Reply((Text(_turned(meant, change)), *_influences(summary)), private=True)


async def _meant(ctx: Context, words: str, change: Change) -> Influence:
    """What is named: `genre:Horror`, `person:Jane Doe`, `title:movie:603`, or just its name.

    Raises: NotFound, Ambiguous.
    """
    subject, colon, value = words.strip().partition(":")
    if not colon or subject not in ("genre", "person", "title"):
        subject, value = "", words.strip()
    if change is Change.NORMAL and subject in ("genre", "person"):
        return Influence(subject, value, value, 0.0)  # may be taken back though nothing of it is here any more
    if subject in ("", "genre") and (genre := await _genre(ctx, value)):
        return Influence("genre", genre, genre, 0.0)
    if subject in ("", "person") and (person := await ctx.services.influences.person(value, ctx.clearance)):
        return Influence("person", person, person, 0.0)
    if subject in ("", "title"):
        title = await ctx.title(value)
        return Influence("title", str(title.id), title.name, 0.0, str(title.ref))
    raise NotFound(_("I know nothing called “{name}” here.").format(name=one_line(value, _LABEL)))


async def _genre(ctx: Context, name: str) -> str | None:
    """The genre as the catalogue writes it, by that name or by another that people use."""
    if exact := await ctx.services.influences.genre(name, ctx.clearance):
        return exact
    try:
        read = read_genre(name, near=False)
    except InvalidInput:
        return None
    return await ctx.services.influences.genre(read, ctx.clearance)


def _turned(meant: Influence, change: Change) -> str:
    name = f"**{_name(meant)}**"
    match change:
        case Change.BOOST:
            return _("{name} counts for more from now on.").format(name=name)
        case Change.BLOCK if meant.subject == "title":
            return _("{name} will not be suggested to you.").format(name=name)
        case Change.BLOCK:
            return _("Nothing with {name} will be suggested to you.").format(name=name)
        case Change.OFF if meant.subject == "title":
            return _("{name} says nothing about your taste any more.").format(name=name)
        case Change.OFF:
            return _("{name} counts for less from now on.").format(name=name)
        case _:
            return _("{name} counts as usual again.").format(name=name)


def _influences(summary: ProfileSummary) -> tuple[Part, ...]:
    """Each sort of influence with its presses; what was turned by hand comes last."""
    heads = {
        "title": _("Titles that count most: {names}"),
        "genre": _("Genres that count most: {names}"),
        "person": _("People who count most: {names}"),
    }
    parts: list[Part] = []
    for subject, head in heads.items():
        found = [one for one in summary.influences if one.subject == subject]
        if found:
            names = ", ".join(f"{_name(one)} {round(100 * one.weight)} %" for one in found)
            options = [choice for one in found for choice in _choices(one, Change.OFF, Change.BOOST)]
            parts.append(Choices(head.format(names=names), tuple(options)))
    if summary.changed:
        names = ", ".join(f"{_name(one)} ({_state(one)})" for one in summary.changed)
        options = [choice for one in summary.changed for choice in _choices(one, Change.NORMAL, *_further(one))]
        parts.append(Choices(_("Changed by hand: {names}").format(names=names), tuple(options)))
    return tuple(parts)


def _further(one: Influence) -> tuple[Change, ...]:
    """What lies beyond: something that is off may be kept away altogether."""
    return (Change.BLOCK,) if one.kind is OverrideKind.SUPPRESS else ()


def _choices(one: Influence, *changes: Change) -> list[Choice]:
    words = {Change.OFF: _("off"), Change.BOOST: _("more"), Change.BLOCK: _("never"), Change.NORMAL: _("as usual")}
    label = genre_name(one_line(one.name, _LABEL)) if one.subject == "genre" else one_line(one.name, _LABEL)
    what = f"{one.subject}:{one.ref or one.value}"
    return [Choice(f"{label}: {words[change]}", _press(change, what)) for change in changes]


def _press(change: Change, what: str) -> Action:
    return Action("profile", {"change": change.value, "influence": what})


def _state(one: Influence) -> str:
    states = {OverrideKind.BOOST: _("more"), OverrideKind.SUPPRESS: _("off"), OverrideKind.BLOCK: _("never")}
    return states[one.kind] if one.kind else ""


def _name(one: Influence) -> str:
    name = one_line(one.name, _LABEL)
    return escape(genre_name(name) if one.subject == "genre" else name)


def _overview(ctx: Context, summary: ProfileSummary) -> str:
    """Counts, and per domain what is liked."""
    name = escape(ctx.member.name)
    watched = ngettext("{n} title watched", "{n} titles watched", summary.watched).format(n=summary.watched)
    rated = ngettext("{n} rated", "{n} rated", summary.rated).format(n=summary.rated)
    blocks = [f"**{name}**: {watched}, {rated}."]
    if summary.cold_start:
        blocks.append(_("I know little about your taste yet: take the /quiz or rate some titles, and it gets better."))
    blocks.extend(_domain(domain) for domain in summary.domains if domain.watched)
    return "\n\n".join(blocks)


def _domain(domain: DomainSummary) -> str:
    names = {Domain.FILMS: _("Films"), Domain.SERIES: _("TV series"), Domain.ANIME: _("Anime")}
    lines = [f"**{names[domain.domain]}** ({domain.watched})"]
    if domain.genres:
        lines.append("- " + _("Genres: {names}").format(names=_weighted(domain.genres, genre=True)))
    if domain.people:
        lines.append("- " + _("People: {names}").format(names=_weighted(domain.people)))
    for cluster in domain.clusters:
        titles = ", ".join(escape(one_line(title, 80)) for title in cluster[:4])
        if titles:
            lines.append("- " + _("A mood of yours: {titles}").format(titles=titles))
    return "\n".join(lines)


def _weighted(items: tuple[tuple[str, float], ...], *, genre: bool = False) -> str:
    """Names, strongest first, with their weight when it is a share."""
    written = []
    for name, weight in items[:_SHOWN]:
        label = escape(genre_name(one_line(name, 60)) if genre else one_line(name, 60))
        written.append(f"{label} {round(100 * weight)} %" if 0 < weight <= 1 else label)
    return ", ".join(written)
