"""The demo's members: a ward whose admission can be followed from form to card, and what waits today."""

import random
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange

from foundation.dates import ZONE, today
from ledger.models import User
from letters.models import Letter
from members import actions
from members.actions.life import Wanted
from members.actions.reports import report_life
from members.enums import CardState, Ending, Kind, ReportKind
from members.models import Admission, Application, ApplicationStep, Card, CardSeries, Membership, Transfer
from members.rules import kind_rules, may_join
from papers import actions as papers
from papers.models import Paper, PaperEvent, Register
from people.enums import BelongingKind
from people.models import Approval, Belonging, Person, Unit
from redcross.demo.copying import copy_in
from redcross.demo.ground import people_of
from redcross.demo.names import invent
from redcross.demo.papers import as_of, signature

APPLIED_ON = date(2026, 3, 3)
AGREED_ON = date(2026, 3, 8)
MET_ON = date(2026, 3, 12)
ADMITTED_ON = date(2026, 3, 16)
CEREMONY_ON = date(2026, 3, 27)
FIRST_CARD = 147
STOCK_ON = date(2025, 7, 1)
KP4 = "P001-KP04"
KP4_MEMBERS = 50
BATCH = 5_000


def load_members(units: dict[str, Unit], users: dict[str, User], on: date) -> int:
    """The batch of March, the stock, what waits; returns how many memberships stand."""
    admit_twelve(units, users)
    people_of(units[KP4], KP4_MEMBERS + 20)  # makes them where few people are loaded
    stock(units)
    cards(units[KP4])
    applications(units, on)
    moves(units, on)
    call_letters(on)
    return Membership.objects.count()


def call_letters(on: date) -> None:
    """Applicants without e-mail were called; the two latest still wait for a call."""
    letters = Letter.objects.filter(key__startswith="members.", state="to_call")
    latest = letters.order_by("-pk").values_list("pk", flat=True)[:2]
    letters.exclude(pk__in=list(latest)).update(state="told", told_at=at(on - timedelta(days=1)))


def at(day: date, hour: int = 9) -> datetime:
    return datetime.combine(day, time(hour, 15), ZONE)


def admit_twelve(units: dict[str, Unit], users: dict[str, User]) -> None:
    """Decision 07/QĐ-CTĐ: twelve members of khu phố 4, each step on its day; one card still waits."""
    branch, ward = units[KP4], units["P001"]
    joining = [users["tinh-nguyen"].person, *people_of(ward, 40)[20:31]]
    rows = [apply(person, branch) for person in joining]
    for row in rows:
        actions.give_opinion(by=as_of(AGREED_ON), application=row, agrees=True)
    admission = actions.hold_meeting(
        by=as_of(MET_ON), unit=ward, met_on=MET_ON, minutes="Biên bản số 03/BB-BTV", agreed=rows
    )
    paper = decide(admission, 7, ADMITTED_ON)
    admission.refresh_from_db()
    place = "Nhà văn hóa khu phố 4"
    actions.plan_ceremony(by=as_of(ADMITTED_ON), admission=admission, on=CEREMONY_ON, place=place)
    present = [row.pk for row in rows[:-1]]
    actions.close_ceremony(by=as_of(CEREMONY_ON), admission=admission, present=present)
    told(rows, paper)


def apply(person: Person, branch: Unit) -> Application:
    """The person's application on paper of 3 March."""
    born = person.birth_date or date(min(person.birth_year or 1992, 2000), 6, 15)
    row = actions.enter_application(
        by=as_of(APPLIED_ON),
        values={
            "kind": Kind.MEMBER,
            "unit": branch,
            "full_name": person.full_name.removesuffix(" (mẫu)"),
            "birth_date": min(born, date(2000, 6, 15)),
            "phone": "0509999000",
            "words": "Muốn tham gia đội sơ cấp cứu khu phố.",
        },
    )
    row.person = person
    row.save(update_fields=["person"])
    return row


def decide(admission: Admission, number: int, day: date) -> Paper:
    """The batch's decision drafted, signed and issued on the day under the number."""
    by = as_of(day)
    CardSeries.objects.update_or_create(unit=admission.unit, year=day.year, defaults={"last": FIRST_CARD - 1})
    paper = actions.draft_decision(by=by, admission=admission)
    values = {**paper.form, **signature("Nguyễn Văn Chủ")}
    paper = papers.edit_draft(by=by, paper=paper, version=paper.version, values=values)
    papers.submit_paper(by=by, paper=paper)
    papers.sign_paper(by=by, paper=paper)
    Register.objects.update_or_create(series=paper.series, year=day.year, defaults={"last": number - 1})
    return papers.issue_paper(by=by, paper=paper, on=day)


