"""How the actions on dues are called, for the walk over actions."""

from typing import Any

from foundation.dates import today
from ledger.actor import Actor
from members.actions import dues_campaigns as campaigns
from members.actions import dues_money as money
from members.actions import dues_removals as removals
from members.actions.dues_books import hand_over_book
from members.actions.dues_reminders import remind_dues
from members.enums import Kind, PayWay
from members.models import DuesProposal
from people.actors import system_actor
from people.enums import ApprovalState, OfficeCode
from tests.factories import dues as make
from tests.guarded import Guarded
from tests.world import World

C, M = "members.actions.dues_campaigns", "members.actions.dues_money"
R = "members.actions.dues_removals"


def _asked(w: World) -> DuesProposal:
    return removals.ask_removals(by=system_actor(), proposal=w.proposal)


def _approved(w: World) -> DuesProposal:
    return removals.decide_removals(by=system_actor(), proposal=_asked(w), decision=ApprovalState.APPROVED)


def _start(w: World, by: Actor) -> Any:
    return removals.start_removals(by=by, proposal=_approved(w), decision="15/QĐ-CTĐ", ends_on=today())


CALLS: dict[str, Guarded] = {
    # One office over both units: in the walk the unit's own is taken twice, and refused after the right.
    "members.actions.dues_books.hand_over_book": Guarded(
        "dues.manage",
        lambda w, by: hand_over_book(
            by=by, unit=w.cast.ward, successor=w.cast.ward, on=today(), minutes="BB 01"
        ),
    ),
    "members.actions.dues_reminders.remind_dues": Guarded(
        "dues.manage",
        lambda w, by: remind_dues(by=by, campaign_id=w.dues.pk, person_id=w.person.pk, day=today()),
    ),
    f"{R}.propose_removals": Guarded(
        "dues.manage", lambda w, by: removals.propose_removals(by=by, campaign=w.proposal.campaign)
    ),
    f"{R}.keep_on": Guarded(
        "dues.manage",
        lambda w, by: removals.keep_on(by=by, line=w.proposal.lines.latest("pk"), reason="Đang ốm"),
    ),
    f"{R}.ask_removals": Guarded(
        "dues.manage", lambda w, by: removals.ask_removals(by=by, proposal=w.proposal)
    ),
    f"{R}.decide_removals": Guarded(
        OfficeCode.UNIT_HEAD,
        lambda w, by: removals.decide_removals(by=by, proposal=_asked(w), decision=ApprovalState.APPROVED),
    ),
    f"{R}.drop_removals": Guarded(
        "dues.manage", lambda w, by: removals.drop_removals(by=by, proposal=w.proposal, reason="Đã nộp")
    ),
    f"{R}.start_removals": Guarded("dues.manage", _start),
    f"{R}.remove_unpaid": Guarded(
        "dues.manage",
        lambda w, by: removals.remove_unpaid(by=by, pk=_start(w, system_actor()).lines.latest("pk").pk),
    ),
    f"{C}.open_campaign": Guarded(
        "dues.manage", lambda w, by: campaigns.open_campaign(by=by, unit=w.cast.ward, year=2025)
    ),
    f"{C}.reconcile_campaign": Guarded(
        "dues.manage", lambda w, by: campaigns.reconcile_campaign(by=by, campaign=w.dues)
    ),
    f"{C}.close_campaign": Guarded(
        "dues.manage", lambda w, by: campaigns.close_campaign(by=by, campaign=w.dues)
    ),
    f"{C}.grant_reliefs": Guarded(
        "dues.manage",
        lambda w, by: campaigns.grant_reliefs(
            by=by,
            campaign=w.dues,
            people=[w.cast.member],
            percent=100,
            reason="poor",
            decision="05/NQ-BCH",
            decided_on=today(),
        ),
    ),
    f"{C}.end_relief": Guarded(
        "dues.manage", lambda w, by: campaigns.end_relief(by=by, relief=w.relief, reason="Nhầm người")
    ),
    f"{C}.set_rate": Guarded(
        "dues.rules",
        lambda w, by: campaigns.set_rate(
            by=by,
            top=w.cast.city,
            kind=Kind.MEMBER,
            monthly=2_000,
            first_on=today(),
            decision="91/CTĐ",
            confirmed=True,
        ),
    ),
    f"{C}.set_shares": Guarded(
        "dues.rules",
        lambda w, by: campaigns.set_shares(
            by=by,
            top=w.cast.city,
            branch=60,
            base=30,
            upper=10,
            first_on=today(),
            decision="91/CTĐ",
            confirmed=True,
        ),
    ),
    f"{M}.tick_dues": Guarded(
        "dues.collect",
        lambda w, by: money.tick_dues(by=by, campaign=w.dues, branch=w.cast.ward, ticked=[], shown=[]),
    ),
    f"{M}.take_receipt": Guarded(
        "dues.manage",
        lambda w, by: money.take_receipt(
            by=by,
            campaign=w.dues,
            branch=w.cast.ward,
            amounts={charge.pk: 1 for charge in make.charges(w.dues)},
            payer="Đặng Văn Tư",
            received_on=today(),
        ),
    ),
    f"{M}.cancel_receipt": Guarded(
        "dues.manage", lambda w, by: money.cancel_receipt(by=by, receipt=w.receipt, reason="Sai tên")
    ),
    f"{M}.remit_dues": Guarded(
        "dues.manage",
        lambda w, by: money.remit_dues(by=by, unit=w.cast.ward, made_on=today(), how=PayWay.CASH),
    ),
    f"{M}.confirm_remittance": Guarded(
        OfficeCode.ACCOUNTANT,
        lambda w, by: money.confirm_remittance(by=by, remittance=w.remittance, is_received=True),
    ),
    f"{M}.take_back_remittance": Guarded(
        "dues.manage",
        lambda w, by: money.take_back_remittance(by=by, remittance=w.remittance, reason="Sai ngày"),
    ),
}
