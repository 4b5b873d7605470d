"""Rows of a list on the stage where their people are found; for our own lists and for those of upper apps."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from foundation.text import given_name, person_sort_key, search_text
from ledger.actor import Actor
from people.queries.imports import unit_word
from people.queries.matching import match_stage, open_stage, put_on_stage
from people.rules.cells import Draft
from people.rules.findings import Finding, words_of
from people.sealing import identity_digest, seal, tail_digest

FOUND = """
SELECT number, verdict, CASE WHEN here > 0 THEN person_id END, findings FROM import_stage ORDER BY number
"""


@dataclass(frozen=True, slots=True)
class RowFound:
    """Who a row names: `verdict` is a code of RowVerdict, `person_id` a record within the actor's units.

    `reasons` are findings as stored; `words` says them with their cells.
    """

    number: int
    verdict: str
    person_id: int | None
    reasons: tuple[dict[str, Any], ...]

    @property
    def words(self) -> list[str]:
        return [words_of(reason) for reason in self.reasons]


def covered(by: Actor, right: str) -> tuple[frozenset[int], bool]:
    """The units in which the actor has the right, and whether that is all of them."""
    holds = [hold for hold in by.holds if right in hold.may]
    units: frozenset[int] = frozenset().union(*(hold.unit_ids for hold in holds))
    return units, by.is_system or any(hold.is_top for hold in holds)


@transaction.atomic
def find_people(by: Actor, right: str, drafts: Iterable[tuple[int, Draft]]) -> Iterator[RowFound]:
    """Who the rows of an upper app's list name, judged as our own lists are; writes nothing.

    `drafts` are row numbers with what people.rules.cells.read_row read of them. "new" means nobody is
    known, "same" and "update" that the record is `person_id` (an update: the row knows more than it),
    "doubtful" and "wrong" are for the officer. A record outside the units where the actor has the right is
    never given, the row is only doubtful. Set-based: a list of 100,000 rows takes a dozen statements.
    """
    units, is_top = covered(by, right)
    open_stage()
    put_on_stage(staged(number, held_of(draft, {}), b"", fixes_names=True) for number, draft in drafts)
    match_stage(units=units, is_top=is_top, on=by.on)
    with connection.cursor() as cursor:
        cursor.execute(FOUND)
        rows = cursor.fetchall()
        open_stage()
    return (
        RowFound(number, verdict, person, tuple(json.loads(said) if isinstance(said, str) else said))
        for number, verdict, person, said in rows
    )


def held_of(draft: Draft, names: dict[str, int]) -> dict[str, Any]:
    """What is kept of a row, sealed, until the list is written."""
    unit = names.get(unit_word(draft.unit)) if draft.unit else None
    findings = draft.findings
    if draft.unit and unit is None:
        findings = [*findings, Finding("unit_unknown", blocks=True)]
    return {
        "given": draft.name_as_given,
        "name": draft.name,
        "sex": draft.sex,
        "birth": draft.birth_date.isoformat() if draft.birth_date else None,
        "year": draft.birth_year,
        "identity": draft.identity,
        "kind": draft.identity_kind,
        "phones": [(phone.number, phone.kind, phone.as_given) for phone in draft.phones],
        "email": draft.email,
        "address": draft.address,
        "note": draft.note,
        "unit": unit,
        "wrong": any(finding.blocks for finding in findings),
        "findings": [finding.as_json() for finding in findings],
    }


def staged(
    number: int, held: dict[str, Any], sealed: bytes, fixes_names: bool, *, is_last: bool = False
) -> tuple[Any, ...]:
    """The row in the order of matching.COLUMNS; what only a written person has is worked out only then."""
    name = (held["name"] if fixes_names else held["given"]) or held["given"]
    identity: str = held["identity"]
    id_sealed, id_key = seal(identity) if identity and is_last else (None, None)
    return (
        number,
        name[:120],
        given_name(name)[:60] if is_last else "",
        person_sort_key(name) if is_last else "",
        search_text(name),
        held["sex"],
        held["birth"],
        held["year"],
        held["kind"],
        identity_digest(identity) if identity else None,
        tail_digest(identity) if identity else None,
        id_sealed,
        id_key,
        json.dumps(held["phones"]),
        held["email"],
        held["address"],
        held["note"],
        held["unit"],
        held["wrong"],
        json.dumps(held["findings"]),
        sealed,
    )
