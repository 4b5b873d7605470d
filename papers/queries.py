"""Reading papers: the one door is `visible_to(actor)`."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from foundation.text import matching
from ledger.actor import Actor
from papers.enums import DECIDE, DRAFT, NUMBER, SEE, SIGN, Capacity, PaperState
from papers.layout.composing import Head
from papers.models import Letterhead, Paper, PaperRecipient, Series
from papers.rules import body_defaults, paper_kinds
from people.enums import BodyKind, UnitKind
from people.models import Body, Person, Unit, UnitCover, UnitLink
from people.queries.bodies import signature_block
from people.rules import offices_that_may
from people.rules.bodies import head_of as post_of_head
from people.rules.bodies import is_deputy

# Where no recognised body says who signs: the officer completes it.
TYPED_SIGNING = {
    "capacity": "for_body",
    "on_behalf_of": "Ban Thường vụ",
    "post": "Chủ tịch",
    "signer_name": "",
}
SMALL_KINDS = (UnitKind.BRANCH, UnitKind.TEAM, UnitKind.CLUB, UnitKind.DEPARTMENT)
WITH_NUMBER = (PaperState.ISSUED, PaperState.ENDED)


def visible_to(by: Actor) -> QuerySet[Paper]:
    """Papers of the units the actor's offices cover with the right to see papers."""
    papers = Paper.objects.select_related("unit", "series")
    if by.is_system:
        return papers
    return papers.filter(unit__in=by.unit_ids(offices_that_may(SEE, by.on)))


def readable(by: Actor) -> QuerySet[Paper]:
    """Papers the actor may open: those of the units covered, and those issued to them."""
    if by.is_system:
        return visible_to(by)
    covered = by.unit_ids(offices_that_may(SEE, by.on))
    to_us = PaperRecipient.objects.filter(unit__in=covered).values("paper")
    return Paper.objects.select_related("unit", "series").filter(
        Q(unit__in=covered) | Q(pk__in=to_us, state__in=WITH_NUMBER)
    )


def own_units(by: Actor, right: str) -> list[int]:
    """Units on which the actor's own offices with the right stand; nothing of what lies below them."""
    offices = offices_that_may(right, by.on)
    return [hold.unit_id for hold in by.holds if hold.office in offices]


def decides(by: Actor) -> QuerySet[Unit]:
    """Units in whose name the actor drafts decisions on units."""
    return Unit.objects.filter(pk__in=own_units(by, DECIDE), valid__contains=by.on).order_by("code")


def incoming(by: Actor) -> QuerySet[PaperRecipient]:
    """Papers issued to the units on which the actor holds an office, and to those they took over."""
    mine = own_units(by, SEE)
    gone = UnitCover.objects.filter(ancestor__in=mine, during__contains=by.on).exclude(
        unit__valid__contains=by.on
    )
    rows = PaperRecipient.objects.filter(
        Q(unit__in=mine) | Q(unit__in=gone.values("unit")), paper__state__in=WITH_NUMBER
    )
    return rows.select_related("paper__unit", "unit").order_by("-paper__issued_on", "-paper__pk", "unit")


def not_received(by: Actor) -> QuerySet[PaperRecipient]:
    """Of these, what waits for the actor to say that it has arrived."""
    return incoming(by).filter(received_at=None, unit__in=own_units(by, DRAFT))


def units_below(unit: Unit, on: date) -> QuerySet[Unit]:
    """Units directly below on the day."""
    links = UnitLink.objects.filter(parent=unit, during__contains=on).values("unit")
    return Unit.objects.filter(pk__in=links, valid__contains=on).order_by("code")


def units_to_choose(by: Actor, paper: Paper | None) -> QuerySet[Unit]:
    """Units a paper can be issued to: the standing ones but the smallest, and those just below mine."""
    mine = [paper.unit_id] if paper is not None else own_units(by, DRAFT)
    below = UnitLink.objects.filter(parent__in=mine, during__contains=by.on).values("unit")
    chosen = PaperRecipient.objects.filter(paper=paper).values("unit") if paper is not None else []
    standing = Q(valid__contains=by.on) & (~Q(kind__in=SMALL_KINDS) | Q(pk__in=below))
    return Unit.objects.filter(standing | Q(pk__in=chosen)).exclude(pk__in=mine).order_by("code")


def units_for(by: Actor, right: str) -> QuerySet[Unit]:
    """Units on which the actor holds the right, standing today."""
    units = Unit.objects.filter(valid__contains=by.on)
    return units if by.is_system else units.filter(pk__in=by.unit_ids(offices_that_may(right, by.on)))


