"""Merging two records of one person, and taking it back."""

from collections.abc import Callable, Sequence
from typing import Any

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.refusal import Refused
from ledger.actor import Actor
from ledger.audit import record
from people.actions.absorbing import Note, change_row, drop_row, move_rows, move_what_fits, undo
from people.enums import PairState, PersonState
from people.models import (
    Approval,
    Belonging,
    Consent,
    DataRequest,
    IdentityNumber,
    ImportRow,
    Merge,
    OfficeGrant,
    Pair,
    Person,
    Phone,
    Seat,
    Sighting,
    UnitActLine,
)
from people.permissions import acting_with, may
from people.queries.duplicates import RIGHT

Absorber = Callable[[Person, Person], list[Note]]
FILLED = ("sex", "birth_year", "birth_date", "email", "address", "address_unit", "note")


@transaction.atomic
def merge_people(*, by: Actor, kept: Person, absorbed: Person, absorbers: Sequence[Absorber]) -> Merge:
    """`kept` takes over everything attached to `absorbed`, noted row by row. Returns the merge.

    `absorbers` are the apps' hooks, the lowest floor first. Refuses two merges of one record, a merge of
    one's own record, and, without the right to grant offices, a merge that moves an office.
    """
    kept, absorbed = _locked(kept, absorbed)
    if PersonState.STANDING not in (kept.state, absorbed.state) or kept.state != absorbed.state:
        # Before the right is asked: a record merged a moment ago belongs nowhere any more.
        raise Refused([_("One of the two records was merged or closed meanwhile. Look at the list again.")])
    by = acting_with(by, RIGHT, kept)
    acting_with(by, RIGHT, absorbed)
    reasons = []
    if kept.pk == absorbed.pk:
        reasons.append(_("One record cannot be merged with itself."))
    if by.user is not None and by.user.pk in {kept.user_id, absorbed.user_id}:
        reasons.append(_("Nobody merges their own record: ask another officer."))
    ends_later = Q(during__endswith=None) | Q(during__endswith__gt=by.on)
    if absorbed.offices.filter(ends_later).exists() and not may(by, "office.grant"):
        reasons.append(_("The record holds an office: only who grants offices may merge it."))
    if reasons:
        raise Refused(reasons)
    notes = _fill(kept, absorbed)
    for absorb in absorbers:
        notes += absorb(kept, absorbed)
    for earlier in Person.objects.filter(merged_into=absorbed):
        notes += change_row(earlier, {"merged_into": kept})
    absorbed.state, absorbed.merged_into = PersonState.MERGED, kept
    absorbed.version += 1
    absorbed.save(update_fields=["state", "merged_into", "version"])
    first, second = sorted((kept.pk, absorbed.pk))
    Pair.objects.filter(one=first, other=second).update(state=PairState.MERGED)
    Pair.objects.filter(Q(one=absorbed) | Q(other=absorbed), state=PairState.OPEN).delete()
    merge = Merge(kept=kept, absorbed=absorbed, moved=notes)
    merge.full_clean()
    merge.save()
    moved = sum(len(note.get("pks", [1])) for note in notes if "told" not in note)
    record(
        by=by,
        act="people.merge_people",
        subject=kept,
        after={"merge": merge.pk, "absorbed": absorbed.pk, "rows": moved},
    )
    record(by=by, act="people.be_merged", subject=absorbed, after={"merge": merge.pk, "kept": kept.pk})
    return merge


@transaction.atomic
def undo_merge(*, by: Actor, merge: Merge, reason: str) -> list[str]:
    """The absorbed record gets everything back that nobody changed since.

    Returns a code (the kind of record) for each thing that stayed where it is. Refuses a second undo,
    and one out of order: the latest merge into a record is undone first.
    """
    merge = Merge.objects.select_for_update(of=("self",)).get(pk=merge.pk)
    kept, absorbed = _locked(merge.kept, merge.absorbed)
    by = acting_with(by, RIGHT, kept)
    reasons = []
    if merge.undone_at is not None:
        reasons.append(_("This merge was undone already."))
    if absorbed.state != PersonState.MERGED or absorbed.merged_into_id != kept.pk:
        reasons.append(_("The record was merged further: undo that merge first."))
    if Merge.objects.filter(kept=kept, undone_at=None, pk__gt=merge.pk).exists():
        reasons.append(_("Another record was merged into this one later: undo that merge first."))
    if not reason.strip():
        reasons.append(_("Say why the merge was wrong."))
    if reasons:
        raise Refused(reasons)
    absorbed.state, absorbed.merged_into = PersonState.STANDING, None
    absorbed.version += 1
    absorbed.save(update_fields=["state", "merged_into", "version"])
    left = undo(merge.moved)
    merge.undone_at = timezone.now()
    merge.save(update_fields=["undone_at"])
    first, second = sorted((kept.pk, absorbed.pk))
    Pair.objects.filter(one=first, other=second).update(state=PairState.DIFFERENT)
    after = {"merge": merge.pk, "absorbed": absorbed.pk, "left": left}
    record(by=by, act="people.undo_merge", subject=kept, after=after, reason=reason)
    record(by=by, act="people.be_unmerged", subject=absorbed, after={"merge": merge.pk}, reason=reason)
    return left


