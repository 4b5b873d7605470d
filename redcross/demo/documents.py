"""The demo's library: documents of the chapter, the law its rules cite, a resolution made known, examples."""

from datetime import date, datetime, time, timedelta
from io import BytesIO

from django.core.files.base import ContentFile
from PIL import Image

from foundation.dates import ZONE
from ledger.actor import Actor
from ledger.enums import Via
from ledger.models import User
from news import actions
from news.actions.document_files import add_file, relate_documents
from news.actions.documents import enter_document, publish_document
from news.actions.examples import propose_example, publish_example, return_example, write_example
from news.actions.sendings import (
    Asked,
    acknowledge,
    ask_reminders,
    recall_sending,
    send_document,
    tell_done,
)
from news.enums import DocumentKind, ExampleKind, Ground, RelationKind
from news.models import Document, Example, Picture, Receipt, Sending, SendingEvent, Topic
from papers.layout import Article, Flow, Paragraph, Signature, lay_out, write_docx, write_pdf, write_png
from papers.layout import Document as Words
from papers.rules import measures
from people.actions import add_person, grant_office
from people.actors import actor_for, system_actor
from people.enums import OfficeCode, UnitKind
from people.models import Unit
from redcross.demo.document_texts import CHAPTER, EXAMPLES, LAW, SCANNED, TEXTS, ExampleText
from redcross.demo.posts import FOLDER
from redcross.demo.units import FOUNDED_ON

BOARD = "Ban Chấp hành Hội Chữ thập đỏ Thành phố (mẫu)"
READING_UNITS = {UnitKind.WARD, UnitKind.COMMUNE, UnitKind.SPECIAL_ZONE}
SENT_DAYS, DUE_DAYS = 12, 5  # sent so long ago; the last day was so long ago
LATE = 9  # of the units acknowledged, as many after the last day
MISSING = 23
OFFICERS = range(2, 12)  # wards whose officer acknowledges by name


def load_documents(units: dict[str, Unit], users: dict[str, User], on: date) -> int:
    """Enter and publish them as of `on`; returns how many rows of the library were written."""
    clerk = actor_for(users["van-thu"], Via.COMMAND)
    topics = {topic.slug: topic for topic in Topic.objects.all()}
    city = units["TP"]
    made: dict[str, Document] = {}
    for kind, number, issuer, topic in LAW:
        values = {
            "kind": kind,
            "number": number,
            "issuer": issuer,
            "topic": topics[topic],
            "title": "Được viện dẫn trong quy tắc của cổng; trích yếu, ngày và tệp chưa nhập",
            "is_confirmed": False,
        }
        made[number] = publish_document(by=clerk, document=enter_document(by=clerk, unit=city, values=values))
    for text in CHAPTER:
        day = on - timedelta(days=text.days_ago)
        values = {
            "kind": text.kind,
            "number": text.number,
            "title": text.title,
            "summary": text.summary,
            "issuer": BOARD if text.kind == DocumentKind.RESOLUTION else city.name,
            "signer": "Đỗ Thị Trưởng (mẫu)",
            "issued_on": None if text.is_draft else day,
            "effective_from": None if text.is_draft else day + timedelta(days=text.waits),
            "topic": topics[text.topic],
        }
        document = enter_document(by=clerk, unit=city, values=values)
        made[text.number] = document
        lines = TEXTS.get(text.number)
        if lines:
            words = written(document, lines)
            is_word = text.kind == DocumentKind.GUIDANCE
            if text.number in SCANNED:
                data = scan_of(words)
            else:
                data = write_docx(words) if is_word else write_pdf(words)
            name = f"{document.slug[:60]}.{'docx' if is_word else 'pdf'}"
            add_file(by=clerk, document=document, file=ContentFile(data, name))
        if not text.is_draft:
            publish_document(by=clerk, document=document)
    relations = (
        ("31/NQ-BCH", "12/NQ-BCH", RelationKind.REPLACES, ""),
        ("18/HD-CTĐ", "31/NQ-BCH", RelationKind.GUIDES, ""),
        ("44/QĐ-CTĐ", "15/QC-CTĐ", RelationKind.AMENDS, "Điều 6"),
        ("52/QC-CTĐ", "09/QC-CTĐ", RelationKind.REPLACES, ""),
        ("09/QC-CTĐ", "03/QC-CTĐ", RelationKind.REPLACES, ""),
        ("48/2023/NĐ-CP", "90/2020/NĐ-CP", RelationKind.AMENDS, ""),
    )
    for newer, older, does, part in relations:
        relate_documents(by=clerk, newer=made[newer], older=made[older], kind=does, from_on=None, note=part)
    rows = make_known(clerk, city, units, made, on)
    return len(made) + rows + load_examples(units, users, on)


