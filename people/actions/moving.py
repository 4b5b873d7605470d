"""What an act does to rows: places in the tree, belongings, offices, bodies, approvals.

Only people.actions.acts calls this, inside its transaction, with the units locked.
Earlier days never change: a row is ended on the act's day and a new one begun.
"""

from datetime import date
from typing import Any

from django.db import connection, models
from django.db.backends.postgresql.psycopg_any import DateRange

from ledger.actor import Actor
from ledger.audit import digest_of, record
from ledger.models import AuditEntry
from people.actions.approvals import note
from people.enums import ApprovalState, SeatEnd
from people.models import (
    Approval,
    Body,
    OfficeGrant,
    Person,
    Seat,
    Unit,
    UnitAct,
    UnitActLine,
    UnitLink,
    UnitName,
)

# The days from the act's day on go to the target, without those the person has there already.
GIVE = """
INSERT INTO people_belonging (person_id, unit_id, kind, during, cause)
SELECT old.person_id, %(target)s, old.kind, unnest(old.days - coalesce((
    SELECT range_agg(there.during) FROM people_belonging there
    WHERE there.unit_id = %(target)s AND there.person_id = old.person_id AND there.kind = old.kind
), '{}')), %(cause)s
FROM (
    SELECT person_id, kind, range_agg(during * daterange(%(day)s, NULL)) AS days
    FROM people_belonging
    WHERE unit_id = %(source)s AND during && daterange(%(day)s, NULL)
      AND (%(people)s::bigint[] IS NULL OR person_id = ANY(%(people)s::bigint[]))
    GROUP BY person_id, kind
) old
"""
DROP = """
DELETE FROM people_belonging
WHERE unit_id = %(source)s AND lower(during) >= %(day)s
  AND (%(people)s::bigint[] IS NULL OR person_id = ANY(%(people)s::bigint[]))
"""
END = """
UPDATE people_belonging SET during = daterange(lower(during), %(day)s)
WHERE unit_id = %(source)s AND during @> %(day)s::date
  AND (%(people)s::bigint[] IS NULL OR person_id = ANY(%(people)s::bigint[]))
RETURNING person_id
"""


def carry_out_line(by: Actor, act: UnitAct, line: UnitActLine) -> None:
    """One line takes effect: a branch, named people, or all of a unit, which then ends."""
    day, source, target = act.effective_on, line.source, line.target
    if line.part is not None and target is not None:
        move_link(line.part, target, day)
        _log_moved(by, line.part, source, target)
    elif line.is_whole and source is not None:
        _hand_over(by, act, source, target)
    elif source is not None and target is not None:
        _move_belongings(by, act, source, target, list(line.people.values_list("pk", flat=True)))


def _hand_over(by: Actor, act: UnitAct, source: Unit, target: Unit | None) -> None:
    day = act.effective_on
    above = UnitLink.objects.filter(unit=source, during__contains=day).select_related("parent").first()
    below = UnitLink.objects.filter(parent=source, during__overlap=DateRange(day, None))
    for link in below.select_related("unit"):
        if target is not None:
            move_link(link.unit, target, max(day, link.during.lower))
            _log_moved(by, link.unit, source, target)
    _move_belongings(by, act, source, target, None)
    _end_offices(by, source, day)
    _end_bodies(by, source, day)
    heir = target or (above.parent if above else None)
    if heir is not None:
        _forward_approvals(by, source, heir)
    _end_unit(source, day)
    record(
        by=by,
        act="people.end_unit",
        subject=source,
        after={"ended_on": day, "into": heir.code if heir else ""},
    )


def move_link(unit: Unit, target: Unit, day: date) -> None:
    """`unit` stands under `target` from the day on, whatever it stood under."""
    _cut(UnitLink.objects.select_for_update().filter(unit=unit), "during", day)
    moved = UnitLink(unit=unit, parent=target, during=DateRange(day, unit.valid.upper))
    moved.full_clean()
    moved.save()


def _cut(rows: "models.QuerySet[Any]", field: str, day: date) -> None:
    """End rows on the day; those that begin later fall away. Each is one row of a unit: few."""
    for row in rows.filter(**{f"{field}__overlap": DateRange(day, None)}):
        during = getattr(row, field)
        if during.lower >= day:
            row.delete()
        else:
            setattr(row, field, DateRange(during.lower, day))
            row.save(update_fields=[field])


def _move_belongings(
    by: Actor, act: UnitAct, source: Unit, target: Unit | None, people: list[int] | None
) -> None:
    """The days from the act's day on go to the target; with none they end. One entry a person."""
    told = {
        "source": source.pk,
        "target": target.pk if target else None,
        "day": act.effective_on,
        "cause": f"act:{act.pk}",
        "people": people,
    }
    with connection.cursor() as cursor:
        if target is not None:
            cursor.execute(GIVE, told)
        cursor.execute(DROP, told)
        cursor.execute(END, told)
        moved = sorted({row[0] for row in cursor.fetchall()})
    values = {"act": act.pk, "from": source.code, "to": target.code if target else ""}
    digest = digest_of(None, values)
    AuditEntry.objects.bulk_create(
        (
            AuditEntry(
                user_id=by.user.pk if by.user else None,
                office=by.acting.office if by.acting else "",
                unit=by.acting.unit_code if by.acting else "",
                via=by.via,
                address=by.address,
                run_id=by.run_id,
                act="people.move_with_unit",
                subject_type=Person._meta.label_lower,
                subject_id=str(pk),
                digest=digest,
            )
            for pk in moved
        ),
        batch_size=2000,
    )


def _log_moved(by: Actor, unit: Unit, source: Unit | None, target: Unit) -> None:
    record(
        by=by,
        act="people.move_unit",
        subject=unit,
        before={"under": source.code if source else ""},
        after={"under": target.code},
    )


def _end_offices(by: Actor, unit: Unit, day: date) -> None:
    """Offices on the unit end with the day before; those granted for later fall away."""
    for grant in OfficeGrant.objects.select_for_update().filter(
        unit=unit, during__overlap=DateRange(day, None)
    ):
        record(
            by=by,
            act="people.end_office_with_unit",
            subject=grant,
            before={"until": grant.during.upper},
            after={"until": day},
        )
    _cut(OfficeGrant.objects.filter(unit=unit), "during", day)


def _end_bodies(by: Actor, unit: Unit, day: date) -> None:
    """Bodies of the unit end with it, and so do the seats in them."""
    for body in Body.objects.select_for_update().filter(unit=unit, term__overlap=DateRange(day, None)):
        record(
            by=by,
            act="people.end_body_with_unit",
            subject=body,
            before={"until": body.term.upper},
            after={"until": day},
        )
        Seat.objects.filter(body=body, during__contains=day).update(ended_how=SeatEnd.TERM)
    _cut(Seat.objects.filter(body__unit=unit), "during", day)
    _cut(Body.objects.filter(unit=unit), "term", day)


def _forward_approvals(by: Actor, source: Unit, heir: Unit) -> None:
    """What waits for the unit waits for its heir from now on; deadlines stay."""
    for approval in Approval.objects.select_for_update().filter(unit=source, state=ApprovalState.WAITING):
        approval.unit = heir
        approval.save(update_fields=["unit"])
        note(approval, by, "forwarded", heir.name)


def _end_unit(unit: Unit, day: date) -> None:
    """The unit stands no more from the day on: its place and its name end."""
    _cut(UnitLink.objects.filter(unit=unit), "during", day)
    _cut(UnitName.objects.filter(unit=unit), "during", day)
    unit.valid = DateRange(unit.valid.lower, day)
    unit.save(update_fields=["valid"])
