"""Pictures: taken in clean, described, and made at several widths."""

import logging
from collections.abc import Mapping
from datetime import timedelta
from typing import IO, Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.dates import format_date
from foundation.locks import lock
from foundation.refusal import Reason, Refused
from ledger.actor import Actor
from ledger.audit import record, snapshot
from news.actions.files import keep_file
from news.enums import Format, RenditionState
from news.models import Picture, Rendition
from news.models.pictures import file_name
from news.page_cache import forget_pages
from news.rules.likeness import likeness
from news.rules.pictures import NotAPicture, clean_picture, render, widths_for
from people.models import Unit
from people.permissions import acting

DESCRIBING = (
    *("alt", "caption", "credit", "licence", "event", "taken_on", "focal_x", "focal_y"),
    *("ground", "proof", "representative_proof"),
)
MOST_ATTEMPTS = 5
STALE = timedelta(minutes=10)
MEGABYTE = 1024 * 1024
log = logging.getLogger(__name__)


def add_picture(
    *, by: Actor, unit: Unit, file: IO[bytes], size: int, about: Mapping[str, Any], name: str = ""
) -> Picture:
    """A picture of the unit, cleaned, with its renditions due; returns it. Shown at once as one JPEG.

    Refused when it is too large or no JPEG, PNG or WebP, whatever its name or type says, and when it
    was withdrawn before. One the unit has already is not taken in again: it is described anew by what
    `about` says, and comes back with `was_there` true.
    """
    by = acting(by, "news.write", unit.pk)
    if size > settings.PICTURE_MAX_BYTES:
        limit = settings.PICTURE_MAX_BYTES // MEGABYTE
        raise Refused(Reason(_("The picture is larger than %(n)s MB.") % {"n": limit}, field="file"))
    try:
        master = clean_picture(file)
    except NotAPicture as error:
        if error.is_too_large:
            text = _("The picture has too many pixels (50 million at most). Save it smaller, then try again.")
        else:
            text = _("The file is not a picture that can be read. Use JPEG, PNG or WebP.")
        raise Refused(Reason(text, field="file")) from error
    _refuse_withdrawn(master.digest)
    there = Picture.objects.standing().filter(unit=unit, digest=master.digest).order_by("pk").first()
    if there is not None:
        told = {key: value for key, value in about.items() if value or key in {"focal_x", "focal_y"}}
        there = describe_picture(by=by, picture=there, about=told)
        there.was_there = True
        return there
    picture = Picture(
        unit=unit,
        digest=master.digest,
        likeness=likeness(master.data),
        width=master.width,
        height=master.height,
        name=plain_name(name),
        **_described(about),
    )
    picture.sources = _sources(picture, [])
    picture.full_clean()
    with transaction.atomic():
        lock(f"news.picture.{master.digest}")
        _refuse_withdrawn(master.digest)
        keep_file(picture.master_name, ContentFile(master.data), len(master.data))
        picture.save()
        if about.get("tags"):
            picture.tags.set(about["tags"])
        Rendition.objects.bulk_create(
            Rendition(picture=picture, format=file_format, width=width)
            for file_format in Format
            for width in widths_for(master.width)
        )
        record(
            by=by, act="news.add_picture", subject=picture, after=snapshot(picture, ("digest", *DESCRIBING))
        )
    return picture


@transaction.atomic
def describe_picture(*, by: Actor, picture: Picture, about: Mapping[str, Any]) -> Picture:
    """Description, credit, focal point and ground as given; returns the picture."""
    picture = Picture.objects.select_for_update().get(pk=picture.pk)
    by = acting(by, "news.write", picture.unit_id)
    if picture.is_withdrawn:
        raise Refused(_("The picture was withdrawn."))
    before = snapshot(picture, DESCRIBING) | {"tags": _tag_names(picture)}
    for name, value in _described(about).items():
        setattr(picture, name, value)
    if "tags" in about:
        picture.tags.set(about["tags"])
    after = snapshot(picture, DESCRIBING) | {"tags": _tag_names(picture)}
    if after == before:
        return picture
    picture.full_clean()
    picture.save(update_fields=[*DESCRIBING, "search"])
    record(by=by, act="news.describe_picture", subject=picture, before=before, after=after)
    forget_pages()
    return picture


