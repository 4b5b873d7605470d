"""Messages to donors that are due once: reminders, thanks, call-ups."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from donors.enums import CallState, NoticeKind


class CallUp(models.Model):
    """One call to give blood: whom it may reach is counted, never listed; its brake is the cap."""

    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="+", verbose_name=_("unit"))
    drive = models.ForeignKey(
        "donors.Drive",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="call_ups",
        verbose_name=_("drive"),
    )
    area = models.ForeignKey("people.Unit", models.PROTECT, related_name="+", verbose_name=_("area"))
    groups = models.JSONField(_("blood groups"), default=list)
    on = models.DateField(_("may give on"))
    cap = models.PositiveIntegerField(_("at most (people)"))
    words = models.CharField(pgettext_lazy("donors", "words"), max_length=500)
    state = models.CharField(_("state"), max_length=10, choices=CallState.choices, default=CallState.DRAFT)
    found = models.PositiveIntegerField(_("could be called"), default=0)
    sent = models.PositiveIntegerField(_("called"), default=0)
    stopped_why = models.CharField(_("why it stopped"), max_length=200, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("made by"),
    )
    made_at = models.DateTimeField(_("call-up made"), default=timezone.now, editable=False)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    class Meta:
        verbose_name = _("call-up")
        verbose_name_plural = _("call-ups")
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.pk}"


class Notice(models.Model):
    """That a person was told something, once: the row is why it is not told again."""

    person = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="donor_notices", verbose_name=_("person")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=NoticeKind.choices)
    about = models.CharField(_("about"), max_length=40)
    call_up = models.ForeignKey(
        CallUp, models.PROTECT, null=True, blank=True, related_name="notices", verbose_name=_("call-up")
    )
    at = models.DateTimeField(_("when"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("notice to a donor")
        verbose_name_plural = _("notices to donors")
        constraints = [
            models.UniqueConstraint(fields=["person", "kind", "about"], name="donornotice_once"),
        ]
        indexes = [models.Index(fields=["kind", "at"], name="donornotice_by_kind")]

    def __str__(self) -> str:
        return f"{self.kind} {self.about} {self.person_id}"
