"""Which rule a donation broke on its day: the set-based form of `assess`, over every donation of some donors.

Age, interval and deferral alone: weight and health are not kept. Equal to the rule by
tests/donors/test_standings.py. Other codes on a row (a donor of another unit) stay as they are.
"""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import connection

from donors.enums import Component
from donors.queries.standings import birthday_sql
from foundation.dated import load_table

OTHER_UNIT = "other_unit"
FLAGS = """
WITH law AS (
    SELECT * FROM jsonb_to_recordset(%s::jsonb)
        AS l(first date, last date, least int, most int, cells int, cell_days int, days jsonb)
), row AS (
    SELECT d.id, d.donor_id, d."on" AS day, d.flags, l.cells, l.cell_days, l.days, l.least, l.most,
        coalesce(p.birth_date, make_date(p.birth_year, 1, 1)) AS born_from,
        coalesce(p.birth_date, make_date(p.birth_year, 12, 31)) AS born_to
    FROM donors_donation d
    JOIN donors_donor o ON o.id = d.donor_id
    JOIN people_person p ON p.id = o.person_id
    LEFT JOIN law l ON d."on" BETWEEN l.first AND l.last
    WHERE {which} AND d.source <> 'carried' AND d.state <> 'voided'
), found AS (
    SELECT r.id, r.flags, ARRAY(
        SELECT code FROM (
            SELECT 'age' AS code WHERE r.day NOT BETWEEN {from_least} AND {from_most}
                AND r.day NOT BETWEEN {to_least} AND {to_most}
            UNION ALL
            SELECT 'interval' WHERE CASE
                WHEN b.component IS NULL THEN false
                WHEN r.days ? b.component THEN b."on" + (r.days ->> b.component)::int > r.day
                ELSE coalesce((SELECT g."on" + r.cell_days FROM donors_donation g
                    WHERE g.donor_id = r.donor_id AND g.component = b.component AND g.state <> 'voided'
                        AND g.source <> 'carried' AND g."on" < r.day
                    ORDER BY g."on" DESC OFFSET r.cells - 1 LIMIT 1), b."on") > r.day END
            UNION ALL
            SELECT 'deferral' WHERE (SELECT max(until_on) FROM donors_deferral f
                WHERE f.donor_id = r.donor_id AND f.from_on < r.day) > r.day
        ) broken WHERE r.least IS NOT NULL
        UNION
        SELECT code FROM jsonb_array_elements_text(r.flags) code
        WHERE code NOT IN ('age', 'interval', 'deferral')
        ORDER BY 1
    ) AS codes
    FROM row r
    LEFT JOIN LATERAL (
        SELECT g."on", g.component FROM donors_donation g
        WHERE g.donor_id = r.donor_id AND g.state <> 'voided' AND g.source <> 'carried' AND g."on" < r.day
        ORDER BY g."on" DESC, g.component COLLATE "C" DESC LIMIT 1
    ) b ON true
)
UPDATE donors_donation d SET flags = to_jsonb(f.codes) FROM found f
WHERE f.id = d.id AND d.flags <> to_jsonb(f.codes)
"""


def refresh_flags(donors: Sequence[int]) -> int:
    """Finds the flags of every standing donation of these donors anew. Returns how many changed. 1 query."""
    return refresh_flags_where("d.donor_id = ANY(%s)", [list(donors)])


def refresh_flags_where(which: str, params: Sequence[Any]) -> int:
    """The same for the donations `d` that a condition names, from a statement of ours, never from outside."""
    ends, ages = ("from", "to"), ("least", "most")
    turns = {f"{end}_{age}": birthday_sql(f"r.born_{end}", f"r.{age}") for end in ends for age in ages}
    with connection.cursor() as cursor:
        cursor.execute(FLAGS.format(which=which, **turns), [law_rows(), *params])
        return int(cursor.rowcount)


def law_rows() -> str:
    """Every entry of tables/giving.toml as the statement reads it."""
    rows = []
    for entry in load_table("donors", "giving"):
        limit = entry.values["granulocytes"]
        rows.append(
            {
                "first": entry.effective_from.isoformat(),
                "last": (entry.effective_to or date.max).isoformat(),
                "least": entry.values["least_age"],
                "most": entry.values["most_age"],
                "cells": limit["most"],
                "cell_days": limit["days"],
                "days": {
                    code: entry.values["interval_days"][code]
                    for code in Component
                    if code in entry.values["interval_days"]
                },
            }
        )
    return json.dumps(rows)
