"""How the actions on dues are called, for the walk over actions."""

from foundation.dates import today
from members.actions import dues_campaigns as campaigns
from members.actions import dues_money as money
from members.enums import Kind, PayWay
from people.enums import OfficeCode
from tests.factories import dues as make
from tests.guarded import Guarded

C, M = "members.actions.dues_campaigns", "members.actions.dues_money"
CALLS: dict[str, Guarded] = {
    f"{C}.open_campaign": Guarded(
        "dues.manage", lambda w, by: campaigns.open_campaign(by=by, unit=w.cast.ward, year=2025)
    ),
    f"{C}.reconcile_campaign": Guarded(
        "dues.manage", lambda w, by: campaigns.reconcile_campaign(by=by, campaign=w.dues)
    ),
    f"{C}.close_campaign": Guarded(
        "dues.manage", lambda w, by: campaigns.close_campaign(by=by, campaign=w.dues)
    ),
    f"{C}.grant_relief": Guarded(
        "dues.manage",
        lambda w, by: campaigns.grant_relief(
            by=by,
            campaign=w.dues,
            person=w.cast.member,
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
