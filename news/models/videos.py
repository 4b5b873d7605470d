"""Videos: a link to a known provider, or an own file."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from news.enums import Provider
from news.models.pictures import Picture
from news.rules.videos import frame_url, watch_url
from people.models import Unit


class VideoQuerySet(models.QuerySet["Video"]):
    def standing(self) -> "VideoQuerySet":
        """Not withdrawn."""
        return self.filter(withdrawn_at__isnull=True)


class Video(models.Model):
    """A provider and the id there, or a stored .mp4 named by its content."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="videos", verbose_name=_("unit"))
    provider = models.CharField(_("provider"), max_length=10, choices=Provider.choices)
    external_id = models.CharField(max_length=40, blank=True)
    file_name = models.CharField(max_length=120, blank=True)
    bytes = models.PositiveBigIntegerField(default=0)
    title = models.CharField(_("title"), max_length=200, blank=True)
    poster = models.ForeignKey(
        Picture, models.SET_NULL, null=True, blank=True, related_name="videos", verbose_name=_("poster")
    )
    # WebVTT, checked and written anew (news.rules.captions); "" without captions.
    captions = models.TextField(_("captions"), blank=True, editable=False)
    captions_digest = models.CharField(max_length=32, blank=True, db_index=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawn_reason = models.CharField(max_length=500, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = VideoQuerySet.as_manager()

    class Meta:
        verbose_name = _("video")
        verbose_name_plural = _("videos")
        constraints = [
            models.CheckConstraint(
                condition=Q(provider=Provider.FILE, external_id="") & ~Q(file_name="")
                | ~Q(provider=Provider.FILE) & ~Q(external_id="") & Q(file_name=""),
                name="video_link_or_file",
            ),
        ]

    def __str__(self) -> str:
        return self.title or (self.file_name if self.is_file else self.watch_url)

    @property
    def is_file(self) -> bool:
        return self.provider == Provider.FILE

    @property
    def file_url(self) -> str:
        return f"/{self.file_name}"

    @property
    def captions_url(self) -> str:
        """The address of the captions, "" without."""
        return f"/phim/phu-de/{self.captions_digest}.vtt" if self.captions_digest else ""

    @property
    def watch_url(self) -> str:
        return watch_url(self.provider, self.external_id)

    @property
    def frame_url(self) -> str:
        return frame_url(self.provider, self.external_id)
