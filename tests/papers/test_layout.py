"""A paper set in PDF and .docx from one model: block by block the same, and as Decree 30/2020/NĐ-CP asks."""

from dataclasses import replace
from datetime import date
from itertools import accumulate

import pytest
from docx.shared import Pt

from papers.layout import (
    Annex,
    Article,
    Document,
    Flow,
    Heading,
    Paragraph,
    Proof,
    Signature,
    Table,
    from_json,
    lay_out,
    to_json,
    write_docx,
    write_pdf,
)
from papers.layout.docx import ALIGN
from papers.layout.flow import Block, Cells, Grid, Part, closed
from papers.layout.widths import width_mm
from papers.rules import OutOfRange, capacity_lines, measures, number_text, ranges, read_number, roman
from tests.papers.reading import Letter, letters, paragraphs, plain

DAY = date(2026, 6, 5)
SIZES = measures(DAY)
HOSTILE = (
    '#eval("1+1") #panic() *đậm* _nghiêng_ $x^2$ <nhãn> '
    "@ref `mã` \\n \\ \"ngoặc\" 'đơn' -- --- ... ~ // /* */ [x] {y}"
)
ROW = ("1", "Trương Thị An (mẫu)", "1992", "Chi hội khu phố 4", "18", "")


def decision(**changes: object) -> Document:
    paper = Document(
        kind="Quyết định",
        superior=("Hội Chữ thập đỏ Thành phố Hồ Chí Minh",),
        issuer=("Hội Chữ thập đỏ phường Mẫu 1",),
        sign="QĐ-CTĐ",
        number=7,
        place="Thành phố Hồ Chí Minh",
        day=DAY,
        abstract="Về việc công nhận hội viên",
        authority="Ban Thường vụ Hội Chữ thập đỏ phường Mẫu 1",
        grounds=("Căn cứ Điều lệ Hội Chữ thập đỏ Việt Nam", "Theo đề nghị của Chi hội khu phố 4;"),
        resolution="Quyết định:",
        items=(
            Heading("Chương I", "Quy định chung"),
            Article("Công nhận hội viên theo danh sách kèm theo, sinh hoạt tại Chi hội khu phố 4. " * 3),
            Article("Quyết định có hiệu lực kể từ ngày ký.\nVăn phòng thi hành.", title="Hiệu lực"),
            Table(("STT", "Nội dung", "Số tiền"), (("1", "Quà tặng", "5.940.000"),), figures=(2,)),
            Paragraph(HOSTILE),
            Paragraph("Các ông, bà có tên tại Điều 1 chịu trách nhiệm thi hành Quyết định này./."),
        ),
        receivers=("Như Điều 3", "Hội Chữ thập đỏ Thành phố", "Lưu: VT, HV"),
        signatures=(
            Signature(capacity_lines("for_body", "Chủ tịch", "Ban Thường vụ"), "Đỗ Thị Trưởng (mẫu)"),
        ),
        annexes=(
            Annex(
                "Danh sách hội viên",
                (Table(("STT", "Họ và tên", "Năm sinh", "Đơn vị", "Số lần", "Ghi chú"), (ROW,)),),
            ),
            Annex("Bảng phân công", (Paragraph("Theo kế hoạch năm."),)),
        ),
        drafter="NVA.12",
        address="Số 1 đường Mẫu; điện thoại: (mẫu); example.org",
        proof=Proof("https://example.org/xac-nhan/abc/", "Kiểm tra tại example.org"),
    )
    return replace(paper, **changes)  # type: ignore[arg-type]


def letter_51(**changes: object) -> Document:
    """An official letter to several addressees."""
    return decision(
        kind="", sign="CTĐ", abstract="", about="báo cáo công tác Hội quý II", authority="", resolution="",
        grounds=(), annexes=(), proof=None, addressees=("Hội Chữ thập đỏ phường Mẫu 2", "Trường Đại học Mẫu"),
        urgency="Khẩn", **changes,
    )  # fmt: skip


