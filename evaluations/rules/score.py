"""The points of a form added up: parts that do not apply never lower a score."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

HUNDRED, CENT = Decimal(100), Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Part:
    """One criterion: its most points, the points given; None where it does not apply to the person."""

    most: Decimal
    given: Decimal | None


def total_of(parts: Iterable[Part], deductions: Iterable[Decimal] = ()) -> Decimal:
    """0 to 100 with two decimals: the share of what applies, less the deductions, not below 0.

    A form whose criteria sum to less than 100 is scaled to 100. ValueError when nothing applies, or when
    a criterion is given less than 0 or more than its most.
    """
    applied = [(part.most, part.given) for part in parts if part.given is not None]
    most = sum((most for most, _given in applied), Decimal())
    if not most:
        raise ValueError("no criterion applies")
    if any(not 0 <= given <= most_one for most_one, given in applied):
        raise ValueError("points lie between 0 and the criterion's most")
    given = sum((given for _most, given in applied), Decimal())
    total = given * HUNDRED / most - sum(deductions, Decimal())
    return max(total, Decimal()).quantize(CENT, ROUND_HALF_UP)
