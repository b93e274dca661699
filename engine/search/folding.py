"""Folding of titles, names and words, so that what people type meets what a catalogue holds.

Accents, case, punctuation, "&", Roman numerals and leading articles are the differences that never matter.
"""

from __future__ import annotations

import re
import unicodedata

_SPECIAL = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "×": "x", "²": "2",
     "³": "3", "½": " 1 2", "’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'"}
)  # fmt: skip
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_ELISION = re.compile(r"(?<![^\W_])(l|d|qu)'(?=\w)")
_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)|'")
_INITIALS = re.compile(r"(?<![^\W_])((?:[^\W\d_]\.){2,})")
_NOT_WORD = re.compile(r"[\W_]+")
_TRAILING_ARTICLE = re.compile(
    r",\s*(the|a|an|der|die|das|le|la|les|l'|el|los|las|il|lo|gli|un|une|ein|eine)\s*$", re.IGNORECASE
)
_ROMAN = {
    "ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8", "ix": "9", "xi": "11", "xii": "12",
    "xiii": "13", "xiv": "14", "xv": "15", "xvi": "16",
}  # fmt: skip
_NUMBER_WORDS = {
    "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9",
    "ten": "10", "i": "1", "v": "5", "x": "10",
}  # fmt: skip
_PART_WORDS = frozenset({"part", "chapter", "episode", "volume", "vol", "teil", "kapitel", "partie", "chapitre"})

ARTICLES = frozenset(
    {
        "the",
        "a",
        "an",
        "der",
        "die",
        "das",
        "ein",
        "eine",
        "le",
        "la",
        "les",
        "l",
        "un",
        "une",
        "el",
        "los",
        "las",
        "il",
    }
)
# "Die Hard" is no German title: in a strict comparison this article has to be there on both sides.
STRICT_ARTICLES = ARTICLES - {"die"}


def plain(text: str) -> str:
    """Lower case without accents; punctuation stays."""
    text = text.casefold()
    if text.isascii():
        return text
    text = unicodedata.normalize("NFKD", text.translate(_SPECIAL))
    return "".join(character for character in text if not unicodedata.combining(character)).casefold()


def fold(text: str) -> str:
    """Lower-case words without accents and punctuation, separated by single blanks.

    "Amélie & L'Auberge – Part II" becomes "amelie and l auberge part 2". The result is empty if nothing is a word.
    """
    trailing = _TRAILING_ARTICLE.search(text) if "," in text else None
    if trailing:
        text = f"{trailing.group(1)} {text[: trailing.start()]}"
    text = plain(text)
    if "'" in text:
        text = _APOSTROPHE.sub("", _ELISION.sub(r"\1 ", text))
    if "." in text:
        text = _INITIALS.sub(lambda found: found.group(1).replace(".", "") + " ", text)
    if "&" in text:
        text = text.replace("&", " and ")
    words = _NOT_WORD.sub(" ", text).split()
    for position in range(1, len(words)):
        word = words[position]
        if word in _ROMAN:
            words[position] = _ROMAN[word]
        elif word in _NUMBER_WORDS and words[position - 1] in _PART_WORDS:
            words[position] = _NUMBER_WORDS[word]
    return " ".join(words)


def fold_umlauts(text: str) -> str | None:
    """The same with "ae" for "ä", as it is typed without a German keyboard; None where nothing differs."""
    lowered = unicodedata.normalize("NFC", text).lower()
    spelled = lowered.translate(_UMLAUTS)
    return fold(spelled) if spelled != lowered else None


def without_article(folded: str, articles: frozenset[str] = ARTICLES) -> str | None:
    """A folded name without its leading article; None if it has none, or nothing else."""
    first, blank, rest = folded.partition(" ")
    return rest if blank and first in articles else None
