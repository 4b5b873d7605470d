"""Making known: sent to units at once, acknowledged, carried out, extended, recalled, reminded of."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.dates import format_date
from foundation.refusal import Reason, Refused
from ledger.actor import Actor, NotAllowed
from ledger.audit import record, record_many, snapshot
from letters.actions import enqueue
from news.enums import DocumentState, SendingState, SendingStep
from news.models import Document, Receipt, Sending, SendingEvent
from news.queries.sendings import ACK, SEND, due_words, readers, receipts_of, received, units_to_send_to
from people.models import Unit
from people.permissions import acting

TERMS = ("due_on", "carry_out_on")


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of the units: to read and to carry out by which days, of which office, in what words."""

    due_on: date
    carry_out_on: date | None = None
    office: str = ""
    words: str = ""
    to_everyone: bool = False


@transaction.atomic
def send_document(
    *, by: Actor, document: Document, unit: Unit, units: Iterable[Unit], asked: Asked
) -> Sending:
    """Send the document from a unit to others, all at once; returns the sending. Letters go by the job."""
    by = acting(by, SEND, unit.pk)
    document = Document.objects.select_for_update(of=("self",)).get(pk=document.pk)
    wanted = {one.pk for one in units}
    if document.state == DocumentState.WITHDRAWN:
        raise Refused(_("A withdrawn document is not sent."))
    if asked.to_everyone and document.state != DocumentState.PUBLISHED:
        raise Refused(
            Reason(_("Members can read only what stands in the public library."), field="to_everyone")
        )
    if asked.due_on < by.on:
        raise Refused(Reason(_("The last day lies in the past."), field="due_on"))
    if asked.carry_out_on is not None and asked.carry_out_on < asked.due_on:
        raise Refused(Reason(_("It cannot be carried out before it is read."), field="carry_out_on"))
    if not wanted:
        raise Refused(Reason(_("Choose at least one unit."), field="kinds"))
    if wanted - set(units_to_send_to(by, unit).values_list("pk", flat=True)):
        raise NotAllowed([_("Some of these units do not stand under the sending unit.")])
    sending = Sending(
        document=document,
        unit=unit,
        office=asked.office,
        words=asked.words.strip(),
        due_on=asked.due_on,
        carry_out_on=asked.carry_out_on,
        to_everyone=asked.to_everyone,
    )
    sending.full_clean()
    sending.save()
    rows = Receipt.objects.bulk_create(Receipt(sending=sending, unit_id=pk) for pk in sorted(wanted))
    _note(by, sending, SendingStep.SENT, "")
    told = {"document": document.pk, "units": len(rows), "due_on": sending.due_on}
    record(by=by, act="news.send_document", subject=sending, after=told)
    record_many(
        by=by,
        act="news.send_document",
        model=Receipt,
        rows=((row.pk, None, {"unit": row.unit_id}) for row in rows),
    )
    return sending


@transaction.atomic
def acknowledge(*, by: Actor, receipt: Receipt) -> Receipt:
    """An officer of the unit has read it; pressed twice, the first one stands. Returns the row."""
    receipt, by = _mine(by, receipt)
    if receipt.acknowledged_at is None:
        receipt.acknowledged_at, receipt.acknowledged_by = timezone.now(), by.user
        receipt.acknowledged_as = by.acting.office if by.acting else ""
        receipt.save(update_fields=["acknowledged_at", "acknowledged_by", "acknowledged_as"])
        record(by=by, act="news.acknowledge", subject=receipt, after={"sending": receipt.sending_id})
    return receipt


@transaction.atomic
def tell_done(*, by: Actor, receipt: Receipt, note: str) -> Receipt:
    """What the unit did; told again, the later words stand and the log keeps the earlier. Returns the row."""
    receipt, by = _mine(by, receipt)
    if receipt.acknowledged_at is None:
        raise Refused(_("Acknowledge the document first."))
    if not note.strip():
        raise Refused(Reason(_("Say what was done."), field="note"))
    before = snapshot(receipt, ("done_note",))
    receipt.done_note, receipt.done_by = note.strip(), by.user
    receipt.done_at = receipt.done_at or timezone.now()
    receipt.full_clean(exclude=["sending", "unit", "acknowledged_by", "done_by"])
    receipt.save(update_fields=["done_note", "done_at", "done_by"])
    after = snapshot(receipt, ("done_note",))
    record(by=by, act="news.tell_done", subject=receipt, before=before, after=after)
    return receipt


