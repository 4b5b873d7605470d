"""What stands at the head of a unit's papers, and the series it numbers them in."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

GENERAL = "general"


class Letterhead(models.Model):
    """A unit's own settings; without a row its name and the unit above stand at the head."""

    unit = models.OneToOneField(
        "people.Unit", models.PROTECT, related_name="letterhead", verbose_name=_("unit")
    )
    superior = models.CharField(_("superior body"), max_length=200, blank=True)
    issuer = models.CharField(_("issuing body"), max_length=200)
    place = models.CharField(_("place"), max_length=80)
    address = models.CharField(_("address at the foot"), max_length=200, blank=True)
    sizes = models.JSONField(_("sizes"), default=dict, blank=True)

    class Meta:
        verbose_name = _("head of papers")
        verbose_name_plural = _("heads of papers")

    def __str__(self) -> str:
        return self.issuer


class Series(models.Model):
    """A series of numbers of a unit: the general one, or a council's own, with the body's sign."""

    unit = models.ForeignKey(
        "people.Unit", models.PROTECT, related_name="paper_series", verbose_name=_("unit")
    )
    code = models.SlugField(_("code"), max_length=20, default=GENERAL)
    name = models.CharField(_("name"), max_length=120)
    sign = models.CharField(_("sign"), max_length=20)
    body = models.ForeignKey(
        "people.Body",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=pgettext_lazy("papers", "body"),
    )

    class Meta:
        verbose_name = _("series of numbers")
        verbose_name_plural = _("series of numbers")
        constraints = [models.UniqueConstraint("unit", "code", name="series_once_a_unit")]

    def __str__(self) -> str:
        return self.name
