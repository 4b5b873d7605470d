"""Letters and their templates."""

from letters.models.letter import Letter
from letters.models.template import LetterTemplate

__all__ = ["Letter", "LetterTemplate"]
