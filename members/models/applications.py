"""An application from the first step to the ceremony, and the batch it is decided in."""

import secrets
import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.text import search_text
from members.enums import AdmissionState, ApplicationState, Channel, Kind
from people.enums import Sex

# Without letters and digits that are taken for each other on paper.
LETTERS = "ACDEFHJKLMNPQRTUVWXY34679"


def new_code() -> str:
    """What an applicant follows the application by: 12 letters, about 55 bits."""
    return "".join(secrets.choice(LETTERS) for _n in range(12))


class Admission(models.Model):
    """A meeting's batch: agreed applications, the decision on them, the ceremony."""

    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="admissions", verbose_name=_("unit"))
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    met_on = models.DateField(_("day of the meeting"))
    minutes = models.CharField(_("minutes"), max_length=300)
    state = models.CharField(
        _("state"), max_length=8, choices=AdmissionState.choices, default=AdmissionState.OPEN
    )
    paper = models.OneToOneField(
        "papers.Paper",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="admission",
        verbose_name=_("decision"),
    )
    decided_on = models.DateField(_("decided"), null=True, blank=True)
    ceremony_on = models.DateField(_("day of the ceremony"), null=True, blank=True)
    ceremony_place = models.CharField(_("place of the ceremony"), max_length=200, blank=True)
    created_at = models.DateTimeField(_("entered"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("admission")
        verbose_name_plural = _("admissions")

    def __str__(self) -> str:
        return f"{self.unit_id} {self.met_on}"


class Application(models.Model):
    """Somebody asks to join a unit. Of the person no more than the application needs."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(_("code"), max_length=12, unique=True, default=new_code, editable=False)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.MEMBER)
    channel = models.CharField(
        pgettext_lazy("members", "through"), max_length=6, choices=Channel.choices, default=Channel.WEB
    )
    state = models.CharField(
        _("state"), max_length=10, choices=ApplicationState.choices, default=ApplicationState.DRAFT
    )
    unit = models.ForeignKey(
        "people.Unit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="applications",
        verbose_name=_("branch or unit"),
    )
    full_name = models.CharField(_("full name"), max_length=120, blank=True)
    search_name = models.TextField(editable=False)
    sex = models.CharField(_("sex"), max_length=10, choices=Sex.choices, blank=True)
    birth_date = models.DateField(_("date of birth"), null=True, blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    address = models.CharField(pgettext_lazy("members", "address as given"), max_length=300, blank=True)
    words = models.TextField(_("why"), max_length=1000, blank=True)
    guardian_name = models.CharField(_("guardian"), max_length=120, blank=True)
    guardian_phone = models.CharField(_("guardian's phone"), max_length=40, blank=True)
    guardian_agreed_at = models.DateTimeField(_("guardian agreed"), null=True, blank=True)
    consents = models.JSONField(_("consents"), default=dict, blank=True)
    person = models.ForeignKey(
        "people.Person",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="applications",
        verbose_name=_("person"),
    )
    opinion = models.BooleanField(_("the branch agrees"), null=True, blank=True)
    opinion_words = models.CharField(_("the branch's words"), max_length=300, blank=True)
    answer = models.CharField(_("what the applicant is told"), max_length=500, blank=True)
    approval = models.OneToOneField(
        "people.Approval",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="application",
        verbose_name=pgettext_lazy("members", "approval"),
    )
    admission = models.ForeignKey(
        Admission,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="applications",
        verbose_name=_("admission"),
    )
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True)
    created_at = models.DateTimeField(_("begun"), default=timezone.now, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        indexes = [models.Index(fields=["unit", "state", "submitted_at"], name="application_by_unit")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state=ApplicationState.DRAFT)
                | models.Q(unit__isnull=False, submitted_at__isnull=False),
                name="application_submitted_to_a_unit",
            )
        ]

    def __str__(self) -> str:
        return self.full_name or self.code

    def clean(self) -> None:
        self.full_name = " ".join(self.full_name.split())
        self.search_name = search_text(self.full_name)


class ApplicationStep(models.Model):
    """One step of an application's history."""

    application = models.ForeignKey(
        Application, models.CASCADE, related_name="steps", verbose_name=_("application")
    )
    at = models.DateTimeField(pgettext_lazy("members", "when"), default=timezone.now)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("account"),
    )
    office = models.CharField(_("office"), max_length=40, blank=True)
    step = models.CharField(_("step"), max_length=20)
    words = models.CharField(pgettext_lazy("members", "words"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("step of an application")
        verbose_name_plural = _("steps of applications")
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.application_id} {self.step}"
