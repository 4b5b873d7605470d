"""Two at once, on real connections of their own: one wins, nothing is done twice."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

import pytest
from django.db import connection

from foundation.refusal import Refused
from people import hooks
from people.actions.import_runs import work_import
from people.actions.imports import ask_run
from people.actions.merges import merge_people
from people.actors import system_actor
from people.enums import ImportState, PersonState
from people.models import ImportBatch, Merge, Person
from tests.conftest import Cast
from tests.factories import people, sheets
from tests.factories.sheets import HEAD, PLAIN

pytestmark = pytest.mark.django_db(transaction=True)
Done = TypeVar("Done")


def at_once(*acts: Callable[[], Done]) -> list[Done | str]:
    """What each act gives, or the name of what it raised; all begin together, each on its connection."""
    barrier = Barrier(len(acts))

    def run(act: Callable[[], Done]) -> Done | str:
        try:
            barrier.wait(timeout=60)
            return act()
        except Refused as refused:
            return type(refused).__name__
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_two_lists_of_the_same_people_at_once_enter_each_once(cast: Cast) -> None:
    by = people.actor(cast.unit_officer)
    batches = []
    for _time in range(2):
        batch = sheets.tried(by, sheets.sent(by, cast.ward, sheets.xlsx([HEAD, *PLAIN])))
        batches.append(ask_run(by=by, batch=batch, fixes_names=True, takes_elsewhere=True).pk)

    at_once(*[lambda pk=pk: work_import(by=system_actor(), pk=pk) for pk in batches])

    counts = [batch.counts["written"] for batch in ImportBatch.objects.order_by("pk")]
    assert sorted(counts) == [0, 3]
    assert Person.objects.filter(full_name="Trần Thị Ánh").count() == 1


def test_one_list_taken_up_by_two_workers_is_written_by_one(cast: Cast) -> None:
    by = people.actor(cast.unit_officer)
    batch = sheets.tried(by, sheets.sent(by, cast.ward, sheets.xlsx([HEAD, *PLAIN])))
    ask_run(by=by, batch=batch, fixes_names=True, takes_elsewhere=True)

    did = at_once(*[lambda: work_import(by=system_actor(), pk=batch.pk)] * 2)

    batch.refresh_from_db()
    assert sorted(str(one) for one in did) == ["False", "True"]
    assert (batch.state, Person.objects.filter(full_name="Trần Thị Ánh").count()) == (ImportState.DONE, 1)


def test_progress_is_seen_from_outside_while_the_list_is_open(cast: Cast) -> None:
    from people.actions.list_work import Progress

    by = people.actor(cast.unit_officer)
    batch = sheets.sent(by, cast.ward, sheets.xlsx([HEAD, *PLAIN]))
    ImportBatch.objects.filter(pk=batch.pk).update(claim="0" * 32, state=ImportState.RUNNING)
    batch.refresh_from_db()

    def look() -> int:
        return ImportBatch.objects.get(pk=batch.pk).rows_done

    from django.db import transaction

    with Progress(batch) as progress, transaction.atomic():
        people.person("Chưa Xong", cast.ward, with_user=False)
        progress.tell(3, now=True)
        seen = at_once(look)

    assert seen == [3]


@pytest.mark.parametrize("is_crossed", [True, False])
def test_two_merges_of_a_pair_at_once_one_wins_and_the_other_is_told(cast: Cast, is_crossed: bool) -> None:
    one = people.person("Nguyễn Văn Bình", cast.ward, with_user=False)
    two = people.person("Nguyễn Văn Bình", cast.ward, with_user=False)
    by = people.actor(cast.unit_officer)

    def merge(kept: Person, absorbed: Person) -> str:
        done = merge_people(by=by, kept=kept, absorbed=absorbed, absorbers=[hooks.absorb_person])
        return f"merged {done.pk}"[:6]

    pairs = [(one, two), (two, one) if is_crossed else (one, two)]
    did = at_once(*[lambda pair=pair: merge(*pair) for pair in pairs])

    assert sorted(did) == ["Refused", "merged"]
    assert Merge.objects.count() == 1
    assert Person.objects.filter(state=PersonState.MERGED).count() == 1
    connection.close()
