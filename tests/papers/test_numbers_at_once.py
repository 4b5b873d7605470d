"""Numbers under real parallel connections: every one once, none missing."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import connection, transaction

from foundation.refusal import Refused
from papers.actions import issue_paper, take_external_number
from papers.models import Paper
from people.actors import system_actor
from tests.conftest import Cast
from tests.factories.papers import drafted, signed

THREADS = 8
EACH = 10


@pytest.mark.django_db(transaction=True)
def test_eight_clerks_at_once_give_every_number_once(cast: Cast) -> None:
    by = system_actor()
    papers = [[signed(by, cast.ward) for _ in range(EACH)] for _ in range(THREADS)]
    start = Barrier(THREADS)

    def give_up(paper: Paper) -> None:
        with transaction.atomic():
            issue_paper(by=by, paper=paper)
            transaction.set_rollback(True)

    def clerk(mine: list[Paper]) -> None:
        start.wait()
        try:
            for place, paper in enumerate(mine):
                if place % 5 == 0:
                    give_up(paper)
                issue_paper(by=by, paper=paper)
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(clerk, papers))

    given = sorted(number or 0 for number in Paper.objects.values_list("number", flat=True))
    assert given == list(range(1, THREADS * EACH + 1))


@pytest.mark.django_db(transaction=True)
def test_the_same_number_from_outside_is_taken_in_once(cast: Cast) -> None:
    by = system_actor()
    papers = [drafted(by, cast.ward) for _ in range(4)]
    start = Barrier(len(papers))

    def take(paper: Paper) -> bool:
        start.wait()
        try:
            take_external_number(by=by, paper=paper, number="5", issued_on=date(2026, 3, 16))
        except Refused:
            return False
        else:
            return True
        finally:
            connection.close()

    with ThreadPoolExecutor(len(papers)) as pool:
        taken = list(pool.map(take, papers))
    assert sorted(taken) == [False, False, False, True]
