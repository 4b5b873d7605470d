"""A branch reports a death or a move with one tap; the unit confirms it, and only then something changes."""

from dataclasses import replace
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.dates import format_date
from foundation.refusal import Reason, Refused
from ledger.actor import Actor
from ledger.audit import record
from members.actions.life import Wanted, change_life
from members.enums import REPORT, Ending, MembershipState, ReportKind, ReportState
from members.models import LifeReport, Membership
from members.queries.memberships import place_of
from members.queries.units import base_of
from people.actions.approvals import ask, decide
from people.enums import ApprovalState, OfficeCode
from people.permissions import acting

KIND = "members.report"


@transaction.atomic
def report_life(
    *, by: Actor, membership: Membership, what: ReportKind, on: date, words: str = ""
) -> LifeReport:
    """The branch tells its unit; nothing changes before the unit has answered. Returns the report."""
    rows = Membership.objects.select_for_update(of=("self",)).select_related("person")
    membership = rows.get(pk=membership.pk)
    place = place_of(membership, by.on)
    by = acting(by, REPORT, place.pk if place else None)
    reasons: list[Reason] = []
    if membership.state == MembershipState.ENDED or place is None:
        raise Refused([_("This membership has ended already.")])
    if on > by.on:
        reasons.append(Reason(_("The day lies in the future."), field="on"))
    if on <= membership.during.lower:
        told = {"day": format_date(membership.during.lower)}
        reasons.append(Reason(_("The membership began on %(day)s.") % told, field="on"))
    if LifeReport.objects.filter(membership=membership, what=what, state=ReportState.WAITING).exists():
        reasons.append(Reason(_("This was reported already and waits for the unit.")))
    if reasons:
        raise Refused(reasons)
    report = LifeReport(
        membership=membership, what=what, on=on, words=" ".join(words.split())[:300], by_user=by.user
    )
    titles = {
        ReportKind.DEATH: _("The branch reports a death: %(name)s, %(unit)s"),
        ReportKind.MOVE: _("The branch reports a move: %(name)s, %(unit)s"),
    }
    told = {"name": membership.person.full_name, "unit": place.name}
    report.approval = ask(
        by=by,
        kind=KIND,
        title=titles[ReportKind(what)] % told,
        office=OfficeCode.UNIT_OFFICER,
        unit=base_of(place, by.on),
        person=membership.person,
    )
    report.full_clean()
    report.save()
    record(by=by, act="members.report_life", subject=membership, after={"what": what, "on": on}, reason=words)
    return report


@transaction.atomic
def answer_report(*, by: Actor, report: LifeReport, is_true: bool, reason: str = "") -> LifeReport:
    """The unit confirms or refuses. A confirmed death ends every membership of the person that day.

    A confirmed move changes nothing by itself: the transfer is asked next, by both units.
    """
    report = LifeReport.objects.select_for_update().get(pk=report.pk)
    if report.approval is None:
        raise Refused([_("Nobody was asked to confirm this.")])
    decision = ApprovalState.APPROVED if is_true else ApprovalState.REFUSED
    decide(by=by, approval=report.approval, decision=decision, reason=reason)
    report.state = ReportState.CONFIRMED if is_true else ReportState.REFUSED
    report.save(update_fields=["state"])
    record(
        by=by,
        act="members.answer_report",
        subject=report.membership,
        after={"what": report.what, "state": report.state},
        reason=reason,
    )
    if is_true and report.what == ReportKind.DEATH:
        wanted = Wanted(Ending.DECEASED, report.on, "death", report.words)
        change_life(by=replace(by, is_system=True), membership=report.membership, wanted=wanted)
    return report
