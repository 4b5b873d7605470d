"""A drive: one day on which a unit invites donors to one place, in slots of so many seats."""

from datetime import date

from django.db import models
from django.db.models import Count, F, Q, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from donors.enums import DriveState


class DriveQuerySet(models.QuerySet["Drive"]):
    def announced(self, on: date) -> "DriveQuerySet":
        """What the public is invited to: open or under way, on the day or later, the nearest first."""
        states = [DriveState.OPEN, DriveState.RUNNING]
        return self.filter(state__in=states, on__gte=on).order_by("on", "starts_at", "pk")

    def with_seats(self) -> "DriveQuerySet":
        """Each drive with `seats` and `taken`, summed over its slots."""
        own = Slot.objects.filter(drive=models.OuterRef("pk")).order_by().values("drive")
        return self.annotate(
            seats=Coalesce(models.Subquery(own.annotate(n=Sum("seats")).values("n")), 0),
            taken=Coalesce(models.Subquery(own.annotate(n=Sum("taken")).values("n")), 0),
        )


class Drive(models.Model):
    """Run by a unit; the blood is taken in by a named collecting facility."""

    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="drives", verbose_name=_("unit"))
    name = models.CharField(_("name"), max_length=160)
    facility = models.CharField(_("collecting facility"), max_length=160)
    place = models.CharField(pgettext_lazy("donors", "place"), max_length=200)
    on = models.DateField(_("day"))
    starts_at = models.TimeField(_("from (hour)"), null=True, blank=True)
    ends_at = models.TimeField(_("to (hour)"), null=True, blank=True)
    target = models.PositiveIntegerField(_("target (turns)"), default=0)
    contact = models.CharField(_("contact"), max_length=160, blank=True)
    came = models.PositiveIntegerField(_("came"), null=True, blank=True)
    passed = models.PositiveIntegerField(_("passed the examination"), null=True, blank=True)
    cancelled_why = models.CharField(_("why it does not take place"), max_length=300, blank=True)
    minutes = models.CharField(_("minutes with the facility, no."), max_length=120, blank=True)
    reconciled_on = models.DateField(_("reconciled on"), null=True, blank=True)
    # Counts of the reconciliation, kept after the facility's list itself is gone.
    reconciled = models.JSONField(_("what was reconciled"), default=dict, blank=True)
    copied_from = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("copied from")
    )
    state = models.CharField(
        _("state"), max_length=10, choices=DriveState.choices, default=DriveState.PLANNED
    )
    created_at = models.DateTimeField(_("entered"), default=timezone.now, editable=False)

    objects = DriveQuerySet.as_manager()

    class Meta:
        verbose_name = _("drive")
        verbose_name_plural = _("drives")
        indexes = [models.Index(fields=["on", "unit"], name="drive_by_day")]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_at=None) | Q(ends_at=None) | Q(ends_at__gt=F("starts_at")),
                name="drive_ends_later",
            ),
            models.CheckConstraint(
                condition=Q(passed=None) | Q(came=None) | Q(passed__lte=F("came")),
                name="drive_passed_came",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SlotQuerySet(models.QuerySet["Slot"]):
    def with_waiting(self) -> "SlotQuerySet":
        """Each slot with `waiting`: how many wait for a seat."""
        return self.annotate(waiting=Count("sign_ups", filter=Q(sign_ups__state="waiting")))


class Slot(models.Model):
    """An hour of a drive with its seats; `taken` moves only under the row's lock."""

    drive = models.ForeignKey(Drive, models.CASCADE, related_name="slots", verbose_name=_("drive"))
    starts_at = models.TimeField(_("from (hour)"))
    seats = models.PositiveSmallIntegerField(pgettext_lazy("donors", "seats"))
    taken = models.PositiveSmallIntegerField(_("taken"), default=0)

    objects = SlotQuerySet.as_manager()

    class Meta:
        verbose_name = _("slot")
        verbose_name_plural = _("slots")
        ordering = ("starts_at",)
        constraints = [
            models.UniqueConstraint(fields=["drive", "starts_at"], name="slot_once"),
            models.CheckConstraint(condition=Q(taken__lte=F("seats")), name="slot_not_oversold"),
        ]

    def __str__(self) -> str:
        return f"{self.starts_at:%H:%M}"

    @property
    def left(self) -> int:
        """Seats nobody has taken yet."""
        return self.seats - self.taken
