"""/help, made from the declarations."""

from __future__ import annotations

from typing import Annotated, Any

from bot.chat.binding import usage
from bot.chat.command import CommandSpec, Help, command
from bot.chat.parse import find_command
from bot.chat.plain import escape
from bot.chat.reply import Reply, Text
from bot.commands.context import Context
from bot.i18n import gettext as _


@command("help", "Show what I can do", aliases=("start",))
async def help_(ctx: Context, name: Annotated[str | None, Help("A command to explain")] = None) -> Reply:
    """All commands, or one of them in full."""
    if name:
        return Reply((Text(_one(find_command(name.lstrip("/!"), ctx.commands))),))
    lines = [f"- `/{spec.name}` {escape(_(spec.help))}" for spec in ctx.commands]
    words = _(
        "Or say in your own words what you are in the mood for. After an answer: a number for details, “more”, "
        "“why the second?”, “funnier”."
    )
    return Reply((Text("\n".join(lines)), Text(words)))


def _one(spec: CommandSpec[Any]) -> str:
    lines = [f"`{usage(spec)}`", escape(_(spec.help))]
    described = [parameter for parameter in spec.parameters if parameter.help]
    lines.append("\n".join(f"- `{parameter.name}` {escape(_(parameter.help))}" for parameter in described))
    return "\n\n".join(line for line in lines if line)
