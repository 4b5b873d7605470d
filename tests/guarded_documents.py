"""The library, making known, good examples: every action and the right it asks."""

from datetime import timedelta

from django.core.files.base import ContentFile
from django.utils import timezone

from foundation.dates import today
from news.actions import document_files, document_lists, documents, examples, paper_documents, sendings
from news.enums import RelationKind
from news.models import Document, Receipt
from papers.actions import issue_paper
from papers.models import Paper
from people.actors import system_actor
from tests.factories import documents as make
from tests.factories import news as make_news
from tests.factories import papers as make_papers
from tests.guarded import ANYBODY, Guarded
from tests.world import World


def _other(w: World) -> Document:
    return make.published(w.cast.ward, "99/QĐ-CTĐ")


def _read(w: World) -> Receipt:
    Receipt.objects.filter(pk=w.arrived.pk).update(acknowledged_at=timezone.now())
    return w.arrived


def _issued(w: World) -> Paper:
    return issue_paper(by=system_actor(), paper=make_papers.signed(system_actor(), w.cast.ward))


CALLS: dict[str, Guarded] = {
    "news.actions.documents.enter_document": Guarded(
        "document.manage", lambda w, by: make.document(w.cast.ward, "11/NQ-BCH", by=by)
    ),
    "news.actions.documents.change_document": Guarded(
        "document.manage",
        lambda w, by: documents.change_document(
            by=by, document=w.document, version=w.document.version, values={"title": "Khác"}
        ),
    ),
    "news.actions.documents.publish_document": Guarded(
        "document.manage",
        lambda w, by: documents.publish_document(by=by, document=make.document(w.cast.ward, "12/NQ-BCH")),
    ),
    "news.actions.documents.withdraw_document": Guarded(
        "document.manage",
        lambda w, by: documents.withdraw_document(by=by, document=w.document, reason="Nhầm"),
    ),
    "news.actions.document_files.add_file": Guarded(
        "document.manage",
        lambda w, by: document_files.add_file(
            by=by, document=w.document, file=ContentFile(make.pdf("Điều 1."), "a.pdf")
        ),
    ),
    "news.actions.document_files.take_off_file": Guarded(
        "document.manage",
        lambda w, by: document_files.take_off_file(by=by, row=make.with_file(w.document)),
    ),
    # Reads what waits and decides nothing.
    "news.actions.document_files.read_file": Guarded(
        ANYBODY, lambda w, by: document_files.read_file(by=by, pk=make.with_file(w.document).pk)
    ),
    "news.actions.document_files.relate_documents": Guarded(
        "document.manage",
        lambda w, by: document_files.relate_documents(
            by=by, newer=w.document, older=_other(w), kind=RelationKind.AMENDS, from_on=None
        ),
    ),
    "news.actions.document_files.unrelate_documents": Guarded(
        "document.manage",
        lambda w, by: document_files.unrelate_documents(by=by, relation=make.related(w.document, _other(w))),
    ),
    "news.actions.document_lists.try_list": Guarded(
        "document.manage",
        lambda w, by: document_lists.try_list(by=by, unit=w.cast.ward, file=ContentFile(make.LIST, "a.csv")),
    ),
    "news.actions.document_lists.enter_list": Guarded(
        "document.manage", lambda w, by: document_lists.enter_list(by=by, unit=w.cast.ward, rows=[])
    ),
    "news.actions.sendings.send_document": Guarded(
        "document.send", lambda w, by: make.sent(w.cast.city, [w.cast.ward], by=by)
    ),
    "news.actions.sendings.acknowledge": Guarded(
        "document.ack", lambda w, by: sendings.acknowledge(by=by, receipt=w.arrived)
    ),
    "news.actions.sendings.tell_done": Guarded(
        "document.ack", lambda w, by: sendings.tell_done(by=by, receipt=_read(w), note="Đã họp chi hội")
    ),
    "news.actions.sendings.extend_sending": Guarded(
        "document.send",
        lambda w, by: sendings.extend_sending(
            by=by,
            sending=w.arrived.sending,
            due_on=today() + timedelta(days=20),
            carry_out_on=None,
            reason="Nghỉ lễ",
        ),
    ),
    "news.actions.sendings.recall_sending": Guarded(
        "document.send",
        lambda w, by: sendings.recall_sending(by=by, sending=w.arrived.sending, reason="Gửi nhầm"),
    ),
    "news.actions.sendings.ask_reminders": Guarded(
        "document.send", lambda w, by: sendings.ask_reminders(by=by, sending=w.arrived.sending)
    ),
    "news.actions.sendings.write_to_unit": Guarded(
        "document.send", lambda w, by: sendings.write_to_unit(by=by, pk=w.arrived.pk)
    ),
    "news.actions.examples.write_example": Guarded(
        "example.propose", lambda w, by: make.example(w.cast.ward, "Mô hình mới", by=by)
    ),
    "news.actions.examples.change_example": Guarded(
        "example.approve",
        lambda w, by: examples.change_example(
            by=by, example=w.example, version=1, values={"title": "Khác"}, pictures=[]
        ),
    ),
    "news.actions.examples.propose_example": Guarded(
        "example.propose",
        lambda w, by: examples.propose_example(by=by, example=make.example(w.cast.ward, "Hai")),
    ),
    "news.actions.examples.return_example": Guarded(
        "example.approve",
        lambda w, by: examples.return_example(
            by=by, example=make.proposed_example(w.cast.ward, "Ba"), reason="Thiếu số liệu"
        ),
    ),
    "news.actions.examples.publish_example": Guarded(
        "example.approve",
        lambda w, by: examples.publish_example(by=by, example=make.proposed_example(w.cast.ward, "Bốn")),
    ),
    "news.actions.examples.withdraw_example": Guarded(
        "example.approve",
        lambda w, by: examples.withdraw_example(by=by, example=w.example, reason="Rút đồng ý"),
    ),
    "news.actions.examples.draft_post_of": Guarded(
        "news.write",
        lambda w, by: examples.draft_post_of(by=by, example=w.example, category=make_news.category()),
    ),
    "news.actions.paper_documents.take_in_paper": Guarded(
        "document.manage", lambda w, by: paper_documents.take_in_paper(by=by, paper=_issued(w))
    ),
}
