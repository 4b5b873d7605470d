"""Cards: made with a number, handed over, lost, replaced, ended; the proof follows at once."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.dates import format_date
from foundation.refusal import Reason, Refused
from foundation.text import mask_name
from ledger.actor import Actor
from ledger.audit import record
from members.enums import ACT, CardState, MembershipState
from members.models import Card, CardSeries, Membership
from members.queries.memberships import place_of
from members.queries.units import base_of
from members.rules import kind_rules
from papers.actions.proofs import end_proof, make_proof
from people.models import Unit
from people.permissions import acting

IN_USE = (CardState.MADE, CardState.HANDED)


def make_card(by: Actor, membership: Membership, unit: Unit, day: date, replaces: Card | None = None) -> Card:
    """The next card of a unit's year, with its proof; called by the acts that give one. Returns it."""
    rule = kind_rules(day)[membership.kind]
    proof = make_proof(
        by=by,
        kind=_("Card: %(kind)s") % {"kind": rule.name},
        holder=mask_name(membership.person.full_name),
        day=day,
    )
    card = Card(
        membership=membership,
        number=f"{unit.code}-{day.year}-{_next(unit, day.year):04}",
        unit=unit,
        issued_on=day,
        proof=proof,
        replaces=replaces,
    )
    card.full_clean()
    card.save()
    record(by=by, act="members.make_card", subject=card, after={"number": card.number})
    return card


@transaction.atomic
def give_card(*, by: Actor, membership: Membership, on: date) -> Card:
    """The first card of a member from a list, or one after the last was given up. Returns it."""
    rows = Membership.objects.select_for_update(of=("self",)).select_related("person")
    membership = rows.get(pk=membership.pk)
    place = place_of(membership, on)
    by = acting(by, ACT, place.pk if place else None)
    reasons: list[Reason] = []
    if membership.state == MembershipState.ENDED or place is None:
        reasons.append(Reason(_("The membership has ended: no card is given.")))
    if not kind_rules(on)[membership.kind].has_card:
        reasons.append(Reason(_("This kind has no card.")))
    if membership.cards.filter(state__in=IN_USE).exists():
        reasons.append(Reason(_("A card is in use already.")))
    if reasons or place is None:
        raise Refused(reasons)
    return make_card(by, membership, base_of(place, on), on)


def mark_handed(by: Actor, card: Card, on: date) -> None:
    """The card is in the hand of its holder."""
    card.state, card.handed_on = CardState.HANDED, on
    card.save(update_fields=["state", "handed_on"])
    record(by=by, act="members.hand_over_card", subject=card, after={"on": on})


@transaction.atomic
def hand_over_card(*, by: Actor, card: Card, on: date) -> Card:
    """Handed over outside a ceremony. Returns the card."""
    card, by = _locked(by, card)
    if card.state != CardState.MADE:
        raise Refused([_("This card waits for nobody: %(state)s.") % {"state": card.get_state_display()}])
    if on > by.on or on < card.issued_on:
        told = {"day": format_date(card.issued_on)}
        raise Refused(Reason(_("The day lies between %(day)s and today.") % told, field="on"))
    mark_handed(by, card, on)
    return card


@transaction.atomic
def report_lost(*, by: Actor, card: Card, reason: str) -> Card:
    """The card is lost: whoever checks it reads from now on that it does not hold. Returns the card."""
    card, by = _locked(by, card)
    if card.state not in IN_USE:
        raise Refused([_("This card is not in use: %(state)s.") % {"state": card.get_state_display()}])
    _end(by, card, CardState.LOST)
    record(by=by, act="members.report_lost", subject=card, reason=reason)
    return card


@transaction.atomic
def replace_card(*, by: Actor, card: Card, reason: str) -> Card:
    """A new card with a number of its own in place of a lost or worn one. Returns the new card."""
    card, by = _locked(by, card)
    membership = card.membership
    if not reason.strip():
        raise Refused(Reason(_("Say why the card is replaced."), field="reason"))
    if membership.state == MembershipState.ENDED:
        raise Refused([_("The membership has ended: no card is given.")])
    if card.state in (CardState.ENDED, CardState.REPLACED):
        raise Refused([_("This card is not in use: %(state)s.") % {"state": card.get_state_display()}])
    _end(by, card, CardState.REPLACED)
    made = make_card(by, membership, card.unit, by.on, replaces=card)
    record(by=by, act="members.replace_card", subject=card, after={"by": made.number}, reason=reason)
    return made


def end_cards(by: Actor, membership: Membership) -> list[dict[str, object]]:
    """No card of this membership holds any more; what was changed, for an undo."""
    changed: list[dict[str, object]] = []
    for card in membership.cards.select_for_update().filter(state__in=IN_USE):
        changed.append({"card": card.pk, "was": card.state})
        _end(by, card, CardState.ENDED)
    return changed


def _end(by: Actor, card: Card, state: CardState) -> None:
    card.state = state
    card.save(update_fields=["state"])
    end_proof(by=by, proof=card.proof, on=by.on)


def _locked(by: Actor, card: Card) -> tuple[Card, Actor]:
    rows = Card.objects.select_for_update(of=("self",))
    card = rows.select_related("membership__person", "unit", "proof").get(pk=card.pk)
    place = place_of(card.membership, by.on)
    return card, acting(by, ACT, (place or card.unit).pk)


def _next(unit: Unit, year: int) -> int:
    """The next number of the unit's year; the row is the lock."""
    CardSeries.objects.bulk_create([CardSeries(unit=unit, year=year)], ignore_conflicts=True)
    series = CardSeries.objects.select_for_update().get(unit=unit, year=year)
    series.last += 1
    series.save(update_fields=["last"])
    return series.last
