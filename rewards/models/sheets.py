"""Sheets for everybody of a round, asked for and made in the background."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rewards.enums import SheetKind, SheetState

OPEN = (SheetState.WAITING, SheetState.MAKING)
ENDED = (SheetState.DONE, SheetState.CANCELLED, SheetState.FAILED)


class SheetJob(models.Model):
    """One PDF that was asked for: of which round, what, how far it is; its file goes after a set time.

    `claimed_at` is the maker's last sign of life and its mark: who finds another's there lets go.
    """

    round = models.ForeignKey(
        "rewards.Round", models.CASCADE, related_name="sheet_jobs", verbose_name=_("round")
    )
    kind = models.CharField(_("what is printed"), max_length=12, choices=SheetKind.choices)
    by_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("asked by")
    )
    state = models.CharField(
        pgettext_lazy("rewards", "state"),
        max_length=10,
        choices=SheetState.choices,
        default=SheetState.WAITING,
    )
    sheets = models.PositiveIntegerField(_("sheets"))
    done = models.PositiveIntegerField(_("sheets done"), default=0)
    tries = models.PositiveSmallIntegerField(_("times begun"), default=0)
    file = models.ForeignKey(
        "ledger.StoredFile", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("file")
    )
    problem = models.CharField(_("why it was not made"), max_length=300, blank=True)
    asked_at = models.DateTimeField(pgettext_lazy("sheets", "asked"), default=timezone.now, editable=False)
    claimed_at = models.DateTimeField(_("last sign of life"), null=True, blank=True)
    ended_at = models.DateTimeField(pgettext_lazy("rewards", "ended"), null=True, blank=True)

    class Meta:
        verbose_name = _("sheets of a round")
        verbose_name_plural = _("sheets of rounds")
        constraints = [
            models.UniqueConstraint(
                fields=["round", "kind"], condition=Q(ended_at=None), name="sheetjob_one_open"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, state__in=[*OPEN]) | Q(ended_at__isnull=False, state__in=[*ENDED]),
                name="sheetjob_ended_or_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round_id} {self.kind}"

    @property
    def is_open(self) -> bool:
        """True while it waits or is being made."""
        return self.ended_at is None

    @property
    def is_here(self) -> bool:
        """True while its file can be fetched."""
        return self.file is not None and bool(self.file.file)
