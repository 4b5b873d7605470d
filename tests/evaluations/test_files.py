"""Files that leave the house: S4's sheets as Excel, PDF and CSV; what LibreOffice makes of them."""

import io
import re
import shutil
import subprocess
import warnings
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.urls import reverse

from evaluations.models import Cycle, Sheet
from evaluations.printing.csvfile import csv_rows
from evaluations.printing.excel import write_pay_sheet
from evaluations.printing.pdf import pay_sheet_pdf
from people.enums import OfficeCode
from redcross.demo.evaluations import load_evaluations
from tests.conftest import Cast, SignIn
from tests.factories import evaluations as make
from tests.factories import people

pytestmark = pytest.mark.django_db
LOGINS = ("van-thu", "truong-ban", "danh-gia", "ke-toan", "hien-mau", "khen-thuong")


def s4(cast: Cast) -> tuple[Sheet, Sheet]:
    """The main and the supplementary sheet of the demo's story."""
    units = {"TP": cast.city}
    for code in ("VP", "TC-KT", "CTXH", "SCC", "TTN-TT"):
        units[code] = people.unit(f"Ban {code}", cast.city, code=code)
    users = {login: people.person(f"Người {login}", cast.city, username=login).user for login in LOGINS}
    load_evaluations(units, users)  # type: ignore[arg-type]
    main, extra = Sheet.objects.filter(cycle__number=3).select_related("cycle__unit", "first")
    return main, extra


def excel(sheet: Sheet, path: Path) -> Path:
    with path.open("wb") as out:
        write_pay_sheet(out, sheet)
    return path


def without_values(path: Path) -> Path:
    """The same file with formulas only: whoever shows a value has computed it."""
    with zipfile.ZipFile(path) as parts:
        kept = {name: parts.read(name) for name in parts.namelist()}
    with zipfile.ZipFile(path, "w") as parts:
        for name, content in kept.items():
            parts.writestr(name, re.sub(rb"</f><v>[^<]*</v>", b"</f>", content))
    return path


def row_of(sheet: Any, name: str) -> list[Any]:
    return next(list(row) for row in sheet.iter_rows(values_only=True) if name in row)


