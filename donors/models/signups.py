"""A person's place at a drive, or on its waiting list."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from donors.enums import SignUpState


class SignUpQuerySet(models.QuerySet["SignUp"]):
    def standing(self) -> "SignUpQuerySet":
        """Seated or waiting."""
        return self.exclude(state=SignUpState.CANCELLED)


class SignUp(models.Model):
    """One standing row a person and drive; who waits is served in the order of `waiting_since`."""

    drive = models.ForeignKey(
        "donors.Drive", models.PROTECT, related_name="sign_ups", verbose_name=_("drive")
    )
    slot = models.ForeignKey("donors.Slot", models.PROTECT, related_name="sign_ups", verbose_name=_("slot"))
    person = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="drive_sign_ups", verbose_name=_("person")
    )
    state = models.CharField(_("state"), max_length=10, choices=SignUpState.choices)
    signed_at = models.DateTimeField(_("signed up"), default=timezone.now)
    waiting_since = models.DateTimeField(_("waiting since"), null=True, blank=True)

    objects = SignUpQuerySet.as_manager()

    class Meta:
        verbose_name = _("sign-up")
        verbose_name_plural = _("sign-ups")
        ordering = ("slot__starts_at", "signed_at", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["drive", "person"],
                condition=~Q(state=SignUpState.CANCELLED),
                name="signup_once_a_drive",
            ),
            models.CheckConstraint(
                condition=Q(state=SignUpState.WAITING, waiting_since__isnull=False)
                | (~Q(state=SignUpState.WAITING) & Q(waiting_since=None)),
                name="signup_waits_since",
            ),
        ]
        indexes = [models.Index(fields=["slot", "state", "waiting_since"], name="signup_queue")]

    def __str__(self) -> str:
        return f"{self.drive_id} {self.person_id}"
