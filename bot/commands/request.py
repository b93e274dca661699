"""/request: from a title over its seasons to a card that says what a press on it will ask for."""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated

from bot.cards.titles import MAX_TITLE
from bot.chat.command import Help, TitleName, command
from bot.chat.plain import escape, one_line
from bot.chat.reply import Action, Button, Card, Choice, Choices, Fact, Reply, Style
from bot.commands.context import Context
from bot.errors import AlreadyRequested, Ambiguous, InvalidInput, NotAllowed, NotFound
from bot.i18n import gettext as _
from bot.i18n import ngettext
from bot.model.titles import Kind, TitleRef
from bot.ports.requests import MediaState
from bot.services.requesting import FREE, AlreadyHere, Prospect, RequestingService
from bot.services.requesting_titles import Wanted

FILE, SEASONS, TOO, DROP = "request-file", "request-seasons", "request-too", "request-drop"
MAX_SEASONS = 200
_ALL = frozenset({"all", "alle", "alles", "tout", "toutes", "tous"})
_LATEST = frozenset({"latest", "last", "newest", "letzte", "neueste", "dernière", "derniere"})
_RANGE = re.compile(r"(\d{1,3})(?:-(\d{1,3}))?")


@command("request", "Ask for a title that is not here", section="find")
async def request(
    ctx: Context,
    title: Annotated[TitleName, Help("A title, or its number in my last answer")],
    *,
    seasons: Annotated[str | None, Help("Of a series: latest, all, or numbers as in 1,3-5")] = None,
) -> Reply:
    """Nothing is asked for before the button of the last card is pressed."""
    requesting = available(ctx)
    wanted = await find(ctx, requesting, title)
    shown = (str(wanted.title.ref if wanted.title else wanted.ref),)
    ctx.conversation.memory = replace(ctx.conversation.memory, shown=shown)
    try:
        prospect = await requesting.prospect(ctx.member, ctx.clearance, wanted.ref)
    except AlreadyHere:
        raise
    except AlreadyRequested as error:
        return offered(str(error), wanted.ref)
    if not prospect.missing:
        return confirmation(prospect, ())
    chosen = read_seasons(seasons, prospect.missing) if seasons else prospect.missing
    if seasons is None and len(prospect.missing) > 1:
        return _which_seasons(prospect)
    if not chosen:
        raise InvalidInput(
            _("None of these seasons can be requested; these can: {seasons}.").format(seasons=listed(prospect.missing))
        )
    return confirmation(prospect, chosen)


def available(ctx: Context) -> RequestingService:
    """The service. Raises: NotAllowed, where nothing can be requested."""
    if ctx.services.requesting is None:
        raise NotAllowed(_("Nothing can be requested here: no request service is connected."))
    return ctx.services.requesting


async def find(ctx: Context, requesting: RequestingService, text: str) -> Wanted:
    """The title that somebody names. Raises: NotFound, Ambiguous with the choices, InvalidInput, Unavailable."""
    text = ctx.numbered(text) or one_line(text, 200)
    if not text:
        raise InvalidInput(_("Which title do you mean?"))
    try:
        ref = TitleRef.parse(text)
    except InvalidInput:
        ref = None
    if ref is not None:
        return await requesting.titles.get(ref, ctx.clearance)
    found = await requesting.titles.search(text, ctx.clearance, ctx.locale)
    if not found:
        raise NotFound(_("I know no title called “{title}”.").format(title=text[:80]))
    exact = [one for one in found if text.casefold() in (one.name.casefold(), one.facts.title.casefold())]
    if len(found) == 1 or len(exact) == 1 == len([one for one in found if one.facts.title == exact[0].facts.title]):
        return (exact or list(found))[0]
    named = tuple((_label(one), str(one.ref)) for one in found)
    raise Ambiguous(_("Which one do you mean by “{title}”?").format(title=text[:80]), named)


def _label(wanted: Wanted) -> str:
    name = one_line(wanted.name, MAX_TITLE)
    return _("{title}, series").format(title=name) if wanted.ref.kind is Kind.SERIES else name


def confirmation(prospect: Prospect, seasons: Sequence[int]) -> Reply:
    """The card whose button asks for it, once."""
    wanted = prospect.wanted
    args = {"title": str(wanted.ref), "key": secrets.token_urlsafe(12)}
    facts = [quota_fact(prospect)]
    if seasons:
        args["seasons"] = ",".join(map(str, seasons))
        facts.insert(0, Fact(_("Seasons"), listed(seasons)))
    label = _("Request it")
    buttons = (
        Button(label, Action(FILE, args, once=True), Style.PRIMARY),
        Button(_("Rather not"), Action(DROP, {"title": str(wanted.ref)})),
    )
    asked = _("Shall I ask for it in your name?")
    return Reply((replace(bare_card(wanted), body=asked, facts=tuple(facts), buttons=buttons),))


def bare_card(wanted: Wanted) -> Card:
    """The title with its poster, and nothing to press."""
    facts = wanted.facts
    ref = str(wanted.title.ref if wanted.title else wanted.ref)
    return Card(ref, one_line(wanted.name, MAX_TITLE), image_url=facts.poster_url, link=facts.page_url)


