"""How the actions of membership life are called, for the walk over actions."""

from typing import Any

from foundation.dates import today
from ledger.actor import Actor
from letters.actions.stopping import stop_letters
from members import actions as members
from members.actions.admissions import admit
from members.actions.applications import forget_application
from members.actions.joining_letters import remind_applicant, remind_card
from members.actions.life import Wanted
from members.actions.reports import answer_report, report_life
from members.enums import Kind, ReportKind
from members.models import Application, LifeAct, LifeReport, Membership, Transfer
from papers.actions.proofs import end_proof, make_proof
from people.actions.approvals import ask
from people.actors import system_actor
from people.enums import OfficeCode
from people.models import Unit
from tests.factories import members as make
from tests.factories import people as make_people
from tests.guarded import ANYBODY, Guarded
from tests.world import World


def _branch(w: World) -> Unit:
    """The ward's branch, which the actor's offices cover from the beginning."""
    assert w.application.unit is not None
    return w.application.unit


def _direct(w: World, **values: Any) -> Application:
    """Waits for the meeting: the ward itself was applied to."""
    return make.application(w.cast.ward, **values)


def _volunteer(w: World) -> Application:
    return _direct(w, kind=Kind.VOLUNTEER)


def _returned(w: World) -> Application:
    return members.ask_more(by=system_actor(), application=_direct(w), words="Thiếu ngày sinh")


def _member(w: World) -> Membership:
    return make.member(make_people.person("Người Hội Viên", w.cast.ward, with_user=False), w.cast.ward)


def _left(w: World) -> LifeAct:
    wanted = Wanted("leave", today(), "wish")
    return members.change_life(by=system_actor(), membership=_member(w), wanted=wanted)


def _moving(w: World) -> Transfer:
    return make.transfer(_member(w), _branch(w))


def _enter(w: World, by: Actor) -> Any:
    values = {"kind": Kind.MEMBER, "unit": w.cast.ward, "full_name": "Người Nộp Đơn", "phone": "0500000002"}
    return members.enter_application(by=by, values=values)


def _meet(w: World, by: Actor) -> Any:
    agreed = [_direct(w)]
    return members.hold_meeting(by=by, unit=w.cast.ward, met_on=today(), minutes="BB", agreed=agreed)


def _give_card(w: World, by: Actor) -> Any:
    membership = _member(w)
    membership.cards.update(state="lost")
    return members.give_card(by=by, membership=membership, on=today())


def _rejoin(w: World, by: Actor) -> Any:
    old = _left(w).membership
    return members.rejoin(by=by, membership=old, unit=w.cast.ward, on=today(), decision="9/QĐ-CTĐ")


def _report(w: World, by: Actor) -> LifeReport:
    return report_life(by=by, membership=_member(w), what=ReportKind.MOVE, on=today())


