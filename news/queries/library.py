"""What the public reads of the library of documents."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db import connection
from django.db.models import (
    Case,
    CharField,
    Exists,
    F,
    FloatField,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Greatest, NullIf, StrIndex, Substr

from foundation.text import highlight, search_terms, search_text
from news.enums import DocumentKind, DocumentState, FileState, Force, RelationKind
from news.models import Document, DocumentFile, DocumentRelation, Topic
from news.rules.force import ENDING, Act, Verdict, assess_force
from news.rules.numbers import number_key

IN_FORCE = {"con": (Force.IN_FORCE, Force.AMENDED), "chua": (Force.NOT_YET,), "het": (Force.ENDED,)}
IN_FORCE["chua-ro"] = (Force.UNKNOWN,)
BEFORE, SHOWN = 60, 240  # letters before a place found, and in all
CHAIN = """
    WITH RECURSIVE chain(id, depth) AS (
        SELECT %s::bigint, 0
        UNION
        SELECT CASE WHEN r.newer_id = c.id THEN r.older_id ELSE r.newer_id END, c.depth + 1
          FROM news_documentrelation r JOIN chain c ON c.id IN (r.newer_id, r.older_id)
         WHERE c.depth < 6 AND r.kind = ANY(%s)
    ) SELECT DISTINCT id FROM chain LIMIT 60"""


@dataclass(frozen=True, slots=True)
class Link:
    """One thing a document does, or has done to it: the other document, from which day, which part."""

    kind: str
    label: str
    other: Document
    from_on: date | None
    part: str


@dataclass(frozen=True, slots=True)
class Choices:
    """What the filters offer: only what some public document has."""

    years: Sequence[int]
    issuers: Sequence[str]
    topics: Sequence[Topic]
    kinds: Sequence[tuple[str, str]]


def public_documents(filters: Mapping[str, str], on: date) -> QuerySet[Document]:
    """Public documents under the filters q, loai, nam, co-quan, linh-vuc; best or newest first."""
    documents: QuerySet[Document] = Document.objects.public().select_related("topic")
    documents = documents.defer("words", "search")
    if filters.get("loai") in DocumentKind.values:
        documents = documents.filter(kind=filters["loai"])
    year = filters.get("nam", "")
    if year.isascii() and year.isdigit() and 1900 <= int(year[:5]) <= 2200:
        documents = documents.filter(issued_on__year=int(year))
    if filters.get("co-quan"):
        documents = documents.filter(issuer=filters["co-quan"])
    if filters.get("linh-vuc"):
        documents = documents.filter(topic__slug=filters["linh-vuc"])
    if filters.get("hieu-luc") in IN_FORCE:
        documents = with_force(documents, on).filter(Q(force__in=IN_FORCE[filters["hieu-luc"]]))
    return searched(documents, filters.get("q", ""))


def with_force(documents: QuerySet[Document], on: date) -> QuerySet[Document]:
    """`force` as rules.force.assess_force tells it, in SQL."""
    acts = DocumentRelation.objects.filter(
        older=OuterRef("pk"), newer__state=DocumentState.PUBLISHED
    ).annotate(day=Coalesce("from_on", "newer__effective_from"))
    acting = acts.filter(day__lte=on)
    return documents.annotate(
        force=Case(
            When(effective_to__lt=on, then=Value(Force.ENDED)),
            When(Exists(acting.filter(kind__in=ENDING, note="")), then=Value(Force.ENDED)),
            When(effective_from__gt=on, then=Value(Force.NOT_YET)),
            When(effective_from=None, then=Value(Force.UNKNOWN)),
            When(Exists(acting.filter(kind__in=[*ENDING, RelationKind.AMENDS])), then=Value(Force.AMENDED)),
            default=Value(Force.IN_FORCE),
            output_field=CharField(),
        )
    )


def verdicts(documents: Iterable[Document], on: date) -> dict[int, Verdict]:
    """Where each document stands on the day, by its key. 1 query."""
    documents = list(documents)
    acts: dict[int, list[Act]] = {}
    rows = DocumentRelation.objects.filter(older__in=documents, newer__state=DocumentState.PUBLISHED)
    for row in rows.select_related("newer").order_by("newer__issued_on", "pk"):
        day = row.from_on or row.newer.effective_from
        acts.setdefault(row.older_id, []).append(Act(row.kind, row.newer.name, day, row.note))
    return {
        one.pk: assess_force(one.effective_from, one.effective_to, acts.get(one.pk, []), on=on)
        for one in documents
    }


def choices() -> Choices:
    """What the filters of the public list offer. 3 queries."""
    public = Document.objects.public().order_by()
    found = public.values_list("issued_on__year", "issuer", "kind").distinct()
    rows = list(found)
    labels = dict(DocumentKind.choices)
    return Choices(
        sorted({year for year, _issuer, _kind in rows if year}, reverse=True),
        sorted({issuer for _year, issuer, _kind in rows}),
        list(Topic.objects.filter(pk__in=public.values("topic"))),
        [(code, str(labels[code])) for code in DocumentKind.values if code in {row[2] for row in rows}],
    )


def links(document: Document, *, all_states: bool = False) -> tuple[list[Link], list[Link]]:
    """What the document does to others, and others to it; to the public only public ones. 2 queries."""
    shown = Q() if all_states else Q(other_state=DocumentState.PUBLISHED)
    does = DocumentRelation.objects.filter(newer=document).annotate(other_state=F("older__state"))
    done = DocumentRelation.objects.filter(older=document).annotate(other_state=F("newer__state"))
    labels = dict(RelationKind.choices)
    return (
        [
            Link(row.kind, str(labels[row.kind]), row.older, row.from_on or document.effective_from, row.note)
            for row in does.filter(shown).select_related("older").order_by("kind", "older__issued_on")
        ],
        [
            Link(
                row.kind, str(labels[row.kind]), row.newer, row.from_on or row.newer.effective_from, row.note
            )
            for row in done.filter(shown).select_related("newer").order_by("kind", "newer__issued_on")
        ],
    )


def chain(document: Document) -> list[Document]:
    """All public documents tied to this one by replacing, amending, repealing; oldest first. 2 queries."""
    with connection.cursor() as cursor:
        kinds = [str(kind) for kind in (*ENDING, RelationKind.AMENDS)]
        cursor.execute(CHAIN, [document.pk, kinds])
        found = [pk for (pk,) in cursor.fetchall()]
    rows = Document.objects.public().filter(pk__in=found).defer("words", "search")
    return list(rows.order_by(F("issued_on").asc(nulls_first=True), "pk"))


def places(documents: Sequence[Document], query: str) -> dict[int, list[tuple[str, bool]]]:
    """Where in the files' text of each document the query stands: a piece of text, marked. 1 query."""
    words = search_text(query).split()
    if not words or not documents:
        return {}
    phrase, longest = " " + " ".join(words), " " + max(words, key=len)
    place = Coalesce(
        NullIf(StrIndex("folded", Value(phrase)), 0), NullIf(StrIndex("folded", Value(longest)), 0)
    )
    rows = (
        DocumentFile.objects.filter(document__in=documents, state=FileState.READ)
        .annotate(place=place)
        .exclude(place=None)
        .annotate(piece=Substr("text", Greatest(F("place") - BEFORE, Value(1)), SHOWN))
        .order_by("-order")
        .values_list("document_id", "place", "piece")
    )
    return {pk: highlight(_whole_words(piece, at), query) for pk, at, piece in rows}


