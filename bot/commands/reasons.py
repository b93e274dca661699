"""Commands that give reasons: /why, /whynot."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from bot.chat.command import Help, TitleName, command
from bot.chat.plain import escape
from bot.chat.reply import Reply, Text
from bot.commands.context import Context
from bot.errors import InvalidInput
from bot.i18n import gettext as _
from bot.model.feedback import LogEntry
from bot.model.recommendation import Mode, Reason, ReasonType, WhyAnswer
from bot.model.titles import Title


@command("why", "Tell why I suggested a title")
async def why(
    ctx: Context, title: Annotated[TitleName | None, Help("A title, or its number in my last answer")] = None
) -> Reply:
    """Everything that speaks for a title, with its share, and what speaks against it."""
    answer = await _ask(ctx, await _title(ctx, title))
    explainer = ctx.services.explainer
    blocks = [_head(answer)]
    about_taste = True
    shown = await ctx.services.feedback.last_shown(ctx.member, answer.title.id, ctx.conversation.key)
    if shown is not None and answer.pick is not None:
        # What was asked for then, a mood or a group, is not what the plain taste of today would say.
        blocks.append(shown.explanation)
        answer = replace(answer, pick=replace(answer.pick, reasons=_as_logged(shown)))
        about_taste = shown.mode not in (Mode.SIMILAR, Mode.BECAUSE)
    if positives := explainer.reasons(answer, personal=ctx.personal, about_taste=about_taste):
        blocks.append(_bullets(positives))
    elif answer.pick is not None:
        blocks.append(_("Nothing in particular speaks for it; it simply scores well among the titles here."))
    removed = explainer.removed(answer)
    if removed:
        blocks.append(_("I would not suggest it to you now: {reason}").format(reason=removed))
    if ctx.personal and (negatives := explainer.negatives(answer)):
        blocks.append(_("What speaks against it:") + "\n" + _bullets(negatives))
    return Reply((Text("\n\n".join(blocks)),))


@command("whynot", "Tell why I did not suggest a title")
async def whynot(ctx: Context, title: Annotated[TitleName, Help("A title")]) -> Reply:
    """The rule that keeps a title out, and every negative signal with its number."""
    answer = await _ask(ctx, await _title(ctx, title))
    explainer = ctx.services.explainer
    blocks = [_head(answer)]
    removed = explainer.removed(answer)
    negatives = explainer.negatives(answer) if ctx.personal else ()
    if removed:
        blocks.append(removed)
    if negatives:
        blocks.append(_("What speaks against it:") + "\n" + _bullets(negatives))
    if not removed and not negatives:
        blocks.append(_("Nothing speaks against it; other titles simply suit you better."))
    return Reply((Text("\n\n".join(blocks)),))


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


def _head(answer: WhyAnswer) -> str:
    name = f"**{escape(answer.title.name)}**"
    if answer.pick is None:
        return name
    return _("{title}: match {match} %").format(title=name, match=answer.pick.match)


def _bullets(lines: tuple[str, ...]) -> str:
    return "\n".join(f"- {line}" for line in lines)
