"""What members shows on pages of the roof: the queue, figures, a person's memberships."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.dates import ZONE
from foundation.queue import Figure, QueueItem
from ledger.actor import Actor
from members.enums import (
    ACT,
    ADMIT,
    DUES_MANAGE,
    DUES_SEE,
    ENTER,
    REPORT,
    SEE,
    AdmissionState,
    CardState,
    MembershipState,
    ReportState,
)
from members.models import LifeReport, Membership, VolunteerProfile
from members.queries.applications import open_admissions
from members.queries.dues import books_to_hand_over, visible_dues, waiting_for_receipt, with_receipts
from members.queries.dues_removals import approved_proposals
from members.queries.figures import by_age, by_kind, dues_share
from members.queries.memberships import (
    last_place,
    memberships_of,
    place_among,
    places_of,
    visible_memberships,
)
from members.queries.scope import scope_of
from members.queries.volunteers import days_of, languages_of, signings_of, skills_of, titles_of, volunteering
from members.rules import kind_rules
from members.rules.volunteers import active, conduct, months_before, named, volunteer_terms
from people.enums import UnitKind
from people.models import Belonging, Person, Unit
from people.permissions import may, may_with

DAYS_SHOWN = 12
DUES_GOOD = 80  # percent paid: from here the bar is green; decides nothing


def queue(by: Actor) -> Iterable[QueueItem]:
    """Batches that wait for their decision or ceremony; what waits for an answer stands in approvals."""
    if may(by, DUES_MANAGE):
        for unit in books_to_hand_over(by)[:20]:
            yield QueueItem(
                _("Hand over the book of dues: %(unit)s") % {"unit": unit.name},
                reverse("dues_handover", args=[unit.code]),
                datetime.combine(unit.valid.upper, time(), ZONE),
                icon="card",
            )
        yield from dues_to_do(by)
    if not may(by, ADMIT):
        return
    for admission in open_admissions(by)[:50]:
        told = {"unit": admission.unit.name}
        if admission.state == AdmissionState.DECIDED:
            title = _("Ceremony of admission: %(unit)s") % told
        elif admission.paper_id is None:
            title = _("Draft the decision on admission: %(unit)s") % told
        else:
            continue  # it waits in papers
        yield QueueItem(
            title,
            reverse("admission", args=[admission.pk]),
            admission.created_at,
            admission.ceremony_on,
            icon="users",
        )


def dues_to_do(by: Actor) -> Iterable[QueueItem]:
    """In the actor's own unit: branches that have collected and wait for a receipt, lists to carry out."""
    own = frozenset().union(
        *(hold.unit_ids for hold in by.holds if DUES_MANAGE in hold.may and not hold.is_top)
    )
    for row in waiting_for_receipt(own):
        told = {"branch": row["branch__name"], "count": row["count"]}
        yield QueueItem(
            ngettext(
                "Write the receipt: %(branch)s, %(count)s member ticked",
                "Write the receipt: %(branch)s, %(count)s members ticked",
                row["count"],
            )
            % told,
            reverse("dues_branch", args=[row["campaign"], row["branch__code"]]),
            datetime.combine(row["since"], time(), ZONE),
            icon="card",
        )
    for proposal in approved_proposals(own)[:20]:
        yield QueueItem(
            _("Carry out approved removals: dues %(year)s") % {"year": proposal.campaign.year},
            reverse("dues_removals", args=[proposal.pk]),
            proposal.made_at,
            icon="users",
        )


def figures(by: Actor) -> Iterable[Figure]:
    """Members and volunteers of the actor's units today."""
    if not may(by, SEE):
        return
    for kind in ("member", "volunteer"):
        rows = visible_memberships(by, SEE, by.on).filter(kind=kind)
        yield Figure(rows.count(), kind_rules(by.on)[kind].name.lower(), reverse("application_list"))


def person_panel(by: Actor, person: Person) -> dict[str, Any]:
    """The memberships of a person with their cards, acts and what may be done with each."""
    places = places_of(person)
    return {
        "memberships": [shown(by, row, places) for row in memberships_of(person)],
        "may_see": may(by, SEE),
    }


def dues_panel(by: Actor, person: Person) -> dict[str, Any]:
    """What a person owes and paid in years and branches the actor covers."""
    may_see = may(by, DUES_SEE)
    return {"charges": with_receipts(visible_dues(by, person)) if may_see else [], "may_see": may_see}


