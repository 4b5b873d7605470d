"""Every write of rewards, by noun."""

from rewards.actions import ceremony, dossiers, gifts, heirs, policies, rounds, runs, titles, working

__all__ = ["ceremony", "dossiers", "gifts", "heirs", "policies", "rounds", "runs", "titles", "working"]
