"""Who came to a drive: entries of devices that may have been without network, each with an id of its own."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from donors.enums import CheckInState, Conflict


class CheckInDevice(models.Model):
    """A device that may check in at one drive, by a key of its own; of the key only the digest is kept."""

    drive = models.ForeignKey("donors.Drive", models.CASCADE, related_name="devices", verbose_name=_("drive"))
    name = models.CharField(_("name of the device"), max_length=60)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("opened by"),
        null=True,
        blank=True,
    )
    opened_at = models.DateTimeField(_("opened"), default=timezone.now, editable=False)
    list_until = models.DateTimeField(_("holds the list until"))
    seen_at = models.DateTimeField(_("last heard of"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)

    class Meta:
        verbose_name = _("check-in device")
        verbose_name_plural = _("check-in devices")
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.name


class CheckInQuerySet(models.QuerySet["CheckIn"]):
    def counted(self) -> "CheckInQuerySet":
        return self.filter(state=CheckInState.COUNTED)

    def open_conflicts(self) -> "CheckInQuerySet":
        """What an officer has still to decide."""
        return self.filter(state=CheckInState.CONFLICT)


class CheckIn(models.Model):
    """One entry, by the id its device gave it; sent twice it is one row.

    Of somebody who had not signed up: name, year of birth and three digits, until the drive is reconciled.
    """

    drive = models.ForeignKey(
        "donors.Drive", models.CASCADE, related_name="check_ins", verbose_name=_("drive")
    )
    device = models.ForeignKey(
        CheckInDevice, models.PROTECT, related_name="check_ins", verbose_name=_("check-in device")
    )
    key = models.UUIDField(unique=True, editable=False)
    sign_up = models.ForeignKey(
        "donors.SignUp",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="check_ins",
        verbose_name=_("sign-up"),
    )
    full_name = models.CharField(_("full name"), max_length=120, blank=True)
    birth_year = models.PositiveSmallIntegerField(_("year of birth"), null=True, blank=True)
    phone_tail = models.CharField(_("last 3 digits of the phone"), max_length=3, blank=True)
    came_at = models.DateTimeField(_("came at"))
    received_at = models.DateTimeField(_("received from the device"), default=timezone.now, editable=False)
    state = models.CharField(_("state"), max_length=10, choices=CheckInState.choices)
    conflict = models.CharField(_("conflict"), max_length=12, choices=Conflict.choices, blank=True)

    objects = CheckInQuerySet.as_manager()

    class Meta:
        verbose_name = _("check-in")
        verbose_name_plural = _("check-ins")
        ordering = ("came_at", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["sign_up"], condition=Q(state=CheckInState.COUNTED), name="checkin_counted_once"
            )
        ]
        indexes = [models.Index(fields=["drive", "state"], name="checkin_by_drive")]

    def __str__(self) -> str:
        return str(self.key)
