"""One work of the members bench in a process of its own: `python -m bench.members_work NAME …`."""

import json
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import django
from django.utils import timezone

from bench.count_queries import Counter
from bench.people_work import measured, officer, signed_in, spread


def reconcile() -> dict[str, Any]:
    """Every open campaign once: what should be owed is computed, compared, corrected."""
    from members.actions.dues_campaigns import reconcile_campaign
    from members.models import DuesCampaign
    from members.queries.dues import open_campaigns
    from people.actors import system_actor

    by = system_actor()
    changed = 0
    for pk in open_campaigns():
        changed += reconcile_campaign(by=by, campaign=DuesCampaign.objects.get(pk=pk))
    return {"changed": changed}


def one_by_one(count: str) -> dict[str, Any]:
    """The same figures for so many members as a loop over objects writes them; nothing is kept."""
    from django.db import transaction

    from foundation.dates import today
    from members.models import DuesCampaign, DuesCharge, DuesRate, Membership
    from members.rules.dues import Span, amount_owed, months_owed
    from people.models import Belonging

    year = today().year
    campaign = DuesCampaign.objects.order_by("pk").first()
    assert campaign is not None
    chosen = list(Membership.objects.filter(kind="member").order_by("pk").values_list("pk", flat=True))
    with transaction.atomic():
        began = time.monotonic()
        for pk in chosen[: int(count)]:
            one = Membership.objects.get(pk=pk)
            rates = [
                (Span(r.during.lower, r.during.upper), r.monthly)
                for r in DuesRate.objects.filter(kind=one.kind)
            ]
            rests = [Span(p.during.lower, p.during.upper) for p in one.pauses.all()]
            for place in Belonging.objects.filter(person=one.person_id, kind="member"):
                stay = Span(place.during.lower, place.during.upper)
                months = months_owed(year, Span(one.during.lower, one.during.upper), [stay], rests)
                DuesCharge.objects.update_or_create(
                    campaign=campaign, membership=one, person_id=one.person_id, branch_id=place.unit_id,
                    defaults={"months": len(months), "amount": amount_owed(months, rates, 0)},
                )  # fmt: skip
        seconds = time.monotonic() - began
        transaction.set_rollback(True)
    return {"loop": seconds}


def end(every: str) -> dict[str, Any]:
    """End one in `every` of the members, as an act of the city; counts whom it left alone."""
    from foundation.dates import today
    from members.actions.life import Wanted
    from members.actions.mass import end_many
    from members.models import Membership
    from people.actors import system_actor
    from people.models import Unit

    found = Membership.objects.filter(kind="member").exclude(state="ended").order_by("pk")
    chosen = list(found.values_list("pk", flat=True))[:: int(every)]
    began = time.monotonic()
    outcome = end_many(
        by=system_actor(),
        unit=Unit.objects.get(code="TP"),
        memberships=chosen,
        wanted=Wanted("removal", today(), "absent", "đo tốc độ", "01/QĐ-CTĐ"),
    )
    return {"ended": outcome.ended, "left": len(outcome.refused), "took": time.monotonic() - began}


def end_singly(count: str) -> dict[str, Any]:
    """The same act on so many memberships one after the other, through the action for one; rolled back."""
    from django.db import transaction

    from foundation.dates import today
    from members.actions import change_life
    from members.actions.life import Wanted
    from members.models import Membership
    from people.actors import system_actor

    wanted = Wanted("removal", today(), "absent", "đo tốc độ", "01/QĐ-CTĐ")
    rows = Membership.objects.filter(kind="member").exclude(state="ended").order_by("-pk")
    with transaction.atomic():
        began = time.monotonic()
        for one in rows[: int(count)]:
            change_life(by=system_actor(), membership=one, wanted=wanted)
        seconds = time.monotonic() - began
        transaction.set_rollback(True)
    return {"loop": seconds}


LISTED = (
    "hoi-vien",
    "tinh-nguyen-vien",
    "moi",
    "ket-thuc",
    "chua-nop",
    "chua-the",
    "thieu-du-lieu",
    "ky-niem",
)


def lists(who: str) -> dict[str, Any]:
    """Pages of lists through every middleware, as of days of the last year, as an officer."""
    import redcross.wsgi  # as served: what was loaded is frozen

    assert redcross.wsgi.application
    client = signed_in(officer(who))
    today = timezone.localdate()
    counter = Counter()
    slowest: dict[str, float] = {}
    times = []
    asked = [
        (code, {"ngay": f"{today - timedelta(days=days):%d/%m/%Y}"} | ({"q": query} if query else {}))
        for days in (0, 30, 180)
        for code in LISTED
        for query in ("", "nguyen an")
    ]
    from django.db import connection

    for n, (code, query) in enumerate([*asked[:4], *asked]):
        began = time.perf_counter()
        with connection.execute_wrapper(counter):
            answer = client.get(f"/lam-viec/danh-sach-hoi-vien/{code}/", query, headers={"host": "localhost"})
        if answer.status_code != 200:
            raise SystemExit(f"{code} answered {answer.status_code}")
        if n < 4:
            counter.seen = 0
            continue
        times.append((time.perf_counter() - began) * 1000)
        slowest[code] = max(slowest.get(code, 0), times[-1])
    worst = max(slowest, key=lambda code: slowest[code])
    queries = round(counter.seen / len(asked), 1)
    return spread(times) | {"queries": queries, "worst": f"{worst} {slowest[worst]:.0f} ms", "each": slowest}


def scan() -> dict[str, Any]:
    """The query alone, as one writes it: members of a ward's subtree on a day, joined, sorted, counted."""
    from django.db import connection

    sql = """
        SELECT p.id, p.full_name, u.name, count(*) OVER ()
          FROM members_membership m JOIN people_person p ON p.id = m.person_id
          JOIN people_belonging b ON b.person_id = p.id AND b.kind = 'member' AND b.during @> %s::date
          JOIN people_unit u ON u.id = b.unit_id
         WHERE m.kind = 'member' AND m.during @> %s::date
         ORDER BY p.sort_key LIMIT 50
    """
    times = []
    with connection.cursor() as cursor:
        for days in range(0, 200, 20):
            day = timezone.localdate() - timedelta(days=days)
            began = time.perf_counter()
            cursor.execute(sql, [day, day])
            cursor.fetchall()
            times.append((time.perf_counter() - began) * 1000)
    return spread(times)


WORKS: dict[str, Callable[..., dict[str, Any]]] = {
    "reconcile": reconcile,
    "one_by_one": one_by_one,
    "end": end,
    "end_singly": end_singly,
    "lists": lists,
    "scan": scan,
}

if __name__ == "__main__":
    django.setup()
    name, *words = sys.argv[1:]
    print(json.dumps(measured(lambda: WORKS[name](*words))))
