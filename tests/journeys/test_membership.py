"""A membership in a browser: from a form to a card a stranger checks; a move, a leaving, an undo."""

import re

import pytest
from django.urls import reverse

from foundation.dates import today
from members.models import Admission, Application, Card, Membership
from papers.models import Paper
from people.enums import OfficeCode
from tests.conftest import Cast
from tests.factories import members as make
from tests.factories import people
from tests.journeys.conftest import Arrive
from tests.journeys.entering import enter

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_from_the_form_to_a_card_a_stranger_checks(arrive: Arrive, cast: Cast) -> None:
    branch = make.branch(cast.ward)
    head = people.officer(OfficeCode.BRANCH_HEAD, branch, "Đặng Văn Tư")
    signer = people.officer(OfficeCode.UNIT_HEAD, cast.ward, "Nguyễn Văn Trưởng")
    clerk = people.officer(OfficeCode.CLERK, cast.ward, "Trần Thị Thư")
    found = []

    applicant = arrive(width=390, has_script=False)
    applicant.open(reverse("join"))
    applicant.press("Nộp đơn: Hội viên")
    page = applicant.page
    page.locator("[name=full_name]").fill("Trương Thị Mẫu")
    page.locator("[name=birth_date]").fill("29/02/1992")
    page.locator("[name=phone]").fill("0500000001")
    applicant.press("Tiếp tục")
    page.locator("[name=base]").fill("P001")
    applicant.press("Tiếp tục")
    page.locator("[name=branch]").select_option(label=branch.name)
    applicant.press("Tiếp tục")
    applicant.press("Gửi đơn")
    application = Application.objects.get()
    assert page.get_by_text(application.code).is_visible()

    tapped = enter(arrive(width=390), head)
    tapped.open(reverse("application", args=[application.key]))
    found += tapped.axe_finds()
    tapped.press("Đồng ý")

    officer = enter(arrive(), cast.unit_officer)
    officer.open(reverse("meeting"))
    officer.page.locator("[name=minutes]").fill("Biên bản số 03/BB-BTV")
    officer.page.get_by_label(re.compile("Trương Thị Mẫu")).check()
    found += officer.axe_finds()
    officer.press("Lập đợt")
    officer.press("Soạn quyết định")
    paper = Paper.objects.get()
    officer.page.get_by_role("link", name="Sửa", exact=True).click()
    officer.page.locator("[name=signer]").select_option(label=signer.full_name)
    officer.press("Lưu dự thảo")
    officer.press("Trình ký")
    signing, numbering = enter(arrive(), signer), enter(arrive(), clerk)
    signing.open(reverse("paper", args=[paper.key]))
    signing.press("Ký duyệt")
    numbering.open(reverse("paper", args=[paper.key]))
    numbering.press("Cấp số và phát hành")

    admission = Admission.objects.get()
    officer.open(reverse("admission", args=[admission.pk]))
    officer.page.locator("[name=on]").fill(f"{today():%d/%m/%Y}")
    officer.page.locator("[name=place]").fill("Nhà văn hóa")
    officer.press("Ghi ngày và nơi")
    found += officer.axe_finds()
    officer.press("Ghi lễ kết nạp, trao thẻ")
    card = Card.objects.get()
    assert card.state == "handed"

    stranger = arrive(width=390)
    stranger.open(reverse("proof", args=[card.proof.code]))
    assert stranger.page.get_by_role("heading", name="Hợp lệ").is_visible()
    applicant.open(reverse("join_follow"))
    page.locator("[name=code]").fill(application.code.lower())
    page.locator("main form button").first.click()
    assert page.get_by_text("Đã kết nạp").first.is_visible()
    assert found == []


def test_a_move_a_leaving_and_an_undo(arrive: Arrive, cast: Cast) -> None:
    membership = make.member(cast.member, cast.ward)
    receiver = people.officer(OfficeCode.UNIT_OFFICER, cast.other_ward, "Người Nhận")
    officer = enter(arrive(), cast.unit_officer)
    panel = reverse("person_panel", args=[cast.member.key, "hoi-vien"])
    officer.open(panel)
    found = officer.axe_finds()
    officer.page.get_by_role("link", name="Xin ra", exact=True).click()
    officer.page.locator("[name=reason_code]").select_option("wish")
    found += officer.axe_finds()
    officer.press("Xin ra khỏi Hội")
    membership.refresh_from_db()
    assert membership.state == "ended"
    officer.page.get_by_role("link", name="Hoàn tác", exact=True).click()
    officer.page.locator("[name=reason]").fill("Nhầm người")
    officer.press("Hoàn tác")
    membership.refresh_from_db()
    assert (membership.state, make.card(membership).state) == ("active", "made")

    officer.page.get_by_role("link", name="Chuyển sinh hoạt", exact=True).first.click()
    officer.open(reverse("transfer_new", args=[membership.pk]))
    officer.page.locator("[name=target]").fill("P002")
    officer.page.locator("[name=reason]").fill("Chuyển nơi ở")
    officer.page.locator("main form button").first.click()
    receiving = enter(arrive(width=390), receiver)
    receiving.open(reverse("transfer", args=[membership.transfers.get().pk]))
    found += receiving.axe_finds()
    receiving.page.locator("main form button").first.click()
    assert Membership.objects.get().transfers.get().state == "received"
    assert found == []
