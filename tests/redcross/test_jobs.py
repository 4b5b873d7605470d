"""The page of background jobs: last run, next run, what was missed; running one again."""

from datetime import datetime, timedelta

import pytest
from celery.schedules import crontab
from django.utils import timezone

from foundation.dates import ZONE
from ledger.enums import JobState
from ledger.models import AuditEntry, JobRun
from people.enums import OfficeCode
from redcross.jobs import NAMES, due_after, job, rhythm, timetable
from tests.conftest import Cast, SignIn
from tests.factories import people

NIGHTLY = crontab(hour="2", minute="20")
JOB = "people.find_duplicates"


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=ZONE)


def test_every_job_of_the_timetable_has_a_name() -> None:
    assert set(timetable()) - set(NAMES) == set()


def test_a_nightly_job_is_missed_once_its_night_has_passed() -> None:
    last = JobRun(job=JOB, started_at=at(10, 2, 20))

    assert job(JOB, NIGHTLY, last, at(11, 2, 19)).missed_at is None
    assert job(JOB, NIGHTLY, last, at(11, 2, 30)).missed_at is None
    assert job(JOB, NIGHTLY, last, at(11, 2, 36)).missed_at == at(11, 2, 20)
    assert job(JOB, NIGHTLY, None, at(11, 3)).missed_at is None


def test_the_next_run_is_told() -> None:
    assert due_after(NIGHTLY, at(10, 2, 19)) == at(10, 2, 20)
    assert due_after(NIGHTLY, at(10, 2, 21)) == at(11, 2, 20)
    assert due_after(timedelta(seconds=20), at(10, 8)) == at(10, 8) + timedelta(seconds=20)


def test_how_often_is_told_in_words() -> None:
    assert rhythm(NIGHTLY) == "hằng ngày lúc 02:20"
    assert rhythm(timedelta(seconds=20)) == "20 giây một lần"
    assert rhythm(crontab(minute="*/10")) == "10 phút một lần"
    assert rhythm(crontab(hour="8-18", minute="*/10")) == "hằng ngày lúc 08:00 đến 18:50, 10 phút một lần"


@pytest.mark.django_db
def test_the_page_tells_what_failed_and_why(cast: Cast, client_for: SignIn) -> None:
    now = timezone.now()
    JobRun.objects.create(
        job=JOB,
        state=JobState.DONE,
        started_at=now,
        ended_at=now,
        seen=5,
        changed=3,
        skipped=1,
        failed=1,
        reasons={"IntegrityError": 1},
    )
    client = client_for(people.officer(OfficeCode.ADMINISTRATOR, cast.city))

    listed = client.get("/lam-viec/cong-viec-nen/").content.decode()
    page = client.get(f"/lam-viec/cong-viec-nen/{JOB}/").content.decode()

    assert "Tìm hồ sơ trùng" in listed
    assert "IntegrityError (1)" in page


@pytest.mark.django_db
def test_running_again_is_on_record(cast: Cast, client_for: SignIn) -> None:
    client = client_for(people.officer(OfficeCode.ADMINISTRATOR, cast.city))

    answer = client.post(f"/lam-viec/cong-viec-nen/{JOB}/chay/")

    assert answer.headers["Location"] == f"/lam-viec/cong-viec-nen/{JOB}/"
    # On record, or told that the queue does not answer (a broker that another test stopped): one of both.
    told = "Hàng đợi việc nền không trả lời" in client.get(answer.headers["Location"]).content.decode()
    assert AuditEntry.objects.filter(act="redcross.replay_job").count() == int(not told)
    assert client.post("/lam-viec/cong-viec-nen/khong.co/chay/").status_code == 404
