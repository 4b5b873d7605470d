"""One form with everything on it; one criterion across people."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from evaluations.enums import SCORE, RatingState, StaffGroup, Stage
from evaluations.models import Criterion, Cycle, Evidence, MonthWorked, Points, Rating
from evaluations.queries.seen import covered, visible_to
from ledger.actor import Actor

SCORABLE = (RatingState.OPEN, RatingState.REPORTED, RatingState.SCORED)


@dataclass(frozen=True, slots=True)
class Line:
    """A person in the column of one criterion. `typed` is what stands in the field."""

    rating: Rating
    own: Decimal | None
    evidence: str
    typed: str
    shown: str
    version: int


@dataclass(frozen=True, slots=True)
class Grid:
    """The criteria of a staff group to choose from, the chosen one, its column of people."""

    groups: list[tuple[str, str]]
    group: str
    criteria: list[Criterion]
    criterion: Criterion | None
    lines: list[Line]

    @property
    def next(self) -> Criterion | None:
        """The criterion after the chosen one."""
        place = self.criteria.index(self.criterion) + 1 if self.criterion else len(self.criteria)
        return self.criteria[place] if place < len(self.criteria) else None


def sheet_of(rating: Rating) -> dict[str, Any]:
    """What was handed over of one form: points by criterion and stage, comments, deductions, steps, absences.

    A report and points of a draft stay with their author.
    """
    is_told = rating.state != RatingState.OPEN or rating.reported_at is not None
    points: dict[int, dict[str, Points]] = {}
    for row in Points.objects.filter(rating=rating):
        if row.stage != Stage.SELF or is_told:
            points.setdefault(row.criterion_id, {})[row.stage] = row
    criteria = Criterion.objects.filter(criteria_set=rating.criteria_set_id)
    cycle = rating.cycle
    months = MonthWorked.objects.filter(person=rating.person_id, month__range=(cycle.first_on, cycle.last_on))
    return {
        "report": rating.self_report if is_told else "",
        "is_told": is_told,
        "points": [(one, points.get(one.pk, {})) for one in criteria],
        "deductions": list(rating.deductions.all()),
        "comments": list(
            rating.comments.filter(handed_over_at__isnull=False).select_related("author").order_by("pk")
        ),
        "events": list(rating.events.select_related("user__person")),
        "months": list(months.order_by("month")),
        "petition": rating.petition,
        "evidence": evidence_of(rating) if is_told else {},
        "evidence_url": "rating_evidence",
    }


def evidence_of(rating: Rating) -> dict[int, list[Evidence]]:
    """Files by criterion. 1 query."""
    found: dict[int, list[Evidence]] = {}
    for row in rating.evidence.select_related("file"):
        found.setdefault(row.criterion_id, []).append(row)
    return found


def grid_of(
    by: Actor, cycle: Cycle, group: str, criterion: str, typed: Mapping[str, str] | None = None
) -> Grid:
    """The column of one criterion for the people the actor scores. 5 queries."""
    rows = (
        visible_to(by)
        .filter(cycle=cycle, state__in=SCORABLE, employment__rated_above=False)
        .filter(employment__unit__in=covered(by, SCORE), criteria_set__isnull=False)
        .select_related("person", "employment__unit", "cycle")
        .order_by("employment__unit__code", "person__sort_key", "pk")
    )
    people = list(rows)
    present = sorted({one.employment.group for one in people}, key=StaffGroup.values.index)
    group = group if group in present else (present[0] if present else "")
    people = [one for one in people if one.employment.group == group]
    criteria = list(
        Criterion.objects.filter(criteria_set__in={one.criteria_set_id for one in people[:1]}).order_by(
            "number"
        )
    )
    chosen = next(
        (one for one in criteria if str(one.number) == criterion), criteria[0] if criteria else None
    )
    given: dict[tuple[int, str], Points] = {}
    if chosen is not None:
        rows_of = Points.objects.filter(rating__in=people, criterion=chosen)
        given = {(row.rating_id, row.stage): row for row in rows_of}
    lines = []
    for one in people:
        own = given.get((one.pk, Stage.SELF)) if one.reported_at else None
        saved = given.get((one.pk, Stage.DEPARTMENT))
        text = "" if saved is None or saved.given is None else f"{saved.given.normalize():f}"
        shown = text if typed is None else typed.get(f"p{one.pk}", text)
        lines.append(
            Line(one, own.given if own else None, own.evidence if own else "", text, shown, one.version)
        )
    groups = [(code, str(StaffGroup(code).label)) for code in present]
    return Grid(groups, group, criteria, chosen, lines)
