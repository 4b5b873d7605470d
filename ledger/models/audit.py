"""What was done, by whom, why: entries nobody can change, values that can be erased."""

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ledger.enums import Via


class AuditEntry(models.Model):
    """One act on one thing. The database refuses to update or delete it.

    Actor, office and unit are stored codes, not foreign keys: an entry outlives
    them and rests below them.
    """

    at = models.DateTimeField(_("when"), default=timezone.now, editable=False)
    user_id = models.BigIntegerField(_("account"), null=True, editable=False)
    office = models.CharField(_("office"), max_length=40, blank=True, editable=False)
    unit = models.CharField(_("unit"), max_length=40, blank=True, editable=False)
    via = models.CharField(_("through"), max_length=10, choices=Via.choices, editable=False)
    address = models.GenericIPAddressField(_("from address"), null=True, editable=False)
    run_id = models.BigIntegerField(_("job run"), null=True, editable=False)
    act = models.CharField(_("act"), max_length=60, editable=False)
    subject_type = models.CharField(_("kind of record"), max_length=60, editable=False)
    subject_id = models.CharField(_("record"), max_length=40, editable=False)
    reason = models.TextField(_("reason"), blank=True, editable=False)
    digest = models.CharField(_("digest of the values"), max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")
        indexes = [
            models.Index(fields=["subject_type", "subject_id", "-at"], name="audit_by_subject"),
            models.Index(fields=["user_id", "-at"], name="audit_by_user"),
            models.Index(fields=["-at"], name="audit_latest"),
            BrinIndex(fields=["at"], name="audit_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.act} {self.subject_type}:{self.subject_id}"


class AuditValue(models.Model):
    """Before and after of one entry; may be erased, the entry keeps the keyed digest."""

    entry = models.OneToOneField(
        AuditEntry, models.CASCADE, related_name="value", primary_key=True, verbose_name=_("entry")
    )
    before = models.JSONField(_("before"), null=True)
    after = models.JSONField(_("after"), null=True)

    class Meta:
        verbose_name = _("audit value")
        verbose_name_plural = _("audit values")

    def __str__(self) -> str:
        return str(self.entry_id)
