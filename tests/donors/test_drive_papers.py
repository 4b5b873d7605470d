"""The papers of a drive from one form; last year's made anew; a person signed up by an officer."""

import pytest
from django.urls import reverse

from donors.actions.dossiers import draft_drive_paper, save_dossier
from donors.actions.drives import copy_drive
from donors.actions.signups import sign_up
from donors.enums import DrivePaperKind, Source
from donors.models import DriveDossier, DrivePaper, SignUp
from donors.queries.dossiers import gift_of, words_of
from donors.rules.drives import same_weekday_next_year
from foundation.dates import today
from foundation.refusal import Refused
from news.models import Post
from papers.actions import cancel_draft
from papers.models import Paper
from people.actors import system_actor
from tests.conftest import Cast, sign_in
from tests.factories import donors, drives, people

pytestmark = pytest.mark.django_db
BY = system_actor()
FORM = {
    "head": "Bà Nguyễn Thị Hoa",
    "duties": "Đón tiếp: chi hội 4",
    "guests": "UBND phường",
    "budget": "Quỹ Hội",
}


def test_one_form_drafts_the_set_and_nothing_twice(cast: Cast) -> None:
    drive = drives.opened(cast.ward)
    client, url = sign_in(cast.unit_officer), reverse("drive_papers", args=[drive.pk])

    for _again in range(2):
        assert client.post(url, {**FORM, "do": "ca-bo"}).status_code == 302
    rows = DrivePaper.objects.select_related("paper")
    assert {row.kind: row.paper.kind for row in rows} == {
        "plan": "plan",
        "invitation": "invitation",
        "duties": "notice",
        "list": "notice",
        "minutes": "minutes",
        "report": "report",
    }
    plan = Paper.objects.get(kind="plan").form
    assert "Đón tiếp: chi hội 4" in plan["body"]
    assert "Giọt hồng tháng Sáu" in plan["abstract"]
    assert "{" not in "".join(str(value) for row in rows for value in row.paper.form.values())
    assert "tiếp nhận [số] túi máu" in client.get(url).content.decode()


def test_the_seventh_is_a_draft_in_the_newsroom_made_once(cast: Cast) -> None:
    drive = drives.opened(cast.ward)
    client, url = sign_in(cast.unit_officer), reverse("drive_post_draft", args=[drive.pk])

    for _again in range(2):
        answer = client.post(url)
        post = Post.objects.get()
        assert answer.headers["Location"] == reverse("post_edit", args=[post.pk])
    assert "tiếp nhận [số] túi máu trong Giọt hồng tháng Sáu" in post.title
    assert "Nhà văn hóa Mẫu 1" in post.body
    assert f'data-id="{drive.pk}"' in post.body
    assert (
        client.post(reverse("drive_post_draft", args=[drives.opened(cast.other_ward).pk])).status_code == 404
    )


@pytest.mark.parametrize("kind", DrivePaperKind)
def test_each_paper_comes_as_pdf_and_docx(cast: Cast, kind: DrivePaperKind) -> None:
    paper = draft_drive_paper(by=BY, drive=drives.opened(cast.ward), kind=kind).paper
    client = sign_in(cast.unit_officer)
    starts = {"paper_pdf": b"%PDF", "paper_docx": b"PK"}

    for name, start in starts.items():
        answer = client.get(reverse(name, args=[paper.key]))
        assert answer.getvalue()[: len(start)] == start


def test_a_paper_given_up_is_drafted_anew(cast: Cast) -> None:
    drive = drives.opened(cast.ward)
    row = draft_drive_paper(by=BY, drive=drive, kind="plan")
    with pytest.raises(Refused):
        draft_drive_paper(by=BY, drive=drive, kind="plan")
    cancel_draft(by=BY, paper=row.paper, reason="Soạn lại")
    assert draft_drive_paper(by=BY, drive=drive, kind="plan").paper != row.paper
    with pytest.raises(Refused):
        draft_drive_paper(by=BY, drive=drive, kind="bài thơ")


def test_the_list_annexes_names_and_years_only(cast: Cast) -> None:
    drive = drives.opened(cast.ward)
    sign_up(
        by=BY, person=people.person("Trần Thị Đăng Ký", cast.ward, with_user=False), slot=drive.slots.all()[0]
    )
    paper = draft_drive_paper(by=BY, drive=drive, kind=DrivePaperKind.LIST).paper

    assert "Trần Thị Đăng Ký" in str(paper.form)
    assert "STT" in str(paper.form)


@pytest.mark.parametrize(
    ("ml", "vnd"), [(250, 100_000), (251, 150_000), (350, 150_000), (351, 180_000), (450, 180_000)]
)
def test_the_least_gift_by_volume(ml: int, vnd: int) -> None:
    assert gift_of("whole_blood", ml, today()) == vnd


def test_the_report_is_filled_from_the_figures(cast: Cast) -> None:
    drive = drives.opened(cast.ward, today())
    for n, ml in enumerate((250, 350, 450)):
        donor = donors.donor(people.person(f"Người {n}", cast.ward, with_user=False), cast.ward)
        donors.donation(donor, cast.ward, today(), Source.DRIVE, volume_ml=ml, drive=drive)
    words = words_of(drive, today())

    assert (words["gave"], words["bags"], words["ml"], words["units"]) == ("3", "3", "1.050", "4,2")
    assert words["mix"] == "1 túi 250 ml, 1 túi 350 ml, 1 túi 450 ml"
    assert words["gifts"].startswith("430.000 đồng")
    assert words["share"] == "2"


def test_last_years_form_comes_along(cast: Cast) -> None:
    drive = drives.opened(cast.ward)
    save_dossier(by=BY, drive=drive, words=FORM)
    made = copy_drive(by=BY, drive=drive, on=same_weekday_next_year(drive.on))

    assert DriveDossier.objects.get(drive=made).words == FORM
    assert made.papers.count() == 0


def test_an_officer_finds_a_person_and_gives_them_a_place(cast: Cast) -> None:
    drive = drives.opened(cast.ward)
    person = people.person("Lê Thị Cao Tuổi", cast.ward, with_user=False)
    client, url = sign_in(cast.unit_officer), reverse("drive_sign_up", args=[drive.pk])

    assert "Lê Thị Cao Tuổi" in client.get(url, {"q": "cao tuoi"}).content.decode()
    slot = drive.slots.all()[0]
    assert client.post(url, {"q": "cao tuoi", "slot": slot.pk}).status_code == 200
    assert client.post(url, {"q": "cao tuoi", "person": person.pk, "slot": slot.pk}).status_code == 302
    assert SignUp.objects.get().person == person
    again = client.post(url, {"q": "cao tuoi", "person": person.pk, "slot": slot.pk})
    assert "đã có chỗ" in again.content.decode().lower() or again.status_code == 200