def told(rows: list[Application], paper: Paper) -> None:
    """Every step bears the hour of its day."""
    days = {
        "submitted": APPLIED_ON,
        "opinion": AGREED_ON,
        "agreed": MET_ON,
        "admitted": ADMITTED_ON,
        "ceremony": CEREMONY_ON,
    }
    for step, day in days.items():
        ApplicationStep.objects.filter(application__in=rows, step=step).update(at=at(day))
    Application.objects.filter(pk__in=[row.pk for row in rows]).update(submitted_at=at(APPLIED_ON))
    approvals = Approval.objects.filter(kind__in=["members.opinion", "members.meeting"])
    approvals.filter(kind="members.opinion").update(
        asked_at=at(APPLIED_ON), decided_at=at(AGREED_ON), due_on=date(2026, 3, 10)
    )
    approvals.filter(kind="members.meeting").update(
        asked_at=at(AGREED_ON), decided_at=at(MET_ON), due_on=date(2026, 3, 27)
    )
    PaperEvent.objects.filter(paper=paper).update(at=at(ADMITTED_ON))
    Paper.objects.filter(pk=paper.pk).update(created_at=at(ADMITTED_ON), changed_at=at(ADMITTED_ON))


def stock(units: dict[str, Unit]) -> None:
    """Two in three of the people are members, fifty of them in khu phố 4; some are volunteers or youth."""
    records = Belonging.objects.filter(kind=BelongingKind.RECORD, cause="demo", person__user=None)
    records = records.filter(during__endswith=None).exclude(person__memberships__isnull=False)
    told = records.order_by("person_id", "pk").values_list(
        "person_id", "unit_id", "during", "person__birth_date", "person__birth_year"
    )
    made = list(kinds_of(told.iterator(BATCH), units[KP4]))
    memberships = copy_in(row for row, _unit in made)
    copy_in(
        Belonging(
            person_id=row.person_id,
            unit_id=unit_id,
            kind=kind_rules(STOCK_ON)[row.kind].belongs,
            during=row.during,
            cause=f"membership:{row.pk}",
        )
        for row, (_row, unit_id) in zip(memberships, made, strict=True)
    )


def kinds_of(records: Iterable[tuple[Any, ...]], khu_pho_4: Unit) -> Iterator[tuple[Membership, int]]:
    """For each person with a record what they are, where."""
    seen: set[int] = set()
    here = 0
    for n, (person, unit, recorded, birth_date, birth_year) in enumerate(records):
        if person in seen:
            continue
        seen.add(person)
        since = STOCK_ON if unit == khu_pho_4.pk else recorded.lower
        during = DateRange(since, None)
        born = birth_date or date(birth_year or 1900, 12, 31)
        is_member = n % 3 != 2 if unit != khu_pho_4.pk else here < KP4_MEMBERS
        if is_member and not may_join(Kind.MEMBER, born, since):
            here += unit == khu_pho_4.pk
            yield (
                Membership(
                    person_id=person, kind=Kind.MEMBER, during=during, decision="Danh sách bàn giao (mẫu)"
                ),
                unit,
            )
        for kind, every in ((Kind.VOLUNTEER, 8), (Kind.YOUTH, 3)):
            if n % every == 0 and not may_join(kind, born, since):
                yield Membership(person_id=person, kind=kind, during=during), unit


def cards(branch: Unit) -> None:
    """Members of khu phố 4 have cards of last December; one is lost."""
    day = date(2025, 12, 10)
    here = Belonging.objects.filter(unit=branch, kind=BelongingKind.MEMBER, during__contains=day)
    rows = Membership.objects.on(day).filter(kind=Kind.MEMBER, person__in=here.values("person"))
    for n, membership in enumerate(rows.select_related("person").order_by("person__sort_key")):
        card = actions.give_card(by=as_of(day), membership=membership, on=day)
        Card.objects.filter(pk=card.pk).update(state=CardState.HANDED, handed_on=day + timedelta(days=5))
        if n == 6:
            actions.report_lost(by=as_of(today()), card=card, reason="Rơi ví, chi hội báo (mẫu)")


