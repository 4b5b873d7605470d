"""What counts, as relations read by the engine: turns of persons and families, donors brought, calls.

The engine does not care where turns come from: the register of donations, or that register and a
planned drive beside it. Only confirmed voluntary donations may be in it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from donors.enums import SignUpState
from donors.models import SignUp

NO_FAMILIES = (
    "SELECT NULL::text AS way, NULL::bigint AS family_id, NULL::bigint AS person_id, NULL::date AS given_on,"
    " 0 AS times, 0::bigint AS seq WHERE false"
)
NO_BROUGHT = "SELECT NULL::bigint AS person_id, NULL::bigint AS donor_id, NULL::date AS given_on WHERE false"
NO_CALLS = (
    "SELECT NULL::bigint AS person_id, NULL::bigint AS call_id, NULL::date AS given_on, 0 AS times,"
    " 0::bigint AS seq WHERE false"
)


NO_GROUPS = (
    "SELECT NULL::text AS way, NULL::bigint AS collective_id, NULL::int AS year, NULL::int AS target,"
    " NULL::date AS given_on, 0 AS times, 0::bigint AS seq WHERE false"
)


@dataclass(frozen=True, slots=True)
class Turns:
    """SQL of the relations with their named parameters.

    `sql`: (person_id, given_on, times, seq). `changed`: person_id of who is to be looked
    at again since %(since)s. `families`:
    (way, family_id, person_id of who stands for it, given_on, times, seq). `brought`: (person_id,
    donor_id, given_on). `calls`: (person_id, call_id, given_on, times, seq). `groups`: (way, collective_id,
    year, target, given_on, times, seq).
    """

    sql: str
    changed: str
    params: Mapping[str, Any] = field(default_factory=dict)
    families: str = NO_FAMILIES
    brought: str = NO_BROUGHT
    calls: str = NO_CALLS
    groups: str = NO_GROUPS


def with_planned(turns: Turns, people: Sequence[int], on: date) -> Turns:
    """The same turns and one more of each of these people on a planned day."""
    sql = (
        f"{turns.sql} UNION ALL SELECT planned.person_id, %(planned_on)s::date, 1, 9223372036854775807 "
        "FROM unnest(%(planned)s::bigint[]) planned(person_id)"
    )
    return replace(turns, sql=sql, params={**turns.params, "planned": list(people), "planned_on": on})


def signed_up(drive: int) -> list[int]:
    """People with a seat at a drive to come: who may give there."""
    seated = SignUp.objects.filter(drive=drive, state=SignUpState.SEATED)
    return list(seated.order_by("person").values_list("person", flat=True))


# "n donations up to day X" stands for all up to X: what was entered one by one before counts no more
# beside it, nor does an earlier such row (donors: DonationQuerySet.counting, its twin).
NOT_COVERED = """
NOT EXISTS (
    SELECT FROM donors_donation cover
    WHERE cover.donor_id = donation.donor_id AND cover.source = 'carried' AND cover.kind = 'voluntary'
        AND cover.state = 'confirmed' AND cover."on" <= %(as_of)s AND cover."on" >= donation."on"
        AND (cover."on" > donation."on" OR donation.source <> 'carried' OR cover.id > donation.id)
)
"""
COUNTS = f"donation.kind = 'voluntary' AND donation.state = 'confirmed' AND {NOT_COVERED}"
DONATIONS = f"""
SELECT donor.person_id, donation."on" AS given_on, donation.turns AS times, donation.id AS seq
FROM donors_donation donation JOIN donors_donor donor ON donor.id = donation.donor_id
WHERE {COUNTS}
"""
# Who stands for a family is its member with the lowest key; the way of counting is the policy's.
STANDS = """
SELECT m.family_id, min(d.person_id) AS person_id
FROM donors_familymember m JOIN donors_donor d ON d.id = m.donor_id GROUP BY m.family_id
"""
GIVEN = f"""
FROM donors_familymember member
JOIN ({STANDS}) stands ON stands.family_id = member.family_id
JOIN donors_donation donation ON donation.donor_id = member.donor_id
WHERE {COUNTS}
"""
FAMILIES = f"""
SELECT 'while' AS way, member.family_id, stands.person_id, donation."on" AS given_on,
    donation.turns AS times, donation.id AS seq
{GIVEN} AND member.during @> donation."on" AND 'while' = ANY(%(ways)s)
UNION ALL
SELECT 'all', member.family_id, stands.person_id, donation."on", donation.turns, donation.id
{GIVEN} AND member.during @> %(as_of)s::date AND 'all' = ANY(%(ways)s)
UNION ALL
(SELECT DISTINCT ON (member.family_id, member.donor_id)
    'people', member.family_id, stands.person_id, donation."on", 1, donation.id
{GIVEN} AND member.during @> donation."on" AND 'people' = ANY(%(ways)s)
ORDER BY member.family_id, member.donor_id, donation."on", donation.id)
"""
BROUGHT = """
SELECT donation.mobilised_by_id AS person_id, donation.donor_id, donation."on" AS given_on
FROM donors_donation donation
WHERE donation.mobilised_by_id IS NOT NULL AND donation.kind = 'voluntary' AND donation.state = 'confirmed'
"""
CALLS = """
SELECT donor.person_id, call.id AS call_id, donation."on" AS given_on, 1 AS times, donation.id AS seq
FROM rewards_emergency call
JOIN donors_donation donation ON donation.drive_id = call.drive_id
JOIN donors_donor donor ON donor.id = donation.donor_id
WHERE donation.kind = 'voluntary' AND donation.state = 'confirmed'
"""
# A unit with a target of the year (donors.DriveTarget) and what was given for it, the tree as it stood on
# the year's last day or the day of the run; what is carried over was given elsewhere.
TARGET = """
FROM donors_drivetarget target
JOIN people_unitcover cover ON cover.ancestor_id = target.unit_id
    AND cover.during @> least(make_date(target.year, 12, 31), %(as_of)s::date)
