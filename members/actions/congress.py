"""A congress: planned, seats allotted, delegates named, credentials checked, results taken into bodies."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from foundation.refusal import Reason, Refused
from ledger.actor import Actor
from ledger.audit import record, snapshot
from members.enums import ACT, CongressState, DelegateState, DelegateWay
from members.models import Congress, CongressResult, CongressSeats, Delegate
from members.queries.congress import branch_seats, count_members, electable, standing_bodies
from members.rules.congress import allot
from people.actions.bodies import end_body, found_body, seat_member
from people.enums import BodyKind
from people.models import Body, Person, Unit
from people.permissions import acting
from people.rules.bodies import rank_of

WORDS = ("name", "held_on", "place", "term_first", "term_last", "counted_on", "seats", "basis")


def _locked(by: Actor, congress: Congress, *, is_open: bool = True) -> tuple[Congress, Actor]:
    congress = Congress.objects.select_for_update(of=("self",)).select_related("unit").get(pk=congress.pk)
    by = acting(by, ACT, congress.unit_id)
    if is_open and congress.state != CongressState.PREPARED:
        raise Refused([_("The congress was held: its lists stand.")])
    return congress, by


@transaction.atomic
def plan_congress(
    *, by: Actor, unit: Unit, values: Mapping[str, Any], congress: Congress | None = None
) -> Congress:
    """A new congress of the unit, or new words for one that is being prepared. Returns it."""
    by = acting(by, ACT, unit.pk)
    row, before = Congress(unit=unit), None
    if congress is not None:
        row, by = _locked(by, congress)
        before = snapshot(row, WORDS)
    for name in WORDS:
        if name in values:
            setattr(row, name, values[name])
    if row.counted_on > by.on:
        raise Refused([Reason(_("Members are counted on a day that has come."), field="counted_on")])
    row.full_clean()
    row.save()
    record(by=by, act="members.plan_congress", subject=row, before=before, after=snapshot(row, WORDS))
    return row


@transaction.atomic
def allot_seats(*, by: Actor, congress: Congress, seats: Mapping[int, int] | None = None) -> int:
    """The seats of each branch: as the unit decided (by the branch's id), or proposed by its members.

    Returns how many seats are allotted. A branch never has fewer than the delegates it has named.
    """
    congress, by = _locked(by, congress)
    counted = count_members(congress)
    if not counted:
        raise Refused([_("The unit has no branch on the day of counting: name the delegates directly.")])
    wanted = allot(congress.seats, counted) if seats is None else dict(seats)
    if seats is not None and sum(wanted.values()) != congress.seats:
        told = {"sum": sum(wanted.values()), "seats": congress.seats}
        raise Refused([_("The branches have %(sum)s seats together, the congress has %(seats)s.") % told])
    named = {row.unit.pk: row.named for row in branch_seats(congress)}
    short = [pk for pk, number in named.items() if number > wanted.get(pk, 0)]
    if short:
        names = ", ".join(Unit.objects.filter(pk__in=short).order_by("code").values_list("name", flat=True))
        told_names = {"branches": names}
        raise Refused([_("More delegates are named than this leaves: %(branches)s.") % told_names])
    before = dict(CongressSeats.objects.filter(congress=congress).values_list("branch__code", "seats"))
    CongressSeats.objects.filter(congress=congress).delete()
    rows = [
        CongressSeats(congress=congress, branch_id=pk, members=count, seats=wanted.get(pk, 0))
        for pk, count in counted.items()
    ]
    for row in rows:
        row.full_clean(exclude=["congress", "branch"])
    CongressSeats.objects.bulk_create(rows)
    after = dict(CongressSeats.objects.filter(congress=congress).values_list("branch__code", "seats"))
    record(by=by, act="members.allot_seats", subject=congress, before=before, after=after)
    return sum(row.seats for row in rows)


@transaction.atomic
def name_delegate(
    *, by: Actor, congress: Congress, person: Person, branch: Unit | None, way: DelegateWay
) -> Delegate:
    """A delegate elected by a branch, within its seats; by office, or appointed, beside them. Returns it."""
    congress, by = _locked(by, congress)
    is_elected = way == DelegateWay.ELECTED
    if is_elected and branch is None:
        raise Refused([Reason(_("Choose the branch that elected."), field="branch")])
    if not electable(congress, branch if is_elected else None).filter(pk=person.pk).exists():
        raise Refused([Reason(_("Only a member of it can be its delegate."), field="person")])
    if is_elected and branch is not None:
        line = next((row for row in branch_seats(congress) if row.unit.pk == branch.pk), None)
        if line is None or line.named >= line.seats:
            raise Refused([Reason(_("All seats of this branch are taken."), field="person")])
    row = Delegate(congress=congress, person=person, branch=branch if is_elected else None, way=way)
    row.full_clean()
    row.save()
    after = {"person": person.pk, "way": way, "branch": branch.code if branch and is_elected else ""}
    record(by=by, act="members.name_delegate", subject=row, after=after)
    return row


@transaction.atomic
def drop_delegate(*, by: Actor, delegate: Delegate, reason: str) -> None:
    """Take a delegate off before the congress (withdrew, moved): the seat is free again."""
    congress, by = _locked(by, delegate.congress)
    if not reason.strip():
        raise Refused([Reason(pgettext("members", "Say the reason."), field="reason")])
    before = {"person": delegate.person_id, "congress": congress.pk, "number": delegate.number}
    record(by=by, act="members.drop_delegate", subject=delegate, before=before, reason=reason.strip())
    delegate.delete()


@transaction.atomic
def check_credential(*, by: Actor, delegate: Delegate, is_right: bool, reason: str = "") -> Delegate:
    """The credential is confirmed, with the next number, or refused with a reason. Returns the delegate."""
    congress, by = _locked(by, delegate.congress)
    row = Delegate.objects.select_for_update(of=("self",)).get(pk=delegate.pk)
    if row.state != DelegateState.NAMED:
        raise Refused([_("This credential was checked already.")])
    if not is_right and not reason.strip():
        raise Refused([Reason(pgettext("members", "Say the reason."), field="reason")])
    if is_right:
        last = Delegate.objects.filter(congress=congress).aggregate(last=Max("number"))["last"]
        row.state, row.number = DelegateState.CONFIRMED, (last or 0) + 1
    else:
        row.state, row.reason = DelegateState.REFUSED, reason.strip()[:300]
    row.full_clean()
    row.save(update_fields=["state", "number", "reason"])
    after = {"state": row.state, "number": row.number}
    record(by=by, act="members.check_credential", subject=row, after=after, reason=reason.strip())
    return row


@transaction.atomic
def note_came(*, by: Actor, delegate: Delegate) -> Delegate:
    """The delegate is in the hall; noted twice keeps the first time. Returns the delegate."""
    congress, by = _locked(by, delegate.congress)
    row = Delegate.objects.select_for_update(of=("self",)).get(pk=delegate.pk)
    if row.state != DelegateState.CONFIRMED:
        raise Refused([_("The credential is not confirmed.")])
    if by.on < congress.held_on:
        raise Refused([_("The congress has not begun.")])
    if row.came_at is None:
        row.came_at = timezone.now()
        row.save(update_fields=["came_at"])
        record(by=by, act="members.note_came", subject=row)
    return row


@transaction.atomic
def enter_result(
    *, by: Actor, congress: Congress, body_kind: BodyKind, person: Person, post: str, votes: int | None
) -> CongressResult:
    """Somebody elected into a body of the unit. Returns the line; the bodies are made by close_congress."""
    congress, by = _locked(by, congress)
    came = Delegate.objects.filter(congress=congress, came_at__isnull=False).count()
    if votes is not None and came and votes > came:
        told = {"came": came}
        raise Refused([Reason(_("More votes than the %(came)s delegates who came.") % told, field="votes")])
    if not post.strip():
        raise Refused([Reason(_("Write the post."), field="post")])
    row = CongressResult(
        congress=congress,
        body_kind=body_kind,
        person=person,
        post=" ".join(post.split()),
        rank=rank_of(body_kind, " ".join(post.split()), by.on),
        votes=votes,
    )
    row.full_clean()
    row.save()
    after = {"body": body_kind, "person": person.pk, "post": row.post, "votes": votes}
    record(by=by, act="members.enter_result", subject=row, after=after)
    return row


@transaction.atomic
def drop_result(*, by: Actor, result: CongressResult) -> None:
    """Take a line of the results off before they are taken into bodies."""
    _congress, by = _locked(by, result.congress)
    before = {"body": result.body_kind, "person": result.person_id, "post": result.post}
    record(by=by, act="members.drop_result", subject=result, before=before)
    result.delete()


@transaction.atomic
def close_congress(*, by: Actor, congress: Congress) -> list[Body]:
    """The congress is over: each elected body stands for its term, its members seated. Returns the bodies.

    A body of the kind that still stands then, provisional or elected, ends the day before. Recognition by
    the level above is asked on each body's page.
    """
    congress, by = _locked(by, congress)
    if by.on < congress.held_on:
        raise Refused([_("The congress has not begun.")])
    results = list(congress.results.select_related("person").order_by("body_kind", "rank", "pk"))
    if not results:
        raise Refused([_("Enter who was elected first.")])
    bodies: list[Body] = []
    for kind in dict.fromkeys(row.body_kind for row in results):
        for earlier in standing_bodies(congress, kind):
            end_body(
                by=by,
                body=earlier,
                last_on=congress.term_first - timedelta(days=1),
                reason=_("A congress has elected a new one: %(congress)s") % {"congress": congress.name},
            )
        body = found_body(
            by=by,
            unit=congress.unit,
            kind=BodyKind(kind),
            first_on=congress.term_first,
            last_on=congress.term_last,
        )
        bodies.append(body)
        for row in (one for one in results if one.body_kind == kind):
            row.seat = seat_member(
                by=by, body=body, person=row.person, post=row.post, first_on=congress.term_first
            )
            row.save(update_fields=["seat"])
    congress.state = CongressState.HELD
    congress.save(update_fields=["state"])
    record(by=by, act="members.close_congress", subject=congress, after={"bodies": [b.pk for b in bodies]})
    return bodies