def register(by: Actor, filters: Mapping[str, str]) -> QuerySet[Paper]:
    """The register by filters: q, trang-thai, loai, don-vi, nam; the last changed first."""
    papers = visible_to(by).filter(matching("search", filters.get("q", "")))
    if filters.get("trang-thai") in PaperState.values:
        papers = papers.filter(state=filters["trang-thai"])
    if filters.get("loai") in paper_kinds(by.on):
        papers = papers.filter(kind=filters["loai"])
    if filters.get("don-vi"):
        papers = papers.filter(unit__code=filters["don-vi"])
    if year_of(filters.get("nam", "")):
        papers = papers.filter(issued_on__year=year_of(filters["nam"]))
    return papers.order_by("-changed_at", "-pk")


def book(by: Actor, series: Series, year: int) -> QuerySet[Paper]:
    """The year's book of outgoing papers of a series, by number."""
    return visible_to(by).filter(series=series, year=year, state__in=WITH_NUMBER).order_by("number")


def visible_series(by: Actor) -> QuerySet[Series]:
    """Series of the units whose papers the actor may see."""
    series = Series.objects.select_related("unit").order_by("unit__code", "code")
    return series if by.is_system else series.filter(unit__in=by.unit_ids(offices_that_may(SEE, by.on)))


def waiting_for(by: Actor, right: str) -> QuerySet[Paper]:
    """Papers that wait for this actor: to be signed, numbered, or corrected after a return."""
    state = {SIGN: PaperState.SUBMITTED, NUMBER: PaperState.SIGNED, DRAFT: PaperState.RETURNED}[right]
    papers = Paper.objects.filter(state=state, unit__in=by.unit_ids(offices_that_may(right, by.on)))
    if right == DRAFT:
        papers = papers.filter(drafter=by.user)
    return papers.order_by("changed_at")


def head_of(unit: Unit, on: date) -> Head:
    """The head of a unit's papers: its own, or its name under that of the unit above."""
    own = Letterhead.objects.filter(unit=unit).first()
    if own is not None:
        return Head(own.superior, own.issuer, own.place, own.address)
    defaults = body_defaults(on)
    link = UnitLink.objects.filter(unit=unit, during__contains=on).select_related("parent").first()
    superior = link.parent.name if link else defaults["top_superior"]
    return Head(superior, unit.name, defaults["place"])


def signing_fields(unit: Unit, on: date, *, as_kind: BodyKind | None = BodyKind.STANDING) -> dict[str, Any]:
    """The drafting form's fields of the signature, read from the unit's bodies on the day.

    In the body's name (`as_kind`), or with None by the head alone. Who has no account to sign with here
    is named but not asked for. Empty where no recognised body stands: the officer types it.
    """
    block = signature_block(unit, on, as_kind=as_kind)
    if block is None:
        return {}
    capacity, other = Capacity.HEAD, ""
    if as_kind is not None:
        capacity, other = Capacity.FOR_BODY, block.body.name
    elif is_deputy(block.post):
        capacity, other = Capacity.DEPUTY, post_of_head(block.post)
    return {
        "capacity": capacity.value,
        "on_behalf_of": other,
        "post": block.post,
        "signer": block.person if signers_over(unit, on).filter(pk=block.person.pk).exists() else None,
        "signer_name": block.person.full_name,
    }


def recognition_paper(body: Body) -> Paper | None:
    """The paper that recognises the body, drafted or issued; None where none is, or it was given up."""
    papers = Paper.objects.filter(effect="people.body_recognition", effect_data__body=body.pk)
    return papers.exclude(state=PaperState.CANCELLED).order_by("-pk").first()


def signers_over(unit: Unit, on: date) -> QuerySet[Person]:
    """Who may sign papers of the unit on the day."""
    above = Unit.objects.filter(covers__unit=unit, covers__during__contains=on)
    return Person.objects.filter(
        user__is_active=True,
        offices__office__in=offices_that_may(SIGN, on),
        offices__during__contains=on,
        offices__unit__in=above,
    ).distinct()


def sizes_of(unit: Unit) -> dict[str, float]:
    """What the unit has chosen within the decree's ranges."""
    found = Letterhead.objects.filter(unit=unit).values_list("sizes", flat=True).first()
    return dict(found or {})


def year_of(text: str) -> int | None:
    """A year typed in an address; None for anything else."""
    return int(text) if len(text) == 4 and text.isascii() and text.isdigit() and text > "1900" else None
