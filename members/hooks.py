"""What members gives the roof about a person: what is held, forgetting, taking over a double."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from foundation.dates import format_date
from foundation.held import Held
from foundation.money import format_vnd
from ledger.actor import Actor
from members.models import (
    Application,
    ConductSigning,
    CongressResult,
    Delegate,
    DuesCharge,
    DuesProposalLine,
    DuesRelief,
    LifeReport,
    Membership,
    ServiceDay,
    VolunteerLanguage,
    VolunteerProfile,
    VolunteerSkill,
    VolunteerTitle,
)
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

    yield _volunteering(person)
    yield Held(
        "congresses",
        _("Congresses"),
        _("Elected by your branch, or entered by the unit"),
        pgettext("members", "Running the chapter's records (Charter)"),
        [
            (row.congress.name, str(row.get_way_display()))
            for row in Delegate.objects.filter(person=person).select_related("congress")
        ]
        + [
            (row.congress.name, row.post)
            for row in CongressResult.objects.filter(person=person).select_related("congress")
        ],
    )


def _volunteering(person: Person) -> Held:
    """What a volunteer's page holds."""
    profile = VolunteerProfile.objects.filter(person=person).first()
    lines = [(_("Skill"), row.code) for row in VolunteerSkill.objects.filter(person=person)]
    lines += [(_("Language"), row.code) for row in VolunteerLanguage.objects.filter(person=person)]
    lines += [
        (str(row.get_level_display()), row.decision) for row in VolunteerTitle.objects.filter(person=person)
    ]
    lines += [
        (_("Code of conduct"), format_date(row.signed_on))
        for row in ConductSigning.objects.filter(person=person)
    ]
    lines += [(format_date(row.on), row.what) for row in ServiceDay.objects.filter(person=person)]
    if profile:
        told = (profile.emergency_name, profile.emergency_relation, profile.emergency_phone)
        lines += [
            (pgettext("volunteer", "Where"), profile.area),
            (_("Whom to call in an emergency"), ", ".join(part for part in told if part)),
        ]
    return Held(
        "volunteering",
        _("Volunteering"),
        _("Written by you or your unit"),
        pgettext("members", "Running the chapter's records (Charter)"),
        [line for line in lines if line[1]],
    )


def forget_person(by: Actor, person: Person) -> None:
    """Memberships stay as figures; an application keeps its course and nothing of the person."""
    blank = dict.fromkeys(PRIVATE, "")
    Application.objects.filter(person=person).update(
        full_name=ERASED_NAME, search_name="", sex="", birth_date=None, consents={}, **blank
    )
    VolunteerProfile.objects.filter(person=person).delete()
    VolunteerSkill.objects.filter(person=person).delete()
    VolunteerLanguage.objects.filter(person=person).delete()
    ServiceDay.objects.filter(person=person).update(what="–")
    LifeReport.objects.filter(membership__person=person).update(words="")


def absorb_person(kept: Person, absorbed: Person) -> list[Note]:
    """What fits beside the kept record's memberships goes over; the rest stays, and is told."""
    notes = move_what_fits(Membership.objects.filter(person=absorbed), "person", kept, "membership")
    notes += move_what_fits(DuesRelief.objects.filter(person=absorbed), "person", kept, "relief")
    notes += move_rows(DuesCharge.objects.filter(person=absorbed), "person", kept)
    notes += move_rows(DuesProposalLine.objects.filter(person=absorbed), "person", kept)
    rows: list[tuple[QuerySet[Any], str]] = [
        (VolunteerProfile.objects.all(), "volunteer_profile"),
        (VolunteerSkill.objects.all(), "skill"),
        (VolunteerLanguage.objects.all(), "language"),
        (ConductSigning.objects.all(), "conduct"),
        (VolunteerTitle.objects.all(), "title"),
        (ServiceDay.objects.all(), "service_day"),
        (Delegate.objects.all(), "delegate"),
        (CongressResult.objects.all(), "congress_result"),
    ]
    for found, told in rows:
        notes += move_what_fits(found.filter(person=absorbed), "person", kept, told)
    return notes + move_rows(Application.objects.filter(person=absorbed), "person", kept)
