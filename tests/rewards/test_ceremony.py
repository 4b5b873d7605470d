"""From the council to the last late hand-over: papers take effect, invitations, the door, certificates."""

from collections import defaultdict
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from donors.models import Donation
from foundation.dates import today
from foundation.refusal import Refused
from foundation.text import mask_name
from ledger.models import StoredFile
from letters.models import Letter
from members.actions import change_life
from members.actions.life import Wanted
from members.enums import Ending
from papers.actions import issue_paper, sign_paper, submit_paper
from papers.models import Paper, Proof
from people.actions.consents import give_consent, withdraw_consent
from people.actors import system_actor
from people.enums import OfficeCode
from people.models import Person
from people.tasks import delete_old_files
from rewards.actions.ceremony import check_in, close_ceremony, hand_over, invite, receive_papers, revoke_award
from rewards.actions.dossiers import enter_dossier_paper
from rewards.actions.papers import draft_round_paper
from rewards.actions.rounds import record_meeting, take_decision
from rewards.actions.sheets import LetGo, claim, sign_of_life
from rewards.enums import HandedHow, HandedProof, PaperUse, Reply, Step
from rewards.models import Award, Dossier, Invitation, Nomination, Round, Rung, SheetJob
from rewards.queries.dossiers import papers_sent
from rewards.queries.sheets import due_sheets
from rewards.tasks import make_sheets, tell
from tests.conftest import Cast, sign_in
from tests.factories import donors, members, people
from tests.factories.rewards import nomination, policy, with_papers
from tests.papers.reading import letters

pytestmark = pytest.mark.django_db
BY = system_actor()


def round_of(cast: Cast, count: int, threshold: int = 20) -> Round:
    """A round whose people are cross-checked and voted on."""
    law = policy()
    Rung.objects.filter(policy=law, threshold=10).update(
        honour="Giấy chứng nhận tôn vinh của Hội", grantor="chapter", bonus_vnd=200_000
    )
    days = {"cut_off": today(), "deadline": today(), "ceremony_on": today()}
    made = Round.objects.create(name="Đợt tôn vinh", place="Nhà văn hóa Mẫu", **days)
    for n in range(count):
        one = people.person(f"Người Thứ {n}", cast.ward, with_user=False)
        nomination(one, cast.ward, threshold, law=law)
    Nomination.objects.update(round=made, step=Step.CROSS_CHECKED)
    record_meeting(by=BY, cycle=made, held_on=today(), present=7, members=9, minutes_number="01/BB")
    return made


def issued(paper: Paper) -> Paper:
    """The officer fills in what only the officer knows; signed and numbered."""
    form = {
        k: str(v).replace("[nguồn]", "quỹ Hội") if isinstance(v, str) else v for k, v in paper.form.items()
    }
    Paper.objects.filter(pk=paper.pk).update(form=form)
    paper.refresh_from_db()
    submit_paper(by=BY, paper=paper)
    sign_paper(by=BY, paper=paper)
    return issue_paper(by=BY, paper=paper)


def sheets(pdf: bytes) -> list[str]:
    """What each page says, without blanks."""
    found: dict[int, str] = defaultdict(str)
    for letter in letters(pdf):
        found[letter.page] += letter.text
    return list(found.values())


def ready(cast: Cast, count: int, threshold: int = 10) -> Round:
    """Granted by the chapter's own decision, papers in hand, everybody invited."""
    made = round_of(cast, count, threshold)
    issued(draft_round_paper(by=BY, cycle=made, use=PaperUse.DECISION).paper)
    receive_papers(by=BY, cycle=made, on=today())
    invite(by=BY, cycle=made)
    return made


