"""An act on units whose decision is drafted here: nothing before its issue, nothing after it is given up."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from foundation.dates import format_date, today
from foundation.refusal import Refused
from ledger.models import AuditEntry
from papers.actions import (
    cancel_draft,
    draft_act_decision,
    issue_paper,
    sign_paper,
    submit_paper,
    take_external_number,
)
from papers.enums import PaperState
from papers.models import Paper
from people import tasks
from people.actions.acts import Line, NewUnit, Plan, add_to_act, cancel_act, confirm_act, enter_act
from people.actors import system_actor
from people.enums import ActKind, ActState, BelongingKind, OfficeCode, UnitKind
from people.models import Approval, OfficeGrant, Unit, UnitAct
from people.queries.acts import members_under
from tests.conftest import Cast, sign_in
from tests.factories import people

pytestmark = pytest.mark.django_db
TODAY = today()


def merger(cast: Cast, effective_on: object = TODAY) -> UnitAct:
    """Phường 1 whole and one branch of phường 2 become phường Mẫu Mới; four people in each."""
    branch = people.unit("Chi hội khu phố 7", cast.other_ward, UnitKind.BRANCH, code="KP7")
    for unit in (cast.ward, branch):
        for n in range(4):
            person = people.person(f"Hội Viên {unit.code} {n}", None, with_user=False)
            people.belong(person, unit, BelongingKind.MEMBER)
    return enter_act(
        by=people.actor(cast.city_officer),
        kind=ActKind.MERGE,
        effective_on=effective_on,  # type: ignore[arg-type]
        is_outside=False,
        plan=Plan(
            new_units=[NewUnit("P114", UnitKind.WARD, "Hội Chữ thập đỏ phường Mẫu Mới", cast.city)],
            lines=[
                Line(source=cast.ward, target_code="P114", is_whole=True),
                Line(source=cast.other_ward, part=branch, target_code="P114"),
            ],
        ),
    )


def signed(cast: Cast, act: UnitAct) -> Paper:
    """Its decision, drafted by the city's officer, without words left open, and signed."""
    by = people.actor(cast.city_officer)
    paper = draft_act_decision(by=by, act=act, unit=cast.city)
    assert paper.form["body"].splitlines()[1] == (
        "1. Thành lập Hội Chữ thập đỏ phường Mẫu Mới trực thuộc Hội Chữ thập đỏ Thành phố (mẫu)."
    )
    Paper.objects.filter(pk=paper.pk).update(
        form={**paper.form, "grounds": "Căn cứ Điều lệ Hội", "signer_name": "Đỗ Thị Trưởng (mẫu)"}
    )
    return sign_paper(by=system_actor(), paper=submit_paper(by=by, paper=paper))


def test_the_act_waits_for_its_decision_and_takes_effect_with_the_number(cast: Cast) -> None:
    clerk = people.actor(people.officer(OfficeCode.CLERK, cast.city, "Huỳnh Văn Thư"))
    people.officer(OfficeCode.DATA_OFFICER, cast.city)
    act = merger(cast)
    with pytest.raises(Refused, match="ban hành"):
        confirm_act(by=system_actor(), act=act)
    paper = signed(cast, act)

    act.refresh_from_db()
    assert (act.state, act.decision_number, act.decided_on) == (ActState.AWAITING, "", None)
    assert not Unit.objects.filter(code="P114").exists()
    assert members_under(cast.ward, TODAY) == 6
    with pytest.raises(Refused, match="bản thảo"):
        add_to_act(by=system_actor(), act=act, item=Line(source=cast.other_ward, target_code="P114"))
    with pytest.raises(Refused, match="bỏ bản dự thảo"):
        cancel_act(by=system_actor(), act=act, reason="Đổi ý")

    paper = issue_paper(by=clerk, paper=paper)
    act.refresh_from_db()
    assert (act.state, act.decision_number, act.decided_on, act.is_outside) == (
        ActState.DONE, "01/QĐ-CTĐ", TODAY, False,
    )  # fmt: skip
    assert act.issuer == "Hội Chữ thập đỏ Thành phố (mẫu)"
    assert members_under(Unit.objects.get(code="P114"), TODAY) == 10
    assert members_under(cast.ward, TODAY - timedelta(days=1)) == 6
    assert [row.unit.code for row in paper.recipients.order_by("unit__code") if row.unit] == [
        "KP7", "P001", "P002",
    ]  # fmt: skip
    assert Approval.objects.filter(kind="dpia.update").count() == 1
    decided = AuditEntry.objects.get(act="people.decide_unit_act")
    assert (decided.office, decided.user_id) == ("clerk", clerk.user and clerk.user.pk)
    assert AuditEntry.objects.get(act="people.carry_out_unit_act").user_id == decided.user_id


