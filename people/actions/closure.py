"""The closure of the unit tree, derived from its dated links: nothing else writes UnitCover."""

from django.db import connection

# Every path upwards with the days on which all of its links hold. A unit that was
# taken over whole lies below its successor from that day on, so that the successor's
# officers read its history.
WALK = """
WITH RECURSIVE link(unit_id, parent_id, during) AS (
    SELECT unit_id, parent_id, during FROM people_unitlink
    UNION ALL
    SELECT line.source_id, line.target_id, daterange(act.effective_on, NULL)
    FROM people_unitactline line JOIN people_unitact act ON act.id = line.act_id
    WHERE act.state = 'done' AND line.is_whole AND line.target_id IS NOT NULL
), walk(ancestor_id, unit_id, depth, during) AS (
    SELECT id, id, 0, daterange(lower(valid), NULL) FROM people_unit
    UNION ALL
    SELECT link.parent_id, walk.unit_id, walk.depth + 1, walk.during * link.during
    FROM walk JOIN link ON link.unit_id = walk.ancestor_id
    WHERE NOT isempty(walk.during * link.during) AND walk.depth < 30
), wanted AS (
    SELECT ancestor_id, unit_id, min(depth) AS depth, unnest(range_agg(during)) AS during
    FROM walk GROUP BY ancestor_id, unit_id
)
"""
REMOVE = (
    WALK  # noqa: S608  constant text
    + """
DELETE FROM people_unitcover cover WHERE NOT EXISTS (
    SELECT 1 FROM wanted
    WHERE wanted.ancestor_id = cover.ancestor_id AND wanted.unit_id = cover.unit_id
      AND wanted.during = cover.during AND wanted.depth = cover.depth
)
"""
)
ADD = (
    WALK  # noqa: S608  constant text
    + """
INSERT INTO people_unitcover (ancestor_id, unit_id, depth, during)
SELECT ancestor_id, unit_id, depth, during FROM wanted
WHERE NOT EXISTS (
    SELECT 1 FROM people_unitcover cover
    WHERE wanted.ancestor_id = cover.ancestor_id AND wanted.unit_id = cover.unit_id
      AND wanted.during = cover.during
)
"""
)


def rebuild_cover() -> None:
    """Bring the closure up to the links, touching only rows that differ; inside the act's transaction."""
    with connection.cursor() as cursor:
        cursor.execute(REMOVE)
        cursor.execute(ADD)
