"""What an achievement report says about each: counts and days only, and what is held already."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from django.db.models import Max, Min

from donors.enums import DonationKind, DonationState, Source
from donors.models import Donation
from foundation.dates import format_date
from people.models import Unit
from rewards.enums import Kind
from rewards.models import Award, Nomination

Row = tuple[object, ...]
# Words of a paper are Vietnamese data, as those of its skeleton are.
WORDS = {
    Kind.FAMILY: "Gia đình có {count} lượt hiến máu tình nguyện",
    Kind.MOBILISER: "Vận động {count} người hiến máu trong năm {year}",
    Kind.COLLECTIVE: "Đạt {count}% chỉ tiêu hiến máu năm {year}",
}


def achievements(going: Sequence[Nomination], cut_off: date) -> list[Row]:
    """A row for each in the order of the list: what was reached, held already, proof, who confirms.

    3 queries.
    """
    people = {one.person_id for one in going if one.person_id}
    given = (
        Donation.objects.filter(
            donor__person__in=people,
            kind=DonationKind.VOLUNTARY,
            state=DonationState.CONFIRMED,
            on__lte=cut_off,
        )
        .exclude(source=Source.CARRIED)
        .order_by()
        .values_list("donor__person")
        .annotate(first=Min("on"), last=Max("on"))
    )
    days = {person: (first, last) for person, first, last in given}
    held: dict[int | None, list[str]] = defaultdict(list)
    for award in (
        Award.objects.filter(person__in=people, revoked_on=None)
        .select_related("nomination__rung")
        .order_by("decided_on", "pk")
    ):
        name = award.nomination.rung.honour or f"mốc {award.nomination.rung.threshold}"
        held[award.person_id].append(f"{name} (QĐ {award.decision_number})")
    units = dict(Unit.objects.filter(pk__in={one.unit_id for one in going}).values_list("pk", "name"))
    ordered = sorted(going, key=lambda one: (one.rung.kind, one.rung.threshold, one.sort_key, one.pk))
    return [
        (
            n,
            one.holder,
            one.person.birth_year if one.person and not one.family else None,
            reached_words(one, days.get(one.person_id or 0)),
            "; ".join(held[one.person_id]) if one.person_id else None,
            one.proof or "Đang bổ sung",
            units.get(one.unit_id or 0),
        )
        for n, one in enumerate(ordered, 1)
    ]


def reached_words(one: Nomination, days: tuple[date, date] | None) -> str:
    """ "Hiến máu tình nguyện 20 lần (từ 05/01/2015 đến 28/02/2026)", by kind."""
    if one.rung.kind in WORDS:
        return WORDS[Kind(one.rung.kind)].format(count=one.count, year=one.occasion)
    text = f"Hiến máu tình nguyện {one.count} lần"
    return f"{text} (từ {format_date(days[0])} đến {format_date(days[1])})" if days else text
