"""Documents of the library for tests."""

from datetime import date
from typing import Any

from ledger.actor import Actor
from news.actions.documents import enter_document, publish_document
from news.enums import DocumentKind
from news.models import Document
from people.actors import system_actor
from people.models import Unit


def document(unit: Unit, number: str = "07/NQ-BCH", *, by: Actor | None = None, **values: Any) -> Document:
    """A draft of a resolution."""
    given = {
        "kind": DocumentKind.RESOLUTION,
        "number": number,
        "title": "Về công tác hiến máu tình nguyện",
        "issuer": "Ban Chấp hành Hội Chữ thập đỏ Thành phố (mẫu)",
        "issued_on": date(2026, 3, 16),
        "effective_from": date(2026, 3, 16),
        **values,
    }
    return enter_document(by=by or system_actor(), unit=unit, values=given)


def published(unit: Unit, number: str = "07/NQ-BCH", **values: Any) -> Document:
    """A document in the public library."""
    return publish_document(by=system_actor(), document=document(unit, number, **values))