CALLS: dict[str, Guarded] = {
    # On the public pages, by somebody without office; by a job.
    # Steps of other acts, which have asked their own right: an approval, a proof, an effect.
    "people.actions.approvals.ask": Guarded(
        ANYBODY,
        lambda w, by: ask(by=by, kind="x", title="Xét", office=OfficeCode.UNIT_OFFICER, unit=w.cast.ward),
    ),
    "papers.actions.proofs.make_proof": Guarded(
        ANYBODY, lambda w, by: make_proof(by=by, kind="Thẻ", holder="N. V. A", day=today())
    ),
    "papers.actions.proofs.end_proof": Guarded(
        ANYBODY, lambda w, by: end_proof(by=by, proof=make.card(_member(w)).proof, on=today())
    ),
    "members.actions.admissions.admit": Guarded(
        ANYBODY, lambda w, by: admit(by=by, paper=make.issued(make.batch(w.cast.ward, _direct(w))))
    ),
    "members.actions.begin_application": Guarded(
        ANYBODY, lambda w, by: members.begin_application(by=by, kind=Kind.MEMBER)
    ),
    "members.actions.save_application": Guarded(
        ANYBODY,
        lambda w, by: members.save_application(
            by=by, application=members.begin_application(by=by, kind=Kind.MEMBER), values={"words": "Chào"}
        ),
    ),
    "members.actions.submit_application": Guarded(
        ANYBODY,
        lambda w, by: members.submit_application(
            by=by, application=members.begin_application(by=by, kind=Kind.MEMBER), consents={}
        ),
    ),
    "members.actions.answer_more": Guarded(
        ANYBODY, lambda w, by: members.answer_more(by=by, application=_returned(w), words="Đây ạ")
    ),
    "members.actions.withdraw_application": Guarded(
        ANYBODY, lambda w, by: members.withdraw_application(by=by, application=_direct(w))
    ),
    "members.actions.clear_drafts": Guarded(ANYBODY, lambda w, by: members.clear_drafts(by=by)),
    # Jobs: a question recalled, a card told of, data past its term.
    "members.actions.joining_letters.remind_applicant": Guarded(
        ANYBODY, lambda w, by: remind_applicant(by=by, pk=_returned(w).pk)
    ),
    "members.actions.joining_letters.remind_card": Guarded(
        ANYBODY, lambda w, by: remind_card(by=by, pk=make.card(_member(w)).pk)
    ),
    "members.actions.applications.forget_application": Guarded(
        ANYBODY, lambda w, by: forget_application(by=by, pk=_direct(w).pk)
    ),
    "letters.actions.stopping.stop_letters": Guarded(
        ANYBODY, lambda w, by: stop_letters(by=by, user=w.person.user)
    ),
    # A branch's report, answered by the unit's officer.
    "members.actions.reports.report_life": Guarded("members.report", _report),
    "members.actions.reports.answer_report": Guarded(
        "unit_officer",
        lambda w, by: answer_report(by=by, report=_report(w, system_actor()), is_true=True),
    ),
    # At the desk
    "members.actions.enter_application": Guarded("members.enter", _enter),
    "members.actions.give_opinion": Guarded(
        "branch_head",
        lambda w, by: members.give_opinion(by=by, application=make.application(_branch(w)), agrees=True),
    ),
    "members.actions.ask_more": Guarded(
        "members.admit", lambda w, by: members.ask_more(by=by, application=_direct(w), words="Thiếu")
    ),
    "members.actions.refuse_application": Guarded(
        "members.admit",
        lambda w, by: members.refuse_application(by=by, application=_direct(w), reason="Ghi trùng"),
    ),
    "members.actions.receive_volunteer": Guarded(
        "members.admit",
        lambda w, by: members.receive_volunteer(by=by, application=_volunteer(w), unit=w.cast.ward),
    ),
    "members.actions.hold_meeting": Guarded("members.admit", _meet),
    "members.actions.draft_decision": Guarded(
        "members.admit",
        lambda w, by: members.draft_decision(by=by, admission=make.batch(w.cast.ward, _direct(w))),
    ),
    "members.actions.plan_ceremony": Guarded(
        "members.admit",
        lambda w, by: members.plan_ceremony(by=by, admission=w.admission, on=today(), place="Nhà văn hóa"),
    ),
    "members.actions.close_ceremony": Guarded(
        "members.admit", lambda w, by: members.close_ceremony(by=by, admission=w.admission, present=[])
    ),
    # A membership
    "members.actions.change_life": Guarded(
        "members.act",
        lambda w, by: members.change_life(
            by=by, membership=_member(w), wanted=Wanted("pause", today(), "away")
        ),
    ),
    "members.actions.undo_life_act": Guarded(
        "members.act", lambda w, by: members.undo_life_act(by=by, act=_left(w), reason="Nhầm người")
    ),
    "members.actions.rejoin": Guarded("members.act", _rejoin),
    "members.actions.ask_transfer": Guarded(
        "members.act",
        lambda w, by: members.ask_transfer(by=by, membership=_member(w), target=_branch(w), reason="Dọn nhà"),
    ),
    "members.actions.receive_transfer": Guarded(
        "members.act", lambda w, by: members.receive_transfer(by=by, transfer=_moving(w))
    ),
    "members.actions.refuse_transfer": Guarded(
        "members.act", lambda w, by: members.refuse_transfer(by=by, transfer=_moving(w), reason="Không rõ")
    ),
    "members.actions.cancel_transfer": Guarded(
        "members.act", lambda w, by: members.cancel_transfer(by=by, transfer=_moving(w), reason="Đổi ý")
    ),
    "members.actions.give_card": Guarded("members.act", _give_card),
    "members.actions.hand_over_card": Guarded(
        "members.act",
        lambda w, by: members.hand_over_card(by=by, card=make.card(_member(w)), on=today()),
    ),
    "members.actions.report_lost": Guarded(
        "members.act", lambda w, by: members.report_lost(by=by, card=make.card(_member(w)), reason="Mất")
    ),
    "members.actions.replace_card": Guarded(
        "members.act", lambda w, by: members.replace_card(by=by, card=make.card(_member(w)), reason="Mất")
    ),
}
