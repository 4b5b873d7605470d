"""From the meeting to the ceremony: one decision for a batch, memberships on its day, cards handed over."""

from collections.abc import Collection, Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.dates import format_date
from foundation.refusal import Reason, Refused
from ledger.actor import Actor
from ledger.audit import record
from members.actions.applications import close_approval, locked, note
from members.actions.cards import make_card, mark_handed
from members.actions.joining import join
from members.actions.joining_letters import invite, tell
from members.enums import ADMIT, AdmissionState, ApplicationState, CardState
from members.models import Admission, Application, Membership
from members.queries.applications import unit_of
from members.queries.units import base_of
from members.rules import kind_rules, may_join
from papers.actions import draft_paper
from papers.enums import PaperState
from papers.layout.composing import annex_fields
from papers.models import Paper
from papers.queries import signing_fields
from papers.rules.skeletons import skeletons
from people.enums import ApprovalState
from people.models import Unit
from people.permissions import acting

EFFECT = "members.admit"


@transaction.atomic
def hold_meeting(
    *, by: Actor, unit: Unit, met_on: date, minutes: str, agreed: Sequence[Application]
) -> Admission:
    """The base unit's meeting agrees to a batch of one kind. Returns the admission."""
    by = acting(by, ADMIT, unit.pk)
    reasons: list[Reason] = []
    if met_on > by.on:
        reasons.append(Reason(_("The meeting lies in the future."), field="met_on"))
    if not minutes.strip():
        reasons.append(Reason(_("Write the number or place of the minutes."), field="minutes"))
    if not agreed:
        reasons.append(Reason(_("Choose the applications the meeting agreed to."), field="agreed"))
    if reasons:
        raise Refused(reasons)
    rows = [locked(one) for one in sorted(agreed, key=lambda one: one.pk)]
    kinds = {row.kind for row in rows}
    for row in rows:
        if row.state != ApplicationState.MEETING or base_of(unit_of(row), by.on) != unit:
            told = {"name": row.full_name, "state": row.get_state_display()}
            reasons.append(Reason(_("%(name)s does not wait for this meeting: %(state)s.") % told))
        reasons += may_join(row.kind, row.birth_date, by.on)
    if len(kinds) > 1:
        reasons.append(Reason(_("One decision is about one kind: make a batch for each.")))
    if reasons:
        raise Refused(reasons)
    admission = Admission(unit=unit, kind=kinds.pop(), met_on=met_on, minutes=" ".join(minutes.split()))
    admission.full_clean()
    admission.save()
    for row in rows:
        close_approval(by, row, ApprovalState.APPROVED, admission.minutes)
        row.state, row.admission = ApplicationState.AGREED, admission
        row.version += 1
        row.save(update_fields=["state", "admission", "version"])
        note(by, row, "agreed", admission.minutes)
    after = {"unit": unit.code, "applications": [row.pk for row in rows], "met_on": met_on}
    record(by=by, act="members.hold_meeting", subject=admission, after=after)
    return admission


@transaction.atomic
def draft_decision(*, by: Actor, admission: Admission) -> Paper:
    """The decision with its annexed list as a draft in papers; its issue admits. Returns the paper."""
    admission = Admission.objects.select_for_update().get(pk=admission.pk)
    by = acting(by, ADMIT, admission.unit_id)
    if admission.paper is not None and admission.paper.state != PaperState.CANCELLED:
        raise Refused(
            [_("The decision is drafted already: %(paper)s.") % {"paper": admission.paper.abstract}]
        )
    rows = list(admission.applications.select_related("unit").order_by("pk"))
    if not rows:
        raise Refused([_("The batch is empty.")])
    values = _words(admission, rows, by.on)
    paper = draft_paper(
        by=by,
        unit=admission.unit,
        kind="decision",
        values=values,
        effect=EFFECT,
        effect_data={"admission": admission.pk, "applications": [row.pk for row in rows]},
    )
    admission.paper = paper
    admission.save(update_fields=["paper"])
    record(by=by, act="members.draft_decision", subject=admission, after={"paper": paper.pk})
    return paper


def _words(admission: Admission, rows: Sequence[Application], on: date) -> dict[str, object]:
    """The skeleton of the decision, filled in from the batch."""
    skeleton = skeletons(on)["member_decision"]
    branches = list(dict.fromkeys(unit_of(row).name for row in rows))
    where = ", ".join(branches)
    kind = kind_rules(on)[admission.kind].name.lower()
    told = skeleton.filled({"issuer": admission.unit.name})
    met = f"ngày {met_words(admission.met_on)}"

    def put(text: str) -> str:
        for left, right in (
            ("ngày [ngày họp]", met),
            ("[chi hội]", where),
            ("[số]", f"{len(rows):02}"),
            ("hội viên", kind),
        ):
            text = text.replace(left, right)
        return text

    typed = {"capacity": "for_body", "on_behalf_of": "Ban Thường vụ", "post": "Chủ tịch", "signer_name": ""}
    table = [
        (n, row.full_name, row.birth_date.year if row.birth_date else None, unit_of(row).name, None)
        for n, row in enumerate(rows, 1)
    ]
    return {
        "abstract": put(str(told["abstract"])),
        "authority": str(told["authority"]),
        "grounds": "\n".join(put(line) for line in told["grounds"]),
        "body": put(str(told["body"])),
        "receivers": "\n".join(told["receivers"]),
        **(signing_fields(admission.unit, on) or typed),
        **annex_fields(put(str(told["annex_title"])), skeleton.annex_head, table),
        "has_code": 1,
    }


