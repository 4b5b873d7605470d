"""What evaluations gives the roof about a person: employment, ratings and pay; they stay as the law asks."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from evaluations.models import Comment, Employment, MonthWorked, Rating, SheetLine, StaffFact
from evaluations.queries import TOLD
from foundation.dates import format_date
from foundation.held import Held
from foundation.money import format_vnd
from ledger.actor import Actor
from people.actions.absorbing import Note, move_what_fits
from people.models import Person


def personal_data(person: Person) -> Iterator[Held]:
    """Employment, published ratings and pay of the person."""
    ground = _("Keeping records of the chapter's decisions")
    yield Held(
        "employment",
        _("Employment"),
        _("Entered by the chapter"),
        ground,
        [
            (format_date(row.during.lower), f"{row.post}, {row.get_status_display()}")
            for row in Employment.objects.filter(person=person).order_by("during")
        ],
    )
    facts = StaffFact.objects.filter(person=person).order_by("during")
    yield Held(
        "staff_facts",
        _("Discipline, leave, probation, secondment"),
        _("Entered by the chapter"),
        ground,
        [(format_date(row.during.lower), _fact(row)) for row in facts],
    )
    ratings = Rating.objects.filter(person=person, state__in=TOLD)
    yield Held(
        "ratings",
        _("Ratings"),
        _("Decided by the chapter"),
        ground,
        [
            (row.cycle.name, _result(row))
            for row in ratings.select_related("cycle").order_by("cycle__last_on")
        ],
    )
    lines = SheetLine.objects.filter(rating__person=person, sheet__closed_on__isnull=False)
    yield Held(
        "additional_income",
        _("Additional income"),
        _("Computed by the chapter"),
        ground,
        [
            (line.rating.cycle.name, format_vnd(line.amount))
            for line in lines.select_related("rating__cycle").order_by("sheet_id")
        ],
    )


def _result(row: Rating) -> str:
    level = str(row.get_level_display())
    return level if row.score is None else f"{row.score} – {level}"


def _fact(row: StaffFact) -> str:
    return ", ".join(one for one in (str(row.get_kind_display()), row.decision, row.words) if one)


def forget_person(by: Actor, person: Person) -> None:
    """Decisions and closed sheets are the chapter's records and stay; drafts of comments go."""
    Comment.objects.filter(author=person, handed_over_at=None).delete()


def absorb_person(kept: Person, absorbed: Person) -> list[Note]:
    """Everything goes to the kept record; what would overlap there stays and is told."""
    notes = []
    for rows, field in (
        (Employment.objects.filter(person=absorbed), "person"),
        (MonthWorked.objects.filter(person=absorbed), "person"),
        (StaffFact.objects.filter(person=absorbed), "person"),
        (Rating.objects.filter(person=absorbed), "person"),
        (Comment.objects.filter(author=absorbed), "author"),
    ):
        notes += move_what_fits(rows, field, kept, "evaluations.overlap")
    return notes
