"""Criteria, opening a cycle, its steps, publication."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Exists, F, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from evaluations.actions.employment import checked
from evaluations.actions.years import exempt_rating
from evaluations.enums import DECIDE, MANAGE, PAY, CycleKind, CycleState, RatingState, Step
from evaluations.models import CriteriaSet, Criterion, Cycle, Employment, Minutes, Rating, RatingEvent
from evaluations.queries.annual import basis_of
from evaluations.queries.board import board, calendar, caps, caps_stop
from evaluations.queries.seen import TOLD
from evaluations.queries.twice import same_period
from evaluations.rules import calendar_of
from foundation.dated import in_force, load_table
from foundation.dates import DAY, NoCalendar
from foundation.locks import lock
from foundation.refusal import Reason, Refused
from ledger.actor import Actor
from ledger.audit import record, record_many
from people.actions.files import store_file
from people.models import Unit, UnitCover
from people.permissions import acting


@transaction.atomic
def issue_criteria(
    *, by: Actor, unit: Unit, group: str, from_on: date, decision: str, criteria: Sequence[Criterion]
) -> CriteriaSet:
    """A criteria set from the day on; the one before ends. Refuses a sum of points above 100."""
    by = acting(by, MANAGE, unit.pk)
    if not criteria or sum(one.most for one in criteria) > 100:
        raise Refused([_("The criteria need at least one line, and at most 100 points in all.")])
    before = CriteriaSet.objects.select_for_update().filter(
        unit=unit, group=group, during__contains=from_on, during__startswith__lt=from_on
    )
    for one in before:
        one.during = DateRange(one.during.lower, from_on)
        one.save(update_fields=["during"])
    made = CriteriaSet(unit=unit, group=group, during=DateRange(from_on, None), decision=decision)
    checked(made)
    made.save()
    for number, criterion in enumerate(criteria, 1):
        criterion.criteria_set, criterion.number = made, number
        checked(criterion)
    Criterion.objects.bulk_create(criteria)
    record(by=by, act="evaluations.issue_criteria", subject=made, after={"decision": decision})
    return made


@transaction.atomic
def open_cycle(*, by: Actor, unit: Unit, year: int, number: int, steps: Sequence[str]) -> Cycle:
    """Opens a quarter (number 1 to 4) or a year (0) for the unit and what lies under it. Returns the cycle.

    Everybody employed there on the period's last day gets a form, and who left in the period without another
    employment (rated and paid by the old unit up to the last day); who is rated above the unit is recorded
    there without scoring. Set-based: ten thousand people are one statement.

    Nobody gets two forms of one period: who has one in another unit's list keeps that, unless the employment
    here began later; then the form there is taken out, as long as nothing of it was published.
    """
    by = acting(by, MANAGE, unit.pk)
    first_on = date(year, 3 * number - 2, 1) if number else date(year, 1, 1)
    last_month = 3 * number if number else 12
    last_on = (date(year, last_month, 28) + 4 * DAY).replace(day=1) - DAY
    try:
        entry = in_force(load_table("evaluations", "procedure"), last_on)
        days = calendar_of(last_on, entry, tuple(steps), is_year=not number)
    except (LookupError, NoCalendar) as error:
        raise Refused([Reason(_("The portal has no rules for this period."), field="year")]) from error
    if by.on < first_on:
        raise Refused([Reason(_("The period has not begun."), field="year")])
    cycle = Cycle(
        unit=unit,
        kind=CycleKind.QUARTER if number else CycleKind.YEAR,
        year=year,
        number=number,
        first_on=first_on,
        last_on=last_on,
        opened_on=by.on,
        limit_on=days.limit,
        steps=[step for step, _day in days.steps],
    )
    lock("evaluations.open_cycle", cycle.kind, year, number)
    if Cycle.objects.filter(unit=unit, kind=cycle.kind, year=year, number=number).exists():
        raise Refused([_("This period is open already.")])
    checked(cycle)
    cycle.save()
    sets = {one.group: one for one in CriteriaSet.objects.filter(unit=unit, during__contains=last_on)}
    covers = UnitCover.objects.filter(ancestor=unit, during__contains=last_on).values("unit")
    later = Employment.objects.filter(
        person=OuterRef("person"),
        during__startswith__gt=OuterRef("during__startswith"),
        during__startswith__lte=last_on,
    )
    people = Employment.objects.filter(
        ~Exists(later), unit__in=covers, during__overlap=DateRange(first_on, last_on + DAY)
    )
    there = same_period(cycle).filter(
        person=OuterRef("person"), employment__during__startswith__gte=OuterRef("during__startswith")
    )
    free = people.filter(~Exists(there))
    if not free.exists() and people.exists():
        raise Refused([_("Everybody here has a form of this period in another unit's list already.")])
    Rating.objects.bulk_create(
        (
            Rating(
                cycle=cycle,
                person_id=one.person_id,
                employment=one,
                criteria_set=None if one.rated_above else sets.get(one.group),
            )
            for one in free.order_by("pk").iterator(2000)
        ),
        batch_size=2000,
    )
    keys = list(Rating.objects.filter(cycle=cycle).values_list("pk", flat=True))
    record(by=by, act="evaluations.open_cycle", subject=cycle, after={"people": len(keys)})
    record_many(by=by, act="evaluations.open_rating", model=Rating, rows=((pk, None, None) for pk in keys))
    take_out_elsewhere(by, cycle)
    return cycle


def take_out_elsewhere(by: Actor, cycle: Cycle) -> None:
    """Forms of the cycle's people in other units' lists whose result was not told yet: not rated there.

    What was published there is a decision of that unit: it stays until that unit takes it up again.
    """
    rows = same_period(cycle).filter(person__in=cycle.ratings.values("person")).exclude(state__in=TOLD)
    for rating in rows.exclude(state=RatingState.EXEMPT).order_by("pk"):
        reason = _("Works in %(unit)s since: rated there.") % {"unit": cycle.unit.name}
        exempt_rating(by=replace(by, is_system=True), rating=rating, reason=reason)


@transaction.atomic
def move_calendar(*, by: Actor, cycle: Cycle, limit_on: date, reason: str) -> Cycle:
    """Another limit for a cycle under way, with the reason: every day before it is counted back from there.

    Rules or holidays that change never move it by themselves. Refused once results are published.
    """
    by = acting(by, MANAGE, cycle.unit_id)
    cycle = Cycle.objects.select_for_update().get(pk=cycle.pk)
    reasons = []
    if cycle.state != CycleState.OPEN:
        reasons.append(Reason(_("Results have been published: the calendar is over.")))
    if limit_on <= by.on:
        reasons.append(Reason(_("The new limit has to lie ahead."), field="limit_on"))
    elif limit_on == cycle.limit_on:
        reasons.append(Reason(_("The limit is this day already."), field="limit_on"))
    elif limit_on.year > cycle.last_on.year + 1:
        reasons.append(Reason(_("That is more than a year after the period."), field="limit_on"))
    if not reason.strip():
        reasons.append(Reason(pgettext("evaluations", "Say why."), field="reason"))
    if reasons:
        raise Refused(reasons)
    before = cycle.limit_on
    cycle.limit_on, cycle.limit_reason = limit_on, reason.strip()
    try:
        calendar(cycle)
    except NoCalendar as error:
        raise Refused(
            [Reason(_("The portal has no holidays for these days yet."), field="limit_on")]
        ) from error
    checked(cycle)
    cycle.save(update_fields=["limit_on", "limit_reason"])
    record(
        by=by,
        act="evaluations.move_calendar",
        subject=cycle,
        before={"limit_on": before},
        after={"limit_on": limit_on},
        reason=reason.strip(),
    )
    return cycle


@transaction.atomic
def hold_step(
    *,
    by: Actor,
    cycle: Cycle,
    step: str,
    held_on: date,
    words: str,
    file: "File[Any] | None" = None,
    file_type: str = "",
) -> Minutes:
    """The minutes of one of the unit's own steps, or the opinion of the Party committee as a document."""
    by = acting(by, MANAGE, cycle.unit_id)
    if step not in cycle.steps:
        raise Refused([Reason(_("The unit's regulation has no such step."), field="step")])
    if held_on > by.on:
        raise Refused([Reason(pgettext("evaluations", "The day lies in the future."), field="held_on")])
    made = Minutes(cycle=cycle, step=step, held_on=held_on, words=words, by_user=by.user)
    if file is not None:
        made.file = store_file(by=by, name=file.name or step, content_type=file_type, file=file, days=None)
    checked(made)
    made.save()
    record(by=by, act="evaluations.hold_step", subject=made, after={"step": step, "held_on": held_on})
    return made


