"""Cleaning, pictures, links, and what a post lacks: without a database."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from news.enums import Ground, PostState
from news.rules.body import clean_body, words_of
from news.rules.pictures import MASTER_EDGE, NotAPicture, clean_picture, widths_for
from news.rules.publishing import CoverFacts, PostFacts, missing_for_publishing, missing_proof
from news.rules.videos import VideoLink, is_mp4, parse_video_link
from tests.factories.news import MP4, jpeg

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal{margin:0}</style>
<!--[if gte mso 9]><xml><o:Pixels/></xml><![endif]--></head><body lang=VI>
<p class=MsoNormal style='margin:0'><b><span style='font:14.0pt'>Thông&nbsp;báo</span></b><o:p></o:p></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p><div style="color:red">Nội dung <i>mới</i></div></body></html>"""


def test_text_from_word_keeps_its_words_and_structure_and_loses_its_dress() -> None:
    assert clean_body(WORD) == "<p><strong>Thông báo</strong></p><p>Nội dung <em>mới</em></p>"


def test_text_typed_into_a_plain_field_becomes_paragraphs() -> None:
    assert (
        clean_body("Dòng một\nnối tiếp\n\n1 < 2 & 3") == "<p>Dòng một<br>nối tiếp</p><p>1 &lt; 2 &amp; 3</p>"
    )


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        ("<p>a<script>alert(1)</script></p>", "<p>a</p>"),
        ('<p onclick="x()" style="color:red" class="c" id="i">a</p>', "<p>a</p>"),
        ('<p><a href="javascript:alert(1)">a</a></p>', '<p><a rel="noopener">a</a></p>'),
        (
            '<p><a href="https://example.org/">a</a></p>',
            '<p><a href="https://example.org/" rel="noopener">a</a></p>',
        ),
        ("<svg><text>a</text></svg><p>b</p>", "<p>b</p>"),
        ('<iframe src="https://example.org"></iframe><p>b</p>', "<p>b</p>"),
        ("<h1>To</h1><p></p><p>&nbsp;</p><p>b</p>", "<h2>To</h2><p>b</p>"),
        ("<math><mi><p><style><img src=x onerror=alert(1)></style></p></mi></math><p>b</p>", "<p>b</p>"),
        ("<p>a\x00b</p>", "<p>ab</p>"),
    ],
)
def test_nothing_that_runs_or_dresses_survives(dirty: str, clean: str) -> None:
    assert clean_body(dirty) == clean


@given(st.text(alphabet=st.sampled_from("<>/=\"' pbdiv script onx:h1ul&;a\n"), max_size=80))
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    once = clean_body(f"<p>{text}</p>")
    assert clean_body(once) == once


def test_words_are_the_text_alone() -> None:
    assert words_of("<p>Một &amp; hai</p><p>ba</p>") == "Một & hai ba"


def test_a_picture_is_turned_upright_and_tells_nothing_of_where_it_was_taken() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "Máy ảnh"
    exif.get_ifd(0x8825)[1] = "N"
    master = clean_picture(BytesIO(jpeg(600, 400, exif=exif)))
    image = Image.open(BytesIO(master.data))
    assert (master.width, master.height) == (400, 600)
    assert dict(image.getexif()) == {}
    assert "exif" not in image.info


def test_a_large_picture_is_made_smaller_and_a_see_through_one_stands_on_white() -> None:
    out = BytesIO()
    Image.new("RGBA", (3000, 300), (0, 0, 0, 0)).save(out, "PNG")
    master = clean_picture(BytesIO(out.getvalue()))
    assert (master.width, master.height) == (MASTER_EDGE, 256)
    assert Image.open(BytesIO(master.data)).getpixel((5, 5)) == (255, 255, 255)


