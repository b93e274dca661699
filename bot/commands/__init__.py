"""All commands, in the order in which /help lists them."""

from bot.commands.admin import status, sync, users
from bot.commands.context import Command
from bot.commands.help import help_, start
from bot.commands.history import history, trailer
from bot.commands.link import link, unlink
from bot.commands.models import models
from bot.commands.opinions import hide, like, rate, seen
from bot.commands.person import profile
from bot.commands.privacy import export, forget, privacy
from bot.commands.proposals import propose
from bot.commands.quiz import quiz
from bot.commands.reasons import why, whynot
from bot.commands.recommend import more, recommend, similar
from bot.commands.request import request, seasons_
from bot.commands.request_lists import decide, requests
from bot.commands.request_steps import drop, file, too
from bot.commands.room import room
from bot.commands.settings import settings
from bot.commands.titles import search
from bot.commands.watchlist import watchlist

COMMANDS: tuple[Command, ...] = (
    recommend,
    similar,
    more,
    why,
    whynot,
    search,
    request,
    trailer,
    rate,
    seen,
    like,
    hide,
    watchlist,
    quiz,
    profile,
    history,
    requests,
    settings,
    privacy,
    link,
    unlink,
    export,
    forget,
    room,
    status,
    sync,
    users,
    models,
    start,
    help_,
)

HIDDEN: tuple[Command, ...] = (propose, file, drop, too, seasons_, decide)
"""Commands that other answers lead to; no platform lists them."""
