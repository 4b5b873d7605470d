"""Sending to a real SMTP server: taken, refused for now, refused for good, gone, slow."""

from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import Settings

from ledger.models import JobRun
from letters.channels.mail import message_id
from letters.enums import LetterState, Trouble
from letters.models import Letter
from letters.rules import sending_rule_on
from letters.tasks import send_due_letters
from tests.factories import letters
from tests.letters.mail_server import MailServer, free_port

pytestmark = pytest.mark.django_db


def sweep() -> None:
    """One tick, with every waiting letter due."""
    Letter.objects.filter(state=LetterState.WAITING).update(next_try_at=timezone.now())
    send_due_letters()


def test_a_letter_arrives_as_it_was_written(mail_server: MailServer) -> None:
    letter = letters.letter("an@example.org", name="Nguyễn Thị Ánh Đào (mẫu)")

    sweep()

    letter.refresh_from_db()
    (mail,) = mail_server.taken
    assert letter.state == LetterState.SENT
    assert letter.sent_at is not None
    assert mail["To"] == '"Nguyễn Thị Ánh Đào (mẫu)" <an@example.org>'
    assert mail["Subject"] == letter.subject
    assert mail["Message-ID"] == message_id(letter.key)
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Date"].datetime == letter.created_at.replace(microsecond=0)
    assert mail.get_content().splitlines() == letter.body.splitlines()


def test_a_line_that_begins_with_a_dot_survives(mail_server: MailServer) -> None:
    letter = letters.letter(body="Dòng một\n.\n..hai chấm\nhết\n")

    sweep()

    (mail,) = mail_server.taken
    assert mail.get_content().splitlines() == letter.body.splitlines()


def test_many_letters_use_one_connection(mail_server: MailServer) -> None:
    for _n in range(5):
        letters.letter()

    sweep()

    assert len(mail_server.taken) == 5
    assert mail_server.connections == 1


def test_one_refused_for_good_stops_no_other(mail_server: MailServer) -> None:
    first, bad, last = letters.letter(), letters.letter("sai@example.org"), letters.letter()
    mail_server.replies["sai@example.org"] = "550 5.1.1 <sai@example.org> unknown here"

    sweep()

    for letter in (first, bad, last):
        letter.refresh_from_db()
    assert [first.state, bad.state, last.state] == [LetterState.SENT, LetterState.TO_CALL, LetterState.SENT]
    assert bad.trouble == Trouble.REFUSED
    assert bad.last_error == "RCPT 550 5.1.1"
    run = JobRun.objects.latest("pk")
    assert (run.seen, run.changed, run.skipped, run.failed) == (3, 2, 1, 0)


def test_one_refused_for_now_is_tried_later(mail_server: MailServer) -> None:
    slow, other = letters.letter("day@example.org"), letters.letter()
    mail_server.replies["day@example.org"] = "452 4.2.2 mailbox full"

    sweep()

    slow.refresh_from_db()
    other.refresh_from_db()
    wait = sending_rule_on(timezone.localdate()).waits[0]
    assert other.state == LetterState.SENT
    assert (slow.state, slow.attempts, slow.trouble) == (LetterState.WAITING, 1, Trouble.NOT_NOW)
    assert slow.last_error == "RCPT 452 4.2.2"
    assert timezone.now() + wait - timedelta(seconds=20) < slow.next_try_at < timezone.now() + wait

    mail_server.replies.clear()
    send_due_letters()
    slow.refresh_from_db()
    assert slow.state == LetterState.WAITING, "not before its time"
    sweep()
    slow.refresh_from_db()
    assert slow.state == LetterState.SENT


def test_tries_used_up_mean_a_call(mail_server: MailServer) -> None:
    waits = len(sending_rule_on(timezone.localdate()).waits)
    letter = letters.letter("day@example.org")
    mail_server.replies["day@example.org"] = "452 full"

    for _n in range(waits):
        sweep()
        letter.refresh_from_db()
        assert letter.state == LetterState.WAITING
    sweep()

    letter.refresh_from_db()
    assert (letter.state, letter.trouble) == (LetterState.TO_CALL, Trouble.NOT_NOW)


