"""/quiz: titles that somebody loves and genres that they weigh, as a profile before any history."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace
from enum import StrEnum
from typing import Annotated

from bot.chat.command import Help, Range, Rest, command
from bot.chat.plain import escape, one_line
from bot.chat.reply import Action, Choice, Choices, Part, Reply, Text
from bot.commands.context import Context
from bot.commands.genres import read_genre
from bot.errors import Ambiguous, InvalidInput, NotFound
from bot.explanations.phrases import genre_name, listing
from bot.i18n import gettext as _
from bot.i18n import ngettext
from bot.model.titles import Title
from bot.services.quiz import ENOUGH, MAX_PAGES

_MAX_TYPED = 30  # titles at once
_LABEL = 80
_GENRES = 16
_WEIGHED = re.compile(r"[\s,;]*([^=:,;]+?)\s*[=:]\s*([^\s,;=:]+)")
_LOVE = frozenset(["love", "loved", "yes", "liebe", "ja", "adore", "oui"])
_NEUTRAL = frozenset(["neutral", "egal", "neutre"])
_NOT = frozenset(["not", "no", "never", "hate", "nein", "nie", "non", "jamais"])


class Step(StrEnum):
    """What a press or a typed call does. The words are such that hardly a title begins with them."""

    PICK = "pick"
    TAKE_BACK = "take-back"
    GO_ON = "go-on"
    GENRES = "genres"
    FINISH = "finish"
    START_OVER = "start-over"


@command("quiz", "Pick titles that you love, so that I know your taste", private=True, section="tell")
async def quiz(
    ctx: Context,
    step: Annotated[Step, Help("What to do")] = Step.PICK,
    words: Annotated[
        str | None, Rest("Titles you love, separated by commas; after genres: comedy=+1 horror=-1")
    ] = None,
    *,
    page: Annotated[int, Range(1, MAX_PAGES), Help("Which page of titles")] = 1,
) -> Reply:
    """Titles first, then genres. Every press counts at once; doing it again adds to it, starting over forgets it."""
    return replace(await _step(ctx, step, (words or "").strip(), page), replaces=ctx.pressed)


async def _step(ctx: Context, step: Step, words: str, page: int) -> Reply:
    match step:
        case Step.PICK:
            return await _pick(ctx, words, page)
        case Step.TAKE_BACK:
            titles = [await ctx.title(part) for part in _parts(words)]
            await ctx.services.quiz.take_back(ctx.member, [title.id for title in titles])
            return Reply(await _titles(ctx, page))
        case Step.GO_ON:
            return await _go_on(ctx, page)
        case Step.GENRES:
            if words:
                known = await ctx.services.quiz.genres(ctx.member, ctx.clearance)
                await ctx.services.quiz.weigh(ctx.member, read_weights(words, known))
            return Reply(await _genres(ctx))
        case Step.FINISH:
            return await _finished(ctx)
        case Step.START_OVER:
            await ctx.services.quiz.start_over(ctx.member)
            return Reply((Text(_("I have forgotten your answers; here we go again.")), *await _titles(ctx, 1)))


def read_weights(words: str, known: Collection[str] = ()) -> dict[str, float]:
    """ "comedy=+1 horror=-1" by genre, weights between -1 and 1; `known` are names of genres as the catalogue has them.

    Raises: InvalidInput.
    """
    weights: dict[str, float] = {}
    at = 0
    while match := _WEIGHED.match(words, at):
        weights[read_genre(match[1], known)] = _weight(match[2])
        at = match.end()
    if not weights or words[at:].strip(" ,;."):
        raise InvalidInput(_("Write genres with a number from -1 to 1, as in: /quiz genres comedy=+1 horror=-1"))
    return weights


def _weight(word: str) -> float:
    folded = word.casefold().replace("\u2212", "-")
    named = {**dict.fromkeys(_LOVE, 1.0), **dict.fromkeys(_NEUTRAL, 0.0), **dict.fromkeys(_NOT, -1.0)}
    if folded in named:
        return named[folded]
    try:
        value = float(folded) if folded.isascii() and len(folded) < 20 else None
    except ValueError:
        value = None
    if value is None or not -1 <= value <= 1:
        raise InvalidInput(
            _("A genre is weighed from -1 (not for me) to 1 (love), not “{word}”.").format(word=one_line(word, 20))
        )
    return value


async def _pick(ctx: Context, words: str, page: int) -> Reply:
    """Without words the page of titles; with words, what they name is picked and the rest is asked about."""
    if not words:
        return Reply(await _titles(ctx, page))
    found: dict[int, Title] = {}
    questions: list[Part] = []
    unknown: list[str] = []
    for part in await _names(ctx, words):
        try:
            title = await ctx.services.titles.resolve(part, ctx.clearance)
            found[title.id] = title
        except Ambiguous as error:
            options = tuple(Choice(label, _press(Step.PICK, ref, page)) for label, ref in error.choices)
            questions.append(Choices(escape(str(error)), options))
        except NotFound as error:
            unknown.append(escape(str(error)))
    if found:
        await ctx.services.quiz.pick(ctx.member, list(found), ctx.now)
    noted = listing([f"**{escape(one_line(title.name, _LABEL))}**" for title in found.values()])
    lines = [_("Noted: you love {titles}.").format(titles=noted)] if found else []
    if ctx.pressed is not None:
        lines = []  # the page that is drawn again names what is picked
    told = [Text(" ".join([*lines, *unknown]))] if lines or unknown else []
    return Reply((*told, *questions, *await _titles(ctx, page)))


async def _names(ctx: Context, words: str) -> list[str]:
    """The titles that are listed; a comma that belongs to a title does not part it."""
    parts = _parts(words)
    names: list[str] = []
    while parts:
        for length in range(min(4, len(parts)), 0, -1):
            name = ", ".join(parts[:length])
            if length == 1 or await _is_title(ctx, name):
                names.append(name)
                parts = parts[length:]
                break
    return names


async def _is_title(ctx: Context, name: str) -> bool:
    hits = await ctx.services.titles.search(name, ctx.clearance, limit=3)
    return any(name.casefold() in (hit.name.casefold(), hit.facts.title.casefold()) for hit in hits)


def _parts(words: str) -> list[str]:
    """The words between commas. Raises: InvalidInput, when there are too many."""
    parts = list(dict.fromkeys(part.strip() for part in re.split(r"[,;\n]", words) if part.strip()))
    if len(parts) > _MAX_TYPED:
        raise InvalidInput(_("Name at most {n} titles at once.").format(n=_MAX_TYPED))
    return parts


async def _titles(ctx: Context, page: int, notice: str = "") -> tuple[Part, ...]:
    """A page of titles, each a press to pick it or to take it back."""
    shown = await ctx.services.quiz.page(ctx.member, ctx.clearance, page, ctx.now)
    count = len(shown.picked)
    if not shown.titles and not count:
        return (Text(_("There are no titles here yet to choose among; name some that you love, separated by commas.")),)
    lines = [notice or _("Which of these do you love? Press as many as you like, or name others after /quiz.")]
    if count:
        names = ", ".join(escape(one_line(title.name, _LABEL)) for title in shown.picked)
        lines.append(ngettext("{n} picked: {names}.", "{n} picked: {names}.", count).format(n=count, names=names))
    picked = {title.id for title in shown.picked}
    options = [
        Choice(
            ("✓ " if title.id in picked else "") + one_line(title.name, _LABEL),
            _press(Step.TAKE_BACK if title.id in picked else Step.PICK, str(title.ref), shown.page),
        )
        for title in shown.titles
    ]
    if shown.more:
        options.append(Choice(_("Show others"), Action("quiz", {"page": shown.page + 1})))
    options.append(Choice(_("Done"), Action("quiz", {"step": Step.GO_ON.value, "page": shown.page})))
    if count:
        options.append(Choice(_("Start over"), Action("quiz", {"step": Step.START_OVER.value})))
    return (Choices("\n\n".join(lines), tuple(options)),)


def _press(step: Step, ref: str, page: int) -> Action:
    return Action("quiz", {"step": step.value, "words": ref, "page": page})


async def _go_on(ctx: Context, page: int) -> Reply:
    """To the genres, once enough titles are picked."""
    shown = await ctx.services.quiz.page(ctx.member, ctx.clearance, page, ctx.now)
    if (missing := ENOUGH - len(shown.picked)) > 0:
        notice = ngettext(
            "Nearly there: pick {n} more title, then I know enough to begin.",
            "Nearly there: pick {n} more titles, then I know enough to begin.",
            missing,
        )
        return Reply(await _titles(ctx, page, notice.format(n=missing)))
    return Reply(await _genres(ctx))


async def _genres(ctx: Context) -> tuple[Part, ...]:
    """Every genre a press that takes it one step on: neutral, love, not for me."""
    weights = await ctx.services.quiz.genres(ctx.member, ctx.clearance)
    shown = {*list(weights)[:_GENRES], *(genre for genre, weight in weights.items() if weight)}
    options = [
        Choice(
            f"{genre_name(one_line(genre, 60))}: {_weight_word(weight)}",
            Action("quiz", {"step": Step.GENRES.value, "words": f"{genre}={_next(weight):+g}"}),
        )
        for genre, weight in sorted(weights.items())
        if genre in shown and not set(genre) & set("=:,;")
    ]
    options.append(Choice(_("Done"), Action("quiz", {"step": Step.FINISH.value})))
    prompt = _("How do you like these genres? Each press goes one step on: neutral, love, not for me.")
    return (Choices(prompt, tuple(options)),)


def _next(weight: float) -> float:
    if weight > 0:
        return -1.0
    return 0.0 if weight < 0 else 1.0


def _weight_word(weight: float) -> str:
    if weight in (-1, 0, 1):
        return {-1: _("not for me"), 0: _("neutral"), 1: _("love")}[int(weight)]
    return f"{weight:+g}"


async def _finished(ctx: Context) -> Reply:
    """What was said, and where to go from here."""
    shown = await ctx.services.quiz.page(ctx.member, ctx.clearance, 1, ctx.now)
    weights = await ctx.services.quiz.genres(ctx.member, ctx.clearance)
    titles = ngettext("{n} title", "{n} titles", len(shown.picked)).format(n=len(shown.picked))
    weighed = sum(1 for weight in weights.values() if weight)
    genres = ngettext("{n} genre", "{n} genres", weighed).format(n=weighed)
    said = _("Thank you: I know {titles} that you love, and how you like {genres}. Doing the quiz again adds to it.")
    options = (
        Choice(_("Suggest something"), Action("recommend")),
        Choice(_("Pick more titles"), Action("quiz")),
        Choice(_("Start over"), Action("quiz", {"step": Step.START_OVER.value})),
    )
    return Reply((Choices(said.format(titles=titles, genres=genres), options),))
