"""The check of a text while it is written, the comparing of versions, the telling of what was taken out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.enums import Ground
from news.rules.body import clean_body, taken_out
from news.rules.checks import DraftFacts, PictureFacts, check_post
from news.rules.compare import Piece, changes, paragraphs_of, word_pieces
from news.rules.publishing import CoverFacts

GOOD = DraftFacts(
    title="Phường Mẫu 1 tiếp nhận 132 túi máu",
    summary="Từ 7 giờ sáng, hơn 150 người dân đã có mặt tại Nhà văn hóa Mẫu 1 để hiến máu.",
    body='<p>Một đoạn.</p><h2>Buổi sáng</h2><p>Xem <a href="/hien-mau/lich/">lịch hiến máu</a>.</p>',
    author_line="Ban Truyền thông",
    state="draft",
    cover=CoverFacts("Người dân ngồi chờ", Ground.NO_PEOPLE, "", ""),
    cover_credit="Thành Hội (mẫu)",
)


def told(**changed: object) -> list[tuple[bool, str]]:
    values = {name: getattr(GOOD, name) for name in GOOD.__slots__} | changed
    return [(one.is_must, one.reason.field) for one in check_post(DraftFacts(**values))]


def test_a_good_text_has_nothing_to_mend() -> None:
    assert check_post(GOOD) == []


@pytest.mark.parametrize(
    ("changed", "finding"),
    [
        ({"title": ""}, (True, "title")),
        ({"title": "PHƯỜNG MẪU MỘT HIẾN MÁU"}, (False, "title")),
        ({"title": "Dài " * 40}, (False, "title")),
        ({"summary": ""}, (True, "summary")),
        ({"summary": "Ngắn."}, (False, "summary")),
        ({"cover": None}, (False, "cover")),
        ({"cover_credit": " "}, (False, "cover")),
        ({"cover": CoverFacts("Bé gái", Ground.CHILD, "Phiếu 3", "")}, (True, "representative_proof")),
        ({"author_line": ""}, (False, "author_line")),
        ({"body": "<p>a</p><h3>Nhỏ trước lớn</h3>"}, (False, "body")),
        ({"body": "<h2>a</h2><h4>nhảy bậc</h4>"}, (False, "body")),
        ({"body": "<p><strong>Phần một</strong></p><p>Lời.</p>"}, (False, "body")),
        ({"body": '<p><a href="/x/">tại đây</a></p>'}, (False, "body")),
        ({"body": '<p><a href="/x/">Xem  chi tiết.</a></p>'}, (False, "body")),
        ({"body": '<p><a href="https://a.vn">https://a.vn</a></p>'}, (False, "body")),
        ({"body": '<p><a rel="noopener">bấm</a></p>'}, (False, "body")),
        ({"body": f"<p>{'từ ' * 140}</p>"}, (False, "body")),
        ({"body": f"<p>{'từ ' * 100}</p>" * 5}, (False, "body")),
        ({"body": "<p>a</p><table><tbody><tr><td>1</td></tr></tbody></table>"}, (False, "body")),
        ({"pictures": [PictureFacts("IMG_2034.jpg", "Chú thích", "Nguồn")]}, (False, "body")),
        ({"pictures": [PictureFacts("Người chờ", "", "Nguồn")]}, (False, "body")),
        ({"lost": 2}, (False, "body")),
    ],
)
def test_each_fault_is_told_once(changed: dict[str, object], finding: tuple[bool, str]) -> None:
    assert told(**changed) == [finding]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("<p>sạch</p>", 0),
        ('<p><a href="https://a.vn/x:y">a</a><a href="mailto:a@example.org">b</a><a href="/x">c</a></p>', 0),
        ("<p>a</p><script>alert(1)</script>", 1),
        ('<p onclick="x()">a</p>', 1),
        ("<svg onload=x()></svg>", 2),
        ('<a href="javascript:alert(1)">a</a>', 1),
        ("<a href='&#106;ava\tscript:alert(1)'>a</a>", 1),
        ("<a href=data:text/html,x>a</a>", 1),
        ('<iframe src="https://a"></iframe><img src=x>', 2),
    ],
)
def test_what_could_have_run_is_taken_out_with_a_sentence(text: str, count: int) -> None:
    assert len(taken_out(text)) == count
    assert taken_out(clean_body(text)) == []


def test_a_rewritten_paragraph_shows_its_words_that_went_and_came() -> None:
    before = paragraphs_of("<h2>Kết quả</h2><p>Có 123 túi máu.</p><p>Đoạn cũ.</p>")
    after = paragraphs_of(
        '<h2>Kết quả</h2><p>Có 132 túi máu.</p><figure data-kind="picture" data-id="3"></figure>'
    )
    assert [change.pieces for change in changes(before, after)] == [
        (Piece(" ", "[Tiêu đề mục] Kết quả"),),
        (Piece(" ", "Có "), Piece("-", "123"), Piece("+", "132"), Piece(" ", " túi máu.")),
        (Piece("-", "Đoạn cũ."), Piece("+", "[picture 3]")),
    ]


@given(st.text(max_size=60), st.text(max_size=60))
def test_the_pieces_hold_both_texts_whole(before: str, after: str) -> None:
    pieces = word_pieces(before, after)
    assert "".join(p.text for p in pieces if p.op != "+") == before
    assert "".join(p.text for p in pieces if p.op != "-") == after
