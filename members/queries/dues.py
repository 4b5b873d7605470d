"""Reading dues: campaigns, what each branch owes and paid, receipts, remittances."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    Max,
    Min,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from ledger.actor import Actor
from members.enums import DUES_MANAGE, DUES_SEE, CampaignState, Ending, ReceiptState, RemittanceState
from members.models import (
    DuesCampaign,
    DuesCharge,
    DuesHandover,
    DuesLine,
    DuesRate,
    DuesReceipt,
    DuesRemittance,
    DuesShares,
    Membership,
)
from people.models import Belonging, Person, Unit, UnitCover, UnitLink
from people.rules import offices_that_may

OPEN_AMOUNT = Case(
    When(amount__gt=F("paid"), then=F("amount") - F("paid")),
    default=Value(0),
    output_field=IntegerField(),
)


@dataclass(frozen=True, slots=True)
class Totals:
    """A campaign's or branch's sums: counts of members, đồng."""

    members: int = 0
    exempt: int = 0
    settled: int = 0
    unpaid: int = 0
    owed: int = 0
    paid: int = 0
    open: int = 0
    ticked: int = 0

    @property
    def percent(self) -> int:
        """Share of what is owed that is paid, in whole percent; 100 where nothing is owed."""
        return min(100, self.paid * 100 // self.owed) if self.owed else 100


@dataclass(frozen=True, slots=True)
class BranchRow:
    """A branch's line in a campaign."""

    unit: Unit
    totals: Totals


def covered(by: Actor, right: str = DUES_SEE) -> frozenset[int]:
    """Ids of units the actor covers with the right."""
    return by.unit_ids(offices_that_may(right, by.on))


def visible_campaigns(by: Actor) -> QuerySet[DuesCampaign]:
    """Campaigns of units the actor covers, and of the unit above a covered branch."""
    if by.is_system:
        return DuesCampaign.objects.all()
    mine = covered(by)
    above = UnitLink.objects.filter(unit__in=mine, during__contains=by.on).values("parent")
    seen = Q(unit__in=mine) | Q(unit__in=above) | Q(unit__in=books_received(mine))
    return DuesCampaign.objects.filter(seen)


def books_received(units: Iterable[int]) -> set[int]:
    """Ids of units whose book of dues came to one of these, also by way of a third. 1 query without."""
    found: set[int] = set()
    new = set(units)
    while new := set(DuesHandover.objects.filter(successor__in=new).values_list("unit", flat=True)) - found:
        found |= new
    return found


def keeper_of(unit: Unit) -> Unit:
    """The unit in whose book the dues of this one stand today: its own, or the last that took it over."""
    while (book := DuesHandover.objects.filter(unit=unit).select_related("successor").first()) is not None:
        unit = book.successor
    return unit


def sees_all(by: Actor, campaign: DuesCampaign) -> bool:
    """True if the actor covers the campaign's unit, or the one that keeps its book."""
    if by.is_system or campaign.unit_id in covered(by):
        return True
    return keeper_of(campaign.unit).pk in covered(by)


def visible_charges(by: Actor, campaign: DuesCampaign) -> QuerySet[DuesCharge]:
    """A campaign's charges of the branches the actor covers; all of them who covers its unit."""
    charges = DuesCharge.objects.filter(campaign=campaign)
    return charges if sees_all(by, campaign) else charges.filter(branch__in=covered(by))


def visible_receipts(by: Actor) -> QuerySet[DuesReceipt]:
    """Receipts of units the actor covers, those a covered branch handed in, those of a book received."""
    if by.is_system:
        return DuesReceipt.objects.all()
    mine = covered(by)
    seen = Q(unit__in=mine) | Q(branch__in=mine) | Q(unit__in=books_received(mine))
    return DuesReceipt.objects.filter(seen)


def receipts_of(campaign: DuesCampaign) -> QuerySet[DuesReceipt]:
    """Receipts with a name of this campaign on them, whatever year they were written in."""
    named = DuesLine.objects.filter(receipt=OuterRef("pk"), charge__campaign=campaign)
    units = [campaign.unit_id, keeper_of(campaign.unit).pk]
    return DuesReceipt.objects.filter(Exists(named), unit__in=units)


