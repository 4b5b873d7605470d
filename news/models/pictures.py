"""Pictures, and their renditions: a rendition's row is its place in the queue."""

from datetime import datetime

from django.contrib.postgres.indexes import GinIndex
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundation.refusal import Reason
from foundation.text import search_text
from news.enums import Format, Ground, Licence, RenditionState
from news.models.tags import Tag
from news.rules.publishing import CoverFacts, missing_of_picture
from people.models import Unit


class PictureQuerySet(models.QuerySet["Picture"]):
    def standing(self) -> "PictureQuerySet":
        """Not withdrawn: what may be shown, chosen and used."""
        return self.filter(withdrawn_at__isnull=True)


class Picture(models.Model):
    """A cleaned picture (JPEG, no EXIF); its files are named by their content and never change.

    A withdrawn one keeps its row, so that its addresses answer "gone" and it is not taken in again.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="pictures", verbose_name=_("unit"))
    digest = models.CharField(max_length=32, editable=False, db_index=True)
    # 64 bits of what the picture looks like (news.rules.likeness); 0 says nothing.
    likeness = models.BigIntegerField(default=0, editable=False)
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    alt = models.CharField(_("description for those who cannot see it"), max_length=300, blank=True)
    caption = models.CharField(_("caption"), max_length=300, blank=True)
    credit = models.CharField(_("credit"), max_length=120, blank=True)
    licence = models.CharField(_("licence"), max_length=12, choices=Licence.choices, blank=True)
    event = models.CharField(_("event"), max_length=160, blank=True)
    tags = models.ManyToManyField(Tag, blank=True, related_name="pictures", verbose_name=_("tags"))
    taken_on = models.DateField(_("taken on"), null=True, blank=True)
    focal_x = models.PositiveSmallIntegerField(
        _("focal point, percent from the left"), default=50, validators=[MaxValueValidator(100)]
    )
    focal_y = models.PositiveSmallIntegerField(
        _("focal point, percent from the top"), default=50, validators=[MaxValueValidator(100)]
    )
    ground = models.CharField(
        _("ground for showing people"), max_length=20, choices=Ground.choices, blank=True
    )
    proof = models.CharField(_("proof of the ground"), max_length=300, blank=True)
    representative_proof = models.CharField(_("the representative's consent"), max_length=300, blank=True)
    # What templates need, ready: {"src", "avif", "webp", "jpeg"} with srcset strings.
    sources = models.JSONField(default=dict, editable=False)
    name = models.CharField(_("file name"), max_length=120, blank=True, editable=False)
    search = models.TextField(editable=False, default="")
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawn_reason = models.CharField(max_length=500, blank=True, editable=False)
    # True once no file of a withdrawn picture is left in storage.
    is_swept = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = PictureQuerySet.as_manager()

    # True on what add_picture gives back when the unit had the picture already.
    was_there: bool = False

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        indexes = [
            GinIndex(fields=["search"], name="picture_search", opclasses=["gin_trgm_ops"]),
            models.Index(
                fields=["id"],
                name="picture_to_sweep",
                condition=Q(withdrawn_at__isnull=False, is_swept=False),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawn_reason=""),
                name="picture_withdrawn_said_why",
            ),
            models.CheckConstraint(
                condition=Q(focal_x__lte=100, focal_y__lte=100), name="picture_focal_point_inside"
            ),
        ]

    def __str__(self) -> str:
        return self.alt or self.name or self.digest[:8]

    def clean(self) -> None:
        self.search = search_text(self.alt, self.caption, self.credit, self.event, self.name)

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_at is not None

    @property
    def master_name(self) -> str:
        """The storage name of the cleaned JPEG."""
        return file_name(self.digest, self.width, Format.JPEG)

    @property
    def focal_class(self) -> str:
        """Classes of public.css, in tenths."""
        return f"rc-fx-{round(self.focal_x / 10)} rc-fy-{round(self.focal_y / 10)}"

    @property
    def facts(self) -> CoverFacts:
        return CoverFacts(self.alt, self.ground, self.proof, self.representative_proof)

    def lacking(self) -> list[Reason]:
        """What keeps a post that shows this picture from being published, the picture named."""
        reasons = missing_of_picture(self.facts)
        return [Reason(f"{reason.text} ({self.alt})", field="body") for reason in reasons]


class RenditionQuerySet(models.QuerySet["Rendition"]):
    def due(self, stale_before: datetime) -> "RenditionQuerySet":
        """To be made, or claimed so long ago that the one who claimed it must be dead."""
        return self.filter(
            Q(state=RenditionState.DUE) | Q(state=RenditionState.CLAIMED, claimed_at__lt=stale_before)
        )


class Rendition(models.Model):
    """A picture at one width in one format; DUE, CLAIMED, then DONE, or FAILED after some attempts."""

    picture = models.ForeignKey(Picture, models.CASCADE, related_name="renditions")
    format = models.CharField(max_length=4, choices=Format.choices)
    width = models.PositiveIntegerField()
    state = models.CharField(max_length=8, choices=RenditionState.choices, default=RenditionState.DUE)
    claimed_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=200, blank=True)
    bytes = models.PositiveIntegerField(null=True, blank=True)

    objects = RenditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("rendition")
        verbose_name_plural = _("renditions")
        constraints = [
            models.UniqueConstraint(fields=["picture", "format", "width"], name="rendition_once"),
        ]
        indexes = [
            models.Index(fields=["id"], name="rendition_open", condition=Q(state__in=["due", "claimed"])),
        ]

    def __str__(self) -> str:
        return f"{self.picture_id} {self.format} {self.width}"


def file_name(digest: str, width: int, file_format: str) -> str:
    """The storage name of a picture's file: "anh/ab/abcdef…-960.avif"."""
    ending = "jpg" if file_format == Format.JPEG else file_format
    return f"anh/{digest[:2]}/{digest}-{width}.{ending}"
