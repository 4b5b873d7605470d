"""Royalties: what a piece is paid from a day on, and the sheet of a month once it is closed."""

from datetime import date, timedelta

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from news.enums import Piece
from people.models import Unit


class RoyaltyRate(models.Model):
    """Đồng for one piece of a kind, while the days last; shown as unconfirmed until somebody confirms it."""

    piece = models.CharField(pgettext_lazy("royalties", "kind"), max_length=8, choices=Piece.choices)
    during = DateRangeField(pgettext_lazy("royalties", "in force"))
    amount = models.PositiveIntegerField(_("amount in đồng"), validators=[MinValueValidator(1)])
    # For articles: with fewer words it is a piece of news.
    words_from = models.PositiveIntegerField(_("from how many words on"), default=0)
    citation = models.CharField(_("decision"), max_length=300)
    confirmed = models.BooleanField(pgettext_lazy("royalties", "confirmed"), default=False)

    class Meta:
        verbose_name = _("rate of royalties")
        verbose_name_plural = _("rates of royalties")
        ordering = ("piece", "-during")
        constraints = [
            ExclusionConstraint(
                name="royaltyrate_one_a_day",
                expressions=[("piece", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
            )
        ]

    def __str__(self) -> str:
        return f"{self.piece} {self.amount}"

    @property
    def last(self) -> date | None:
        """The last day in force, None while it is."""
        end: date | None = self.during.upper
        return end - timedelta(days=1) if end else None


class RoyaltySheet(models.Model):
    """A month of a unit, closed: its lines stay as they were computed."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    month = models.DateField(_("month"))  # its first day
    lines = models.JSONField()
    total = models.PositiveBigIntegerField()
    is_confirmed = models.BooleanField(default=False)
    closed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("sheet of royalties")
        verbose_name_plural = _("sheets of royalties")
        constraints = [models.UniqueConstraint(fields=["unit", "month"], name="royaltysheet_once_a_month")]

    def __str__(self) -> str:
        return f"{self.month:%m/%Y} {self.total}"
