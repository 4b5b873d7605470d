"""Who belongs where, since when, until when: the rows that `visible_to` reads."""

from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.utils.translation import gettext_lazy as _

from people.enums import BelongingKind


class BelongingQuerySet(models.QuerySet["Belonging"]):
    def on(self, day: date) -> "BelongingQuerySet":
        """Rows that hold on the day."""
        return self.filter(during__contains=day)


class Belonging(models.Model):
    """A person belongs to a unit in one way for a period; written by the action that gives the role.

    `cause` names what made the row ("act:12", "import:3"), so that it can be undone.
    """

    person = models.ForeignKey(
        "people.Person", models.CASCADE, related_name="belongings", verbose_name=_("person")
    )
    unit = models.ForeignKey(
        "people.Unit", models.PROTECT, related_name="belongings", verbose_name=_("unit"), db_index=False
    )
    kind = models.CharField(_("kind"), max_length=20, choices=BelongingKind.choices)
    during = DateRangeField(_("period"))
    cause = models.CharField(_("cause"), max_length=60, blank=True)

    objects = BelongingQuerySet.as_manager()

    class Meta:
        verbose_name = _("belonging")
        verbose_name_plural = _("belongings")
        constraints = [
            ExclusionConstraint(
                name="belonging_once_a_day",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    ("unit", RangeOperators.EQUAL),
                    ("kind", RangeOperators.EQUAL),
                    ("during", RangeOperators.OVERLAPS),
                ],
            )
        ]
        # Covers "who belongs to these units on that day" without touching the table.
        indexes = [
            models.Index(fields=["unit", "kind", "person"], include=["during"], name="belonging_place")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind} {self.unit_id}"
