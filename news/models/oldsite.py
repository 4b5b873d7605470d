"""The old site: an export brought in, what becomes of each article, the addresses kept."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ledger.models import StoredFile
from news.enums import Ground, OldState, OldVerdict
from news.models.categories import Category
from news.models.pictures import Picture
from news.models.posts import Post
from people.models import Unit


class OldSite(models.Model):
    """An export: tried first, brought in once somebody says so. The row is the job and its progress."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    file = models.ForeignKey(
        StoredFile, models.PROTECT, related_name="+", verbose_name=pgettext_lazy("old site", "export")
    )
    category = models.ForeignKey(Category, models.PROTECT, related_name="+", verbose_name=_("category"))
    by_user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    source = models.CharField(_("where the articles come from"), max_length=200)
    permission = models.CharField(_("by whose permission"), max_length=300)
    ground = models.CharField(max_length=20, choices=Ground.choices, blank=True)
    proof = models.CharField(max_length=300, blank=True)
    publishes = models.BooleanField(default=True)
    state = models.CharField(max_length=8, choices=OldState.choices, default=OldState.TRYING)
    claim = models.UUIDField(null=True, blank=True)
    claimed_at = models.DateTimeField(null=True, blank=True)
    rows_done = models.PositiveIntegerField(default=0)
    rows_total = models.PositiveIntegerField(default=0)
    problem = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("old site")
        verbose_name_plural = _("old sites")

    def __str__(self) -> str:
        return f"{self.source} ({self.file_id})"


class OldItem(models.Model):
    """One article of an export: what was found, what becomes of it, what it has become."""

    site = models.ForeignKey(OldSite, models.CASCADE, related_name="items")
    name = models.CharField(max_length=500)
    path = models.CharField(max_length=500, blank=True)
    title = models.CharField(max_length=200)
    at = models.DateTimeField(null=True, blank=True)
    pictures = models.PositiveSmallIntegerField(default=0)
    missing = models.PositiveSmallIntegerField(default=0)
    verdict = models.CharField(max_length=8, choices=OldVerdict.choices)
    note = models.CharField(max_length=300, blank=True)
    post = models.ForeignKey(Post, models.SET_NULL, null=True, blank=True, related_name="+")
    is_done = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("article of an old site")
        verbose_name_plural = _("articles of old sites")
        constraints = [models.UniqueConstraint(fields=["site", "name"], name="old_item_once")]

    def __str__(self) -> str:
        return self.title


class OldPath(models.Model):
    """A full address of the old site: its readers are led to the post or the picture."""

    path = models.CharField(max_length=500, unique=True)
    post = models.ForeignKey(Post, models.CASCADE, null=True, blank=True, related_name="old_paths")
    picture = models.ForeignKey(Picture, models.CASCADE, null=True, blank=True, related_name="old_paths")

    class Meta:
        verbose_name = _("address of an old site")
        verbose_name_plural = _("addresses of old sites")
        constraints = [
            models.CheckConstraint(
                condition=Q(post__isnull=False, picture__isnull=True)
                | Q(post__isnull=True, picture__isnull=False),
                name="old_path_leads_to_one",
            ),
        ]

    def __str__(self) -> str:
        return self.path
