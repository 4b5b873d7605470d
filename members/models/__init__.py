"""Membership life: who is what since when, how they came, moved and left, the card in their hand."""

from members.models.applications import Admission, Application, ApplicationStep
from members.models.cards import Card, CardSeries
from members.models.memberships import LifeAct, Membership, Pause
from members.models.transfers import Transfer

__all__ = [
    "Admission",
    "Application",
    "ApplicationStep",
    "Card",
    "CardSeries",
    "LifeAct",
    "Membership",
    "Pause",
    "Transfer",
]
