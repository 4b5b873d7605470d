"""What the pages of one form show beside it: facts of a working life, the year's law, the quarters."""

from typing import Any

from evaluations.enums import CycleKind
from evaluations.models import Rating
from evaluations.queries.annual import (
    CONDITIONS,
    POINTS,
    basis_of,
    facts_of,
    opinions_asked,
    quarters_of,
    verdict_of,
    year_facts,
)


def is_by_facts(rating: Rating) -> bool:
    """True where the year is rated from its facts and not from a form of criteria."""
    kind = basis_of(rating.cycle, rating.employment.status).kind
    return kind == CONDITIONS or (kind == POINTS and rating.criteria_set_id is None)


def year_of(rating: Rating) -> dict[str, Any]:
    """Facts of the period; of a year also what it is rated by, the facts entered and the verdict, the final
    quarters, and whose opinion is asked for. 1 query for a quarter, up to 7 for a year."""
    facts = facts_of(rating.person_id, rating.cycle)
    if rating.cycle.kind != CycleKind.YEAR:
        return {"staff_facts": facts, "basis": None}
    basis = basis_of(rating.cycle, rating.employment.status)
    verdict = verdict_of(rating, basis, facts)
    return {
        "staff_facts": facts,
        "basis": basis,
        "verdict": verdict,
        "year_facts": year_facts(rating),
        "quarters": quarters_of(rating),
        "opinions": opinions_asked(rating, basis),
    }
