"""Files that come in and go out: imports, exports, doubles, merges."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from people.enums import ImportState, PairState, RowVerdict


class ImportBatch(models.Model):
    """One uploaded list: read, tried dry, written all or nothing; source and ground of consent.

    `claim` is the worker's token, `claimed_at` its last sign of life; rows go after a set time.
    """

    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="imports", verbose_name=_("unit"))
    by_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("uploaded by")
    )
    file = models.ForeignKey("ledger.StoredFile", models.PROTECT, related_name="+", verbose_name=_("file"))
    result = models.ForeignKey(
        "ledger.StoredFile",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("result"),
    )
    sheet = models.CharField(_("sheet"), max_length=100, blank=True)
    header_row = models.PositiveIntegerField(_("header row"), default=1)
    header_height = models.PositiveSmallIntegerField(default=1)
    headers = models.JSONField(_("headers"), default=list)
    columns = models.JSONField(_("columns"), default=dict)
    source = models.CharField(_("source"), max_length=200)
    ground = models.CharField(_("ground of consent"), max_length=300)
    consents = models.JSONField(_("consents given"), default=dict, blank=True)
    fixes_names = models.BooleanField(_("with proper capitals"), default=True)
    takes_elsewhere = models.BooleanField(_("with those perhaps entered elsewhere"), default=True)
    notices = models.JSONField(_("what was odd in the file"), default=list, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=ImportState.choices, default=ImportState.READ)
    counts = models.JSONField(_("counts"), default=dict)
    rows_total = models.PositiveIntegerField(_("rows"), default=0)
    rows_done = models.PositiveIntegerField(_("rows done"), default=0)
    claim = models.UUIDField(null=True, editable=False)
    claimed_at = models.DateTimeField(pgettext_lazy("people", "claimed"), null=True, blank=True)
    created_at = models.DateTimeField(_("uploaded"), default=timezone.now, editable=False)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    problem = models.CharField(_("problem"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        indexes = [models.Index(fields=["unit", "-created_at"], name="importbatch_by_unit")]

    def __str__(self) -> str:
        return f"{self.pk} {self.state}"


class ImportRow(models.Model):
    """One row of a list: what was read, the verdict in words, the person it became."""

    batch = models.ForeignKey(
        ImportBatch, models.CASCADE, related_name="rows", verbose_name=_("import"), db_index=False
    )
    number = models.PositiveIntegerField(_("row in the file"))
    verdict = models.CharField(_("verdict"), max_length=10, choices=RowVerdict.choices)
    sealed_values = models.BinaryField(editable=False)
    reasons = models.JSONField(_("reasons"), default=list)
    person = models.ForeignKey(
        "people.Person",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("person"),
        db_index=False,
    )

    class Meta:
        verbose_name = _("row of an import")
        verbose_name_plural = _("rows of imports")
        constraints = [models.UniqueConstraint("batch", "number", name="importrow_once")]
        indexes = [
            models.Index(fields=["person"], condition=models.Q(person__isnull=False), name="importrow_person")
        ]

    def __str__(self) -> str:
        return f"{self.batch_id}:{self.number}"


class Export(models.Model):
    """A list that left the portal: who, when, what, why; its file is deleted after a set time.

    Due while `finished_at` is empty; `claimed_at` is the maker's last sign of life.
    """

    by_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("made by")
    )
    office = models.CharField(_("office"), max_length=40, blank=True)
    unit_code = models.CharField(_("unit"), max_length=40, blank=True)
    what = models.CharField(_("what"), max_length=40)
    filters = models.JSONField(_("filters"), default=dict)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    with_protected = models.BooleanField(_("with protected columns"), default=False)
    rows = models.PositiveIntegerField(_("rows"), default=0)
    rows_done = models.PositiveIntegerField(_("rows done"), default=0)
    file = models.ForeignKey(
        "ledger.StoredFile", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("file")
    )
    created_at = models.DateTimeField(pgettext_lazy("people", "made"), default=timezone.now, editable=False)
    claimed_at = models.DateTimeField(pgettext_lazy("people", "claimed"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    problem = models.CharField(_("problem"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("export")
        verbose_name_plural = _("exports")

    def __str__(self) -> str:
        return f"{self.what} {self.created_at:%Y-%m-%d}"


class Pair(models.Model):
    """Two records that may be one person: a score with its reasons."""

    one = models.ForeignKey("people.Person", models.CASCADE, related_name="+", verbose_name=_("one"))
    other = models.ForeignKey("people.Person", models.CASCADE, related_name="+", verbose_name=_("other"))
    score = models.PositiveSmallIntegerField(_("score"))
    reasons = models.JSONField(_("reasons"), default=list)
    state = models.CharField(_("state"), max_length=10, choices=PairState.choices, default=PairState.OPEN)
    found_at = models.DateTimeField(_("found"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("possible double")
        verbose_name_plural = _("possible doubles")
        constraints = [
            models.UniqueConstraint("one", "other", name="pair_once"),
            models.CheckConstraint(condition=models.Q(one__lt=models.F("other")), name="pair_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.one_id} ~ {self.other_id}"


class Merge(models.Model):
    """One person absorbed another: every row moved, so that it can be undone."""

    kept = models.ForeignKey("people.Person", models.PROTECT, related_name="+", verbose_name=_("kept"))
    absorbed = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="+", verbose_name=_("absorbed")
    )
    at = models.DateTimeField(_("when"), default=timezone.now, editable=False)
    moved = models.JSONField(_("rows moved"), default=list)
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)

    class Meta:
        verbose_name = _("merge")
        verbose_name_plural = _("merges")

    def __str__(self) -> str:
        return f"{self.absorbed_id} > {self.kept_id}"