def minutes(**changes: object) -> Document:
    return decision(
        kind="Biên bản", sign="BB-HĐTĐKT", authority="", resolution="", grounds=(), annexes=(), address="",
        signatures=(Signature(("Thư ký",), "Lê Thị Hạnh"), Signature(("Chủ trì",), "Đỗ Thị Trưởng")),
        **changes,
    )  # fmt: skip


def thanks() -> Document:
    return Document(
        form="letter",
        issuer=("Hội Chữ thập đỏ Thành phố (mẫu)",),
        kind="Thư cảm ơn",
        addressees=("Ông Trương Văn An",),
        items=(Paragraph("Hội trân trọng cảm ơn tấm lòng của Ông." * 4),),
        place="Thành phố Hồ Chí Minh",
        day=DAY,
        signatures=(Signature(("Chủ tịch",), "Đỗ Thị Trưởng"),),
    )


PAPERS = {"decision": decision(), "official letter": letter_51(), "minutes": minutes(), "thanks": thanks()}


def body_letters(pdf: bytes) -> list[Letter]:
    """Letters of the text area and, after them, of the foot of the first page."""
    found = [one for one in letters(pdf) if one.top > SIZES.top - 2]
    limit = SIZES.height - SIZES.bottom
    return [one for one in found if one.top < limit] + [one for one in found if one.top >= limit]


def in_order(flow: Flow) -> list[Block]:
    """Blocks with text, feet last."""
    feet = [section.foot for section in flow.sections if section.foot]
    return [one for one in flow.blocks() if one.text and one not in feet] + feet


def matched(block: Block, found: list[Letter]) -> list[Letter]:
    """Takes the block's letters from the front, each in the dress the model says."""
    taken = []
    for run in block.runs:
        for expected in plain(run.text):
            one = found.pop(0)
            dress = (one.text, one.size, one.bold, one.italic)
            assert dress == (expected, block.style.size, run.bold, run.italic), block.text
            taken.append(one)
    return taken


def match_in_any_order(blocks: list[Block], found: list[Letter]) -> list[Letter]:
    """The first letter of each block; Typst sets cells that stand side by side in its own order."""
    first: dict[int, Letter] = {}
    waiting = {number: block for number, block in enumerate(blocks) if block.text}
    while waiting:
        ahead = "".join(one.text for one in found[:500])
        fitting = [number for number, block in waiting.items() if ahead.startswith(plain(block.text))]
        assert fitting, f"no cell begins with {ahead[:40]}"
        number = max(fitting, key=lambda n: (len(waiting[n].text), -n))
        first[number] = matched(waiting.pop(number), found)[0]
    return [first[number] for number in sorted(first)]


def match_part(part: Part, found: list[Letter]) -> None:
    """Rows of a table lie below one another, their cells from left to right; columns go down."""
    if isinstance(part, Block):
        matched(part, found)
    elif isinstance(part, Grid):
        places = match_in_any_order([*part.head, *(cell for row in part.rows for cell in row)], found)
        on_page = [(one.page, round(one.top), one.x0) for one in places]
        assert on_page == sorted(on_page)
    else:
        for row in part.rows:
            columns = [[one for one in column if isinstance(one, Block)] for column in row]
            places = match_in_any_order([one for column in columns for one in column], found)
            for blocks, left, width in zip(
                columns, accumulate((SIZES.left, *part.widths)), part.widths, strict=False
            ):
                here, places = places[: len(blocks)], places[len(blocks) :]
                assert [one.top for one in here] == sorted(one.top for one in here)
                assert all(left - 0.2 <= one.x0 <= left + width for one in here)