def met_words(day: date) -> str:
    """ "12 tháng 3 năm 2026", as papers say a day."""
    return f"{day.day:02} tháng {day.month} năm {day.year}"


@transaction.atomic
def admit(*, by: Actor, paper: Paper) -> None:
    """The decision is issued: everybody of the batch is a member from its day on, with a card made.

    Called by papers in the transaction that gives the number (papers.effects).
    """
    admission = Admission.objects.select_for_update().get(pk=paper.effect_data["admission"])
    if admission.state != AdmissionState.OPEN:
        raise Refused([_("This batch was decided already.")])
    day = paper.issued_on or by.on
    locked_rows = admission.applications.select_for_update(of=("self",)).select_related("unit")
    rows = list(locked_rows.order_by("pk"))
    if [row.pk for row in rows] != paper.effect_data["applications"]:
        text = _("Somebody left the batch since: give this draft up and draft the decision anew.")
        raise Refused([text])
    for row in rows:
        membership = join(by, row, day, decision=paper.number_text, paper=paper)
        if kind_rules(day)[row.kind].has_card:
            make_card(by, membership, admission.unit, day)
        row.state = ApplicationState.ADMITTED
        row.version += 1
        row.save(update_fields=["state", "person", "version"])
        note(by, row, "admitted", paper.number_text)
        told = {"decision": paper.number_text, "has_ceremony": True, "day": format_date(day)}
        tell(by, row, "admitted", "", **told)
    admission.state, admission.decided_on = AdmissionState.DECIDED, day
    admission.save(update_fields=["state", "decided_on"])
    record(by=by, act="members.admit", subject=admission, after={"paper": paper.number_text, "on": day})


@transaction.atomic
def plan_ceremony(*, by: Actor, admission: Admission, on: date, place: str) -> Admission:
    """Day and place of the ceremony at which the cards are handed over. Returns the admission."""
    admission = Admission.objects.select_for_update().get(pk=admission.pk)
    by = acting(by, ADMIT, admission.unit_id)
    reasons: list[Reason] = []
    if admission.state != AdmissionState.DECIDED:
        reasons.append(Reason(_("The ceremony follows the decision.")))
    if admission.decided_on and on < admission.decided_on:
        told = {"day": format_date(admission.decided_on)}
        reasons.append(Reason(_("The decision is of %(day)s: the ceremony follows it.") % told, field="on"))
    if not place.strip():
        reasons.append(Reason(_("Write the place."), field="place"))
    if reasons:
        raise Refused(reasons)
    admission.ceremony_on, admission.ceremony_place = on, " ".join(place.split())
    admission.full_clean()
    admission.save(update_fields=["ceremony_on", "ceremony_place"])
    if on >= by.on:
        invite(by, admission, on, admission.ceremony_place)
    record(by=by, act="members.plan_ceremony", subject=admission, after={"on": on, "place": place})
    return admission


@transaction.atomic
def close_ceremony(*, by: Actor, admission: Admission, present: Collection[int]) -> Admission:
    """The ceremony was held; whose applications (keys) were present got their cards. Returns it."""
    admission = Admission.objects.select_for_update().get(pk=admission.pk)
    by = acting(by, ADMIT, admission.unit_id)
    if admission.state != AdmissionState.DECIDED or admission.ceremony_on is None:
        raise Refused([_("Plan the ceremony first.")])
    if admission.ceremony_on > by.on:
        raise Refused([_("The ceremony is still to come.")])
    for row in admission.applications.filter(pk__in=present).select_related("person"):
        for membership in Membership.objects.filter(person=row.person_id, kind=admission.kind):
            for card in membership.cards.filter(state=CardState.MADE):
                mark_handed(by, card, admission.ceremony_on)
        note(by, row, "ceremony")
    admission.state = AdmissionState.CLOSED
    admission.save(update_fields=["state"])
    record(by=by, act="members.close_ceremony", subject=admission, after={"present": sorted(present)})
    return admission


@transaction.atomic
def receive_volunteer(*, by: Actor, application: Application, unit: Unit) -> Application:
    """A volunteer, youth or junior is received and assigned to a unit, with no ceremony. Returns it."""
    application = locked(application)
    by = acting(by, ADMIT, unit.pk)
    acting(by, ADMIT, unit_of(application).pk)
    rule = kind_rules(by.on)[application.kind]
    if application.state not in (ApplicationState.MEETING, ApplicationState.SUBMITTED):
        raise Refused(
            [
                _("This application is no longer there: %(state)s.")
                % {"state": application.get_state_display()}
            ]
        )
    if rule.has_admission:
        raise Refused([_("%(kind)s: a meeting and a decision admit.") % {"kind": rule.name}])
    reasons = may_join(application.kind, application.birth_date, by.on)
    if reasons:
        raise Refused(reasons)
    close_approval(by, application, ApprovalState.APPROVED, _("Received."))
    application.unit = unit
    membership = join(by, application, by.on)
    if rule.has_card:
        make_card(by, membership, base_of(unit, by.on), by.on)
    application.state = ApplicationState.ADMITTED
    application.version += 1
    application.save(update_fields=["state", "person", "unit", "version"])
    note(by, application, "received", unit.name)
    tell(by, application, "admitted", "", decision="", has_ceremony=False)
    record(by=by, act="members.receive_volunteer", subject=application, after={"unit": unit.code})
    return application
