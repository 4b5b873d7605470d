"""What a kind of membership asks, and the terms of joining: pure, from dated tables."""

from members.rules.joining import Terms, may_join, reasons_of, terms
from members.rules.kinds import KindRule, kind_rules

__all__ = ["KindRule", "Terms", "kind_rules", "may_join", "reasons_of", "terms"]