def visible_remittances(by: Actor) -> QuerySet[DuesRemittance]:
    """Remittances of units the actor covers."""
    found = DuesRemittance.objects.all()
    if by.is_system:
        return found
    mine = covered(by)
    return found.filter(Q(unit__in=mine) | Q(unit__in=books_received(mine)))


def counted(charges: QuerySet[DuesCharge], *by: str) -> list[dict[str, int]]:
    """Sums over charges, grouped by fields; charges of no month count for nobody."""
    still = charges.filter(Q(months__gt=0) | Q(paid__gt=0))
    grouped = still.values(*by).order_by(*by) if by else still.annotate(all=Value(1)).values("all")
    return list(
        grouped.annotate(
            members=Count("person", distinct=True),
            exempt=Count("person", filter=Q(relief=100, months__gt=0), distinct=True),
            settled=Count("person", filter=Q(amount__gt=0, paid__gte=F("amount")), distinct=True),
            unpaid=Count("person", filter=Q(amount__gt=F("paid")), distinct=True),
            owed=Coalesce(Sum("amount"), 0),
            sum_paid=Coalesce(Sum("paid"), 0),
            open=Coalesce(Sum(OPEN_AMOUNT), 0),
            ticked=Count("person", filter=Q(ticked_on__isnull=False, amount__gt=F("paid")), distinct=True),
        )
    )


def _totals(row: dict[str, int]) -> Totals:
    return Totals(
        members=row["members"],
        exempt=row["exempt"],
        settled=row["settled"],
        unpaid=row["unpaid"],
        owed=row["owed"],
        paid=row["sum_paid"],
        open=row["open"],
        ticked=row["ticked"],
    )


def totals(charges: QuerySet[DuesCharge]) -> Totals:
    """The sums over charges. 1 query."""
    rows = counted(charges)
    return _totals(rows[0]) if rows else Totals()


def totals_by_campaign(by: Actor, campaigns: Iterable[DuesCampaign]) -> dict[int, Totals]:
    """The sums of each campaign by its id, over the branches the actor covers. 2 queries."""
    charges = DuesCharge.objects.filter(campaign__in=list(campaigns))
    if not by.is_system:
        mine = covered(by)
        whole = Q(campaign__unit__in=mine) | Q(campaign__unit__in=books_received(mine))
        charges = charges.filter(whole | Q(branch__in=mine))
    rows = counted(charges, "campaign")
    return {row["campaign"]: _totals(row) for row in rows}


def branch_rows(charges: QuerySet[DuesCharge]) -> list[BranchRow]:
    """The sums of each branch, by code. 2 queries."""
    rows = counted(charges, "branch")
    units = Unit.objects.in_bulk([row["branch"] for row in rows])
    found = [BranchRow(units[row["branch"]], _totals(row)) for row in rows]
    return sorted(found, key=lambda row: row.unit.code)


def charges_of(charges: QuerySet[DuesCharge], branch: Unit) -> QuerySet[DuesCharge]:
    """A branch's charges with their persons, in the order of names."""
    still = charges.filter(branch=branch).filter(Q(months__gt=0) | Q(paid__gt=0))
    return still.select_related("person").order_by("person__sort_key", "person", "pk")


def unpaid_charges(campaign: DuesCampaign) -> QuerySet[DuesCharge]:
    """Charges of which nothing was paid though something is owed."""
    return DuesCharge.objects.filter(campaign=campaign, paid=0, amount__gt=0)


def not_remitted(unit: Unit) -> QuerySet[DuesReceipt]:
    """Valid receipts of the unit's book, and of books it took over, not passed up yet, oldest first."""
    mine = Q(unit=unit) | Q(unit__in=books_received([unit.pk]))
    waiting = DuesReceipt.objects.filter(mine, state=ReceiptState.VALID, remittance=None, upper_part__gt=0)
    return waiting.order_by("year", "unit", "number")


def rates_in_force(on: date) -> QuerySet[DuesRate]:
    """Rates on the day, by kind."""
    return DuesRate.objects.filter(during__contains=on).order_by("kind")


