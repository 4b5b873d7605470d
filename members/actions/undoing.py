"""Taking an act on a membership back: what stands in the way, and putting one noted change back."""

from datetime import date
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from foundation.dates import format_date
from foundation.refusal import Reason
from ledger.actor import Actor
from ledger.models import User
from members.enums import CardState, Ending
from members.models import Card, LifeAct, Membership, Pause
from members.rules import kind_rules
from papers.enums import ProofState
from people.deaths import undo_elsewhere
from people.models import Belonging


def in_the_way(membership: Membership, act: LifeAct) -> list[Reason]:
    """What has begun since and would stand beside what is put back, each with its day."""
    reasons: list[Reason] = []
    if act.act not in Ending.values:
        return reasons
    later = Membership.objects.filter(
        person=membership.person_id, kind=membership.kind, during__startswith__gte=act.on
    )
    for other in later.exclude(pk=membership.pk).order_by("during"):
        told = {"day": format_date(other.during.lower)}
        reasons.append(Reason(_("The person is the same anew since %(day)s: end that first.") % told))
    kind = kind_rules(act.on)[membership.kind].belongs
    places = Belonging.objects.filter(
        person=membership.person_id, kind=kind, during__overlap=DateRange(act.on, None)
    )
    if any("cut" in change or "dropped" in change for change in act.changed):
        for place in places.select_related("unit").order_by("during"):
            told = {"unit": place.unit.name, "day": format_date(place.during.lower)}
            reasons.append(
                Reason(_("The person belongs to %(unit)s since %(day)s: take that back first.") % told)
            )
    cut = [change["cut"] for change in act.changed if "cut" in change]
    for row in Belonging.objects.filter(pk__in=cut).select_related("unit"):
        if row.unit.valid.upper is not None:
            told = {"unit": row.unit.name, "day": format_date(row.unit.valid.upper)}
            reasons.append(
                Reason(_("%(unit)s stands no more since %(day)s: let the person join anew.") % told)
            )
    return reasons


def restore(by: Actor, membership: Membership, change: dict[str, Any]) -> None:
    """Put one noted change back."""
    until = _date(change.get("until"))
    if "state" in change:
        membership.state = str(change["state"])
        membership.ending = membership.end_reason = membership.end_decision = ""
    elif "pause" in change:
        Pause.objects.filter(pk=change["pause"]).delete()
    elif "unpaused" in change:
        membership.pauses.create(during=DateRange(_date(change["unpaused"]), None), reason=change["why"])
    elif "paused_until" in change:
        pause = Pause.objects.get(pk=change["paused_until"])
        pause.during = DateRange(pause.during.lower, None)
        pause.save(update_fields=["during"])
    elif "cut" in change:
        row = Belonging.objects.get(pk=change["cut"])
        row.during = DateRange(row.during.lower, until)
        row.save(update_fields=["during"])
    elif "dropped" in change:
        Belonging.objects.create(
            person=membership.person,
            unit_id=change["dropped"],
            kind=change["kind"],
            during=DateRange(_date(change["from"]), until),
            cause=f"membership:{membership.pk}",
        )
    elif "elsewhere" in change:
        undo_elsewhere(by, change)
    elif "account" in change:
        User.objects.filter(pk=change["account"]).update(is_active=True)
    elif "card" in change:
        card = Card.objects.select_related("proof").get(pk=change["card"])
        card.state = CardState(str(change["was"]))
        card.save(update_fields=["state"])
        card.proof.state, card.proof.ended_on = ProofState.VALID, None
        card.proof.save(update_fields=["state", "ended_on"])
    else:
        membership.during = DateRange(membership.during.lower, until)


def _date(text: object) -> date | None:
    return date.fromisoformat(str(text)) if text else None
