"""The alarm clock: the Celery app and the whole timetable.

The database is the queue. A lost tick loses nothing: the next one finds the same rows.
"""

import os
from typing import Any

from celery import Celery
from celery.schedules import crontab
from celery.signals import beat_init, worker_init
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "redcross.settings")

app = Celery("redcross")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.beat_scheduler = "redcross.beat:Scheduler"
app.autodiscover_tasks()

app.conf.beat_schedule = {
    "send letters": {
        "task": "letters.send_due_letters",
        "schedule": settings.LETTERS_SWEEP_SECONDS,
        "options": {"expires": 30},
    },
    "make picture renditions": {
        "task": "news.make_due_renditions",
        "schedule": 15.0,
        "options": {"expires": 60},
    },
    "try and bring in old sites": {
        "task": "news.work_old_sites",
        "schedule": 15.0,
        "options": {"expires": 60},
    },
    "delete files of withdrawn pictures": {"task": "news.sweep_withdrawn", "schedule": 60.0},
    "write to units about documents": {
        "task": "news.write_to_units",
        "schedule": crontab(hour="7-18", minute="*/5"),
        "options": {"expires": 240},
    },
    "read files of the library": {
        "task": "news.read_documents",
        "schedule": 20.0,
        "options": {"expires": 60},
    },
    "send out scheduled posts": {
        "task": "news.send_out_due_posts",
        "schedule": 15.0,
        "options": {"expires": 60},
    },
    "make exports": {"task": "people.make_exports", "schedule": 20.0, "options": {"expires": 60}},
    "delete old files": {"task": "people.delete_old_files", "schedule": crontab(hour="2", minute="40")},
    "carry out due acts on units": {
        "task": "people.carry_out_due_acts",
        "schedule": crontab(minute="*/10"),
        "options": {"expires": 300},
    },
    "hand up late approvals": {
        "task": "people.escalate_late_approvals",
        "schedule": crontab(hour="0", minute="20"),
        "options": {"expires": 3600},
    },
    "try and write lists": {
        "task": "people.run_due_imports",
        "schedule": 10.0,
        "options": {"expires": 30},
    },
    "try and write lists of donations": {
        "task": "donors.run_due_lists",
        "schedule": 10.0,
        "options": {"expires": 30},
    },
    "find doubles": {"task": "people.find_duplicates", "schedule": crontab(hour="2", minute="20")},
    "clear rows of lists": {"task": "people.clear_imports", "schedule": crontab(hour="2", minute="50")},
    "count years of donations": {
        "task": "donors.count_years",
        "schedule": crontab(minute="*/10"),
        "options": {"expires": 600},
    },
    "clear lists of donations": {"task": "donors.clear_lists", "schedule": crontab(hour="2", minute="52")},
    "clear drafts of applications": {
        "task": "members.clear_drafts",
        "schedule": crontab(hour="3", minute="0"),
    },
    "reconcile dues": {"task": "members.reconcile_dues", "schedule": crontab(hour="1", minute="0")},
    "remind of dues": {"task": "members.remind_dues", "schedule": crontab(hour="7", minute="30")},
    "remind applicants": {"task": "members.remind_applicants", "schedule": crontab(hour="7", minute="40")},
    "remind of cards": {"task": "members.remind_cards", "schedule": crontab(hour="7", minute="50")},
    "forget old applications": {
        "task": "members.forget_applications",
        "schedule": crontab(hour="3", minute="20"),
    },
    "remove unpaid members": {
        "task": "members.remove_unpaid",
        "schedule": 60.0,
        "options": {"expires": 60},
    },
    "remind who may give again": {"task": "donors.remind_again", "schedule": crontab(hour="8", minute="5")},
    "remind of drives of tomorrow": {
        "task": "donors.remind_tomorrow",
        "schedule": crontab(hour="8-19", minute="15"),
        "options": {"expires": 1800},
    },
    "tell of cancelled drives": {
        "task": "donors.tell_cancelled",
        "schedule": 60.0,
        "options": {"expires": 60},
    },
    "thank who gave": {"task": "donors.thank", "schedule": crontab(hour="9", minute="25")},
    "call donors": {"task": "donors.work_calls", "schedule": 60.0, "options": {"expires": 60}},
    "make ratings final": {
        "task": "evaluations.make_final",
        "schedule": crontab(hour="0", minute="40"),
        "options": {"expires": 3600},
    },
    "remind of self-reports": {
        "task": "evaluations.remind",
        "schedule": crontab(hour="7", minute="30"),
        "options": {"expires": 3600},
    },
    "work reward runs": {"task": "rewards.work_runs", "schedule": 10.0, "options": {"expires": 30}},
    "make sheets of rounds": {"task": "rewards.make_sheets", "schedule": 20.0, "options": {"expires": 60}},
    "letters about honours": {"task": "rewards.tell", "schedule": crontab(hour="8-18", minute="*/10")},
    "ask for honours": {"task": "rewards.ask_nightly", "schedule": crontab(hour="1", minute="30")},
    "clear old sessions": {"task": "redcross.clear_sessions", "schedule": crontab(hour="3", minute="10")},
}


@worker_init.connect
@beat_init.connect
def refuse_unsafe_start(**kwargs: Any) -> None:
    from redcross.safety import stop_unless_safe

    stop_unless_safe()
