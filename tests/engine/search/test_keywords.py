"""Keyword search: fields, rarity, phrases, and changes that compete on equal terms with what was there."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.search.keywords import Field, KeywordDocument, KeywordIndex, KeywordView, query_words
from engine.search.words import phrase, phrases, stem, words

DOCUMENTS = (
    KeywordDocument(
        0, ("Dog Day Afternoon",), "A man robs a bank.", ("bank robbery", "hostage"), ("Al Pacino",), ("Crime",)
    ),
    KeywordDocument(1, ("The Bank Job",), "Thieves plan a heist.", ("heist",), ("Jason Statham",), ("Crime",)),
    KeywordDocument(2, ("Dawn of the Dead",), "Survivors hide from zombies in a mall.", ("zombie",), (), ("Horror",)),
    KeywordDocument(
        3, ("Serpico",), "An honest policeman in New York.", ("police",), ("Al Pacino",), ("Crime", "Drama")
    ),
    KeywordDocument(4, ("River",), "A boat drifts along the river bank.", ("nature",), (), ("Documentary",)),
)


@pytest.fixture(scope="module")
def index() -> KeywordIndex:
    return KeywordIndex.build(DOCUMENTS)


def view(index: KeywordIndex, size: int) -> KeywordView:
    return index.aligned(lambda items: items, size)


def items(index: KeywordIndex, text: str, n: int = 10) -> list[int]:
    return [item for item, _ in index.search(text, n)]


@pytest.mark.parametrize(
    ("plural", "word"),
    [
        ("zombies", "zombie"),
        ("robberies", "robbery"),
        ("movies", "movie"),
        ("boxes", "box"),
        ("wishes", "wish"),
        ("glass", "glass"),
        ("bus", "bus"),
        ("as", "as"),
    ],
)
def test_plurals(plural: str, word: str) -> None:
    assert stem(plural) == stem(word)


def test_words_and_phrases() -> None:
    assert words("The Bank's robberies!") == ["bank", "robbery"]
    assert phrase("Bank Robberies") == "bank_robbery"
    assert phrases(["new", "york", "city"]) == ["new_york", "york_city", "new_york_city"]


def test_a_keyword_phrase_beats_loose_words(index: KeywordIndex) -> None:
    assert items(index, "bank robbery")[0] == 0


def test_people_and_plurals(index: KeywordIndex) -> None:
    assert set(items(index, "al pacino")) == {0, 3}
    assert items(index, "zombie malls")[0] == 2


def test_nothing_found(index: KeywordIndex) -> None:
    assert index.search("") == ()
    assert index.search("the of and") == ()
    assert index.search("xyzzy") == ()
    assert KeywordIndex.build(()).search("bank") == ()
    assert not view(KeywordIndex(), 3).scores(query_words("bank")).any()


def test_worked_number() -> None:
    # One field, two documents of one word each: idf = ln(1 + 1.5 / 1.5), tf part = 1 / (1 + 1.2).
    index = KeywordIndex.build((KeywordDocument(0, plot="apple"), KeywordDocument(1, plot="pear")))
    scores = view(index, 2).scores({"apple": 1.0}, {Field.PLOT: 1.0})
    assert scores[0] == pytest.approx(math.log(2.0) / 2.2, rel=1e-5)
    assert scores[1] == 0.0


def test_weights_scale_the_fields(index: KeywordIndex) -> None:
    plot = view(index, 5).scores({"bank": 1.0}, {Field.PLOT: 1.0})
    title = view(index, 5).scores({"bank": 1.0}, {Field.TITLE: 1.0})
    both = view(index, 5).scores({"bank": 1.0}, {Field.PLOT: 1.0, Field.TITLE: 2.0})
    np.testing.assert_allclose(both, plot + 2.0 * title, rtol=1e-5)


def test_a_view_puts_items_where_the_catalogue_has_them(index: KeywordIndex) -> None:
    rows = {0: 2, 3: 0}
    scores = index.aligned(lambda items: np.array([rows.get(item, -1) for item in items.tolist()]), 3).scores(
        {"pacino": 1.0}
    )
    assert scores[0] > 0
    assert scores[1] == 0
    assert scores[2] > 0
    assert not view(index.without([0, 3]), 5).scores({"pacino": 1.0}).any()


def test_evidence_adds_up(index: KeywordIndex) -> None:
    fields = {Field.KEYWORDS: 1.0, Field.PLOT: 0.5}
    one = view(index, 5).evidence({"heist": 1.0}, {Field.KEYWORDS: 1.0})
    assert one.tolist() == pytest.approx([0.0, 0.6, 0.0, 0.0, 0.0])
    # Item 1 has the keyword and the word in its plot: 1 - .4 x .7; item 0 another word of half the weight.
    both = view(index, 5).evidence({"heist": 1.0, "bank_robbery": 0.5}, fields)
    assert both.tolist() == pytest.approx([0.3, 0.72, 0.0, 0.0, 0.0])
    assert index.has_keyword("heist", at_least=1)
    assert not index.has_keyword("heist")


def test_a_replaced_document_is_found_by_its_new_words_only(index: KeywordIndex) -> None:
    changed = index.with_documents([KeywordDocument(2, ("Shaun of the Dead",), "A pub.", (), (), ("Comedy",))])
    assert 2 not in items(changed, "mall")
    assert items(changed, "pub") == [2]
    assert items(index, "mall") == [2]
    assert items(changed.without([2, 77]), "pub") == []


def test_an_added_document_competes_on_equal_terms() -> None:
    many = [KeywordDocument(item, plot="heist " * (1 + item % 2) + f"word{item}") for item in range(700)]
    grown = KeywordIndex.build(many[:650]).with_documents(many[650:])
    whole = KeywordIndex.build(many)
    assert len(grown.blocks) == 2
    query = query_words("heist word3 word680")
    np.testing.assert_allclose(view(grown, 700).scores(query), view(whole, 700).scores(query), rtol=0.02)


@given(st.lists(st.sets(st.integers(0, 4), max_size=3), max_size=5))
@settings(max_examples=25, deadline=None)
def test_any_order_of_changes_holds_the_right_documents(removals: list[set[int]]) -> None:
    index = KeywordIndex.build(DOCUMENTS)
    present = set(range(5))
    for removal in removals:
        index = index.without(removal)
        present -= removal
        if removal:
            back = min(removal)
            index = index.with_documents([DOCUMENTS[back]])
            present.add(back)
        assert {document.item for document in index.documents()} == present
        assert set(items(index, "bank zombies police heist")) == present


def test_a_sealed_index_answers_as_before_and_takes_no_more() -> None:
    document = KeywordDocument(1, titles=("Heat",), plot="A thief and a detective in Los Angeles.")
    index = KeywordIndex.build([document])
    sealed = index.sealed()
    assert sealed.search("thief") == index.search("thief")
    assert sealed.without([1]).search("thief") == index.without([1]).search("thief")
    with pytest.raises(ValueError, match="sealed"):
        sealed.with_documents([document])
