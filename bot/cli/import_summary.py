"""What became of an import, in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from bot.i18n import gettext as _
from bot.i18n import ngettext
from bot.ports.imports import Flaw
from bot.services.catalogue_import import CatalogueSummary
from bot.services.history_import import HistorySummary

_LONGEST_LIST = 5


def catalogue_lines(summaries: Sequence[CatalogueSummary]) -> Iterator[str]:
    """A line per file, and one for each thing to know about it."""
    for summary in summaries:
        if summary.has_titles:
            yield _("{file} – titles: {added} new, {changed} completed, {unchanged} already there").format(
                file=summary.file,
                added=_count(summary.added),
                changed=_count(summary.changed),
                unchanged=_count(summary.unchanged),
            )
        else:
            yield _("{file} – details: {changed} titles completed, {unchanged} already there").format(
                file=summary.file, changed=_count(summary.changed), unchanged=_count(summary.unchanged)
            )
        if summary.without_overview:
            yield "  " + ngettext(
                "{count} of its titles has no plot.", "{count} of its titles have no plot.", summary.without_overview
            ).format(count=_count(summary.without_overview))
        yield from _remarks(summary.resumed, summary.notes, summary.findings, summary.report)


def history_lines(summary: HistorySummary) -> Iterator[str]:
    """What came in, what was there, what is missing."""
    if summary.new_people:
        shown = ", ".join(summary.new_people[:_LONGEST_LIST])
        more = len(summary.new_people) - _LONGEST_LIST
        names = _("{names} and {count} more").format(names=shown, count=_count(more)) if more > 0 else shown
        yield ngettext(
            "{names} was not known and has been created.",
            "{names} were not known and have been created.",
            len(summary.new_people),
        ).format(names=names)
    yield _("{file} – plays: {plays} new, {known_plays} already there").format(
        file=summary.file, plays=_count(summary.new_plays), known_plays=_count(summary.plays - summary.new_plays)
    )
    yield "  " + _("ratings: {ratings} new, {known_ratings} already there").format(
        ratings=_count(summary.new_ratings), known_ratings=_count(summary.ratings - summary.new_ratings)
    )
    if summary.likes:
        yield "  " + _("likes: {likes} new, {known_likes} already there").format(
            likes=_count(summary.new_likes), known_likes=_count(summary.likes - summary.new_likes)
        )
    if summary.new_titles:
        yield "  " + ngettext(
            "{count} title was missing in the catalogue and has been added.",
            "{count} titles were missing in the catalogue and have been added.",
            summary.new_titles,
        ).format(count=_count(summary.new_titles))
    yield from _remarks(summary.resumed, summary.notes, summary.findings, summary.report)


def _remarks(resumed: int, notes: Sequence[str], findings: Mapping[Flaw, int], report: Path | None) -> Iterator[str]:
    if resumed:
        yield "  " + _("An earlier run had stopped half-way; this one went on after record {record}.").format(
            record=_count(resumed)
        )
    for note in notes:
        yield "  " + note
    if report is not None:
        listed = ", ".join(f"{_count(count)} {_flaw(flaw)}" for flaw, count in sorted(findings.items()) if count)
        yield "  " + _("To look through ({findings}): {report}").format(findings=listed, report=report)


def _flaw(flaw: Flaw) -> str:
    return {
        Flaw.BAD: _("unreadable"),
        Flaw.PARTIAL: _("read in part"),
        Flaw.SKIPPED: _("left out"),
        Flaw.UNMATCHED: _("not found in the catalogue"),
        Flaw.AMBIGUOUS: _("ambiguous"),
        Flaw.UNKNOWN: _("about titles that the catalogue lacks"),
        Flaw.CONFLICT: _("with the id of another title"),
    }[flaw]


def _count(number: int) -> str:
    return f"{number:,}"
