"""Lets a model's sentence through only if it says nothing beyond the facts it was given. Pure: text in, text out.

Names from the facts are taken out first, as whole names; whatever then still looks like a name, a number, a quotation,
markup, a claim without its reason or another language makes the sentence unfit.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from bot.chat.plain import escape, one_line
from bot.explanations.facts import CardFacts, without_year
from bot.explanations.lexicon import (
    FORMAL,
    PLAIN_CAPITALS,
    beginnings,
    claims,
    german_words,
    number_words,
    small_words,
)

_SHORTEST = 12
_MARK = "\N{BULLET}"  # stands where a name from the facts stood
_NUMBER = re.compile(r"\d+(?:[.,\u202f\u00a0 ]\d+)*")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_PUNCTUATION = frozenset(" .,;:!?'’“”„«»\"()…–—-%\u00a0\u202f" + _MARK)
_QUOTED = re.compile(r"“([^”]*)”|„([^“]*)“|\"([^\"]*)\"|«([^»]*)»")
_END = re.compile(r"[.!?…][”“»\")]*(?=\s|$)")
_DOTTED = re.compile(r"[^\W\d]\.\w|\w\.[^\W\d]")  # an address, or two sentences without a space


@dataclass(frozen=True, slots=True)
class Length:
    """At most so many sentences, and characters of them together."""

    sentences: int = 2
    characters: int = 260


ON_A_CARD = Length()


def checked(text: object, card: CardFacts, language: str, length: Length = ON_A_CARD) -> str | None:
    """The sentence as Markdown with everything escaped, or None when it may not be said."""
    if not isinstance(text, str) or len(text) > 4 * length.characters:
        return None
    sentence = one_line(text)
    if not _SHORTEST <= len(sentence) <= length.characters or _MARK in sentence:
        return None
    rest, told = _without_names(sentence, card)
    if not told or not _is_plain(rest) or not _whole(sentence, rest, length.sentences):
        return None
    if _new_numbers(rest, card) or _new_names(rest, language) or _new_quotations(rest, card) or _claims(rest, card):
        return None
    return escape(sentence) if _speaks(rest, language) else None


def _without_names(sentence: str, card: CardFacts) -> tuple[str, bool]:
    """The sentence with each name from the facts taken out, and whether it tells any of its reasons."""
    # A wish without a title behind it is quoted as a whole, or not at all.
    telling = (*card.names, card.wish) if card.wish else card.names
    needed = bool(telling) or bool(_numbers(card.lines))
    told = not needed
    rest = sentence
    for name in sorted({*telling, *card.own_names, *map(without_year, card.own_names)}, key=len, reverse=True):
        if not name.strip():
            continue
        flags = re.IGNORECASE if name == name.lower() else 0
        rest, count = re.subn(rf"(?<!\w){re.escape(name)}(?!\w)", _MARK, rest, flags=flags)
        told = told or (count > 0 and name in telling)
    if not told and _numbers([rest]) & _numbers(card.lines):
        told = True
    return rest, told


def _is_plain(rest: str) -> bool:
    """Latin letters, digits and the marks of ordinary sentences; nothing that a chat could take for more."""
    if _DOTTED.search(rest):
        return False
    for character in rest:
        if character.isalpha():
            if not unicodedata.name(character, "").startswith("LATIN"):
                return False
        elif not (character.isascii() and character.isdigit()) and character not in _PUNCTUATION:
            return False
    return True


def _whole(sentence: str, rest: str, most: int) -> bool:
    """One sentence, or at most so many, that begin and end as such."""
    first = sentence.lstrip("“„«\"'( ")[:1]
    ends = [match.end() for match in _END.finditer(rest)]
    return bool(first) and not first.islower() and 1 <= len(ends) <= most and ends[-1] == len(rest)


def _numbers(lines: object) -> set[str]:
    return {
        re.sub(r"[^\d]", "", match)
        for line in (lines if isinstance(lines, list | tuple) else ())
        for match in _NUMBER.findall(line)
    }


def _new_numbers(rest: str, card: CardFacts) -> bool:
    known = _numbers([*card.lines, *card.names, *card.own_names, card.wish, card.title])
    known |= {number[2:4] for number in known if len(number) == 4 and number.endswith("0")}  # 1980s, 80s
    if _numbers([rest]) - known:
        return True
    spelt = {word.lower() for line in card.lines for word in _WORD.findall(line)}
    return any(word.lower() in number_words() and word.lower() not in spelt for word in _WORD.findall(rest))


def _new_names(rest: str, language: str) -> bool:
    """Whether a word stands with a capital that is neither a beginning nor, in German, a known noun."""
    for word, begins in _words(rest):
        if word == word.lower():
            continue
        plain = word.lower().replace("’", "'")
        if plain in PLAIN_CAPITALS and language == "en":
            continue
        if any(letter.isupper() for letter in word[1:]) and not (language == "fr" and re.match(r"[A-ZÀ]['’]", word)):
            return True
        if language == "de":
            if not all(part in german_words() for part in plain.split("-")):
                return True
        elif not begins or not _may_begin(plain, language):
            return True
    return False


def _may_begin(word: str, language: str) -> bool:
    known = beginnings(language)
    if word in known:
        return True
    # "l'ambiance", "d'un": an elided article before a word in small letters.
    head, mark, _tail = word.partition("'")
    return language == "fr" and bool(mark) and len(head) <= 2


def _words(rest: str) -> Iterator[tuple[str, bool]]:
    """Each word, and whether a sentence begins with it."""
    for match in _WORD.finditer(rest):
        before = rest[: match.start()].rstrip(" “„«\"'(\u00a0\u202f")
        yield match.group(), not before or before[-1] in ".!?…"


def _new_quotations(rest: str, card: CardFacts) -> bool:
    known = " ".join([*card.lines, card.wish]).casefold()
    for match in _QUOTED.finditer(rest):
        inside = " ".join(part for part in match.groups() if part).strip(f" .,!?{_MARK}\u00a0\u202f").casefold()
        if inside and inside not in known:
            return True
    return False


def _claims(rest: str, card: CardFacts) -> bool:
    """Whether something is claimed whose reason is not among the facts."""
    return any(words.search(rest) and not (types & card.types) for words, types in claims())


def _speaks(rest: str, language: str) -> bool:
    """Whether this is the language asked for, in its familiar form, as far as the small words tell."""
    words = [word.lower() for word in _WORD.findall(rest)]
    counts = {name: sum(word in small for word in words) for name, small in small_words().items()}
    if language in FORMAL and FORMAL[language].search(rest):
        return False
    if not counts.get(language) and len(words) > 2:
        return False
    return counts.get(language, 0) >= max(counts.values())
