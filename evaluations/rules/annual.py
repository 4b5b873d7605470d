"""The level of a year: by conditions (Decree 90/2020) or by general points and products (Decree 335/2025)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

from evaluations.enums import FactKind, Level
from foundation.dated import DAY, Entry
from foundation.dates import format_date
from foundation.refusal import Reason

HUNDRED, ZERO, CENT = Decimal(100), Decimal(), Decimal("0.01")
AWAY = (FactKind.MATERNITY, FactKind.LONG_LEAVE)


@dataclass(frozen=True, slots=True)
class Fact:
    """A dated fact of a working life: first day, and the day after the last (None: runs on)."""

    kind: str
    first: date
    after: date | None
    decision: str = ""


@dataclass(frozen=True, slots=True)
class Shares:
    """The facts of a year under Decree 90/2020, in percent of tasks or of units led; None: unknown."""

    done: Decimal | None = None
    on_time: Decimal | None = None
    exceeded: Decimal | None = None
    units_fair: Decimal | None = None
    units_good: Decimal | None = None
    is_degraded: bool = False
    has_corruption: bool = False


@dataclass(frozen=True, slots=True)
class Products:
    """The facts of a year under Decree 335/2025: general points, converted products, errors, delays."""

    general: Decimal | None = None
    assigned: Decimal | None = None
    finished: Decimal | None = None
    errors: Decimal | None = None
    delays: Decimal | None = None
    units_fair: Decimal | None = None


@dataclass(frozen=True, slots=True)
class YearVerdict:
    """The level (None: the law leaves it open, or a fact is unknown), why, whether all is confirmed.

    `is_out`: not rated this year. `score`: of a hundred, where the decree knows points.
    """

    level: Level | None
    reasons: tuple[Reason, ...]
    confirmed: bool
    is_out: bool = False
    score: Decimal | None = None


def penal(facts: Sequence[Fact], first_on: date, last_on: date) -> list[Fact]:
    """Disciplines of the period, each in the one it begins in; prosecution and custody on any of its days."""
    return [
        one
        for one in facts
        if (one.kind == FactKind.DISCIPLINE and first_on <= one.first <= last_on)
        or (
            one.kind == FactKind.PROSECUTION
            and one.first <= last_on
            and (one.after is None or one.after > first_on)
        )
    ]


def months_away(facts: Sequence[Fact], first_on: date, last_on: date, kinds: Sequence[str]) -> Decimal:
    """Months of leave inside the period: whole months of each leave, then days over that month's days."""
    total = ZERO
    for one in facts:
        if one.kind not in kinds:
            continue
        begin, end = max(one.first, first_on), min(one.after or last_on + DAY, last_on + DAY)
        whole = 0
        while begin < end and add_months(begin, whole + 1) <= end:
            whole += 1
        if begin < end:
            rest = add_months(begin, whole)
            total += whole + Decimal((end - rest).days) / (add_months(begin, whole + 1) - rest).days
    return total.quantize(CENT, ROUND_DOWN)


def add_months(day: date, number: int) -> date:
    """The same day so many months later, or that month's last."""
    place = day.year * 12 + day.month - 1 + number
    year, month = divmod(place, 12)
    first = date(year, month + 1, 1)
    last = (first + 31 * DAY).replace(day=1) - DAY
    return first.replace(day=min(day.day, last.day))


def assess_year(
    shares: Shares, facts: Sequence[Fact], entry: Entry, *, year: int, leads: bool
) -> YearVerdict:
    """The level by the conditions of Decree 90/2020 as amended.

    Discipline of the year, prosecution, degradation, corruption (who leads): no completion. Leave of the
    table's months: not good or better, or not rated. What lies between two conditions stays open.
    """
    first_on, last_on = date(year, 1, 1), date(year, 12, 31)
    rule = Conditions(entry)
    bad = [rule.said("discipline", words_of(one)) for one in penal(facts, first_on, last_on)]
    if shares.is_degraded:
        bad.append(rule.said("poor_missed", _("Degradation was concluded in the year.")))
    if leads and shares.has_corruption:
        bad.append(rule.said("poor_missed", _("Corruption in the unit that is led.")))
    if bad:
        return rule.answer(Level.POOR, *bad)
    kinds = [kind for kind in AWAY if kind not in entry.values["leave_not_counted"]]
    away = months_away(facts, first_on, last_on, kinds)
    if away >= entry.values["leave_out"]:
        told = _("%(months)s months of leave: not rated in the year, the self-review is still written.")
        return rule.answer(None, rule.said("leave_out", told % {"months": plain(away)}), is_out=True)
    level, reasons = by_shares(shares, rule, leads=leads)
    if away >= entry.values["leave_limits"] and level in (Level.EXCELLENT, Level.GOOD):
        told = _("%(months)s months of leave: rated, but not good or better.") % {"months": plain(away)}
        return rule.answer(Level.FAIR, *reasons, rule.said("leave_limits", told))
    return rule.answer(level, *reasons)


