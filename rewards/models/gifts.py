"""The gift store: a catalogue, and every movement; stock is never below zero."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rewards.enums import Fund, MoveKind


class Gift(models.Model):
    """A thing given, of one fund, with its value; `stock` moves only together with a GiftMove."""

    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="+", verbose_name=_("store of"))
    name = models.CharField(_("name"), max_length=120)
    fund = models.CharField(_("fund"), max_length=10, choices=Fund.choices)
    value_vnd = models.PositiveBigIntegerField(_("value of one"))
    given_from = models.DateField(_("given from"))
    given_to = models.DateField(_("given until"), null=True, blank=True)
    stock = models.IntegerField(_("in stock"), default=0, editable=False)

    class Meta:
        verbose_name = _("gift")
        verbose_name_plural = _("gifts")
        constraints = [
            models.CheckConstraint(condition=Q(stock__gte=0), name="gift_stock_never_negative"),
            models.CheckConstraint(
                condition=Q(given_to=None) | Q(given_to__gte=models.F("given_from")),
                name="gift_days_in_order",
            ),
            models.UniqueConstraint(
                fields=["unit", "fund", "name", "given_from"],
                name="gift_once",
                violation_error_message=_("The store has this gift already."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class GiftMove(models.Model):
    """One movement: so many in (+) or out (-), on a day, for what; never changed."""

    gift = models.ForeignKey(Gift, models.PROTECT, related_name="moves", verbose_name=_("gift"))
    kind = models.CharField(_("kind"), max_length=10, choices=MoveKind.choices)
    quantity = models.IntegerField(_("quantity"))
    value_vnd = models.PositiveBigIntegerField(_("value of one on that day"))
    on = models.DateField(_("day"))
    what_for = models.CharField(_("for what"), max_length=200)
    drive = models.ForeignKey(
        "donors.Drive",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=pgettext_lazy("rewards", "drive"),
    )
    donation = models.ForeignKey(
        "donors.Donation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="gift_moves",
        verbose_name=pgettext_lazy("rewards", "donation"),
    )
    key = models.CharField(_("once for"), max_length=120, null=True, blank=True, unique=True)
    at = models.DateTimeField(pgettext_lazy("rewards", "entered"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("movement of gifts")
        verbose_name_plural = _("movements of gifts")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=MoveKind.RECEIPT, quantity__gt=0)
                | Q(kind__in=[MoveKind.HAND_OUT, MoveKind.LOSS], quantity__lt=0)
                | (Q(kind=MoveKind.COUNT) & ~Q(quantity=0)),
                name="gift_move_has_its_sign",
            ),
            models.UniqueConstraint(
                fields=["gift", "donation"],
                condition=Q(donation__isnull=False),
                name="gift_once_a_donation",
            ),
        ]
        indexes = [models.Index(fields=["gift", "on"], name="gift_moves_by_day")]

    def __str__(self) -> str:
        return f"{self.gift_id} {self.quantity:+}"