@transaction.atomic
def extend_sending(
    *, by: Actor, sending: Sending, due_on: date, carry_out_on: date | None, reason: str
) -> Sending:
    """More time for those who have not acknowledged, with a reason the units see; returns the sending."""
    sending, by = _open(by, sending)
    if not reason.strip():
        raise Refused(Reason(_("Say why."), field="reason"))
    if due_on < max(sending.due_on, by.on) or (
        due_on == sending.due_on and carry_out_on == sending.carry_out_on
    ):
        raise Refused(Reason(_("The new last day must lie after the present one."), field="due_on"))
    if carry_out_on is not None and carry_out_on < due_on:
        raise Refused(Reason(_("It cannot be carried out before it is read."), field="carry_out_on"))
    before = snapshot(sending, TERMS)
    sending.due_on, sending.carry_out_on = due_on, carry_out_on
    sending.full_clean()
    sending.save(update_fields=TERMS)
    words = _("To be read by %(day)s. %(reason)s") % {"day": format_date(due_on), "reason": reason.strip()}
    _note(by, sending, SendingStep.EXTENDED, words)
    record(
        by=by,
        act="news.extend_sending",
        subject=sending,
        before=before,
        after=snapshot(sending, TERMS),
        reason=reason.strip(),
    )
    return sending


@transaction.atomic
def recall_sending(*, by: Actor, sending: Sending, reason: str) -> Sending:
    """Taken back, with a reason the units see; nobody is reminded any more. Returns the sending."""
    sending, by = _open(by, sending)
    if not reason.strip():
        raise Refused(Reason(_("Say why."), field="reason"))
    sending.state, sending.reason = SendingState.RECALLED, reason.strip()
    sending.full_clean()
    sending.save(update_fields=["state", "reason"])
    _note(by, sending, SendingStep.RECALLED, sending.reason)
    record(by=by, act="news.recall_sending", subject=sending, reason=sending.reason)
    return sending


@transaction.atomic
def ask_reminders(*, by: Actor, sending: Sending) -> int:
    """Have those reminded who have not acknowledged; returns how many units. Once a day; the job writes."""
    sending, by = _open(by, sending)
    rows = receipts_of(sending).filter(acknowledged_at=None)
    if rows.filter(asked_on=by.on).exists():
        raise Refused(_("These units were reminded today already."))
    asked = rows.update(asked_on=by.on)
    if not asked:
        raise Refused(_("Every unit has acknowledged the document."))
    _note(by, sending, SendingStep.REMINDED, str(asked))
    record(by=by, act="news.ask_reminders", subject=sending, after={"units": asked})
    return asked


@transaction.atomic
def write_to_unit(*, by: Actor, pk: int) -> bool:
    """The letters that are due to a unit's officers: of the sending, of reading, of carrying out.

    Each once: the row says what was written last. False if nothing is due any more.
    """
    rows = Receipt.objects.select_for_update(of=("self",), skip_locked=True)
    row = rows.select_related("sending__document", "sending__unit", "unit").filter(pk=pk).first()
    due = due_words(row, by.on) if row is not None else None
    if row is None or due is None:
        return False
    by = acting(by, SEND, row.sending.unit_id)
    document = row.sending.document
    for person in readers(row.sending, row.unit, by.on):
        user = person.user
        if user is None:
            continue
        enqueue(
            by=by,
            template=f"news.document_{due.kind}",
            key=f"news.document:{row.pk}:{due.kind}:{due.day.isoformat()}:{user.pk}",
            address=user.email,
            user=user,
            recipient_name=person.full_name,
            unit_code=row.unit.code,
            context={
                "name": person.full_name,
                "unit": row.unit.name,
                "document": document.name,
                "title": document.title,
                "sender": row.sending.unit.name,
                "due_on": format_date(due.term),
                "path": reverse("received", args=[row.pk]),
            },
        )
    if due.kind == "sent":
        row.told_at = timezone.now()
    elif due.kind == "carry_out":
        row.pressed_for = due.day
    else:
        row.reminded_for = due.day
    row.save(update_fields=["told_at", "reminded_for", "pressed_for"])
    record(by=by, act="news.write_to_unit", subject=row, after={"kind": due.kind, "day": due.day})
    return True


def _open(by: Actor, sending: Sending) -> tuple[Sending, Actor]:
    sending = Sending.objects.select_for_update(of=("self",)).get(pk=sending.pk)
    by = acting(by, SEND, sending.unit_id)
    if sending.state != SendingState.SENT:
        raise Refused(_("The document was recalled already."))
    return sending, by


def _mine(by: Actor, receipt: Receipt) -> tuple[Receipt, Actor]:
    """The row locked, and the actor in an office of that very unit."""
    receipt = Receipt.objects.select_for_update(of=("self",)).select_related("sending").get(pk=receipt.pk)
    by = acting(by, ACK, receipt.unit_id)
    if not received(by).filter(pk=receipt.pk).exists():
        raise NotAllowed([_("Only an officer of the unit itself acknowledges for it.")])
    if receipt.sending.state != SendingState.SENT:
        raise Refused(_("The document was recalled: %(reason)s") % {"reason": receipt.sending.reason})
    return receipt, by


def _note(by: Actor, sending: Sending, step: SendingStep, words: str) -> None:
    SendingEvent.objects.create(
        sending=sending,
        user=by.user,
        office=by.acting.office if by.acting else "",
        step=step,
        words=words[:500],
    )
