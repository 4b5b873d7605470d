"""An issued paper put into the library by one act."""

from dataclasses import replace

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from foundation.refusal import Refused
from ledger.actor import Actor
from ledger.audit import record
from news.actions.document_files import add_file
from news.actions.documents import RIGHT, enter_document, publish_document
from news.enums import DocumentKind
from news.models import Document
from papers.enums import PaperState
from papers.layout import from_json, lay_out, write_pdf
from papers.models import Paper
from papers.rules import measures
from people.permissions import acting


@transaction.atomic
def take_in_paper(*, by: Actor, paper: Paper) -> Document:
    """The paper as a public document of its unit's library, its PDF without the annexes; returns it.

    Annexes name people and are never published with the decision (daily work, 4.7).
    """
    paper = Paper.objects.select_for_update(of=("self",)).select_related("unit").get(pk=paper.pk)
    by = acting(by, RIGHT, paper.unit_id)
    if paper.state != PaperState.ISSUED:
        raise Refused(_("Only an issued paper can be put into the library."))
    if Document.objects.filter(paper=paper).exists():
        raise Refused(_("The paper is in the library already."))
    words = from_json(paper.content["document"])
    kind = paper.kind if paper.kind in DocumentKind.values else DocumentKind.OTHER
    values = {
        "kind": kind,
        "number": paper.number_text,
        "title": paper.abstract,
        "issuer": paper.unit.name,
        "signer": words.signatures[0].name if words.signatures else "",
        "issued_on": paper.issued_on,
        "effective_from": paper.issued_on,
    }
    document = enter_document(by=by, unit=paper.unit, values=values)
    document.paper = paper
    document.save(update_fields=["paper"])
    sizes = measures(words.day or by.on, paper.content.get("sizes"))
    pdf = write_pdf(lay_out(replace(words, annexes=()), sizes))
    add_file(by=by, document=document, file=ContentFile(pdf, f"{document.slug[:80]}.pdf"))
    record(by=by, act="news.take_in_paper", subject=document, after={"paper": paper.pk})
    return publish_document(by=by, document=document)
