"""Writing letters: once per key, with the wording of the day, never with a hole or a forged header."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import celery
import pytest
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from ledger.models import AuditEntry
from letters.actions import enqueue
from letters.actions import templates as wordings
from letters.channels.base import Message
from letters.channels.mail import as_email
from letters.enums import LetterState, Trouble
from letters.models import Letter, LetterTemplate
from people.actors import system_actor
from redcross.celery import app
from tests.factories import letters

CONTEXT = {
    "document": "Nghị quyết 07/NQ-BCH",
    "title": "Về hiến máu",
    "sender": "Thành Hội (mẫu)",
    "code": "482-913",
    "url": "https://example.org/",
    "username": "an",
    "what": "Mật khẩu vừa được đổi.",
    "number": 1,
    "name": "An (mẫu)",
    "subject": "Họp giao ban",
    "text": "Họp lúc 8 giờ.",
    "asked": "Xem dữ liệu",
    "outcome": "Đã xong",
    "answer": "Bản sao gửi kèm.",
    "unit": "Hội Chữ thập đỏ phường Mẫu 1",
    "due_on": "30/11/2026",
    "path": "/lam-viec/nhap-danh-sach/",
    "drive": "Giọt hồng tháng Sáu",
    "hour": "7:00",
    "day": "14/06/2026",
    "place": "Nhà văn hóa Mẫu 1",
    "kind": "hội viên",
    "words": "Xin bổ sung địa chỉ",
    "decision": "07/QĐ-CTĐ",
    "has_ceremony": True,
    "year": 2026,
    "amount": "12.000 đ",
    "months": 12,
    "branch": "Chi hội khu phố 4",
    "last": "14/03/2026",
    "calendar": "/hien-mau/",
    "mine": "/cua-toi/hien-mau/",
    "why": "Mưa bão",
    "contact": "0505 000 001",
    "honour": "Kỷ niệm chương",
    "years": 5,
    "ceremony": "Lễ tôn vinh",
    "seat": "A1",
    "period": "quý III/2026",
    "is_late": False,
}


@pytest.mark.django_db
def test_asked_twice_it_is_one_letter() -> None:
    ask: dict[str, Any] = {
        "template": letters.CALM,
        "key": "thu:1",
        "address": "an@example.org",
        "context": CONTEXT,
    }

    first = enqueue(by=system_actor(), **ask)
    second = enqueue(by=system_actor(), **ask)

    assert first == second
    assert Letter.objects.count() == 1
    assert AuditEntry.objects.filter(act="letters.enqueue").count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("code", wordings.all_codes())
def test_every_wording_renders(code: str) -> None:
    context = {"number": 1, "url": "https://example.org/", "code": letters.CODE, **CONTEXT}
    letter = enqueue(by=system_actor(), template=code, key="k", address="an@example.org", context=context)

    assert letter.subject
    assert "{" not in letter.body
    assert not letter.body.startswith(("subject", "\n"))


@pytest.mark.django_db
def test_a_letter_with_a_hole_is_not_written() -> None:
    with pytest.raises(ValueError, match="context lacks"):
        enqueue(by=system_actor(), template=letters.SECRET, key="k", address="an@example.org", context={})
    assert not Letter.objects.exists()


@pytest.mark.django_db
def test_a_new_wording_is_a_new_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wordings, "FOLDER", tmp_path)
    path = tmp_path / "letters.trial.txt"

    def write(text: str) -> Letter:
        path.write_text(f"subject: Thư\n---\n{text}\n", "utf-8")
        wordings.wording.cache_clear()
        return letters.letter(template=letters.CALM)

    try:
        first, same, changed, back = write("Một"), write("Một"), write("Hai"), write("Một")
    finally:
        wordings.wording.cache_clear()

    assert [letter.template.version for letter in (first, same, changed, back)] == [1, 1, 2, 1]
    assert LetterTemplate.objects.get(version=2).body == "Hai\n"
    assert first.body == "Một\n"


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["", "không phải", "a@b", "an@example.org\nBcc: x@example.org"])
def test_without_a_possible_address_somebody_calls(address: str) -> None:
    letter = enqueue(by=system_actor(), template=letters.SECRET, key="k", address=address, context=CONTEXT)

    assert (letter.state, letter.trouble) == (LetterState.TO_CALL, Trouble.NO_ADDRESS)
    assert letter.body == "", "nobody gets the code by this letter"


@pytest.mark.django_db
def test_a_channel_that_is_not_set_up_means_a_call() -> None:
    letter = letters.letter("0900000000", channel="sms")

    assert (letter.state, letter.trouble) == (LetterState.TO_CALL, Trouble.NO_CHANNEL)


@pytest.mark.django_db
def test_a_later_letter_waits_for_its_time() -> None:
    later = timezone.now() + timedelta(days=1)
    letter = enqueue(
        by=system_actor(),
        template=letters.URGENT,
        key="k",
        address="an@example.org",
        context=CONTEXT,
        due_at=later,
    )

    assert letter.next_try_at == later
    assert not Letter.objects.due(timezone.now(), is_quiet=False).exists()
    assert Letter.objects.due(later, is_quiet=False).get() == letter


@pytest.mark.parametrize("evil", ["An\r\nBcc: x@example.org", "An\nX-A: b", "An\x00\x1b", "Ân\u2028Bcc: y"])
def test_no_header_can_be_smuggled_in(evil: str) -> None:
    mail = as_email(Message(1, "k", "an@example.org", evil, evil, "Thân thư", timezone.now()))
    lines = mail.as_bytes().split(b"\r\n\r\n")[0].split(b"\r\n")

    names = [line.split(b":")[0] for line in lines if not line.startswith(b" ")]
    assert sorted(names) == sorted(name.encode() for name in mail)
    assert b"Bcc" not in names


@pytest.mark.django_db
def test_a_broker_that_is_gone_is_no_trouble(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks, tmp_path: Path
) -> None:
    gone = celery.Celery("gone", broker=f"redis+socket://{tmp_path}/nothing.sock", set_as_current=True)
    gone.conf.broker_transport_options = dict(app.conf.broker_transport_options)
    try:
        with django_capture_on_commit_callbacks(execute=True) as callbacks:
            letter = letters.letter()
    finally:
        app.set_current()

    assert len(callbacks) == 1
    assert letter.state == LetterState.WAITING
