"""Posts, and the addresses they once had."""

from datetime import datetime

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.text import search_text
from news.enums import READABLE, PostState
from news.models.categories import Category
from news.models.pictures import Picture
from news.models.tags import Tag
from news.models.vectors import HEADING, WORDS, VectorField
from news.models.videos import Video
from news.rules.body import words_of
from news.rules.publishing import PostFacts
from people.models import Unit


class PostQuerySet(models.QuerySet["Post"]):
    def on_site(self, now: datetime) -> "PostQuerySet":
        """What lists show the public at that moment."""
        return self.filter(state=PostState.PUBLISHED, publish_at__lte=now)

    def readable(self, now: datetime) -> "PostQuerySet":
        """What the public can open at its address: on the site, or archived."""
        return self.filter(state__in=READABLE, publish_at__lte=now)

    def to_go_out(self, now: datetime) -> "PostQuerySet":
        """On the site by their time, but not yet told of: the row is its place in the queue."""
        return self.filter(state=PostState.PUBLISHED, went_out_at=None, publish_at__lte=now)


_Manager = models.Manager.from_queryset(PostQuerySet)


class PostManager(_Manager["Post"]):
    """Posts without their vectors, which only PostgreSQL reads."""

    def get_queryset(self) -> PostQuerySet:
        return PostQuerySet(self.model, using=self._db).defer("heading", "words")


class Post(models.Model):
    """News of a unit. `version` grows with every change; `since_at` is when the state began.

    Readers see a published post from `publish_at` on, by the clock alone. `went_out_at` is when the
    portal told of it (page cache, audit log): once, by the job if the time came later.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="posts", verbose_name=_("unit"))
    category = models.ForeignKey(Category, models.PROTECT, related_name="posts", verbose_name=_("category"))
    title = models.CharField(_("title"), max_length=200)
    slug = models.SlugField(_("address"), max_length=220, unique=True)
    summary = models.TextField(_("summary"), max_length=500, blank=True)
    body = models.TextField(_("text"), blank=True)
    author_line = models.CharField(_("author line"), max_length=120, blank=True)
    cover = models.ForeignKey(
        Picture, models.PROTECT, null=True, blank=True, related_name="posts", verbose_name=_("cover picture")
    )
    video = models.ForeignKey(
        Video, models.PROTECT, null=True, blank=True, related_name="posts", verbose_name=_("video")
    )
    tags = models.ManyToManyField(Tag, blank=True, related_name="posts", verbose_name=_("tags"))
    state = models.CharField(
        _("state"), max_length=10, choices=PostState.choices, default=PostState.DRAFT, editable=False
    )
    since_at = models.DateTimeField(_("in this state since"), editable=False)
    reason = models.TextField(_("reason"), blank=True, max_length=500, editable=False)
    publish_at = models.DateTimeField(_("publish time"), null=True, blank=True, editable=False)
    went_out_at = models.DateTimeField(_("went out"), null=True, blank=True, editable=False)
    # The last change in substance while readers could see it, or the last correction.
    updated_at = models.DateTimeField(_("updated"), null=True, blank=True, editable=False)
    # Dated corrections readers see: [{"at": ISO moment, "text": plain}], the oldest first.
    corrections = models.JSONField(_("corrections"), default=list, blank=True, editable=False)
    # The key a phone sent with a quick report: sent twice, it is one post.
    sent_key = models.UUIDField(null=True, blank=True, unique=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    search = models.TextField(editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    # Title and summary weighed, for the order of what was found; all words, for finding.
    heading = VectorField(expression=HEADING, output_field=SearchVectorField(), db_persist=True)
    words = VectorField(expression=WORDS, output_field=SearchVectorField(), db_persist=True)

    objects = PostManager()

    class Meta:
        verbose_name = pgettext_lazy("news", "post")
        verbose_name_plural = _("posts")
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=PostState.PUBLISHED) | Q(publish_at__isnull=False),
                name="post_published_has_time",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[PostState.WITHDRAWN, PostState.RETURNED]) | ~Q(reason=""),
                name="post_said_why",
            ),
        ]
        indexes = [
            models.Index(F("publish_at").desc(), name="post_on_site", condition=Q(state=PostState.PUBLISHED)),
            models.Index(
                F("category"),
                F("publish_at").desc(),
                name="post_in_category",
                condition=Q(state=PostState.PUBLISHED),
            ),
            models.Index(fields=["unit", "state"], name="post_of_unit"),
            models.Index(
                fields=["publish_at"],
                name="post_to_go_out",
                condition=Q(state=PostState.PUBLISHED, went_out_at=None),
            ),
            GinIndex(fields=["search"], name="post_search", opclasses=["gin_trgm_ops"]),
            GinIndex(fields=["words"], name="post_words"),
            GinIndex(fields=["heading"], name="post_heading"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return f"/tin-tuc/{self.slug}/"

    def clean(self) -> None:
        self.search = search_text(self.title, self.summary)

    def is_on_site(self, now: datetime) -> bool:
        """True if the public can read the post at that moment."""
        return self.state in READABLE and self.publish_at is not None and self.publish_at <= now

    @property
    def facts(self) -> PostFacts:
        """What the rules ask; reads the cover."""
        cover = self.cover.facts if self.cover else None
        return PostFacts(self.state, self.title, self.summary, words_of(self.body), cover)


class OldAddress(models.Model):
    """A slug a published post once had: its readers are led to the present one."""

    slug = models.SlugField(max_length=220, unique=True)
    post = models.ForeignKey(Post, models.CASCADE, related_name="old_addresses")

    class Meta:
        verbose_name = _("old address")
        verbose_name_plural = _("old addresses")

    def __str__(self) -> str:
        return self.slug