def _whole_words(piece: str, at: int) -> str:
    """The piece without the word it was cut in."""
    if at > BEFORE + 1:
        piece = "… " + piece.partition(" ")[2]
    return piece.rpartition(" ")[0] + " …" if len(piece) >= SHOWN - 20 else piece


def searched(documents: QuerySet[Document], query: str) -> QuerySet[Document]:
    """Those that hold every word's beginning in heading or text.

    The number itself first; then those whose kind, number and title begin with the very words, those that
    hold them in this order, and the others by weight: a long text that says them often comes after.
    """
    newest = F("issued_on").desc(nulls_last=True)
    words = words_query(query)
    if words is None:
        return documents.order_by(newest, "-pk")
    key = number_key(query)
    exact = Case(When(number_key=key, then=Value(1.0)), default=Value(0.0), output_field=FloatField())
    found = documents.filter(Q(words=words) | Q(number_key=key) if key else Q(words=words))
    phrase = search_text(query)
    together = Case(
        When(search__startswith=phrase, then=Value(2)),
        When(search__contains=phrase, then=Value(1)),
        default=Value(0),
        output_field=IntegerField(),
    )
    ranked = found.annotate(
        is_number=exact if key else Value(0.0), together=together, rank=SearchRank(F("words"), words)
    )
    return ranked.order_by("-is_number", "-together", "-rank", newest, "-pk")


def words_query(query: str) -> SearchQuery | None:
    """The query as PostgreSQL asks it of `Document.words`; None for one without a word."""
    text = lexemes(query)
    return SearchQuery(text, config="simple", search_type="raw") if text else None


def lexemes(query: str) -> str:
    """The words of a query as a raw tsquery, each by its beginning; "" without a word."""
    return " & ".join(f"'{term[2:-1]}':*" for term in search_terms(query))
