"""Story S4: the third quarter of 2026 in the city's office, from the forms to the supplementary sheet.

The days stand as they are told; the fourth quarter is open on the day of loading.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from evaluations import actions
from evaluations.enums import CriterionGroup, LegalStatus, PayTrack, StaffGroup, Step
from evaluations.models import Criterion, Cycle, Employment, Rating
from ledger.actor import Actor
from ledger.models import User
from people.models import Belonging, Person, Unit
from redcross.demo.names import invent
from redcross.demo.papers import as_of
from redcross.demo.people import NOTE

SINCE = date(2025, 7, 1)
STEPS = (Step.COMMENTS, Step.DEPARTMENT, Step.COUNCIL)
CRITERIA = (
    (CriterionGroup.ETHICS, "Chấp hành nội quy, giờ làm việc, kỷ luật phát ngôn (mẫu)", 20),
    (CriterionGroup.CAPACITY, "Năng lực chuyên môn, phối hợp, ứng dụng công nghệ (mẫu)", 20),
    (CriterionGroup.RESULTS, "Khối lượng công việc hoàn thành (mẫu)", 30),
    (CriterionGroup.RESULTS, "Chất lượng, tiến độ công việc (mẫu)", 30),
)
COEFFICIENT_GROUND = "Được điều động, luân chuyển: NQ 27/2025, Điều 2 khoản 1 (suy luận)"
FIXED_GROUND = "Hợp đồng hỗ trợ, phục vụ: NQ 27/2025, Điều 3 khoản 2 (suy luận)"
# Accounts of the demo that work in the office: login, department, post.
KNOWN = (
    ("van-thu", "VP", "Văn thư"),
    ("truong-ban", "CTXH", "Trưởng ban"),
    ("danh-gia", "TC-KT", "Chuyên viên"),
    ("ke-toan", "VP", "Kế toán"),
    ("hien-mau", "CTXH", "Chuyên viên"),
    ("khen-thuong", "TC-KT", "Chuyên viên"),
)
# Whose year a decree rates; the others are rated by the unit's own regulation.
STATUSES = {
    1: LegalStatus.CIVIL_SERVANT,
    **dict.fromkeys((2, 3, 7, 8), LegalStatus.PUBLIC_EMPLOYEE),
}
SUPPORT = 6  # the seventh is the driver on a fixed sum


@dataclass(frozen=True, slots=True)
class Staff:
    """One of the twenty-five: who, what the department and the head gave."""

    person: Person
    score: Decimal


def load_evaluations(units: dict[str, Unit], users: dict[str, User]) -> int:
    """Write the story; returns how many people it is about."""
    city = units["TP"]
    staff = load_staff(units, users)
    for group in StaffGroup.values:
        actions.issue_criteria(
            by=as_of(SINCE),
            unit=city,
            group=group,
            from_on=SINCE,
            decision="Quy chế xếp loại (mẫu) 15/QC-CTĐ",
            criteria=[Criterion(group=g, name=name, most=most) for g, name, most in CRITERIA],
        )
    actions.set_year_rate(
        by=as_of(date(2026, 7, 1)),
        unit=city,
        first_on=date(2026, 1, 1),
        last_on=date(2026, 12, 31),
        coefficient=Decimal("1.5"),
        fixed_sum=3_000_000,
        decision="Mẫu: mức năm 2026 chưa xác nhận",
        is_confirmed=False,
    )
    cycle = actions.open_cycle(by=as_of(date(2026, 9, 21)), unit=city, year=2026, number=3, steps=STEPS)
    rate_all(cycle, staff)
    petition(cycle, staff)
    fourth(city, staff)
    return len(staff)


def load_staff(units: dict[str, Unit], users: dict[str, User]) -> list[Staff]:
    """Seventeen at 90 and above, seven from 75, one at 74; the salary step of August."""
    chance = random.Random(2026)  # noqa: S311  chance, not secrecy
    codes = ("VP", "TC-KT", "CTXH", "SCC", "TTN-TT")
    staff = []
    for number in range(25):
        if number < len(KNOWN):
            login, code, post = KNOWN[number]
            person: Person = users[login].person
        else:
            code, post = codes[number % 5], "Lái xe" if number == SUPPORT else "Chuyên viên"
            person = newcomer(units[code], chance)
        salary = {0: "3.00", 1: "3.33"}.get(number, f"{2 + chance.randrange(34, 250, 33) / 100:.2f}")
        employ(person, units[code], post, number, salary)
        staff.append(Staff(person, score_of(number, chance)))
    step = Employment.objects.get(person=staff[1].person)
    actions.employ(
        by=as_of(date(2026, 8, 3)),
        person=step.person,
        unit=step.unit,
        from_on=date(2026, 8, 1),
        values={**values_of("Trưởng ban", 1, "3.66"), "decision": "QĐ 188/QĐ-CTĐ (mẫu)"},
    )
    return staff


def score_of(number: int, chance: random.Random) -> Decimal:
    if number == 0:
        return Decimal(74)
    if number == SUPPORT or number > 18:
        return Decimal(chance.randrange(76, 89))
    return Decimal(chance.randrange(90, 98))


def newcomer(unit: Unit, chance: random.Random) -> Person:
    invented = invent(chance)
    person = Person(full_name=invented.full_name, sex=invented.sex, note=NOTE)
    person.clean()
    person.save()
    Belonging.objects.create(person=person, unit=unit, kind="record", during=(SINCE, None), cause="demo")
    return person


def employ(person: Person, unit: Unit, post: str, number: int, salary: str) -> None:
    values = values_of(post, number, salary)
    actions.employ(by=as_of(SINCE), person=person, unit=unit, from_on=SINCE, values=values)


def values_of(post: str, number: int, salary: str) -> dict[str, object]:
    is_fixed = number == SUPPORT
    return {
        "post": post,
        "status": LegalStatus.CONTRACT if is_fixed else STATUSES.get(number, LegalStatus.ASSOCIATION_STAFF),
        "group": StaffGroup.SUPPORT
        if is_fixed
        else StaffGroup.LEADER
        if number == 1
        else StaffGroup.PROFESSIONAL,
        "track": PayTrack.FIXED if is_fixed else PayTrack.COEFFICIENT,
        "ground": FIXED_GROUND if is_fixed else COEFFICIENT_GROUND,
        "salary": None if is_fixed else Decimal(salary),
        "allowance": Decimal("0.40") if number == 1 else Decimal(),
        "is_head": number == 1,
    }


def split(rating: Rating, score: Decimal) -> dict[int, Decimal | None]:
    """Points by criterion that sum to the score, what is lost taken from the last ones."""
    lost = 100 - score
    given: dict[int, Decimal | None] = {}
    for one in Criterion.objects.filter(criteria_set=rating.criteria_set_id).order_by("-number"):
        taken = min(lost, one.most / 2)
        given[one.pk], lost = one.most - taken, lost - taken
    return given


def report(by: Actor, rating: Rating, score: Decimal) -> Rating:
    words = "Hoàn thành các công việc được giao trong quý; còn chậm một báo cáo tháng (mẫu)."
    return actions.hand_over_report(
        by=by, rating=rating, version=rating.version, words=words, given=split(rating, score)
    )


def rate_all(cycle: Cycle, staff: Sequence[Staff]) -> None:
    """Reports by 25 September, departments on the 28th, leaders on the 30th, decided on 2 October."""
    ratings = {one.person_id: one for one in Rating.objects.filter(cycle=cycle)}
    for one in staff:
        rating = report(as_of(date(2026, 9, 25)), ratings[one.person.pk], min(one.score + 2, Decimal(100)))
        rating = actions.score_rating(
            by=as_of(date(2026, 9, 28)),
            rating=rating,
            version=rating.version,
            given=split(rating, one.score),
        )
        actions.decide_rating(
            by=as_of(date(2026, 10, 2)),
            rating=rating,
            version=rating.version,
            score=one.score,
            satisfaction=Decimal(95) if rating.employment.is_head else None,
        )


def petition(cycle: Cycle, staff: Sequence[Staff]) -> None:
    """74 becomes 76; the main sheet holds twenty-four, the supplementary one the petitioner."""
    actions.hold_step(
        by=as_of(date(2026, 9, 30)),
        cycle=cycle,
        step=Step.COUNCIL,
        held_on=date(2026, 9, 30),
        words="Thành phần: Thường trực, trưởng các phòng, ban. Thống nhất mức xếp loại của 25 người (mẫu).",
    )
    cycle = actions.publish_cycle(by=as_of(date(2026, 10, 2)), cycle=cycle, decision="212/QĐ-CTĐ (mẫu)")
    ratings = {one.person_id: one for one in Rating.objects.filter(cycle=cycle)}
    asking = ratings[staff[0].person.pk]
    words = "Đề nghị xem lại tiêu chí chất lượng: báo cáo tháng 8 chậm do chờ số liệu (mẫu)."
    actions.file_petition(by=as_of(date(2026, 10, 7)), rating=asking, words=words)
    for one in ratings.values():
        actions.make_final(by=as_of(date(2026, 10, 8)), rating=one)
    sheet = actions.make_sheet(by=as_of(date(2026, 10, 9)), cycle=cycle)
    actions.close_sheet(by=as_of(date(2026, 10, 9)), sheet=sheet)
    actions.answer_petition(
        by=as_of(date(2026, 10, 16)),
        rating=asking,
        score=Decimal(76),
        answer="Chấp nhận: nguyên nhân khách quan, cộng lại 2 điểm tiêu chí chất lượng, tiến độ (mẫu).",
    )
    extra = actions.make_sheet(by=as_of(date(2026, 10, 19)), cycle=cycle)
    actions.close_sheet(by=as_of(date(2026, 10, 19)), sheet=extra)


def fourth(city: Unit, staff: Sequence[Staff]) -> None:
    """The fourth quarter is open: some have handed over, some are scored, most are not there yet."""
    day = date(2026, 12, 21)
    cycle = actions.open_cycle(by=as_of(day), unit=city, year=2026, number=4, steps=STEPS)
    ratings = {one.person_id: one for one in Rating.objects.filter(cycle=cycle)}
    for one in staff[8:16]:
        rating = report(as_of(day), ratings[one.person.pk], one.score)
        if one.score > 93:
            given = split(rating, one.score)
            actions.score_rating(by=as_of(day), rating=rating, version=rating.version, given=given)
