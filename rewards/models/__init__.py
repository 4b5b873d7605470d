"""Policy, runs, nominations, rounds, awards, gifts."""

from rewards.models.awards import Award, Invitation
from rewards.models.emergencies import Emergency
from rewards.models.gifts import Gift, GiftMove
from rewards.models.policies import Policy, Rung
from rewards.models.rounds import Dossier, Meeting, Round, RoundPaper, UnitReport
from rewards.models.runs import DueRow, Finding, Nomination, RewardRun, holder_of

__all__ = [
    "Award",
    "Dossier",
    "DueRow",
    "Emergency",
    "Finding",
    "Gift",
    "GiftMove",
    "Invitation",
    "Meeting",
    "Nomination",
    "Policy",
    "RewardRun",
    "Round",
    "RoundPaper",
    "Rung",
    "UnitReport",
    "holder_of",
]
