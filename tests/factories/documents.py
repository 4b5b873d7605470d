"""Documents of the library for tests."""

from collections.abc import Sequence
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import docx as docx_library
from django.core.files.base import ContentFile

from foundation.dates import today
from ledger.actor import Actor
from news.actions.document_files import add_file, relate_documents
from news.actions.documents import enter_document, publish_document
from news.actions.examples import propose_example, publish_example, write_example
from news.actions.sendings import Asked, send_document
from news.enums import DocumentKind, ExampleKind, RelationKind
from news.models import Document, DocumentFile, DocumentRelation, Example, Receipt, Sending
from papers.layout import Document as Paper
from papers.layout import Paragraph, lay_out, write_pdf
from papers.rules import measures
from people.actors import system_actor
from people.models import Unit

LIST = """Danh mục văn bản
STT;Số, ký hiệu;Loại văn bản;Trích yếu;Cơ quan ban hành;Ngày ban hành;Lĩnh vực
1;21/NQ-BCH;Nghị quyết;Về công tác xã hội;Ban Chấp hành;05/03/2024;Công tác xã hội
2;22/QĐ-CTĐ;Quyết định;Về thẻ hội viên;Hội Chữ thập đỏ;31/02/2024;
3;21/NQ-BCH;Nghị quyết;Ghi lặp;Ban Chấp hành;05/03/2024;
4;23/KH-CTĐ;;Kế hoạch năm;Hội Chữ thập đỏ;06/03/2024;
""".encode()


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


def pdf(*lines: str, title: str = "") -> bytes:
    """A real PDF of one page with these lines, written by the writer of papers."""
    items = tuple(Paragraph(line) for line in lines)
    return write_pdf(
        lay_out(Paper(kind="Nghị quyết", abstract=title, items=items), measures(date(2026, 3, 16)))
    )


def bare_pdf(*objects: bytes) -> bytes:
    """A PDF put together by hand: catalogue, an empty page, the objects given (from number 4 on)."""
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R /OpenAction 4 0 R >>"
        if objects
        else b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>",
        *objects,
    ]
    out, places = b"%PDF-1.5\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    begin = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(parts) + 1, begin)
    return out


LOCK = b"/ID [<00> <00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >> " % (
    b"11" * 32,
    b"22" * 32,
)


def locked_pdf() -> bytes:
    """A PDF that asks for a password."""
    return bare_pdf().replace(b"/Root", LOCK + b"/Root")


def docx(*lines: str) -> bytes:
    """A Word document of these paragraphs."""
    book = docx_library.Document()
    for line in lines:
        book.add_paragraph(line)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def with_file(document: Document, data: bytes | None = None, name: str = "nghi-quyet.pdf") -> DocumentFile:
    """The document's file, waiting to be read."""
    return add_file(by=system_actor(), document=document, file=ContentFile(data or bare_pdf(), name))


def related(newer: Document, older: Document, **values: Any) -> DocumentRelation:
    """The newer one amends the older one, unless said otherwise."""
    given = {"kind": RelationKind.AMENDS, "from_on": None, **values}
    return relate_documents(by=system_actor(), newer=newer, older=older, **given)


def sent(
    city: Unit,
    units: Sequence[Unit],
    *,
    by: Actor | None = None,
    document: Document | None = None,
    **asked: Any,
) -> Sending:
    """A document sent to units, to be read within a week unless said otherwise."""
    given = {"due_on": today() + timedelta(days=7), **asked}
    document = document or published(city, f"{Document.objects.count() + 40}/NQ-BCH")
    by = by or system_actor()
    return send_document(by=by, document=document, unit=city, units=units, asked=Asked(**given))


def receipt(city: Unit) -> Receipt:
    """A row of the city itself, which no sending makes: an officer of the city can be walked with it."""
    below = Unit.objects.filter(covered_by__ancestor=city).exclude(pk=city.pk)[:1]
    sending = sent(city, list(below), carry_out_on=today() + timedelta(days=9))
    return Receipt.objects.create(sending=sending, unit=city)


STORY = "Mỗi sáng thứ Bảy, chi hội mở tủ thuốc ở đầu hẻm, đo huyết áp và phát thuốc thông thường. " * 5


def example(
    unit: Unit, title: str = "Tủ thuốc đầu hẻm", *, by: Actor | None = None, **values: Any
) -> Example:
    """A complete draft of a way of working."""
    given = {
        "kind": ExampleKind.MODEL,
        "title": title,
        "name": "Chi hội khu phố 4",
        "summary": "Thuốc thông thường có sẵn cho cả hẻm.",
        "story": STORY,
        **values,
    }
    return write_example(by=by or system_actor(), unit=unit, values=given)


def proposed_example(unit: Unit, title: str = "Tủ thuốc đầu hẻm", **values: Any) -> Example:
    return propose_example(by=system_actor(), example=example(unit, title, **values))


def shown_example(unit: Unit, title: str = "Tủ thuốc đầu hẻm", **values: Any) -> Example:
    return publish_example(by=system_actor(), example=proposed_example(unit, title, **values))
