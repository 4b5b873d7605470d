"""Requests about personal data, with the legal clock (Law 91/2025/QH15, Art. 4; Decree 356/2025, Art. 5)."""

from collections.abc import Callable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.refusal import Refused
from ledger.actor import Actor
from ledger.audit import record
from letters.actions import enqueue
from people.enums import RequestKind, RequestState
from people.models import Consent, DataRequest, Person
from people.permissions import acting_for_self, acting_with
from people.rules.rights import clock, what_stays

OPEN = (RequestState.OPEN, RequestState.ANSWERED)
NEEDS_WORDS = {RequestKind.CORRECT, RequestKind.RESTRICT}


@transaction.atomic
def ask_about_data(*, by: Actor, person: Person, kind: RequestKind, words: str) -> DataRequest:
    """A person asks about their own data; the clock runs from today. Returns the request."""
    acting_for_self(by, person)
    person = Person.objects.select_for_update().get(pk=person.pk)
    words = words.strip()
    if kind in NEEDS_WORDS and not words:
        raise Refused([_("Write what is to be corrected or restricted.")])
    if DataRequest.objects.filter(person=person, kind=kind, state__in=OPEN).exists():
        raise Refused([_("You have asked this already; the answer comes within its term.")])
    term = clock(kind, by.on)
    request = DataRequest(
        person=person, kind=kind, words=words, answer_by=term.answer_by, done_by=term.done_by
    )
    request.full_clean()
    request.save()
    record(by=by, act="people.ask_about_data", subject=request, after={"kind": kind, "person": person.pk})
    return request


@transaction.atomic
def answer_request(*, by: Actor, request: DataRequest, answer: str) -> DataRequest:
    """The data-protection officer answers; carrying out follows. Returns the request."""
    by, request = _open(by, request)
    if request.state != RequestState.OPEN:
        raise Refused([_("This request has been answered already.")])
    request.answer = _said(answer)
    request.state, request.answered_at = RequestState.ANSWERED, timezone.now()
    return _close(by, request, "people.answer_request")


@transaction.atomic
def refuse_request(*, by: Actor, request: DataRequest, reason: str) -> DataRequest:
    """Refused with the reason, which the person must be told (Art. 14, 19). Returns the request."""
    by, request = _open(by, request)
    now = timezone.now()
    request.answer = _said(reason)
    request.state, request.closed_at = RequestState.REFUSED, now
    request.answered_at = request.answered_at or now
    return _close(by, request, "people.refuse_request")


@transaction.atomic
def carry_out_request(
    *, by: Actor, request: DataRequest, answer: str, forget: Callable[[Actor, Person], None]
) -> DataRequest:
    """Done as asked. Erasing calls `forget`, which asks every app in one transaction. Returns the request.

    The answer to an erasure says what stays by law and why; the letter about it goes to the
    address of before, since afterwards there is none.
    """
    by, request = _open(by, request)
    now = timezone.now()
    request.answer = _said(answer)
    address = _address(request.person)
    if request.kind == RequestKind.ERASE:
        _check_offices(by, request.person)
        forget(by, request.person)
        request.answer = "\n".join([request.answer, "", *what_stays(by.on)])
        request.words = ""
    elif request.kind in {RequestKind.RESTRICT, RequestKind.WITHDRAW}:
        Consent.objects.filter(person=request.person, withdrawn_at=None).update(withdrawn_at=now)
    request.state, request.closed_at = RequestState.DONE, now
    request.answered_at = request.answered_at or now
    return _close(by, request, "people.carry_out_request", address)


def _open(by: Actor, request: DataRequest) -> tuple[Actor, DataRequest]:
    request = DataRequest.objects.select_for_update().get(pk=request.pk)
    by = acting_with(by, "data.manage", request.person)
    if request.state not in OPEN:
        raise Refused([_("This request is closed.")])
    return by, request


def _said(answer: str) -> str:
    answer = answer.strip()
    if not answer:
        raise Refused([_("Write the answer: the person gets it word for word.")])
    return answer


def _check_offices(by: Actor, person: Person) -> None:
    if person.offices.in_force(by.on).exists():
        raise Refused([_("This person holds an office: end it first, then erase.")])


def _address(person: Person) -> str:
    return (person.user.email if person.user else "") or person.email


def _close(by: Actor, request: DataRequest, act: str, address: str | None = None) -> DataRequest:
    request.full_clean()
    request.save()
    record(by=by, act=act, subject=request, after={"state": request.state})
    address = _address(request.person) if address is None else address
    if address:
        enqueue(
            by=by,
            template="people.data_request",
            key=f"data-request:{request.pk}:{request.state}",
            address=address,
            user=None if request.person.state == "erased" else request.person.user,
            context={
                "asked": request.get_kind_display(),
                "outcome": request.get_state_display(),
                "answer": request.answer,
            },
        )
    return request
