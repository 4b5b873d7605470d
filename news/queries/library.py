"""What the public reads of the library of documents."""

from collections.abc import Mapping
from datetime import date

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import Case, F, FloatField, Q, QuerySet, Value, When

from foundation.text import search_terms
from news.enums import DocumentKind
from news.models import Document
from news.rules.numbers import number_key


def public_documents(filters: Mapping[str, str], on: date) -> QuerySet[Document]:
    """Public documents under the filters q, loai, nam, co-quan, linh-vuc; best or newest first."""
    documents = Document.objects.public().select_related("topic").defer("words", "search")
    if filters.get("loai") in DocumentKind.values:
        documents = documents.filter(kind=filters["loai"])
    year = filters.get("nam", "")
    if year.isascii() and year.isdigit() and 1900 <= int(year[:5]) <= 2200:
        documents = documents.filter(issued_on__year=int(year))
    if filters.get("co-quan"):
        documents = documents.filter(issuer=filters["co-quan"])
    if filters.get("linh-vuc"):
        documents = documents.filter(topic__slug=filters["linh-vuc"])
    return searched(documents, filters.get("q", ""))


def searched(documents: QuerySet[Document], query: str) -> QuerySet[Document]:
    """Those that hold every word's beginning in heading or text; the number itself first, then by weight."""
    newest = F("issued_on").desc(nulls_last=True)
    words = words_query(query)
    if words is None:
        return documents.order_by(newest, "-pk")
    key = number_key(query)
    exact = Case(When(number_key=key, then=Value(1.0)), default=Value(0.0), output_field=FloatField())
    found = documents.filter(Q(words=words) | Q(number_key=key) if key else Q(words=words))
    ranked = found.annotate(is_number=exact if key else Value(0.0), rank=SearchRank(F("words"), words))
    return ranked.order_by("-is_number", "-rank", newest, "-pk")


def words_query(query: str) -> SearchQuery | None:
    """The query as PostgreSQL asks it of `Document.words`; None for one without a word."""
    words = [term[2:-1] for term in search_terms(query)]
    if not words:
        return None
    return SearchQuery(" & ".join(f"'{word}':*" for word in words), config="simple", search_type="raw")
