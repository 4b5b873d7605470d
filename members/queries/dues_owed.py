"""Who owes what, over all members of a campaign at once: the set-based twin of rules.dues."""

from datetime import date
from typing import Any

from django.db import connection

from members.enums import Kind
from members.models import DuesCampaign, DuesRate

# One row a membership and branch. The months come from the dated tree, belongings, memberships, pauses;
# the twin of months_owed and amount_owed, proven equal in tests/members/test_dues_twin.py.
# A stay owes the months from `a` to `b`; what they cost together is the difference of two running sums of
# its kind. Only who rests within the year is looked at month by month. Stays are found by the plain index
# over (unit, kind): `&&` would take the one that guards against overlaps, ten times slower to read.
OWED = """
CREATE TEMPORARY TABLE dues_owed ON COMMIT DROP AS
WITH year AS (
     SELECT make_date(%(year)s, 1, 1) AS first, %(after)s::date AS after
), stays AS MATERIALIZED (
     SELECT b.person_id, b.unit_id, b.during * c.during AS during
       FROM people_unitcover AS c
       JOIN people_belonging AS b
         ON b.unit_id = c.unit_id AND b.kind = 'member' AND NOT isempty(b.during * c.during)
      WHERE c.ancestor_id = %(unit)s AND c.during && daterange(make_date(%(year)s, 1, 1), %(after)s)
), lived AS (
     SELECT m.id, m.person_id, m.kind, s.unit_id,
            GREATEST(lower(s.during), lower(m.during) + 1, year.first) AS since,
            LEAST(upper(s.during), upper(m.during), year.after) - 1 AS until
       FROM stays AS s
      CROSS JOIN year
       JOIN members_membership AS m
         ON m.person_id = s.person_id AND m.kind = ANY(%(kinds)s) AND m.during && s.during
), spans AS MATERIALIZED (
     SELECT l.id, l.person_id, l.unit_id, l.kind,
            extract(month FROM l.since)::int + (extract(day FROM l.since) > 1)::int AS a,
            extract(month FROM l.until)::int AS b
       FROM lived AS l CROSS JOIN year
      WHERE l.since < year.after AND l.until >= l.since
), months AS MATERIALIZED (
     SELECT r.kind, n, make_date(%(year)s, n, 1) AS first, r.monthly
       FROM generate_series(1, 12) AS n
       JOIN members_duesrate AS r ON r.kind = ANY(%(kinds)s) AND r.during @> make_date(%(year)s, n, 1)
), sums AS MATERIALIZED (
     SELECT k.kind, array_agg(k.months ORDER BY k.n) AS months, array_agg(k.total ORDER BY k.n) AS total
       FROM (SELECT kind.kind, upto.n, count(m.n) AS months, COALESCE(sum(m.monthly), 0) AS total
               FROM unnest(%(kinds)s::text[]) AS kind (kind)
              CROSS JOIN generate_series(0, 12) AS upto (n)
               LEFT JOIN months AS m ON m.kind = kind.kind AND m.n <= upto.n
              GROUP BY kind.kind, upto.n) AS k
      GROUP BY k.kind
), rests AS MATERIALIZED (
     SELECT p.membership_id, p.during FROM members_pause AS p
      WHERE p.membership_id = ANY(ARRAY(SELECT id FROM spans))
        AND p.during && daterange(make_date(%(year)s, 1, 1), %(after)s)
), costs AS (
     SELECT s.id, s.person_id, s.unit_id, t.months[s.b + 1] - t.months[s.a] AS months,
            t.total[s.b + 1] - t.total[s.a] AS total
       FROM spans AS s
       JOIN sums AS t ON t.kind = s.kind AND t.months[s.b + 1] > t.months[s.a]
      WHERE s.a <= s.b AND NOT EXISTS (SELECT 1 FROM rests AS p WHERE p.membership_id = s.id)
     UNION ALL
     SELECT s.id, s.person_id, s.unit_id, 1, m.monthly
       FROM spans AS s
       JOIN months AS m ON m.kind = s.kind AND m.n BETWEEN s.a AND s.b
      WHERE EXISTS (SELECT 1 FROM rests AS p WHERE p.membership_id = s.id)
        AND NOT EXISTS (SELECT 1 FROM rests AS p WHERE p.membership_id = s.id AND p.during @> m.first)
)
SELECT o.id AS membership_id, o.person_id, o.unit_id AS branch_id, sum(o.months)::int AS months,
       round(sum(o.total) * (100 - COALESCE(max(e.percent), 0)) / 100.0)::int AS amount,
       COALESCE(max(e.percent), 0)::int AS relief
  FROM costs AS o
  LEFT JOIN members_duesrelief AS e ON e.campaign_id = %(campaign)s AND e.person_id = o.person_id
 GROUP BY o.id, o.person_id, o.unit_id
"""

