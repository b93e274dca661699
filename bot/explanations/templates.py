"""The template tier: reasons to sentences, without a model.

The strongest reasons choose the section, the person and the title the sentence in it; within one answer no sentence
is used twice, and none begins like another, while there is a choice; sections take turns. So five cards do not sound
alike.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations
from typing import TypeAlias
from zlib import crc32

from jinja2 import Template

from bot.chat.plain import escape, one_line
from bot.explanations.book import Book, load_book
from bot.explanations.phrases import capital, opening
from bot.explanations.values import (
    OWN_FILTERS,
    PEOPLE,
    PERSONAL,
    against,
    is_public,
    one_value,
    section_type,
    share,
    usable,
    values_of,
)
from bot.i18n import current_locale
from bot.model.recommendation import Answer, MemberFit, Mode, Pick, Reason, WhyAnswer
from bot.model.titles import Title

_STRONGEST = 3  # reasons that compete for the sentence
_WEAK = 0.25  # of the strongest: weaker reasons are not worth a sentence of their own
_IMPERSONAL = frozenset(["popular", "quality", "context", "fresh"])
_IMPERSONAL_SHARE = 0.25
_GREAT_FIT, _GOOD_FIT = 90, 60  # percentiles of a member's own ranking


_Section: TypeAlias = tuple[str, tuple[Template, ...], tuple[str, ...]]  # name, sentences, reasons


@dataclass(slots=True)
class _Used:
    """What the cards of one answer have said so far."""

    names: Counter[str] = field(default_factory=Counter)  # sections
    texts: Counter[str] = field(default_factory=Counter)
    openings: Counter[str] = field(default_factory=Counter)


class TemplateExplainer:
    """Says why, in the language of the turn."""

    async def tell(self, answer: Answer, *, personal: bool, day: date | None = None) -> tuple[str, ...]:
        """One sentence per pick, by the best means there are; here those are the templates."""
        return self.explain(answer, personal=personal, day=day)

    async def tell_why(self, answer: WhyAnswer, *, personal: bool, about_taste: bool = True) -> str | None:  # noqa: ARG002
        """What `reasons` list, told in a few sentences; None where nothing does that better than the list itself."""
        return None

    def explain(self, answer: Answer, *, personal: bool, day: date | None = None) -> tuple[str, ...]:
        """One sentence per pick. `personal`: the words may name titles that the member watched.

        The same member, title and day give the same words.
        """
        book = load_book(current_locale())
        used = _Used()
        return tuple(self._sentence(book, answer, pick, used, personal, day) for pick in answer.picks)

    def member_line(self, title: Title, fit: MemberFit, *, personal: bool) -> str:
        """A few words on why a group pick suits one of the group."""
        book = load_book(current_locale())
        reasons = usable(fit.reasons, personal=personal)
        types = list(dict.fromkeys(section_type(reason) for reason in reasons))
        values = values_of(reasons, title, None)
        words = [_first(book, "line", kind, {**values, "person": values.get(kind, "")}) for kind in types[:_STRONGEST]]
        words = [word for word in words if word][:2]
        level = "great" if fit.match >= _GREAT_FIT else "good" if fit.match >= _GOOD_FIT else "fair"
        return ", ".join(words) or _first(book, "line", level, {})

    def reasons(self, answer: WhyAnswer, *, personal: bool, about_taste: bool = True) -> tuple[str, ...]:
        """Every reason for a title with its share, strongest first.

        `about_taste`: the reasons say what the member likes; else (in an answer to "similar") only what the title is.
        """
        if answer.pick is None:
            return ()
        book = load_book(current_locale())
        told = [
            reason
            for reason in answer.pick.reasons
            if reason.weight > 0 and reason.type != "group_member" and (personal or reason.type not in PERSONAL)
        ]
        return self._lines(book, "why" if about_taste else "line", told, answer.title)

    def negatives(self, answer: WhyAnswer, *, personal: bool) -> tuple[str, ...]:
        """Everything that speaks against a title, each with its number. `personal`: also what lies in the member."""
        book = load_book(current_locale())
        told = [negative for negative in answer.negatives if personal or is_public(negative)]
        lines = [_first(book, "minus", str(one.type), against(one, answer.title)) for one in told]
        return tuple(dict.fromkeys(capital(line) for line in lines if line))

    def removed(self, answer: WhyAnswer, *, personal: bool) -> tuple[str, ...]:
        """Every filter that keeps the title out; those of the member's own are told to the member alone."""
        book = load_book(current_locale())
        lines = []
        for name in answer.removed_by:
            kind = "private" if name in OWN_FILTERS and not personal else name
            values = {**values_of((), answer.title, None), "name": escape(one_line(name, 80))}
            lines.append(_first(book, "removed", kind, values) or _first(book, "removed", "default", values))
        return tuple(dict.fromkeys(lines))

    def _sentence(self, book: Book, answer: Answer, pick: Pick, used: _Used, personal: bool, day: date | None) -> str:
        reasons = usable(pick.reasons, personal=personal)
        values = values_of(reasons, pick.title, answer)
        sections = list(_sections(book, answer, reasons, values))
        # The best section is left for the next one only after it has been used more often.
        sections = [
            sections[at] for at in sorted(range(len(sections)), key=lambda at: (used.names[sections[at][0]], at))
        ]
        # The first choice that does not begin like another card; a weaker section is better than an echo.
        name, sentence, echo = "", "", (len(answer.picks) + 1, 0)
        for told_name, told in self._candidates(book, answer, pick, sections, values, day):
            heard = (used.texts[told], used.openings[opening(told)])
            if heard < echo:
                name, sentence, echo = told_name, told, heard
            if heard == (0, 0):
                break
        used.names[name] += 1
        used.texts[sentence] += 1
        used.openings[opening(sentence)] += 1
        return sentence

    @staticmethod
    def _candidates(
        book: Book,
        answer: Answer,
        pick: Pick,
        sections: Sequence[_Section],
        values: Mapping[str, object],
        day: date | None,
    ) -> Iterator[tuple[str, str]]:
        """(section, sentence) in the order of preference, each section begun where member, title and day say."""
        for name, templates, mix in sections:
            spoken = {**values, "person": next((values[kind] for kind in mix if kind in PEOPLE), "")}
            start = crc32(f"{answer.member.id}:{pick.title.ref}:{name}:{day or ''}".encode())
            for step in range(len(templates)):
                yield name, capital(book.render(templates[(start + step) % len(templates)], spoken))

    @staticmethod
    def _lines(book: Book, section: str, reasons: Sequence[Reason], title: Title) -> tuple[str, ...]:
        """One line per reason with its share; reasons that read the same are one."""
        shares: dict[str, float] = {}
        for reason in reasons:
            values = one_value(reason, title)
            kind = section_type(reason)
            values["person"] = values.get(kind, "")
            fallback = "" if section == "line" else _first(book, section, "default", values)
            text = _first(book, section, kind, values) or fallback
            if text:
                shares[capital(text)] = shares.get(capital(text), 0.0) + abs(reason.weight)
        return tuple(f"{text} ({share(weight)})" if weight >= 0.005 else text for text, weight in shares.items())