@pytest.mark.parametrize("name", PAPERS)
def test_pdf_and_docx_hold_the_same_blocks_in_the_same_dress(name: str) -> None:
    flow = lay_out(PAPERS[name], SIZES)
    blocks = in_order(flow)
    written = paragraphs(write_docx(flow))

    assert [one.text for one in written] == [block.text for block in blocks]
    for block, paragraph in zip(blocks, written, strict=True):
        runs = [(r.text, r.font.size, r.font.bold, r.font.italic, r.font.name) for r in paragraph.runs]
        assert runs == [
            (run.text, Pt(block.style.size), run.bold, run.italic, "Times New Roman") for run in block.runs
        ]
        assert paragraph.alignment == ALIGN[block.style.align]
        assert paragraph.paragraph_format.keep_with_next or not block.keep_next

    found = body_letters(write_pdf(flow))
    for section in flow.sections:
        for part in section.parts:
            match_part(part, found)
    for section in flow.sections:
        if section.foot is not None:
            matched(section.foot, found)
    assert found == []


def line_of(found: list[Letter], text: str) -> tuple[Letter, Letter, Letter]:
    """First and last letter of a text that stands on one line, and the letter before it, in the order set."""
    whole = "".join(one.text for one in found)
    place = whole.index(plain(text))
    return found[place], found[place + len(plain(text)) - 1], found[place - 1]


def test_alignment_and_margins_stand_on_the_page_as_the_model_says() -> None:
    found = body_letters(write_pdf(lay_out(decision(), SIZES)))
    middle = SIZES.left + SIZES.text_width / 2
    right_middle = SIZES.left + SIZES.left_cell + SIZES.right_cell / 2
    for text, centre in [
        ("QUYẾT ĐỊNH", middle),
        ("Về việc công nhận hội viên", middle),
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", right_middle),
        ("Độc lập - Tự do - Hạnh phúc", right_middle),
        ("Số: 07/QĐ-CTĐ", SIZES.left + SIZES.left_cell / 2),
    ]:
        first, last, _before = line_of(found, text)
        assert (first.x0 + last.x1) / 2 == pytest.approx(centre, abs=0.3), text
        assert first.top == pytest.approx(last.top, abs=1.5), text
    number, place = (
        line_of(found, "Số: 07")[0],
        line_of(found, "Thành phố Hồ Chí Minh, ngày 05 tháng 6 năm 2026")[0],
    )
    assert number.top == pytest.approx(place.top, abs=0.1)
    article, _last, _before = line_of(found, "Điều 1.")
    assert article.x0 == pytest.approx(SIZES.left + 10, abs=0.3)
    assert line_of(found, "Nơi nhận:")[0].top == pytest.approx(
        line_of(found, "TM. BAN THƯỜNG VỤ")[0].top, abs=1
    )
    assert max(one.x1 for one in found) <= SIZES.width - SIZES.right + 0.2
    assert min(one.x0 for one in found) >= SIZES.left - 0.2
    assert line_of(found, "Nơi nhận:")[0].x0 == pytest.approx(SIZES.left, abs=0.3)


def test_every_size_lies_in_the_decrees_range_and_a_unit_chooses_within_it() -> None:
    for name, (least, most, used) in ranges(DAY).items():
        assert least <= used <= most, name
    assert measures(DAY, {"paragraph": 13, "left": 35}).styles["paragraph"].size == 13
    with pytest.raises(OutOfRange):
        measures(DAY, {"paragraph": 15})
    with pytest.raises(KeyError):
        measures(DAY, {"nothing": 1})