"""
FOR_TARGET = """
    AND donation."on" BETWEEN make_date(target.year, 1, 1) AND make_date(target.year, 12, 31)
    AND donation.kind = 'voluntary' AND donation.state = 'confirmed' AND donation.source <> 'carried'
"""
GROUPS = f"""
SELECT 'place' AS way, target.unit_id AS collective_id, target.year::int AS year, target.turns AS target,
    donation."on" AS given_on, donation.turns AS times, donation.id AS seq
{TARGET} JOIN donors_donation donation ON donation.unit_id = cover.unit_id {FOR_TARGET}
WHERE target.turns > 0 AND 'place' = ANY(%(group_ways)s)
UNION ALL
(SELECT DISTINCT ON (target.id, donation.id) 'people', target.unit_id, target.year::int, target.turns,
    donation."on", donation.turns, donation.id
{TARGET} JOIN people_belonging place ON place.unit_id = cover.unit_id
JOIN donors_donor donor ON donor.person_id = place.person_id
JOIN donors_donation donation ON donation.donor_id = donor.id AND place.during @> donation."on" {FOR_TARGET}
WHERE target.turns > 0 AND 'people' = ANY(%(group_ways)s)
ORDER BY target.id, donation.id)
"""
# Who is looked at again: whose donation was entered or decided, who took over a double (donors moved with
# it keep their moments), and those counted through them: families, mobilisers.
CHANGED = f"""
WITH fresh AS MATERIALIZED (
    SELECT donor_id, mobilised_by_id FROM donors_donation
    WHERE recorded_at >= %(since)s OR decided_at >= %(since)s
)
SELECT donor.person_id FROM fresh JOIN donors_donor donor ON donor.id = fresh.donor_id
UNION
SELECT mobilised_by_id FROM fresh WHERE mobilised_by_id IS NOT NULL
UNION
SELECT stands.person_id FROM fresh
JOIN donors_familymember member ON member.donor_id = fresh.donor_id
JOIN ({STANDS}) stands ON stands.family_id = member.family_id
UNION
SELECT taken.person FROM people_merge merge
CROSS JOIN LATERAL (VALUES (merge.kept_id), (merge.absorbed_id)) taken(person)
WHERE merge.at >= %(since)s OR merge.undone_at >= %(since)s
UNION
SELECT donor.person_id FROM rewards_emergency call
JOIN donors_donation donation ON donation.drive_id = call.drive_id
JOIN donors_donor donor ON donor.id = donation.donor_id
WHERE call.declared_at >= %(since)s
"""


def donation_turns() -> Turns:
    """What counts of the register of donations."""
    return Turns(DONATIONS, CHANGED, {}, FAMILIES, BROUGHT, CALLS, GROUPS)
