"""What an officer does with a list of donations: send, try, have it written, decide the doubtful rows."""

import tempfile
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import celery
from django.core.files.base import File
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from donors.actions.donations import record_donation
from donors.actions.donors import registered
from donors.actions.lines import Newcomer, add_newcomer
from donors.enums import CONFIRM, ENTER, RowDecision, Source
from donors.models import Donation, DonationList, DonationRow, Drive
from donors.rules import gifts
from foundation.refusal import Reason, Refused
from ledger.actor import Actor
from ledger.audit import record, record_many
from people.actions.files import store_file
from people.actions.imports import best_layout
from people.actions.list_work import held_in, layout_fields, read_header
from people.enums import ImportState, RowVerdict
from people.models import Person, Unit
from people.permissions import acting
from people.rules.columns import FIELDS
from people.rules.rights import term
from people.sheets import open_book

SWEEP = "donors.run_due_lists"
OPEN = (ImportState.READ, ImportState.TRIED, ImportState.FAILED)
UNDER_WAY = (ImportState.TRYING, ImportState.QUEUED, ImportState.RUNNING)
CONFIRM_ALL = """
UPDATE donors_donation d SET state = 'confirmed', decided_by_id = %s, decided_at = now()
FROM donors_donationrow r WHERE r.batch_id = %s AND r.donation_id = d.id AND d.state = 'recorded'
    AND d.source = 'import' RETURNING d.id
"""


@transaction.atomic
def take_in_gifts(
    *,
    by: Actor,
    unit: Unit,
    file: File,  # type: ignore[type-arg]
    source: str,
    is_facilitys: bool,
    issuer: str = "",
    takes_new: bool = True,
    drive: Drive | None = None,
) -> DonationList:
    """Keep an uploaded list and guess its columns; nothing is judged yet. Refuses what is no list."""
    by = acting(by, ENTER, unit.pk)
    if not source.strip():
        raise Refused(Reason(_("Say where the list comes from."), field="source"))
    if drive is not None and drive.unit_id != unit.pk:
        raise Refused(Reason(_("This drive is another unit's."), field="drive"))
    name = Path(file.name or "danh-sach").name[:150]
    with tempfile.NamedTemporaryFile() as copy:
        for chunk in file.chunks():
            copy.write(chunk)
        copy.flush()
        book = open_book(Path(copy.name), name)
        sheet, layout = best_layout(book, by.on, gifts.list_words()["headers"])
    file.seek(0)
    stored = store_file(
        by=by,
        name=name,
        content_type="application/octet-stream",
        file=file,
        days=term("import_file_days", by.on),
    )
    batch = DonationList(
        unit=unit,
        drive=drive,
        by_user=by.user,
        file=stored,
        sheet=sheet,
        source=" ".join(source.split()),
        is_facilitys=is_facilitys,
        issuer=issuer.strip(),
        takes_new=takes_new,
        notices=book.notices,
        **layout_fields(layout),
    )
    batch.full_clean(exclude=["counts", "columns", "headers"])
    batch.save()
    record(by=by, act="donors.take_in_list", subject=batch, after={"unit": unit.code, "file": name})
    return batch


@transaction.atomic
def choose_list_header(*, by: Actor, batch: DonationList, sheet: str, row: int) -> DonationList:
    """Read the header from another sheet or row, and guess the columns anew."""
    batch, by = _locked(by, batch)
    batch.save(update_fields=read_header(batch, by.on, sheet, row, gifts.list_words()["headers"]))
    record(by=by, act="donors.choose_list_header", subject=batch, after={"sheet": sheet, "row": row})
    return batch


@transaction.atomic
def ask_list_try(*, by: Actor, batch: DonationList, columns: Mapping[str, int]) -> DonationList:
    """Take the officer's columns and have every row judged; nothing is written by it."""
    batch, by = _locked(by, batch)
    reasons = []
    known = {*FIELDS, *gifts.FIELDS}
    if set(columns) - known or any(not 0 <= place < len(batch.headers) for place in columns.values()):
        reasons.append(Reason(_("Choose among the columns of the list.")))
    if len(set(columns.values())) < len(columns):
        reasons.append(Reason(_("Each column can be used once.")))
    if not ("full_name" in columns or {"family_name", "given_name"} <= set(columns)):
        reasons.append(Reason(_("Say which column holds the name.")))
    if "given_on" not in columns:
        reasons.append(Reason(_("Say which column holds the day of donation."), field="given_on"))
    if reasons:
        raise Refused(reasons)
    batch.columns = dict(columns)
    batch.state, batch.problem, batch.claim, batch.rows_done = ImportState.TRYING, "", None, 0
    batch.save(update_fields=["columns", "state", "problem", "claim", "rows_done"])
    record(by=by, act="donors.ask_list_try", subject=batch, after={"columns": dict(columns)})
    nudge_after_commit()
    return batch


@transaction.atomic
def ask_list_run(*, by: Actor, batch: DonationList) -> DonationList:
    """Have a list that was tried written in the background, all or nothing."""
    batch, by = _locked(by, batch)
    if batch.state != ImportState.TRIED:
        raise Refused([_("Try the list first.")])
    batch.state, batch.claim, batch.rows_done = ImportState.QUEUED, None, 0
    batch.save(update_fields=["state", "claim", "rows_done"])
    record(by=by, act="donors.ask_list_run", subject=batch)
    nudge_after_commit()
    return batch


