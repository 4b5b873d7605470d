"""Staff, criteria, cycles for tests."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.core.files.base import ContentFile

from evaluations import actions
from evaluations.enums import (
    CriterionGroup,
    FactKind,
    LegalStatus,
    Level,
    PayTrack,
    RatingState,
    StaffGroup,
    Step,
)
from evaluations.models import (
    Criterion,
    Cycle,
    Employment,
    Evidence,
    Rating,
    Sheet,
    SheetLine,
    StaffFact,
)
from people.actions.files import store_file
from people.models import Person, Unit
from redcross.demo.papers import as_of
from tests.factories import people

SINCE, OPENED = date(2025, 7, 1), date(2026, 9, 21)
VALUES = {
    "post": "Chuyên viên",
    "status": LegalStatus.ASSOCIATION_STAFF,
    "group": StaffGroup.PROFESSIONAL,
    "track": PayTrack.COEFFICIENT,
    "ground": "Quyết định điều động (mẫu)",
    "salary": Decimal("3.00"),
}


def employed(person: Person, unit: Unit, from_on: date = SINCE, **changes: Any) -> Employment:
    """The person works for the unit on coefficient 3.00 unless changed."""
    return actions.employ(
        by=as_of(from_on), person=person, unit=unit, from_on=from_on, values={**VALUES, **changes}
    )


def criteria(unit: Unit, group: str = StaffGroup.PROFESSIONAL) -> list[Criterion]:
    """Two criteria, 30 and 70 points."""
    rows = [
        Criterion(group=CriterionGroup.ETHICS, name="Kỷ luật", most=30),
        Criterion(group=CriterionGroup.RESULTS, name="Kết quả", most=70),
    ]
    actions.issue_criteria(
        by=as_of(SINCE), unit=unit, group=group, from_on=SINCE, decision="Quy chế mẫu", criteria=rows
    )
    return rows


def opened(unit: Unit, on: date = date(2026, 9, 21)) -> Cycle:
    """The third quarter of 2026."""
    return actions.open_cycle(by=as_of(on), unit=unit, year=2026, number=3, steps=())


def form_of(cycle: Cycle, person: Person) -> Rating:
    return Rating.objects.get(cycle=cycle, person=person)


def rated(unit: Unit) -> Rating:
    """Somebody scored in the third quarter of 2026, with criteria and the council's minutes."""
    someone = people.person("Người Được Chấm Điểm", unit, with_user=False)
    employed(someone, unit)
    criteria(unit)
    cycle = actions.open_cycle(by=as_of(OPENED), unit=unit, year=2026, number=3, steps=(Step.COUNCIL,))
    actions.hold_step(by=as_of(OPENED), cycle=cycle, step=Step.COUNCIL, held_on=OPENED, words="Họp")
    return reported(form_of(cycle, someone))


def reported(rating: Rating) -> Rating:
    """The self-report is handed over."""
    return actions.hand_over_report(
        by=as_of(OPENED), rating=rating, version=rating.version, words="Xong việc", given={}
    )


def scored(rating: Rating, points: Decimal | None = None) -> Rating:
    """The department has given every criterion its most, or so many points each."""
    given = {one.pk: points or one.most for one in rating.criteria_set.criteria.all()}  # type: ignore[union-attr]
    return actions.score_rating(by=as_of(OPENED), rating=rating, version=rating.version, given=given)


def paid(rating: Rating) -> SheetLine:
    """A draft sheet with a line of the rating, as if it were final, on the law of the year before."""
    sheet = Sheet.objects.create(cycle=rating.cycle, number=1, made_on=OPENED)
    law = {"value": "1", "citation": "Mẫu", "confirmed": False}
    base = {**law, "value": "2530000"}
    months = [
        {
            "month": f"2026-0{month}-01",
            "is_fixed": False,
            "salary": "3.00",
            "allowance": "0.00",
            "laws": [base, {**law, "value": "1.5"}],
            "worked": None,
            "working": None,
            "part": "1",
            "exact": "11385000",
        }
        for month in (7, 8, 9)
    ]
    inputs = {"share": law, "rounding": "HALF_UP", "confirmed": False, "months": months}
    return SheetLine.objects.create(
        sheet=sheet, rating=rating, level="excellent", inputs=inputs, entitled=34_155_000, amount=34_155_000
    )


def in_a_year(unit: Unit, year: int = 2026, **changes: Any) -> Rating:
    """Somebody's form of a year, the report handed over: a public employee unless changed."""
    someone = people.person("Người Của Năm", unit, with_user=False)
    employed(someone, unit, **{"status": LegalStatus.PUBLIC_EMPLOYEE, **changes})
    day = date(year, 12, 1)
    cycle = Cycle.objects.filter(unit=unit, year=year, number=0).first()
    cycle = cycle or actions.open_cycle(by=as_of(day), unit=unit, year=year, number=0, steps=())
    rating, _made = Rating.objects.get_or_create(
        cycle=cycle, person=someone, defaults={"employment": someone.employments.get()}
    )
    return reported(rating)


def evidence(rating: Rating) -> Evidence:
    """A scanned document behind the first criterion."""
    file = ContentFile(b"%PDF-1.4 minh chung", "minh-chung.pdf")
    stored = store_file(
        by=as_of(OPENED), name="minh-chung.pdf", content_type="application/pdf", file=file, days=None
    )
    criterion = rating.criteria_set.criteria.all()[0]  # type: ignore[union-attr]
    return Evidence.objects.create(rating=rating, criterion=criterion, file=stored)


def fact(employment: Employment, kind: str = FactKind.LONG_LEAVE, **values: Any) -> StaffFact:
    """A long leave of March 2026 unless changed."""
    days = {"first_on": date(2026, 3, 1), "last_on": date(2026, 3, 31)}
    return actions.enter_fact(by=as_of(OPENED), employment=employment, kind=kind, **{**days, **values})


def made_final(rating: Rating, level: str = Level.EXCELLENT) -> Rating:
    """The rating final at a level, as if decided, published and left unasked."""
    rating.state, rating.level, rating.final_on = RatingState.FINAL, level, OPENED
    rating.save()
    return rating
