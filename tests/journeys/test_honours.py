"""Honours from a draft policy to the last late hand-over, with the figures of S3, the first round of 2026."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.db.models import Count
from django.urls import reverse

from donors.models import Donation
from foundation.dates import today
from foundation.text import mask_name
from people.actors import system_actor
from people.enums import OfficeCode
from redcross.demo.rewards import CUT_OFF, PROPOSED, donations, donors_of
from rewards.actions.ceremony import hand_over
from rewards.actions.rounds import return_nomination, withdraw_nomination
from rewards.enums import HandedHow, HandedProof, Reply, Step
from rewards.models import Award, Invitation, Nomination, Policy, RewardRun, Round
from rewards.queries.ceremony import counts_of
from rewards.tasks import work_runs
from tests.conftest import Cast
from tests.factories import people
from tests.factories.rewards import with_papers
from tests.journeys.conftest import Arrive, Visitor
from tests.journeys.entering import enter

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
DAY = f"{today():%d/%m/%Y}"


def opened(visitor: Visitor, title: str) -> Callable[[str, str], None]:
    """Opens the folded act of this title; fills its fields by their labels."""
    card = visitor.page.locator("details", has=visitor.page.locator("summary", has_text=title)).first
    if card.get_attribute("open") is None:
        card.locator("summary").click()

    def fill(label: str, words: str) -> None:
        field = card.get_by_label(re.compile(rf"^\s*{re.escape(label)}\s*(\(không bắt buộc\))?\s*$"))
        if field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(label=words[:1].upper() + words[1:])
        else:
            field.fill(words)

    return fill


def told(visitor: Visitor, words: str) -> None:
    visitor.page.get_by_text(words).first.wait_for()


def test_the_first_round_of_2026(arrive: Arrive, cast: Cast) -> None:
    Donation.objects.bulk_create(donations(donors_of([cast.ward], PROPOSED), date(2026, 1, 5), CUT_OFF))
    officer = enter(arrive(), people.officer(OfficeCode.REWARD_OFFICER, cast.city, "Hồ Văn Thưởng"))
    head = enter(arrive(), people.officer(OfficeCode.UNIT_HEAD, cast.city, "Đỗ Thị Trưởng"))
    page, found = officer.page, []

    # A draft, simulated before anything is in force.
    officer.open(reverse("reward_policy_new"))
    page.get_by_label("Tên", exact=True).fill("Quy chế 2026")
    page.locator("[name=effective_from]").fill("01/01/2026")
    with page.expect_navigation():
        page.locator("main form button.rc-button--primary").click()
    draft = Policy.objects.get()
    officer.open(f"{reverse('reward_policy_simulate', args=[draft.pk])}?tu=01/01/2026&den=31/03/2026")
    rows = page.locator("main table").first.inner_text()
    for rung, count in PROPOSED.items():
        assert re.search(rf"{rung}\s+{count}\s+0", rows), rows
    found += officer.axe_finds()
    assert Nomination.objects.count() == 0

    # In force by a decision of the head; the run proposes just what was simulated.
    head.open(reverse("reward_policy", args=[draft.pk]))
    fill = opened(head, "Ban hành")
    fill("Số quyết định", "198/QĐ-CTĐ")
    fill("Ngày quyết định", "15/12/2025")
    head.page.locator("details[open] button").first.click()
    told(head, "198/QĐ-CTĐ")
    officer.open(reverse("reward_runs"))
    page.locator("[name=as_of]").fill("31/03/2026")
    with page.expect_navigation():
        page.locator("main form button.rc-button--primary").first.click()
    work_runs()
    run = RewardRun.objects.get()
    assert (run.state, run.proposed) == ("done", sum(PROPOSED.values()))

    # The round: 192 people, checked by units and city, then the council.
    officer.open(reverse("reward_rounds"))
    for name, words in {
        "name": "Đợt tôn vinh 2026", "cut_off": "31/03/2026", "deadline": "15/04/2026", "ceremony_on": DAY,
        "place": "Nhà văn hóa Mẫu",
    }.items():  # fmt: skip
        page.locator(f"[name={name}]").fill(words)
    with page.expect_navigation():
        page.locator("main form button.rc-button--primary").first.click()
    cycle = Round.objects.get()
    assert cycle.nominations.count() == 192
    first = cycle.nominations.order_by("pk")[0]
    unit = enter(arrive(width=390), cast.unit_officer)
    unit.open(reverse("reward_nomination", args=[first.key]))
    opened(unit, "Kiểm tra")("Minh chứng", "Giấy chứng nhận số 1")
    unit.page.locator("details[open] button").first.click()
    unit.page.locator(".rc-badge").first.wait_for()
    found += unit.axe_finds()
    first.refresh_from_db()
    assert first.step == Step.CHECKED
    cycle.nominations.update(step=Step.CROSS_CHECKED, proof="Sổ của cơ sở")
    dead = cycle.nominations.filter(rung__threshold=40).order_by("pk")[0]
    Nomination.objects.filter(pk=dead.pk).update(is_posthumous=True)
    url = reverse("reward_round", args=[cycle.pk])
    officer.open(url)
    act(
        officer,
        "Biên bản",
        {
            "Số biên bản": "05/BB",
            "Họp ngày": DAY,
            "Số thành viên Hội đồng": "11",
            "Số thành viên có mặt": "9",
        },
    )

    # Two dossiers leave, six people come back, two decisions.
    for to, number in (
        ("Chủ tịch Ủy ban nhân dân Thành phố", "41/TTr-CTĐ"),
        ("Trung ương Hội", "42/TTr-CTĐ"),
    ):
        with_papers(cycle, "city" if number.startswith("41") else "central")
        act(officer, "Ghi hồ sơ đã gửi", {"Gửi đến": to, "Số tờ trình": number, "Gửi ngày": DAY})
    for one in cycle.nominations.filter(rung__threshold=20).order_by("pk")[:6]:
        return_nomination(by=system_actor(), nomination=one, reason="Thiếu xác nhận")
    withdraw_nomination(
        by=system_actor(), nomination=cycle.nominations.filter(step=Step.RETURNED)[0], reason="Nhập trùng"
    )
    for sent in cycle.dossiers.order_by("pk"):
        officer.open(reverse("reward_dossier", args=[sent.pk]))
        fields = {
            "Số quyết định của cấp tặng": f"{sent.pk}/QĐ",
            "Ngày quyết định của cấp tặng": DAY,
            "Người ký": "Chủ tịch",
        }
        act(officer, "Quyết định của cấp tặng", fields)
    assert Award.objects.count() == 183
    steps = dict(cycle.nominations.order_by().values_list("step").annotate(n=Count("pk")))
    assert steps == {Step.GRANTED: 183, Step.RETURNED: 5, Step.WITHDRAWN: 1, Step.AGREED: 3}
    officer.open(url)
    act(officer, "Nhận bằng", {"Ngày": DAY})
    act(officer, "Mời dự lễ", {})

    # A guest answers without an account; the door scans the code.
    guest, absent = cycle.invitations.order_by("order")[0], cycle.invitations.order_by("order")[1]
    stranger = arrive(width=390)
    stranger.open(reverse("reward_invitation_public", args=[guest.key]))
    assert stranger.page.get_by_text(mask_name(guest.award.nomination.holder)).is_visible()
    stranger.page.get_by_label("đến dự").check()
    stranger.press("Gửi trả lời")
    told(stranger, "Cảm ơn bạn")
    found += stranger.axe_finds()
    door = reverse("reward_invitation", args=[guest.key])
    officer.open(door)
    opened(officer, "Điểm danh")
    with page.expect_navigation():
        officer.press("Đã đến")
    officer.open(door)
    handed(officer, "tại lễ", "mã giấy mời")
    found += officer.axe_finds()
    the_rest(cycle, guest, absent, dead)
    officer.open(reverse("reward_ceremony", args=[cycle.pk]))
    found += officer.axe_finds()
    figures = counts_of(cycle)
    assert (figures.invited, figures.coming, figures.other, figures.not_coming) == (183, 161, 14, 8)
    assert (figures.handed, figures.open) == (175, 8)

    # What was not handed over is tracked to zero.
    officer.open(url)
    act(officer, "Kết thúc lễ", {})
    officer.open(reverse("reward_late"))
    found += officer.axe_finds()
    page.get_by_role("link", name=absent.award.nomination.holder).click()
    handed(officer, "trao bù", "ký vào danh sách")
    for still in (3, 0):
        for award in list(Award.objects.filter(handed_on=None))[still:]:
            hand_over(by=system_actor(), award=award, on=today(), how=HandedHow.LATE)
        assert counts_of(cycle).open == still
    officer.open(reverse("reward_late"))
    told(officer, "Mọi bằng đã đến tay người nhận")
    assert not Invitation.objects.filter(award__handed_on=None).exists()
    assert found == []


def the_rest(cycle: Round, guest: Invitation, absent: Invitation, dead: Nomination) -> None:
    """161 came, 14 received for another (the dead one's among them), 8 did not come."""
    rest = list(cycle.invitations.exclude(pk=guest.pk).select_related("award").order_by("order"))
    rest.sort(key=lambda one: (one.pk != absent.pk, one.award.nomination_id != dead.pk))
    for n, one in enumerate(rest):
        away, other = n in range(1) or n in range(15, 22), n in range(1, 15)
        one.reply = Reply.NOT_COMING if away else Reply.OTHER if other else Reply.COMING
        one.receiver = "Người thân" if other else ""
        if not away:
            one.award.handed_on, one.award.handed_proof = today(), HandedProof.SIGNATURE
            one.award.handed_how = HandedHow.FOR_ANOTHER if other else HandedHow.CEREMONY
    Invitation.objects.bulk_update(rest, ["reply", "receiver"])
    Award.objects.bulk_update([one.award for one in rest], ["handed_on", "handed_how", "handed_proof"])


def act(officer: Visitor, title: str, fields: dict[str, str]) -> None:
    """One act of the page, filled and sent; it must have been done."""
    fill = opened(officer, title)
    for label, words in fields.items():
        fill(label, words)
    card = officer.page.locator("details", has=officer.page.locator("summary", has_text=title)).first
    with officer.page.expect_navigation():
        card.locator("button").click()
    assert officer.page.locator(".rc-message--success").count() == 1, officer.page.locator(
        "main"
    ).inner_text()


def handed(officer: Visitor, how: str, proof: str) -> None:
    fill = opened(officer, "Trao")
    fill("Ngày", DAY)
    fill("Đã trao", how)
    fill("Xác nhận bằng", proof)
    with officer.page.expect_navigation():
        officer.page.locator("details[open] button").first.click()
