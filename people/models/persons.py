"""A person: one human being, member or not, with a login or not."""

import unicodedata
import uuid

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models.functions import ExtractYear
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.text import given_name, person_sort_key, search_text
from people.enums import PersonState, Sex


class Person(models.Model):
    """Who: one full name as on the identity card, and what follows from it.

    Contacts, identity numbers, belongings and consents are rows of their own.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    full_name = models.CharField(_("full name"), max_length=120)
    given_name = models.CharField(_("given name"), max_length=60, editable=False)
    sort_key = models.CharField(max_length=500, editable=False, db_collation="C")
    search_name = models.TextField(editable=False)
    sex = models.CharField(_("sex"), max_length=10, choices=Sex.choices, blank=True)
    birth_date = models.DateField(_("date of birth"), null=True, blank=True)
    birth_year = models.PositiveSmallIntegerField(_("year of birth"), null=True, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    address = models.CharField(_("address as given"), max_length=300, blank=True)
    address_unit = models.ForeignKey(
        "people.Unit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("commune"),
        db_index=False,
    )
    note = models.CharField(_("note"), max_length=300, blank=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="person",
        verbose_name=_("account"),
    )
    state = models.CharField(
        _("state"), max_length=10, choices=PersonState.choices, default=PersonState.STANDING
    )
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="absorbed",
        verbose_name=_("merged into"),
        db_index=False,
    )
    created_at = models.DateTimeField(_("entered"), default=timezone.now, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        indexes = [
            models.Index(fields=["sort_key", "id"], name="person_by_name"),
            GinIndex(OpClass("search_name", name="gin_trgm_ops"), name="person_search"),
            models.Index(fields=["birth_date"], name="person_by_birth"),
            # Of most people neither is known: their rows are in no index.
            models.Index(
                fields=["address_unit"],
                condition=models.Q(address_unit__isnull=False),
                name="person_address_unit",
            ),
            models.Index(
                fields=["merged_into"], condition=models.Q(merged_into__isnull=False), name="person_merged"
            ),
            # A small unit's people are read by key, name and order from here, not from the table.
            models.Index(
                fields=["id"],
                include=["search_name", "sort_key"],
                condition=models.Q(state=PersonState.STANDING),
                name="person_standing",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(birth_date=None) | models.Q(birth_year=ExtractYear("birth_date")),
                name="person_birth_year_fits",
            ),
            models.CheckConstraint(
                condition=models.Q(state=PersonState.MERGED, merged_into__isnull=False)
                | (~models.Q(state=PersonState.MERGED) & models.Q(merged_into=None)),
                name="person_merged_somewhere",
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    def clean(self) -> None:
        self.full_name = unicodedata.normalize("NFC", " ".join(self.full_name.split()))
        self.given_name = given_name(self.full_name)
        self.sort_key = person_sort_key(self.full_name)
        self.search_name = search_text(self.full_name)
        if self.birth_date is not None:
            self.birth_year = self.birth_date.year
