"""Sheets for everybody of a round: who gets one, what was asked for, what is to be made."""

from datetime import timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from ledger.actor import Actor
from rewards.enums import MANAGE, SheetKind
from rewards.models import Award, Round, SheetJob
from rewards.queries.seen import awards_of

STALE = timedelta(seconds=300)  # a lot of a hundred has 120


def sheet_rows(cycle: Round, kind: str) -> QuerySet[Award]:
    """Awards that stand and get such a sheet, in the order they are called."""
    awards = awards_of(cycle).filter(revoked_on=None)
    if kind == SheetKind.INVITATION:
        return awards.filter(invitation__isnull=False).order_by("invitation__order")
    if kind == SheetKind.CERTIFICATE:
        return awards.filter(proof__isnull=False).select_related("proof")
    return awards


def visible_sheet_jobs(by: Actor) -> QuerySet[SheetJob]:
    """What was asked for, to whoever manages honours of the whole chapter; else nothing."""
    if not (by.is_system or any(hold.is_top and MANAGE in hold.may for hold in by.holds)):
        return SheetJob.objects.none()
    return SheetJob.objects.select_related("file", "by_user__person", "round").order_by("-pk")


def due_sheets() -> list[int]:
    """Keys of what is to be made: not ended, and nobody gave a sign of life for a while."""
    due = Q(claimed_at=None) | Q(claimed_at__lt=timezone.now() - STALE)
    return list(SheetJob.objects.filter(due, ended_at=None).order_by("asked_at").values_list("pk", flat=True))
