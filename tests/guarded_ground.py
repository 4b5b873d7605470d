"""How the actions on units, bodies, approvals, lists, doubles are called, for the walk over actions."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.core.files.base import ContentFile

from foundation.dates import today
from ledger.actor import Actor
from people.actions import acts, approvals, bodies, contacts, decided, duplicates, files, imports, merges
from people.actors import system_actor
from people.enums import ActKind, ApprovalState, BodyKind, OfficeCode
from people.hooks import absorb_person
from people.models import Approval, ImportBatch, Merge, Pair, Person, UnitAct
from tests.factories import people as make
from tests.guarded import ANYBODY, SYSTEM, Guarded
from tests.world import World

DAY = date(2026, 1, 5)
CSV = "Họ và tên,Năm sinh\nNguyễn Văn Mẫu,1980\n".encode()


def _approval(w: World) -> Approval:
    return approvals.ask(
        by=system_actor(), kind="test", title="Xin ý kiến", office=OfficeCode.UNIT_HEAD, unit=w.cast.ward
    )


def _two(w: World) -> tuple[Person, Person]:
    return (
        make.person("Hai Người Một", w.cast.ward, with_user=False),
        make.person("Hai Người Hai", w.cast.ward, with_user=False),
    )


def _pair(w: World) -> Pair:
    one, other = _two(w)
    return Pair.objects.create(one=one, other=other, score=80)


def _list(w: World, by: Actor) -> ImportBatch:
    return imports.take_in_list(
        by=by, unit=w.cast.ward, file=ContentFile(CSV, "danh-sach.csv"), source="Chi hội", ground="agreement"
    )


def _taken(w: World) -> ImportBatch:
    return _list(w, make.actor(w.cast.unit_officer))


def _merge(w: World, by: Actor) -> Merge:
    kept, absorbed = _two(w)
    return merges.merge_people(by=by, kept=kept, absorbed=absorbed, absorbers=[absorb_person])


def _seat_call(action: Callable[..., Any], **more: Any) -> Callable[[World, Actor], Any]:
    return lambda w, by: action(by=by, seat=make.seat(w.cast.nobody, w.cast.ward, "Phó Chủ tịch"), **more)


def _awaiting(w: World) -> UnitAct:
    return decided.await_decision(by=system_actor(), act=make.plan(w.cast.ward), unit=w.cast.ward)


def _body_call(action: Callable[..., Any], **more: Any) -> Callable[[World, Actor], Any]:
    return lambda w, by: action(
        by=by, body=make.seat(w.cast.nobody, w.cast.ward, "Phó Chủ tịch").body, **more
    )


def _member_call(action: Callable[..., Any], **more: Any) -> Callable[[World, Actor], Any]:
    def call(w: World, by: Actor) -> Any:
        body = make.seat(w.cast.nobody, w.cast.ward, "Phó Chủ tịch").body
        return action(by=by, body=body, person=_two(w)[0], post="Ủy viên", first_on=DAY, **more)

    return call


_ENDING = {"last_on": DAY, "reason": "Chuyển công tác", "decision_number": "9/QĐ-CTĐ"}

CALLS: dict[str, Guarded] = {
    "people.actions.acts.enter_act": Guarded(
        "unit.reorganise",
        lambda w, by: acts.enter_act(
            by=by,
            kind=ActKind.RENAME,
            decision_number="12/QĐ-CTĐ",
            decided_on=DAY,
            effective_on=DAY,
            plan=acts.Plan(renames=[acts.Rename(w.cast.ward, "Tên khác")]),
        ),
    ),
    "people.actions.acts.add_to_act": Guarded(
        "unit.reorganise",
        lambda w, by: acts.add_to_act(
            by=by, act=make.act(w.cast.ward), item=acts.Rename(w.cast.ward, "Tên khác nữa")
        ),
    ),
    "people.actions.acts.drop_from_act": Guarded(
        "unit.reorganise",
        lambda w, by: acts.drop_from_act(by=by, act=make.act(w.cast.ward), what="rename", key="0"),
    ),
    "people.actions.acts.confirm_act": Guarded(
        "unit.reorganise", lambda w, by: acts.confirm_act(by=by, act=make.act(w.cast.ward))
    ),
    "people.actions.acts.carry_out_act": Guarded(
        "unit.reorganise", lambda w, by: acts.carry_out_act(by=by, pk=make.act(w.cast.ward).pk)
    ),
    "people.actions.acts.cancel_act": Guarded(
        "unit.reorganise",
        lambda w, by: acts.cancel_act(by=by, act=make.act(w.cast.ward), reason="Đổi phương án"),
    ),
    "people.actions.acts.carry_out_due_act": Guarded(
        SYSTEM, lambda w, by: acts.carry_out_due_act(by=by, pk=make.act(w.cast.ward).pk)
    ),
    # The paper of the unit that issues it decides: its own rights are asked.
    "people.actions.decided.await_decision": Guarded(
        "unit.reorganise",
        lambda w, by: decided.await_decision(by=by, act=make.plan(w.cast.ward), unit=w.cast.ward),
    ),
    "people.actions.decided.decide_act": Guarded(
        "paper.number",
        lambda w, by: decided.decide_act(
            by=by, act=_awaiting(w), number="9/QĐ-CTĐ", decided_on=DAY, is_outside=False
        ),
    ),
    "people.actions.decided.drop_undecided": Guarded(
        "paper.draft",
        lambda w, by: decided.drop_undecided(by=by, act=_awaiting(w), reason="Đổi phương án"),
    ),
    # The office that is asked decides, and no other.
    "people.actions.approvals.decide": Guarded(
        OfficeCode.UNIT_HEAD,
        lambda w, by: approvals.decide(by=by, approval=_approval(w), decision=ApprovalState.APPROVED),
    ),
    "people.actions.approvals.escalate": Guarded(
        SYSTEM, lambda w, by: approvals.escalate(by=by, pk=_approval(w).pk)
    ),
    # Only who asked takes it back; the system asked this one.
    "people.actions.approvals.withdraw": Guarded(
        SYSTEM, lambda w, by: approvals.withdraw(by=by, approval=_approval(w), reason="Thôi")
    ),
    "people.actions.bodies.found_body": Guarded(
        "body.manage",
        lambda w, by: bodies.found_body(
            by=by, unit=w.cast.ward, kind=BodyKind.INSPECTION, first_on=DAY, last_on=None
        ),
    ),
    "people.actions.bodies.recognise_decided": Guarded(
        "paper.number",
        lambda w, by: bodies.recognise_decided(
            by=by, body=w.seat.body, unit=w.cast.ward, number="9/QĐ-CTĐ", decided_on=DAY
        ),
    ),
    "people.actions.bodies.seat_member": Guarded("body.manage", _member_call(bodies.seat_member)),
    "people.actions.bodies.elect_in_addition": Guarded(
        "body.manage",
        _member_call(bodies.elect_in_addition, decision_number="9/QĐ-CTĐ"),
    ),
    "people.actions.bodies.end_body": Guarded(
        "body.manage", _body_call(bodies.end_body, last_on=DAY, reason="Hết nhiệm kỳ")
    ),
    "people.actions.bodies.ask_recognition": Guarded("body.manage", _body_call(bodies.ask_recognition)),
    # Recognising decides the approval that was asked of the city officer.
    "people.actions.bodies.recognise_body": Guarded(
        OfficeCode.CITY_OFFICER, _body_call(bodies.recognise_body, decision_number="9/QĐ-CTĐ", decided_on=DAY)
    ),
    "people.actions.bodies.put_in_charge": Guarded(
        "body.manage", _seat_call(bodies.put_in_charge, first_on=DAY, decision_number="9/QĐ-CTĐ")
    ),
    "people.actions.bodies.step_down": Guarded("body.manage", _seat_call(bodies.step_down, **_ENDING)),
    "people.actions.bodies.strike_off": Guarded("body.manage", _seat_call(bodies.strike_off, **_ENDING)),
    "people.actions.contacts.set_contacts": Guarded(
        "people.enter",
        lambda w, by: contacts.set_contacts(by=by, person=w.cast.member, phones=["0500000001"]),
    ),
    "people.actions.contacts.set_identity_number": Guarded(
        "people.enter",
        lambda w, by: contacts.set_identity_number(by=by, person=w.cast.member, number="999090000001"),
    ),
    # Kept for an action that has asked whether it may.
    "people.actions.files.store_file": Guarded(
        ANYBODY,
        lambda w, by: files.store_file(
            by=by, name="a.csv", content_type="text/csv", file=ContentFile(CSV), days=1
        ),
    ),
    "people.actions.imports.take_in_list": Guarded("people.import", _list),
    "people.actions.imports.choose_header": Guarded(
        "people.import", lambda w, by: imports.choose_header(by=by, batch=_taken(w), sheet="", row=1)
    ),
    "people.actions.imports.ask_try": Guarded(
        "people.import", lambda w, by: imports.ask_try(by=by, batch=_taken(w), columns={"full_name": 0})
    ),
    "people.actions.imports.ask_run": Guarded(
        "people.import",
        lambda w, by: imports.ask_run(by=by, batch=_taken(w), fixes_names=True, takes_elsewhere=False),
    ),
    "people.actions.imports.cancel_import": Guarded(
        "people.import", lambda w, by: imports.cancel_import(by=by, batch=_taken(w))
    ),
    "people.actions.imports.remind_units": Guarded(
        "people.remind", lambda w, by: imports.remind_units(by=by, since=DAY, due_on=today())
    ),
    # Jobs: a claim, a sweep, a search for doubles; they decide nothing about anybody.
    "people.actions.imports.clear_old_rows": Guarded(ANYBODY, lambda w, by: imports.clear_old_rows(by=by)),
    "people.actions.duplicates.find_pairs": Guarded(ANYBODY, lambda w, by: duplicates.find_pairs(by=by)),
    "people.actions.duplicates.tell_apart": Guarded(
        "people.merge", lambda w, by: duplicates.tell_apart(by=by, pair=_pair(w), reason="Khác năm sinh")
    ),
    "people.actions.merges.merge_people": Guarded("people.merge", _merge),
    "people.actions.merges.undo_merge": Guarded(
        "people.merge",
        lambda w, by: merges.undo_merge(by=by, merge=_merge(w, system_actor()), reason="Nhầm người"),
    ),
}