@transaction.atomic
def cancel_list(*, by: Actor, batch: DonationList) -> DonationList:
    """Give a list up before it is written; its rows are deleted now."""
    batch, by = _locked(by, batch)
    DonationRow.objects.filter(batch=batch).delete()
    batch.state, batch.finished_at = ImportState.CANCELLED, timezone.now()
    batch.save(update_fields=["state", "finished_at"])
    record(by=by, act="donors.cancel_list", subject=batch)
    return batch


@transaction.atomic
def clear_old_list_rows(*, by: Actor) -> int:
    """What rows said goes after the days of a list's file; returns how many lists.

    Of a row that became a donation, or was left out by an officer, the mark stays by which it is known again.
    """
    before = timezone.now() - timedelta(days=term("import_file_days", by.on))
    old = DonationList.objects.filter(created_at__lt=before).exclude(state__in=UNDER_WAY)
    kept = DonationRow.objects.exclude(sealed_values=b"")
    batches = list(old.filter(pk__in=kept.values("batch")).select_for_update())
    for batch in batches:
        batch.rows.filter(donation=None).exclude(decision=RowDecision.SKIP).delete()
        batch.rows.update(sealed_values=b"", reasons=[], person=None)
        if batch.state in OPEN:
            batch.state, batch.finished_at = ImportState.CANCELLED, timezone.now()
            batch.save(update_fields=["state", "finished_at"])
        record(by=by, act="donors.clear_list_rows", subject=batch)
    return len(batches)


@transaction.atomic
def confirm_list(*, by: Actor, batch: DonationList) -> int:
    """Every donation of the list that waits is confirmed, set-based. Returns how many."""
    batch = DonationList.objects.select_for_update().get(pk=batch.pk)
    by = acting(by, CONFIRM, batch.unit_id)
    if batch.state != ImportState.DONE:
        raise Refused([_("Write the list first.")])
    with connection.cursor() as cursor:
        cursor.execute(CONFIRM_ALL, [by.user.pk if by.user else None, batch.pk])
        keys = [key for (key,) in cursor.fetchall()]

    def entries() -> Iterator[tuple[int, dict[str, Any], dict[str, Any]]]:
        for key in keys:
            yield key, {"state": "recorded"}, {"state": "confirmed"}

    return record_many(by=by, act="donors.confirm", model=Donation, rows=entries(), reason=f"list:{batch.pk}")


@transaction.atomic
def decide_row(*, by: Actor, row: DonationRow, decision: str, person: Person | None = None) -> DonationRow:
    """A doubtful row of a written list: it is this person's, a new person's, or left out. Returns the row.

    The same row in a later list is then known. Refuses with the reason of the donation, if it cannot be.
    """
    row = DonationRow.objects.select_for_update(of=("self",)).select_related("batch__unit").get(pk=row.pk)
    by = acting(by, ENTER, row.batch.unit_id)
    held = held_in(row.sealed_values)
    if row.batch.state != ImportState.DONE or row.verdict != RowVerdict.DOUBTFUL or row.decision:
        raise Refused([_("This row waits for no decision.")])
    if held is None:
        raise Refused([_("What the row said was deleted after its days. Bring the list in again.")])
    if decision == RowDecision.SKIP:
        row.decision = RowDecision.SKIP
    elif decision == RowDecision.PERSON and person is not None:
        row.decision, row.person = RowDecision.PERSON, person
    elif decision == RowDecision.NEW:
        row.decision, row.person = RowDecision.NEW, _new(by, row, held["person"])
    else:
        raise Refused([_("Choose the person, a new person, or leave the row out.")])
    if row.person is not None:
        row.donation = _given(by, row, row.person, held["gift"])
    row.save(update_fields=["decision", "person", "donation"])
    after = {"decision": row.decision, "donation": row.donation_id}
    record(by=by, act="donors.decide_row", subject=row, after=after)
    return row


def _new(by: Actor, row: DonationRow, held: Mapping[str, Any]) -> Person:
    born = date.fromisoformat(held["birth"]) if held["birth"] else None
    phone = held["phones"][0][0] if held["phones"] else ""
    new = Newcomer(held["name"] or held["given"], born, held["year"], held["sex"], phone, held["identity"])
    return add_newcomer(by, row.batch.unit, new)


def _given(by: Actor, row: DonationRow, person: Person, gift: Mapping[str, Any]) -> Donation:
    donor = registered(by, person, row.batch.unit)
    values = {
        "on": date.fromisoformat(gift["on"]),
        "drive": row.batch.drive,
        "volume_ml": gift["ml"],
        "component": gift["component"],
        "place": gift["place"],
        "certificate_serial": gift["serial"],
        "certificate_issuer": row.batch.issuer if gift["serial"] else "",
        "proof": f"{row.batch.source[:120]}, {row.number}",
    }
    return record_donation(by=by, donor=donor, unit=row.batch.unit, source=Source.IMPORT, values=values)


def _locked(by: Actor, batch: DonationList) -> tuple[DonationList, Actor]:
    batch = DonationList.objects.select_for_update().get(pk=batch.pk)
    by = acting(by, ENTER, batch.unit_id)
    if batch.state not in OPEN:
        raise Refused([_("This list is under way or done: nothing can be changed on it.")])
    return batch, by


def nudge_after_commit() -> None:
    """Wake the sweep; without a broker the list waits for the next tick."""
    transaction.on_commit(_nudge)


def _nudge() -> None:
    try:
        celery.current_app.send_task(SWEEP, expires=30, retry=False)
    except Exception:  # noqa: S110  the beat finds the row
        pass
