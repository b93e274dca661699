"""Titles as cards: what a title is, what speaks for it, what can be done with it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.chat.plain import escape, one_line
from bot.chat.reply import Action, Button, Card, Fact, Style
from bot.explanations.phrases import genre_name
from bot.i18n import gettext as _
from bot.i18n import ngettext
from bot.model.recommendation import Pick
from bot.model.titles import Kind, Role, Title

MAX_TITLE = 150
MAX_OVERVIEW = 700
_GENRES_SHOWN = 3


def pick_card(pick: Pick, explanation: str, member_lines: Sequence[str] = (), *, anyone: bool = False) -> Card:
    """A recommended title with its sentence; for a group, a line per person. `anyone`: everybody there may press."""
    facts = [Fact(_("Match"), f"{pick.match} %"), Fact(_("Confidence"), _confidence(pick.confidence))]
    return Card(
        ref=str(pick.title.ref),
        title=display_name(pick.title),
        subtitle=subtitle(pick.title),
        body="\n".join([explanation, *(f"- {line}" for line in member_lines)]),
        image_url=pick.title.facts.poster_url,
        facts=(*facts, availability(pick.in_library)),
        link=pick.title.facts.page_url,
        buttons=title_buttons(pick.title, anyone=anyone),
    )


def title_card(title: Title) -> Card:
    """A title by itself, with its overview and who made it."""
    facts = title.facts
    people = _people(title)
    overview = escape(one_line(facts.overview, MAX_OVERVIEW))
    return Card(
        ref=str(title.ref),
        title=display_name(title),
        subtitle=subtitle(title),
        body="\n\n".join(part for part in (overview, people) if part),
        image_url=facts.poster_url,
        facts=(availability(bool(title.libraries)),),
        link=facts.page_url,
        buttons=title_buttons(title),
    )


def title_buttons(title: Title, *, anyone: bool = False) -> tuple[Button, ...]:
    """What can be done with every title."""
    args = {"title": str(title.ref)}
    return (
        Button(_("Why?"), Action("why", args, anyone=anyone), Style.PRIMARY),
        Button(_("Seen it"), Action("seen", args, anyone=anyone)),
        Button(_("Not for me"), Action("hide", args, anyone=anyone)),
        Button(_("More like this"), Action("similar", args, anyone=anyone)),
    )


def display_name(title: Title) -> str:
    """Title and year on one line, cleaned; plain text."""
    return one_line(title.name, MAX_TITLE)


def completion_label(title: Title) -> str:
    """Title and year with who made it, to tell namesakes apart while somebody types; plain text."""
    directors = sorted((c for c in title.facts.credits if c.role is Role.DIRECTOR), key=lambda c: c.order)
    return " · ".join(part for part in (display_name(title), *(one_line(c.name, 40) for c in directors[:1])) if part)


def subtitle(title: Title) -> str:
    """Running time or seasons, and genres."""
    facts = title.facts
    genres = ", ".join(genre_name(one_line(genre, 40)) for genre in facts.genres[:_GENRES_SHOWN])
    return " · ".join(part for part in (_length(title), genres) if part)


def availability(in_library: bool) -> Fact:
    """Whether it can be watched now."""
    return Fact(_("Status"), _("in the library") if in_library else _("can be requested"))


def _length(title: Title) -> str:
    facts = title.facts
    if facts.kind is Kind.SERIES:
        seasons = ngettext("{n} season", "{n} seasons", facts.seasons).format(n=facts.seasons) if facts.seasons else ""
        return seasons or _("Series")
    if not facts.runtime or facts.runtime < 0:
        return ""
    hours, minutes = divmod(facts.runtime, 60)
    return _("{hours} h {minutes} min").format(hours=hours, minutes=minutes) if hours else f"{minutes} min"


def _confidence(level: str) -> str:
    return {"high": _("high"), "medium": _("medium"), "low": _("low")}.get(level, level)


def _people(title: Title) -> str:
    def named(role: Role, limit: int) -> str:
        credits = sorted((c for c in title.facts.credits if c.role is role), key=lambda c: c.order)
        return ", ".join(dict.fromkeys(escape(one_line(c.name, 60)) for c in credits[:limit]))

    directors, cast = named(Role.DIRECTOR, 2), named(Role.CAST, 4)
    made = _("Created by {names}.") if title.facts.kind is Kind.SERIES else _("Directed by {names}.")
    lines = [made.format(names=directors)] if directors else []
    if cast:
        lines.append(_("With {names}.").format(names=cast))
    return " ".join(lines)
