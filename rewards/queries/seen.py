"""Reading honours: what an actor may see."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.db.models import Count, Model, Q, QuerySet

from foundation.text import matching
from ledger.actor import Actor
from people.enums import UnitKind
from people.models import Unit
from people.rules import offices_that_may
from rewards.enums import CHECK, SEE, Grantor, Kind, PolicyState, Step
from rewards.models import Award, Dossier, Nomination, Policy, Round, Rung, UnitReport, holder_of

Row = TypeVar("Row", bound=Model)
BASES = (UnitKind.WARD, UnitKind.COMMUNE, UnitKind.SPECIAL_ZONE)


def visible_nominations(by: Actor) -> QuerySet[Nomination]:
    """Proposals of the units the actor's offices cover; who covers the top sees all."""
    rows = Nomination.objects.select_related(*holder_of(), "unit", "rung", "rung__policy", "round")
    return over_units(by, rows, "unit")


def over_units(by: Actor, rows: QuerySet[Row], field: str) -> QuerySet[Row]:
    """Rows whose unit the actor's offices cover with the right to see; who covers the top sees all."""
    if by.is_system or any(hold.is_top and SEE in hold.may for hold in by.holds):
        return rows
    return rows.filter(**{f"{field}__in": by.unit_ids(offices_that_may(SEE, by.on))})


def register(by: Actor, filters: Mapping[str, str]) -> QuerySet[Nomination]:
    """The register by filters: q, buoc, moc, dot; the last moved first."""
    words = filters.get("q", "")
    rows = visible_nominations(by).filter(
        matching("person__search_name", words) | matching("collective__search_name", words)
    )
    if filters.get("buoc") in Step.values:
        rows = rows.filter(step=filters["buoc"])
    if filters.get("moc", "").isdigit():
        rows = rows.filter(rung__threshold=int(filters["moc"][:6]))
    if filters.get("dot", "").isdigit():
        rows = rows.filter(round_id=int(filters["dot"][:9]))
    return rows.order_by("-step_at", "-pk")


def chapter_unit(on: date) -> Unit | None:
    """The chapter as a whole: the city unit standing on the day."""
    return Unit.objects.filter(kind=UnitKind.CITY, valid__contains=on).order_by("pk").first()


def policy_in_force(on: date) -> Policy | None:
    """The approved policy of the day, if there is one."""
    found = Policy.objects.filter(state=PolicyState.APPROVED, effective_from__lte=on)
    return found.filter(Q(effective_to=None) | Q(effective_to__gte=on)).first()


def ladder_of(policy: Policy) -> list[tuple[str, list[Rung]]]:
    """The rungs of a policy by kind, in the order of Kind: what most people ask for first. 1 query."""
    rungs = list(policy.rungs.select_related("gift").order_by("threshold"))
    kinds = ((str(kind.label), [rung for rung in rungs if rung.kind == kind]) for kind in Kind)
    return [(label, found) for label, found in kinds if found]


@dataclass(frozen=True, slots=True)
class Standing:
    """What a round waits for: how many people or papers each of its next steps would move."""

    to_take_in: int
    to_vote: int
    to_send: int
    to_grant: int
    to_receive: int
    to_invite: int
    to_close: int
    handed: int


def standing_of(current: Round, on: date) -> Standing:
    """3 queries."""
    free = Nomination.objects.filter(round=None, step=Step.PROPOSED, reached_on__lte=current.cut_off)
    own = Q(rung__grantor=Grantor.CHAPTER)
    waits = current.nominations.aggregate(
        vote=Count("pk", filter=Q(step=Step.CROSS_CHECKED)),
        send=Count("pk", filter=Q(step__in=[Step.AGREED, Step.RETURNED]) & ~own),
        grant=Count("pk", filter=Q(step=Step.AGREED) & own),
    )
    open_award = Q(handed_on=None)
    papers = Award.objects.filter(nomination__round=current, revoked_on=None).aggregate(
        receive=Count("pk", filter=Q(paper_received_on=None)),
        invite=Count("pk", filter=open_award & Q(invitation=None)),
        close=Count("pk", filter=open_award & Q(due_on=None)),
        handed=Count("pk", filter=~open_award),
    )
    return Standing(
        free.count(),
        waits["vote"],
        waits["send"],
        waits["grant"],
        papers["receive"],
        papers["invite"] if on <= current.ceremony_on else 0,
        papers["close"] if on >= current.ceremony_on else 0,
        papers["handed"],
    )


