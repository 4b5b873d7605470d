"""Good examples: people, groups and ways of working that others may learn from."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.text import search_text
from news.enums import ExampleKind, ExampleState
from news.models.pictures import Picture
from news.models.posts import Post
from news.rules.examples import ExampleFacts
from people.models import Unit


class ExampleQuerySet(models.QuerySet["Example"]):
    def public(self) -> "ExampleQuerySet":
        """What anybody may read."""
        return self.filter(state=ExampleState.PUBLISHED)


class Example(models.Model):
    """A good example of a unit: proposed by it, approved by the level above, shown to all.

    `consent` names the paper on which the person named has agreed; without it nothing is shown.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="examples", verbose_name=_("unit"))
    kind = models.CharField(pgettext_lazy("example", "kind"), max_length=10, choices=ExampleKind.choices)
    title = models.CharField(_("title"), max_length=200)
    name = models.CharField(_("person, group or way of working"), max_length=200)
    names_person = models.BooleanField(_("a person is named or to be recognised"), default=False)
    consent = models.CharField(_("paper on which the person has agreed"), max_length=300, blank=True)
    consent_on = models.DateField(_("day of the consent"), null=True, blank=True)
    summary = models.TextField(_("summary"), max_length=500, blank=True)
    story = models.TextField(_("story"), max_length=20_000, blank=True)
    slug = models.SlugField(_("address"), max_length=220, unique=True)
    state = models.CharField(
        _("state"), max_length=10, choices=ExampleState.choices, default=ExampleState.DRAFT, editable=False
    )
    since_at = models.DateTimeField(_("in this state since"), editable=False)
    published_at = models.DateTimeField(_("first published"), null=True, blank=True, editable=False)
    reason = models.TextField(_("reason"), blank=True, max_length=500, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    search = models.TextField(editable=False)
    post = models.OneToOneField(
        Post, models.SET_NULL, null=True, blank=True, related_name="example", verbose_name=_("post")
    )
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    objects = ExampleQuerySet.as_manager()

    class Meta:
        verbose_name = _("good example")
        verbose_name_plural = _("good examples")
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=ExampleState.PUBLISHED)
                | Q(published_at__isnull=False) & (Q(names_person=False) | ~Q(consent="")),
                name="example_public_with_consent",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[ExampleState.RETURNED, ExampleState.WITHDRAWN]) | ~Q(reason=""),
                name="example_said_why",
            ),
        ]
        indexes = [
            models.Index(
                fields=["-published_at"], name="example_newest", condition=Q(state=ExampleState.PUBLISHED)
            ),
            models.Index(fields=["unit", "state"], name="example_of_unit"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return f"/guong-dien-hinh/{self.slug}/"

    def clean(self) -> None:
        self.search = search_text(self.title, self.name, self.summary)

    @property
    def facts(self) -> ExampleFacts:
        """What the rules ask; reads the pictures."""
        rows = self.example_pictures.select_related("picture")
        return ExampleFacts(
            title=self.title,
            name=self.name,
            summary=self.summary,
            story=self.story,
            names_person=self.names_person,
            consent=self.consent,
            pictures=tuple(row.picture.facts for row in rows),
        )


class ExamplePicture(models.Model):
    """A picture of the library in an example, in its order."""

    example = models.ForeignKey(
        Example, models.CASCADE, related_name="example_pictures", verbose_name=_("good example")
    )
    picture = models.ForeignKey(
        Picture, models.PROTECT, related_name="in_examples", verbose_name=_("picture")
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("picture of an example")
        verbose_name_plural = _("pictures of examples")
        ordering = ("order", "pk")
        constraints = [models.UniqueConstraint(fields=["example", "picture"], name="examplepicture_once")]

    def __str__(self) -> str:
        return f"{self.example_id} {self.picture_id}"
