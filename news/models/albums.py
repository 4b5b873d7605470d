"""Albums: pictures in an order, under one title."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.text import search_text
from news.models.pictures import Picture
from news.models.vectors import HEADING, VectorField
from people.models import Unit


class AlbumQuerySet(models.QuerySet["Album"]):
    def on_site(self) -> "AlbumQuerySet":
        """What the public may see now."""
        return self.filter(published_at__lte=timezone.now())


_Manager = models.Manager.from_queryset(AlbumQuerySet)


class AlbumManager(_Manager["Album"]):
    """Albums without their vector, which only PostgreSQL reads."""

    def get_queryset(self) -> AlbumQuerySet:
        return AlbumQuerySet(self.model, using=self._db).defer("words")


class Album(models.Model):
    """Pictures of one event, for a page of their own or inside a post. `version` grows with each change."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="albums", verbose_name=_("unit"))
    title = models.CharField(_("title"), max_length=200)
    slug = models.SlugField(_("address"), max_length=220, unique=True)
    summary = models.TextField(_("summary"), max_length=500, blank=True)
    published_at = models.DateTimeField(_("on the site since"), null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    search = models.TextField(editable=False, default="")
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    # Title and summary weighed, for finding and for the order of what was found.
    words = VectorField(expression=HEADING, output_field=SearchVectorField(), db_persist=True)

    objects = AlbumManager()

    class Meta:
        verbose_name = _("album")
        verbose_name_plural = _("albums")
        indexes = [
            GinIndex(fields=["words"], name="album_words"),
            models.Index(
                fields=["-published_at"], name="album_on_site", condition=Q(published_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return f"/tin-tuc/album/{self.slug}/"

    def clean(self) -> None:
        self.search = search_text(self.title, self.summary)

    @property
    def is_on_site(self) -> bool:
        return self.published_at is not None and self.published_at <= timezone.now()


class AlbumPicture(models.Model):
    """A picture's place in an album; its own caption, else the picture's."""

    album = models.ForeignKey(Album, models.CASCADE, related_name="items")
    picture = models.ForeignKey(Picture, models.PROTECT, related_name="album_items")
    order = models.PositiveSmallIntegerField()
    caption = models.CharField(_("caption"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("picture of an album")
        verbose_name_plural = _("pictures of albums")
        ordering = ("order", "pk")
        constraints = [
            models.UniqueConstraint(fields=["album", "picture"], name="album_picture_once"),
        ]

    def __str__(self) -> str:
        return f"{self.album_id} {self.order}"
