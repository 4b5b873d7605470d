"""Documents of the library: entered, changed, published, withdrawn."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.contrib.postgres.search import SearchVector
from django.db import transaction
from django.db.models import Value
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.locks import lock
from foundation.refusal import Reason, Refused
from foundation.text import house_spelling, search_text, slug
from ledger.actor import Actor
from ledger.audit import record, record_many, snapshot
from news.enums import DocumentState, FileState
from news.models import Document, DocumentFile
from news.page_cache import forget_pages
from people.models import Unit
from people.permissions import acting

RIGHT = "document.manage"
FIELDS = (
    "kind",
    "number",
    "title",
    "summary",
    "issuer",
    "signer",
    "issued_on",
    "effective_from",
    "effective_to",
    "topic",
    "is_confirmed",
)
RESERVED = {"so", "rss"}  # addresses that are no document's
INDEXED = 400_000  # letters of a document's text that its search knows


@transaction.atomic
def enter_document(*, by: Actor, unit: Unit, values: Mapping[str, Any]) -> Document:
    """A new draft in the unit's library; returns it. `values` as in FIELDS."""
    by = acting(by, RIGHT, unit.pk)
    document = Document(unit=unit, since_at=timezone.now())
    _fill(document, values)
    _save(document)
    record(by=by, act="news.enter_document", subject=document, after=snapshot(document, FIELDS))
    return document


@transaction.atomic
def enter_documents(*, by: Actor, unit: Unit, many: Sequence[Mapping[str, Any]]) -> list[Document]:
    """New drafts in the unit's library, whatever their number by the same few statements; returns them.

    The caller has seen to it that no number stands twice; the constraint holds for the rest.
    """
    by = acting(by, RIGHT, unit.pk)
    lock("news.document_address")
    taken = RESERVED | set(Document.objects.values_list("slug", flat=True))
    documents = []
    for values in many:
        document = Document(unit=unit, since_at=timezone.now())
        _set(document, values)
        document.clean()
        document.slug = _free(document, taken)
        taken.add(document.slug)
        document.clean_fields(exclude=["unit", "topic", "words"])
        document.words = _vector(document, "")
        documents.append(document)
    Document.objects.bulk_create(documents, batch_size=500)
    rows = ((one.pk, None, snapshot(one, FIELDS)) for one in documents)
    record_many(by=by, act="news.enter_document", model=Document, rows=rows)
    return documents


@transaction.atomic
def change_document(*, by: Actor, document: Document, version: int, values: Mapping[str, Any]) -> Document:
    """The document with new values, one version on; refuses if `version` is not the last."""
    document = Document.objects.select_for_update(of=("self",)).get(pk=document.pk)
    by = acting(by, RIGHT, document.unit_id)
    if document.version != version:
        raise Refused(
            _("Somebody else changed this document meanwhile. Load the page again, then change it.")
        )
    before = snapshot(document, FIELDS)
    _fill(document, values)
    after = snapshot(document, FIELDS)
    if after == before:
        return document
    document.version += 1
    _save(document)
    record(by=by, act="news.change_document", subject=document, before=before, after=after)
    if document.state == DocumentState.PUBLISHED:
        forget_pages()
    return document


@transaction.atomic
def publish_document(*, by: Actor, document: Document) -> Document:
    """The document stands in the public library; returns it."""
    document = Document.objects.select_for_update(of=("self",)).get(pk=document.pk)
    by = acting(by, RIGHT, document.unit_id)
    if document.state == DocumentState.PUBLISHED:
        raise Refused(_("The document is in the library already."))
    _set_state(by, document, DocumentState.PUBLISHED, "news.publish_document", "")
    return document


@transaction.atomic
def withdraw_document(*, by: Actor, document: Document, reason: str) -> Document:
    """The document leaves the public library, with a reason; returns it."""
    document = Document.objects.select_for_update(of=("self",)).get(pk=document.pk)
    by = acting(by, RIGHT, document.unit_id)
    if document.state != DocumentState.PUBLISHED:
        raise Refused(_("Only a document that is in the library can be withdrawn."))
    if not reason.strip():
        raise Refused(Reason(_("Say why."), field="reason"))
    _set_state(by, document, DocumentState.WITHDRAWN, "news.withdraw_document", reason.strip())
    return document


def index_words(document: Document) -> None:
    """Write what the search knows of the document: heading, summary and issuer, the files' text."""
    texts = DocumentFile.objects.filter(document=document, state=FileState.READ)
    body = " ".join(texts.values_list("folded", flat=True))[:INDEXED]
    Document.objects.filter(pk=document.pk).update(words=_vector(document, body))


def _vector(document: Document, body: str) -> Any:
    parts = (
        ("A", search_text(document.heading)),
        ("B", search_text(document.summary, document.issuer, document.signer)),
        ("D", search_text(body)),
    )
    head, about, text = (SearchVector(Value(told), config="simple", weight=weight) for weight, told in parts)
    return head + about + text


def _set_state(by: Actor, document: Document, state: DocumentState, act: str, reason: str) -> None:
    before = snapshot(document, ("state",))
    document.state, document.since_at, document.reason = state, timezone.now(), reason
    if state == DocumentState.PUBLISHED and document.published_at is None:
        document.published_at = document.since_at
    document.full_clean(exclude=["slug"])
    document.save(update_fields=["state", "since_at", "reason", "published_at", "changed_at"])
    record(by=by, act=act, subject=document, before=before, after={"state": state}, reason=reason)
    forget_pages()


def _fill(document: Document, values: Mapping[str, Any]) -> None:
    _set(document, values)
    if not document.slug:
        lock("news.document_address")
        base = _base(document)
        near = Document.objects.filter(slug__startswith=base).values_list("slug", flat=True)
        document.slug = _free(document, RESERVED | set(near))


def _set(document: Document, values: Mapping[str, Any]) -> None:
    for name in FIELDS:
        if name in values:
            setattr(document, name, values[name])
    document.title = house_spelling(" ".join(document.title.split()))
    document.issuer = " ".join(document.issuer.split())


def _save(document: Document) -> None:
    document.clean()
    same = Document.objects.filter(number_key=document.number_key, issuer=document.issuer)
    if document.number_key and same.exclude(pk=document.pk).exclude(state=DocumentState.WITHDRAWN).exists():
        raise Refused(
            Reason(_("The library already holds a document of this number and issuer."), field="number")
        )
    document.full_clean()
    document.save()
    index_words(document)


def _base(document: Document) -> str:
    return slug(document.heading, 100) or "van-ban"


def _free(document: Document, taken: Collection[str]) -> str:
    """Kind, number and title in the address; numbered where another document has it."""
    base = _base(document)
    address, number = base, 2
    while address in taken:
        address, number = f"{base}-{number}", number + 1
    return address
