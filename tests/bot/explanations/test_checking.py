"""What a model may say about a pick: nothing beyond the reasons, in the language asked for."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.explanations.checking import checked
from bot.explanations.facts import CardFacts, card_facts
from bot.i18n import LOCALES, use_locale
from bot.model.recommendation import Mode, Reason, ReasonType
from tests.bot.explanations.models import DIRECTOR, GENRE, LIKED, answer

QUALITY = Reason(ReasonType.QUALITY, "vote_average", "8.2", 0.2)
ERA = Reason(ReasonType.ERA, "decade", "1980s", 0.2)


def facts(*reasons: Reason, personal: bool = True, mode: Mode = Mode.TONIGHT, query: str | None = None) -> CardFacts:
    found = answer(*(reasons or (LIKED, GENRE, DIRECTOR)), mode=mode, query=query)
    return card_facts(found, found.picks[0], personal=personal)


FIT = {
    "en": [
        "Since you liked Rififi, this crime drama directed by Jane Doe should be right up your street.",
        "Jane Doe directed it, and it shares the crime you loved in Rififi (1955).",
        "A gripping crime story for anyone who, like you, loved Rififi.",
        "Heat is crime through and through. You know the ground from Rififi.",
    ],
    "de": [
        "Weil dir Rififi gefallen hat, dürfte dir dieser Krimi von Jane Doe gefallen.",
        "Jane Doe führt Regie, und du magst Krimi so sehr wie Rififi.",
        "Ein Film in der Art von Rififi, genau nach deinem Geschmack.",
    ],
    "fr": [
        "Parce que tu as aimé Rififi, ce film de Jane Doe devrait te plaire.",
        "Du crime comme tu l'aimes, réalisé par Jane Doe et proche de Rififi.",
        "L'ambiance de Rififi, avec la touche de Jane Doe.",
    ],
}
UNFIT = {
    "en": [
        "Like Rififi and The Godfather, it is crime for you.",  # a title
        "Like Rififi and Alien, it is crime for you.",
        "Spielberg directed it, and you liked Rififi.",  # a name at the beginning
        "With Al Pacino, and close to Rififi for you.",
        "Crime in the vein of Rififi, starring Jane Doe.",  # another part
        "With 8.9 out of 10, this is crime like Rififi.",  # numbers
        "You liked Rififi, so here are three more hours of crime.",
        "From 1973, this crime film is close to Rififi.",
        "The Oscar it won makes this crime like Rififi worth it.",
        "It is available now, and close to Rififi for you.",
        "Your request for crime like Rififi was approved.",
        "Your friends loved this crime film like Rififi.",
        "This is great fun for you.",  # says nothing of the reasons
        "Because you liked Rififi, see https://evil.example",
        "Because you liked Rififi, see evil.example for it.",
        "**Crime** like Rififi for you.",
        "@everyone this is crime like Rififi for you.",
        "Crime like Rififi for you <b>now</b>.",
        "It is “the best crime ever”, like Rififi for you.",
        "Because you liked Rififi, this is a сrime film.",  # a Cyrillic letter
        "because you liked Rififi, try this one.",
        "Because you liked Rififi, try this one",
        "Because you liked Rififi. It is crime. It is for you. So try it.",
        "Wie Rififi ist das ein Krimi für dich.",
        "Rififi.",
        "It is close to Rififi, " + "very " * 60 + "close.",
        "It is close to Rififi \U0001f600 for you.",
        "Just like \N{BULLET}, this is for you and Rififi.",
        "Jane Muster directed it, like Rififi for you.",  # two halves of a name
    ],
    "de": [
        "Wie Rififi und Der Pate: ein spannender Krimi für dich.",
        "Ein Krimi mit Robert Niro für dich, wie Rififi.",
        "Weil Spielberg hier Regie führt, ein Krimi wie Rififi für dich.",
        "Da Ihnen Rififi gefallen hat, mögen Sie diesen Krimi.",
        "Krimi fans will love it because you liked Rififi.",
        "Ein preisgekrönter Krimi für dich, wie Rififi.",
        "Ein Krimi wie Rififi für dich, jetzt verfügbar.",
        "Ein Krimi aus den Siebzigern für dich, wie Rififi.",
    ],
    "fr": [
        "Comme Rififi, ce film avec Alain Delon est pour toi.",
        "Comme Le Parrain et Rififi, ce film est pour toi.",
        "Avec 9 sur 10, ce film est proche de Rififi.",
        "Ce film primé est proche de Rififi pour toi.",
        "Because you liked Rififi, this is for you.",
        "Disponible ici, ce film est proche de Rififi.",
    ],
}


@pytest.mark.parametrize(("language", "text"), [(name, text) for name, texts in FIT.items() for text in texts])
def test_what_the_reasons_carry_may_be_said(language: str, text: str) -> None:
    with use_locale(language):
        assert checked(text, facts(), language) == text


@pytest.mark.parametrize(("language", "text"), [(name, text) for name, texts in UNFIT.items() for text in texts])
def test_what_the_reasons_do_not_carry_may_not(language: str, text: str) -> None:
    with use_locale(language):
        assert checked(text, facts(), language) is None


@pytest.mark.parametrize("text", [None, 7, ["Because you liked Rififi, try this."], {"text": "x"}, "x" * 10_000_000])
def test_only_short_text_is_looked_at(text: object) -> None:
    assert checked(text, facts(), "en") is None


def test_numbers_of_the_facts_may_be_said_as_the_language_writes_them() -> None:
    assert checked("Viewers rate this crime film 8.2 out of 10.", facts(GENRE, QUALITY), "en")
    assert checked("From the 80s, and it is crime as you like it.", facts(GENRE, ERA), "en")
    assert not checked("From the 70s, and it is crime as you like it.", facts(GENRE, ERA), "en")
    with use_locale("de"):
        assert checked("Das Publikum gibt diesem Krimi 8,2 von 10.", facts(GENRE, QUALITY), "de")
    assert not checked("Viewers rate this crime film highly.", facts(GENRE), "en")


def test_names_keep_their_marks_and_are_escaped() -> None:
    starred = Reason(ReasonType.SIMILAR_TO, "9", "M*A*S*H (1970)", 0.9)
    said = checked("Because you liked M*A*S*H, this is for you.", facts(starred), "en")
    assert said == "Because you liked M\\*A\\*S\\*H, this is for you."


def test_a_title_that_is_an_everyday_word_opens_no_door() -> None:
    it = Reason(ReasonType.SIMILAR_TO, "9", "It (2017)", 0.9)
    assert checked("Because you liked It, this one is for you.", facts(it), "en")
    assert checked("Because you liked Her, this one is for you.", facts(it), "en") is None


def test_a_wish_may_be_quoted_as_it_was_said() -> None:
    card = facts(GENRE, mode=Mode.MOOD, query="cozy mystery")
    assert checked("It answers your “cozy mystery” with crime.", card, "en")
    assert checked("It answers your “cozy romance” with crime.", card, "en") is None


def test_rooms_have_no_facts_about_watched_titles() -> None:
    card = facts(LIKED, GENRE, personal=False)
    assert not any("Rififi" in text for text in (*card.lines, *card.names))
    assert checked("Because you liked Rififi, here is crime for you.", card, "en") is None


NAMES = [
    "Rififi",
    "Heat",
    "Jane Doe",
    "crime",
    "Alien",
    "Al Pacino",
    "Ben",
    "1999",
    "8.2",
    "Netflix",
    "http://x.y",
    "**",
]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from([*NAMES, "you", "liked", "it", "is", "Because", "with", "and", "."]), max_size=14))
def test_no_mixture_of_words_smuggles_a_name_or_a_number(words: list[str]) -> None:
    said = checked(" ".join(words) + " you liked it.", facts(), "en")
    if said is not None:
        assert not any(name in said for name in ("Alien", "Pacino", "Ben", "1999", "8.2", "Netflix", "http", "*"))


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=120), st.sampled_from(LOCALES))
def test_any_text_is_judged_without_harm(text: str, language: str) -> None:
    said = checked(f"Rififi {text}", facts(), language)
    assert said is None or "\n" not in said
