"""Boxes that stand inside the text of a post and belong to other apps: registered by the roof."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from donors.enums import DriveState
from donors.models import Drive
from foundation.dates import format_date, today
from foundation.text import search_text
from ledger.actor import Actor
from news import embeds

PUBLIC = (DriveState.OPEN, DriveState.RUNNING, DriveState.CLOSED, DriveState.RECONCILED)
LOOKED_AT = 300
MOST = 24


def register_boxes() -> None:
    """Drives, for now."""
    embeds.register(
        embeds.Kind(
            code="drive",
            label=_("Blood drive"),
            icon="drop",
            template="redcross/box_drive.html",
            shown=drives_shown,
            found=drives_to_choose,
            choice=lambda one: embeds.Choice(one.pk, one.name, f"{format_date(one.on)} · {one.unit.name}"),
        )
    )


def drives_shown(ids: Sequence[int]) -> Mapping[int, Any]:
    """Drives the public was invited to, with `is_ahead`; no planned or cancelled ones. 1 query."""
    found = Drive.objects.filter(pk__in=ids, state__in=PUBLIC).select_related("unit")
    for drive in found:
        setattr(drive, "is_ahead", drive.on >= today() and drive.state in PUBLIC[:2])  # noqa: B010
    return {drive.pk: drive for drive in found}


def drives_to_choose(by: Actor, query: str) -> list[Drive]:
    """Drives of every unit, the latest day first: what is public anyone may name. 1 query."""
    words = [f" {word}" for word in search_text(query).split()]
    drives = Drive.objects.filter(state__in=PUBLIC).select_related("unit").order_by("-on", "-pk")[:LOOKED_AT]
    return [d for d in drives if all(w in search_text(d.name, d.place, d.unit.name) for w in words)][:MOST]
