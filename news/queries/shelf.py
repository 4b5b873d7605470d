"""What officers see of the library, and what waits in it."""

from collections.abc import Mapping
from datetime import timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from ledger.actor import Actor
from news.enums import DocumentKind, DocumentState, FileState
from news.models import Document, DocumentFile, Topic
from news.queries.library import searched
from news.rules.numbers import number_key
from papers.enums import PaperState
from papers.models import Paper
from people.models import Unit
from people.rules import offices_that_may

MANAGE, SEE = "document.manage", "document.see"
STALE = timedelta(minutes=10)


def visible_documents(by: Actor) -> QuerySet[Document]:
    """Documents of the units the actor's offices cover with the right to keep or to see the library."""
    documents = Document.objects.select_related("unit", "topic").defer("words", "search")
    if by.is_system:
        return documents
    return documents.filter(unit__in=_covered(by, MANAGE) | _covered(by, SEE))


def units_to_keep_for(by: Actor) -> QuerySet[Unit]:
    """Standing units in whose library the actor may write, by name."""
    units = Unit.objects.standing(by.on).order_by("name")
    return units if by.is_system else units.filter(pk__in=_covered(by, MANAGE))


def shelf(by: Actor, filters: Mapping[str, str]) -> QuerySet[Document]:
    """The officers' register by filters q, trang-thai, loai, linh-vuc, thieu; the newest first."""
    documents = visible_documents(by)
    if filters.get("trang-thai") in DocumentState.values:
        documents = documents.filter(state=filters["trang-thai"])
    if filters.get("loai") in DocumentKind.values:
        documents = documents.filter(kind=filters["loai"])
    if filters.get("linh-vuc"):
        documents = documents.filter(topic__slug=filters["linh-vuc"])
    missing = filters.get("thieu")
    if missing == "tep":
        documents = documents.filter(files=None)
    elif missing == "chu":
        documents = documents.filter(Exists(_files(FileState.NO_TEXT)))
    elif missing == "hong":
        documents = documents.filter(Exists(_files(FileState.REFUSED) | _files(FileState.FAILED)))
    elif missing == "doi-chieu":
        documents = documents.filter(is_confirmed=False)
    if filters.get("q"):
        return searched(documents, filters["q"])
    return documents.order_by("-changed_at", "-pk")


def shelf_counts(by: Actor) -> dict[str, int]:
    """How many visible documents are drafts, in the library, without a file. 1 query."""
    return visible_documents(by).aggregate(
        public=Count("pk", filter=Q(state=DocumentState.PUBLISHED), distinct=True),
        drafts=Count("pk", filter=Q(state=DocumentState.DRAFT), distinct=True),
    )


def document_by_number(by: Actor, text: str) -> list[Document]:
    """Documents of this number that the actor or everybody sees; an issuer after the number narrows it."""
    number, _space, issuer = text.strip().partition(" ")
    found = Document.objects.filter(number_key=number_key(number)).exclude(number_key="")
    shown = Q(state=DocumentState.PUBLISHED) | Q(pk__in=visible_documents(by).values("pk"))
    found = found.filter(shown).exclude(state=DocumentState.WITHDRAWN)
    if issuer.strip():
        found = found.filter(issuer__icontains=issuer.strip())
    return list(found.order_by("pk")[:5])


def waiting_files() -> list[int]:
    """Keys of files to be read, oldest first."""
    stale = timezone.now() - STALE
    free = Q(claimed_at=None) | Q(claimed_at__lt=stale)
    return list(
        DocumentFile.objects.filter(free, state=FileState.WAITING).order_by("pk").values_list("pk", flat=True)
    )


def papers_to_take_in(by: Actor) -> QuerySet[Paper]:
    """Issued papers of the units whose library the actor keeps, not yet in it; the last issued first."""
    papers = Paper.objects.filter(state=PaperState.ISSUED).exclude(
        pk__in=Document.objects.exclude(paper=None).values("paper")
    )
    papers = papers.select_related("unit", "series").defer("content", "form").order_by("-issued_on", "-pk")
    return papers if by.is_system else papers.filter(unit__in=_covered(by, MANAGE))


def topics() -> list[Topic]:
    """Every topic in its order."""
    return list(Topic.objects.all())


def _files(state: FileState) -> QuerySet[DocumentFile]:
    return DocumentFile.objects.filter(document=OuterRef("pk"), state=state)


def _covered(by: Actor, right: str) -> frozenset[int]:
    return by.unit_ids(offices_that_may(right, by.on))
