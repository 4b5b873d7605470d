"""One work of the rewards bench in its own process: `python -m bench.rewards_work NAME …`; prints JSON."""

import json
import resource
import sys
from typing import Any

import django

from bench.people_work import measured

# The least that writes the same proposals: one pass over the donations, one INSERT, no brake, no audit entry,
# no finding, no progress, not to be stopped, not to be run twice.
LEAST = """
INSERT INTO rewards_nomination (key, person_id, honour, occasion, rung_id, unit_id, reached_on, count, as_of,
    step, step_at, proof, is_posthumous, reason)
SELECT gen_random_uuid(), person_id, 'individual-' || rung.threshold, '', rung.id,
    (SELECT unit_id FROM people_belonging b
     WHERE b.person_id = counted.person_id AND b.during @> current_date ORDER BY b.id LIMIT 1),
    given_on, total, current_date, 'proposed', now(), '', false, ''
FROM (
    SELECT donor.person_id, donation."on" AS given_on, donation.turns,
        sum(donation.turns) OVER (PARTITION BY donor_id ORDER BY "on", donation.id) AS upto,
        sum(donation.turns) OVER (PARTITION BY donor_id) AS total
    FROM donors_donation donation JOIN donors_donor donor ON donor.id = donation.donor_id
    WHERE donation.kind = 'voluntary' AND donation.state = 'confirmed' AND NOT EXISTS (
        SELECT FROM donors_donation cover
        WHERE cover.donor_id = donation.donor_id AND cover.source = 'carried'
            AND (cover."on" > donation."on" OR (cover."on" = donation."on" AND donation.source <> 'carried'))
    )
) counted
JOIN rewards_rung rung ON rung.kind = 'individual' AND rung.grantor <> 'facility'
    AND counted.upto >= rung.threshold AND counted.upto - counted.turns < rung.threshold
"""


def run() -> dict[str, Any]:
    """A full run from the asking to its end, the brake released beforehand."""
    from people.actors import system_actor
    from rewards.actions.runs import ask_run
    from rewards.actions.working import work_run
    from rewards.models import RewardRun
    from rewards.queries.turns import donation_turns

    by = system_actor()
    asked = ask_run(by=by, as_of=by.on)
    RewardRun.objects.filter(pk=asked.pk).update(is_released=True)
    if not work_run(by=by, pk=asked.pk, turns=donation_turns()):
        raise SystemExit("the run did not end")
    asked.refresh_from_db()
    return {"proposed": asked.proposed, "found": asked.found}


def least() -> dict[str, Any]:
    """The hand-written statement, and everything gone again."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(LEAST)
        return {"proposed": cursor.rowcount}


def empty() -> dict[str, Any]:
    """Proposals and runs gone, statistics fresh: before the other side's turn."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE rewards_nomination, rewards_rewardrun, rewards_duerow CASCADE")
        cursor.execute("VACUUM ANALYZE rewards_nomination")
        cursor.execute("CHECKPOINT")
    return {}


def more(count: int) -> dict[str, Any]:
    """So many new donations today, of every n-th donor."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO donors_donation (donor_id, "on", unit_id, place, component, volume_ml, turns, kind,
                certificate_issuer, certificate_serial, certificate_used_ml, source, proof, flags, state,
                recorded_at, decided_at, void_reason)
            SELECT donor.id, current_date, (SELECT min(id) FROM people_unit), '', 'whole_blood', 350, 1,
                'voluntary', '', '', 0, 'drive', '', '[]', 'confirmed', now(), now(), ''
            FROM donors_donor donor WHERE donor.id %% greatest(1, (SELECT max(id) FROM donors_donor) / %s) = 0
            ORDER BY donor.id LIMIT %s
            """,
            [count, count],
        )
        return {"donations": cursor.rowcount}


def nightly() -> dict[str, Any]:
    """Only what changed since the full run."""
    from people.actors import system_actor
    from rewards.actions.runs import ask_nightly
    from rewards.actions.working import work_run
    from rewards.queries.turns import donation_turns

    by = system_actor()
    asked = ask_nightly(by=by, as_of=by.on)
    if asked is None or not work_run(by=by, pk=asked.pk, turns=donation_turns()):
        raise SystemExit("the nightly run did not end")
    asked.refresh_from_db()
    return {"proposed": asked.proposed}


def certificates(count: int) -> dict[str, Any]:
    """So many certificates in one PDF, read from the database; the largest memory of the process of a lot."""
    from rewards.models import Award, holder_of
    from rewards.printing import certificates_pdf

    rows = Award.objects.select_related(
        "person", *holder_of("nomination__"), "nomination__rung", "nomination__unit", "proof"
    )[:count]
    made = len(certificates_pdf(rows))
    return {"bytes": made, "child_mb": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1000}


def grant(count: int) -> dict[str, Any]:
    """So many proposals granted by the chapter, each with its code."""
    from people.actors import system_actor
    from rewards.actions.awarding import give
    from rewards.models import Nomination

    by = system_actor()
    rows = Nomination.objects.select_related("rung", "person")[:count]
    return {"awards": len(give(by, list(rows), "01/QĐ-CTĐ", by.on, has_certificate=True))}


WORKS = {
    "run": run,
    "least": least,
    "empty": empty,
    "more": more,
    "nightly": nightly,
    "grant": grant,
    "certificates": certificates,
}

if __name__ == "__main__":
    django.setup()
    name, *given = sys.argv[1:]
    print(json.dumps(measured(lambda: WORKS[name](*(int(word) for word in given)))))
