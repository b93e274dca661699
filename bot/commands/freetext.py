"""Plain words without a model: numbers and ordinals, "more", "why", small changes; anything else is a mood.

Words only choose which command answers. What writes needs a press: a typed number or label, or a verb with a number,
is one; a sentence is not.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.chat.actions import read_label
from bot.chat.plain import one_line
from bot.chat.reply import Action, Reply, Text
from bot.errors import InvalidInput
from bot.i18n import gettext as _
from bot.i18n import ngettext
from bot.services.conversations import Memory

_ORDINALS: Mapping[str, int] = {
    word: number
    for number, words in {
        1: "first 1st erste ersten erster erstes premier première",
        2: "second 2nd zweite zweiten zweiter zweites deuxième",
        3: "third 3rd dritte dritten dritter drittes troisième",
        4: "fourth 4th vierte vierten vierter viertes quatrième",
        5: "fifth 5th fünfte fünften fünfter fünftes cinquième",
        6: "sixth 6th sechste sechsten sixième",
        7: "seventh 7th siebte siebten septième",
        8: "eighth 8th achte achten huitième",
        9: "ninth 9th neunte neunten neuvième",
        10: "tenth 10th zehnte zehnten dixième",
        -1: "last letzte letzten letzter letztes dernier dernière",
    }.items()
    for word in words.split()
}
_MORE = re.compile(
    r"(and |show (me )?|give me |some |noch |encore )*(more|more please|another|others?|next|something else"
    r"|anything else|mehr|weitere|andere|etwas anderes|was anderes|weiter|encore|plus|d'autres"
    r"|autre chose|la suite)( please| bitte)?"
)
_WHY = re.compile(r"(and |but |und |aber |et |mais )?(why|warum|wieso|weshalb|pourquoi)\b(.*)", re.DOTALL)
_ORDINAL = re.compile(
    r"(the |that |number |no |nr |nummer |numéro |der |die |das |den |le |la )*(?:#?(\d{1,2})|(\w+))"
    r"( one| film| movie| title| series| show| please| bitte)*"
)
_VERBS: Mapping[str, str] = {
    "why": "why",
    "whynot": "whynot",
    "seen": "seen",
    "hide": "hide",
    "like": "like",
    "similar": "similar",
    "more like": "similar",
    "info": "search",
    "show": "search",
    "details": "search",
}
_VERB_FIRST = re.compile(rf"({'|'.join(sorted(_VERBS, key=len, reverse=True))})\s+(.+)")
_NUMBER_FIRST = re.compile(rf"#?(\d{{1,2}})\s+({'|'.join(sorted(_VERBS, key=len, reverse=True))})")
_RATE = re.compile(r"rate\s+#?(\d{1,2})\s+(\d{1,2})(?:/10)?")
_TONIGHT = re.compile(
    r"(so )?what (should|shall|can|could|do) (i|we) (watch|see)( tonight| now| today)?"
    r"|recommend( me)?( something| a film| a movie)?( tonight)?|something for tonight|tonight"
    r"|was (soll|sollen|kann|können) (ich|wir) (heute )?(abend )?(schauen|gucken|sehen)|que regarder( ce soir)?"
)
_SURPRISE = re.compile(r"(surprise me|überrasch mich|surprends-moi|anything|something random)")
_HELP = re.compile(r"(help|hilfe|aide|what can you do|was kannst du|que sais-tu faire)")
_HELLO = re.compile(r"(hi|hello|hey|hallo|moin|servus|guten (tag|morgen|abend)|bonjour|bonsoir|salut|coucou)( there)?")
_THANKS = re.compile(r"(thanks|thank you|thx|danke|danke schön|merci)( a lot| very much| so much| sehr| beaucoup)?")
_QUIZ = re.compile(r"((the|a|das|ein|le|un|taste|geschmacks) ?)*-?quiz( please| bitte)?")
_CHANGE = re.compile(
    r"((something|a bit|a little|much|rather|but|maybe|etwas|mehr|lieber|plutôt|un peu|plus) )*"
    r"(funnier|darker|lighter|shorter|longer|newer|older|scarier|calmer|happier|sadder|weirder|less \w+|more \w+"
    r"|lustiger|düsterer|leichter|kürzer|länger|neuer|älter|ruhiger|drôle|sombre|léger|court|long|récent|ancien)"
    r"|(nothing|not|no|without|only|just|but|keine?|ohne|nur|nichts|pas|sans|seulement"
    r"|from the|aus den|des années) .{2,60}"
)


def interpret(text: str, memory: Memory) -> Action | Reply | str:
    """What to do: a command, words of our own, or the token that a label stands for.

    Raises: InvalidInput, for a number or an ordinal that means nothing after the last answer.
    """
    words = one_line(text)
    folded = words.casefold().replace(",", "").strip(" .!?;:")
    if not folded:
        raise InvalidInput(_("Tell me what you are in the mood for, or write /help."))
    return (
        _label(words, memory)
        or _about_last_answer(words, folded, memory)
        or _phrase(folded)
        or Action("recommend", {"mode": "mood", "query": words})
    )


def _about_last_answer(words: str, folded: str, memory: Memory) -> Action | None:
    """Words that mean something only after an answer."""
    if memory.ask is not None and _MORE.fullmatch(folded):
        return Action("more")
    if pressed := _verb(folded, memory):
        return pressed
    if (why := _WHY.fullmatch(folded)) and len(folded) <= 60:
        return _why(why[3], memory)
    if (position := _ordinal(folded)) is not None and memory.shown:
        return Action("search", {"title": _shown(position, memory)})
    if memory.ask is not None and _CHANGE.fullmatch(folded):
        return Action("more", {"query": words})
    return None


def _phrase(folded: str) -> Action | Reply | None:
    """Set phrases."""
    if _TONIGHT.fullmatch(folded):
        return Action("recommend")
    if _SURPRISE.fullmatch(folded):
        return Action("recommend", {"mode": "shuffle"})
    if _QUIZ.fullmatch(folded):
        return Action("quiz")
    if _HELLO.fullmatch(folded):
        return Action("start")
    if _HELP.fullmatch(folded):
        return Action("help")
    if _THANKS.fullmatch(folded):
        return Reply((Text(_("You are welcome.")),))
    return None


def _label(words: str, memory: Memory) -> Action | str | None:
    """A whole message that is a label: the token behind it, or the title of a card."""
    label = read_label(words)
    if label is None:
        return None
    if label in memory.numbers:
        return memory.numbers[label]
    if not label.isdigit():
        if memory.shown:
            raise InvalidInput(_("There is nothing under {label} in my last answer.").format(label=label))
        return None
    if memory.shown and int(label) <= 50:
        return Action("search", {"title": _shown(int(label), memory)})
    return None


def _verb(folded: str, memory: Memory) -> Action | None:
    """ "seen 2", "2 why", "rate 3 8": a verb and a number, and nothing else."""
    if not memory.shown:
        return None
    if rated := _RATE.fullmatch(folded):
        return Action("rate", {"title": _shown(int(rated[1]), memory), "value": int(rated[2])})
    if match := _NUMBER_FIRST.fullmatch(folded):
        return Action(_VERBS[match[2]], {"title": _shown(int(match[1]), memory)})
    if match := _VERB_FIRST.fullmatch(folded):
        position = _ordinal(match[2])
        if position is not None:
            return Action(_VERBS[match[1]], {"title": _shown(position, memory)})
    return None


def _why(rest: str, memory: Memory) -> Action:
    """ "why?", "why the third?", "why did you pick the second one" — and "why Heat", which is a title."""
    rest = re.sub(r"^\s*(did you (pick|choose|suggest|recommend)|hast du|tu as choisi)\s*", " ", rest)
    rest = re.sub(r"\s*(gewählt|vorgeschlagen)\s*$", "", rest).strip()
    if rest in ("", "this", "that", "it", "this one", "that one", "das", "den", "ça", "celui-là"):
        return Action("why")
    position = _ordinal(rest)
    if position is not None and memory.shown:
        return Action("why", {"title": _shown(position, memory)})
    return Action("why", {"title": rest})


def _ordinal(folded: str) -> int | None:
    match = _ORDINAL.fullmatch(folded)
    if match is None:
        return None
    return int(match[2]) if match[2] else _ORDINALS.get(match[3])


def _shown(position: int, memory: Memory) -> str:
    """The reference of the title at a position, 1 the first, -1 the last. Raises: InvalidInput."""
    count = len(memory.shown)
    index = position - 1 if position > 0 else count + position
    if not 0 <= index < count or position == 0:
        raise InvalidInput(
            ngettext("My last answer has only {n} title.", "My last answer has only {n} titles.", count).format(n=count)
        )
    return memory.shown[index]
