"""The library: documents with their files, topics, and what a document does to an older one."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.text import search_text
from ledger.models import StoredFile
from news.enums import DocumentKind, DocumentState, FileState, RelationKind
from news.rules.files import PDF
from news.rules.numbers import number_key
from papers.models import Paper
from people.models import Unit


class Topic(models.Model):
    """What documents are about, with a page of its own."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    order = models.PositiveSmallIntegerField(_("order"), default=100)

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ("order", "name")

    def __str__(self) -> str:
        return self.name


class DocumentQuerySet(models.QuerySet["Document"]):
    def public(self) -> "DocumentQuerySet":
        """What anybody may read."""
        return self.filter(state=DocumentState.PUBLISHED)


class Document(models.Model):
    """A document in a unit's library. Days and signer stay empty where they are not known.

    `number_key` is the number as citations are compared; `search` holds number, title, issuer, topic,
    `words` these and the text of the files, weighed. `is_confirmed` False is shown as such.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="documents", verbose_name=_("unit"))
    kind = models.CharField(pgettext_lazy("document", "kind"), max_length=20, choices=DocumentKind.choices)
    number = models.CharField(_("number and sign"), max_length=60, blank=True)
    number_key = models.CharField(max_length=60, blank=True, editable=False)
    title = models.CharField(_("what it is about"), max_length=500)
    summary = models.TextField(_("summary"), max_length=2000, blank=True)
    issuer = models.CharField(pgettext_lazy("document", "issued by"), max_length=200)
    signer = models.CharField(_("signed by"), max_length=120, blank=True)
    issued_on = models.DateField(_("day of issue"), null=True, blank=True)
    effective_from = models.DateField(pgettext_lazy("document", "in force from"), null=True, blank=True)
    effective_to = models.DateField(_("in force up to"), null=True, blank=True)
    topic = models.ForeignKey(
        Topic, models.PROTECT, null=True, blank=True, related_name="documents", verbose_name=_("topic")
    )
    is_confirmed = models.BooleanField(_("checked against the original"), default=True)
    slug = models.SlugField(_("address"), max_length=220, unique=True)
    paper = models.OneToOneField(
        Paper, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("paper")
    )
    state = models.CharField(
        _("state"), max_length=10, choices=DocumentState.choices, default=DocumentState.DRAFT, editable=False
    )
    since_at = models.DateTimeField(_("in this state since"), editable=False)
    published_at = models.DateTimeField(_("first published"), null=True, blank=True, editable=False)
    reason = models.TextField(_("reason"), blank=True, max_length=500, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    search = models.TextField(editable=False)
    words = SearchVectorField(null=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        constraints = [
            models.CheckConstraint(
                condition=Q(effective_to=None)
                | Q(effective_from=None)
                | Q(effective_to__gte=F("effective_from")),
                name="document_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=~Q(state=DocumentState.PUBLISHED) | Q(published_at__isnull=False),
                name="document_published_has_time",
            ),
            models.CheckConstraint(
                condition=~Q(state=DocumentState.WITHDRAWN) | ~Q(reason=""), name="document_said_why"
            ),
            models.UniqueConstraint(
                fields=["number_key", "issuer"],
                condition=~Q(number_key="") & ~Q(state=DocumentState.WITHDRAWN),
                name="document_once",
                violation_error_message=_("The library already holds a document of this number and issuer."),
            ),
        ]
        indexes = [
            models.Index(
                F("issued_on").desc(nulls_last=True),
                F("id").desc(),
                name="document_newest",
                condition=Q(state=DocumentState.PUBLISHED),
            ),
            models.Index(fields=["number_key"], name="document_by_number", opclasses=["text_pattern_ops"]),
            models.Index(fields=["unit", "state"], name="document_of_unit"),
            GinIndex(fields=["search"], name="document_search", opclasses=["gin_trgm_ops"]),
            GinIndex(fields=["words"], name="document_words"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/van-ban/{self.slug}/"

    @property
    def name(self) -> str:
        """ "Nghị quyết 98/2023/QH15"; without a number kind and title."""
        return f"{self.get_kind_display()} {self.number or self.title}"

    def clean(self) -> None:
        self.number = " ".join(self.number.split())
        self.number_key = number_key(self.number)
        self.search = search_text(self.heading, self.summary, self.issuer, self.signer)

    @property
    def heading(self) -> str:
        """Kind, number and title in Vietnamese: what weighs most in a search."""
        with translation.override("vi"):
            return f"{self.get_kind_display()} {self.number} {self.title}"


SHOWN = (FileState.READ, FileState.NO_TEXT)


class DocumentFileQuerySet(models.QuerySet["DocumentFile"]):
    def shown(self) -> "DocumentFileQuerySet":
        """Files anybody may open once their document is public: looked at and found harmless."""
        return self.filter(state__in=SHOWN)


class DocumentFile(models.Model):
    """A file of a document and the text in it; its row is its place in the queue of what is to be read.

    `folded` is `text` without accents, letter for letter: a place in one is the place in the other.
    """

    document = models.ForeignKey(Document, models.CASCADE, related_name="files", verbose_name=_("document"))
    stored = models.OneToOneField(StoredFile, models.PROTECT, related_name="+", verbose_name=_("file"))
    title = models.CharField(_("what the file is"), max_length=200, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    state = models.CharField(
        _("state"), max_length=10, choices=FileState.choices, default=FileState.WAITING, editable=False
    )
    claimed_at = models.DateTimeField(null=True, blank=True, editable=False)
    attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    pages = models.PositiveIntegerField(null=True, blank=True, editable=False)
    problem = models.CharField(max_length=40, blank=True, editable=False)
    is_cut = models.BooleanField(default=False, editable=False)
    text = models.TextField(blank=True, editable=False)
    folded = models.TextField(blank=True, editable=False)

    objects = DocumentFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("file of a document")
        verbose_name_plural = _("files of documents")
        ordering = ("order", "pk")
        indexes = [
            models.Index(fields=["id"], name="documentfile_waiting", condition=Q(state=FileState.WAITING)),
        ]

    def __str__(self) -> str:
        return f"{self.document_id} {self.order}"

    @property
    def is_shown(self) -> bool:
        """True if it came through: what `shown()` asks of rows."""
        return self.state in SHOWN

    @property
    def is_pdf(self) -> bool:
        """True for a PDF, False for a Word file; reads `stored`."""
        return self.stored.content_type == PDF


class DocumentRelation(models.Model):
    """The newer document does something to an older one, from a day on (without one: its first day)."""

    newer = models.ForeignKey(
        Document, models.CASCADE, related_name="does_to", verbose_name=_("newer document")
    )
    older = models.ForeignKey(
        Document, models.PROTECT, related_name="done_by", verbose_name=_("older document")
    )
    kind = models.CharField(_("what it does"), max_length=10, choices=RelationKind.choices)
    from_on = models.DateField(_("from"), null=True, blank=True)
    note = models.CharField(_("which part"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("relation of documents")
        verbose_name_plural = _("relations of documents")
        constraints = [
            models.UniqueConstraint(fields=["newer", "older", "kind"], name="documentrelation_once"),
            models.CheckConstraint(condition=~Q(newer=F("older")), name="documentrelation_not_self"),
        ]

    def __str__(self) -> str:
        return f"{self.newer_id} {self.kind} {self.older_id}"
