"""Donors, what they gave, the drives they gave at, and the local rule on top of the law."""

from donors.models.calls import CallUp, Notice
from donors.models.checkins import CheckIn, CheckInDevice
from donors.models.counted import CountedYear
from donors.models.donations import Donation
from donors.models.donors import Deferral, Donor, Family, FamilyMember
from donors.models.dossiers import DriveDossier, DrivePaper
from donors.models.drives import Drive, Slot
from donors.models.lists import DonationList, DonationRow
from donors.models.papers import Confirmation
from donors.models.reconciling import FacilityRow
from donors.models.rules import BookingLink, LocalRule
from donors.models.signups import SignUp
from donors.models.targets import DriveTarget

__all__ = [
    "BookingLink",
    "CallUp",
    "CheckIn",
    "CheckInDevice",
    "Confirmation",
    "CountedYear",
    "Deferral",
    "Donation",
    "DonationList",
    "DonationRow",
    "Donor",
    "Drive",
    "DriveDossier",
    "DrivePaper",
    "DriveTarget",
    "FacilityRow",
    "Family",
    "FamilyMember",
    "LocalRule",
    "Notice",
    "SignUp",
    "Slot",
]