def _sections(
    book: Book, answer: Answer, reasons: Sequence[Reason], values: Mapping[str, object]
) -> Iterator[_Section]:
    """Sections that can be filled with the reasons they speak of, the most telling first; never none."""
    mode = str(answer.ask.mode)
    if answer.ask.mode is Mode.BECAUSE:
        mode = "similar"
    if (mode == "similar" and not values["seed"]) or (mode == "mood" and not values["query"]):
        mode = "tonight"
    ranked = sorted(reasons, key=_telling, reverse=True)
    telling = [reason for reason in ranked if _telling(reason) >= _telling(ranked[0]) * _WEAK]
    types = list(dict.fromkeys(section_type(reason) for reason in telling))[:_STRONGEST]
    # In an answer to "similar", the title that was named is the seed; it is no separate finding.
    plain_modes = ("",) if mode in ("tonight", "shuffle", "rediscover", "grab") else ()
    found = False
    for prefix in (mode, *plain_modes):
        for size in (2, 1):
            for mix in combinations(types, size):
                if templates := book.find(prefix, *mix):
                    found = True
                    yield f"{prefix}:{'+'.join(sorted(mix))}", templates, mix
    if templates := book.find("", mode) if mode not in ("tonight", "shuffle", "rediscover") or not found else ():
        yield mode, templates, ()
        found = True
    if not found:
        cold = book.find("", "cold_start") if answer.cold_start else ()
        yield ("cold_start", cold, ()) if cold else ("default", book.find("", "default"), ())


def _telling(reason: Reason) -> float:
    """How much a reason is worth a sentence: what is true for everybody says little about this person."""
    return reason.weight * (_IMPERSONAL_SHARE if reason.type in _IMPERSONAL else 1.0)


def _first(book: Book, section: str, kind: str, values: Mapping[str, object]) -> str:
    templates = book.find(section, kind)
    return book.render(templates[0], values) if templates else ""