def test_the_head_never_breaks_and_its_lines_have_the_decrees_length() -> None:
    head = lay_out(decision(), SIZES).sections[0].parts[0]
    assert isinstance(head, Cells)
    blocks = {
        one.text: one for row in head.rows for column in row for one in column if isinstance(one, Block)
    }

    assert list(blocks)[:2] == ["HỘI CHỮ THẬP ĐỎ", "THÀNH PHỐ HỒ CHÍ MINH"]
    motto = blocks["Độc lập - Tự do - Hạnh phúc"]
    assert motto.rule == pytest.approx(width_mm(motto.text, motto.style), abs=0.1)
    assert width_mm("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", motto.style) < SIZES.right_cell
    issuer = blocks["PHƯỜNG MẪU 1"]
    assert 1 / 3 <= issuer.rule / width_mm(issuer.text, issuer.style) <= 1 / 2


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 1, 9), "ngày 09 tháng 01 năm 2026"),
        (date(2026, 2, 28), "ngày 28 tháng 02 năm 2026"),
        (date(2026, 3, 10), "ngày 10 tháng 3 năm 2026"),
        (date(2026, 12, 31), "ngày 31 tháng 12 năm 2026"),
    ],
)
def test_the_day_has_a_nought_as_the_decree_says(day: date, expected: str) -> None:
    texts = [block.text for block in lay_out(decision(day=day), SIZES).blocks()]
    assert f"Thành phố Hồ Chí Minh, {expected}" in texts


def test_numbers_signs_and_capacities() -> None:
    assert [number_text(n, "QĐ-CTĐ") for n in (1, 9, 10, 123)] == [
        "01/QĐ-CTĐ", "09/QĐ-CTĐ", "10/QĐ-CTĐ", "123/QĐ-CTĐ",
    ]  # fmt: skip
    assert [read_number(text) for text in ("07/QĐ-CTĐ", "Số: 91/CTĐ", "12", "QĐ-7", "0", "")] == [
        7,
        91,
        12,
    ] + [None] * 3
    assert [roman(n) for n in (1, 4, 9, 14, 40, 49, 89)] == ["I", "IV", "IX", "XIV", "XL", "XLIX", "LXXXIX"]
    assert capacity_lines("in_charge", "Phó Chủ tịch phụ trách", "Chủ tịch") == (
        "KT. Chủ tịch",
        "Phó Chủ tịch",
    )
    assert capacity_lines("acting", "Chủ tịch") == ("Q. Chủ tịch",)
    assert capacity_lines("by_order", "Chánh Văn phòng", "Chủ tịch")[0] == "TL. Chủ tịch"
    assert capacity_lines("authorised", "Phó Chủ tịch", "Chủ tịch")[0] == "TUQ. Chủ tịch"


def test_annexes_are_numbered_when_there_are_several_and_named_after_the_paper() -> None:
    two = [b.text for b in lay_out(decision(), SIZES).blocks() if b.role.startswith("annex")]
    one = lay_out(replace(decision(), annexes=decision().annexes[:1]), SIZES)
    electronic = lay_out(decision(is_electronic=True), SIZES)

    assert two == [
        "Phụ lục I",
        "DANH SÁCH HỘI VIÊN",
        "(Kèm theo Quyết định số 07/QĐ-CTĐ ngày 05 tháng 6 năm 2026 của Hội Chữ thập đỏ phường Mẫu 1)",
        "Phụ lục II",
        "BẢNG PHÂN CÔNG",
        "(Kèm theo Quyết định số 07/QĐ-CTĐ ngày 05 tháng 6 năm 2026 của Hội Chữ thập đỏ phường Mẫu 1)",
    ]
    assert [b.text for b in one.blocks() if b.role == "annex_number"] == ["Phụ lục"]
    assert not [b for b in electronic.blocks() if b.role == "annex_reference" and "05 tháng 6" in b.text]


def test_lists_end_with_their_marks() -> None:
    assert closed(["Như trên;", "- Lưu: VT."], dash=True) == ["- Như trên;", "- Lưu: VT."]
    assert closed(["Căn cứ A"]) == ["Căn cứ A."]
    assert closed(["", " "]) == []


def test_page_numbers_stand_in_the_top_margin_from_page_two_and_begin_again_in_an_annex() -> None:
    rows = tuple((str(n), *ROW[1:]) for n in range(1, 90))
    long = decision(annexes=(Annex("Danh sách", (Table(("STT", "a", "b", "c", "d", "e"), rows),)),))
    found = letters(write_pdf(lay_out(long, SIZES)))
    numbers = [(one.page, one.text, one.size) for one in found if one.top < SIZES.top - 3]

    assert numbers == [(page, str(page - 1), 13.0) for page in range(3, 7)]
    assert max(one.page for one in found) == 6


