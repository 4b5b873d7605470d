"""Searching by beginnings of words, and marking what matched."""

import unicodedata
from itertools import pairwise
from typing import Literal

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db.models import F, Value
from django.db.models.functions import Concat
from hypothesis import given
from hypothesis import strategies as st

from foundation.text import SearchText, highlight, matching, search_terms, search_text
from tests.foundation.vietnamese import loose, vietnamese


def test_a_query_becomes_word_beginnings() -> None:
    assert search_terms("Nguyễn  ÂN") == ["% nguyen%", "% an%"]
    assert search_terms("an an Án") == ["% an%"]
    assert search_terms("  ") == []


def test_like_signs_are_no_wildcards() -> None:
    assert search_terms("100% _ \\ x_y") == ["% 100%", "% x%", "% y%"]


def test_a_two_letter_name_is_found_as_a_word_and_not_inside_one() -> None:
    (pattern,) = search_terms("An")
    wanted = pattern.strip("%")
    assert wanted in search_text("Lê Ân")
    assert wanted in search_text("Nguyễn Anh")
    assert wanted not in search_text("Trần Lan")


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_the_matched_beginning_is_marked_with_its_accents(form: Literal["NFC", "NFD"]) -> None:
    def n(text: str) -> str:
        return unicodedata.normalize(form, text)

    assert highlight(n("Đặng Thị Ngọc Hường"), "ngo dang") == [
        (n("Đặng"), True),
        (n(" Thị "), False),
        (n("Ngọ"), True),
        (n("c Hường"), False),
    ]


def test_words_after_punctuation_are_marked_and_insides_are_not() -> None:
    assert highlight("Lan (an)", "an") == [("Lan (", False), ("an", True), (")", False)]
    assert highlight("Lan", "") == [("Lan", False)]
    assert highlight("", "an") == []


@given(st.one_of(vietnamese, loose), vietnamese)
def test_the_pieces_are_the_text_and_alternate(text: str, query: str) -> None:
    pieces = highlight(text, query)
    assert "".join(piece for piece, _ in pieces) == text
    assert all(piece for piece, _ in pieces)
    assert all(one[1] != two[1] for one, two in pairwise(pieces))


@given(vietnamese, vietnamese)
def test_something_is_marked_exactly_when_the_search_would_find_it(text: str, query: str) -> None:
    found = [term.strip("%") in search_text(text) for term in search_terms(query)]
    assert any(is_match for _, is_match in highlight(text, query)) == any(found)


@pytest.mark.django_db
def test_a_queryset_is_narrowed_by_every_word_and_by_none_for_no_word() -> None:
    rows = ContentType.objects.annotate(words=SearchText(Concat(F("app_label"), Value(" "), F("model"))))
    everything = set(rows.values_list("model", flat=True))
    assert set(rows.filter(matching("words", "  ")).values_list("model", flat=True)) == everything
    found = rows.filter(matching("words", "Contentt CONTENTTYPES"))
    assert list(found.values_list("model", flat=True)) == ["contenttype"]
    assert not rows.filter(matching("words", "ontenttype")).exists()