def shares_on(on: date) -> DuesShares | None:
    """The shares in force on the day; None where nothing was decided."""
    return DuesShares.objects.filter(during__contains=on).first()


def removed_for_dues(unit: Unit, year: int) -> int:
    """How many memberships under the unit ended by removal in a year."""
    people = Belonging.objects.filter(
        unit__in=UnitCover.objects.filter(ancestor=unit).values("unit"), kind="member"
    ).values("person")
    return Membership.objects.filter(
        ending=Ending.REMOVED,
        during__endswith__gte=date(year, 1, 1),
        during__endswith__lt=date(year + 1, 1, 1),
        person__in=people,
    ).count()


def dues_of(person: Person) -> QuerySet[DuesCharge]:
    """A person's dues, the latest year first."""
    charges = DuesCharge.objects.filter(person=person).filter(Q(months__gt=0) | Q(paid__gt=0))
    return charges.select_related("campaign__unit", "branch").order_by("-campaign__year", "pk")


def with_receipts(charges: QuerySet[DuesCharge]) -> QuerySet[DuesCharge]:
    """The charges, each with `.paid_on`: its lines on valid receipts, the oldest first. 1 query more."""
    lines = DuesLine.objects.filter(receipt__state=ReceiptState.VALID).select_related("receipt")
    return charges.prefetch_related(
        Prefetch("lines", lines.order_by("receipt__received_on", "pk"), to_attr="paid_on")
    )


def visible_dues(by: Actor, person: Person) -> QuerySet[DuesCharge]:
    """A person's dues in the campaigns and branches the actor covers."""
    rows = dues_of(person)
    if by.is_system:
        return rows
    mine = covered(by)
    seen = Q(campaign__unit__in=mine) | Q(branch__in=mine) | Q(campaign__unit__in=books_received(mine))
    return rows.filter(seen)


def used_numbers(unit: Unit) -> list[dict[str, int]]:
    """Numbers of receipts used, by year: first, last, how many of them cancelled."""
    rows = DuesReceipt.objects.filter(unit=unit).values("year").order_by("year")
    return [
        {
            "year": row["year"],
            "first": row["first"],
            "last": row["last"],
            "cancelled": row["cancelled"],
        }
        for row in rows.annotate(
            first=Min("number"),
            last=Max("number"),
            cancelled=Count("pk", filter=Q(state=ReceiptState.CANCELLED)),
        )
    ]


def visible_books(by: Actor) -> QuerySet[Unit]:
    """Units with a year of dues whose book the actor manages; all of them, also of units gone, at the top."""
    kept = Unit.objects.filter(dues_campaigns__isnull=False).distinct()
    if by.is_system or any(hold.is_top and DUES_MANAGE in hold.may for hold in by.holds):
        return kept
    mine = covered(by, DUES_MANAGE)
    return kept.filter(Q(pk__in=mine) | Q(pk__in=books_received(mine)))


def books_to_hand_over(by: Actor) -> QuerySet[Unit]:
    """Units that stand no more and whose book of dues nobody has taken yet."""
    gone = visible_books(by).filter(valid__endswith__lte=by.on)
    return gone.filter(dues_handover__isnull=True).order_by("code")


def waiting_for_receipt(units: Iterable[int]) -> list[dict[str, Any]]:
    """Branches of these units' campaigns with ticks and no receipt: how many names, since when. 1 query."""
    ticked = DuesCharge.objects.filter(
        campaign__unit__in=list(units), ticked_on__isnull=False, amount__gt=F("paid")
    )
    rows = ticked.values("campaign", "branch__code", "branch__name")
    rows = rows.annotate(count=Count("person", distinct=True), since=Min("ticked_on")).order_by("since")
    return [dict(row) for row in rows[:20]]


def open_campaigns() -> list[int]:
    """Ids of campaigns that are not closed."""
    return list(DuesCampaign.objects.filter(state=CampaignState.OPEN).values_list("pk", flat=True))


def remitted_sum(unit: Unit, state: RemittanceState) -> int:
    """Đồng of a unit's remittances in a state."""
    found = DuesRemittance.objects.filter(unit=unit, state=state).aggregate(total=Sum("amount"))
    return found["total"] or 0