def late_units(current: Round) -> QuerySet[Unit]:
    """Units that have not handed in their list: base units standing on the cut-off day."""
    units = Unit.objects.filter(valid__contains=current.cut_off, kind__in=BASES)
    return units.exclude(pk__in=current.reports.values("unit")).order_by("name")


@dataclass(frozen=True, slots=True)
class Place:
    """A unit on the wall of a round: "ok" handed in, "wait" still in time, "bad" past the deadline."""

    name: str
    tone: str
    on: date | None


def wall_of(current: Round, on: date) -> list[Place]:
    """Every unit that is asked for a list, the missing first. 2 queries."""
    handed = dict(current.reports.values_list("unit", "reported_on"))
    units = Unit.objects.filter(valid__contains=current.cut_off, kind__in=BASES).order_by("code")
    missing = "bad" if on > current.deadline else "wait"
    wall = [
        Place(unit.short_name or unit.name, "ok" if unit.pk in handed else missing, handed.get(unit.pk))
        for unit in units
    ]
    return sorted(wall, key=lambda one: one.on is not None)


def steps_of(current: Round) -> dict[str, int]:
    """How many of a round stand at each step."""
    rows = Nomination.objects.filter(round=current).order_by().values_list("step").annotate(n=Count("pk"))
    return dict(rows)


def rungs_of(current: Round) -> list[tuple[str, int, int, int]]:
    """Of each honour in a round: form, rung, how many proposed, how many granted."""
    rows = (
        Nomination.objects.filter(round=current)
        .order_by("rung__threshold")
        .values_list("rung__honour", "rung__threshold")
        .annotate(n=Count("pk"), granted=Count("pk", filter=Q(step=Step.GRANTED)))
    )
    return [(honour, threshold, n, granted) for honour, threshold, n, granted in rows]


def dossier_list(dossier: Dossier) -> QuerySet[Nomination]:
    """The people of a dossier in the order of its list: rung, then name."""
    return dossier.nominations.select_related(*holder_of(), "unit", "rung").order_by(
        "rung__kind", "rung__threshold", "person__sort_key", "pk"
    )


def council_list(current: Round) -> QuerySet[Nomination]:
    """Who is cross-checked and waits for the council, in the order of its list: rung, then name."""
    waiting = current.nominations.filter(step=Step.CROSS_CHECKED).select_related(*holder_of(), "unit", "rung")
    return waiting.order_by("rung__kind", "rung__threshold", "person__sort_key", "pk")


def awards_of(current: Round) -> QuerySet[Award]:
    """Awards of a round in the calling order."""
    return (
        Award.objects.filter(nomination__round=current)
        .select_related(*holder_of("nomination__"), "nomination__unit", "nomination__rung", "invitation")
        .order_by("nomination__rung__kind", "nomination__rung__threshold", "person__sort_key", "pk")
    )


def to_hand_in(by: Actor) -> list[tuple[Round, Unit, int, date | None]]:
    """Rounds not held yet and the actor's base units: how many proposals wait to be checked, handed in when.

    3 queries; at most 200 units.
    """
    rounds = list(Round.objects.filter(ceremony_on__gte=by.on).order_by("deadline"))
    units = Unit.objects.filter(valid__contains=by.on, kind__in=BASES).order_by("name")
    if not by.is_system:
        units = units.filter(pk__in=by.unit_ids(offices_that_may(CHECK, by.on)))
    wards = list(units[:200])
    proposed = Nomination.objects.filter(round__in=rounds, step=Step.PROPOSED).order_by()
    counted = proposed.values_list("round", "unit").annotate(n=Count("pk"))
    waiting = {(cycle, unit): n for cycle, unit, n in counted}
    handed = {
        (report.round_id, report.unit_id): report.reported_on
        for report in UnitReport.objects.filter(round__in=rounds)
    }
    return [
        (cycle, unit, waiting.get((cycle.pk, unit.pk), 0), handed.get((cycle.pk, unit.pk)))
        for cycle in rounds
        for unit in wards
    ]
