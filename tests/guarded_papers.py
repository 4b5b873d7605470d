"""How the actions on papers are called, for the walk over actions."""

from typing import Any

from django.core.files.base import ContentFile

from foundation.dates import today
from ledger.actor import Actor
from papers import actions as papers
from papers.actions import recognitions, unit_acts
from papers.models import Paper
from people.actors import system_actor
from people.enums import OfficeCode
from tests.factories import papers as make
from tests.factories import people as make_people
from tests.guarded import Guarded
from tests.world import World


def _draft(w: World) -> Paper:
    return make.drafted(system_actor(), w.cast.ward)


def _submitted(w: World) -> Paper:
    return papers.submit_paper(by=system_actor(), paper=_draft(w))


def _signed(w: World) -> Paper:
    return make.signed(system_actor(), w.cast.ward)


def _issued(w: World) -> Paper:
    return papers.issue_paper(by=system_actor(), paper=_signed(w))


def _received(w: World, by: Actor) -> Any:
    paper = papers.issue_paper(
        by=system_actor(), paper=make.signed(system_actor(), w.cast.city, values={"units": [w.cast.ward]})
    )
    return papers.receive_paper(by=by, recipient=paper.recipients.get())


def _decision(w: World, **changes: Any) -> Paper:
    """The draft of a decision on units; `changes` are what its issue would have written."""
    act = make_people.plan(w.cast.ward)
    paper = papers.draft_act_decision(by=system_actor(), act=act, unit=w.cast.ward)
    for name, value in {"number_text": "9/QĐ-CTĐ", **changes}.items():
        setattr(paper, name, value)
    return paper


def _recognised(w: World, by: Actor) -> Any:
    paper = papers.draft_recognition(by=system_actor(), approval=w.approval)
    paper.number_text = "9/QĐ-CTĐ"
    return recognitions.recognise_by_paper(by=by, paper=paper)


def _scanned(w: World, by: Actor) -> Any:
    return papers.attach_scan(
        by=by,
        paper=_issued(w),
        file=ContentFile(b"%PDF-1.7 mau"),
        name="ban-quet.pdf",
        content_type="application/pdf",
    )


def _headed(w: World, by: Actor) -> Any:
    return papers.set_letterhead(
        by=by, unit=w.cast.ward, superior="Cấp trên", issuer="Đơn vị", place="Mẫu", address="", sizes={}
    )


CALLS: dict[str, Guarded] = {
    "papers.actions.draft_paper": Guarded("paper.draft", lambda w, by: make.drafted(by, w.cast.ward)),
    "papers.actions.edit_draft": Guarded(
        "paper.draft",
        lambda w, by: papers.edit_draft(by=by, paper=_draft(w), version=1, values=make.VALUES),
    ),
    "papers.actions.submit_paper": Guarded(
        "paper.draft", lambda w, by: papers.submit_paper(by=by, paper=_draft(w))
    ),
    "papers.actions.cancel_draft": Guarded(
        "paper.draft", lambda w, by: papers.cancel_draft(by=by, paper=_draft(w), reason="Không cần nữa")
    ),
    "papers.actions.return_paper": Guarded(
        "paper.sign", lambda w, by: papers.return_paper(by=by, paper=_submitted(w), comments="Sửa Điều 2")
    ),
    "papers.actions.sign_paper": Guarded(
        "paper.sign", lambda w, by: papers.sign_paper(by=by, paper=_submitted(w))
    ),
    "papers.actions.issue_paper": Guarded(
        "paper.number", lambda w, by: papers.issue_paper(by=by, paper=_signed(w))
    ),
    "papers.actions.take_external_number": Guarded(
        "paper.number",
        lambda w, by: papers.take_external_number(by=by, paper=_signed(w), number="7", issued_on=today()),
    ),
    "papers.actions.end_paper": Guarded(
        "paper.number",
        lambda w, by: papers.end_paper(by=by, paper=_issued(w), on=today(), reason="Thay thế"),
    ),
    "papers.actions.attach_scan": Guarded("paper.number", _scanned),
    "papers.actions.draft_act_decision": Guarded(
        "unit.decide",
        lambda w, by: papers.draft_act_decision(by=by, act=make_people.plan(w.cast.ward), unit=w.cast.ward),
    ),
    "papers.actions.unit_acts.carry_out_act_decision": Guarded(
        "paper.number",
        lambda w, by: unit_acts.carry_out_act_decision(by=by, paper=_decision(w, issued_on=today())),
    ),
    "papers.actions.unit_acts.act_given_up": Guarded(
        "paper.draft",
        lambda w, by: unit_acts.act_given_up(by=by, paper=_decision(w), reason="Đổi phương án"),
    ),
    # The office that is asked to recognise drafts the decision.
    "papers.actions.draft_recognition": Guarded(
        OfficeCode.CITY_OFFICER,
        lambda w, by: papers.draft_recognition(by=by, approval=w.approval),
    ),
    "papers.actions.recognitions.recognise_by_paper": Guarded("paper.number", _recognised),
    "papers.actions.receive_paper": Guarded("paper.draft", _received),
    "papers.actions.set_letterhead": Guarded("paper.number", _headed),
    "papers.actions.add_series": Guarded(
        "paper.number",
        lambda w, by: papers.add_series(
            by=by, unit=w.cast.ward, code="hoi-dong", name="Hội đồng", sign="HĐTĐ-KT"
        ),
    ),
}
