"""Additional income of a person for a quarter: month by month, rounded once at the end."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from foundation.money import Rounding, round_vnd

ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class Law:
    """One value a month's pay rests on: the value, its instrument, whether it is confirmed."""

    value: Decimal
    citation: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Track:
    """What the person draws: a salary coefficient and position allowance, or the fixed sum."""

    is_fixed: bool
    salary: Decimal = Decimal()
    allowance: Decimal = Decimal()

    @property
    def coefficient(self) -> Decimal:
        return self.salary + self.allowance


@dataclass(frozen=True, slots=True)
class Month:
    """The facts of one month. `worked` of `working` days; None of both: the whole month.

    `base` is the base salary, `year` the year's coefficient (both for a coefficient), `fixed` the sum.
    """

    first: date
    track: Track
    base: Law | None = None
    year: Law | None = None
    fixed: Law | None = None
    worked: Decimal | None = None
    working: Decimal | None = None


@dataclass(frozen=True, slots=True)
class MonthPay:
    """One month: what it starts from, and the exact amount in đồng; not rounded."""

    month: Month
    part: Decimal
    exact: Decimal


@dataclass(frozen=True, slots=True)
class QuarterPay:
    """The months, the exact sum, the whole đồng, and what they rest on."""

    months: tuple[MonthPay, ...]
    exact: Decimal
    total: int
    confirmed: bool


def pay_quarter(
    months: Sequence[Month], share: Law, rounding: Rounding, *, share_on_fixed: bool = True
) -> QuarterPay:
    """Đồng for the months, at `share` (1 = 100 %) of the most.

    (salary coefficient + allowance) × base × year's coefficient × share × days worked / working days,
    or the fixed sum in place of the first three. Source: Resolution 27/2025/NQ-HĐND, Art. 3;
    Decision 20/2024/QĐ-UBND, Art. 10, 12. ValueError for a month without its values.
    """
    paid = tuple(_pay_month(month, share, share_on_fixed) for month in months)
    exact = sum((one.exact for one in paid), Decimal())
    laws = [share, *(law for one in paid for law in laws_of(one.month))]
    return QuarterPay(paid, exact, round_vnd(exact, rounding), all(law.confirmed for law in laws))


def laws_of(month: Month) -> list[Law]:
    """The values a month's pay rests on."""
    given = [month.fixed] if month.track.is_fixed else [month.base, month.year]
    return [law for law in given if law is not None]


def _pay_month(month: Month, share: Law, share_on_fixed: bool) -> MonthPay:
    part = _part(month)
    if month.track.is_fixed:
        if month.fixed is None:
            raise ValueError("the fixed sum is missing")
        rate = share.value if share_on_fixed or not share.value else ONE
        return MonthPay(month, part, month.fixed.value * rate * part)
    if month.base is None or month.year is None:
        raise ValueError("the base salary or the year's coefficient is missing")
    whole = month.track.coefficient * month.base.value * month.year.value * share.value
    return MonthPay(month, part, whole * part)


def _part(month: Month) -> Decimal:
    if month.worked is None or month.working is None:
        return ONE
    if not 0 <= month.worked <= month.working or not month.working:
        raise ValueError("days worked lie between 0 and the month's working days")
    return month.worked / month.working
