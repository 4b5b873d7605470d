"""Donors, what they gave, the drives they gave at, and the local rule on top of the law."""

from donors.models.donations import Donation
from donors.models.donors import Deferral, Donor, Family, FamilyMember
from donors.models.drives import Drive, Slot
from donors.models.rules import LocalRule
from donors.models.signups import SignUp

__all__ = [
    "Deferral",
    "Donation",
    "Donor",
    "Drive",
    "Family",
    "FamilyMember",
    "LocalRule",
    "SignUp",
    "Slot",
]
