"""A person: for now a name behind a login; its whole life is built on this row."""

import uuid

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.text import given_name, person_sort_key, proper_name, search_text


class Person(models.Model):
    """One human being, member or not, with a login or not."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    full_name = models.CharField(_("full name"), max_length=120)
    given_name = models.CharField(_("given name"), max_length=60, editable=False)
    sort_key = models.CharField(max_length=500, editable=False, db_collation="C")
    search_name = models.TextField(editable=False)
    home_unit = models.ForeignKey(
        "people.Unit", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("unit")
    )
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="person",
        verbose_name=_("account"),
    )
    created_at = models.DateTimeField(_("entered"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        indexes = [
            models.Index(fields=["sort_key", "id"], name="person_by_name"),
            GinIndex(OpClass("search_name", name="gin_trgm_ops"), name="person_search"),
        ]

    def __str__(self) -> str:
        return self.full_name

    def clean(self) -> None:
        self.full_name = proper_name(self.full_name) if self.full_name.isupper() else self.full_name.strip()
        self.given_name = given_name(self.full_name)
        self.sort_key = person_sort_key(self.full_name)
        self.search_name = search_text(self.full_name)
