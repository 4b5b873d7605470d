"""What the law gives a person: consents, who has seen, requests (Law 91/2025/QH15)."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.enums import RequestKind, RequestState


class Consent(models.Model):
    """One consent to one purpose, in the words of one version; withdrawn, never deleted (Art. 9, 10)."""

    person = models.ForeignKey(
        "people.Person", models.CASCADE, related_name="consents", verbose_name=_("person")
    )
    purpose = models.CharField(_("purpose"), max_length=40)
    text_version = models.DateField(_("version of the text"))
    given_at = models.DateTimeField(_("given"), default=timezone.now)
    channel = models.CharField(_("how"), max_length=20)
    source = models.CharField(_("source"), max_length=200, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        constraints = [
            models.UniqueConstraint(
                "person",
                "purpose",
                condition=models.Q(withdrawn_at=None),
                name="consent_one_open_a_purpose",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.purpose}"


class Sighting(models.Model):
    """Somebody opened a person's record, or protected data of it; shown to the person."""

    person = models.ForeignKey(
        "people.Person", models.CASCADE, related_name="sightings", verbose_name=_("person")
    )
    user_id = models.BigIntegerField(_("account"), null=True)
    office = models.CharField(_("office"), max_length=40, blank=True)
    unit = models.CharField(_("unit"), max_length=40, blank=True)
    what = models.CharField(_("what"), max_length=40)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        verbose_name = _("sighting")
        verbose_name_plural = _("sightings")
        indexes = [models.Index(fields=["person", "-at"], name="sighting_latest")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.what}"


class DataRequest(models.Model):
    """A person's request about their data, with the legal clock."""

    person = models.ForeignKey(
        "people.Person", models.CASCADE, related_name="data_requests", verbose_name=_("person")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=RequestKind.choices)
    words = models.TextField(_("what is asked"), blank=True)
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    answer_by = models.DateField(_("answer by"))
    done_by = models.DateField(_("done by"))
    state = models.CharField(
        _("state"), max_length=10, choices=RequestState.choices, default=RequestState.OPEN
    )
    answer = models.TextField(_("answer"), blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)

    class Meta:
        verbose_name = _("data request")
        verbose_name_plural = _("data requests")
        indexes = [models.Index(fields=["state", "answer_by"], name="datarequest_due")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind}"
