"""Proposals and papers of units that have ended, and the unit that stands in their place."""

from datetime import date

from django.db.models import Q, QuerySet

from people.enums import ActState
from people.models import Unit, UnitActLine, UnitLink
from rewards.enums import Step
from rewards.models import Nomination

FURTHEST = 10  # reorganisations one after another


def heir_of(unit: Unit, on: date) -> Unit | None:
    """The unit that stands on the day in place of one that has ended: what it went up in, else what stood
    above it; None for a unit that stands. 2 queries for each reorganisation."""
    found = unit
    for _step in range(FURTHEST):
        if on in found.valid:
            break
        line = (
            UnitActLine.objects.filter(source=found, is_whole=True, act__state=ActState.DONE)
            .select_related("target")
            .order_by("-act__effective_on", "-pk")
            .first()
        )
        link = UnitLink.objects.filter(unit=found).select_related("parent").order_by("-during").first()
        after = (line.target if line else None) or (link.parent if link else None)
        if after is None:
            return None
        found = after
    return found if found != unit and on in found.valid else None


def left_open(on: date) -> QuerySet[Nomination]:
    """Proposals under way, and papers not handed over, whose unit has ended."""
    waits = Q(awards__revoked_on=None, awards__handed_on=None, awards__isnull=False)
    under_way = ~Q(step__in=(Step.GRANTED, Step.REFUSED, Step.WITHDRAWN)) | (Q(step=Step.GRANTED) & waits)
    return Nomination.objects.filter(under_way, unit__isnull=False).exclude(unit__valid__contains=on)