def test_refused_at_its_end_is_no_delivery(mail_server: MailServer) -> None:
    letter = letters.letter()
    mail_server.end_reply = "554 5.7.1 looks like spam"
    sweep()
    letter.refresh_from_db()
    assert (letter.state, letter.last_error) == (LetterState.TO_CALL, "END 554 5.7.1")

    later = letters.letter()
    mail_server.end_reply = "451 try later"
    sweep()
    later.refresh_from_db()
    assert (later.state, later.handing_over_at) == (LetterState.WAITING, None)


def test_a_server_that_is_gone_costs_no_try(mail_server: MailServer, settings: Settings) -> None:
    first, second = letters.letter(), letters.letter()
    settings.SMTP_URL = f"smtp://127.0.0.1:{free_port()}?timeout=2"

    sweep()

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, first.attempts, first.trouble) == (LetterState.WAITING, 0, Trouble.AWAY)
    assert (second.state, second.attempts, second.trouble) == (LetterState.WAITING, 0, "")

    settings.SMTP_URL = mail_server.url
    sweep()
    assert sum(mail_server.ids().values()) == 2


def test_a_server_gone_for_days_means_a_call(settings: Settings) -> None:
    settings.LETTERS_CHANNELS = {"email": "letters.channels.smtp.SmtpChannel"}
    settings.SMTP_URL = f"smtp://127.0.0.1:{free_port()}?timeout=2"
    give_up = sending_rule_on(timezone.localdate()).give_up_after
    old = letters.letter(due_at=timezone.now() - give_up - timedelta(minutes=1))

    sweep()

    old.refresh_from_db()
    assert (old.state, old.trouble) == (LetterState.TO_CALL, Trouble.AWAY)


def test_a_silent_server_delays_its_letter_only(mail_server: MailServer, settings: Settings) -> None:
    settings.SMTP_URL = mail_server.url.replace("timeout=2", "timeout=0.3")
    mute, other = letters.letter("lang@example.org"), letters.letter()
    mail_server.silent_for.add("lang@example.org")

    sweep()

    mute.refresh_from_db()
    other.refresh_from_db()
    assert (mute.state, mute.trouble) == (LetterState.WAITING, Trouble.NOT_NOW)
    assert other.state == LetterState.SENT
    assert mail_server.connections == 2


def test_no_answer_after_the_last_line_leaves_it_unsure(mail_server: MailServer) -> None:
    letter = letters.letter()
    mail_server.hangs_up_after_taking = True

    sweep()
    sweep()

    letter.refresh_from_db()
    assert (letter.state, letter.trouble) == (LetterState.UNSURE, Trouble.NO_ANSWER)
    assert mail_server.ids() == {message_id(letter.key): 1}, "taken once, and not sent again by itself"


def test_a_code_is_dropped_with_the_sending(mail_server: MailServer) -> None:
    secret = letters.letter(template=letters.SECRET)
    assert letters.CODE in secret.body

    sweep()

    secret.refresh_from_db()
    assert letters.CODE in mail_server.taken[0].get_content()
    assert (secret.state, secret.body) == (LetterState.SENT, "")


def test_a_code_that_cannot_be_sent_is_dropped_too(mail_server: MailServer) -> None:
    secret = letters.letter("sai@example.org", template=letters.SECRET)
    mail_server.replies["sai@example.org"] = "550 no"

    sweep()

    secret.refresh_from_db()
    assert (secret.state, secret.body) == (LetterState.TO_CALL, "")


def test_a_letter_that_cannot_be_written_stops_no_other(mail_server: MailServer) -> None:
    broken, other = letters.letter(address="", name="x"), letters.letter()
    Letter.objects.filter(pk=broken.pk).update(address="khong phai dia chi", state=LetterState.WAITING)

    sweep()

    broken.refresh_from_db()
    other.refresh_from_db()
    assert (broken.state, broken.trouble, broken.last_error) == (
        LetterState.WAITING,
        Trouble.FAULT,
        "ValueError",
    )
    assert other.state == LetterState.SENT
    assert JobRun.objects.latest("pk").reasons == {"ValueError": 1}


def test_at_night_only_the_urgent_go_out() -> None:
    calm, urgent, secret = (
        letters.letter(template=t) for t in (letters.CALM, letters.URGENT, letters.SECRET)
    )

    now = timezone.now()

    assert set(Letter.objects.due(now, is_quiet=True)) == {urgent, secret}
    assert set(Letter.objects.due(now, is_quiet=False)) == {calm, urgent, secret}
