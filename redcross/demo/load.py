"""Loading the demo, once, in one transaction."""

from datetime import date
from functools import cache

from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from foundation.refusal import Refused
from ledger.enums import Via
from ledger.jobs import job_run
from ledger.models import JobRun, User
from people.actions import add_person, grant_office
from people.actors import system_actor
from people.models import Unit
from redcross.demo.accounts import ACCOUNTS, PASSWORD, DemoAccount
from redcross.demo.documents import load_documents
from redcross.demo.donors import load_donors, number_donors
from redcross.demo.dues import load_dues
from redcross.demo.evaluations import load_evaluations
from redcross.demo.ground import load_ground, load_merger
from redcross.demo.letters import load_letters
from redcross.demo.lists import load_lists
from redcross.demo.media import load_media
from redcross.demo.members import load_members
from redcross.demo.newsroom import load_newsroom
from redcross.demo.papers import load_papers
from redcross.demo.people import PEOPLE, load_people
from redcross.demo.posts import load_posts
from redcross.demo.rewards import load_rewards
from redcross.demo.titles import load_titles
from redcross.demo.units import FOUNDED_ON, load_units
from redcross.demo.volunteers import load_volunteers

JOB = "redcross.load_demo"


def load_demo(on: date, people: int = PEOPLE) -> bool:
    """Load the demo, with so many people, unless it is there already; True if it was loaded now.

    Refused outside the demo and the tests: its passwords are public.
    """
    if settings.MODE not in {"demo", "test"}:
        raise Refused(["The demo is loaded in the demo only (REDCROSS_MODE=demo)."])
    if JobRun.objects.filter(job=JOB, state="done").exists():
        return False
    with transaction.atomic(), job_run(JOB) as run:
        by = system_actor(Via.COMMAND)
        units = load_units(by)
        users = {account.username: load_account(account, units) for account in ACCOUNTS}
        written = load_merger(run.by, units)
        written += load_people(run.by, units, on, people) + load_posts(units, users, on)
        written += load_newsroom(units, users, on)
        written += load_ground(run.by, units, users, on)
        written += load_members(units, users, on) + load_dues(units, users, on)
        written += load_volunteers(units, users, on)
        written += load_papers(units, users, on) + load_lists(users, units)
        written += load_evaluations(units, users) + load_titles(units, on) + load_rewards(units, on)
        written += load_donors(units, users, on)
        number_donors()
        written += load_documents(units, users, on) + load_media(units, users, on)
        written += load_letters(run.by, users, timezone.now())
        run.row.seen = run.row.changed = len(units) + len(users) + written
    return True


@cache
def hashed() -> str:
    """The demo's password as stored."""
    return make_password(PASSWORD)


def load_account(account: DemoAccount, units: dict[str, Unit]) -> User:
    """One login with verified e-mail, password, second step, person and office; returns the user."""
    by = system_actor(Via.COMMAND)
    email = f"{account.username}@example.org"
    user = User(username=account.username, email=email)
    user.password = hashed()  # one public password: hashed once
    user.save()
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    unit = units[account.unit]
    person = add_person(by=by, full_name=account.full_name, unit=unit, user=user)
    if account.office is not None:
        TOTP.activate(user, account.totp_secret)
        grant_office(
            by=by,
            person=person,
            office=account.office,
            unit=unit,
            from_on=FOUNDED_ON,
            until_on=None,
            reason="Quyết định phân công (mẫu)",
        )
    return user
