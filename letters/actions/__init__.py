"""Every write of the outbox."""

from letters.actions.handling import cancel_letter, mark_arrived, mark_told, retry_letter
from letters.actions.sending import claim_due, release_stale, send_claimed
from letters.actions.templates import current_template
from letters.actions.writing import enqueue

__all__ = [
    "cancel_letter",
    "claim_due",
    "current_template",
    "enqueue",
    "mark_arrived",
    "mark_told",
    "release_stale",
    "retry_letter",
    "send_claimed",
]
