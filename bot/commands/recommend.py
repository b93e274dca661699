"""Commands that recommend: /recommend, /similar, /more."""

from __future__ import annotations

import re
from dataclasses import replace
from enum import StrEnum
from functools import reduce
from typing import Annotated, TypeAlias

from bot.chat.command import Help, Members, Range, Rest, Synonyms, TitleName, command
from bot.chat.reply import Reply
from bot.commands.context import Context
from bot.commands.genres import read_genres
from bot.commands.presenting import present
from bot.commands.request_cards import askable
from bot.errors import InvalidInput, NotFound
from bot.i18n import gettext as _
from bot.model.members import Clearance, Member
from bot.model.recommendation import Ask, Mode
from bot.model.titles import Kind
from engine.search.parsing import compares

MAX_GROUP = 10
MAX_QUERY = 1000


class Way(StrEnum):
    """The ways to recommend that people name; a title to start from has a command of its own."""

    TONIGHT = "tonight"
    GRAB = "grab"
    REDISCOVER = "rediscover"
    SHUFFLE = "shuffle"
    MOOD = "mood"
    GROUP = "group"


_KINDS = Synonyms(
    tuple((word, "movie") for word in ("film", "films", "movies", "spielfilm"))
    + tuple((word, "series") for word in ("show", "shows", "tv", "serie", "serien", "séries", "série"))
)
KindOption: TypeAlias = Annotated[Kind | None, _KINDS, Help("Films or series only")]
GenreOption: TypeAlias = Annotated[str | None, Help("Genres, as in crime,drama or -comedy")]
LimitOption: TypeAlias = Annotated[int | None, Range(1, 20), Help("How many titles")]


@command("recommend", "Suggest something to watch", section="find")
async def recommend(
    ctx: Context,
    mode: Annotated[Way, Help("How to choose")] = Way.TONIGHT,
    query: Annotated[str | None, Rest("What you are in the mood for, in your own words")] = None,
    with_: Annotated[Members, Help("Who watches with you")] = (),
    *,
    kind: KindOption = None,
    genre: GenreOption = None,
    limit: LimitOption = None,
) -> Reply:
    """Words without a mode are a mood; people without a mode are a group."""
    query = " ".join(query.split())[:MAX_QUERY] if query else None
    wanted, unwanted = read_genres(genre)
    chosen = Mode(mode.value)
    if chosen is Mode.TONIGHT and with_:
        chosen = Mode.GROUP
    if chosen is Mode.TONIGHT and query:
        chosen = Mode.MOOD
    companions: tuple[Member, ...] = ()
    if chosen is Mode.GROUP:
        companions, query = await _group(ctx, with_, query)
    elif chosen is Mode.MOOD and not query:
        raise InvalidInput(_("Say what you are in the mood for, as in: /recommend mood a cozy mystery from the 80s"))
    ask = Ask(
        mode=chosen,
        query=query,
        companions=tuple(member.id for member in companions),
        kind=kind,
        genres=wanted,
        genres_not=unwanted,
        limit=limit or ctx.services.picks,
    )
    return await _answer(ctx, ask, companions)


@command("similar", "Find titles like one that you name", section="find")
async def similar(
    ctx: Context,
    title: Annotated[TitleName, Help("A title, or its number in my last answer")],
    *,
    kind: KindOption = None,
    genre: GenreOption = None,
    limit: LimitOption = None,
) -> Reply:
    """More like one title."""
    seed = await ctx.title(title)
    wanted, unwanted = read_genres(genre)
    await ctx.services.feedback.touched(ctx.member, seed.id)
    ask = Ask(
        mode=Mode.SIMILAR,
        seed=seed.id,
        kind=kind,
        genres=wanted,
        genres_not=unwanted,
        limit=limit or ctx.services.picks,
    )
    return await _answer(ctx, ask)


@command("more", "Go on with my last answer, or change it: /more but funnier", section="find")
async def more(
    ctx: Context, query: Annotated[str | None, Rest("What should be different, in your own words")] = None
) -> Reply:
    """The same request without what was shown already; with words, narrowed by them."""
    memory = ctx.conversation.memory
    if memory.ask is None:
        raise InvalidInput(_("There is nothing to go on with yet: ask for a recommendation first."))
    ask = replace(memory.ask, exclude=frozenset(memory.excluded))
    if query and query.strip():
        if compares(query):  # with what was shown when it was said, however often the answer is changed afterwards
            ask = replace(ask, compared=memory.excluded[len(memory.excluded) - len(memory.shown) :])
        ask = await _changed(ctx, ask, " ".join(query.split()))
    companions = await _members(ctx, ask.companions)
    return await _answer(ctx, ask, companions)


async def _answer(ctx: Context, ask: Ask, companions: tuple[Member, ...] = ()) -> Reply:
    """Ask the recommender with what everybody in the group may see."""
    others = [await ctx.services.accounts.clearance(member) for member in companions]
    clearance = reduce(Clearance.intersect, others, ctx.clearance)
    if ask.mode is Mode.GRAB:
        ask = await askable(ctx, ask)
    if ask.mode not in (Mode.REDISCOVER, Mode.GROUP):
        ask = replace(ask, liked=ctx.conversation.memory.liked)
    answer = await ctx.services.recommending.recommend(ctx.member, clearance, ask, now=ctx.now)
    # Who asks for something like a title likes it.
    for title_id in (*answer.named, *((ask.seed,) if ask.seed is not None else ())):
        ctx.conversation.memory = ctx.conversation.memory.with_opinion(title_id, good=True)
    return await present(ctx, answer)


async def _group(ctx: Context, names: tuple[str, ...], query: str | None) -> tuple[tuple[Member, ...], str | None]:
    """The others in the group; names may be typed without @ when nothing else is said."""
    if not names and query:
        words = [word for word in re.split(r"[\s,&+]+", query) if word.casefold() not in ("and", "und", "et")]
        try:
            names, query = tuple(words), None
            companions = await ctx.companions(names)
        except NotFound:
            raise InvalidInput(
                _("Name the people with @, as in: /recommend group @anna @ben something funny")
            ) from None
    else:
        companions = await ctx.companions(names)
    if not companions:
        raise InvalidInput(_("A group needs somebody beside you: name them, as in /recommend group @anna @ben"))
    if len(companions) >= MAX_GROUP:
        raise InvalidInput(_("A group is at most {n} people.").format(n=MAX_GROUP))
    return companions, query


async def _members(ctx: Context, member_ids: tuple[int, ...]) -> tuple[Member, ...]:
    everybody = {member.id: member for member in await ctx.services.accounts.all()} if member_ids else {}
    return tuple(everybody[member_id] for member_id in member_ids if member_id in everybody)


async def _changed(ctx: Context, ask: Ask, words: str) -> Ask:
    """The last request with more words: a mood search about the same thing, or the same group."""
    if ask.mode in (Mode.SIMILAR, Mode.BECAUSE) and ask.seed is not None:
        seed = await ctx.services.titles.by_id(ask.seed, ctx.clearance)
        words = _("like {title}, but {words}").format(title=seed.name, words=words.removeprefix("but "))
        return replace(ask, mode=Mode.MOOD, seed=None, query=words[:MAX_QUERY])
    query = f"{ask.query}, {words}" if ask.query else words
    mode = ask.mode if ask.mode is Mode.GROUP else Mode.MOOD
    return replace(ask, mode=mode, query=query[-MAX_QUERY:])
