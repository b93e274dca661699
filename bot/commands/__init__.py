"""All commands, in the order in which /help lists them."""

from bot.commands.context import Command
from bot.commands.help import help_
from bot.commands.opinions import hide, like, rate, seen
from bot.commands.person import profile
from bot.commands.quiz import quiz
from bot.commands.reasons import why, whynot
from bot.commands.recommend import more, recommend, similar
from bot.commands.titles import search

COMMANDS: tuple[Command, ...] = (
    recommend,
    similar,
    more,
    why,
    whynot,
    search,
    rate,
    seen,
    like,
    hide,
    quiz,
    profile,
    help_,
)
