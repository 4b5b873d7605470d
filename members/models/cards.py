"""The card in a member's hand."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from members.enums import CardState


class CardSeries(models.Model):
    """The last number a base unit gave in a year: cards are numbered without a gap, one unit at a time."""

    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="+", verbose_name=_("unit"))
    year = models.PositiveSmallIntegerField(_("year"))
    last = models.PositiveIntegerField(_("last number"), default=0)

    class Meta:
        verbose_name = _("series of cards")
        verbose_name_plural = _("series of cards")
        constraints = [models.UniqueConstraint("unit", "year", name="cardseries_once_a_year")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.year}"


class Card(models.Model):
    """A numbered card; its truth is read at /xac-nhan/ from its Proof, as it is now."""

    membership = models.ForeignKey(
        "members.Membership", models.PROTECT, related_name="cards", verbose_name=_("membership")
    )
    number = models.CharField(_("number"), max_length=30, unique=True)
    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="+", verbose_name=_("issued by"))
    issued_on = models.DateField(_("issued"))
    state = models.CharField(_("state"), max_length=8, choices=CardState.choices, default=CardState.MADE)
    handed_on = models.DateField(_("handed over"), null=True, blank=True)
    proof = models.OneToOneField("papers.Proof", models.PROTECT, related_name="card", verbose_name=_("proof"))
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by", verbose_name=_("replaces")
    )

    class Meta:
        verbose_name = _("card")
        verbose_name_plural = _("cards")
        constraints = [
            models.UniqueConstraint(
                "membership",
                condition=models.Q(state__in=[CardState.MADE, CardState.HANDED]),
                name="card_one_in_use",
            )
        ]

    def __str__(self) -> str:
        return self.number
