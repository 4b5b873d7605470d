"""Membership life: who is what since when, how they came, moved and left, the card in their hand."""

from members.models.applications import Admission, Application, ApplicationStep
from members.models.cards import Card, CardSeries
from members.models.congress import Congress, CongressResult, CongressSeats, Delegate
from members.models.dues import DuesCampaign, DuesCharge, DuesRate, DuesRelief, DuesShares
from members.models.dues_money import (
    DuesHandover,
    DuesLine,
    DuesProposal,
    DuesProposalLine,
    DuesReceipt,
    DuesRemittance,
    DuesSeries,
)
from members.models.memberships import LifeAct, Membership, Pause
from members.models.reports import LifeReport
from members.models.transfers import Transfer
from members.models.volunteers import (
    ConductSigning,
    ServiceDay,
    VolunteerLanguage,
    VolunteerProfile,
    VolunteerSkill,
    VolunteerTitle,
)

__all__ = [
    "Admission",
    "Application",
    "ApplicationStep",
    "Card",
    "CardSeries",
    "ConductSigning",
    "Congress",
    "CongressResult",
    "CongressSeats",
    "Delegate",
    "DuesCampaign",
    "DuesCharge",
    "DuesHandover",
    "DuesLine",
    "DuesProposal",
    "DuesProposalLine",
    "DuesRate",
    "DuesReceipt",
    "DuesRelief",
    "DuesRemittance",
    "DuesSeries",
    "DuesShares",
    "LifeAct",
    "LifeReport",
    "Membership",
    "Pause",
    "ServiceDay",
    "Transfer",
    "VolunteerLanguage",
    "VolunteerProfile",
    "VolunteerSkill",
    "VolunteerTitle",
]
