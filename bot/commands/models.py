"""/models: which language models there are, which one talks, fetching and removing. For admins, for their eyes only."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from bot.chat.binding import read_yes
from bot.chat.command import Help, Synonyms, command
from bot.chat.plain import escape, one_line
from bot.chat.reply import Action, Choice, Choices, Reply, Text
from bot.commands.context import Context
from bot.errors import InvalidInput
from bot.i18n import gettext as _
from bot.model.recommended_models import RECOMMENDED, Fit, fits, good_for
from bot.ports.language_models import LanguageModels, Spent, Standing
from bot.services.model_fetching import Fetch

_GB = 1e9
_LISTED = 20  # installed models that are named
_BUTTONS = 8  # to use one of them
_NAME = 100  # characters of a name


class Doing(StrEnum):
    """What can be done with models."""

    LIST = "list"
    USE = "use"
    PULL = "pull"
    REMOVE = "remove"
    BEST = "best"


_WORDS = Synonyms(
    (("show", "list"), ("liste", "list"), ("install", "pull"), ("fetch", "pull"), ("add", "pull"), ("holen", "pull"),
     ("delete", "remove"), ("löschen", "remove"), ("auto", "best"))
)  # fmt: skip


@command("models", "See and choose the language models", private=True, admin=True, section="admin")
async def models(
    ctx: Context,
    action: Annotated[Doing, _WORDS, Help("What to do")] = Doing.LIST,
    name: Annotated[str | None, Help("The name of a model")] = None,
    *,
    sure: Annotated[str | None, Help("That it is meant")] = None,
) -> Reply:
    """The models with buttons to use them; fetching goes on in the background and is told when it is done."""
    care = ctx.services.models
    if care is None:
        return _said(_("No language model is set up; plain words are understood without one."))
    named = (name or "").strip()
    if action in (Doing.USE, Doing.PULL, Doing.REMOVE) and not named:
        raise InvalidInput(_("Which model? For example `/models {action} qwen2.5:7b`").format(action=action.value))
    match action:
        case Doing.LIST:
            return await _listed(ctx, care)
        case Doing.USE | Doing.BEST:
            used = await care.use(named if action is Doing.USE else None)
            return await _listed(ctx, care, _("Answers are given by **{name}**.").format(name=escape(used or "-")))
        case Doing.PULL:
            return _pull(ctx, named)
        case Doing.REMOVE:
            if sure is None or not read_yes(sure):
                return _asked(named)
            await care.remove(named)
            return await _listed(ctx, care, _("{name} is removed.").format(name=escape(one_line(named, _NAME))))


def _pull(ctx: Context, name: str) -> Reply:
    fetching = ctx.services.fetching
    assert fetching is not None  # it comes with the models
    # In a room others would read the news.
    fetching.ask(Fetch(name, ctx.place if ctx.place.private else None, ctx.locale))
    said = _("{name} is being fetched; I say when it is there.").format(name=escape(one_line(name, _NAME)))
    return Reply((Choices(said, (Choice("/models", Action("models")),)),), private=True)


def _asked(name: str) -> Reply:
    question = _("Remove {name} from the Ollama server?").format(name=escape(one_line(name, _NAME)))
    yes = Action("models", {"action": Doing.REMOVE.value, "name": name, "sure": "yes"}, once=True)
    return Reply((Choices(question, (Choice(_("Remove it"), yes),)),), private=True)


def _said(text: str) -> Reply:
    return Reply((Text(text),), private=True)


async def _listed(ctx: Context, care: LanguageModels, first: str | None = None) -> Reply:
    standing = await care.standing()
    lines = [first] if first else [_talks(standing)]
    if standing.problem:
        lines.append(escape(standing.problem))
    lines += _installed(standing)
    for name, there in (ctx.services.fetching.progress if ctx.services.fetching else {}).items():
        percent = _("{name} is being fetched: {percent} %").format(name=escape(name), percent=round(100 * there))
        lines.append(f"- {percent}")
    if standing.server:
        lines += ["", _("Recommended, with what they need on the graphics card:"), *_recommended(standing)]
    if standing.spent:
        lines += ["", *(f"- {_told(each)}" for each in standing.spent)]
    text, options = "\n".join(lines), _options(standing)
    return Reply((Choices(text, options) if options else Text(text),), private=True, replaces=ctx.pressed)


def _talks(standing: Standing) -> str:
    if standing.used is None:
        return _("No model talks now: plain words are understood without one.")
    return _("Answers are given by **{name}**.").format(name=escape(standing.used))


def _installed(standing: Standing) -> list[str]:
    loaded = {model.name: model for model in standing.loaded}
    lines = []
    for model in standing.installed[:_LISTED]:
        words = [f"**{escape(one_line(model.name, _NAME))}**"]
        words.append(_("{gigabytes} GB on disk").format(gigabytes=f"{model.size / _GB:.1f}"))
        if model.name in loaded:
            there = loaded[model.name]
            memory = _("{gigabytes} GB in memory, {card} GB of it on the graphics card")
            words.append(memory.format(gigabytes=f"{there.size / _GB:.1f}", card=f"{there.on_card / _GB:.1f}"))
        if standing.used == f"ollama/{model.name}":
            words.append(_("talks now"))
        lines.append("- " + " · ".join(words))
    return lines


def _recommended(standing: Standing) -> list[str]:
    loaded = [(model.size, model.on_card) for model in standing.loaded]
    answers = {Fit.YES: _("fits"), Fit.NO: _("does not fit"), Fit.UNKNOWN: ""}
    there = {model.name for model in standing.installed}
    lines = []
    for model in RECOMMENDED:
        if model.name not in there:
            words = [model.name, "★" * model.stars, f"{model.gigabytes:g} GB", answers[fits(model.gigabytes, loaded)]]
            lines.append("- " + " · ".join([*filter(None, words), good_for(model.name)]))
    return lines


def _told(spent: Spent) -> str:
    line = _("{model}: {calls} calls, {read} tokens read, {written} written").format(
        model=escape(spent.model), calls=spent.calls, read=spent.read, written=spent.written
    )
    return line if spent.cost is None else f"{line}, {_('cost {amount}').format(amount=f'{spent.cost:.4f}')}"


def _options(standing: Standing) -> tuple[Choice, ...]:
    talking = [model.name for model in standing.installed if not model.embeds]
    options = [
        Choice(_("Use {name}").format(name=one_line(name, _NAME)), _do(Doing.USE, name))
        for name in talking
        if standing.used != f"ollama/{name}"
    ][:_BUTTONS]
    if standing.wanted is not None and talking:
        options.append(Choice(_("Use the best one"), _do(Doing.BEST)))
    if standing.server and not standing.problem and not talking:
        balanced = RECOMMENDED[1].name
        options.append(Choice(_("Fetch {name}").format(name=balanced), _do(Doing.PULL, balanced)))
    return tuple(options)


def _do(action: Doing, name: str | None = None) -> Action:
    return Action("models", {"action": action.value, **({"name": name} if name else {})})
