"""Policy, runs, nominations, rounds, awards, gifts."""

from rewards.models.awards import Award, Invitation
from rewards.models.emergencies import Emergency
from rewards.models.gifts import Gift, GiftMove
from rewards.models.policies import Policy, Rung
from rewards.models.rounds import Dossier, DossierPaper, Meeting, Round, RoundPaper, UnitReport
from rewards.models.runs import DueRow, Finding, Nomination, RewardRun, holder_of
from rewards.models.sheets import SheetJob
from rewards.models.titles import Initiative, Participation, TitleAward

__all__ = [
    "Award",
    "Dossier",
    "DossierPaper",
    "DueRow",
    "Emergency",
    "Finding",
    "Gift",
    "GiftMove",
    "Initiative",
    "Invitation",
    "Meeting",
    "Nomination",
    "Participation",
    "Policy",
    "RewardRun",
    "Round",
    "RoundPaper",
    "Rung",
    "SheetJob",
    "TitleAward",
    "UnitReport",
    "holder_of",
]