def by_shares(shares: Shares, rule: "Conditions", *, leads: bool) -> tuple[Level | None, list[Reason]]:
    """The level by the shares of tasks alone."""
    done, on_time = shares.done, shares.on_time
    if done is None or on_time is None:
        return None, [Reason(_("How many tasks are done, and how many on time and well, is not known."))]
    missed, late = HUNDRED - done, HUNDRED - on_time
    if missed > rule["poor_missed"] or late > rule["poor_missed"]:
        told = _("More than %(share)s %% of the tasks were missed.") % {"share": plain(rule["poor_missed"])}
        return Level.POOR, [rule.said("poor_missed", told)]
    if done < rule["good_done"]:
        told = _("%(share)s %% of the tasks are done; the decree rates only who did all, or missed most.")
        return None, [rule.said("good_done", told % {"share": plain(done)})]
    if late > rule["fair_late"]:
        told = _("%(share)s %% of the tasks were late or not good enough: the decree leaves this open.")
        return None, [rule.said("fair_late", told % {"share": plain(late)})]
    if late:
        told = _("All tasks done, %(share)s %% of them late or not good enough.") % {"share": plain(late)}
        return Level.FAIR, [rule.said("fair_late", told)]
    good = rule.said("good_done", _("All tasks done, on time and well."))
    if shares.exceeded is None or (leads and None in (shares.units_fair, shares.units_good)):
        unknown = Reason(_("Whether the conditions of “excellent” are met is not known."))
        return None, [good, unknown]
    lacking = lacks(shares, rule, leads=leads)
    if lacking:
        return Level.GOOD, [good, *lacking]
    told = _("%(share)s %% of the tasks beyond what was asked.") % {"share": plain(shares.exceeded)}
    return Level.EXCELLENT, [good, rule.said("excellent_exceeded", told)]


def lacks(shares: Shares, rule: "Conditions", *, leads: bool) -> list[Reason]:
    """What keeps somebody who is good from being excellent."""
    asked = [("excellent_exceeded", shares.exceeded, _("of the tasks beyond what was asked"))]
    if leads:
        asked += [
            ("lead_fair", shares.units_fair, _("of the subordinate units “completion” or better")),
            ("lead_good", shares.units_good, _("of the subordinate units “good” or better")),
        ]
    told = _("%(share)s %% %(what)s; “excellent” asks for %(least)s %%.")
    return [
        rule.said(name, told % {"share": plain(value), "what": what, "least": plain(rule[name])})
        for name, value, what in asked
        if value is not None and value < rule[name]
    ]


def score_year(products: Products, entry: Entry, *, leads: bool) -> YearVerdict:
    """Points of a year under Decree 335/2025: general criteria and results; `level` is left to the scale.

    Results: the mean of quantity, quality and progress (and of the unit's result for who leads) as a share
    of the most; an error takes a quarter off the quality of one product, a delay off its progress.
    """
    values, cited = entry.values, entry.cited
    known = [products.general, products.assigned, products.finished, products.errors, products.delays]
    if None in known or not products.assigned or (leads and products.units_fair is None):
        told = Reason(_("General points, products, errors or delays are not known."), entry.citation)
        return YearVerdict(None, (told,), False)
    general, assigned, finished, errors, delays = (one or ZERO for one in known)
    off = Decimal(values["error_costs"]) / 100
    parts = [
        100 * finished / assigned,
        100 * max(finished - off * errors, ZERO) / assigned,
        100 * max(finished - off * delays, ZERO) / assigned,
    ]
    if leads:
        whole = products.units_fair is not None and products.units_fair >= HUNDRED
        parts.append(Decimal(values["unit_all_fair" if whole else "unit_some_poor"]))
    most = Decimal(values["results"])
    results = (sum(parts, ZERO) / len(parts) * most / 100).quantize(CENT, ROUND_HALF_UP)
    names = (_("quantity"), _("quality"), _("progress"), _("result of the unit"))
    shares = ", ".join(
        f"{name} {plain(part.quantize(CENT))} %" for name, part in zip(names, parts, strict=False)
    )
    reasons = (
        Reason(
            _("General criteria: %(points)s of %(most)s points.")
            % {"points": plain(general), "most": values["general"]},
            cited["general"].citation,
        ),
        Reason(
            _("Results: %(points)s of %(most)s points (%(shares)s).")
            % {"points": plain(results), "most": values["results"], "shares": shares},
            cited["mean_of_parts"].citation,
        ),
    )
    sure = all(cited[name].confirmed for name in ("general", "results", "error_costs", "mean_of_parts"))
    return YearVerdict(None, reasons, sure and entry.confirmed, score=general + results)


class Conditions:
    """An entry's numbers, and which of them were used."""

    def __init__(self, entry: Entry) -> None:
        self.entry, self.used = entry, True

    def __getitem__(self, name: str) -> Decimal:
        return Decimal(self.entry.values[name])

    def said(self, name: str, text: str) -> Reason:
        """A sentence with the citation of the value it rests on."""
        cited = self.entry.cited[name]
        self.used = self.used and cited.confirmed
        return Reason(text, cited.citation)

    def answer(self, level: Level | None, *reasons: Reason, is_out: bool = False) -> YearVerdict:
        return YearVerdict(level, reasons, self.used and self.entry.confirmed, is_out)


def words_of(fact: Fact) -> str:
    """A discipline or prosecution in a sentence."""
    names: Mapping[str, str] = {
        FactKind.DISCIPLINE: _("Disciplined on %(day)s"),
        FactKind.PROSECUTION: _("Prosecuted or in custody since %(day)s"),
    }
    told = names[fact.kind] % {"day": format_date(fact.first)}
    return f"{told}, {fact.decision}." if fact.decision else f"{told}."


def plain(value: Decimal) -> str:
    """A number without idle zeros, with a comma."""
    text = f"{value:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")
