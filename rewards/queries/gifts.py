"""Reading the gift store: what an actor sees, what a drive still owes, value in a period."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum

from donors.enums import DonationKind, DonationState
from donors.models import Donation, Drive
from foundation.dated import NoRule, in_force, load_table
from ledger.actor import Actor
from people.rules import offices_that_may
from rewards.enums import GIFT, Fund, MoveKind
from rewards.models import Gift, GiftMove
from rewards.rules import Least, least_gift
from rewards.rules.gifts import APHERESIS, WHOLE_BLOOD


def visible_gifts(by: Actor) -> QuerySet[Gift]:
    """Gifts of the stores of the actor's units."""
    gifts = Gift.objects.select_related("unit").order_by("unit__code", "fund", "name")
    if by.is_system:
        return gifts
    return gifts.filter(unit__in=by.unit_ids(offices_that_may(GIFT, by.on)))


def donations_of(drive: Drive) -> QuerySet[Donation]:
    """Voluntary donations of the drive that stand."""
    return (
        drive.donations.exclude(state=DonationState.VOIDED).filter(kind=DonationKind.VOLUNTARY).order_by("pk")
    )


def donations_without(drive: Drive, gift: Gift) -> QuerySet[Donation]:
    """Those of the drive for which none of this gift was handed out yet."""
    return donations_of(drive).filter(~Exists(GiftMove.objects.filter(donation=OuterRef("pk"), gift=gift)))


@dataclass(frozen=True, slots=True)
class Owed:
    """Donations of one component and volume: how many, the law's least gift, what was given for them."""

    component: str
    volume_ml: int | None
    count: int
    least: Least | None
    given: int
    given_vnd: int
    under: int

    @property
    def least_vnd(self) -> int:
        return self.least.vnd * self.count if self.least else 0


def owed_at(drive: Drive) -> list[Owed]:
    """The facility's gifts of a drive beside the law of its day, by component and volume. 1 query."""
    facility = GiftMove.objects.filter(
        donation=OuterRef("pk"), gift__fund=Fund.FACILITY, kind=MoveKind.HAND_OUT
    ).order_by()
    value = facility.values("donation").annotate(n=Sum(F("value_vnd") * -F("quantity"))).values("n")
    rows = donations_of(drive).annotate(given=value).values_list("component", "volume_ml", "given")
    found: dict[tuple[str, int | None], list[int]] = {}
    for component, ml, given in rows:
        found.setdefault((component, ml), []).append(given or 0)
    return [owed(drive.on, component, ml, given) for (component, ml), given in sorted(found.items(), key=str)]


def owed(on: date, component: str, ml: int | None, given: Iterable[int]) -> Owed:
    """One line of it; without an established law the least is unknown, never guessed."""
    values = list(given)
    kind = WHOLE_BLOOD if component == WHOLE_BLOOD else APHERESIS
    try:
        least = least_gift(load_table("rewards", "gifts"), kind, ml or 0, on=on)
    except (NoRule, ValueError):
        least = None
    under = sum(1 for value in values if least is not None and value < least.vnd)
    return Owed(component, ml, len(values), least, sum(1 for v in values if v), sum(values), under)


@dataclass(frozen=True, slots=True)
class Allowance:
    """Meal or travel at a drive: what it came to for a donation, and the law's average maximum of its day."""

    name: str
    vnd: int
    average_vnd: int
    most_vnd: int | None
    citation: str
    is_confirmed: bool

    @property
    def is_over(self) -> bool:
        return self.most_vnd is not None and self.average_vnd > self.most_vnd


def allowances_at(drive: Drive, count: int) -> list[Allowance]:
    """Meal and travel beside their maxima; without an established maximum none is assumed. 1 query."""
    rows = GiftMove.objects.filter(drive=drive, kind=MoveKind.HAND_OUT, gift__fund__in=MOST)
    spent = rows.order_by().values_list("gift__fund").annotate(n=-Sum(F("quantity") * F("value_vnd")))
    found = []
    for fund, vnd in sorted(spent):
        try:
            cited = in_force(load_table("rewards", "gifts"), drive.on).cited.get(MOST[fund])
        except NoRule:
            cited = None
        found.append(
            Allowance(
                str(Fund(fund).label),
                vnd,
                round(vnd / count) if count else 0,
                cited.value if cited else None,
                cited.citation if cited else "",
                bool(cited and cited.confirmed),
            )
        )
    return found


MOST: dict[str, str] = {Fund.MEAL: "meal_average_most", Fund.TRAVEL: "travel_average_most"}


def handed_at(drive: Drive) -> list[tuple[Gift, int, int]]:
    """Of each gift handed out at a drive: how many, worth how much."""
    gifts = Gift.objects.filter(moves__drive=drive, moves__kind=MoveKind.HAND_OUT)
    rows = gifts.annotate(
        n=-Sum("moves__quantity"), vnd=-Sum(F("moves__quantity") * F("moves__value_vnd"))
    ).order_by("fund", "name")
    return [(row, row.n, row.vnd) for row in rows]


def value_report(by: Actor, first: date, last: date) -> list[tuple[Gift, int, int, int, int]]:
    """Of each gift in a period: received, handed out, lost or corrected, value handed out."""
    during = Q(moves__on__range=(first, last))
    rows = visible_gifts(by).annotate(
        received=Sum("moves__quantity", filter=during & Q(moves__kind=MoveKind.RECEIPT), default=0),
        out=-Sum("moves__quantity", filter=during & Q(moves__kind=MoveKind.HAND_OUT), default=0),
        other=Sum(
            "moves__quantity", filter=during & Q(moves__kind__in=[MoveKind.LOSS, MoveKind.COUNT]), default=0
        ),
        vnd=-Sum(
            F("moves__quantity") * F("moves__value_vnd"),
            filter=during & Q(moves__kind=MoveKind.HAND_OUT),
            default=0,
        ),
    )
    return [(g, g.received, g.out, g.other, g.vnd) for g in rows]


def recent_drives(by: Actor) -> QuerySet[Drive]:
    """Held drives of the actor's units with a count of donations, the latest first."""
    drives = Drive.objects.filter(on__lte=by.on).select_related("unit")
    if not by.is_system:
        drives = drives.filter(unit__in=by.unit_ids(offices_that_may(GIFT, by.on)))
    standing = ~Q(donations__state=DonationState.VOIDED) & Q(donations__kind=DonationKind.VOLUNTARY)
    return drives.annotate(given=Count("donations", filter=standing)).order_by("-on", "-pk")
