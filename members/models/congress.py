"""A congress of a unit: seats allotted to branches, delegates with credentials, who was elected."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from members.enums import CongressState, DelegateState, DelegateWay
from people.enums import BodyKind


class Congress(models.Model):
    """A unit's congress (Đại hội): how many delegates, when, where, for which term."""

    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="congresses", verbose_name=_("unit"))
    name = models.CharField(_("name"), max_length=200)
    held_on = models.DateField(_("day of the congress"))
    place = models.CharField(_("place of the congress"), max_length=200, blank=True)
    term_first = models.DateField(_("term begins"))
    term_last = models.DateField(_("term ends"))
    counted_on = models.DateField(_("members counted on"))
    seats = models.PositiveSmallIntegerField(_("delegates to be elected"), validators=[MinValueValidator(1)])
    basis = models.CharField(_("decision on the allocation"), max_length=200, blank=True)
    state = models.CharField(
        _("state"), max_length=8, choices=CongressState.choices, default=CongressState.PREPARED
    )
    created_at = models.DateTimeField(_("entered"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("congress")
        verbose_name_plural = _("congresses")
        ordering = ("-held_on", "-pk")
        constraints = [
            models.UniqueConstraint(
                "unit",
                "held_on",
                name="congress_once_a_day",
                violation_error_message=_("The unit has a congress on that day already."),
            ),
            models.CheckConstraint(
                condition=Q(term_last__gt=models.F("term_first")),
                name="congress_term_in_order",
                violation_error_message=_("The term ends before it begins."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CongressSeats(models.Model):
    """How many delegates a branch elects."""

    congress = models.ForeignKey(
        Congress, models.CASCADE, related_name="allocation", verbose_name=_("congress")
    )
    branch = models.ForeignKey(
        "people.Unit", models.PROTECT, related_name="+", verbose_name=pgettext_lazy("members", "branch")
    )
    members = models.PositiveIntegerField(_("members counted"))
    seats = models.PositiveSmallIntegerField(pgettext_lazy("congress", "seats"))

    class Meta:
        verbose_name = _("seats of a branch")
        verbose_name_plural = _("seats of branches")
        constraints = [models.UniqueConstraint("congress", "branch", name="congressseats_once")]

    def __str__(self) -> str:
        return f"{self.branch_id} {self.seats}"


class Delegate(models.Model):
    """A delegate: elected by a branch, by office or appointed; the credential's number once confirmed."""

    congress = models.ForeignKey(
        Congress, models.PROTECT, related_name="delegates", verbose_name=_("congress")
    )
    person = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="delegacies", verbose_name=_("person")
    )
    branch = models.ForeignKey(
        "people.Unit",
        models.PROTECT,
        related_name="+",
        verbose_name=pgettext_lazy("members", "branch"),
        null=True,
        blank=True,
    )
    way = models.CharField(_("how"), max_length=8, choices=DelegateWay.choices)
    state = models.CharField(
        _("state"), max_length=9, choices=DelegateState.choices, default=DelegateState.NAMED
    )
    number = models.PositiveSmallIntegerField(_("credential"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    came_at = models.DateTimeField(_("came"), null=True, blank=True)

    class Meta:
        verbose_name = _("delegate")
        verbose_name_plural = _("delegates")
        constraints = [
            models.UniqueConstraint(
                "congress",
                "person",
                name="delegate_once",
                violation_error_message=_("This person is a delegate already."),
            ),
            models.UniqueConstraint("congress", "number", name="delegate_number_once"),
            models.CheckConstraint(
                condition=Q(state=DelegateState.CONFIRMED, number__isnull=False)
                | ~Q(state=DelegateState.CONFIRMED),
                name="delegate_confirmed_with_number",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.congress_id} {self.person_id}"


class CongressResult(models.Model):
    """Somebody elected into a body, with the votes; the seat itself stands in people."""

    congress = models.ForeignKey(Congress, models.PROTECT, related_name="results", verbose_name=_("congress"))
    body_kind = models.CharField(pgettext_lazy("congress", "body"), max_length=20, choices=BodyKind.choices)
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+", verbose_name=_("person"))
    post = models.CharField(_("post"), max_length=80)
    rank = models.PositiveSmallIntegerField(_("order"), default=50)
    votes = models.PositiveSmallIntegerField(_("votes"), null=True, blank=True)
    seat = models.OneToOneField(
        "people.Seat", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("seat")
    )

    class Meta:
        verbose_name = _("elected at a congress")
        verbose_name_plural = _("elected at congresses")
        ordering = ("body_kind", "rank", "pk")
        constraints = [
            models.UniqueConstraint(
                "congress",
                "body_kind",
                "person",
                name="congressresult_once",
                violation_error_message=_("This person is on the list of this body already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.congress_id} {self.person_id}"
