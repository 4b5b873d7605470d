"""Bodies with a term, and who sits in them: every signature block reads from here."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from people.enums import BodyKind, SeatEnd


class Body(models.Model):
    """A committee or council of a unit for a term; recognised by the level above.

    One of a kind at a time; steering committees stand side by side, each with its name.
    """

    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="bodies", verbose_name=_("unit"))
    kind = models.CharField(_("kind"), max_length=20, choices=BodyKind.choices)
    name = models.CharField(_("name"), max_length=200)
    term = DateRangeField(_("term"))
    is_provisional = models.BooleanField(_("provisional"), default=False)
    recognised_number = models.CharField(_("recognised by decision"), max_length=60, blank=True)
    recognised_on = models.DateField(_("recognised on"), null=True, blank=True)
    # What was asked of the level above; None where it was recorded from paper.
    approval = models.OneToOneField(
        "people.Approval", models.PROTECT, null=True, blank=True, verbose_name=_("recognition asked")
    )

    class Meta:
        verbose_name = pgettext_lazy("people", "body")
        verbose_name_plural = _("bodies")
        constraints = [
            ExclusionConstraint(
                name="body_one_of_a_kind_a_day",
                expressions=[
                    ("unit", RangeOperators.EQUAL),
                    ("kind", RangeOperators.EQUAL),
                    ("term", RangeOperators.OVERLAPS),
                ],
                condition=~Q(kind=BodyKind.STEERING),
                violation_error_message=_("The unit has such a body in this term already."),
            ),
            ExclusionConstraint(
                name="body_one_steering_of_a_name_a_day",
                expressions=[
                    ("unit", RangeOperators.EQUAL),
                    ("name", RangeOperators.EQUAL),
                    ("term", RangeOperators.OVERLAPS),
                ],
                condition=Q(kind=BodyKind.STEERING),
                violation_error_message=_("The unit has such a body in this term already."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Seat(models.Model):
    """A person's post in a body for a period; how it ended; who sat there before."""

    body = models.ForeignKey(
        Body, models.CASCADE, related_name="seats", verbose_name=pgettext_lazy("people", "body")
    )
    person = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="seats", verbose_name=_("person")
    )
    post = models.CharField(_("post"), max_length=80)
    rank = models.PositiveSmallIntegerField(_("order"), default=50)
    is_acting = models.BooleanField(_("in charge without the title"), default=False)
    is_by_election = models.BooleanField(_("elected in addition"), default=False)
    during = DateRangeField(_("period"))
    decision_number = models.CharField(_("decision number"), max_length=60, blank=True)
    ended_how = models.CharField(_("how it ended"), max_length=12, choices=SeatEnd.choices, blank=True)
    ended_number = models.CharField(_("decision that ended it"), max_length=60, blank=True)
    ended_reason = models.CharField(_("why it ended"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("seat")
        verbose_name_plural = _("seats")
        constraints = [
            ExclusionConstraint(
                name="seat_one_a_person_a_day",
                expressions=[
                    ("body", RangeOperators.EQUAL),
                    ("person", RangeOperators.EQUAL),
                    ("during", RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("This person sits in the body in this period already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.post}"
