"""Papers, their numbers, what they prove."""

from papers.models.letterheads import Letterhead, Series
from papers.models.papers import Paper, PaperEvent, PaperRecipient
from papers.models.proofs import Proof
from papers.models.registers import Register

__all__ = ["Letterhead", "Paper", "PaperEvent", "PaperRecipient", "Proof", "Register", "Series"]
