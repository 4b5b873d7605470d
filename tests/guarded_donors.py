"""How the actions on donors and donations are called, for the walk over actions."""

from typing import Any

from donors import actions as donors
from donors.enums import Source
from foundation.dates import today
from ledger.actor import Actor
from tests.guarded import Guarded
from tests.world import World


def _recorded(w: World, by: Actor) -> Any:
    values = {"on": today(), "volume_ml": 250}
    return donors.record_donation(
        by=by, donor=w.donation.donor, unit=w.cast.ward, source=Source.OFFICER, values=values
    )


CALLS: dict[str, Guarded] = {
    "donors.actions.confirm_donation": Guarded(
        "donor.confirm", lambda w, by: donors.confirm_donation(by=by, donation=w.donation)
    ),
    "donors.actions.record_donation": Guarded("donor.enter", _recorded),
    "donors.actions.void_donation": Guarded(
        "donor.confirm", lambda w, by: donors.void_donation(by=by, donation=w.donation, reason="Ghi nhầm")
    ),
}
