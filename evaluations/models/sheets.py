"""Pay sheets: a first one for a quarter, supplementary ones that name it; a closed one never changes."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from evaluations.enums import SheetState


class Sheet(models.Model):
    """The additional income of those final in a cycle; `digest` is the SHA-256 of what was closed."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    cycle = models.ForeignKey(
        "evaluations.Cycle", models.PROTECT, related_name="sheets", verbose_name=_("cycle")
    )
    number = models.PositiveSmallIntegerField(pgettext_lazy("evaluations", "number"))
    first = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="supplements",
        verbose_name=_("supplements"),
    )
    state = models.CharField(
        pgettext_lazy("evaluations", "state"),
        max_length=8,
        choices=SheetState.choices,
        default=SheetState.DRAFT,
    )
    made_on = models.DateField(pgettext_lazy("evaluations", "made"))
    closed_on = models.DateField(pgettext_lazy("evaluations", "closed"), null=True, blank=True)
    missing = models.JSONField(_("missing"), default=list, blank=True)
    digest = models.CharField(_("digest"), max_length=64, blank=True)

    class Meta:
        verbose_name = _("pay sheet")
        verbose_name_plural = _("pay sheets")
        ordering = ("cycle", "number")
        constraints = [models.UniqueConstraint(fields=["cycle", "number"], name="sheet_number_once")]

    def __str__(self) -> str:
        return f"{self.cycle} – {self.number}"


class SheetLine(models.Model):
    """One person's sum with its inputs as used; `amount` may be negative on a supplementary sheet."""

    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="lines", verbose_name=_("pay sheet"))
    rating = models.ForeignKey(
        "evaluations.Rating", models.PROTECT, related_name="pay_lines", verbose_name=_("rating")
    )
    level = models.CharField(_("level"), max_length=10)
    inputs = models.JSONField(_("inputs"))
    entitled = models.BigIntegerField(_("sum of the quarter (đồng)"))
    amount = models.BigIntegerField(_("to pay (đồng)"))

    class Meta:
        verbose_name = _("line of a pay sheet")
        verbose_name_plural = _("lines of a pay sheet")
        constraints = [models.UniqueConstraint(fields=["sheet", "rating"], name="sheetline_once")]

    def __str__(self) -> str:
        return f"{self.sheet_id} {self.rating_id}"