def test_s4_on_paper_in_excel_and_for_the_software(cast: Cast, client_for: SignIn, tmp_path: Path) -> None:
    main, extra = s4(cast)
    total = sum(main.lines.values_list("amount", flat=True))

    book = openpyxl.load_workbook(excel(main, tmp_path / "main.xlsx"))
    shown = openpyxl.load_workbook(tmp_path / "main.xlsx", data_only=True)
    sheet, values = book["Bảng thanh toán"], shown["Bảng thanh toán"]
    head = row_of(sheet, "STT")
    assert [name for name in head if name and name.startswith("Tháng")] == ["Tháng 7", "Tháng 8", "Tháng 9"]
    assert head[-4:] == ["Thuế TNCN tạm khấu trừ", "Thực nhận", "Ký nhận", "Ghi chú"]
    sums = dict(zip(head, row_of(values, "Tổng cộng"), strict=True))
    assert (sums["Cộng quý"], sums["Thực nhận"]) == (total, total)
    step = dict(zip(head, row_of(values, "Người truong-ban"), strict=True))
    assert [step[f"Tháng {month}"] for month in (7, 8, 9)] == [14_155_350, 15_407_700, 15_407_700]
    assert (step["Cộng quý"], step["Ghi chú"]) == (44_970_750, "Thay đổi từ 08/2026; Có mức chưa xác nhận")
    formulas = dict(zip(head, row_of(sheet, "Người truong-ban"), strict=True))
    assert formulas["Tổng hệ số"].startswith("=E")
    assert formulas["Cộng quý"].startswith("=ROUND(")
    assert formulas["Tháng 7"].startswith("=SUM('Chi tiết'!M")
    text = "\n".join(str(cell) for row in values.iter_rows(values_only=True) for cell in row if cell)
    assert "BẢNG THANH TOÁN THU NHẬP TĂNG THÊM QUÝ III NĂM 2026" in text
    assert "Mẫu: mức năm 2026 chưa xác nhận (chưa xác nhận)" in text
    assert "Bằng chữ: " in text

    added = openpyxl.load_workbook(excel(extra, tmp_path / "extra.xlsx"), data_only=True)["Bảng thanh toán"]
    line = dict(zip(row_of(added, "STT"), row_of(added, "Người van-thu"), strict=True))
    assert (line["Chênh lệch phải chi"], line["Thực nhận"]) == (27_324_000, 27_324_000)
    rows = [row.decode("utf-8-sig").strip().split(";") for row in csv_rows(extra, ["name", "amount"])]
    assert rows == [["Họ và tên", "Phải chi"], ["Người van-thu", "27324000"]]
    assert pay_sheet_pdf(extra).startswith(b"%PDF")
    assert pay_sheet_pdf(extra) == pay_sheet_pdf(extra)

    accountant = client_for(people.officer(OfficeCode.ACCOUNTANT, cast.city, "Kế Toán Trưởng"))
    page = accountant.get(reverse("pay_sheet", args=[extra.key])).content.decode()
    assert "27.324.000 đ" in page
    assert extra.digest in page
    assert "Hai mươi bảy triệu ba trăm hai mươi tư nghìn đồng" in page
    opened = accountant.get(reverse("pay_line", args=[extra.key, extra.lines.get().pk])).content.decode()
    assert "(3 + 0) × 2.530.000 đ × 1,5 × 80 %" in opened
    assert "Nghị định 161/2026/NĐ-CP" in opened
    answer = accountant.post(reverse("pay_sheet_check", args=[extra.key]), follow=True).content.decode()
    assert "mã kiểm tra khớp" in answer
    asking = Cycle.objects.get(number=3).ratings.get(person__user__username="van-thu")
    mine = client_for(asking.person).get(reverse("mine_rating", args=[asking.key])).content.decode()
    assert "27.324.000 đ" in mine
    assert "Chấp nhận: nguyên nhân khách quan" in mine
    summary = accountant.get(reverse("rating_summary", args=[asking.cycle_id]))
    assert summary.status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_a_sheet_asks_as_often_for_many_people(
    cast: Cast, count: int, client_for: SignIn, django_assert_max_num_queries: object
) -> None:
    rating = make.rated(cast.ward)
    line = make.paid(rating)
    for number in range(1, count):
        someone = people.person(f"Người {number}", cast.ward, with_user=False)
        make.employed(someone, cast.ward)
        other = rating.cycle.ratings.create(person=someone, employment=someone.employments.get())
        line.sheet.lines.create(
            rating=other, level="good", inputs=line.inputs, entitled=line.entitled, amount=line.amount
        )
    client = client_for(people.officer(OfficeCode.ACCOUNTANT, cast.ward, "Kế Toán"))
    url = reverse("pay_sheet", args=[line.sheet.key])
    client.get(url)
    with django_assert_max_num_queries(17):  # type: ignore[operator]
        page = client.get(url).content.decode()
    assert page.count("34.155.000 đ") >= count
    file: Any = client.get(reverse("pay_sheet_excel", args=[line.sheet.key]))
    out = io.BytesIO(b"".join(file.streaming_content))
    assert openpyxl.load_workbook(out)["Chi tiết"].max_row == 1 + 3 * count


@pytest.mark.skipif(
    shutil.which("soffice") is None, reason="LOUD: no LibreOffice here, formulas not recalculated"
)
def test_libreoffice_computes_the_same_totals(cast: Cast, tmp_path: Path) -> None:
    main, extra = s4(cast)
    paths = [
        without_values(excel(sheet, tmp_path / f"{name}.xlsx"))
        for sheet, name in ((main, "main"), (extra, "extra"))
    ]
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/office", "--headless"]
    command += ["--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(tmp_path / "again")]
    subprocess.run([*command, *map(str, paths)], check=True, capture_output=True, timeout=240)
    for sheet, name in ((main, "main"), (extra, "extra")):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(tmp_path / "again" / f"{name}.xlsx", data_only=True)
        found = book["Bảng thanh toán"]
        head = row_of(found, "STT")
        sums = dict(zip(head, row_of(found, "Tổng cộng"), strict=True))
        total = sum(sheet.lines.values_list("amount", flat=True))
        assert sums["Thực nhận"] == total
        people_paid = {row[1]: row[head.index("Thực nhận")] for row in found.iter_rows(values_only=True)}
        for line in sheet.lines.select_related("rating__person"):
            assert people_paid[line.rating.person.full_name] == line.amount
        kinds = [row[3] for row in book["Theo diện"].iter_rows(min_row=3, values_only=True)]
        assert sum(kinds) == total
