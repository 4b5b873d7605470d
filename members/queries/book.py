"""The member book of a unit: everybody who was ever a member there, in the order of admission."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, F, Func, OuterRef, QuerySet

from members.enums import CardState, Kind
from members.models import Card, Membership
from members.rules import kind_rules
from people.enums import BelongingKind
from people.models import Belonging, Unit

KINDS = (Kind.MEMBER, Kind.HONORARY)
BELONGS = BelongingKind.MEMBER  # where both are lived (tables/kinds.toml)
MOVED = "moved"


@dataclass(frozen=True, slots=True)
class BookLine:
    """One line: who, admitted when and by what, the card, the branch, since when here, left when and how."""

    membership: Membership
    kind: str
    cards: str
    branch: str
    came_on: date | None
    left_on: date | None
    how: str


def book_of(units: frozenset[int], year: int | None, still_on: date | None) -> QuerySet[Membership]:
    """Memberships ever lived in the units, by the day they began; of one year, or of who is still there."""
    here = Belonging.objects.filter(
        person=OuterRef("person"), unit__in=units, kind=BELONGS, during__overlap=OuterRef("during")
    )
    if still_on is not None:
        here = here.filter(during__contains=still_on)
    rows = Membership.objects.filter(Exists(here), kind__in=KINDS)
    if still_on is not None:
        rows = rows.filter(during__contains=still_on)
    if year is not None:
        rows = rows.filter(
            during__startswith__gte=date(year, 1, 1), during__startswith__lt=date(year + 1, 1, 1)
        )
    first = Func(F("during"), function="lower")
    return rows.select_related("person").order_by(first, "person__sort_key", "pk")


def book_lines(rows: Sequence[Membership], units: frozenset[int], on: date) -> list[BookLine]:
    """The lines of these memberships. 3 queries."""
    cards: dict[int, list[str]] = {}
    for card in Card.objects.filter(membership__in=rows).order_by("pk"):
        state = "" if card.state in (CardState.MADE, CardState.HANDED) else f" ({card.get_state_display()})"
        cards.setdefault(card.membership_id, []).append(card.number + state)
    stays: dict[int, list[Belonging]] = {}
    people = [row.person_id for row in rows]
    found = Belonging.objects.filter(person__in=people, unit__in=units, kind=BELONGS)
    for stay in found.order_by("during"):
        stays.setdefault(stay.person_id, []).append(stay)
    names = dict(
        Unit.objects.filter(pk__in={s.unit_id for all_ in stays.values() for s in all_}).values_list(
            "pk", "name"
        )
    )
    rules = kind_rules(on)
    return [
        _line(row, stays.get(row.person_id, []), names, rules[row.kind].name, cards.get(row.pk, []))
        for row in rows
    ]


def _line(
    row: Membership, stays: list[Belonging], names: dict[int, str], kind: str, cards: list[str]
) -> BookLine:
    lived = [
        stay
        for stay in stays
        if (row.during.upper is None or stay.during.lower is None or stay.during.lower < row.during.upper)
        and (stay.during.upper is None or stay.during.upper > row.during.lower)
    ]
    first, last = (lived[0], lived[-1]) if lived else (None, None)
    moved_in = first is not None and first.during.lower is not None and first.during.lower > row.during.lower
    until = last.during.upper if last else None
    ended = row.during.upper if row.ending else None
    left = min((day for day in (until, ended) if day), default=None)
    how = ""
    if left is not None:
        how = str(row.get_ending_display()) if ended is not None and left >= ended else MOVED
        how = f"{how}: {row.end_decision}" if row.end_decision and how != MOVED else how
    return BookLine(
        row,
        kind,
        ", ".join(cards),
        names.get(last.unit_id, "") if last else "",
        first.during.lower if first is not None and moved_in else None,
        left - timedelta(days=1) if left else None,
        how,
    )
