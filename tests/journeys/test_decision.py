"""A decision with its annex: drafted, returned, signed, numbered, checked by a stranger, ended."""

import re
from io import BytesIO

import pytest
from django.urls import reverse
from pdfminer.high_level import extract_text

from papers.models import Paper
from people.enums import OfficeCode
from tests.conftest import Cast
from tests.factories import people
from tests.journeys.conftest import Arrive
from tests.journeys.entering import enter

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
ROWS = "STT\tHọ và tên\tNăm sinh\tĐơn vị\tGhi chú\n" + "\n".join(
    f"{n}\tNguyễn Văn Mẫu {n}\t19{60 + n}\tChi hội khu phố 4\t" for n in range(1, 13)
)


def test_from_draft_to_a_stranger_who_checks_it(arrive: Arrive, cast: Cast) -> None:
    head = people.officer(OfficeCode.UNIT_HEAD, cast.ward, "Nguyễn Văn Trưởng")
    clerk = people.officer(OfficeCode.CLERK, cast.ward, "Trần Thị Thư")
    drafter, signer = enter(arrive(), cast.unit_officer), enter(arrive(width=390), head)
    page, found = drafter.page, []

    drafter.open(reverse("paper_new"))
    found += drafter.axe_finds()
    page.get_by_role("link", name="Quyết định công nhận hội viên").click()
    for name in ("body", "grounds", "annex_1_rows"):
        field = page.locator(f"[name={name}]")
        words = field.input_value()
        field.fill(ROWS if name == "annex_1_rows" else re.sub(r"\[[^\]]*\]", "12", words))
    page.locator("[name=signer]").select_option(label=head.full_name)
    found += drafter.axe_finds()
    drafter.press("Lưu dự thảo")
    found += drafter.axe_finds()
    drafter.press("Trình ký")

    signer.open(reverse("work_home"))
    signer.page.get_by_role("link", name=re.compile("Về việc công nhận hội viên")).click()
    found += signer.axe_finds()
    signer.page.locator("form", has=signer.page.get_by_role("button", name="Trả lại")).locator(
        "textarea"
    ).fill("Thêm nơi nhận")
    signer.press("Trả lại")
    page.reload()
    assert page.get_by_text("Thêm nơi nhận").is_visible()
    page.get_by_role("link", name="Sửa", exact=True).click()
    page.locator("[name=receivers]").fill("Như Điều 3\nThành Hội\nLưu: VT")
    drafter.press("Lưu dự thảo")
    drafter.press("Trình ký")
    signer.page.reload()
    signer.press("Ký duyệt")

    desk = enter(arrive(), clerk)
    desk.open(reverse("paper", args=[Paper.objects.get().key]))
    found += desk.axe_finds()
    desk.press("Cấp số và phát hành")
    found += desk.axe_finds()
    paper = Paper.objects.get()
    assert paper.number_text == "01/QĐ-CTĐ"
    printed = desk.page.request.get(desk.home + reverse("paper_pdf", args=[paper.key]))
    assert "DANH SÁCH HỘI VIÊN ĐƯỢC CÔNG NHẬN" in extract_text(BytesIO(printed.body()))

    stranger = arrive(width=390)
    stranger.open(reverse("proof", args=[paper.proof.code]))
    assert stranger.page.get_by_role("heading", name="Hợp lệ").is_visible()
    found += stranger.axe_finds()
    desk.page.locator("form", has=desk.page.get_by_role("button", name="Chấm dứt hiệu lực")).locator(
        "textarea"
    ).fill("Thay bằng Quyết định 02")
    desk.press("Chấm dứt hiệu lực")
    stranger.page.reload()
    assert stranger.page.get_by_role("heading", name="Không còn hiệu lực").is_visible()
    assert found == []
