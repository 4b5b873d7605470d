"""Policy, runs, nominations, rounds, awards, gifts."""

from rewards.models.awards import Award, Invitation
from rewards.models.gifts import Gift, GiftMove
from rewards.models.policies import Policy, Rung
from rewards.models.rounds import Dossier, Meeting, Round, UnitReport
from rewards.models.runs import Finding, Nomination, RewardRun

__all__ = [
    "Award",
    "Dossier",
    "Finding",
    "Gift",
    "GiftMove",
    "Invitation",
    "Meeting",
    "Nomination",
    "Policy",
    "RewardRun",
    "Round",
    "Rung",
    "UnitReport",
]
