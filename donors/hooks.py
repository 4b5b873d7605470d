"""What donors gives the roof about a person: what they gave, forgetting, taking over a double."""

from collections.abc import Iterator

from django.db.models import Q
from django.utils.translation import gettext as _

from donors.enums import DonationState, SignUpState, Source
from donors.models import Donation, DonationRow, Donor, FacilityRow, FamilyMember, Notice, SignUp
from donors.queries.flags import refresh_flags
from foundation.dates import format_date, today
from foundation.held import Held
from ledger.actor import Actor
from papers.enums import ProofState
from people.actions.absorbing import Note, change_row, move_rows, move_what_fits
from people.models import Person


def personal_data(person: Person) -> Iterator[Held]:
    """Places at drives; the donor record, donations and days of deferral."""
    places = SignUp.objects.filter(person=person).select_related("drive", "slot")
    if places:
        yield Held(
            "drive_sign_ups",
            _("Your sign-ups for blood drives"),
            _("Signed up by you, or by an officer for you"),
            _("Keeping a seat at the drive"),
            [(format_date(row.drive.on), f"{row.drive.name}, {row.slot}") for row in places],
        )
    told = Notice.objects.filter(person=person).order_by("at")
    if told:
        yield Held(
            "donor_notices",
            _("Reminders, thanks and calls to give blood"),
            _("Written by the portal"),
            _("Telling you once and not again"),
            [(format_date(row.at.date()), row.get_kind_display()) for row in told],
        )
    donor = Donor.objects.filter(person=person).first()
    if donor is None:
        return
    rows = [(_("Donor code"), donor.code), (_("Blood group"), f"{donor.group}{donor.rhesus}" or "–")]
    rows += [
        (
            format_date(donation.on),
            _("%(kind)s, %(turns)s turns, %(ml)s ml")
            % {
                "kind": donation.get_component_display(),
                "turns": donation.turns,
                "ml": "–" if donation.volume_ml is None else donation.volume_ml,
            },
        )
        for donation in donor.donations.order_by("on", "pk")
    ]
    rows += [(_("Gives again from"), format_date(row.until_on)) for row in donor.deferrals.order_by("pk")]
    yield Held(
        "donations",
        _("Your blood donations"),
        _("Entered at a drive, by an officer, or declared by you"),
        _("Honouring donors and keeping the days between donations"),
        rows,
    )


def forget_person(by: Actor, person: Person) -> None:
    """Donations stay as figures of the chapter; what points at the person beyond them goes."""
    SignUp.objects.filter(person=person, state=SignUpState.CANCELLED).delete()
    theirs = Q(person=person) | Q(donation__donor__person=person)
    DonationRow.objects.filter(theirs).update(sealed_values=b"", reasons=[])
    Notice.objects.filter(person=person).delete()
    FacilityRow.objects.filter(donation__donor__person=person).update(full_name="", birth_year=None)
    donor = Donor.objects.filter(person=person).first()
    if donor is None:
        return
    donor.deferrals.all().delete()
    FamilyMember.objects.filter(donor=donor).delete()
    donor.donations.exclude(source=Source.CARRIED).update(proof="")
    donor.donations.update(certificate_serial="", certificate_issuer="", photo=None)
    donor.group = donor.rhesus = donor.group_known = donor.share_code = ""
    donor.is_reserve = donor.is_rare = donor.is_available = False
    donor.save()


def absorb_person(kept: Person, absorbed: Person) -> list[Note]:
    """Donations go to the kept record; of the same day and component one stays behind, voided."""
    notes = move_rows(Donation.objects.filter(mobilised_by=absorbed), "mobilised_by", kept)
    notes += move_what_fits(SignUp.objects.filter(person=absorbed), "person", kept, "drive")
    notes += move_what_fits(Notice.objects.filter(person=absorbed), "person", kept, "donor_notice")
    gone = Donor.objects.filter(person=absorbed).first()
    if gone is None:
        return notes
    stays = Donor.objects.filter(person=kept).first()
    if stays is None:
        return notes + move_rows(Donor.objects.filter(pk=gone.pk), "person", kept)
    for donation in gone.donations.standing():
        twin = stays.donations.standing().filter(on=donation.on, component=donation.component)
        if twin.exists():
            why = _("The same donation stood on both records of one person.")
            notes += change_row(donation, {"state": DonationState.VOIDED, "void_reason": why})
    notes += move_rows(gone.donations.all(), "donor", stays)
    notes += move_rows(gone.deferrals.all(), "donor", stays)
    notes += _absorb_papers(stays, gone)
    notes += flagged_anew(stays)
    return notes + move_what_fits(gone.families.all(), "donor", stays, "donor_family")


def _absorb_papers(stays: Donor, gone: Donor) -> list[Note]:
    """Confirmations go along. Of two cards the absorbed one's ends and leads to the other; a single one is
    the kept donor's from now on, and so is a single share code."""
    notes = move_rows(gone.confirmations.all(), "donor", stays)
    if gone.share_code and not stays.share_code:
        notes += change_row(stays, {"share_code": gone.share_code})
    if gone.card is None:
        return notes
    if stays.card is None or stays.card.state == ProofState.ENDED:
        card = gone.card
        return notes + change_row(gone, {"card": None}) + change_row(stays, {"card": card})
    if gone.card.state == ProofState.VALID:
        ended = {"state": ProofState.ENDED, "ended_on": today(), "replaced_by": stays.card}
        notes += change_row(gone.card, ended)
    return notes


def flagged_anew(donor: Donor) -> list[Note]:
    """Flags of the donor's donations found anew, each change noted."""
    before = dict(donor.donations.values_list("pk", "flags"))
    refresh_flags([donor.pk])
    after = donor.donations.values_list("pk", "flags")
    return [
        {"model": "donors.donation", "pk": pk, "was": {"flags": before[pk]}, "now": {"flags": flags}}
        for pk, flags in after
        if flags != before[pk]
    ]
