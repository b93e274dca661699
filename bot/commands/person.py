"""/profile: what the bot thinks somebody likes."""

from __future__ import annotations

from bot.chat.command import command
from bot.chat.plain import escape, one_line
from bot.chat.reply import Reply, Text
from bot.commands.context import Context
from bot.explanations.phrases import genre_name
from bot.i18n import gettext as _
from bot.i18n import ngettext
from bot.model.recommendation import DomainSummary
from bot.model.titles import Domain

_SHOWN = 6


@command("profile", "Show what I think you like", private=True)
async def profile(ctx: Context) -> Reply:
    """Counts, and per domain the strongest influences first."""
    summary = await ctx.services.recommending.profile(ctx.member, now=ctx.now)
    name = escape(ctx.member.name)
    watched = ngettext("{n} title watched", "{n} titles watched", summary.watched).format(n=summary.watched)
    rated = ngettext("{n} rated", "{n} rated", summary.rated).format(n=summary.rated)
    blocks = [f"**{name}**: {watched}, {rated}."]
    if summary.cold_start:
        blocks.append(_("I know little about your taste yet: rate or like a few titles and this gets better."))
    blocks.extend(_domain(domain) for domain in summary.domains if domain.watched)
    return Reply((Text("\n\n".join(blocks)),), private=True)


def _domain(domain: DomainSummary) -> str:
    names = {Domain.FILMS: _("Films"), Domain.SERIES: _("Series"), Domain.ANIME: _("Anime")}
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
