"""Offices held on a unit for a period."""

from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.enums import OfficeCode


class OfficeGrantQuerySet(models.QuerySet["OfficeGrant"]):
    def in_force(self, on: date) -> "OfficeGrantQuerySet":
        """Grants that hold on the day."""
        return self.filter(during__contains=on)


class OfficeGrant(models.Model):
    """A person holds an office on a unit, and on everything below it, for a period."""

    person = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="offices", verbose_name=_("person")
    )
    office = models.CharField(_("office"), max_length=40, choices=OfficeCode.choices)
    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="offices", verbose_name=_("unit"))
    during = DateRangeField(_("period"))
    reason = models.CharField(_("ground"), max_length=300)
    granted_at = models.DateTimeField(_("granted"), default=timezone.now, editable=False)

    objects = OfficeGrantQuerySet.as_manager()

    class Meta:
        verbose_name = _("office held")
        verbose_name_plural = _("offices held")
        constraints = [
            ExclusionConstraint(
                name="officegrant_once_a_day",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    ("office", RangeOperators.EQUAL),
                    ("unit", RangeOperators.EQUAL),
                    ("during", RangeOperators.OVERLAPS),
                ],
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.office} {self.unit_id}"
