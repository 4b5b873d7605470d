"""What members gives the roof about a person: what is held, forgetting, taking over a double."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from foundation.dates import format_date
from foundation.held import Held
from foundation.money import format_vnd
from ledger.actor import Actor
from members.models import Application, DuesCharge, DuesRelief, Membership
from members.queries.dues import dues_of
from members.rules import kind_rules
from people.actions.absorbing import Note, move_rows, move_what_fits
from people.actions.forgetting import ERASED_NAME
from people.models import Person

PRIVATE = ("phone", "email", "address", "words", "guardian_name", "guardian_phone", "opinion_words", "answer")


def personal_data(person: Person) -> Iterator[Held]:
    """Memberships with their cards, and the applications behind them."""
    rows = Membership.objects.filter(person=person).prefetch_related("cards").order_by("during")
    yield Held(
        "memberships",
        _("Memberships"),
        _("Decisions of the units"),
        pgettext("members", "Running the chapter's records (Charter)"),
        [
            (
                kind_rules(row.during.lower)[row.kind].name,
                "; ".join(
                    part
                    for part in (
                        _("from %(day)s") % {"day": format_date(row.during.lower)},
                        _("until %(day)s") % {"day": format_date(row.during.upper)}
                        if row.during.upper
                        else "",
                        row.decision,
                        ", ".join(card.number for card in row.cards.all()),
                    )
                    if part
                ),
            )
            for row in rows
        ],
    )
    asked = Application.objects.filter(person=person, submitted_at__isnull=False).order_by("submitted_at")
    yield Held(
        "applications",
        _("Applications to join"),
        _("Written by you, or typed from your form"),
        _("Deciding on your application"),
        [
            (format_date(row.submitted_at.date()), row.get_state_display())
            for row in asked
            if row.submitted_at
        ],
    )
    yield Held(
        "dues",
        _("Dues"),
        _("Computed from your membership; receipts of your unit"),
        pgettext("members", "Running the chapter's records (Charter)"),
        [
            (
                f"{charge.campaign.year}, {charge.branch.name}",
                _("owed %(owed)s, paid %(paid)s")
                % {"owed": format_vnd(charge.amount), "paid": format_vnd(charge.paid)},
            )
            for charge in dues_of(person)
        ],
    )


def forget_person(by: Actor, person: Person) -> None:
    """Memberships stay as figures; an application keeps its course and nothing of the person."""
    blank = dict.fromkeys(PRIVATE, "")
    Application.objects.filter(person=person).update(
        full_name=ERASED_NAME, search_name="", sex="", birth_date=None, consents={}, **blank
    )


def absorb_person(kept: Person, absorbed: Person) -> list[Note]:
    """What fits beside the kept record's memberships goes over; the rest stays, and is told."""
    notes = move_what_fits(Membership.objects.filter(person=absorbed), "person", kept, "membership")
    notes += move_what_fits(DuesRelief.objects.filter(person=absorbed), "person", kept, "relief")
    notes += move_rows(DuesCharge.objects.filter(person=absorbed), "person", kept)
    return notes + move_rows(Application.objects.filter(person=absorbed), "person", kept)
