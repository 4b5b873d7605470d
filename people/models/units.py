"""Units, their dated place in the tree, and the closure of that tree."""

from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.text import search_text
from people.enums import UnitKind


class UnitQuerySet(models.QuerySet["Unit"]):
    def standing(self, on: date) -> "UnitQuerySet":
        """Units that exist on the day."""
        return self.filter(valid__contains=on)


class Unit(models.Model):
    """A body of the chapter: stable id, code, kind, name, the days it exists."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=UnitKind.choices)
    name = models.CharField(_("name"), max_length=200)
    short_name = models.CharField(_("short name"), max_length=80, blank=True)
    search_name = models.TextField(editable=False)
    official_code = models.CharField(_("official code"), max_length=20, blank=True)
    valid = DateRangeField(_("valid period"))

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        self.search_name = search_text(self.name, self.short_name)


class UnitLink(models.Model):
    """A unit stands under a parent for a period; never overwritten, only ended."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="parent_links", verbose_name=_("unit"))
    parent = models.ForeignKey(Unit, models.PROTECT, related_name="child_links", verbose_name=_("parent"))
    during = DateRangeField(_("period"))

    class Meta:
        verbose_name = _("place in the tree")
        verbose_name_plural = _("places in the tree")
        constraints = [
            ExclusionConstraint(
                name="unitlink_one_parent_a_day",
                expressions=[("unit", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
            ),
            models.CheckConstraint(condition=~models.Q(unit=models.F("parent")), name="unitlink_not_self"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} < {self.parent_id}"


class UnitCover(models.Model):
    """The closure: `unit` lies in the subtree of `ancestor` for a period (itself included).

    Derived from UnitLink by actions.units; never written elsewhere.
    """

    ancestor = models.ForeignKey(Unit, models.CASCADE, related_name="covers", verbose_name=_("ancestor"))
    unit = models.ForeignKey(Unit, models.CASCADE, related_name="covered_by", verbose_name=_("unit"))
    depth = models.PositiveSmallIntegerField(_("depth"))
    during = DateRangeField(_("period"))

    class Meta:
        verbose_name = _("coverage")
        verbose_name_plural = _("coverages")
        constraints = [
            ExclusionConstraint(
                name="unitcover_once_a_day",
                expressions=[
                    ("ancestor", RangeOperators.EQUAL),
                    ("unit", RangeOperators.EQUAL),
                    ("during", RangeOperators.OVERLAPS),
                ],
            )
        ]
        indexes = [models.Index(fields=["ancestor", "unit"], name="unitcover_down")]

    def __str__(self) -> str:
        return f"{self.ancestor_id} > {self.unit_id}"
