"""Names and numbers as parts of a sentence in the language of the turn."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from bot.i18n import N_, current_locale, ngettext
from bot.i18n import gettext as _

_WORD = re.compile(r"\w+(?:['’]\w+)*")


# TMDB's names, those of films and of series.
GENRES = (
    N_("Action"),
    N_("Action & Adventure"),
    N_("Adventure"),
    N_("Animation"),
    N_("Comedy"),
    N_("Crime"),
    N_("Documentary"),
    N_("Drama"),
    N_("Family"),
    N_("Fantasy"),
    N_("History"),
    N_("Horror"),
    N_("Kids"),
    N_("Music"),
    N_("Mystery"),
    N_("News"),
    N_("Reality"),
    N_("Romance"),
    N_("Sci-Fi & Fantasy"),
    N_("Science Fiction"),
    N_("Soap"),
    N_("TV Movie"),
    N_("Talk"),
    N_("Thriller"),
    N_("War"),
    N_("War & Politics"),
    N_("Western"),
)


def genre_name(genre: str) -> str:
    """A genre as a label."""
    return _(genre) if genre else ""


def genre_word(genre: str) -> str:
    """A genre inside a sentence: English and French write it small, German does not."""
    name = genre_name(genre)
    if current_locale() == "de":
        return name
    return name.lower().replace("tv ", "TV ").replace(" & ", _(" and "))


def signal_word(signal: str) -> str:
    """A signal of the engine in words; its own name when it has none."""
    words = {
        "content": _("closeness to your taste"),
        "features": _("genres, people and themes"),
        "graph": _("ties to what you like"),
        "neighbours": _("what others here liked"),
        "ease": _("what people with your taste liked"),
        "sequential": _("what people watch next"),
        "quality": _("ratings"),
        "confidence": _("number of ratings"),
        "freshness": _("how new it is"),
        "popularity": _("popularity"),
        "trending": _("current popularity"),
        "novelty": _("novelty"),
        "context": _("the moment"),
        "nearest": _("closeness to your taste"),
        "centroid": _("closeness to your taste"),
        "mean_content": _("closeness to your taste"),
        "short_term": _("closeness to what you watched last"),
        "anti": _("closeness to what you disliked"),
        "genre": _("your genres"),
        "people": _("people you like"),
        "keywords": _("themes you like"),
        "era": _("the decades you like"),
        "lists": _("ties to what you like"),
        "named": _("ties to what you like"),
        "transitions": _("what people watch next"),
        "nearest_people": _("what people with your taste liked"),
        "liked_here": _("what others here liked"),
        "trending_here": _("what is watched here now"),
        "fame": _("how well known it is"),
        "recent": _("how new it is"),
        "recent_decade": _("how new it is"),
        "unreleased": _("whether it is out yet"),
    }
    return words.get(signal, signal)


def listing(names: Sequence[str]) -> str:
    """ "A", "A and B", "A, B and C"."""
    if len(names) < 2:
        return "".join(names)
    return _("{names} and {last}").format(names=", ".join(names[:-1]), last=names[-1])


def capital(text: str) -> str:
    """The text with its first letter in upper case."""
    return text[:1].upper() + text[1:]


def of_french(name: str) -> str:
    """ "de" and a French name: "d'Alien", "du Parrain", "des Choristes", "de Rififi"."""
    for article, joined in (("Le ", "du "), ("Les ", "des ")):
        if name.startswith(article):
            return joined + name.removeprefix(article)
    first = unicodedata.normalize("NFD", name[:1]).lower()[:1]
    return f"d'{name}" if first and first in "aeiouœæ" else f"de {name}"


def opening(sentence: str) -> str:
    """The first two words in small letters: sentences with the same sound alike."""
    return " ".join(word.lower() for word in _WORD.findall(sentence)[:2])


def ago(days: int) -> str:
    """How long ago, as people say it."""
    if days >= 730:
        years = days // 365
        return ngettext("{n} year ago", "{n} years ago", years).format(n=years)
    if days >= 60:
        months = days // 30
        return ngettext("{n} month ago", "{n} months ago", months).format(n=months)
    return ngettext("{n} day ago", "{n} days ago", max(days, 1)).format(n=max(days, 1))


def decimal(number: str) -> str:
    """A number as written in the language of the turn: 8.2 or 8,2."""
    return number if current_locale() == "en" else number.replace(".", ",")


def grouped(number: str) -> str:
    """A whole number with its thousands apart: 24,441, 24.441 or 24 441."""
    if not number.isdigit() or not number.isascii():
        return number
    marks = {"de": ".", "fr": "\u202f"}
    return f"{int(number):,}".replace(",", marks.get(current_locale(), ","))


def decade(years: str) -> str:
    """ "1950s" as the language writes it: 1950s, 1950er, 1950."""
    digits = years.removesuffix("s")
    return _("{decade}s").format(decade=digits) if digits.isascii() and digits.isdigit() else years


def moment(nudge: str) -> str:
    """What a title suits, from the name of the engine's nudge."""
    words = {
        "weekend": _("the weekend"),
        "hour": _("this time of the day"),
        "christmas": _("the weeks before Christmas"),
        "weekday": _("a weekday"),
        "summer": _("the summer"),
        "awards": _("the awards season"),
        "weather": _("the weather"),
        "event": _("what is going on in the world"),
    }
    return words.get(nudge, _("the moment"))
