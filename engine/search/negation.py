"""What a "not" covers: the words after it, up to where the thought turns."""

from __future__ import annotations

from engine.search.sentences import Sentence

NEGATIONS = frozenset({
    "not", "no", "nothing", "without", "never", "isnt", "arent", "dont", "doesnt", "didnt", "wont", "cant",
    "except", "avoid", "excluding", "hate", "hated", "hates", "dislike", "disliked", "minus", "neither", "nor",
    "non", "less", "wasnt", "nicht", "kein", "keine", "keinen", "keiner", "keinem", "keines", "ohne", "nie",
    "nichts", "nix", "niemals", "ausser", "hasse", "weniger", "hasste", "weder", "pas", "sans", "aucun", "aucune",
    "jamais", "rien", "sauf", "deteste", "ni", "moins", "hormis",
})  # fmt: skip
_BRIEF = frozenset({"less", "weniger", "moins"})  # these cover the next word or two
_TURNS = frozenset({
    "but", "just", "only", "instead", "please", "rather", "something", "anything", "maybe", "though", "however",
    "from", "starring", "because", "where", "which", "who", "im", "id", "ill", "we", "i", "preferably", "ideally",
    "more", "thanks", "aber", "sondern", "lieber", "bitte", "stattdessen", "vielleicht", "etwas", "aus", "ich",
    "wir", "weil", "mehr", "dafur", "mais", "plutot", "seulement", "juste", "svp", "depuis", "je", "on", "nous",
    "parce", "plus",
})  # fmt: skip
# These end the reach of a "not" unless they follow it at once: "not with Tom Cruise", "nothing like Heat".
_JOINTS = frozenset(
    {"with", "mit", "avec", "like", "wie", "comme", "in", "about", "uber", "sur", "set", "en", "for", "fur", "pour"}
)
_NOT_ONLY = frozenset({
    "only", "just", "nur", "seulement", "necessarily", "unbedingt", "forcement", "bad", "schlecht", "mind",
})  # fmt: skip
# "Anything but horror" wants none, "something but funny" does.
_ALL_BUT = frozenset({"anything", "everything", "all", "any"})
_ENDS = frozenset({".", ";", "!", "?", ":", "(", ")", "-", "–"})
_REACH = 8
_LIST_REACH = 5


def negated_places(sentence: Sentence) -> frozenset[int]:
    """Places of all words that a "not" covers; the words of a name that is understood already deny nothing."""
    folded = sentence.folded
    covered: set[int] = set()
    for place, word in enumerate(folded):
        denies = word in NEGATIONS or (word == "but" and place > 0 and folded[place - 1] in _ALL_BUT)
        if denies and place not in sentence.used and not _is_harmless(folded, place):
            covered.update(range(place + 1, _end_of_reach(folded, place)))
    return frozenset(covered)


def _is_harmless(folded: list[str], place: int) -> bool:
    """ "Not only", "no matter", "don't care" deny nothing, "plus ou moins" neither."""
    following = folded[place + 1] if place + 1 < len(folded) else ""
    before = folded[place - 1] if place else ""
    if folded[place] == "moins" and before in ("au", "ou", "du"):
        return True
    return following in _NOT_ONLY or following in ("matter", "care", "problem", "idea", "preference")


def _end_of_reach(folded: list[str], place: int) -> int:
    reach = 3 if folded[place] in _BRIEF else _REACH
    end = place + 1
    while end < len(folded) and end - place <= reach:
        word = folded[end]
        if word in _ENDS or word in _TURNS or (word in _JOINTS and end - place > 2):
            break
        if word == "," and not _goes_on(folded, end):
            break
        end += 1
    return end


def _goes_on(folded: list[str], comma: int) -> bool:
    """Whether a comma only separates items of a list that an "or" will close: "no gore, blood or torture"."""
    for word in folded[comma + 1 : comma + 1 + _LIST_REACH]:
        if word in ("or", "nor", "oder", "ou", "ni", "noch"):
            return True
        if word in _TURNS or word in _ENDS or word in _JOINTS:
            return False
    return False
