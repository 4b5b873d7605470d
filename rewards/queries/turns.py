"""What counts: one relation (person_id, given_on, times, seq), read by the engine.

The engine does not care where turns come from: the register of donations, or that register and a
planned drive beside it. Only confirmed voluntary donations of a reconciled list may be in it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.apps import apps
from django.utils.translation import gettext as _

from foundation.refusal import Refused


@dataclass(frozen=True, slots=True)
class Turns:
    """SQL of the relation with its named parameters; `changed` gives (person_id, at) of late changes."""

    sql: str
    changed: str
    params: Mapping[str, Any] = field(default_factory=dict)


def with_planned(turns: Turns, people: Sequence[int], on: date) -> Turns:
    """The same turns and one more of each of these people on a planned day."""
    sql = (
        f"{turns.sql} UNION ALL SELECT planned.person_id, %(planned_on)s::date, 1, 9223372036854775807 "
        "FROM unnest(%(planned)s::bigint[]) planned(person_id)"
    )
    return Turns(sql, turns.changed, {**turns.params, "planned": list(people), "planned_on": on})


DONATIONS = """
SELECT donor.person_id, donation."on" AS given_on, donation.turns AS times, donation.id AS seq
FROM donors_donation donation JOIN donors_donor donor ON donor.id = donation.donor_id
WHERE donation.kind = 'voluntary' AND donation.state = 'confirmed'
"""
CHANGED = """
SELECT donor.person_id, greatest(donation.recorded_at, donation.decided_at) AS at
FROM donors_donation donation JOIN donors_donor donor ON donor.id = donation.donor_id
"""


def donation_turns() -> Turns:
    """Confirmed voluntary donations of the register. Refused where there is no register of donations."""
    if not list(apps.get_app_config("donors").get_models()):
        raise Refused([_("The register of donations is not set up yet.")])
    return Turns(DONATIONS, CHANGED)
