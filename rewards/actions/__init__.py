"""Every write of rewards, by noun."""

from rewards.actions import ceremony, gifts, policies, rounds, runs, working

__all__ = ["ceremony", "gifts", "policies", "rounds", "runs", "working"]
