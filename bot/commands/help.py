"""/help, made from the declarations."""

from __future__ import annotations

from typing import Annotated, Any

from bot.chat.binding import usage
from bot.chat.command import CommandSpec, Help, Rest, command
from bot.chat.parse import find_command
from bot.chat.plain import escape
from bot.chat.reply import Action, Choice, Choices, Reply, Text
from bot.commands.context import Context
from bot.i18n import gettext as _


@command("help", "Show what I can do", section="you")
async def help_(ctx: Context, name: Annotated[str | None, Help("A command to explain")] = None) -> Reply:
    """All commands by what they are for, or one of them in full."""
    if name:
        return Reply((Text(_one(find_command(name.lstrip("/!"), ctx.commands))),))
    admin = await ctx.services.accounts.is_admin(ctx.member)
    heads = {"find": _("Find something"), "tell": _("Tell me"), "you": _("About you"), "admin": _("For administrators")}
    blocks = []
    for section, head in heads.items():
        shown = [spec for spec in ctx.commands if not spec.hidden and (admin or not spec.admin)]
        listed = [spec for spec in shown if (spec.section or "find") == section]
        if listed:
            lines = (f"- `/{spec.name}` {escape(_(spec.help))}" for spec in listed)
            blocks.append("\n".join([f"**{head}**", *lines]))
    words = _(
        "Or say in your own words what you are in the mood for. After an answer: a number for details, “more”, "
        "“why the second?”, “funnier”. /help and a command explains it."
    )
    return Reply((Text("\n\n".join(blocks)), Text(words)))


@command("start", "Say hello", section="you")
async def start(
    ctx: Context,
    payload: Annotated[str | None, Rest("What a link to this conversation carries along")] = None,  # noqa: ARG001
) -> Reply:
    """The first contact: what to try, in a few lines, with a button for each."""
    hello = _("Hello {name}! I suggest films and series that suit you.").format(name=f"**{escape(ctx.member.name)}**")
    words = _("Say what you are in the mood for, as in “a slow heist film from the 70s”, or press one of these.")
    options = (
        Choice(_("Suggest something"), Action("recommend")),
        Choice(_("Pick titles that I love"), Action("quiz")),
        Choice(_("Show what you can do"), Action("help")),
    )
    return Reply((Choices(f"{hello}\n\n{words}", options),))


def _one(spec: CommandSpec[Any]) -> str:
    lines = [f"`{usage(spec)}`", escape(_(spec.help))]
    if spec.admin:
        lines.append(_("For administrators only."))
    if spec.private:
        lines.append(_("The answer is for your eyes only."))
    described = [parameter for parameter in spec.parameters if parameter.help]
    lines.append("\n".join(f"- `{parameter.name}` {escape(_(parameter.help))}" for parameter in described))
    return "\n\n".join(line for line in lines if line)
