"""Honours in figures: by rung and unit, cost against the budget, what waits where since when, gifts."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, F, Q, QuerySet, Sum
from django.utils import timezone

from donors.enums import DonationKind, DonationState
from donors.models import Donation
from ledger.actor import Actor
from people.rules import offices_that_may
from rewards.enums import SEE, Fund, Kind, MoveKind, Step
from rewards.models import Award, GiftMove, Round
from rewards.queries.seen import late_units, over_units, policy_in_force, visible_nominations

AGES = (7, 30, 90)
WAITING = (
    Step.PROPOSED,
    Step.CHECKED,
    Step.CROSS_CHECKED,
    Step.AGREED,
    Step.SENT,
    Step.RETURNED,
    Step.APPRAISED,
)


def by_rung(by: Actor, first: date, last: date) -> list[tuple[str, int, int, int]]:
    """Of each honour decided in the period: form, rung, how many, the money. 1 query."""
    rows = _awards(by, first, last).values_list("nomination__rung__honour", "nomination__rung__threshold")
    found = rows.annotate(n=Count("pk"), vnd=Sum("bonus_vnd")).order_by("nomination__rung__threshold")
    return [(honour, threshold, n, vnd) for honour, threshold, n, vnd in found]


def by_unit(by: Actor, first: date, last: date) -> tuple[list[str], list[tuple[str, list[int], int]]]:
    """Honours of each unit by rung: the rungs, then unit, numbers, sum; the most first. 1 query."""
    rows = _awards(by, first, last).values_list("nomination__unit__name", "honour").annotate(n=Count("pk"))
    found: dict[str, dict[str, int]] = {}
    for name, honour, n in rows:
        found.setdefault(name or "–", {})[honour] = n
    honours = sorted({honour for numbers in found.values() for honour in numbers}, key=in_order)
    table = [
        (name, [numbers.get(honour, 0) for honour in honours], sum(numbers.values()))
        for name, numbers in found.items()
    ]
    return [name_of(honour) for honour in honours], sorted(table, key=lambda row: (-row[2], row[0]))


def name_of(honour: str) -> str:
    """ "20" of "individual-20"; another kind says what it is."""
    kind, _dash, rung = honour.partition("-")
    return rung if kind == Kind.INDIVIDUAL else f"{rung} ({Kind(kind).label})"


def in_order(honour: str) -> tuple[int, int]:
    """By kind, then by rung."""
    kind, _dash, rung = honour.partition("-")
    return Kind.values.index(kind), int(rung)


def _awards(by: Actor, first: date, last: date) -> QuerySet[Award]:
    rows = Award.objects.filter(revoked_on=None, decided_on__range=(first, last))
    return over_units(by, rows, "nomination__unit").order_by()


def backlog(by: Actor) -> list[tuple[str, list[int], int]]:
    """Of each step: how many wait up to 7, 30, 90 days and longer, and in all. 1 query."""
    now = timezone.now()
    edges = [now - timedelta(days=days) for days in AGES]
    spans = [
        Q(step_at__gte=edges[0]),
        Q(step_at__lt=edges[0], step_at__gte=edges[1]),
        Q(step_at__lt=edges[1], step_at__gte=edges[2]),
        Q(step_at__lt=edges[2]),
    ]
    rows = visible_nominations(by).filter(step__in=WAITING).order_by().values_list("step")
    counted = rows.annotate(**{f"n{n}": Count("pk", filter=span) for n, span in enumerate(spans)})
    found = {step: list(numbers) for step, *numbers in counted}
    return [
        (str(Step(step).label), found[step], sum(found[step]))
        for step in (s.value for s in WAITING)
        if step in found
    ]


@dataclass(frozen=True, slots=True)
class Money:
    """Spent in a period beside the year's budget of the policy in force."""

    bonus_vnd: int
    chapter_gifts_vnd: int
    budget_vnd: int | None

    @property
    def spent_vnd(self) -> int:
        return self.bonus_vnd + self.chapter_gifts_vnd

    @property
    def percent(self) -> int | None:
        """Of the budget, rounded; None without one."""
        return round(self.spent_vnd * 100 / self.budget_vnd) if self.budget_vnd else None


def money(by: Actor, first: date, last: date) -> Money:
    """Bonuses decided and the chapter's own gifts handed out; the facility's never stand in it. 3 queries."""
    bonus = _awards(by, first, last).aggregate(n=Sum("bonus_vnd", default=0))["n"]
    moves = GiftMove.objects.filter(on__range=(first, last), kind=MoveKind.HAND_OUT, gift__fund=Fund.CHAPTER)
    spent = worth_of(over_units(by, moves, "gift__unit"))
    policy = policy_in_force(last)
    return Money(bonus, spent, policy.budget_vnd if policy else None)


@dataclass(frozen=True, slots=True)
class Gifts:
    """Donations of a period beside the gifts handed out for them."""

    donations: int
    with_gift: int
    facility_vnd: int


def gifts(by: Actor, first: date, last: date) -> Gifts:
    """2 queries."""
    given = Donation.objects.filter(on__range=(first, last), kind=DonationKind.VOLUNTARY, drive__isnull=False)
    given = given.exclude(state=DonationState.VOIDED)
    if not (by.is_system or any(hold.is_top and SEE in hold.may for hold in by.holds)):
        given = given.filter(unit__in=by.unit_ids(offices_that_may(SEE, by.on)))
    counted = given.aggregate(
        n=Count("pk", distinct=True), having=Count("pk", distinct=True, filter=Q(gift_moves__isnull=False))
    )
    rows = GiftMove.objects.filter(on__range=(first, last), kind=MoveKind.HAND_OUT, gift__fund=Fund.FACILITY)
    return Gifts(counted["n"], counted["having"], worth_of(over_units(by, rows, "gift__unit")))


def worth_of(moves: QuerySet[GiftMove]) -> int:
    """What left the store with these movements, in VND. 1 query."""
    return -int(moves.aggregate(n=Sum(F("quantity") * F("value_vnd"), default=0))["n"])


def silent(by: Actor) -> list[tuple[Round, int, int]]:
    """Of the latest rounds: how many units have handed in, how many have not ("ai chưa nộp")."""
    rounds = Round.objects.annotate(n=Count("reports")).order_by("-cut_off")[:5]
    return [(one, one.n, late_units(one).count()) for one in rounds]
