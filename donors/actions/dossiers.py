"""The papers of a drive, drafted through papers from one form."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from donors.enums import DRIVE_MANAGE, DrivePaperKind
from donors.models import Drive, DriveDossier, DrivePaper
from donors.queries.dossiers import annex_rows, put_words, standing_papers, wordings, words_of
from foundation.refusal import Refused
from ledger.actor import Actor
from ledger.audit import record
from papers.actions import draft_paper
from papers.layout.composing import annex_fields
from papers.queries import signing_fields
from people.permissions import acting

ASKED = ("head", "duties", "guests", "budget")


@transaction.atomic
def save_dossier(*, by: Actor, drive: Drive, words: Mapping[str, str]) -> DriveDossier:
    """What the form asked, kept for the papers not drafted yet and for next year's drive."""
    by = acting(by, DRIVE_MANAGE, drive.unit_id)
    row, _made = DriveDossier.objects.select_for_update().get_or_create(drive=drive)
    before = dict(row.words)
    row.words = {name: words.get(name, "").strip() for name in ASKED}
    row.save(update_fields=["words"])
    record(by=by, act="donors.save_dossier", subject=row, before=before, after=row.words)
    return row


@transaction.atomic
def draft_drive_paper(*, by: Actor, drive: Drive, kind: str) -> DrivePaper:
    """A draft of that paper, filled from the drive; from then on its words are the officer's."""
    drive = Drive.objects.select_for_update(of=("self",)).select_related("unit").get(pk=drive.pk)
    by = acting(by, DRIVE_MANAGE, drive.unit_id)
    if kind not in DrivePaperKind.values:
        raise Refused([_("There is no such paper of a drive.")])
    if kind in standing_papers(drive):
        raise Refused([_("This paper has been drafted: change it, or give it up first.")])
    told = wordings(by.on)[kind]
    paper = draft_paper(by=by, unit=drive.unit, kind=told["kind"], values=_values(by, drive, told))
    row = DrivePaper.objects.create(drive=drive, kind=kind, paper=paper)
    record(by=by, act="donors.draft_drive_paper", subject=row, after={"kind": kind, "paper": paper.pk})
    return row


def _values(by: Actor, drive: Drive, told: Mapping[str, Any]) -> dict[str, Any]:
    """The drafting form's fields."""
    words = words_of(drive, by.on)

    def put(text: str) -> str:
        return put_words(text, words)

    values: dict[str, Any] = {
        "abstract": put(told["abstract"]),
        "addressees": put(told.get("addressees", "")),
        "grounds": "\n".join(put(line) for line in told["grounds"]),
        "body": put(told["body"]),
        "receivers": "\n".join(put(line) for line in told["receivers"]),
        **signing_fields(drive.unit, by.on, as_kind=None),
    }
    if told.get("second_post"):
        values |= {"post": put(told["post"]), "second_post": put(told["second_post"])}
    if told.get("annex_title"):
        values |= annex_fields(told["annex_title"], told["annex_head"], annex_rows(drive))
    return values
