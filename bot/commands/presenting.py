"""From an answer of the recommender to a reply; records what was shown, and remembers it for the next turn."""

from __future__ import annotations

from dataclasses import asdict

from bot.cards.titles import pick_card
from bot.chat.plain import escape, one_line
from bot.chat.reply import Action, Choice, Choices, Part, Reply, Text
from bot.commands.context import Context
from bot.commands.request_cards import with_requests
from bot.explanations.phrases import listing
from bot.i18n import gettext as _
from bot.model.feedback import LogEntry
from bot.model.recommendation import Answer, Mode, Pick


async def present(ctx: Context, answer: Answer) -> Reply:
    """One card per pick under a line that says what was understood, and "More" at the end."""
    sentences = await ctx.services.explainer.tell(answer, personal=ctx.names_watched)
    anyone = answer.ask.mode is Mode.GROUP
    silent = await _without_line(ctx, answer)
    cards = [
        pick_card(pick, sentence, _member_lines(ctx, pick, silent), anyone=anyone)
        for pick, sentence in zip(answer.picks, sentences, strict=True)
    ]
    cards = await with_requests(ctx, cards, [pick.title for pick in answer.picks], anyone=anyone)
    await _record(ctx, answer, sentences)
    shown = tuple((pick.title.id, str(pick.title.ref)) for pick in answer.picks)
    ctx.conversation.memory = ctx.conversation.memory.after_answer(answer.ask, shown)
    parts: list[Part] = [Text(heading(answer)), *cards]
    if answer.more:
        parts.append(Choices("", (Choice(_("More"), Action("more")),)))
    return Reply(tuple(parts))


def heading(answer: Answer) -> str:
    """What was asked and how it was understood, in one line."""
    ask = answer.ask
    query = escape(one_line(ask.query or "", 120))
    seed = f"**{escape(one_line(answer.seed.name, 120))}**" if answer.seed else ""
    names = listing([escape(member.name) for member in (answer.member, *answer.companions)])
    match ask.mode:
        case Mode.MOOD:
            line = _("For “{query}”:").format(query=query)
        case Mode.GROUP:
            line = _("For {names}, and new to all of you:").format(names=names)
        case Mode.SIMILAR | Mode.BECAUSE:
            line = _("Close to {title}:").format(title=seed)
        case Mode.GRAB:
            line = _("Not in the library yet, and worth asking for, {name}:").format(name=names)
        case Mode.REDISCOVER:
            line = _("Worth watching again, {name}:").format(name=names)
        case Mode.SHUFFLE:
            line = _("A draw from what suits you, {name}:").format(name=names)
        case Mode.TONIGHT:
            line = _("For you tonight, {name}:").format(name=names)
    remarks = []
    if answer.interpreted:
        read = ", ".join(escape(one_line(word, 60)) for word in answer.interpreted)
        remarks.append(_("I read this as: {words}.").format(words=read))
    if answer.cold_start:
        remarks.append(_("I know little about your taste yet: take the /quiz or rate some titles, and it gets better."))
    return " ".join([line, *remarks])


async def _without_line(ctx: Context, answer: Answer) -> frozenset[str]:
    """The names of those who want no line of their own."""
    if ctx.services.privacy is None:
        return frozenset()
    return await ctx.services.privacy.without_group_line((answer.member, *answer.companions))


def _member_lines(ctx: Context, pick: Pick, silent: frozenset[str]) -> list[str]:
    """How a group pick serves each person; what others have watched is named to nobody."""
    lines = []
    for fit in pick.per_member:
        if fit.name in silent:
            continue
        personal = ctx.names_watched and fit.name == ctx.member.name
        words = ctx.services.explainer.member_line(pick.title, fit, personal=personal)
        lines.append(f"**{escape(fit.name)}** {fit.match} %: {words}")
    return lines


async def _record(ctx: Context, answer: Answer, sentences: tuple[str, ...]) -> None:
    entries = [
        LogEntry(
            member_id=ctx.member.id,
            title_id=pick.title.id,
            conversation=ctx.conversation.key,
            mode=str(answer.ask.mode),
            pipeline=answer.pipeline,
            rank=rank,
            score=pick.score,
            reasons=tuple(asdict(reason) for reason in pick.reasons),
            explanation=sentence,
            shown_at=ctx.now,
        )
        for rank, (pick, sentence) in enumerate(zip(answer.picks, sentences, strict=True), start=1)
    ]
    await ctx.services.feedback.shown(entries)