def bomb() -> bytes:
    out = BytesIO()
    Image.new("1", (20000, 10000)).save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<html><script>alert(1)</script></html>",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"%PDF-1.7\n1 0 obj",
        b"GIF89a" + b"\x01\x00\x01\x00" * 9,
        b"\xff\xd8\xff\xe0" + b"\x00" * 200,
        jpeg()[:700],
        b"\x89PNG\r\n\x1a\n" + b"\x00" * 64,
    ],
)
def test_what_is_no_picture_is_refused(data: bytes) -> None:
    with pytest.raises(NotAPicture) as refused:
        clean_picture(BytesIO(data))
    assert refused.value.is_too_large is False


def test_two_hundred_megapixels_are_refused_before_they_are_unpacked() -> None:
    with pytest.raises(NotAPicture) as refused:
        clean_picture(BytesIO(bomb()))
    assert refused.value.is_too_large is True


def test_widths_never_exceed_the_picture() -> None:
    assert [widths_for(w) for w in (300, 480, 1000, 2560)] == [
        (300,),
        (480,),
        (480, 960, 1000),
        (480, 960, 1600),
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("https://www.youtube.com/watch?v=MAU00000000&t=3s", VideoLink("youtube", "MAU00000000")),
        ("https://youtu.be/MAU00000000?si=x", VideoLink("youtube", "MAU00000000")),
        ("https://m.youtube.com/shorts/MAU00000000", VideoLink("youtube", "MAU00000000")),
        ("https://www.facebook.com/hoimau/videos/1234567890/", VideoLink("facebook", "1234567890")),
        ("https://www.facebook.com/watch/?v=1234567890", VideoLink("facebook", "1234567890")),
        ("https://www.facebook.com/reel/1234567890", VideoLink("facebook", "1234567890")),
        ("https://youtube.com.example.org/watch?v=MAU00000000", None),
        ("https://user@www.youtube.com/watch?v=MAU00000000", None),
        ("https://www.youtube.com:8443/watch?v=MAU00000000", None),
        ("javascript:alert(1)//youtu.be/MAU00000000", None),
        ('https://youtu.be/MAU0000000"', None),
        ("https://www.youtube.com/watch?v=MAU00000000&v=KHAC0000000", None),
        ("https://fb.watch/abc/", None),
        ("http://[", None),
        ("", None),
    ],
)
def test_only_an_address_that_is_surely_a_video_is_taken(text: str, found: VideoLink | None) -> None:
    assert parse_video_link(text) == found


def test_an_mp4_is_known_by_its_first_bytes() -> None:
    assert [is_mp4(data) for data in (MP4, b"", b"<html>", MP4[:8] + b"heic")] == [True, False, False, False]


def cover(ground: str, proof: str = "", representative: str = "") -> CoverFacts:
    return CoverFacts("Mô tả", ground, proof, representative)


@pytest.mark.parametrize(
    ("facts", "fields"),
    [
        (cover(""), ["ground"]),
        (cover(Ground.NO_PEOPLE), []),
        (cover(Ground.PUBLIC_ACTIVITY), ["proof"]),
        (cover(Ground.PUBLIC_ACTIVITY, "Bảng thông báo ở cổng"), []),
        (cover(Ground.CONSENT), ["proof"]),
        (cover(Ground.CONSENT, "Phiếu 12"), []),
        (cover(Ground.CHILD, "Phiếu 12"), ["representative_proof"]),
        (cover(Ground.CHILD, "", "Phiếu 13"), ["proof"]),
        (cover(Ground.CHILD, "Phiếu 12", "Phiếu 13"), []),
        (cover(Ground.OTHER), ["proof"]),
    ],
)
def test_each_ground_asks_its_own_proof_and_no_other(facts: CoverFacts, fields: list[str]) -> None:
    assert [reason.field for reason in missing_proof(facts)] == fields


def test_an_empty_draft_lacks_title_summary_and_text() -> None:
    facts = PostFacts(PostState.DRAFT, " ", "", "", None)
    assert [reason.field for reason in missing_for_publishing(facts)] == ["title", "summary", "body"]