def _locked(kept: Person, absorbed: Person) -> tuple[Person, Person]:
    """Both rows locked, always in the same order: two merges at once cannot wait for each other."""
    rows = Person.objects.select_for_update().filter(pk__in=[kept.pk, absorbed.pk]).order_by("pk")
    found = {person.pk: person for person in rows}
    return found[kept.pk], found[absorbed.pk]


def absorb_rows(kept: Person, absorbed: Person) -> list[Note]:
    """What people itself holds about a person goes to the kept record; what cannot stays, told by a code."""
    notes: list[Note] = []
    for belonging in Belonging.objects.filter(person=absorbed).order_by("pk"):
        notes += _absorb_belonging(kept, belonging)
    mine = kept.phones.values("number")
    notes += move_rows(Phone.objects.filter(person=absorbed).exclude(number__in=mine), "person", kept)
    for number in IdentityNumber.objects.filter(person=absorbed):
        held = kept.identity_numbers.filter(kind=number.kind).first()
        if held is None:
            notes += move_rows(IdentityNumber.objects.filter(pk=number.pk), "person", kept)
        elif held.digest != number.digest:
            notes.append({"told": "identity", "model": "people.identitynumber", "pk": number.pk})
    for consent in Consent.objects.filter(person=absorbed):
        later = Q(withdrawn_at=None) | Q(withdrawn_at__gt=consent.given_at)
        is_held = kept.consents.filter(later, purpose=consent.purpose).exists()
        if consent.withdrawn_at is None and is_held:
            continue  # the kept record says the same, or withdrew it since
        notes += move_rows(Consent.objects.filter(pk=consent.pk), "person", kept)
    for model in (Sighting, DataRequest, Approval, ImportRow):
        notes += move_rows(model.objects.filter(person=absorbed), "person", kept)
    notes += move_what_fits(OfficeGrant.objects.filter(person=absorbed), "person", kept, "office")
    notes += move_what_fits(Seat.objects.filter(person=absorbed), "person", kept, "seat")
    through: Any = UnitActLine.people.through
    lines = through.objects.filter(person=kept).values("unitactline")
    notes += move_rows(through.objects.filter(person=absorbed).exclude(unitactline__in=lines), "person", kept)
    return notes + _absorb_login(kept, absorbed)


def _absorb_login(kept: Person, absorbed: Person) -> list[Note]:
    if absorbed.user is None:
        return []
    if kept.user is not None:
        return [{"told": "login", "model": "people.person", "pk": absorbed.pk}]
    user = absorbed.user
    return change_row(absorbed, {"user": None}) + change_row(kept, {"user": user})


def _absorb_belonging(kept: Person, row: Belonging) -> list[Note]:
    """The row goes over; where the kept person belongs to the same unit in the same way, the days unite."""
    same = Belonging.objects.filter(person=kept, unit=row.unit_id, kind=row.kind)
    overlapping = list(same.filter(during__overlap=row.during).order_by("during"))
    if not overlapping:
        return move_rows(Belonging.objects.filter(pk=row.pk), "person", kept)
    spans = [row.during, *(one.during for one in overlapping)]
    uppers = [span.upper for span in spans]
    lowers = [span.lower for span in spans]
    united = DateRange(None if None in lowers else min(lowers), None if None in uppers else max(uppers))
    notes = drop_row(row)
    for other in overlapping[1:]:
        notes += drop_row(other)
    return notes + change_row(overlapping[0], {"during": united})


def _fill(kept: Person, absorbed: Person) -> list[Note]:
    """What the kept record lacks and the absorbed one knows."""
    values = {
        name: getattr(absorbed, name)
        for name in FILLED
        if getattr(kept, name) in ("", None) and getattr(absorbed, name) not in ("", None)
    }
    if kept.birth_year and values.get("birth_date") and values["birth_date"].year != kept.birth_year:
        del values["birth_date"]
    kept.version += 1
    kept.save(update_fields=["version"])
    return change_row(kept, values) if values else []
