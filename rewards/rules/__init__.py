"""Pure rules: which rungs are reached and when, the way of a nomination, the legal minimum of a gift."""

from rewards.rules.gifts import Least, least_gift
from rewards.rules.ladder import asked_papers, authorities, dossier_values, first_rungs
from rewards.rules.reached import Reached, Turn, mobilised, reached, target_reached
from rewards.rules.steps import BACK, NEXT, may_step

__all__ = [
    "BACK",
    "NEXT",
    "Least",
    "Reached",
    "Turn",
    "asked_papers",
    "authorities",
    "dossier_values",
    "first_rungs",
    "least_gift",
    "may_step",
    "mobilised",
    "reached",
    "target_reached",
]
