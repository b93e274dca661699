"""Reasons to sentences: chosen by the strongest, varied, stable, escaped, discreet."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import templates
from bot.explanations.book import SectionKey, load_book, read_sections
from bot.explanations.phrases import GENRES, ago, genre_word, grouped, listing, of_french, opening, signal_word
from bot.explanations.templates import TemplateExplainer
from bot.explanations.values import against, values_of
from bot.i18n import LOCALES, use_locale
from bot.model.members import Member
from bot.model.recommendation import (
    Answer,
    Ask,
    MemberFit,
    Mode,
    Negative,
    NegativeType,
    Pick,
    Reason,
    ReasonType,
    WhyAnswer,
)
from bot.model.titles import Kind
from engine.pipelines import build_pipeline, pipeline_names
from tests.bot.household import FILMS

ANNA = Member(1, "Anna")
LIKED = Reason(ReasonType.SIMILAR_TO, "9", "Rififi (1955)", 0.5)
GENRE = Reason(ReasonType.GENRE, "Crime", "Crime", 0.3)
DIRECTOR = Reason(ReasonType.PERSON, "director:Jane Doe", "Jane Doe", 0.2)
CAST = Reason(ReasonType.PERSON, "cast:Max Muster", "Max Muster", 0.6)
EXPLAINER = TemplateExplainer()
# Where a name is missing: nothing between marks, a space before a full stop, a colon at the end.
HOLE = re.compile(r"[“„«(]\s*[”“»)]|\s[.,]|:\s*[.!?]?$|\s{2}|\b(?:und|and|et)[.,]")


def answer(*reasons: Reason, mode: Mode = Mode.TONIGHT, count: int = 5, query: str | None = None) -> Answer:
    picks = tuple(Pick(title, 1.0, 90, "high", {}, reasons) for title in FILMS[:count])
    seed = FILMS[1] if mode is Mode.SIMILAR else None
    return Answer(Ask(mode, query=query), ANNA, "blend", picks, 1.0, seed=seed)


def explain(found: Answer, *, personal: bool = True) -> tuple[str, ...]:
    return EXPLAINER.explain(found, personal=personal)


def test_the_strongest_reasons_are_told() -> None:
    for sentence in explain(answer(LIKED, GENRE, count=3)):
        assert "Rififi (1955)" in sentence or "crime" in sentence.lower()
    (only,) = explain(answer(CAST, count=1))
    assert "Max Muster" in only


def test_a_weak_reason_does_not_take_the_sentence() -> None:
    weak = replace(GENRE, weight=0.05)
    assert all("crime" not in sentence.lower() for sentence in explain(answer(LIKED, weak, count=2)))


def test_what_is_true_for_everybody_gives_way_to_the_person() -> None:
    crowd = [Reason(ReasonType.POPULAR, "votes", "23481", 0.6), Reason(ReasonType.CONTEXT, "weekend", "", 0.5)]
    (only,) = explain(answer(*crowd, GENRE, count=1))
    assert "crime" in only.lower()
    for sentence in explain(answer(*crowd)):
        assert "23,481" in sentence or "weekend" in sentence


@pytest.mark.parametrize("kind", list(ReasonType))
def test_every_type_of_reason_has_a_line_of_its_own(kind: ReasonType) -> None:
    mixed = "director" if kind is ReasonType.PERSON else str(kind)
    assert kind is ReasonType.GROUP_MEMBER or load_book("en").find("why", mixed)


def test_people_keep_their_parts() -> None:
    mixed = [Reason(ReasonType.PERSON, "director:Jane Doe", "Jane Doe", 0.5), CAST]
    for sentence in explain(answer(*mixed)):
        assert ("Jane Doe" in sentence) != ("Max Muster" in sentence)
        if "Max Muster" in sentence:
            assert "directed" not in sentence


def test_five_cards_do_not_sound_alike() -> None:
    for reasons in [(LIKED,), (GENRE,), (LIKED, GENRE, DIRECTOR)]:
        sentences = explain(answer(*reasons))
        assert len(set(sentences)) == 5, sentences


def test_the_same_answer_has_the_same_words() -> None:
    assert explain(answer(LIKED, GENRE)) == explain(answer(LIKED, GENRE))
    others = replace(answer(LIKED, GENRE), member=Member(2, "Ben"))
    assert len(set(explain(others))) == 5


def test_rooms_hear_of_no_watched_title() -> None:
    rewatch = Reason(ReasonType.REWATCH, "days", "900", 0.9)
    loved = Reason(ReasonType.COLLABORATIVE, "9", "Rififi (1955)", 0.9)
    for found in (answer(LIKED, GENRE), answer(LIKED), answer(rewatch), answer(loved)):
        for sentence in explain(found, personal=False):
            assert "Rififi" not in sentence
            assert "years ago" not in sentence
            assert sentence


@pytest.mark.parametrize("mode", list(Mode))
def test_every_mode_has_words_even_without_reasons(mode: Mode) -> None:
    sentences = explain(answer(mode=mode, query="cozy" if mode is Mode.MOOD else None))
    assert all(sentence[0].isupper() or sentence[0] in "“0123456789" for sentence in sentences), sentences
    assert all(sentence.endswith((".", "!", "?")) for sentence in sentences)


def test_cold_start_is_said() -> None:
    cold = replace(answer(count=2), cold_start=True)
    beginnings = ("know", "favourite", "begin", "new to me", "guess")
    assert all(any(word in sentence for word in beginnings) for sentence in explain(cold))


def test_similar_names_the_seed() -> None:
    assert all("Alien" in sentence for sentence in explain(answer(GENRE, DIRECTOR, mode=Mode.SIMILAR)))


def test_names_from_outside_are_escaped() -> None:
    hostile = replace(LIKED, name="*Bold* [x](http://evil) {{ 7*7 }}\n# head\x1b[31m")
    for sentence in explain(answer(hostile)):
        assert "\\*Bold\\*" in sentence
        assert "\\[x\\](http\\://evil)" in sentence
        assert "{{ 7\\*7 }}" in sentence
        assert "\n" not in sentence
        assert "\x1b" not in sentence


def test_group_lines_are_short_and_discreet() -> None:
    fit = MemberFit("Ben", 70, (LIKED, GENRE))
    assert EXPLAINER.member_line(FILMS[0], fit, personal=True) == "close to Rififi (1955), crime"
    assert EXPLAINER.member_line(FILMS[0], fit, personal=False) == "crime"
    silent = [EXPLAINER.member_line(FILMS[0], MemberFit("Ben", match, ()), personal=True) for match in (95, 70, 40)]
    assert silent == ["right up their street", "a good fit", "a compromise"]


def test_why_lists_every_reason_with_its_share() -> None:
    pick = Pick(FILMS[0], 1.0, 90, "high", {}, (LIKED, GENRE, DIRECTOR))
    why = WhyAnswer(FILMS[0], pick)
    assert EXPLAINER.reasons(why, personal=True) == (
        "It is close to **Rififi (1955)**, which you liked. (50 %)",
        "You watch a lot of crime. (30 %)",
        "Jane Doe directed it, and you like that work. (20 %)",
    )
    assert len(EXPLAINER.reasons(why, personal=False)) == 2
    assert EXPLAINER.reasons(why, personal=True, about_taste=False) == (
        "Close to Rififi (1955) (50 %)",
        "Crime (30 %)",
        "By Jane Doe (20 %)",
    )


def test_what_keeps_a_title_out_is_told_to_the_person_and_hinted_at_in_rooms() -> None:
    why = WhyAnswer(FILMS[0], None, removed_by=("hidden", "blocked", "rules", "weather"))
    assert EXPLAINER.removed(why, personal=True) == (
        "You have hidden it for now.",
        "You have blocked it, or something in it.",
        "A rule of this server keeps it out.",
        "A filter keeps it out (weather).",
    )
    assert EXPLAINER.removed(why, personal=False) == (
        "Something of your own keeps it out; I tell you in private what.",
        "A rule of this server keeps it out.",
        "A filter keeps it out (weather).",
    )
    assert EXPLAINER.removed(WhyAnswer(FILMS[0], None), personal=True) == ()


NEGATIVES = {
    Negative(NegativeType.WEAK_SIGNAL, "content", "", 0.312, 0.12): "0.31; only 12 % of the others do worse.",
    Negative(NegativeType.GENRE, "War", "War", -0.31): "You seldom watch war (affinity \u22120.31).",
    Negative(NegativeType.UNUSED_GENRE, "War", "War", -0.2): "War is on offer here",
    Negative(NegativeType.PERSON, "cast:Al *", "Al *", -0.5): "Al \\* so far (affinity \u22120.50)",
    Negative(NegativeType.ANTI_PROFILE, "9", "Rififi (1955)", 0.62): "It is 62 % like **Rififi (1955)**",
    Negative(NegativeType.HIDDEN_SIMILAR, "9", "Rififi (1955)", -0.12): "which you hid (\u22120.12).",
    Negative(NegativeType.SHOWN, "count", "2", -0.06): "shown it 2 times and did not take it up (\u22120.06)",
    Negative(NegativeType.SHOWN, "count", "1", -0.03): "shown it once",
    Negative(NegativeType.MOVED, "influence", "", -1.0): "You turned it down by hand (\u22121.00).",
    Negative(NegativeType.MOVED, "rules", "", -0.2): "A rule of this server moves it down (\u22120.20).",
    Negative(NegativeType.MOVED, "weekend", "", -0.05): "It does not suit the weekend (\u22120.05).",
    Negative(NegativeType.FRANCHISE, "9", "Rififi (1955)", 0.0): "**Rififi (1955)** comes before it",
    Negative(NegativeType.LOW_RATING, "vote_average", "4.5", 4.5): "only 4.5 out of 10",
    Negative(NegativeType.FEW_VOTES, "votes", "42", 42.0): "Only 42 people have rated it.",
    Negative(NegativeType.FEW_VOTES, "votes", "0", 0.0): "Nobody has rated it yet.",
}
PUBLIC = {NegativeType.LOW_RATING, NegativeType.FEW_VOTES}


def test_every_negative_is_told_with_its_number() -> None:
    for name in pipeline_names():
        for signal in build_pipeline(name).config.taste.weights:
            assert signal_word(signal) != signal or signal in ("popularity", "novelty")
    assert {negative.type for negative in NEGATIVES} == set(NegativeType) - {NegativeType.FILTER}
    for negative, part in NEGATIVES.items():
        (line,) = EXPLAINER.negatives(WhyAnswer(FILMS[0], None, (negative,)), personal=True)
        assert part in line
        assert line[0].isupper() or line[0] == "*"


@pytest.mark.parametrize("locale", LOCALES)
def test_negatives_read_in_every_language_and_rooms_hear_nothing_of_the_person(locale: str) -> None:
    with use_locale(locale):
        for negative in NEGATIVES:
            why = WhyAnswer(FILMS[0], None, (negative,))
            (line,) = EXPLAINER.negatives(why, personal=True)
            assert "{" not in line
            assert line.endswith(".")
            shown = EXPLAINER.negatives(why, personal=False)
            public = negative.type in PUBLIC or negative.key in ("rules", "weekend")
            assert shown == ((line,) if public else ())
        weak = Negative(NegativeType.WEAK_SIGNAL, "quality", "", 0.4, 0.3)
        assert len(EXPLAINER.negatives(WhyAnswer(FILMS[0], None, (weak,)), personal=False)) == 1
    if locale == "de":
        with use_locale(locale):
            (line,) = EXPLAINER.negatives(WhyAnswer(FILMS[0], None, (weak,)), personal=True)
            assert "0,40" in line


@pytest.mark.parametrize("locale", LOCALES)
def test_every_sentence_of_every_language_renders(locale: str) -> None:
    reasons = [Reason(kind, "director:X", "Crime" if kind == "genre" else "7.5", 0.5) for kind in ReasonType]
    with use_locale(locale):
        values = values_of(reasons, FILMS[0], answer(mode=Mode.SIMILAR, query="cozy"))
        numbers = against(next(iter(NEGATIVES)), FILMS[0])
        book = load_book(locale)
        for sentences in book.sections.values():
            for sentence in sentences:
                text = book.render(sentence, {**numbers, **values, "person": "Jane Doe", "name": "Name"})
                assert text
                assert "  " not in text
                assert "{" not in text


def test_english_has_at_least_fifty_sentences_for_cards() -> None:
    reserved = ("line", "why", "minus", "removed")
    cards = [s for key, found in load_book("en").sections.items() if key.mode not in reserved for s in found]
    assert len(cards) >= 50


@pytest.mark.parametrize("file", sorted(Path(templates.__file__).parent.glob("*/explanations.j2")), ids=str)
def test_languages_speak_of_the_same_reasons(file: Path) -> None:
    own = read_sections(file.read_text("utf-8"))
    assert set(own) == set(load_book("en").sections)
    assert all(own.values())


def test_a_sentence_outside_of_a_section_is_refused() -> None:
    with pytest.raises(ValueError, match="line 1"):
        read_sections("Nobody knows when to say this.")
    assert list(read_sections("[mood:genre+cast]\nA.\nB.")) == [SectionKey("mood", frozenset(["genre", "cast"]))]


def test_phrases() -> None:
    assert listing([]) == ""
    assert listing(["a"]) == "a"
    assert listing(["a", "b", "c"]) == "a, b and c"
    assert (ago(1), ago(45), ago(61), ago(800)) == ("1 day ago", "45 days ago", "2 months ago", "2 years ago")
    assert genre_word("Science Fiction") == "science fiction"
    assert genre_word("TV Movie") == "TV movie"
    assert genre_word("War & Politics") == "war and politics"
    assert grouped("24441") == "24,441"
    assert len(GENRES) == 27


NAMES = {
    "quality": "8.2",
    "popular": "23481",
    "rewatch": "900",
    "era": "1980s",
    "fresh": "2026",
    "cluster": "Horror, Thriller",
    "genre": "Crime",
}


def alone(kind: ReasonType, key: str) -> Reason:
    return Reason(kind, key, "" if key == "quiz" else NAMES.get(kind, "Rififi (1955)"), 0.9)


ALONE = [
    *(alone(kind, "x") for kind in ReasonType if kind is not ReasonType.PERSON),
    *(alone(ReasonType.PERSON, f"{role}:Rififi") for role in ("director", "cast", "writer")),
    alone(ReasonType.COLD_START, "quiz"),
]


@pytest.mark.parametrize("locale", LOCALES)
def test_five_cards_with_the_same_reason_begin_in_five_ways_in_every_mode(locale: str) -> None:
    with use_locale(locale):
        for mode in Mode:
            for reason in ALONE:
                told = explain(answer(reason, mode=mode, query="cozy" if mode is Mode.MOOD else None))
                assert len({opening(sentence) for sentence in told}) == 5, (mode, reason.type, told)


def test_another_day_brings_other_words() -> None:
    days = [EXPLAINER.explain(answer(LIKED), personal=True, day=date(2026, 3, day)) for day in range(1, 8)]
    assert len(set(days)) > 1
    assert days[0] == EXPLAINER.explain(answer(LIKED), personal=True, day=date(2026, 3, 1))


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("empty", ["", " ", "\x00", ", ,", "\u200b"])
def test_a_reason_without_a_name_leaves_no_hole(locale: str, empty: str) -> None:
    with use_locale(locale):
        for kind in ReasonType:
            for mode in Mode:
                for sentence in explain(
                    answer(Reason(kind, "x", empty, 0.9), mode=mode, query=empty.strip(" ,"), count=3)
                ):
                    assert not HOLE.search(sentence), (kind, mode, sentence)


def test_french_says_de_before_names_as_it_is_said() -> None:
    said = [of_french(name) for name in ("Alien", "Élite", "Rififi", "Le Parrain", "Les Choristes", "1917", "")]
    assert said == ["d'Alien", "d'Élite", "de Rififi", "du Parrain", "des Choristes", "de 1917", "de "]
    with use_locale("fr"):
        kept = replace(DIRECTOR, name="Agnès Varda", key="director:Agnès Varda")
        told = " ".join(explain(answer(kept)))
        assert "de Agnès" not in told
        assert "d'Agnès Varda" in told


def test_french_agrees_with_series() -> None:
    watched = Reason(ReasonType.REWATCH, "days", "900", 0.9)
    with use_locale("fr"):
        for kind, word in [(Kind.MOVIE, "vu il y a"), (Kind.SERIES, "vue il y a")]:
            titled = replace(FILMS[0], facts=replace(FILMS[0].facts, kind=kind))
            why = WhyAnswer(titled, Pick(titled, 1.0, 90, "high", {}, (watched,)))
            assert word in EXPLAINER.reasons(why, personal=True)[0]


REASONS = st.builds(
    Reason,
    st.sampled_from(list(ReasonType)),
    st.sampled_from(["director:A", "cast:B", "writer:C", "5", ""]),
    st.text(max_size=30),
    st.floats(-1, 1),
)


@settings(max_examples=100, deadline=None)
@given(st.lists(REASONS, max_size=6), st.sampled_from(list(Mode)), st.booleans(), st.sampled_from(LOCALES))
def test_any_reasons_make_sentences(reasons: list[Reason], mode: Mode, personal: bool, locale: str) -> None:
    ordered = tuple(sorted(reasons, key=lambda reason: -reason.weight))
    with use_locale(locale):
        for sentence in explain(answer(*ordered, mode=mode, query="x", count=3), personal=personal):
            assert sentence.strip()
            assert "\n" not in sentence
            assert "  " not in sentence
            assert sentence.endswith((".", "!", "?"))
