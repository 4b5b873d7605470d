"""Staff, criteria, cycles for tests."""

from datetime import date
from decimal import Decimal
from typing import Any

from evaluations import actions
from evaluations.enums import CriterionGroup, LegalStatus, PayTrack, StaffGroup
from evaluations.models import Criterion, Cycle, Employment, Rating
from people.models import Person, Unit
from redcross.demo.papers import as_of

SINCE = date(2025, 7, 1)
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
