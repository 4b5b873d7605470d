"""Numbers, issue and end. The number is given in the transaction that issues: none is lost or doubled."""

from dataclasses import replace
from datetime import date

from django.core.files.base import File
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from foundation.refusal import Reason, Refused
from foundation.text import mask_name
from ledger.actor import Actor
from ledger.audit import record
from papers import effects
from papers.actions.proofs import end_proof, make_proof
from papers.actions.steps import done, locked
from papers.enums import NUMBER, PaperState, Step
from papers.layout import from_json, to_json
from papers.models import Paper, Register
from papers.rules import number_text, paper_kinds, read_number, sign_of
from people.actions.files import store_file
from people.permissions import acting

SCANS = {"application/pdf": b"%PDF-", "image/jpeg": b"\xff\xd8\xff", "image/png": b"\x89PNG"}
MOST_BYTES = 30 * 1024 * 1024


@transaction.atomic
def issue_paper(*, by: Actor, paper: Paper, on: date | None = None) -> Paper:
    """Give the next number of the day's year, issue, let the effect happen, make the proof. Returns it.

    A day before the last number's day is refused: numbers follow the days. Without a day: today.
    """
    by = acting(by, NUMBER, paper.unit_id)
    paper = locked(paper, PaperState.SIGNED)
    day = on or by.on
    check_day(by, paper, day)
    kind = paper_kinds(day)[paper.kind]
    if kind.has_number:
        paper.year, paper.number = day.year, next_number(paper, day)
        paper.number_text = number_text(paper.number, sign_of(kind, paper.series.sign))
    return issue(by, paper, day, Step.ISSUED)


@transaction.atomic
def take_external_number(
    *, by: Actor, paper: Paper, number: str, issued_on: date, signed_on: date | None = None
) -> Paper:
    """Take in a paper that was signed and numbered outside; marked as such. A taken number is refused."""
    by = acting(by, NUMBER, paper.unit_id)
    paper = locked(paper, PaperState.DRAFT, PaperState.RETURNED, PaperState.SUBMITTED, PaperState.SIGNED)
    running = read_number(number)
    reasons: list[Reason] = []
    if running is None:
        reasons.append(Reason(_("Enter the number as it stands on the paper: 07/QĐ-CTĐ."), field="number"))
    if issued_on > by.on:
        reasons.append(Reason(pgettext("papers", "The day lies in the future."), field="issued_on"))
    if running is not None:
        register_of(paper, issued_on.year)
        if Paper.objects.filter(series=paper.series, year=issued_on.year, number=running).exists():
            reasons.append(
                Reason(_("Number %(number)s of that year is taken.") % {"number": running}, field="number")
            )
    if reasons:
        raise Refused(reasons)
    paper.signed_on = paper.signed_on or signed_on or issued_on
    paper.year, paper.number, paper.number_external = issued_on.year, running, True
    kind = paper_kinds(issued_on)[paper.kind]
    plain = " ".join(number.split())
    paper.number_text = plain if "/" in plain else number_text(running or 1, sign_of(kind, paper.series.sign))
    return issue(by, paper, issued_on, Step.TAKEN)


@transaction.atomic
def attach_scan(*, by: Actor, paper: Paper, file: File, name: str, content_type: str) -> Paper:  # type: ignore[type-arg]
    """Keep the signed and stamped paper as PDF or picture; a second one takes the place of the first."""
    by = acting(by, NUMBER, paper.unit_id)
    paper = locked(paper, PaperState.ISSUED, PaperState.ENDED)
    begin = file.read(8)
    file.seek(0)
    if content_type not in SCANS or not begin.startswith(SCANS[content_type]) or file.size > MOST_BYTES:
        raise Refused([Reason(_("Choose a PDF, JPEG or PNG file of at most 30 MB."), field="file")])
    paper.scan = store_file(by=by, name=name[:200], content_type=content_type, file=file, days=None)
    done(by, paper, Step.SCANNED)
    record(by=by, act="papers.attach_scan", subject=paper, after={"sha256": paper.scan.sha256})
    return paper


@transaction.atomic
def end_paper(*, by: Actor, paper: Paper, on: date, reason: str) -> Paper:
    """It holds no longer from the day on; its proof says so at once."""
    by = acting(by, NUMBER, paper.unit_id)
    paper = locked(paper, PaperState.ISSUED)
    reasons = []
    if not reason.strip():
        reasons.append(Reason(_("Say why, with the number of the paper that ends it."), field="words"))
    if paper.issued_on is not None and not paper.issued_on <= on <= by.on:
        reasons.append(Reason(_("The day lies between the day of issue and today."), field="on"))
    if reasons:
        raise Refused(reasons)
    paper.state, paper.ended_on = PaperState.ENDED, on
    done(by, paper, Step.ENDED, reason)
    end_proof(by=by, proof=paper.proof, on=on)
    record(by=by, act="papers.end", subject=paper, after={"ended_on": on}, reason=reason)
    return paper


def check_day(by: Actor, paper: Paper, day: date) -> None:
    """The day of issue: not in the future, not before the signature or a number already given."""
    register_of(paper, day.year)
    given = Paper.objects.filter(series=paper.series, year=day.year, number_external=False)
    latest = given.aggregate(day=Max("issued_on"))["day"]
    if day > by.on:
        raise Refused([Reason(pgettext("papers", "The day lies in the future."), field="on")])
    if paper.signed_on and day < paper.signed_on:
        raise Refused([Reason(_("The day lies before the signature."), field="on")])
    if latest is not None and day < latest:
        raise Refused([Reason(_("A later day has a number already: numbers follow the days."), field="on")])


def register_of(paper: Paper, year: int) -> Register:
    """The locked register of the paper's series and year; begins at 0 on 1 January."""
    Register.objects.bulk_create([Register(series=paper.series, year=year)], ignore_conflicts=True)
    return Register.objects.select_for_update().get(series=paper.series, year=year)


def next_number(paper: Paper, day: date) -> int:
    """The next number, its register moved on; numbers taken outside are stepped over."""
    register = register_of(paper, day.year)
    taken = set(
        Paper.objects.filter(series=paper.series, year=day.year, number__gt=register.last).values_list(
            "number", flat=True
        )
    )
    number = register.last + 1
    while number in taken:
        number += 1
    register.last = number
    register.save(update_fields=["last"])
    return number


def issue(by: Actor, paper: Paper, day: date, step: Step) -> Paper:
    """Put number and day on the paper, make its proof, carry out what it decides: all or nothing."""
    document = from_json(paper.content["document"])
    document = replace(document, day=day, number=paper.number, number_text=paper.number_text)
    paper.content = {**paper.content, "document": to_json(document)}
    paper.state, paper.issued_on = PaperState.ISSUED, day
    done(by, paper, step, paper.number_text)
    holders = list(paper.recipients.filter(unit=None).values_list("name", flat=True)[:2])
    holder = mask_name(holders[0]) if len(holders) == 1 else ""
    make_proof(by=by, kind=paper_kinds(day)[paper.kind].name, holder=holder, day=day, paper=paper)
    effects.carry_out(by, paper)
    record(by=by, act="papers.issue", subject=paper, after={"number": paper.number_text, "issued_on": day})
    return paper
