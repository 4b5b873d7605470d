"""The search fold and its twin in SQL."""

import unicodedata

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import F, Value
from django.db.models.functions import Concat
from hypothesis import given, settings
from hypothesis import strategies as st

from foundation.text import Fold, SearchText, fold, search_text
from tests.foundation.vietnamese import ALPHABET, loose, storable, vietnamese


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Đặng Thị Ngọc Hường", "dang thi ngoc huong"),
        ("  ĐẶNG\u00a0 Thị\tHƯỜNG\n", "dang thi huong"),
        ("hoà thuý", "hoa thuy"),
        ("hòa thúy", "hoa thuy"),
        ("Ðinh Ɖức", "dinh duc"),
        ("Nguy\u200bễn", "nguyen"),
        ("Côn Đảo (đặc khu)", "con dao (dac khu)"),
        ("", ""),
    ],
)
def test_a_name_folds_to_what_a_person_would_type(written: str, folded: str) -> None:
    assert fold(written) == folded
    assert fold(unicodedata.normalize("NFD", written)) == folded


def test_every_vietnamese_letter_folds_to_one_ascii_letter() -> None:
    for letter in ALPHABET:
        assert len(fold(letter)) == 1
        assert fold(letter) in "abcdefghijklmnopqrstuvwxyz"


@given(st.one_of(vietnamese, loose))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_a_search_column_holds_words_without_punctuation() -> None:
    assert search_text("Nguyễn Văn An (mẫu)", "an@example.org") == " nguyen van an mau an example org"
    assert search_text("M001-2026-0147") == " m001 2026 0147"
    assert search_text("", "") == " "


def _in_sql(function: type[Fold] | type[SearchText], texts: list[str]) -> list[str]:
    sql = function.template % {"expressions": "given.text"}
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {sql} FROM unnest(%s::text[]) WITH ORDINALITY AS given(text, place) ORDER BY place",
            [texts],
        )
        return [row[0] for row in cursor.fetchall()]


@pytest.mark.django_db
@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(vietnamese, loose, storable), min_size=1, max_size=40))
def test_postgresql_folds_as_python_does(texts: list[str]) -> None:
    assert _in_sql(Fold, texts) == [fold(text) for text in texts]
    assert _in_sql(SearchText, texts) == [search_text(text) for text in texts]


@pytest.mark.django_db
def test_letters_that_trip_locales_fold_alike() -> None:
    texts = [
        "İstanbul",
        "ΣΟΦΟΣ",
        "straße",
        "Ǆ",
        "ﬁ",
        "K",
        "Å",
        "각",
        "\u1fef\u037e\u0387",
        "≠",
        "Я",
        "a\u0345b",
    ]
    assert _in_sql(Fold, texts) == [fold(text) for text in texts]


@pytest.mark.django_db
def test_the_fold_is_immutable_and_can_fill_a_generated_column() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE fold_trial (name text, folded text GENERATED ALWAYS AS"
            f" ({Fold.template % {'expressions': 'name'}}) STORED, search text GENERATED ALWAYS AS"
            f" ({SearchText.template % {'expressions': 'name'}}) STORED)"
        )
        cursor.execute(
            "INSERT INTO fold_trial VALUES (%s), (NULL) RETURNING folded, search", ["Đỗ Thị Ân, (mẫu)"]
        )
        assert cursor.fetchall() == [("do thi an, (mau)", " do thi an mau"), (None, None)]


@pytest.mark.django_db
def test_the_fold_works_in_a_queryset() -> None:
    row = ContentType.objects.annotate(
        folded=Fold(Value("Đặng 100%")), search=SearchText(Concat(F("model"), Value(" Ân")))
    ).order_by("pk")
    first = row.values_list("folded", "search", "model")[0]
    assert first[:2] == ("dang 100%", f" {search_text(first[2])[1:]} an")