def test_the_submission_sends_its_dossier_when_it_is_issued(cast: Cast) -> None:
    made = round_of(cast, 2)
    drafted = draft_round_paper(by=BY, cycle=made, use=PaperUse.SUBMISSION, grantor="city").paper
    assert "Chủ tịch Ủy ban nhân dân Thành phố" in str(drafted.form["addressees"])
    assert "Người Thứ 1" in str(drafted.form["annex_1_rows"])
    assert not Dossier.objects.exists()
    with pytest.raises(Refused):
        draft_round_paper(by=BY, cycle=made, use=PaperUse.SUBMISSION, grantor="city")

    with pytest.raises(Refused, match="Báo cáo thành tích"):
        issued(drafted)
    why = "Nơi nhận không yêu cầu (mẫu)"
    with pytest.raises(Refused):
        enter_dossier_paper(by=BY, cycle=made, grantor="city", code="report")
    enter_dossier_paper(by=BY, cycle=made, grantor="city", code="report", reason=why)
    drafted.refresh_from_db()
    paper = issue_paper(by=BY, paper=drafted)

    sent = Dossier.objects.get()
    assert [(one.code, one.number, one.reason) for one in papers_sent(sent)] == [
        ("submission", paper.number_text, ""),
        ("report", "", why),
        ("minutes", made.meetings.get().minutes_number, ""),
    ]
    assert (sent.submission_number, sent.sent_on) == (paper.number_text, today())
    assert set(Nomination.objects.values_list("step", flat=True)) == {Step.SENT}


def test_a_list_that_has_changed_takes_the_number_back(cast: Cast) -> None:
    made = round_of(cast, 2)
    drafted = draft_round_paper(by=BY, cycle=made, use=PaperUse.SUBMISSION, grantor="city").paper
    one = Nomination.objects.first()
    assert one is not None
    Nomination.objects.filter(pk=one.pk).update(step=Step.WITHDRAWN)
    with pytest.raises(Refused):
        issued(drafted)
    drafted.refresh_from_db()
    assert (drafted.number, Dossier.objects.count()) == (None, 0)


def test_the_decision_grants_and_a_stranger_verifies_the_certificate(cast: Cast) -> None:
    made = ready(cast, 3)
    award = Award.objects.select_related("proof", "person").order_by("pk").first()
    assert award is not None
    assert award.proof is not None
    assert Award.objects.count() == 3

    page = Client().get(reverse("proof", args=[award.proof.code])).content.decode()
    assert mask_name(award.nomination.holder) in page
    assert award.nomination.holder not in page
    officer = sign_in(people.officer(OfficeCode.REWARD_OFFICER, cast.city, "Cán Bộ Khen"))
    pdf = officer.get(reverse("reward_round_pdf", args=[made.pk, "giay-chung-nhan"])).content
    assert len(sheets(pdf)) == 3
    assert award.proof.code in sheets(pdf)[0]
    for what in ("giay-moi", "thu-cam-on"):
        made_pdf = officer.get(reverse("reward_round_pdf", args=[made.pk, what])).content
        texts = sheets(made_pdf)
        assert len(texts) == 3
        assert not any("[" in text for text in texts), texts[0]

    revoke_award(by=BY, award=award, on=today(), reason="QĐ 9: trùng hồ sơ")
    award.proof.refresh_from_db()
    assert award.proof.state == "ended"


