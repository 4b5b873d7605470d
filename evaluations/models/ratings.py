"""A person's rating in a cycle: points, deductions, comments, petition, and everything that happened."""

import uuid

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from evaluations.enums import Level, RatingState, Stage

HUNDRED = [MinValueValidator(0), MaxValueValidator(100)]


class Rating(models.Model):
    """One person in one cycle; the employment as it stood on the cycle's last day is copied by link.

    `version` grows with each change: who saves an older one is told.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    cycle = models.ForeignKey(
        "evaluations.Cycle", models.CASCADE, related_name="ratings", verbose_name=_("cycle")
    )
    person = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="ratings", verbose_name=_("person")
    )
    employment = models.ForeignKey(
        "evaluations.Employment", models.PROTECT, related_name="+", verbose_name=_("employment")
    )
    criteria_set = models.ForeignKey(
        "evaluations.CriteriaSet",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("criteria set"),
    )
    state = models.CharField(
        pgettext_lazy("evaluations", "state"),
        max_length=10,
        choices=RatingState.choices,
        default=RatingState.OPEN,
    )
    self_report = models.TextField(_("self-report"), max_length=8000, blank=True)
    reported_at = models.DateTimeField(pgettext_lazy("evaluations", "handed over"), null=True, blank=True)
    is_disciplined = models.BooleanField(_("disciplined, prosecuted or in custody"), default=False)
    satisfaction = models.DecimalField(
        _("satisfaction (%)"), max_digits=5, decimal_places=2, null=True, blank=True, validators=HUNDRED
    )
    score = models.DecimalField(
        _("score"), max_digits=5, decimal_places=2, null=True, blank=True, validators=HUNDRED
    )
    level = models.CharField(_("level"), max_length=10, choices=Level.choices, blank=True)
    reasons = models.JSONField(_("reasons"), default=list, blank=True)
    scored_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("scored by"),
    )
    published_on = models.DateField(pgettext_lazy("evaluations", "published"), null=True, blank=True)
    final_on = models.DateField(_("final since"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("rating")
        verbose_name_plural = _("ratings")
        constraints = [
            models.UniqueConstraint(fields=["cycle", "person"], name="rating_once"),
            models.CheckConstraint(
                condition=~models.Q(state=RatingState.FINAL)
                | (models.Q(final_on__isnull=False) & ~models.Q(level="")),
                name="rating_final_has_level",
            ),
        ]
        indexes = [models.Index(fields=["person", "state"], name="rating_by_person")]

    def __str__(self) -> str:
        return f"{self.cycle_id} {self.person_id}"

    @property
    def petition(self) -> "Petition | None":
        """The last petition. 1 query."""
        return self.petitions.order_by("-pk").first()


class Points(models.Model):
    """Points for one criterion at one stage; `given` empty: does not apply to the person."""

    rating = models.ForeignKey(Rating, models.CASCADE, related_name="points", verbose_name=_("rating"))
    criterion = models.ForeignKey(
        "evaluations.Criterion", models.PROTECT, related_name="+", verbose_name=_("criterion")
    )
    stage = models.CharField(_("stage"), max_length=10, choices=Stage.choices)
    given = models.DecimalField(
        _("points"), max_digits=5, decimal_places=2, null=True, blank=True, validators=HUNDRED
    )
    evidence = models.CharField(_("evidence"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("points")
        verbose_name_plural = _("points")
        constraints = [models.UniqueConstraint(fields=["rating", "criterion", "stage"], name="points_once")]

    def __str__(self) -> str:
        return f"{self.rating_id} {self.criterion_id} {self.stage}"


class Deduction(models.Model):
    """Points taken off, with the cause."""

    rating = models.ForeignKey(Rating, models.CASCADE, related_name="deductions", verbose_name=_("rating"))
    points = models.DecimalField(_("points"), max_digits=5, decimal_places=2, validators=HUNDRED)
    cause = models.CharField(pgettext_lazy("evaluations", "cause"), max_length=300)

    class Meta:
        verbose_name = _("deduction")
        verbose_name_plural = _("deductions")

    def __str__(self) -> str:
        return self.cause


class Comment(models.Model):
    """A colleague's comment (form 2A or 2B); nobody else reads it before it is handed over."""

    rating = models.ForeignKey(Rating, models.CASCADE, related_name="comments", verbose_name=_("rating"))
    author = models.ForeignKey("people.Person", models.PROTECT, related_name="+", verbose_name=_("colleague"))
    words = models.TextField(_("comment"), max_length=4000)
    handed_over_at = models.DateTimeField(pgettext_lazy("evaluations", "handed over"), null=True, blank=True)

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        constraints = [models.UniqueConstraint(fields=["rating", "author"], name="comment_once")]

    def __str__(self) -> str:
        return f"{self.rating_id} {self.author_id}"


class Petition(models.Model):
    """A person asks that the rating be looked at again; settled once, no review of the settlement.

    A rating reopened and published anew is another decision and may be asked about again.
    """

    rating = models.ForeignKey(Rating, models.CASCADE, related_name="petitions", verbose_name=_("rating"))
    words = models.TextField(_("petition"), max_length=4000)
    filed_on = models.DateField(_("filed"))
    due_on = models.DateField(_("to be answered by"))
    answered_on = models.DateField(pgettext_lazy("evaluations", "answered"), null=True, blank=True)
    answer = models.TextField(_("answer"), max_length=4000, blank=True)
    late_reason = models.CharField(_("why late"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("petition")
        verbose_name_plural = _("petitions")
        constraints = [
            models.UniqueConstraint(
                fields=["rating"], condition=models.Q(answered_on=None), name="petition_one_open"
            )
        ]

    def __str__(self) -> str:
        return f"{self.rating_id} {self.filed_on}"


class RatingEvent(models.Model):
    """One step of a rating, with score and level after it: the earlier version stays readable."""

    rating = models.ForeignKey(Rating, models.CASCADE, related_name="events", verbose_name=_("rating"))
    state = models.CharField(
        pgettext_lazy("evaluations", "state"), max_length=10, choices=RatingState.choices
    )
    at = models.DateTimeField(pgettext_lazy("evaluations", "when"), default=timezone.now)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    office = models.CharField(pgettext_lazy("evaluations", "office"), max_length=40, blank=True)
    score = models.DecimalField(_("score"), max_digits=5, decimal_places=2, null=True, blank=True)
    level = models.CharField(_("level"), max_length=10, choices=Level.choices, blank=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    kept = models.JSONField(_("points as they stood"), default=dict, blank=True)

    class Meta:
        verbose_name = _("step of a rating")
        verbose_name_plural = _("steps of a rating")
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.rating_id} {self.state}"
