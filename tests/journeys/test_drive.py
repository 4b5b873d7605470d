"""A drive from plan to reconciled figures, those of daily-work §6 (S2); the network is cut in check-in."""

from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import timezone

from donors.actions.checkins import Entry, receive_check_ins
from donors.actions.signups import sign_up
from donors.enums import SignUpState, Source
from donors.models import CheckIn, CheckInDevice, Donation, Drive, SignUp
from foundation.dates import today
from people.actors import system_actor
from people.enums import OfficeCode
from people.models import Person
from tests.conftest import Cast
from tests.factories import donors, people
from tests.journeys.conftest import Arrive, Visitor
from tests.journeys.entering import enter

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
BY = system_actor()
SIGNED, CAME, PASSED, FIRST_TIME = 168, 151, 140, 41
# Until each entry the device holds has its answer; looked at every frame.
ALL_ANSWERED = """async () => {
  const asked = (request) => new Promise((done) => (request.onsuccess = () => done(request.result)));
  const base = await asked(indexedDB.open("diem-danh"));
  const held = () => asked(base.transaction("entries").objectStore("entries").getAll());
  while ((await held()).some((one) => !one.answer)) await new Promise((done) => requestAnimationFrame(done));
  base.close();
}"""
VOLUMES = [250] * 12 + [350] * 96 + [450] * 24


def _plan(visitor: Visitor, cast: Cast) -> Drive:
    """Planned, opened; the first signs up."""
    for label, value in {
        "Tên đợt hiến máu": "Giọt hồng tháng Sáu",
        "Cơ sở tiếp nhận máu": "Trung tâm Hiến máu (mẫu)",
        "Địa điểm": "Nhà văn hóa Mẫu 1",
        "Ngày": f"{today():%d/%m/%Y}",
        "Từ giờ": "07:00",
        "Đến giờ": "12:00",
        "Chỉ tiêu (lượt)": "150",
        "Số chỗ mỗi khung giờ": "40",
    }.items():
        visitor.page.get_by_label(label, exact=True).fill(value)
    visitor.press("Lưu")
    visitor.press("Mở đăng ký")
    drive = Drive.objects.get()
    first = people.person("Người Hiến 000", cast.ward, with_user=False)
    Person.objects.filter(pk=first.pk).update(birth_year=1980)
    sign_up(by=BY, person=first, slot=drive.slots.all()[0])
    return drive


def _all_sign_up(drive: Drive) -> None:
    """The 167 others; nothing but rows: who signs up how is told elsewhere."""
    crowd = [Person(full_name=f"Người Hiến {n:03}", birth_year=1980) for n in range(1, SIGNED)]
    for one in crowd:
        one.clean()
    slots = list(drive.slots.all())
    SignUp.objects.bulk_create(
        SignUp(drive=drive, slot=slots[n % len(slots)], person=person, state=SignUpState.SEATED)
        for n, person in enumerate(Person.objects.bulk_create(crowd), 1)
    )
    for slot in slots:
        slot.taken = slot.sign_ups.count()
        slot.save(update_fields=["taken"])


def _others_come_and_give(drive: Drive) -> None:
    """The rest of the 151 at another table; 132 give, 12, 96 and 24 of each bag."""
    device = CheckInDevice.objects.get()
    left = CAME - CheckIn.objects.counted().count()
    places = SignUp.objects.filter(check_ins=None).order_by("pk")[:left]
    entries = [Entry(uuid4(), timezone.now(), place=place.pk) for place in places]
    receive_check_ins(by=BY, device=device, entries=entries)
    came = CheckIn.objects.counted().exclude(sign_up=None).order_by("pk").values("sign_up__person")
    typed = [350, *VOLUMES[1:]]  # one line typed wrong: the facility has 250
    giving = donors.crowd(list(Person.objects.filter(pk__in=came).order_by("pk")[: len(typed)]), drive.unit)
    today_ = [(donor, today(), ml, drive) for donor, ml in zip(giving, typed, strict=True)]
    before = [(donor, today() - timedelta(days=180), 350, None) for donor in giving[FIRST_TIME:]]
    Donation.objects.bulk_create(
        Donation(
            donor=donor,
            unit=drive.unit,
            on=on,
            volume_ml=ml,
            drive=at,
            source=Source.DRIVE if at else Source.OFFICER,
        )
        for donor, on, ml, at in [*before, *today_]
    )


def _facility_list(to: Path) -> Path:
    """The facility's list: one volume differs from ours, and one serial stands twice."""
    lines = ["STT;Họ và tên;Năm sinh;Thể tích (ml);Số GCN"]
    given = Donation.objects.filter(on=today()).select_related("donor__person").order_by("pk")
    for n, (one, ml) in enumerate(zip(given, VOLUMES, strict=True), start=1):
        lines.append(f"{n};{one.donor.person.full_name};1980;{ml};GCN{min(n, 131):04}")
    to.write_text("\n".join(lines), encoding="utf-8")
    return to


