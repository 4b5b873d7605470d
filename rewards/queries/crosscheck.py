"""What the portal knows for the city's cross-check: honoured before, moved in, discipline, death."""

from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from evaluations.enums import RatingState
from evaluations.models import Rating
from foundation.dates import format_date
from members.enums import Ending, MembershipState, ReportKind, ReportState
from members.models import LifeReport, Membership
from people.enums import SeatEnd
from people.models import Belonging, Person, Seat
from rewards.models import Award, Nomination


@dataclass(frozen=True, slots=True)
class Fact:
    """One sentence: "ok", "wait" (look at it) or "bad" (stands against it), and where it is known from."""

    kind: str
    words: str
    source: str


@dataclass(slots=True)
class Facts:
    """All of them; `is_dead`, `is_disciplined`, `is_held` are what the cross-check asks."""

    lines: list[Fact] = field(default_factory=list)
    is_dead: bool = False
    is_disciplined: bool = False
    is_held: bool = False


def cross_facts(nomination: Nomination, on: date) -> Facts:
    """What is known on the day about the person; what is not known is not assumed. 6 queries."""
    person, found = nomination.person, Facts()
    if person is None:
        return found
    _honours(nomination, person, found)
    _units(nomination, person, found)
    _discipline(person, found, on)
    _life(person, found)
    return found


def _honours(nomination: Nomination, person: Person, found: Facts) -> None:
    held = Award.objects.filter(person=person, revoked_on=None).select_related("nomination__rung")
    register = _("register of honours")
    for award in held.order_by("decided_on", "pk"):
        is_same = (award.honour, award.occasion) == (nomination.honour, nomination.occasion)
        if is_same and award.nomination_id == nomination.pk:
            continue
        told = {
            "honour": award.nomination.rung.honour or award.honour,
            "number": award.decision_number,
            "day": format_date(award.decided_on),
        }
        words = _("Holds already: %(honour)s (%(number)s, %(day)s).") % told
        found.is_held |= is_same
        found.lines.append(Fact("bad" if is_same else "ok", words, register))
    if not found.is_held:
        found.lines.append(Fact("ok", _("Does not hold this honour yet."), register))


def _units(nomination: Nomination, person: Person, found: Facts) -> None:
    rows = Belonging.objects.filter(person=person).exclude(unit=nomination.unit_id)
    for row in rows.select_related("unit").order_by("pk")[:5]:
        words = _("Also of %(unit)s from %(day)s: ask whether it has honoured them.") % {
            "unit": row.unit.name,
            "day": format_date(row.during.lower) if row.during.lower else "–",
        }
        if row.during.upper is not None:
            words = _("Came from %(unit)s (until %(day)s): ask whether it has honoured them.") % {
                "unit": row.unit.name,
                "day": format_date(row.during.upper),
            }
        found.lines.append(Fact("wait", words, _("register of belongings")))


def _discipline(person: Person, found: Facts, on: date) -> None:
    before = len(found.lines)
    for row in Membership.objects.filter(person=person, ending=Ending.EXPELLED).order_by("pk"):
        day = format_date(row.during.upper) if row.during.upper else "–"
        words = _("Expelled from the Red Cross on %(day)s.") % {"day": day}
        found.lines.append(Fact("bad", words, _("register of members")))
    for seat in Seat.objects.filter(person=person, ended_how=SeatEnd.STRUCK_OFF).order_by("pk"):
        words = _("Struck off a body (%(number)s).") % {"number": seat.ended_number or "–"}
        found.lines.append(Fact("bad", words, _("register of bodies")))
    told = (RatingState.PUBLISHED, RatingState.PETITIONED, RatingState.FINAL)
    ratings = Rating.objects.filter(
        person=person, is_disciplined=True, state__in=told, cycle__last_on__year__gte=on.year - 1
    )
    for rating in ratings.select_related("cycle").order_by("pk"):
        words = _("Disciplined, prosecuted or in custody in %(cycle)s.") % {"cycle": rating.cycle.name}
        found.lines.append(Fact("bad", words, _("evaluation")))
    found.is_disciplined = len(found.lines) > before
    if not found.is_disciplined:
        words = _("No discipline is known to the portal; what lies outside it is the unit's to say.")
        found.lines.append(Fact("wait", words, _("membership, bodies, evaluation")))


def _life(person: Person, found: Facts) -> None:
    died = Membership.objects.filter(person=person, state=MembershipState.ENDED, ending=Ending.DECEASED)
    for row in died.order_by("pk")[:1]:
        found.is_dead = True
        day = format_date(row.during.upper) if row.during.upper else "–"
        words = _("Died on %(day)s: only after death (posthumous).") % {"day": day}
        found.lines.append(Fact("bad", words, _("register of members")))
    waiting = LifeReport.objects.filter(
        membership__person=person, what=ReportKind.DEATH, state=ReportState.WAITING
    )
    for report in waiting.order_by("pk")[:1]:
        words = _("A branch has reported a death on %(day)s, not confirmed yet.") % {
            "day": format_date(report.on)
        }
        found.lines.append(Fact("wait", words, _("register of members")))
    if not found.is_dead:
        found.lines.append(Fact("ok", _("No death is entered."), _("register of members")))