def make_rendition(*, by: Actor, pk: int) -> bool:
    """Make one rendition if it is still due; False if another took it or it failed (then it is tried again).

    Claimed first, in its own transaction: a claim older than STALE belongs to the dead.
    """
    now = timezone.now()
    claimed = (
        Rendition.objects.due(now - STALE)
        .filter(pk=pk)
        .update(state=RenditionState.CLAIMED, claimed_at=now, attempts=F("attempts") + 1)
    )
    if not claimed:
        return False
    rendition = Rendition.objects.select_related("picture").get(pk=pk)
    picture = rendition.picture
    try:
        if rendition.attempts > MOST_ATTEMPTS:  # each attempt before killed its worker
            raise RuntimeError("too many attempts")
        with default_storage.open(picture.master_name, "rb") as master:
            data = render(master, rendition.format, rendition.width)
        name = file_name(picture.digest, rendition.width, rendition.format)
        if name != picture.master_name:
            keep_file(name, ContentFile(data), len(data))
    except Exception as error:
        is_last = rendition.attempts >= MOST_ATTEMPTS
        rendition.state = RenditionState.FAILED if is_last else RenditionState.DUE
        rendition.last_error = type(error).__name__
        rendition.save(update_fields=["state", "last_error"])
        log.warning("rendition %s failed: %s", pk, type(error).__name__)
        return False
    with transaction.atomic():
        picture = Picture.objects.select_for_update().get(pk=picture.pk)
        if picture.is_withdrawn:
            transaction.on_commit(lambda: default_storage.delete(name))
            return False
        rendition.state, rendition.bytes, rendition.last_error = RenditionState.DONE, len(data), ""
        rendition.save(update_fields=["state", "bytes", "last_error"])
        done = picture.renditions.filter(state=RenditionState.DONE).order_by("width")
        picture.sources = _sources(picture, list(done.values_list("format", "width")))
        picture.save(update_fields=["sources"])
        record(by=by, act="news.make_rendition", subject=rendition, after={"width": rendition.width})
        forget_pages()
    return True


def plain_name(name: str) -> str:
    """The last part of a file's name, for people to find it again; it names nothing in storage."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(sign for sign in last if sign.isprintable())[:120].strip(". ")


def _refuse_withdrawn(digest: str) -> None:
    gone = Picture.objects.filter(digest=digest, withdrawn_at__isnull=False).first()
    if gone is not None and gone.withdrawn_at is not None:
        day = format_date(timezone.localdate(gone.withdrawn_at))
        raise Refused(
            Reason(
                _("This picture was withdrawn on %(day)s and is not taken in again. Choose another one.")
                % {"day": day},
                field="file",
            )
        )


def _tag_names(picture: Picture) -> list[str]:
    return sorted(picture.tags.values_list("name", flat=True))


def _described(about: Mapping[str, Any]) -> dict[str, Any]:
    return {name: about[name] for name in DESCRIBING if name in about}


def _sources(picture: Picture, done: list[tuple[str, int]]) -> dict[str, str]:
    """What a page needs: "src" and a srcset per format; the cleaned JPEG until a middle width is made."""
    sets: dict[str, str] = {}
    for file_format in Format:
        widths = [width for kind, width in done if kind == file_format]
        if widths:
            sets[file_format.value] = ", ".join(
                f"/{file_name(picture.digest, width, file_format)} {width}w" for width in widths
            )
    jpegs = [width for kind, width in done if kind == Format.JPEG]
    middle = min((w for w in jpegs if w >= 960), default=max(jpegs, default=picture.width))
    return {"src": f"/{file_name(picture.digest, middle, Format.JPEG)}", **sets}
