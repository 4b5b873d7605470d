"""Members for tests."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from foundation.dates import today
from members import actions
from members.actions.cards import make_card
from members.actions.joining import settle
from members.enums import Kind
from members.models import Admission, Application, Card, Membership, Transfer
from members.queries.units import base_of
from papers import actions as papers
from papers.models import Paper
from people.actors import system_actor
from people.enums import UnitKind
from people.models import Person, Unit
from tests.factories import people

SINCE = date(2026, 1, 5)


def branch(of_unit: Unit, name: str = "Chi hội khu phố 4", code: str = "KP4") -> Unit:
    """A branch under a ward."""
    return people.unit(name, of_unit, UnitKind.BRANCH, code=code)


def application(unit: Unit, name: str = "Nguyễn Thị Mẫu Đơn", **values: Any) -> Application:
    """An application on paper, on its way."""
    given = {
        "kind": Kind.MEMBER,
        "unit": unit,
        "full_name": name,
        "birth_date": date(1990, 5, 6),
        "phone": "0500000001",
        **values,
    }
    return actions.enter_application(by=system_actor(), values=given)


def batch(unit: Unit, *applications: Application) -> Admission:
    """A meeting that agreed to them."""
    return actions.hold_meeting(
        by=system_actor(), unit=unit, met_on=today(), minutes="BB 03", agreed=list(applications)
    )


def signed(admission: Admission) -> Paper:
    """The decision of a batch, signed, waiting for its number."""
    by = system_actor()
    paper = actions.draft_decision(by=by, admission=admission)
    values = {**paper.form, "signer_name": "Nguyễn Văn Chủ"}
    paper = papers.edit_draft(by=by, paper=paper, version=paper.version, values=values)
    return papers.sign_paper(by=by, paper=papers.submit_paper(by=by, paper=paper))


def issued(admission: Admission) -> Paper:
    """The decision of a batch, signed and numbered today."""
    return papers.issue_paper(by=system_actor(), paper=signed(admission))


@transaction.atomic
def member(person: Person, unit: Unit, kind: Kind = Kind.MEMBER, since: date = SINCE) -> Membership:
    """Somebody who is a member of a unit since a day, with a card made."""
    membership = Membership.objects.create(
        person=person, kind=kind, during=DateRange(since, None), decision="07/QĐ-CTĐ", decided_on=since
    )
    settle(membership, unit.pk, since)
    make_card(system_actor(), membership, base_of(unit, today()), since)
    return membership


def card(membership: Membership) -> Card:
    """The latest card of a membership."""
    return membership.cards.latest("pk")


def transfer(membership: Membership, target: Unit) -> Transfer:
    """A transfer that waits."""
    return actions.ask_transfer(
        by=system_actor(), membership=membership, target=target, reason="Chuyển nơi ở"
    )


def yesterday() -> date:
    return today() - timedelta(days=1)
