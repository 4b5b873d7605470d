"""How the actions on honours are called, for the walk over actions."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.core.files.base import ContentFile

from donors.models import Drive
from foundation.dates import today
from ledger.actor import Actor
from papers.actions import end_proof, make_proof
from people.actors import system_actor
from people.enums import OfficeCode
from rewards.actions import (
    ceremony,
    dossiers,
    emergencies,
    files,
    gifts,
    heirs,
    papers,
    policies,
    reminding,
    rounds,
    runs,
    sheets,
    telling,
    titles,
    undoing,
)
from rewards.enums import HandedHow, PaperUse, Reply, Step
from rewards.models import (
    Award,
    Dossier,
    Finding,
    Invitation,
    Meeting,
    Nomination,
    Policy,
    RewardRun,
    Round,
    SheetJob,
    TitleAward,
)
from tests.factories import evaluations as make_ratings
from tests.factories import people
from tests.factories import rewards as make
from tests.guarded import ANYBODY, SYSTEM, Guarded
from tests.world import World

MANAGE, CHECK, APPROVE, POLICY, GIFT = (
    "reward.manage",
    "reward.check",
    "reward.approve",
    "reward.policy",
    "reward.gift",
)


def _draft() -> Policy:
    return policies.draft_policy(by=system_actor(), name="Dự thảo", effective_from=today())


def _law() -> Policy:
    return Policy.objects.filter(state="approved").first() or make.policy()


def _nomination(w: World, step: Step = Step.PROPOSED) -> Nomination:
    _law()
    found = Nomination.objects.filter(person=w.person).first() or make.nomination(w.person, w.cast.ward)
    Nomination.objects.filter(pk=found.pk).update(step=step, round=_round(), count=20)
    found.refresh_from_db()
    return found


def _rated(w: World) -> int:
    return make_ratings.made_final(w.year_rating).person_id


def _titled(w: World, state: str = "recognised") -> TitleAward:
    return make.title(w.person, w.cast.ward, state=state)


def _round() -> Round:
    days = {"cut_off": today(), "deadline": today(), "ceremony_on": today()}
    return Round.objects.first() or Round.objects.create(name="Đợt", **days)


def _meeting() -> Meeting:
    return Meeting.objects.create(
        round=_round(), held_on=today(), present=7, members=9, minutes_number=f"{Meeting.objects.count()}"
    )


def _dossier(w: World) -> Dossier:
    one = _nomination(w, Step.SENT)
    sent, _new = Dossier.objects.get_or_create(
        round=_round(), grantor="city", submission_number="1/TTr", sent_on=today(), expected_on=today()
    )
    Nomination.objects.filter(pk=one.pk).update(dossier=sent)
    return sent


def _award(w: World) -> Award:
    one = _nomination(w, Step.GRANTED)
    fields = {"decision_number": "1/QĐ", "decided_on": today() - timedelta(days=1), "honour": one.honour}
    found, _new = Award.objects.get_or_create(
        nomination=one, person=w.person, defaults={**fields, "paper_received_on": today()}
    )
    return found


def _invitation(w: World) -> Invitation:
    award = _award(w)
    fields = {"round": award.nomination.round, "order": 1, "seat": "A01"}
    return Invitation.objects.get_or_create(award=award, defaults=fields)[0]


def _run(state: str = "waiting") -> RewardRun:
    found = RewardRun.objects.first() or RewardRun.objects.create(as_of=today(), brake=10)
    RewardRun.objects.filter(pk=found.pk).update(state=state)
    found.refresh_from_db()
    return found


def _sheet_job(w: World) -> SheetJob:
    user = people.officer(OfficeCode.REWARD_OFFICER, w.cast.city, "Cán Bộ In").user
    assert user is not None
    return SheetJob.objects.create(round=_round(), kind="thanks", by_user=user, sheets=1)


def _finding(w: World) -> Finding:
    return Finding.objects.create(nomination=_nomination(w), run=_run("done"), kind="withdraw", count=1)


def _drive(w: World) -> Drive:
    Drive.objects.filter(pk=w.drive.pk).update(on=today())
    w.drive.refresh_from_db()
    return w.drive


def _gift(w: World) -> Any:
    return make.gift(w.cast.city, 5, given_from=today() - timedelta(days=9))


def _told(w: World, by: Actor, act: Any) -> Any:
    return act(by=replace(by, on=today()), pk=0)


CALLS: dict[str, Guarded] = {
    "rewards.actions.runs.ask_nightly": Guarded(MANAGE, lambda w, by: runs.ask_nightly(by=by, as_of=today())),
    "rewards.actions.runs.ask_run": Guarded(
        MANAGE, lambda w, by: _law() and runs.ask_run(by=by, as_of=today())
    ),
    "rewards.actions.runs.pause_run": Guarded(MANAGE, lambda w, by: runs.pause_run(by=by, run=_run())),
    "rewards.actions.runs.resume_run": Guarded(
        MANAGE, lambda w, by: runs.resume_run(by=by, run=_run("paused"))
    ),
    "rewards.actions.runs.cancel_run": Guarded(
        MANAGE, lambda w, by: runs.cancel_run(by=by, run=_run(), reason="Sai ngày")
    ),
    "rewards.actions.runs.answer_finding": Guarded(
        MANAGE,
        lambda w, by: runs.answer_finding(by=by, finding=_finding(w), accept=True, answer="Nhập trùng"),
    ),
    "rewards.actions.sheets.ask_sheets": Guarded(
        MANAGE, lambda w, by: _award(w) and sheets.ask_sheets(by=by, cycle=_round(), kind="thanks")
    ),
    "rewards.actions.sheets.cancel_sheets": Guarded(
        MANAGE, lambda w, by: sheets.cancel_sheets(by=by, job=_sheet_job(w))
    ),
    # What is not due is left alone, and the rights asked are those of who asked for it.
    "rewards.actions.sheets.make_sheets": Guarded(ANYBODY, lambda w, by: sheets.make_sheets(by=by, pk=0)),
    "rewards.actions.policies.draft_policy": Guarded(
        POLICY, lambda w, by: policies.draft_policy(by=by, name="Dự thảo", effective_from=today())
    ),
    "rewards.actions.policies.set_rung": Guarded(
        POLICY,
        lambda w, by: policies.set_rung(
            by=by,
            policy=_draft(),
            kind="individual",
            threshold=5,
            values={"honour": "Thư cảm ơn", "citation": "Dự thảo", "source": "Hội"},
        ),
    ),
    "rewards.actions.policies.drop_policy": Guarded(
        POLICY, lambda w, by: policies.drop_policy(by=by, policy=_draft(), reason="Làm lại")
    ),
    "rewards.actions.policies.approve_policy": Guarded(
        APPROVE,
        lambda w, by: policies.approve_policy(
            by=by, policy=_draft(), decision_number="1/QĐ", decided_on=today()
        ),
    ),
    "rewards.actions.files.attach_policy_file": Guarded(
        POLICY,
        lambda w, by: files.attach_policy_file(
            by=by, policy=_draft(), file=ContentFile(b"%PDF-1", "qd.pdf"), file_type="application/pdf"
        ),
    ),
    "rewards.actions.files.attach_dossier_file": Guarded(
        MANAGE,
        lambda w, by: (
            Dossier.objects.filter(pk=_dossier(w).pk).update(decision_number="1/QĐ", decided_on=today()),
            files.attach_dossier_file(
                by=by, dossier=_dossier(w), file=ContentFile(b"%PDF-1", "qd.pdf"), file_type="application/pdf"
            ),
        ),
    ),
    "rewards.actions.reminding.remind_units": Guarded(
        MANAGE, lambda w, by: reminding.remind_units(by=by, cycle=_round())
    ),
    "rewards.actions.undoing.undo_policy": Guarded(
        APPROVE, lambda w, by: undoing.undo_policy(by=by, policy=make.policy(), reason="Sai mốc")
    ),
    "rewards.actions.undoing.step_back": Guarded(
        CHECK, lambda w, by: undoing.step_back(by=by, nomination=_nomination(w, Step.CHECKED), reason="Nhầm")
    ),
    "rewards.actions.undoing.undo_meeting": Guarded(
        MANAGE, lambda w, by: undoing.undo_meeting(by=by, meeting=_meeting(), reason="Nhầm phiếu")
    ),
    "rewards.actions.undoing.undo_decision": Guarded(
        APPROVE,
        lambda w, by: undoing.undo_decision(
            by=by, cycle=_award(w).nomination.round or _round(), decision_number="1/QĐ", reason="Nhầm số"
        ),
    ),
    "rewards.actions.rounds.open_round": Guarded(
        MANAGE,
        lambda w, by: rounds.open_round(
            by=by, name="Đợt", cut_off=today(), deadline=today(), ceremony_on=today()
        ),
    ),
    "rewards.actions.rounds.fill_round": Guarded(
        MANAGE, lambda w, by: rounds.fill_round(by=by, cycle=_round())
    ),
    "rewards.actions.rounds.report_unit": Guarded(
        CHECK, lambda w, by: rounds.report_unit(by=by, cycle=_round(), unit=w.cast.ward, on=today())
    ),
    "rewards.actions.rounds.check_nomination": Guarded(
        CHECK, lambda w, by: rounds.check_nomination(by=by, nomination=_nomination(w), proof="GCN 1")
    ),
    "rewards.actions.rounds.cross_check": Guarded(
        MANAGE, lambda w, by: rounds.cross_check(by=by, nomination=_nomination(w, Step.CHECKED))
    ),
    "rewards.actions.rounds.withdraw_nomination": Guarded(
        MANAGE, lambda w, by: rounds.withdraw_nomination(by=by, nomination=_nomination(w), reason="Trùng")
    ),
    "rewards.actions.rounds.record_meeting": Guarded(
        MANAGE,
        lambda w, by: (
            _nomination(w, Step.CROSS_CHECKED),
            rounds.record_meeting(
                by=by, cycle=_round(), held_on=today(), present=7, members=9, minutes_number="1/BB"
            ),
        ),
    ),
    "rewards.actions.heirs.pass_on": Guarded(
        MANAGE,
        lambda w, by: (
            Nomination.objects.filter(pk=_nomination(w).pk).update(unit=make.ended(w.cast.ward)),
            heirs.pass_on(by=by, unit=make.ended(w.cast.ward), reason="Sáp nhập"),
        ),
    ),
    "rewards.actions.dossiers.enter_dossier_paper": Guarded(
        MANAGE,
        lambda w, by: dossiers.enter_dossier_paper(
            by=by, cycle=_round(), grantor="city", code="report", number="1/BC"
        ),
    ),
    "rewards.actions.rounds.send_dossier": Guarded(
        MANAGE,
        lambda w, by: (
            _nomination(w, Step.AGREED),
            make.with_papers(_round()),
            rounds.send_dossier(
                by=by, cycle=_round(), grantor="city", submission_number="2/TTr", sent_on=today()
            ),
        ),
    ),
    "rewards.actions.rounds.appraise_dossier": Guarded(
        MANAGE, lambda w, by: rounds.appraise_dossier(by=by, dossier=_dossier(w), on=today())
    ),
    "rewards.actions.rounds.return_nomination": Guarded(
        MANAGE,
        lambda w, by: rounds.return_nomination(by=by, nomination=_nomination(w, Step.SENT), reason="Thiếu"),
    ),
    "rewards.actions.rounds.take_decision": Guarded(
        MANAGE,
        lambda w, by: rounds.take_decision(
            by=by, dossier=_dossier(w), decision_number="1/QĐ", decided_on=today(), signer="A"
        ),
    ),
    "rewards.actions.rounds.grant_by_chapter": Guarded(
        MANAGE,
        lambda w, by: rounds.grant_by_chapter(
            by=by, cycle=_round(), decision_number="1/QĐ", decided_on=today()
        ),
    ),
    "rewards.actions.papers.draft_round_paper": Guarded(
        MANAGE,
        lambda w, by: (
            _nomination(w, Step.AGREED),
            papers.draft_round_paper(by=by, cycle=_round(), use=PaperUse.SUBMISSION, grantor="city"),
        ),
    ),
    # The calling action has asked whether it may.
    "papers.actions.end_proof": Guarded(
        ANYBODY,
        lambda w, by: end_proof(
            by=by, proof=make_proof(by=by, kind="Giấy", holder="N. V. A", day=today()), on=today()
        ),
    ),
    # Effects of papers: whoever may issue a paper carries them out.
    "rewards.actions.papers.send": Guarded(ANYBODY, lambda w, by: papers.send(by=by, paper=_paper(w))),
    "rewards.actions.papers.award": Guarded(ANYBODY, lambda w, by: papers.award(by=by, paper=_paper(w))),
    "rewards.actions.ceremony.receive_papers": Guarded(
        MANAGE, lambda w, by: ceremony.receive_papers(by=by, cycle=_round(), on=today())
    ),
    "rewards.actions.ceremony.mark_misspelt": Guarded(
        MANAGE, lambda w, by: ceremony.mark_misspelt(by=by, award=_award(w), name_on_paper="Sai")
    ),
    "rewards.actions.ceremony.invite": Guarded(MANAGE, lambda w, by: ceremony.invite(by=by, cycle=_round())),
    "rewards.actions.ceremony.set_reply": Guarded(
        CHECK, lambda w, by: ceremony.set_reply(by=by, invitation=_invitation(w), reply=Reply.COMING)
    ),
    # The address of the invitation is the key: no account is asked.
    "rewards.actions.ceremony.reply_invitation": Guarded(
        ANYBODY, lambda w, by: ceremony.reply_invitation(by=by, invitation=_invitation(w), reply=Reply.COMING)
    ),
    "rewards.actions.ceremony.check_in": Guarded(
        MANAGE, lambda w, by: ceremony.check_in(by=by, invitation=_invitation(w))
    ),
    "rewards.actions.ceremony.hand_over": Guarded(
        CHECK,
        lambda w, by: ceremony.hand_over(by=by, award=_award(w), on=today(), how=HandedHow.CEREMONY),
    ),
    "rewards.actions.ceremony.close_ceremony": Guarded(
        MANAGE, lambda w, by: ceremony.close_ceremony(by=by, cycle=_round())
    ),
    "rewards.actions.ceremony.revoke_award": Guarded(
        APPROVE, lambda w, by: ceremony.revoke_award(by=by, award=_award(w), on=today(), reason="QĐ 2")
    ),
    "rewards.actions.emergencies.declare_emergency": Guarded(
        APPROVE,
        lambda w, by: emergencies.declare_emergency(
            by=by, name="Bão", drive=_drive(w), decision_number="3/QĐ", decided_on=today()
        ),
    ),
    "rewards.actions.gifts.add_gift": Guarded(
        GIFT,
        lambda w, by: gifts.add_gift(
            by=by, unit=w.cast.ward, name="Áo", fund="chapter", value_vnd=1, given_from=today()
        ),
    ),
    "rewards.actions.gifts.move_gift": Guarded(
        GIFT,
        lambda w, by: gifts.move_gift(
            by=by, gift=_gift(w), kind="receipt", quantity=1, on=today(), what_for="Nhập"
        ),
    ),
    "rewards.actions.gifts.count_gift": Guarded(
        GIFT, lambda w, by: gifts.count_gift(by=by, gift=_gift(w), counted=4, on=today(), reason="Vỡ")
    ),
    "rewards.actions.gifts.hand_out_at_ceremony": Guarded(
        GIFT,
        lambda w, by: gifts.hand_out_at_ceremony(
            by=by, gift=_gift(w), cycle=_award(w).nomination.round or _round()
        ),
    ),
    "rewards.actions.gifts.hand_out_at_drive": Guarded(
        GIFT, lambda w, by: gifts.hand_out_at_drive(by=by, gift=_gift(w), drive=_drive(w))
    ),
    "rewards.actions.titles.register_emulation": Guarded(
        CHECK, lambda w, by: titles.register_emulation(by=by, year=2026, people=[_rated(w)])
    ),
    "rewards.actions.titles.enter_initiative": Guarded(
        CHECK,
        lambda w, by: titles.enter_initiative(
            by=by,
            person=w.person,
            unit=w.cast.ward,
            name="Sổ điện tử",
            reach="base",
            decision="7/QĐ",
            recognised_on=today(),
        ),
    ),
    "rewards.actions.titles.propose_titles": Guarded(
        CHECK, lambda w, by: titles.propose_titles(by=by, year=2026, wanted=[(_rated(w), "advanced")])
    ),
    "rewards.actions.titles.decide_titles": Guarded(
        MANAGE,
        lambda w, by: titles.decide_titles(
            by=by, titles=[_titled(w, "proposed").pk], decision="9/QĐ", decided_on=today(), is_recognised=True
        ),
    ),
    "rewards.actions.titles.revoke_title": Guarded(
        MANAGE,
        lambda w, by: titles.revoke_title(
            by=by, title=_titled(w), decision="9/QĐ", decided_on=today(), note="Kê khai sai"
        ),
    ),
    "rewards.actions.telling.tell_award": Guarded(SYSTEM, lambda w, by: _told(w, by, telling.tell_award)),
    "rewards.actions.telling.tell_invitation": Guarded(
        SYSTEM, lambda w, by: _told(w, by, telling.tell_invitation)
    ),
    "rewards.actions.telling.tell_collect": Guarded(SYSTEM, lambda w, by: _told(w, by, telling.tell_collect)),
    "rewards.actions.telling.tell_first_day": Guarded(
        SYSTEM, lambda w, by: _told(w, by, telling.tell_first_day)
    ),
}


def _paper(w: World) -> Any:
    w.paper.effect_data = {"round": _round().pk, "grantor": "city", "nominations": [0]}
    return w.paper
