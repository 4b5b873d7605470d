"""How the actions on volunteers and congresses are called, for the walk over actions."""

from datetime import timedelta
from typing import Any

from foundation.dates import today
from ledger.actor import Actor
from members.actions import congress, lists, volunteers
from members.enums import DelegateWay, Kind, TitleLevel
from members.models import Congress, CongressResult, Delegate
from people.actors import system_actor
from people.enums import BodyKind
from people.models import Person
from tests.factories import members as make_members
from tests.factories import people as make_people
from tests.factories import volunteers as make
from tests.guarded import Guarded
from tests.world import World

V, C = "members.actions.volunteers", "members.actions.congress"


def _volunteer(w: World) -> Person:
    return make.volunteer("Người Tình Nguyện", w.cast.ward).person


def _congress(w: World) -> Congress:
    return make.congress(w.cast.ward, today())


def _member(w: World) -> Person:
    person = make_people.person("Người Đại Biểu", w.cast.ward, with_user=False)
    return make_members.member(person, w.cast.ward, Kind.MEMBER).person


def _delegate(w: World, number: int | None = None) -> Delegate:
    return make.delegate(_congress(w), _member(w), None, number)


def _result(w: World) -> CongressResult:
    row: CongressResult = congress.enter_result(
        by=system_actor(), congress=_congress(w), body_kind=BodyKind.INSPECTION, person=_member(w),
        post="Trưởng ban", votes=None,
    )  # fmt: skip
    return row


def _title(w: World, by: Actor) -> Any:
    return volunteers.give_title(
        by=by, person=_volunteer(w), level=TitleLevel.GOLD, given_on=today(), decision="21/QĐ", given_by="Hội"
    )


def _served(w: World, by: Actor) -> Any:
    return volunteers.note_service(
        by=by, person=_volunteer(w), unit=w.cast.ward, on=today(), minutes=60, what="Trực"
    )


def _planned(w: World, by: Actor) -> Any:
    values = {
        "name": "Đại hội", "held_on": today(), "term_first": today(),
        "term_last": today() + timedelta(days=1800), "counted_on": today(), "seats": 10,
    }  # fmt: skip
    return congress.plan_congress(by=by, unit=w.cast.ward, values=values)


CALLS: dict[str, Guarded] = {
    "members.actions.lists.draft_list_paper": Guarded(
        "paper.draft",
        lambda w, by: lists.draft_list_paper(
            by=by, unit=w.cast.ward, title="Hội viên", on=today(), heads=["Tên"], rows=[["An"]]
        ),
    ),
    f"{V}.save_volunteer": Guarded(
        "members.enter",
        lambda w, by: volunteers.save_volunteer(by=by, person=_volunteer(w), version=0, values={}),
    ),
    f"{V}.set_skill": Guarded(
        "members.enter", lambda w, by: volunteers.set_skill(by=by, person=_volunteer(w), code="swimming")
    ),
    f"{V}.drop_skill": Guarded(
        "members.enter", lambda w, by: volunteers.drop_skill(by=by, skill=make.skill(_volunteer(w)))
    ),
    f"{V}.check_skill": Guarded(
        "members.act", lambda w, by: volunteers.check_skill(by=by, skill=make.skill(_volunteer(w)))
    ),
    f"{V}.set_language": Guarded(
        "members.enter",
        lambda w, by: volunteers.set_language(by=by, person=_volunteer(w), code="en", level="good"),
    ),
    f"{V}.sign_conduct": Guarded(
        "members.enter", lambda w, by: volunteers.sign_conduct(by=by, person=_volunteer(w), signed_on=today())
    ),
    f"{V}.give_title": Guarded("members.act", _title),
    f"{V}.revoke_title": Guarded(
        "members.act",
        lambda w, by: volunteers.revoke_title(by=by, title=make.title(_volunteer(w)), reason="Nhầm"),
    ),
    f"{V}.note_service": Guarded("members.enter", _served),
    f"{V}.drop_service": Guarded(
        "members.enter",
        lambda w, by: volunteers.drop_service(
            by=by, day=make.served(_volunteer(w), w.cast.ward), reason="Nhầm"
        ),
    ),
    f"{C}.plan_congress": Guarded("members.act", _planned),
    f"{C}.allot_seats": Guarded(
        "members.act", lambda w, by: congress.allot_seats(by=by, congress=_congress(w))
    ),
    f"{C}.name_delegate": Guarded(
        "members.act",
        lambda w, by: congress.name_delegate(
            by=by, congress=_congress(w), person=_member(w), branch=None, way=DelegateWay.OFFICE
        ),
    ),
    f"{C}.drop_delegate": Guarded(
        "members.act", lambda w, by: congress.drop_delegate(by=by, delegate=_delegate(w), reason="Xin rút")
    ),
    f"{C}.check_credential": Guarded(
        "members.act", lambda w, by: congress.check_credential(by=by, delegate=_delegate(w), is_right=True)
    ),
    f"{C}.note_came": Guarded(
        "members.act", lambda w, by: congress.note_came(by=by, delegate=_delegate(w, 1))
    ),
    f"{C}.enter_result": Guarded(
        "members.act",
        lambda w, by: congress.enter_result(
            by=by, congress=_congress(w), body_kind=BodyKind.EXECUTIVE, person=_member(w), post="Chủ tịch",
            votes=None,
        ),
    ),
    f"{C}.drop_result": Guarded(
        "members.act", lambda w, by: congress.drop_result(by=by, result=_result(w))
    ),
    f"{C}.close_congress": Guarded(
        "members.act", lambda w, by: congress.close_congress(by=by, congress=_result(w).congress)
    ),
}  # fmt: skip