@transaction.atomic
def publish_cycle(*, by: Actor, cycle: Cycle, decision: str, late_reason: str = "") -> Cycle:
    """Notify and publish inside the unit: the petition window opens for everybody decided.

    Who is not decided yet follows by a second publication. Past the limit a reason is needed.
    """
    by = acting(by, DECIDE, cycle.unit_id)
    cycle = Cycle.objects.select_for_update().get(pk=cycle.pk)
    reasons = []
    if not decision.strip():
        reasons.append(Reason(_("Enter the number of the decision."), field="decision"))
    if by.on >= cycle.limit_on and not late_reason.strip():
        reasons.append(Reason(_("The limit has passed: say why."), field="late_reason"))
    held = set(cycle.minutes.values_list("step", flat=True))
    owed = [Step(step).label for step in cycle.steps if step == Step.COUNCIL and step not in held]
    if owed:
        reasons.append(Reason(_("Minutes are missing: %(steps)s.") % {"steps": ", ".join(map(str, owed))}))
    if caps_stop(cycle):
        standing = caps(cycle, board(by, cycle, Rating.objects.filter(cycle=cycle)))
        if standing is not None and standing.is_over:
            sentence = _("Too many are rated excellent: publishing is refused until the share fits.")
            reasons.append(Reason(sentence, standing.citation))
    ready = list(
        Rating.objects.select_for_update()
        .filter(cycle=cycle, state=RatingState.DECIDED)
        .values_list("pk", "score", "level")
    )
    if not ready:
        reasons.append(Reason(_("Nobody is decided yet.")))
    if reasons:
        raise Refused(reasons)
    keys = [pk for pk, _score, _level in ready]
    Rating.objects.filter(pk__in=keys).update(
        state=RatingState.PUBLISHED, version=F("version") + 1, published_on=by.on
    )
    RatingEvent.objects.bulk_create(
        RatingEvent(
            rating_id=pk,
            state=RatingState.PUBLISHED,
            user=by.user,
            office=by.acting.office if by.acting else "",
            score=score,
            level=level,
            reason=late_reason.strip(),
        )
        for pk, score, level in ready
    )
    cycle.rules = values_used(cycle)
    cycle.state, cycle.decision = CycleState.PUBLISHED, decision.strip()
    cycle.published_on = cycle.published_on or by.on
    checked(cycle)
    cycle.save()
    record(
        by=by, act="evaluations.publish_cycle", subject=cycle, after={"people": len(keys)}, reason=late_reason
    )
    return cycle