def applications(units: dict[str, Unit], on: date) -> None:
    """What waits today: for the branch (one late), the meeting, an answer, a decision; one is refused."""
    chance = random.Random(1946)  # noqa: S311  chance, not secrecy
    branch, other = units[KP4], units["P001-KP02"]

    def asked(days: int, unit: Unit, kind: Kind = Kind.MEMBER, year: int = 1988) -> Application:
        row = actions.enter_application(
            by=as_of(on),
            values={
                "kind": kind,
                "unit": unit,
                "full_name": invent(chance).full_name,
                "birth_date": date(year, 1 + days % 12, 9),
                "phone": f"05099990{days:02}",
            },
        )
        aged(row, on, days)
        return row

    asked(9, branch)
    asked(2, branch, year=1997)
    asked(1, other, Kind.VOLUNTEER, 2003)
    asked(12, units["P001"], Kind.VOLUNTEER, 2001)
    for days in (14, 13, 11):
        row = actions.give_opinion(
            by=as_of(on), application=asked(days, branch), agrees=days != 11, words="Đã gặp"
        )
        aged(row, on, days)
    actions.ask_more(by=as_of(on), application=asked(7, other), words="Xin bổ sung địa chỉ nơi ở hiện nay.")
    actions.refuse_application(
        by=as_of(on), application=asked(20, other), reason="Đã là hội viên tại phường Mẫu 2 (mẫu)."
    )
    batch = [
        actions.give_opinion(by=as_of(on), application=asked(n, other), agrees=True) for n in (25, 24, 23)
    ]
    met = on - timedelta(days=3)
    actions.hold_meeting(
        by=as_of(on), unit=units["P001"], met_on=met, minutes="Biên bản số 11/BB-BTV", agreed=batch
    )


def aged(row: Application, on: date, days: int) -> None:
    """It was handed in so many days ago, and what waits is due from then."""
    begun = on - timedelta(days=days)
    Application.objects.filter(pk=row.pk).update(submitted_at=at(begun), created_at=at(begun, 8))
    ApplicationStep.objects.filter(application=row, step="submitted").update(at=at(begun))
    due = begun + timedelta(days=7 if row.state == "submitted" else 21)
    Approval.objects.filter(application=row).update(asked_at=at(begun), due_on=due)


def moves(units: dict[str, Unit], on: date) -> None:
    """A transfer waits for twelve of its fifteen days; a death reported by the branch, a pause, a leaving."""
    asked = on - timedelta(days=12)
    chosen = members_of(units["P001-KP02"], 6)
    if len(chosen) < 4:
        return
    for membership, what, words in zip(
        chosen[4:], (ReportKind.DEATH, ReportKind.MOVE), ("Gia đình báo tối qua (mẫu)", ""), strict=False
    ):
        report_life(by=as_of(on), membership=membership, what=what, on=on, words=words)
    transfer = actions.ask_transfer(
        by=as_of(asked),
        membership=chosen[0],
        target=units["X054"],
        reason="Chuyển nơi ở về xã Mẫu Đông (mẫu)",
    )
    Transfer.objects.filter(pk=transfer.pk).update(created_at=at(asked))
    Approval.objects.filter(transfer=transfer).update(asked_at=at(asked), due_on=transfer.due_on)
    recently = on - timedelta(days=2)
    for membership, act, code, words in (
        (chosen[1], Ending.DECEASED, "death", "Chi hội khu phố 2 báo ngày hôm sau (mẫu)"),
        (chosen[2], "pause", "away", "Đi làm xa đến hết năm (mẫu)"),
        (chosen[3], Ending.LEFT, "wish", ""),
    ):
        actions.change_life(
            by=as_of(on),
            membership=membership,
            wanted=Wanted(act, max(recently, membership.during.lower), code, words),
        )


def members_of(unit: Unit, count: int) -> list[Membership]:
    """Members of a unit who joined long ago, by number."""
    here = Belonging.objects.filter(unit=unit, kind=BelongingKind.MEMBER)
    rows = Membership.objects.filter(kind=Kind.MEMBER, person__in=here.values("person"), cards=None)
    return list(rows.filter(during__startswith__lt=date(2026, 9, 1)).order_by("pk")[:count])
