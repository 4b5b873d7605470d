"""Who was paid and falls out of a later sheet, and why a sum differs from the sheet before."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.db.models import Q, Sum
from django.utils.translation import gettext as _

from evaluations.enums import Level, PayTrack, RatingState
from evaluations.models import Cycle, Rating, SheetLine
from foundation.money import dotted, format_vnd
from people.models import Person

Input = dict[str, Any]


def other_ratings(cycle: Cycle, people: Iterable[int]) -> dict[int, list[Rating]]:
    """Ratings of the same quarter elsewhere that pay instead, by person of this cycle. 2 queries.

    A person is paid for a quarter once: by the list whose employment is the latest (the first one of two).
    A merged record is paid under the record it was merged into.
    """
    absorbed_ones = Person.objects.filter(pk__in=people, merged_into__isnull=False)
    merged = {pk: kept for pk, kept in absorbed_ones.values_list("pk", "merged_into") if kept is not None}
    rows = Rating.objects.filter(
        cycle__kind=cycle.kind, cycle__year=cycle.year, cycle__number=cycle.number
    ).exclude(state=RatingState.EXEMPT)
    found = rows.filter(
        (Q(person__in=people) & ~Q(cycle=cycle)) | Q(person__in=merged.values()),
    ).select_related("cycle__unit", "employment", "person")
    others: dict[int, list[Rating]] = {}
    for rating in found:
        others.setdefault(rating.person_id, []).append(rating)
    for absorbed, kept in merged.items():
        others[absorbed] = others.get(absorbed, []) + others.get(kept, [])
    return others


def paid_instead(rating: Rating, others: Iterable[Rating]) -> Rating | None:
    """The rating that pays in place of this one, if there is one."""

    def place(one: Rating) -> tuple[bool, Any, int]:
        return one.person_id != rating.person_id, one.employment.during.lower, -one.pk

    first = max(others, key=place, default=None)
    return first if first is not None and place(first) > place(rating) else None


def is_paid(rating: Rating) -> bool:
    """Final, or on a closed sheet with something. 1 query at most."""
    if rating.state == RatingState.FINAL:
        return True
    lines = SheetLine.objects.filter(rating=rating, sheet__closed_on__isnull=False)
    return bool(lines.aggregate(total=Sum("amount"))["total"])


def elsewhere(rating: Rating, other: Rating) -> str:
    """Why nothing is due here."""
    if other.person_id != rating.person_id:
        return _("The record was merged with another one of %(name)s: paid there, once.") % {
            "name": other.person.full_name
        }
    return _("Rated and paid for this quarter in %(unit)s: paid once.") % {"unit": other.cycle.unit.name}


def waits_elsewhere(other: Rating, paid: int) -> str:
    """Why this person is left out for now."""
    return _("also rated in %(unit)s, not final there; what was paid here (%(sum)s) stands until then.") % {
        "unit": other.cycle.unit.name,
        "sum": format_vnd(paid),
    }


def fallen_out(paid: Mapping[int, int], seen: set[int]) -> list[Rating]:
    """Ratings with money on closed sheets that the computing did not meet, in order. 1 query."""
    left = [pk for pk, amount in paid.items() if amount and pk not in seen]
    rows = Rating.objects.filter(pk__in=left).select_related("person", "employment")
    return list(rows.order_by("pk")) if left else []


def taken_back(rating: Rating) -> str | None:
    """Why everything is taken back of somebody who fell out; None: it stands for now."""
    if rating.state == RatingState.EXEMPT:
        said = " ".join(str(one) for one in rating.reasons)
        return _("Not rated in this quarter any more: %(reason)s") % {"reason": said}
    if rating.state == RatingState.FINAL and rating.employment.track == PayTrack.NONE:
        return _("Not paid additional income: %(ground)s") % {"ground": rating.employment.ground}
    return None


def stands(rating: Rating, paid: int) -> str:
    """The sentence for somebody paid whose rating is being done anew."""
    said = {"state": rating.get_state_display(), "sum": format_vnd(paid)}
    words = _("the rating is being done anew (%(state)s); what was paid (%(sum)s) stands until it is final.")
    return words % said


def before_of(ratings: Iterable[int]) -> dict[int, SheetLine]:
    """The last closed line of each rating. 1 query."""
    lines = SheetLine.objects.filter(rating__in=ratings, sheet__closed_on__isnull=False)
    return {line.rating_id: line for line in lines.order_by("sheet__number")}


def changes(before: SheetLine, now: SheetLine) -> list[str]:
    """What differs from the sheet before, a sentence each: the level, then month by month."""
    found = []
    if before.level != now.level:
        found.append(
            _("Rated “%(now)s”, before “%(before)s”.")
            % {"now": level_name(now.level), "before": level_name(before.level)}
        )
    was, is_now = by_month(before.inputs), by_month(now.inputs)
    for month in sorted(was.keys() | is_now.keys()):
        if was.get(month) != is_now.get(month):
            year, number, _day = month.split("-")
            said = {"month": f"{number}/{year}"}
            said |= {"before": told(was.get(month)), "now": told(is_now.get(month))}
            found.append(_("%(month)s: %(now)s, before: %(before)s.") % said)
    return found


def by_month(inputs: Input) -> dict[str, list[Input]]:
    """The parts of each month by their inputs; what is computed of them left out."""
    parts = [{key: one[key] for key in one if key not in {"part", "exact"}} for one in inputs["months"]]
    return {month: list(rows) for month, rows in groupby(parts, key=lambda one: str(one["month"]))}


def told(parts: list[Input] | None) -> str:
    """A month's inputs in a few words."""
    if not parts:
        return _("no work by the staff register")
    words = []
    for one in parts:
        values = [short(law["value"]) for law in one["laws"]]
        if not one["is_fixed"]:
            values = [f"({short(one['salary'])} + {short(one['allowance'])})", *values]
        if one["worked"] is not None:
            values.append(
                _("%(worked)s of %(working)s days")
                % {"worked": short(one["worked"]), "working": short(one["working"])}
            )
        words.append(" × ".join(values))
    return "; ".join(words)


def short(value: str) -> str:
    """2.530.000 for 2530000, 3,4 for 3.40."""
    whole, _point, rest = f"{Decimal(value).quantize(Decimal('0.01')):f}".partition(".")
    rest = rest.rstrip("0")
    return dotted(int(whole)) + (f",{rest}" if rest else "")


def level_name(level: str) -> str:
    """The level's words; of a line without a level those of "not rated"."""
    return str(Level(level).label if level in Level.values else RatingState(level).label)
