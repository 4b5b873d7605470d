"""What a round asks of units and keeps: who has not handed in, files, reports; figures as a book."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from donors.models import Donation, Drive
from foundation.dates import today
from ledger.models import StoredFile
from letters.models import Letter
from people.actors import system_actor
from people.enums import OfficeCode
from rewards.actions.gifts import hand_out_at_drive
from rewards.actions.papers import draft_round_paper
from rewards.actions.policies import draft_policy
from rewards.actions.rounds import report_unit
from rewards.enums import PaperUse, Step
from rewards.models import Award, Dossier, Nomination, Round
from rewards.queries.gifts import allowances_at
from tests.conftest import Cast, sign_in
from tests.factories import donors, drives, people
from tests.factories.rewards import gift, nomination, policy

pytestmark = pytest.mark.django_db
BY = system_actor()


def open_round(**changes: object) -> Round:
    days = {"cut_off": today(), "deadline": today(), "ceremony_on": today()}
    return Round.objects.create(**{"name": "Đợt tôn vinh", **days, **changes})


def test_units_that_have_not_handed_in_are_reminded_in_one_click(cast: Cast) -> None:
    cycle = open_round()
    client = sign_in(people.officer(OfficeCode.REWARD_OFFICER, cast.city, "Cán Bộ Khen"))
    url = reverse("reward_round", args=[cycle.pk])
    page = client.get(url)
    missing = len(page.context["missing"])
    assert missing == len(page.context["wall"]) >= 2
    assert f"Nhắc {missing} đơn vị" in page.content.decode()

    for _time in range(2):
        assert client.post(f"{url}nhac/").status_code == 302
    told = list(
        Letter.objects.filter(key__startswith="rewards.remind_unit:").values_list("unit_code", flat=True)
    )
    assert told == [cast.ward.code], "one officer has an account, and is written to once a day"
    said = client.get(url).content.decode()
    assert "Đã nhắc 1 đơn vị" in said
    assert f"{missing - 1} đơn vị chưa có cán bộ dùng tài khoản" in said

    report_unit(by=BY, cycle=cycle, unit=cast.ward, on=today())
    assert len(client.get(url).context["handed_in"]) == 1
    Round.objects.update(
        cut_off=today() - timedelta(9), deadline=today() - timedelta(9), ceremony_on=today() - timedelta(1)
    )
    client.post(f"{url}nhac/")
    assert Letter.objects.filter(key__startswith="rewards.remind_unit:").count() == 1


def test_the_file_of_a_policy_is_kept_and_only_officers_read_it(cast: Cast) -> None:
    law = policy()
    client = sign_in(people.officer(OfficeCode.REWARD_OFFICER, cast.city, "Cán Bộ Khen"))
    url = reverse("reward_policy", args=[law.pk])
    wrong = client.post(f"{url}tep/", {"tep-file": SimpleUploadedFile("qd.pdf", b"MZ not a pdf")})
    assert (wrong.status_code, StoredFile.objects.count()) == (200, 0)
    assert "không phải" in wrong.content.decode()
    assert (
        client.post(f"{url}tep/", {"tep-file": SimpleUploadedFile("qd.pdf", b"%PDF-1.7 a")}).status_code
        == 302
    )
    law.refresh_from_db()
    read = reverse("reward_policy_file", args=[law.pk])
    answer = client.get(read)
    assert (b"".join(answer.streaming_content), answer["Content-Type"]) == (b"%PDF-1.7 a", "application/pdf")  # type: ignore[attr-defined]
    assert sign_in(cast.nobody).get(read).status_code in {403, 404}
    client.post(f"{url}tep/", {"tep-file": SimpleUploadedFile("khac.pdf", b"%PDF-1.7 b")})
    law.refresh_from_db()
    assert law.file is not None
    assert law.file.name == "qd.pdf", "what is in force keeps what it has"
    draft = draft_policy(by=BY, name="Dự thảo", effective_from=today())
    assert client.get(reverse("reward_policy_file", args=[draft.pk])).status_code == 404


def test_their_decision_is_kept_as_a_file(cast: Cast) -> None:
    cycle = open_round()
    sent = Dossier.objects.create(
        round=cycle, grantor="city", submission_number="1/TTr", sent_on=today(), expected_on=today()
    )
    client = sign_in(people.officer(OfficeCode.REWARD_OFFICER, cast.city, "Cán Bộ Khen"))
    url = reverse("reward_dossier", args=[sent.pk])
    file = {"tep-file": SimpleUploadedFile("2105.png", b"\x89PNG\r\n\x1a\n")}
    client.post(f"{url}tep/", file)
    assert not StoredFile.objects.exists(), "their decision comes first"
    Dossier.objects.update(decision_number="2105/QĐ-UBND", decided_on=today())
    file = {"tep-file": SimpleUploadedFile("2105.png", b"\x89PNG\r\n\x1a\n")}
    assert client.post(f"{url}tep/", file).status_code == 302
    assert client.get(reverse("reward_dossier_file", args=[sent.pk]))["Content-Type"] == "image/png"


def test_the_achievement_report_tells_counts_days_and_what_is_held(cast: Cast) -> None:
    law = policy()
    one = nomination(cast.member, cast.ward, 30, law=law)
    giver = donors.donor(cast.member, cast.ward)
    for days in (10, 100):
        row = donors.donation(giver, cast.ward, today() - timedelta(days=days))
        Donation.objects.filter(pk=row.pk).update(state="confirmed")
    before = nomination(cast.member, cast.ward, 20, law=law)
    Award.objects.create(
        nomination=before,
        person=cast.member,
        honour=before.honour,
        decision_number="9/QĐ",
        decided_on=today(),
    )
    cycle = open_round()
    Nomination.objects.filter(pk=one.pk).update(round=cycle, step=Step.AGREED, proof="GCN 12")
    paper = draft_round_paper(by=BY, cycle=cycle, use=PaperUse.REPORT, grantor="central").paper

    head, line = str(paper.form["annex_1_rows"]).splitlines()
    assert head.startswith("STT\tHọ và tên\tNăm sinh\tThành tích")
    assert f"Hiến máu tình nguyện 30 lần (từ {today() - timedelta(days=100):%d/%m/%Y}" in line
    assert "(QĐ 9/QĐ)\tGCN 12\t" in line
    assert line.endswith(cast.ward.name)
    assert "Trung ương Hội" in str(paper.form["addressees"])
    officer = sign_in(people.officer(OfficeCode.CITY_OFFICER, cast.city, "Cán Bộ Thành"))
    assert officer.get(reverse("paper_pdf", args=[paper.key])).status_code == 200


def test_meal_and_travel_stand_beside_their_average_maxima(cast: Cast) -> None:
    drive = drives.opened(cast.ward)
    Drive.objects.filter(pk=drive.pk).update(on=today())
    drive.refresh_from_db()
    for n in range(2):
        giver = donors.donor(people.person(f"Người {n}", cast.ward, with_user=False), cast.ward)
        Donation.objects.create(
            donor=giver, unit=cast.ward, on=today(), volume_ml=350, drive=drive, source="drive"
        )
    for fund, vnd in (("meal", 30_000), ("travel", 50_001)):
        given = gift(cast.city, 2, name=fund, fund=fund, value_vnd=vnd)
        hand_out_at_drive(by=BY, gift=given, drive=drive)
    told = [(one.average_vnd, one.most_vnd, one.is_over, one.is_confirmed) for one in allowances_at(drive, 2)]
    assert told == [(30_000, 30_000, False, True), (50_001, 50_000, True, False)]
    client = sign_in(people.officer(OfficeCode.REWARD_OFFICER, cast.city, "Cán Bộ Khen"))
    page = client.get(reverse("gift_drive", args=[drive.pk])).content.decode()
    assert "50.001 đ" in page
    Drive.objects.filter(pk=drive.pk).update(on=today().replace(year=2022))
    drive.refresh_from_db()
    assert [one.most_vnd for one in allowances_at(drive, 2)] == [None, None]


def test_figures_as_a_book_say_what_the_page_says(cast: Cast) -> None:
    law = policy()
    for n, threshold in enumerate((20, 20, 30)):
        one = nomination(
            people.person(f"Người {n}", cast.ward, with_user=False), cast.ward, threshold, law=law
        )
        Award.objects.create(
            nomination=one, person=one.person, honour=one.honour, decision_number="9/QĐ", decided_on=today(),
            bonus_vnd=500_000,
        )  # fmt: skip
    client = sign_in(people.officer(OfficeCode.REWARD_OFFICER, cast.city, "Cán Bộ Khen"))
    page = client.get(reverse("reward_figures"))
    assert page.context["units"] == [(cast.ward.name, [2, 1], 3)]
    answer = client.get(reverse("reward_figures_xlsx"))
    book = load_workbook(BytesIO(answer.content))
    assert len(book.sheetnames) == 7
    rows = [[cell.value for cell in row] for row in book.worksheets[1].iter_rows(min_row=3)]
    assert rows[0][1:3] == ["20", "30"]
    assert rows[1] == [cast.ward.name, 2, 1, 3]
    money = [cell.value for cell in book.worksheets[2][4]]
    assert money[0] == 1_500_000
    assert client.get(f"{reverse('reward_figures_xlsx')}?tu=x&den=y").status_code == 404
    to_round = reverse("reward_round", args=[open_round().pk])
    head = sign_in(people.officer(OfficeCode.UNIT_HEAD, cast.city, "Thủ Trưởng"))
    for asking, opens in ((client, True), (head, False)):
        told = asking.get(reverse("reward_figures")).content.decode()
        assert "Đợt tôn vinh" in told
        assert (to_round in told) == opens, "who may not open a round is given no link to it"