def values_used(cycle: Cycle) -> dict[str, Any]:
    """The rules by which people of the cycle were rated, by legal status, as the cycle keeps them."""
    found: dict[str, Any] = {}
    statuses = cycle.ratings.values_list("employment__status", flat=True).order_by().distinct()
    for status in sorted(statuses):
        basis = basis_of(cycle, status)
        entry = basis.entry
        said = {"citation": entry.citation, "confirmed": entry.confirmed} if entry else {}
        found[status] = {"by": basis.kind, **(dict(entry.values) if entry else {}), **said}
    return found


@transaction.atomic
def set_fund(*, by: Actor, cycle: Cycle, amount: int, decision: str) -> Cycle:
    """What may be spent in the period, entered with its ground; ratings are shown against it."""
    by = acting(by, PAY, cycle.unit_id)
    cycle = Cycle.objects.select_for_update().get(pk=cycle.pk)
    if not decision.strip():
        raise Refused([Reason(_("Enter the number of the decision."), field="decision")])
    before = {"fund": cycle.fund}
    cycle.fund, cycle.fund_decision = amount, decision.strip()
    checked(cycle)
    cycle.save(update_fields=["fund", "fund_decision"])
    record(by=by, act="evaluations.set_fund", subject=cycle, before=before, after={"fund": amount})
    return cycle