def test_many_sheets_are_made_in_the_background_and_nobody_gets_a_second_certificate(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rewards.views.sheets.AT_ONCE", 2)
    monkeypatch.setattr("papers.layout.lots.LOT", 2)
    made, proofs = ready(cast, 3), set(Award.objects.values_list("proof__code", flat=True))
    officer = sign_in(people.officer(OfficeCode.REWARD_OFFICER, cast.city, "Cán Bộ Khen"))
    url, wanted = reverse("reward_sheets", args=[made.pk]), {"loai": "giay-chung-nhan"}
    few = officer.get(reverse("reward_round_pdf", args=[made.pk, "giay-chung-nhan"]))
    assert (few.status_code, few["Location"]) == (302, url)

    assert [officer.post(url, wanted).status_code for _n in range(2)] == [302, 302]
    job = SheetJob.objects.get()
    assert (job.state, job.sheets, job.file) == ("waiting", 3, None)
    assert "0 trên 3 tờ" in officer.get(url).content.decode()

    killed = claim(job.pk)
    assert killed is not None
    life = sign_of_life(killed)
    life(2)
    assert "2 trên 3 tờ" in officer.get(url, headers={"HX-Request": "true"}).content.decode()
    make_sheets()  # another worker has it
    assert SheetJob.objects.get().state == "making"
    SheetJob.objects.update(claimed_at=timezone.now() - timedelta(minutes=6))
    count = Proof.objects.count()
    make_sheets()
    with pytest.raises(LetGo):  # it was not dead after all
        life(3)
    job.refresh_from_db()
    assert (job.state, job.done, job.tries, StoredFile.objects.count()) == ("done", 3, 2, 1)
    with CaptureQueriesContext(connection) as queries:
        page = officer.get(url).content.decode()
    assert "Cán Bộ Khen" in page
    answer = officer.get(reverse("reward_sheets_file", args=[job.pk]))
    texts = sheets(b"".join(answer.streaming_content))  # type: ignore[attr-defined]
    assert [sum(code in text for code in proofs) for text in texts] == [1, 1, 1]
    assert set(Award.objects.values_list("proof__code", flat=True)) == proofs
    assert Proof.objects.count() == count

    for _n in range(2):
        officer.post(url, wanted)
        again = SheetJob.objects.latest("pk")
        assert officer.post(reverse("reward_sheets_cancel", args=[again.pk])).status_code == 302
    assert due_sheets() == []
    assert officer.get(url).content.decode().count("Đã dừng</span>") == 2
    with CaptureQueriesContext(connection) as more:
        officer.get(url)
    assert len(more) == len(queries)
    refused = officer.post(reverse("reward_sheets_cancel", args=[job.pk]), follow=True)
    assert "Không thực hiện được" in refused.content.decode()

    ward = sign_in(people.officer(OfficeCode.UNIT_OFFICER, cast.ward, "Cán Bộ Phường"))
    for name, pk in (("reward_sheets", made.pk), ("reward_sheets_file", job.pk)):
        assert ward.get(reverse(name, args=[pk])).status_code in (403, 404)
    StoredFile.objects.update(delete_after=timezone.now())
    delete_old_files()
    assert officer.get(reverse("reward_sheets_file", args=[job.pk])).status_code == 404

    officer.post(url, wanted)
    SheetJob.objects.filter(ended_at=None).update(tries=3)
    make_sheets()
    assert "Đã bắt đầu 3 lần" in officer.get(url).content.decode()


def test_what_others_grant_is_never_printed_here(cast: Cast) -> None:
    made = round_of(cast, 1)
    with_papers(made)
    issued(draft_round_paper(by=BY, cycle=made, use=PaperUse.SUBMISSION, grantor="city").paper)
    take_decision(
        by=BY,
        dossier=Dossier.objects.get(),
        decision_number="1/QĐ-UBND",
        decided_on=today(),
        signer="Chủ tịch",
    )
    award = Award.objects.get()
    assert award.proof is None
    officer = sign_in(people.officer(OfficeCode.REWARD_OFFICER, cast.city, "Cán Bộ Khen"))
    assert officer.get(reverse("reward_certificate", args=[award.pk])).status_code == 404
    assert officer.get(reverse("reward_round_pdf", args=[made.pk, "giay-chung-nhan"])).status_code == 404


def test_minutes_invitation_and_thanks_are_drafted_from_the_round(cast: Cast) -> None:
    made = ready(cast, 2)
    for use in (PaperUse.MINUTES, PaperUse.INVITATION, PaperUse.THANKS):
        paper = draft_round_paper(by=BY, cycle=made, use=use).paper
        officer = sign_in(people.officer(OfficeCode.CITY_OFFICER, cast.city, f"Cán Bộ {use}"))
        for form in ("paper_pdf", "paper_docx"):
            assert officer.get(reverse(form, args=[paper.key])).status_code == 200
    minutes = made.papers.get(use=PaperUse.MINUTES).paper
    assert "7/7" in str(minutes.form["annex_1_rows"])
    assert "7/9 thành viên" in str(minutes.form["body"])


def test_the_invited_answer_by_their_address_and_the_door_knows_them(cast: Cast) -> None:
    made = ready(cast, 3)
    first, second, third = Invitation.objects.filter(round=made).order_by("order")
    address = reverse("reward_invitation_public", args=[first.key])
    page = Client().get(address)
    assert mask_name(first.award.nomination.holder) in page.content.decode()
    assert first.award.nomination.holder not in page.content.decode()
    assert (page["Referrer-Policy"], page["X-Robots-Tag"]) == ("same-origin", "noindex, nofollow")
    assert Client().post(address, {"reply": "other"}).status_code == 200
    assert Client().post(address, {"reply": "other", "receiver": "Chị Hai"}).status_code == 302
    first.refresh_from_db()
    assert (first.reply, first.receiver) == (Reply.OTHER, "Chị Hai")

    officer = sign_in(people.officer(OfficeCode.REWARD_OFFICER, cast.city, "Cán Bộ Khen"))
    door = reverse("reward_invitation", args=[second.key])
    day = f"{today():%d/%m/%Y}"
    qr = {"trao-on": day, "trao-how": "ceremony", "trao-proof": "qr"}
    assert officer.post(f"{door}trao/", qr).status_code == 200, "nobody has checked in"
    assert officer.post(f"{door}diem-danh/").status_code == 302
    assert officer.post(f"{door}trao/", qr).status_code == 302
    second.award.refresh_from_db()
    assert (second.award.handed_how, second.award.handed_proof) == (HandedHow.CEREMONY, HandedProof.QR)
    check_in(by=BY, invitation=first)
    hand_over(by=BY, award=first.award, on=today(), how=HandedHow.FOR_ANOTHER, received_by="Chị Hai")

    assert close_ceremony(by=BY, cycle=made) == 1
    late = officer.get(reverse("reward_late")).content.decode()
    assert third.award.nomination.holder in late
    hand_over(by=BY, award=third.award, on=today(), how=HandedHow.LATE)
    assert third.award.nomination.holder not in officer.get(reverse("reward_late")).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_pages_of_a_ceremony_ask_the_same_questions(
    cast: Cast, count: int, django_assert_max_num_queries: object
) -> None:
    made = ready(cast, count)
    officer = sign_in(people.officer(OfficeCode.REWARD_OFFICER, cast.city, "Cán Bộ Khen"))
    pages = {reverse("reward_ceremony", args=[made.pk]): 17, reverse("reward_late"): 14}
    pages[reverse("reward_figures")] = 32
    pages[reverse("reward_unit_rounds")] = 14
    for what in ("xuong-danh", "chup-anh", "ghe", "ky-nhan", "the-ban", "nhan-tui"):
        pages[reverse("reward_ceremony_print", args=[made.pk, what])] = 14
    close_ceremony(by=BY, cycle=made)
    for url, most in pages.items():
        with django_assert_max_num_queries(most):  # type: ignore[operator]
            answer = officer.get(url)
        assert answer.status_code == 200, url
        if "le/" in url or "/in/" in url or "trao-bu" in url:
            assert "Người Thứ 0" in answer.content.decode(), url


def test_letters_are_written_once_and_never_to_the_dead(cast: Cast) -> None:
    ready(cast, 3)
    gone = Award.objects.order_by("pk").last()
    assert gone is not None
    Nomination.objects.filter(pk=gone.nomination_id).update(is_posthumous=True)
    for _time in range(2):
        tell()

    keys = list(Letter.objects.values_list("key", flat=True))
    assert sorted(key.split(":")[0] for key in keys) == ["rewards.granted"] * 2 + ["rewards.invite"] * 2
    assert not any(key == f"rewards.granted:{gone.pk}" for key in keys)
    close_ceremony(by=BY, cycle=Round.objects.get())
    Award.objects.update(due_on=today() + timedelta(days=7))
    tell()
    tell()
    assert Letter.objects.filter(key__startswith="rewards.collect:").count() == 2


def test_the_wish_on_the_first_day_goes_to_who_agreed(cast: Cast) -> None:
    giver = donors.donor(cast.member, cast.ward)
    try:
        first = today().replace(year=today().year - 3)
    except ValueError:
        first = today().replace(year=today().year - 3, day=28)
    row = donors.donation(giver, cast.ward, first)
    Donation.objects.filter(pk=row.pk).update(state="confirmed")
    Person.objects.filter(pk=cast.member.pk).update(email="nguoi-hien@example.org")
    tell()
    assert not Letter.objects.filter(key__startswith="rewards.first_day").exists()
    give_consent(by=people.actor(cast.member), person=cast.member, purpose="first_day")
    if first.day == today().day:
        tell()
        tell()
        assert Letter.objects.filter(key=f"rewards.first_day:{giver.pk}:{today().year}").count() == 1
        assert "3 năm" in Letter.objects.get(key__startswith="rewards.first_day").body


def test_mine_shows_honours_and_the_roll_names_only_who_agreed(cast: Cast) -> None:
    made = ready(cast, 1)
    award = Award.objects.get()
    Award.objects.update(person=cast.member)
    Nomination.objects.update(person=cast.member)
    client = sign_in(cast.member)
    mine = client.get(reverse("mine_honours")).content.decode()
    assert "Giấy chứng nhận tôn vinh của Hội" in mine
    assert client.get(reverse("mine_certificate", args=[award.pk]))["Content-Type"] == "application/pdf"
    assert sign_in(cast.nobody).get(reverse("mine_certificate", args=[award.pk])).status_code == 404

    roll = reverse("reward_roll")
    assert cast.member.full_name not in Client().get(roll).content.decode()
    give_consent(by=people.actor(cast.member), person=cast.member, purpose="public_name")
    assert cast.member.full_name in Client().get(roll).content.decode()
    withdraw_consent(by=people.actor(cast.member), person=cast.member, purpose="public_name")
    assert cast.member.full_name not in Client().get(roll).content.decode()
    assert made.invitations.count() == 1


def test_a_unit_hands_in_its_list_when_all_is_checked(cast: Cast) -> None:
    law = policy()
    one = nomination(cast.member, cast.ward, law=law)
    made = Round.objects.create(name="Đợt", cut_off=today(), deadline=today(), ceremony_on=today())
    Nomination.objects.update(round=made)
    client = sign_in(cast.unit_officer)
    url = reverse("reward_unit_rounds")
    values = {"dot": made.pk, "don-vi": cast.ward.pk}
    assert client.post(url, values).status_code == 200
    Nomination.objects.filter(pk=one.pk).update(step=Step.CHECKED)
    assert client.post(url, {**values, "don-vi": cast.other_ward.pk}).status_code == 302
    assert not made.reports.exists()
    assert client.post(url, values).status_code == 302
    assert made.reports.get().unit == cast.ward


def test_a_member_whose_death_was_entered_gets_no_letter(cast: Cast) -> None:
    ready(cast, 2)
    gone = Award.objects.order_by("pk")[0]
    membership = members.member(gone.nomination.person or cast.member, cast.ward)
    change_life(by=BY, membership=membership, wanted=Wanted(Ending.DECEASED, today(), "death"))
    tell()

    told = Letter.objects.values_list("key", flat=True)
    assert f"rewards.granted:{gone.pk}" not in told
    assert len(told) == 2


@pytest.mark.parametrize("count", [1, 3])
def test_public_pages_and_mine_ask_the_same_questions(
    cast: Cast, count: int, django_assert_max_num_queries: object
) -> None:
    ready(cast, count)
    for n, award in enumerate(Award.objects.order_by("pk")):
        Award.objects.filter(pk=award.pk).update(person=cast.member, occasion=str(n))
        Nomination.objects.filter(pk=award.nomination_id).update(person=cast.member, occasion=str(n))
    give_consent(by=people.actor(cast.member), person=cast.member, purpose="public_name")
    with django_assert_max_num_queries(5):  # type: ignore[operator]
        page = Client().get(reverse("reward_roll")).content.decode()
    assert page.count(cast.member.full_name) == count
    mine = sign_in(cast.member)
    with django_assert_max_num_queries(16):  # type: ignore[operator]
        assert mine.get(reverse("mine_honours")).status_code == 200
