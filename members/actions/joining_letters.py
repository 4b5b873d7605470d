"""What an applicant hears at each step of joining: one letter a step, by e-mail or from the list to call."""

from datetime import date
from zlib import crc32

from django.db import transaction
from django.urls import reverse

from foundation.dates import format_date
from ledger.actor import Actor
from letters.actions import enqueue
from members.enums import ApplicationState
from members.models import Admission, Application, Card
from members.queries.applications import unit_of
from members.queries.joining_letters import answer_key, card_key
from members.queries.memberships import place_of
from members.queries.units import base_of
from members.rules import kind_rules


def tell(by: Actor, application: Application, step: str, about: object, **told: object) -> None:
    """Write the letter of a step; `about` tells two letters of one step apart."""
    unit = base_of(unit_of(application), by.on)
    person = application.person
    enqueue(
        by=by,
        template=f"members.{step}",
        key=f"members.{step}:{application.key}:{about}",
        address=application.email,
        user=person.user if person and person.user and person.user.is_active else None,
        recipient_name=application.full_name,
        unit_code=unit.code,
        context={
            "name": application.full_name,
            "unit": unit.name,
            "kind": kind_rules(by.on)[application.kind].name.lower(),
            "path": reverse("join_follow"),
            "day": format_date(by.on),
            **told,
        },
    )


def invite(by: Actor, admission: Admission, on: date, place: str) -> None:
    """The invitation to the ceremony, to everybody of the batch; a changed day or place is told anew."""
    for row in admission.applications.select_related("unit", "person__user").order_by("pk"):
        tell(by, row, "ceremony", f"{on}:{crc32(place.encode())}", day=format_date(on), place=place)


@transaction.atomic
def remind_applicant(*, by: Actor, pk: int) -> bool:
    """Remind an applicant of what was asked, once for each question; False if it was answered since."""
    application = Application.objects.select_for_update().get(pk=pk)
    asked = application.steps.filter(step="asked_more").order_by("-pk").first()
    if application.state != ApplicationState.RETURNED or asked is None:
        return False
    about = answer_key(application, asked).rsplit(":", 1)[1]
    day = format_date(asked.at.date())
    tell(by, application, "answer_reminder", about, words=application.answer, day=day)
    return True


@transaction.atomic
def remind_card(*, by: Actor, pk: int) -> bool:
    """Tell a member that the card still waits at the unit, once; False if it was handed over since."""
    card = Card.objects.select_related("membership__person__user", "unit").get(pk=pk)
    person = card.membership.person
    user = person.user if person.user and person.user.is_active else None
    address = (user.email if user else "") or person.email
    if card.state != "made" or not address:
        return False
    place = place_of(card.membership, by.on) or card.unit
    enqueue(
        by=by,
        template="members.card",
        key=card_key(card),
        address=address,
        user=user,
        recipient_name=person.full_name,
        unit_code=card.unit.code,
        context={
            "name": person.full_name,
            "number": card.number,
            "day": format_date(card.issued_on),
            "unit": place.name,
        },
    )
    return True
