"""A list of donations is tried dry, then written: judged on a stage, all or nothing."""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from django.db import connection

from donors.actions.list_writes import write_gifts
from donors.enums import ENTER
from donors.models import DonationList
from donors.queries.list_stage import judge_gifts, keep_gift_rows, one_each, open_gifts, put_gifts
from donors.queries.lists import due_lists
from donors.queries.rules import giving_rules
from donors.rules.gifts import Gift, read_gift, row_speaker
from ledger.actor import Actor
from ledger.audit import record
from people.actions.duplicates import find_pairs
from people.actions.import_writes import lock_imports
from people.actions.list_work import (
    Progress,
    Work,
    end_trial,
    end_writing,
    held_in,
    opened,
    rows_after,
    work,
)
from people.queries.matching import match_stage, open_stage
from people.queries.staging import covered, held_of, staged
from people.rules.cells import is_header_again, is_no_person, read_row
from people.sealing import keyed_digest, seal_row
from people.sheets import Book

KEYS = ("name", "birth", "year", "identity", "phones", "email")


def work_list(*, by: Actor, pk: int) -> bool:
    """Do what a due list waits for, with the rights its sender has now; False if another does it."""
    return work(LISTS, by=by, pk=pk)


def _try(batch: DonationList, by: Actor, progress: Progress) -> None:
    """Judge every row of the file; write nothing but the verdicts."""
    open_stage()
    open_gifts()
    with opened(batch) as book:
        put_gifts(_read(batch, book, by.on, progress))
    counts = _judge(batch, by)
    keep_gift_rows(batch.pk)
    end_trial(batch, counts)
    record(by=by, act="donors.try_list", subject=batch, after={"rows": sum(counts.values())})


def _read(batch: DonationList, book: Book, on: date, progress: Progress) -> Iterator[Sequence[Any]]:
    first = batch.header_row + batch.header_height
    top = max(tier["most_ml"] for tier in giving_rules(on).values["apheresis"])
    for done, (number, values) in enumerate(book.rows(batch.sheet)):
        if number < first or is_no_person(values, on) or is_header_again(values, batch.headers):
            continue
        held = held_of(read_row(values, batch.columns, row=number, on=on), {})
        gift = read_gift(values, batch.columns, row=number, on=on, top_ml=top)
        yield _row(number, held, _held_gift(gift), is_last=False)
        if done % 1000 == 0:
            progress.tell(done)


def _held_gift(gift: Gift) -> dict[str, Any]:
    """What is kept of the donation, sealed, until the list is written."""
    return {
        "on": gift.on.isoformat() if gift.on else None,
        "ml": gift.volume_ml,
        "component": gift.component,
        "abo": gift.group,
        "rh": gift.rhesus,
        "serial": gift.serial,
        "place": gift.place,
        "wrong": gift.is_wrong,
        "said": [finding.as_json() for finding in gift.findings],
    }


def _row(number: int, held: dict[str, Any], gift: dict[str, Any], *, is_last: bool) -> Sequence[Any]:
    """The row in the order of people's COLUMNS and then GIFT."""
    sealed = (
        b""
        if is_last
        else seal_row(json.dumps({"person": held, "gift": gift}, ensure_ascii=False, separators=(",", ":")))
    )
    who = json.dumps([held[key] for key in KEYS])
    same = json.dumps([who, *(gift[key] for key in ("on", "ml", "component", "serial"))])
    return (
        *staged(number, held, sealed, fixes_names=True, is_last=is_last),
        keyed_digest("list-person", who),
        gift["on"],
        gift["ml"],
        gift["component"],
        gift["abo"],
        gift["rh"],
        gift["serial"],
        gift["place"],
        gift["wrong"],
        json.dumps(gift["said"]),
        bytes.fromhex(keyed_digest("list-row", same)),
    )


def _judge(batch: DonationList, by: Actor, *, locks: bool = False) -> dict[str, int]:
    one_each()
    units, is_top = covered(by, ENTER)
    match_stage(units=units, is_top=is_top, on=by.on, locks=locks)
    return judge_gifts(batch.pk, batch.issuer, takes_new=batch.takes_new)


def _write(batch: DonationList, by: Actor, progress: Progress) -> None:
    """Judge the rows again as things stand now, and write; one transaction."""
    lock_imports()
    open_stage()
    open_gifts()
    last = 0
    while rows := list(rows_after(batch, last, "sealed_values")):
        put_gifts(_again(rows))
        last = rows[-1][0]
        progress.tell(min(last, batch.rows_total) * 2 // 5)
    counts = _judge(batch, by, locks=True)
    written = write_gifts(batch, by, lambda share: progress.tell(batch.rows_total * share // 100))
    with connection.cursor() as cursor:
        cursor.execute(RESULT, [batch.pk])
    counts["written"] = written
    record(by=by, act="donors.run_list", subject=batch, after=counts)
    end_writing(batch, counts)


RESULT = """
UPDATE donors_donationrow r SET verdict = g.verdict, reasons = g.reason, person_id = g.person_id,
    donation_id = g.donation_id
FROM gift_stage g WHERE r.batch_id = %s AND r.number = g.number
"""


def _again(rows: Iterable[tuple[int, Any]]) -> Iterator[Sequence[Any]]:
    for number, sealed in rows:
        held = held_in(sealed)
        if held is not None:
            yield _row(number, held["person"], held["gift"], is_last=True)


def _pairs(batch: DonationList, by: Actor) -> int:
    return find_pairs(by=by, cause=f"donations:{batch.pk}")


LISTS = Work(DonationList, due_lists, ENTER, _try, _write, row_speaker, _pairs)