def written(document: Document, lines: tuple[str, ...]) -> Flow:
    """The document's own words laid out as its file."""
    day = document.issued_on or FOUNDED_ON
    words = Words(
        kind=document.get_kind_display(),
        issuer=("Hội Chữ thập đỏ", "Thành phố (mẫu)"),
        superior=("Hội Chữ thập đỏ Việt Nam",),
        number_text=document.number,
        place="Thành phố Mẫu",
        day=day,
        abstract=document.title,
        items=tuple(Article(line) if number else Paragraph(line) for number, line in enumerate(lines)),
        signatures=(Signature(("TM. BAN THƯỜNG VỤ", "CHỦ TỊCH"), document.signer),),
    )
    return lay_out(words, measures(day))


def scan_of(words: Flow) -> bytes:
    """A PDF of pictures of the pages, as a scanner makes one: no words inside."""
    first, *others = (Image.open(BytesIO(page)).convert("L") for page in write_png(words))
    out = BytesIO()
    first.save(out, "PDF", save_all=True, append_images=others, resolution=100)
    return out.getvalue()


def make_known(clerk: Actor, city: Unit, units: dict[str, Unit], made: dict[str, Document], on: date) -> int:
    """A resolution at 168 units, some late and some missing; a guidance sent today; returns the rows."""
    below = [unit for unit in units.values() if unit.kind in READING_UNITS and unit.valid.upper is None]
    words = "Đọc, phổ biến đến các chi hội và báo việc đã làm. Mỗi chi hội ít nhất một buổi sinh hoạt."
    asked = Asked(
        due_on=clerk.on + timedelta(days=1),
        carry_out_on=clerk.on + timedelta(days=20),
        words=words,
        to_everyone=True,
    )
    sending = send_document(by=clerk, document=made["31/NQ-BCH"], unit=city, units=below, asked=asked)
    sent_at = datetime.combine(on - timedelta(days=SENT_DAYS), time(8, 30), ZONE)
    officers = [officer_of(units[f"P{number:03}"], number) for number in OFFICERS]
    for officer, number in zip(officers, OFFICERS, strict=True):
        row = sending.receipts.get(unit=units[f"P{number:03}"])
        acknowledge(by=officer, receipt=row)
        if number % 3 == 0:
            note = f"Đã phổ biến tại {2 + number % 4} chi hội, {30 + number * 2} người dự."
            tell_done(by=officer, receipt=row, note=note)
    rows = list(sending.receipts.exclude(unit__code="P001").order_by("unit__code"))
    read = rows[: len(rows) - MISSING + 1]
    due = SENT_DAYS - DUE_DAYS
    for number, row in enumerate(read):
        days = due + 1 + number % 3 if number >= len(read) - LATE else min(number * 10 // len(read), due)
        row.acknowledged_at = sent_at + timedelta(days=days, minutes=7 * number % 400)
        row.told_at = sent_at
        if row.done_at:
            row.done_at = row.acknowledged_at + timedelta(hours=30)
    Receipt.objects.bulk_update(read, ["acknowledged_at", "told_at", "done_at"])
    ask_reminders(by=clerk, sending=sending)
    sending.receipts.update(told_at=sent_at, asked_on=on - timedelta(days=3), reminded_for=on)
    Sending.objects.filter(pk=sending.pk).update(
        sent_at=sent_at, due_on=on - timedelta(days=DUE_DAYS), carry_out_on=on + timedelta(days=20)
    )
    SendingEvent.objects.filter(sending=sending, step="sent").update(at=sent_at)
    SendingEvent.objects.filter(sending=sending, step="reminded").update(
        at=datetime.combine(on - timedelta(days=3), time(9), ZONE)
    )
    asked = Asked(due_on=clerk.on + timedelta(days=7), words="Áp dụng cho đợt tập huấn quý tới.")
    second = send_document(by=clerk, document=made["18/HD-CTĐ"], unit=city, units=below[:40], asked=asked)
    asked = Asked(due_on=clerk.on + timedelta(days=3), words="Rà soát và nộp danh sách trên cổng.")
    third = send_document(by=clerk, document=made["205/CTĐ-VP"], unit=city, units=below[:30], asked=asked)
    rows = list(third.receipts.order_by("unit__code"))
    sent_at = datetime.combine(on - timedelta(days=39), time(10), ZONE)
    for number, row in enumerate(rows):
        row.told_at = sent_at
        row.acknowledged_at = sent_at + timedelta(hours=3 + number) if number < 11 else None
    Receipt.objects.bulk_update(rows, ["told_at", "acknowledged_at"])
    recall_sending(by=clerk, sending=third, reason="Gửi nhầm bản chưa có phụ lục; bản đúng được gửi lại sau.")
    Sending.objects.filter(pk=third.pk).update(sent_at=sent_at, due_on=on - timedelta(days=32))
    for step, at in (("sent", sent_at), ("recalled", sent_at + timedelta(days=1))):
        SendingEvent.objects.filter(sending=third, step=step).update(at=at)
    return sum(one.receipts.count() for one in (sending, second, third))


def officer_of(unit: Unit, number: int) -> Actor:
    """A unit's officer with an account nobody can sign in to."""
    username = f"can-bo-{unit.code.lower()}"
    user = User(username=username, email=f"{username}@example.org")
    user.set_unusable_password()
    user.save()
    by = system_actor(Via.COMMAND)
    names = ("Nguyễn Thị Lan", "Trần Văn Sáu", "Lê Minh Tâm", "Phạm Thị Ngà", "Huỳnh Văn Đức")
    person = add_person(by=by, full_name=f"{names[number % 5]} (mẫu)", unit=unit, user=user)
    grant_office(
        by=by,
        person=person,
        office=OfficeCode.UNIT_OFFICER,
        unit=unit,
        from_on=FOUNDED_ON,
        until_on=None,
        reason="Quyết định phân công (mẫu)",
    )
    return actor_for(user, Via.COMMAND)


def load_examples(units: dict[str, Unit], users: dict[str, User], on: date) -> int:
    """Three shown, one that waits for the city, one returned; returns how many."""
    unit, city = units["P001"], actor_for(users["duyet-bai"], Via.COMMAND)
    writer = actor_for(users["phuong-1"], Via.COMMAND)
    for text in EXAMPLES:
        values = {
            name: getattr(text, name) for name in ("kind", "title", "name", "summary", "story", "consent")
        }
        values["names_person"] = text.kind == ExampleKind.PERSON
        pictures = [picture_of(writer, unit, text)] if text.picture else []
        example = write_example(by=writer, unit=unit, values=values, pictures=pictures)
        example = propose_example(by=writer, example=example)
        if text.reason:
            return_example(by=city, example=example, reason=text.reason)
        elif text.days_ago is not None:
            publish_example(by=city, example=example)
            at = datetime.combine(on - timedelta(days=text.days_ago), time(9), ZONE)
            Example.objects.filter(pk=example.pk).update(published_at=at)
    return len(EXAMPLES)


def picture_of(by: Actor, unit: Unit, text: ExampleText) -> Picture:
    """The drawing of an example in the unit's library; the one it has already, if it has it."""
    about = {"alt": text.alt, "credit": "Thành Hội (mẫu)", "ground": Ground.NO_PEOPLE}
    path = FOLDER / "pictures" / f"{text.picture}.jpg"
    with path.open("rb") as file:
        return actions.add_picture(by=by, unit=unit, file=file, size=path.stat().st_size, about=about)