def rows_on_pages(pdf: bytes) -> dict[int, str]:
    found = letters(pdf)
    return {
        page: "".join(one.text for one in found if one.page == page and one.top > SIZES.top - 3)
        for page in sorted({one.page for one in found})
    }


@pytest.mark.parametrize("count", [*range(28, 42), 75, 76])
def test_a_list_repeats_its_head_tears_no_row_and_leaves_no_signature_alone(count: int) -> None:
    rows = tuple(
        (f"r{n}", f"Hàng {n} bắt đầu và xuống dòng cho dài hơn một dòng, hết{n}") for n in range(count)
    )
    annex = Annex(
        "Danh sách",
        (Table(("STT", "Họ và tên"), rows, widths=(1, 3)),),
        signatures=(Signature(("Người lập",), "Lê A"),),
    )
    flow = lay_out(decision(annexes=(annex,)), SIZES)
    pages = rows_on_pages(write_pdf(flow))
    listed = {page: text for page, text in pages.items() if page > 1}

    for text in listed.values():
        assert (text.count("STT"), text.count("Họvàtên")) == (1, 1)
        assert text.count("bắtđầu") == text.count(",hết")
    assert "".join(listed.values()).count("bắtđầu") == count
    assert listed[max(listed)].endswith("NGƯỜILẬPLêA")
    assert listed[max(listed)].count("bắtđầu") >= 2
    document_rows = [part for part in flow.sections[1].parts if isinstance(part, Grid)]
    assert document_rows[0].keep_last == 2


@pytest.mark.parametrize("count", range(14, 34))
def test_two_body_lines_come_along_with_the_signature(count: int) -> None:
    items = tuple(Paragraph(f"Dòng{n}.") for n in range(count))
    flow = lay_out(decision(items=items, annexes=(), proof=None, address=""), SIZES)
    last = list(rows_on_pages(write_pdf(flow)).values())[-1]

    assert "Nơinhận:" in last
    assert f"Dòng{count - 2}." in last
    assert f"Dòng{count - 1}." in last


def test_nothing_that_is_typed_is_run_or_lost() -> None:
    word = "Chữthậpđỏ" * 60
    flow = lay_out(
        decision(
            abstract=HOSTILE, items=(Paragraph(HOSTILE), Paragraph(word)), receivers=(HOSTILE,),
            annexes=(Annex(HOSTILE, (Table((HOSTILE, "b"), ((HOSTILE, word),)),)),),
        ), SIZES,
    )  # fmt: skip
    pdf = write_pdf(flow)
    found = body_letters(pdf)
    text = "".join(one.text for one in found)

    assert text.count(plain(HOSTILE)) == 5
    assert text.count(plain(HOSTILE.upper())) == 1
    assert text.count(plain(word)) == 2
    assert max(one.x1 for one in found) <= SIZES.width - SIZES.right + 0.5


def test_the_same_paper_gives_the_same_bytes_and_only_our_typeface() -> None:
    flow = lay_out(decision(), SIZES)
    pdf = write_pdf(flow)

    assert pdf == write_pdf(flow)
    assert pdf.startswith(b"%PDF-1.7")
    assert {one.text for one in letters(pdf)} >= set("ỘỮẬỎệửỷ".replace("ửỷ", ""))


def test_a_paper_comes_back_from_json_and_nothing_strange_gets_in() -> None:
    for paper in PAPERS.values():
        assert from_json(to_json(paper)) == paper
    for wrong in (
        {"strange": 1},
        {"items": [{"type": "code", "text": "x"}]},
        {"items": ["x"]},
        {"abstract": "x" * 500_000},
    ):
        with pytest.raises(ValueError, match=r"."):
            from_json(wrong)