def unit_panel(by: Actor, unit: Unit, on: date) -> dict[str, Any] | None:
    """Figures of the unit and all below it on the day; dues where the actor may read them."""
    if not may(by, SEE, unit.pk):
        return None
    scope = scope_of(by, SEE, None if unit.kind == UnitKind.CITY else unit, on)
    kinds, ages = by_kind(scope), by_age(scope)
    rules = kind_rules(on)
    dues = dues_share(scope.units, on.year) if may(by, DUES_SEE, unit.pk) else None
    return {
        "kinds": [(rules[row.kind].name, row) for row in kinds],
        "most_of_kind": max((row.people for row in kinds), default=0),
        "ages": ages,
        "most_of_age": max((max(row.female, row.male) for row in ages), default=0),
        "has_other": any(row.other for row in ages),
        "dues": dues,
        "dues_tone": "ok" if dues and dues.percent >= DUES_GOOD else "wait",
    }


def volunteer_page(by: Actor, person: Person) -> dict[str, Any]:
    """A volunteer's page for the person's record and for the person: whom to call is shown to the unit that
    reads contacts and to the volunteer."""
    row = volunteering(person, by.on)
    entry, code = volunteer_terms(by.on), conduct(by.on)
    is_own = by.user is not None and person.user_id == by.user.pk
    profile = VolunteerProfile.objects.filter(person=person).first()
    days = list(days_of(person)[:DAYS_SHOWN])
    since = row.during.lower if row else by.on
    served = days_of(person).values_list("on", flat=True)
    minutes = (
        days_of(person).filter(on__gt=months_before(by.on, 12)).aggregate(sum=Sum("minutes"))["sum"] or 0
    )
    warned = by.on + timedelta(days=entry.values["skill_warning_days"])
    return {
        "volunteer": row,
        "profile": profile,
        "fields": [named("fields", by.on).get(one, one) for one in profile.fields] if profile else [],
        "times": [named("availability", by.on).get(one, one) for one in profile.availability]
        if profile
        else [],
        "vehicle": named("vehicles", by.on).get(profile.vehicle, "") if profile else "",
        "is_due": row is not None
        and (
            profile is None
            or profile.reviewed_on is None
            or profile.reviewed_on < months_before(by.on, entry.values["review_months"])
        ),
        "skills": [
            {
                "row": skill,
                "name": named("skills", by.on).get(skill.code, skill.code),
                "is_over": skill.expires_on is not None and skill.expires_on < by.on,
                "is_soon": skill.expires_on is not None and by.on <= skill.expires_on <= warned,
            }
            for skill in skills_of(person)
        ],
        "languages": [
            (named("languages", by.on).get(one.code, one.code), named("levels", by.on).get(one.level, ""))
            for one in languages_of(person)
        ],
        "signings": list(signings_of(person)),
        "code": code,
        "has_signed": signings_of(person).filter(version=code.version).exists(),
        "titles": list(titles_of(person)),
        "days": days,
        "hours": round(minutes / 60, 1),
        "active": active(served, since, entry, on=by.on) if row else None,
        "reads_contacts": is_own or may_with(by, "people.contacts", person),
        "may_keep": may_with(by, ENTER, person),
        "may_act": may_with(by, ACT, person),
        "today": by.on,
    }


def reports_on(membership: Any) -> list[LifeReport]:
    """The reports `memberships_of` fetched with the row."""
    return list(membership.reports.all())


def shown(by: Actor, membership: Membership, places: list[Belonging]) -> dict[str, Any]:
    """One membership for a template."""
    is_open = membership.state != MembershipState.ENDED
    cards = sorted(membership.cards.all(), key=lambda card: card.pk, reverse=True)
    acts = list(membership.acts.all())
    latest = next((act for act in acts if act.undone_at is None), None)
    lived_in = last_place(places, membership, by.on)
    may_change = may(by, ACT, lived_in.pk if lived_in else None)
    place = place_among(places, membership, by.on) if is_open else None
    return {
        "may_report": not may_change and place is not None and may(by, REPORT, place.pk),
        "reported": [one for one in reports_on(membership) if one.state == ReportState.WAITING],
        "row": membership,
        "rule": kind_rules(by.on)[membership.kind],
        "place": place,
        "is_open": is_open,
        "cards": cards,
        "acts": acts,
        "undoable": latest if latest and latest.undo_until and latest.undo_until >= by.on else None,
        "may_act": may_change,
        "transfer": next((one for one in membership.transfers.all() if one.state == "waiting"), None),
        "made": CardState.MADE,
        "needs_card": is_open
        and kind_rules(by.on)[membership.kind].has_card
        and not any(card.state in (CardState.MADE, CardState.HANDED) for card in cards),
        "right": ACT,
    }