def wake_worker(visitor: Visitor) -> None:
    """What the browser does when the network is back; the page itself stays closed."""
    visitor.open(reverse("drive_calendar"))
    devtools = visitor.context.new_cdp_session(visitor.page)
    known: list[dict[str, str]] = []
    devtools.on("ServiceWorker.workerRegistrationUpdated", lambda told: known.extend(told["registrations"]))
    devtools.send("ServiceWorker.enable")
    visitor.page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)")
    waking = {"origin": visitor.home, "registrationId": known[0]["registrationId"], "tag": "gui"}
    devtools.send("ServiceWorker.dispatchSyncEvent", {**waking, "lastChance": False})
    visitor.page.evaluate(ALL_ANSWERED)
    assert CheckIn.objects.counted().count() == 4


def test_from_plan_to_reconciled_figures(arrive: Arrive, cast: Cast, tmp_path: Path) -> None:
    visitor = enter(arrive(width=390), cast.unit_officer)
    page, found = visitor.page, []
    visitor.open(reverse("drive_new"))
    found += visitor.axe_finds()
    drive = _plan(visitor, cast)

    # The list is taken on the device; then the network goes, and the session ends.
    page.reload()
    page.get_by_label("Tên máy này").fill("Điện thoại bàn số 1")
    found += visitor.axe_finds()
    _all_sign_up(drive)
    visitor.press("Điểm danh trên máy này")
    with page.expect_response("**" + reverse("checkin_send")):
        page.get_by_role("button", name="Ghi đã đến: Người Hiến 000").click()
    page.get_by_text("Đã gửi hết").wait_for()
    visitor.context.set_offline(True)
    Session.objects.all().delete()
    page.get_by_role("button", name="Ghi đã đến: Người Hiến 001").click()
    page.get_by_text("1 lượt chưa gửi").wait_for()
    page.reload()
    page.get_by_text("1 lượt chưa gửi").wait_for()
    page.get_by_label("Tìm theo tên").fill("nguoi hien 002")
    page.get_by_role("button", name="Ghi đã đến: Người Hiến 002").click()
    page.get_by_label("Họ và tên").fill("Lê Thị Mới")
    page.get_by_label("Năm sinh").fill("1999")
    page.get_by_label("3 số cuối điện thoại", exact=True).fill("456")
    page.get_by_role("button", name="Ghi đã đến", exact=True).click()
    page.get_by_text("3 lượt chưa gửi").wait_for()
    found += visitor.axe_finds()
    # What the device holds is unsent for it, even where the browser's worker had got one across before the
    # cut reached it and its answer was lost: it counts once all the same. The page is closed; when the
    # network is back, the browser wakes the worker, and it sends.
    page.goto("about:blank")
    visitor.context.set_offline(False)
    wake_worker(visitor)
    page.goto(f"{visitor.home}{reverse('checkin_shell')}#{drive.pk}")
    page.get_by_text("Đã gửi hết").wait_for()
    assert CheckIn.objects.counted().count() == 4
    _others_come_and_give(drive)

    # Closed: the list goes from the device. Both lists are compared, the differences settled.
    enter(visitor, cast.unit_officer)
    visitor.open(reverse("drive", args=[drive.pk]))
    visitor.press("Đóng đợt hiến máu")
    page.goto(f"{visitor.home}{reverse('checkin_shell')}#{drive.pk}")
    page.get_by_text("Danh sách đã xóa khỏi máy này").wait_for()
    assert page.get_by_text("Người Hiến 003").count() == 0
    visitor.open(reverse("drive_compare", args=[drive.pk]))
    page.get_by_label("Danh sách của cơ sở tiếp nhận").set_input_files(_facility_list(tmp_path / "ds.csv"))
    visitor.press("Đọc và so")
    found += visitor.axe_finds()
    visitor.press("Số của cơ sở đúng")
    page.get_by_label("Lượt hiến của Người Hiến 131").select_option(index=1)
    visitor.press("Giải quyết")

    # The donor officer finishes; the figures stand.
    officer = enter(arrive(), people.officer(OfficeCode.DONOR_OFFICER, cast.city))
    officer.open(reverse("drive_compare", args=[drive.pk]))
    officer.page.get_by_label("Số, ngày của biên bản").fill("12/BB-CTĐ, 14/06/2026")
    officer.page.get_by_label("Đạt khám tuyển").fill(str(PASSED))
    found += officer.axe_finds()
    officer.press("Hai danh sách đã khớp")
    figures = officer.page.get_by_role("region", name="Từ đăng ký đến hiến máu")
    assert [cell.inner_text() for cell in figures.get_by_role("definition").all()] == [
        str(SIGNED),
        str(CAME),
        str(PASSED),
        "132",
        "150",
    ]
    assert figures.get_by_text("132 túi, 47.400 ml, 189,6 đơn vị 250 ml; 41 người hiến lần đầu").is_visible()
    assert Donation.objects.confirmed().count() == 132
    assert found == []
