"""Every action, called by every office and by none: who may is what the offices' table says."""

import pytest
from django.db import transaction

from foundation.refusal import Refused
from ledger.actor import NotAllowed
from people.enums import OfficeCode
from people.rules import office_rules
from tests.conftest import Cast
from tests.factories import people
from tests.guarded import ANYBODY, NO_UNIT, SYSTEM
from tests.guarded import CALLS as UPPER_CALLS
from tests.guarded_documents import CALLS as DOCUMENT_CALLS
from tests.guarded_donors import CALLS as DONOR_CALLS
from tests.guarded_drives import CALLS as DRIVE_CALLS
from tests.guarded_dues import CALLS as DUES_CALLS
from tests.guarded_evaluations import CALLS as EVALUATION_CALLS
from tests.guarded_ground import CALLS as GROUND_CALLS
from tests.guarded_members import CALLS as MEMBER_CALLS
from tests.guarded_news import CALLS as NEWS_CALLS
from tests.guarded_news_media import CALLS as MEDIA_CALLS
from tests.guarded_papers import CALLS as PAPER_CALLS
from tests.guarded_rewards import CALLS as REWARD_CALLS
from tests.guarded_roof import CALLS as ROOF_CALLS
from tests.guarded_volunteers import CALLS as VOLUNTEER_CALLS
from tests.test_house import actions
from tests.world import make_world

pytestmark = pytest.mark.django_db
CALLS = (
    GROUND_CALLS
    | PAPER_CALLS
    | DOCUMENT_CALLS
    | MEMBER_CALLS
    | DUES_CALLS
    | DONOR_CALLS
    | DRIVE_CALLS
    | EVALUATION_CALLS
    | REWARD_CALLS
    | VOLUNTEER_CALLS
    | MEDIA_CALLS
    | NEWS_CALLS
    | ROOF_CALLS
    | UPPER_CALLS
)


class Undo(Exception):
    """Ends a transaction whose outcome is known."""


def test_every_action_is_in_the_walk() -> None:
    assert {name for name, _action in actions()} ^ set(CALLS) == set()


@pytest.mark.parametrize("office", [*OfficeCode.values, None])
def test_an_office_does_what_it_may_and_nothing_else(cast: Cast, office: str | None) -> None:
    world = make_world(cast)
    holder = people.officer(OfficeCode(office), cast.city) if office else people.person("Ai Đó", cast.ward)
    by = people.actor(holder)
    may = office_rules(by.on)[office].may if office else frozenset()

    wrong = {}
    for name, (right, call) in CALLS.items():
        allowed = True
        try:
            with transaction.atomic():
                call(world, by)
                raise Undo
        except NotAllowed:
            allowed = False
        except (Refused, Undo):
            pass
        if allowed != (right in {ANYBODY, office} or (right != SYSTEM and right in may)):
            wrong[name] = allowed
    assert wrong == {}


def test_an_office_elsewhere_does_nothing_here(cast: Cast) -> None:
    """The same rights, held on another ward. Each act is undone, so one world serves for all."""
    world = make_world(cast)
    may = {office: rules.may for office, rules in office_rules(people.actor(cast.nobody).on).items()}
    elsewhere = {
        office: people.actor(people.officer(office, cast.other_ward, f"Người Nơi Khác {office}"))
        for office in OfficeCode
    }

    done = []
    for name, (right, call) in CALLS.items():
        if right == ANYBODY or name in NO_UNIT:
            continue
        for office, by in elsewhere.items():
            if right != office and right not in may[office]:
                continue
            try:
                with transaction.atomic():
                    call(world, by)
                    raise Undo
            except NotAllowed:
                pass
            except (Refused, Undo):
                done.append((name, office))
    assert done == []
