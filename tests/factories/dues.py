"""Branches with members, campaigns and receipts for tests."""

from datetime import date
from itertools import count

from django.db.backends.postgresql.psycopg_any import DateRange

from ledger.actor import Actor
from members.actions.dues_campaigns import open_campaign
from members.actions.dues_money import take_receipt
from members.enums import Kind
from members.models import DuesCampaign, DuesCharge, DuesReceipt, Membership
from people.actors import system_actor
from people.enums import BelongingKind, UnitKind
from people.models import Belonging, Person, Unit
from tests.factories import people

SINCE = date(2025, 7, 1)
YEAR = 2026
_numbers = count(1)


def branch(parent: Unit, name: str = "Chi hội khu phố 4", code: str = "") -> Unit:
    """A branch under a base unit."""
    return people.unit(name, parent, kind=UnitKind.BRANCH, code=code)


def members(number: int, unit: Unit, since: date = SINCE) -> list[Membership]:
    """So many members of a unit since a day; names sort as they are made."""
    made = []
    for _n in range(number):
        person = Person(full_name=f"Nguyễn Văn {next(_numbers):04}")
        person.clean()
        made.append(person)
    Person.objects.bulk_create(made)
    Belonging.objects.bulk_create(
        Belonging(person=person, unit=unit, kind=BelongingKind.MEMBER, during=DateRange(since, None))
        for person in made
    )
    return Membership.objects.bulk_create(
        Membership(person=person, kind=Kind.MEMBER, during=DateRange(since, None)) for person in made
    )


def campaign(unit: Unit, year: int = YEAR, by: Actor | None = None) -> DuesCampaign:
    """A campaign with what everybody owes."""
    return open_campaign(by=by or system_actor(), unit=unit, year=year)


def receipt(
    of_campaign: DuesCampaign, branch: Unit, on: date = date(2026, 11, 20), most: int | None = None
) -> DuesReceipt:
    """A receipt for all (or the first so many) of a branch who still owe something."""
    owing = [charge for charge in charges(of_campaign, branch) if charge.open_amount][:most]
    return receipt_for(of_campaign, branch, {charge.pk: charge.open_amount for charge in owing}, on)


def receipt_for(of_campaign: DuesCampaign, branch: Unit, amounts: dict[int, int], on: date) -> DuesReceipt:
    """A receipt for these charges, đồng each."""
    return take_receipt(
        by=system_actor(),
        campaign=of_campaign,
        branch=branch,
        amounts=amounts,
        payer="Đặng Văn Tư",
        received_on=on,
    )


def charges(of_campaign: DuesCampaign, branch: Unit | None = None) -> list[DuesCharge]:
    """A campaign's charges in the order they were made."""
    found = DuesCharge.objects.filter(campaign=of_campaign).order_by("pk")
    return list(found.filter(branch=branch) if branch else found)
