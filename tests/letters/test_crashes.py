"""A worker killed on the way: what was not handed over is sent again, what may have been is unsure."""

from datetime import timedelta
from pathlib import Path
from threading import Thread
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone
from pytest_django import Settings

from letters.actions import claim_due, release_stale, retry_letter, send_claimed
from letters.actions.sending import Channels, LostClaim, begin_hand_over, claim_next, record_sent
from letters.channels import channel_for, file
from letters.enums import LetterState, Trouble
from letters.models import Letter
from letters.rules import sending_rule_on
from letters.tasks import send_due_letters
from people.actors import system_actor
from tests.factories import letters
from tests.letters.mail_server import MailServer

LONG_AGO = timedelta(hours=1)


def killed(letter: Letter, *, handing_over: bool, attempts: int = 1) -> None:
    """The row as a worker leaves it that was killed an hour ago."""
    then = timezone.now() - LONG_AGO
    Letter.objects.filter(pk=letter.pk).update(
        state=LetterState.SENDING,
        claim=uuid4(),
        claimed_at=then,
        handing_over_at=then if handing_over else None,
        attempts=attempts,
    )


@pytest.fixture
def mailbox(settings: Settings, tmp_path: Path) -> Path:
    """Letters go into files of this test."""
    settings.LETTERS_CHANNELS = {"email": "letters.channels.file.FileChannel"}
    settings.LETTERS_DIR = tmp_path / "letters"
    return tmp_path / "letters"


@pytest.mark.django_db
def test_killed_before_the_hand_over_is_sent_again(mail_server: MailServer) -> None:
    letter = letters.letter()
    killed(letter, handing_over=False)

    send_due_letters()

    letter.refresh_from_db()
    assert (letter.state, letter.attempts) == (LetterState.SENT, 2)
    assert len(mail_server.taken) == 1


@pytest.mark.django_db
def test_a_fresh_claim_is_left_alone(mail_server: MailServer) -> None:
    letters.letter()
    assert claim_next() is not None

    assert release_stale(Channels()) == 0
    assert claim_next() is None


@pytest.mark.django_db
def test_killed_while_handing_over_is_unsure_and_not_sent_again(mail_server: MailServer) -> None:
    letter = letters.letter()
    killed(letter, handing_over=True)

    send_due_letters()

    letter.refresh_from_db()
    assert (letter.state, letter.trouble) == (LetterState.UNSURE, Trouble.NO_ANSWER)
    assert mail_server.taken == []


@pytest.mark.django_db
def test_a_letter_that_kills_every_worker_is_not_tried_for_ever(mail_server: MailServer) -> None:
    letter = letters.letter()
    killed(letter, handing_over=False, attempts=len(sending_rule_on(timezone.localdate()).waits) + 1)

    send_due_letters()

    letter.refresh_from_db()
    assert (letter.state, letter.trouble) == (LetterState.TO_CALL, Trouble.KILLED)
    assert mail_server.taken == []


@pytest.mark.django_db
def test_a_file_proves_that_it_was_written(mailbox: Path) -> None:
    done, undone = letters.letter(), letters.letter()
    send_due_letters()
    file.path_of(undone.pk).unlink()
    for letter in (done, undone):
        killed(letter, handing_over=True)

    release_stale(Channels())

    done.refresh_from_db()
    undone.refresh_from_db()
    assert (done.state, undone.state) == (LetterState.SENT, LetterState.WAITING)


@pytest.mark.django_db
def test_a_file_of_another_database_proves_nothing(mailbox: Path) -> None:
    letter = letters.letter()
    send_due_letters()
    Letter.objects.filter(pk=letter.pk).update(key="another")

    assert file.read(letter.pk, "another") is None
    assert file.read(letter.pk, letter.key) is not None


@pytest.mark.django_db
def test_who_lost_the_claim_delivers_nothing(mail_server: MailServer) -> None:
    letters.letter()
    slow = claim_next()
    assert slow is not None
    Letter.objects.filter(pk=slow.pk).update(claimed_at=timezone.now() - LONG_AGO)
    channels = Channels()

    release_stale(channels)
    quick = claim_next()
    assert quick is not None
    sent = [send_claimed(slow, channels), send_claimed(quick, channels)]
    channels.close()

    assert sent == [False, True]
    assert len(mail_server.taken) == 1


@pytest.mark.django_db
def test_a_living_worker_settles_what_was_taken_for_unsure(mail_server: MailServer) -> None:
    letters.letter(template=letters.SECRET)
    claimed = claim_next()
    assert claimed is not None
    begin_hand_over(claimed)
    Letter.objects.filter(pk=claimed.pk).update(handing_over_at=timezone.now() - LONG_AGO)
    release_stale(Channels())
    assert Letter.objects.get().state == LetterState.UNSURE

    record_sent(claimed)

    assert (Letter.objects.get().state, Letter.objects.get().body) == (LetterState.SENT, "")


@pytest.mark.django_db
def test_what_an_officer_settled_stays(mail_server: MailServer) -> None:
    letter = letters.letter()
    claimed = claim_next()
    assert claimed is not None
    begin_hand_over(claimed)
    Letter.objects.filter(pk=letter.pk).update(handing_over_at=timezone.now() - LONG_AGO)
    release_stale(Channels())
    retry_letter(by=system_actor(), letter=letter)

    record_sent(claimed)

    letter.refresh_from_db()
    assert letter.state == LetterState.WAITING
    with pytest.raises(LostClaim):
        begin_hand_over(claimed)


@pytest.mark.django_db(transaction=True)
def test_two_workers_never_send_one_letter_twice(mail_server: MailServer) -> None:
    for _n in range(40):
        letters.letter()

    def work() -> None:
        channels = Channels()
        for claimed in claim_due(channels):
            send_claimed(claimed, channels)
        channels.close()
        connection.close()

    workers = [Thread(target=work) for _n in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert len(mail_server.ids()) == 40
    assert set(mail_server.ids().values()) == {1}
    assert set(Letter.objects.values_list("state", flat=True)) == {LetterState.SENT}


def test_a_channel_is_found_by_its_code(settings: Settings) -> None:
    settings.LETTERS_CHANNELS = {"sms": "letters.channels.file.FileChannel"}
    assert isinstance(channel_for("sms"), file.FileChannel)
    with pytest.raises(KeyError):
        channel_for("email")
