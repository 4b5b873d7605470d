"""What /xac-nhan/ reads: one row for everything whose truth a reader may check."""

import secrets

from django.db import models
from django.utils.translation import gettext_lazy as _

from papers.enums import ProofState

CODE_BYTES = 16


def new_code() -> str:
    """128 random bits, 22 letters fit for an address."""
    return secrets.token_urlsafe(CODE_BYTES)


class Proof(models.Model):
    """A card, certificate or paper: kind, whose (masked), since when, valid or ended. No more than that.

    Made and changed in the transaction that issues or ends what it proves. `replaced_by` leads to that of the
    same person's other record where two records were joined; one that was made anew leads nowhere.
    """

    code = models.CharField(_("code"), max_length=22, unique=True, default=new_code, editable=False)
    kind = models.CharField(_("kind"), max_length=120)
    holder = models.CharField(_("masked name"), max_length=120, blank=True)
    day = models.DateField(_("day"))
    state = models.CharField(_("state"), max_length=6, choices=ProofState.choices, default=ProofState.VALID)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    replaced_by = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="replaces",
        verbose_name=_("replaced by"),
    )
    paper = models.OneToOneField(
        "papers.Paper",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="proof",
        verbose_name=_("paper"),
    )

    class Meta:
        verbose_name = _("proof")
        verbose_name_plural = _("proofs")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state=ProofState.VALID, ended_on=None)
                | models.Q(state=ProofState.ENDED, ended_on__isnull=False),
                name="proof_ended_on_a_day",
            ),
            models.CheckConstraint(
                condition=models.Q(replaced_by=None) | models.Q(state=ProofState.ENDED),
                name="proof_replaced_holds_no_longer",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"