def test_a_decision_issued_before_the_acts_day_lets_it_wait_for_that_day(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    day = TODAY + timedelta(days=10)
    act = merger(cast, day)
    issue_paper(by=system_actor(), paper=signed(cast, act))
    act.refresh_from_db()
    assert (act.state, act.decision_number) == (ActState.WAITING, "01/QĐ-CTĐ")
    tasks.carry_out_due_acts()
    assert not Unit.objects.filter(code="P114").exists()
    # Until then it can be cancelled with a reason, as any act.
    assert cancel_act(by=system_actor(), act=act, reason="Lùi ngày").state == ActState.CANCELLED


def test_giving_up_the_draft_cancels_the_act(cast: Cast) -> None:
    act = merger(cast)
    paper = draft_act_decision(by=people.actor(cast.city_officer), act=act, unit=cast.city)
    cancel_draft(by=people.actor(cast.city_officer), paper=paper, reason="Chưa đủ hồ sơ")
    act.refresh_from_db()
    assert (act.state, act.details["cancelled"]) == (ActState.CANCELLED, "Chưa đủ hồ sơ")
    assert not Unit.objects.filter(code="P114").exists()
    with pytest.raises(Refused):
        draft_act_decision(by=system_actor(), act=act, unit=cast.city)


def test_what_cannot_take_effect_any_more_is_not_issued_and_takes_no_number(cast: Cast) -> None:
    act = merger(cast)
    paper = signed(cast, act)
    people.unit("Phường có mã ấy", cast.city, code="P114")
    with pytest.raises(Refused, match="P114"):
        issue_paper(by=system_actor(), paper=paper)
    paper.refresh_from_db()
    act.refresh_from_db()
    assert (paper.state, paper.number, act.state) == (PaperState.SIGNED, None, ActState.AWAITING)


def test_a_draft_that_was_numbered_outside_decides_too_and_is_marked(cast: Cast) -> None:
    act = merger(cast)
    paper = draft_act_decision(by=system_actor(), act=act, unit=cast.city)
    take_external_number(by=system_actor(), paper=paper, number="128/QĐ-CTĐ", issued_on=TODAY)
    act.refresh_from_db()
    assert (act.state, act.decision_number, act.is_outside) == (ActState.DONE, "128/QĐ-CTĐ", True)


def test_no_act_is_in_effect_without_a_decision(cast: Cast) -> None:
    act = merger(cast)
    for state in (ActState.WAITING, ActState.DONE):
        with pytest.raises(IntegrityError), transaction.atomic():
            UnitAct.objects.filter(pk=act.pk).update(state=state)


def test_through_the_pages(cast: Cast) -> None:
    """Planned, looked over, drafted by the officer who may; the act's page says where it stands."""
    city = sign_in(cast.city_officer)
    city.post(
        reverse("act_new"),
        {
            "kind": "rename",
            "effective_on": format_date(TODAY),
            "decision": "here",
            "decision_number": "x" * 70,
        },
    )
    act = UnitAct.objects.get()
    assert (act.is_outside, act.decision_number) == (False, "")
    city.post(reverse("act_add", args=[act.pk, "ten"]), {"unit": "P001", "name": "Hội phường Mẫu Hòa"})
    page = city.get(reverse("act", args=[act.pk])).content.decode()
    assert reverse("act_decide", args=[act.pk]) in page
    assert reverse("act_confirm", args=[act.pk]) not in page
    assert city.get(reverse("act_confirm", args=[act.pk])).status_code == 404
    asked = city.get(reverse("act_decide", args=[act.pk]))
    assert list(asked.context["form"].fields) == ["unit"]
    city.post(reverse("act_decide", args=[act.pk]), {"unit": cast.city.pk})
    paper = Paper.objects.get(unit_act=act)
    assert paper.abstract == "Về việc đổi tên Hội Chữ thập đỏ phường Mẫu 1"
    page = city.get(reverse("act", args=[act.pk])).content.decode()
    assert "chờ quyết định" in page
    assert reverse("paper", args=[paper.key]) in page
    assert reverse("act_cancel", args=[act.pk]) not in page
    assert reverse("act", args=[act.pk]) in city.get(reverse("paper", args=[paper.key])).content.decode()

    # A decision from outside is named whole.
    told = city.post(
        reverse("act_new"), {"kind": "rename", "effective_on": format_date(TODAY), "decision": "outside"}
    )
    assert set(told.context["form"].errors) == {"decision_number", "decided_on", "issuer"}
    # Who may reorganise but drafts no papers enters decisions from outside only.
    OfficeGrant.objects.filter(person=cast.city_officer).update(office=OfficeCode.ADMINISTRATOR)
    form = sign_in(cast.city_officer).get(reverse("act_new")).context["form"]
    assert [code for code, _label in form.fields["decision"].choices] == ["outside"]
