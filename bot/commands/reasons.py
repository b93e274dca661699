"""Commands that give reasons: /why, /whynot."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from bot.chat.command import Help, TitleName, command
from bot.chat.plain import escape, one_line
from bot.chat.reply import Action, Choice, Choices, Reply, Text
from bot.commands.cards import unfolded
from bot.commands.context import Context
from bot.errors import InvalidInput
from bot.explanations.phrases import decimal, grouped
from bot.i18n import gettext as _
from bot.model.feedback import LogEntry
from bot.model.recommendation import Mode, NegativeType, Reason, ReasonType, WhyAnswer
from bot.model.titles import Title

_PLAIN = frozenset([Mode.TONIGHT, Mode.GRAB, Mode.REDISCOVER, Mode.SHUFFLE])  # nothing was asked for but a pick
_OWN_WORD = frozenset(["hidden", "disliked", "blocked"])  # filters that the person set up and may set aside


@command("why", "Tell why I suggested a title", section="find")
async def why(
    ctx: Context, title: Annotated[TitleName | None, Help("A title, or its number in my last answer")] = None
) -> Reply:
    """Everything that speaks for a title, with its share, and what speaks against it."""
    answer = await _ask(ctx, await _title(ctx, title))
    explainer = ctx.services.explainer
    shown = await ctx.services.feedback.last_shown(ctx.member, answer.title.id, ctx.conversation.key)
    # The match of the plain taste would contradict the one on a card that answered a mood, a title or a group.
    blocks = [_head(answer, with_match=shown is None or shown.mode == Mode.TONIGHT)]
    about_taste = True
    if shown is not None and answer.pick is not None:
        answer = replace(answer, pick=replace(answer.pick, reasons=_as_logged(shown)))
        about_taste = shown.mode not in (Mode.SIMILAR, Mode.BECAUSE)
    told = await explainer.tell_why(answer, personal=ctx.personal, about_taste=about_taste)
    if shown is not None and answer.pick is not None and (told is None or shown.mode not in _PLAIN):
        # What was asked for then, a mood or a group, is not what the plain taste of today would say.
        blocks.append(shown.explanation)
    if told is not None:
        blocks.append(told)
    if positives := explainer.reasons(answer, personal=ctx.personal, about_taste=about_taste):
        blocks.append(_bullets(positives))
    elif answer.pick is not None:
        blocks.append(_("Nothing in particular speaks for it; it simply scores well among the titles here."))
    if removed := explainer.removed(answer, personal=ctx.personal):
        blocks.append(_("I would not suggest it to you now: {reason}").format(reason=" ".join(removed)))
    if ctx.personal and (negatives := explainer.negatives(answer, personal=True)):
        blocks.append(_("What speaks against it:") + "\n" + _bullets(negatives))
    # On the card itself its name and match stand already.
    return await unfolded(ctx, "\n\n".join(blocks[1:])) or Reply((Text("\n\n".join(blocks)),))


@command("whynot", "Tell why I did not suggest a title", section="find")
async def whynot(
    ctx: Context,
    title: Annotated[TitleName, Help("A title")],
    *,
    anyway: Annotated[bool, Help("Recommend it whatever speaks against it")] = False,
) -> Reply:
    """Every filter that keeps a title out, where it ranks, and what speaks against it with its number."""
    found = await _title(ctx, title)
    if anyway:
        return await _insist(ctx, found)
    answer = await _ask(ctx, found)
    explainer = ctx.services.explainer
    removed = explainer.removed(answer, personal=ctx.personal)
    negatives = explainer.negatives(answer, personal=ctx.personal)
    blocks = [_head(answer), *removed]
    if answer.rank is not None:
        blocks.append(_standing(answer))
    if negatives:
        blocks.append(_("What speaks against it:") + "\n" + _bullets(negatives))
    if not removed and not negatives:
        blocks.append(_("Nothing speaks against it; other titles simply suit you better."))
    text = "\n\n".join(blocks)
    options = await _objections(ctx, answer)
    return Reply((Choices(text, options),) if options else (Text(text),))


def _standing(answer: WhyAnswer) -> str:
    """Where the title ranks, and what it would have needed."""
    numbers = {"rank": grouped(str(answer.rank)), "n": grouped(str(answer.eligible))}
    score, needed = decimal(f"{answer.score:.2f}"), decimal(f"{answer.needed:.2f}")
    if answer.score >= answer.needed:
        return _("It ranks {rank} of {n} for you, with a score of {score}.").format(score=score, **numbers)
    return _("It ranks {rank} of {n} for you: its score is {score}, and the last of my picks has {needed}.").format(
        score=score, needed=needed, **numbers
    )


async def _objections(ctx: Context, answer: WhyAnswer) -> tuple[Choice, ...]:
    """What the person may say to it: that it is to come all the same, and that they liked it, or what it is like."""
    ref = str(answer.title.ref)
    options = []
    if set(answer.removed_by) <= _OWN_WORD:
        options.append(Choice(_("Recommend it anyway"), Action("whynot", {"title": ref, "anyway": True})))
    if not ctx.personal:
        return tuple(options)
    if "liked" not in answer.removed_by:
        options.append(Choice(_("I actually liked this"), Action("like", {"title": ref})))
    for negative in answer.negatives:
        if negative.type is NegativeType.ANTI_PROFILE and negative.key.isdecimal():
            disliked = await ctx.services.titles.by_id(int(negative.key), ctx.clearance)
            label = _("I actually liked {title}").format(title=one_line(disliked.name, 60))
            options.append(Choice(label, Action("like", {"title": str(disliked.ref)})))
    return tuple(options)


async def _insist(ctx: Context, title: Title) -> Reply:
    """Set aside what the person said against a title and lift it over everything else; say what still holds it back."""
    await ctx.services.feedback.insist(ctx.member, title.id, ctx.now)
    answer = await _ask(ctx, title)
    name = f"**{escape(answer.title.name)}**"
    if removed := ctx.services.explainer.removed(answer, personal=ctx.personal):
        still = _("I have noted that you want {title}, but it still stays away: {reason}")
        return Reply((Text(still.format(title=name, reason=" ".join(removed))),))
    done = _("{title} will come up for you, whatever speaks against it. /profile shows it and takes it back.")
    return Reply((Text(done.format(title=name)),))


async def _title(ctx: Context, text: str | None) -> Title:
    memory = ctx.conversation.memory
    if text is None:
        text = memory.focus or (memory.shown[0] if memory.shown else None)
    if text is None:
        raise InvalidInput(_("Which title do you mean? Write /why and its name."))
    return await ctx.title(text)


async def _ask(ctx: Context, title: Title) -> WhyAnswer:
    await ctx.services.feedback.touched(ctx.member, title.id)
    return await ctx.services.recommending.why(ctx.member, ctx.clearance, title.id, now=ctx.now)


def _as_logged(entry: LogEntry) -> tuple[Reason, ...]:
    """The reasons of the log; types that are not known any more are left out."""
    known = {kind.value for kind in ReasonType}
    return tuple(
        Reason(ReasonType(logged["type"]), str(logged["key"]), str(logged["name"]), float(logged["weight"]))
        for logged in entry.reasons
        if logged.get("type") in known
    )


def _head(answer: WhyAnswer, *, with_match: bool = True) -> str:
    name = f"**{escape(answer.title.name)}**"
    if answer.pick is None or not with_match:
        return name
    return _("{title}: match {match} %").format(title=name, match=answer.pick.match)


def _bullets(lines: tuple[str, ...]) -> str:
    return "\n".join(f"- {line}" for line in lines)