def quota_fact(prospect: Prospect) -> Fact:
    """What is left before this request."""
    quota = prospect.quota
    if quota.limit is None or quota.remaining is None:
        return Fact(_("Quota"), _("no limit"))
    left = _("{n} of {limit} left").format(n=quota.remaining, limit=quota.limit)
    if quota.days:
        days = ngettext("{n} day", "{n} days", quota.days).format(n=quota.days)
        left = _("{left} in {days}").format(left=left, days=days)
    return Fact(_("Quota"), left)


def offered(sentence: str, ref: TitleRef) -> Reply:
    """What was asked for by somebody, with the offer to be told too."""
    too = Choice(_("Tell me too when it is here"), Action(TOO, {"title": str(ref)}))
    return Reply((Choices(escape(sentence), (too,)),))


def _which_seasons(prospect: Prospect) -> Reply:
    ref, missing = str(prospect.wanted.ref), prospect.missing

    def chosen(seasons: Sequence[int]) -> Action:
        return Action("request", {"title": ref, "seasons": ",".join(map(str, seasons))})

    everything = ngettext("{n} missing season", "All {n} missing seasons", len(missing)).format(n=len(missing))
    options = (
        Choice(_("Latest season ({n})").format(n=missing[-1]), chosen(missing[-1:])),
        Choice(everything, chosen(missing)),
        Choice(_("Choose seasons"), Action(SEASONS, {"title": ref})),
    )
    title = f"**{escape(one_line(prospect.wanted.name, MAX_TITLE))}**"
    asked = _("Which seasons of {title}?").format(title=title)
    return Reply((Choices("\n".join([asked, *season_lines(prospect)]), options),))


def season_lines(prospect: Prospect) -> list[str]:
    """Which seasons are there or asked for, and so left out."""
    there = [season for season, state in prospect.status.seasons if state in (MediaState.AVAILABLE, MediaState.PARTIAL)]
    taken = [s for s, state in prospect.status.seasons if state not in FREE and s not in there]
    lines = [_("There already: {seasons}").format(seasons=listed(there))] if there else []
    return [*lines, _("Requested already: {seasons}").format(seasons=listed(taken))] if taken else lines


@command(SEASONS, "Choose seasons one by one", hidden=True)
async def seasons_(
    ctx: Context,
    title: Annotated[TitleName, Help("A title")],
    *,
    chosen: Annotated[str | None, Help("Seasons as in 1,3-5")] = None,
    page: Annotated[int, Help("Which page of the seasons")] = 1,
) -> Reply:
    """A press on a season takes it in or out, in the same message where it can be changed."""
    requesting = available(ctx)
    wanted = await find(ctx, requesting, title)
    prospect = await requesting.prospect(ctx.member, ctx.clearance, wanted.ref)
    ref, missing = str(wanted.ref), prospect.missing
    marked = set(read_seasons(chosen, missing)) if chosen else set()

    def press(seasons: set[int], at: int) -> Action:
        listed_ = ",".join(map(str, sorted(seasons)))
        return Action(SEASONS, {"title": ref, "page": at} | ({"chosen": listed_} if listed_ else {}))

    pages = max(1, -(-len(missing) // _PAGE))
    page = min(max(1, page), pages)
    options = []
    if marked:
        args = {"title": ref, "seasons": ",".join(map(str, sorted(marked)))}
        options.append(
            Choice(_("Go on with {seasons}").format(seasons=listed(sorted(marked))), Action("request", args))
        )
    for season in missing[(page - 1) * _PAGE : page * _PAGE]:
        label = _("Season {n}").format(n=season)
        options.append(Choice(f"{label} ✓" if season in marked else label, press(marked ^ {season}, page)))
    if pages > 1:
        options.append(Choice(_("More seasons"), press(marked, page % pages + 1)))
    asked = _("Which seasons of {title}?").format(title=f"**{escape(one_line(wanted.name, MAX_TITLE))}**")
    return Reply((Choices("\n".join([asked, *season_lines(prospect)]), tuple(options)),), replaces=ctx.pressed)


_PAGE = 10


def read_seasons(text: str, missing: Sequence[int]) -> tuple[int, ...]:
    """Those of the missing seasons that the words name. Raises: InvalidInput."""
    words = one_line(text, MAX_SEASONS * 4).casefold()
    if words in _ALL:
        return tuple(missing)
    if words in _LATEST:
        return tuple(missing[-1:])
    named: set[int] = set()
    for piece in re.split(r"[\s,;+&]+", words.replace("–", "-").strip(" ,")):
        match = _RANGE.fullmatch(piece.removeprefix("s"))
        if match is None:
            raise InvalidInput(_("Write seasons as in: 1,3-5, or: latest, or: all."))
        named |= set(range(int(match[1]), int(match[2] or match[1]) + 1))
    return tuple(season for season in missing if season in named)


def listed(seasons: Sequence[int]) -> str:
    """Numbers with ranges drawn together: 1-3, 5."""
    runs: list[list[int]] = []
    for season in sorted(seasons):
        if runs and season == runs[-1][-1] + 1:
            runs[-1].append(season)
        else:
            runs.append([season])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)
