"""Phones and identity numbers."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from people.enums import IdKind, PhoneKind


class Phone(models.Model):
    """One phone of a person: as given, and in the one form it is looked up by."""

    person = models.ForeignKey(
        "people.Person", models.CASCADE, related_name="phones", verbose_name=_("person"), db_index=False
    )
    number = models.CharField(_("number"), max_length=16)
    as_given = models.CharField(_("as given"), max_length=40)
    kind = models.CharField(_("kind"), max_length=10, choices=PhoneKind.choices)

    class Meta:
        verbose_name = _("phone")
        verbose_name_plural = _("phones")
        constraints = [models.UniqueConstraint("person", "number", name="phone_once_a_person")]
        indexes = [  # serves a whole number and its beginning
            models.Index(fields=["number"], opclasses=["varchar_pattern_ops"], name="phone_by_number")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind}"


class IdentityNumber(models.Model):
    """An identity number: sealed, found by keyed hashes only, never stored in the open.

    `digest` is over the whole number, `tail_digest` over its last four digits.
    """

    person = models.ForeignKey(
        "people.Person",
        models.CASCADE,
        related_name="identity_numbers",
        verbose_name=_("person"),
        db_index=False,  # the constraint's index begins with it
    )
    kind = models.CharField(_("kind"), max_length=10, choices=IdKind.choices)
    sealed = models.BinaryField(editable=False)
    key_version = models.PositiveSmallIntegerField(editable=False)
    digest = models.CharField(max_length=64, editable=False)
    tail_digest = models.CharField(max_length=64, editable=False)

    class Meta:
        verbose_name = _("identity number")
        verbose_name_plural = _("identity numbers")
        constraints = [
            models.UniqueConstraint("person", "kind", name="identitynumber_one_of_a_kind"),
        ]
        indexes = [
            models.Index(fields=["digest"], name="identitynumber_whole"),
            models.Index(fields=["tail_digest"], name="identitynumber_tail"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind}"
