"""A paper's Flow: its document, the sizes it was made with, the code that proves it."""

from dataclasses import replace

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from papers.layout import Flow, Proof, from_json, lay_out
from papers.models import Paper
from papers.models import Proof as ProofRow
from papers.rules import measures


def flow_of(paper: Paper) -> Flow:
    """The paper laid out as of its day (a draft: the day it was begun)."""
    document = from_json(paper.content["document"])
    proof = ProofRow.objects.filter(paper=paper).first()
    if proof is not None and paper.content.get("has_code"):
        url = address_of(proof)
        document = replace(document, proof=Proof(url, url.removeprefix("https://").removeprefix("http://")))
    day = document.day or timezone.localdate(paper.created_at)
    return lay_out(document, measures(day, paper.content.get("sizes")))


def address_of(proof: ProofRow) -> str:
    """Where a reader checks it."""
    return f"{settings.SITE_URL}{reverse('proof', args=[proof.code])}"