NEW = """
INSERT INTO members_duescharge
       (campaign_id, membership_id, person_id, branch_id, months, amount, relief, paid)
SELECT %(campaign)s, o.membership_id, o.person_id, o.branch_id, o.months, o.amount, o.relief, 0
  FROM dues_owed AS o
 WHERE NOT EXISTS (SELECT 1 FROM members_duescharge AS c
                    WHERE c.campaign_id = %(campaign)s AND c.branch_id = o.branch_id
                      AND c.membership_id = o.membership_id)
RETURNING id
"""

# Charges that do not say what is owed; the old values beside the new ones.
WRONG = """
SELECT c.id, c.months, c.amount, c.relief,
       COALESCE(o.months, 0) AS new_months, COALESCE(o.amount, 0) AS new_amount,
       COALESCE(o.relief, 0) AS new_relief
  FROM members_duescharge AS c
  LEFT JOIN dues_owed AS o ON o.membership_id = c.membership_id AND o.branch_id = c.branch_id
 WHERE c.campaign_id = %(campaign)s
   AND (c.months, c.amount, c.relief)
       IS DISTINCT FROM (COALESCE(o.months, 0), COALESCE(o.amount, 0), COALESCE(o.relief, 0))
"""

RIGHTED = """
UPDATE members_duescharge AS c
   SET months = w.months, amount = w.amount, relief = w.relief
  FROM unnest(%(ids)s::bigint[], %(months)s::int[], %(amounts)s::int[], %(reliefs)s::int[])
       AS w (id, months, amount, relief)
 WHERE c.id = w.id
"""

Wrong = tuple[int, int, int, int, int, int, int]


def paying_kinds() -> list[str]:
    """Kinds of membership that have a rate."""
    return sorted(set(DuesRate.objects.values_list("kind", flat=True)) & set(Kind.values))


def count_owed(campaign: DuesCampaign) -> int:
    """Compute what is owed into a table of this transaction; how many rows."""
    asked: dict[str, Any] = {
        "year": campaign.year,
        "after": date(campaign.year + 1, 1, 1),
        "unit": campaign.unit_id,
        "campaign": campaign.pk,
        "kinds": paying_kinds(),
    }
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS dues_owed")
        cursor.execute(OWED, asked)
        cursor.execute("ANALYZE dues_owed")
        cursor.execute("SELECT count(*) FROM dues_owed")
        return int(cursor.fetchone()[0])


def wrong_charges(campaign: DuesCampaign) -> list[Wrong]:
    """Charges that differ from what is owed: (id, months, amount, relief, and the three right ones)."""
    with connection.cursor() as cursor:
        cursor.execute(WRONG, {"campaign": campaign.pk})
        rows: list[Wrong] = cursor.fetchall()
        return rows


def add_missing(campaign: DuesCampaign) -> list[int]:
    """Write the charges that are missing; their ids."""
    with connection.cursor() as cursor:
        cursor.execute(NEW, {"campaign": campaign.pk})
        return [pk for (pk,) in cursor.fetchall()]


def right(wrong: list[Wrong]) -> None:
    """Put the right months and amounts into charges."""
    with connection.cursor() as cursor:
        cursor.execute(
            RIGHTED,
            {
                "ids": [row[0] for row in wrong],
                "months": [row[4] for row in wrong],
                "amounts": [row[5] for row in wrong],
                "reliefs": [row[6] for row in wrong],
            },
        )
