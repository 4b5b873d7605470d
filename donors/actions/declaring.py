"""Earlier donations a donor declares, with a photo of the proof; an officer decides, and the photo goes."""

import io
from collections.abc import Mapping
from typing import Any

from django.core.files.base import ContentFile, File
from django.db import transaction
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from donors.actions.donations import FIELDS, refresh, refuse_what_cannot_be
from donors.actions.donors import registered
from donors.enums import Source
from donors.models import Donation
from foundation.refusal import Reason, Refused
from ledger.actor import Actor
from ledger.audit import record, snapshot
from people.actions.files import store_file
from people.models import Person, Unit
from people.permissions import acting_for_self

MOST_BYTES = 12_000_000
LONGEST_SIDE = 2000
MOST_PIXELS = 60_000_000
PHOTO_DAYS = 365  # it goes when decided; a photo nobody decides on goes after this


@transaction.atomic
def declare_donation(
    *,
    by: Actor,
    person: Person,
    unit: Unit,
    values: Mapping[str, Any],
    photo: File,  # type: ignore[type-arg]
) -> Donation:
    """An earlier donation in the donor's own words, recorded and not confirmed; the unit decides on it.

    `values` holds the day, component, volume, place and certificate. Refuses what no officer could record.
    """
    acting_for_self(by, person)
    jpeg = read_photo(photo)
    donor = registered(by, person, unit)
    donation = Donation(donor=donor, unit=unit, source=Source.DECLARED, recorded_by=by.user)
    for name in ("on", "component", "volume_ml", "place", "certificate_issuer", "certificate_serial"):
        if name in values:
            setattr(donation, name, values[name])
    refuse_what_cannot_be(by, donation)
    name = f"khai-{donation.on:%Y%m%d}.jpg"
    donation.photo = store_file(
        by=by, name=name, content_type="image/jpeg", file=ContentFile(jpeg, name), days=PHOTO_DAYS
    )
    donation.full_clean()
    donation.save()
    refresh(donation)
    after = {name: value for name, value in snapshot(donation, FIELDS).items() if value not in ("", None)}
    record(by=by, act="donors.declare", subject=donation, after=after)
    return donation


def read_photo(photo: File) -> bytes:  # type: ignore[type-arg]
    """The picture made anew as JPEG, smaller and without what a phone writes into it (place, device)."""
    if photo.size > MOST_BYTES:
        raise Refused(Reason(_("The photo is larger than 12 MB."), field="photo"))
    try:
        with Image.open(photo) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise Refused(Reason(_("The photo has too many pixels."), field="photo"))
            picture = ImageOps.exif_transpose(opened).convert("RGB")
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
        raise Refused(Reason(_("This file is no photo (JPEG, PNG or WebP)."), field="photo")) from None
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=85)
    return out.getvalue()
