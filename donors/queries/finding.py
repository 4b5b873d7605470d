"""Who is meant by what an officer types at a drive: phone, identity number, donor code, card's code, name."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import Q, QuerySet

from donors.enums import ENTER
from donors.models import Donor
from foundation.text import mask_name, matching, search_text
from ledger.actor import Actor
from papers.enums import ProofState
from papers.models import Proof
from people.enums import PersonState
from people.models import Belonging, IdentityNumber, Person, Phone
from people.queries.register import people_with
from people.queries.staging import covered
from people.rules.identity import read_identity
from people.rules.phones import read_phones
from people.sealing import identity_digest

CARD = re.compile(r"(?:.*/)?(?:xac-nhan/)?([A-Za-z0-9_-]{22})/?")
CODE = re.compile(r"HM\d{1,18}", re.IGNORECASE)
YEAR = re.compile(r"(?<!\d)(19\d\d|20\d\d)(?!\d)")
MOST = 8


class By(StrEnum):
    """What was typed."""

    CARD = "card"
    CODE = "code"
    IDENTITY = "identity"
    PHONE = "phone"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Giver:
    """One who may be meant. A record of other units shows its name masked, and is found by numbers alone."""

    person: Person
    donor: Donor | None
    is_elsewhere: bool

    @property
    def name(self) -> str:
        return mask_name(self.person.full_name) if self.is_elsewhere else self.person.full_name


@dataclass(frozen=True, slots=True)
class Found:
    """Who was found, and by what; `is_sure` where a number names exactly one, `is_cut` where more were."""

    by: By
    givers: tuple[Giver, ...] = ()
    is_cut: bool = False

    @property
    def is_sure(self) -> bool:
        return self.by != By.NAME and len(self.givers) == 1


def find_givers(by: Actor, typed: str) -> Found:
    """People who may be meant, the surest way first. At most 4 queries, 8 people.

    A name finds only people of the actor's units, and never decides alone.
    """
    typed = " ".join(typed.split())
    way, people = _asked(by, typed)
    people = people.filter(state=PersonState.STANDING).select_related("donor").distinct()
    found = list(people.order_by("sort_key", "pk")[: MOST + 1])
    is_cut = len(found) > MOST
    del found[MOST:]
    here = {person.pk for person in found} if way == By.NAME else _here(by, found)
    return Found(way, tuple(_giver(person, here) for person in found), is_cut)


def givers_of_rows(
    by: Actor, said: Mapping[int, Mapping[str, Any]], meant: Mapping[int, int | None]
) -> dict[int, list[Giver]]:
    """Who may be meant by each row of a list, keyed as `said`: whom the list found, then who has the row's
    identity number, phone, or (within the actor's units) name. 5 queries, however many rows."""
    digests = {key: identity_digest(one["identity"]) for key, one in said.items() if one["identity"]}
    phones = {key: {phone[0] for phone in one["phones"]} for key, one in said.items()}
    names = {key: search_text(one["name"]) for key, one in said.items() if one["name"]}
    owners = IdentityNumber.objects.filter(digest__in=digests.values())
    by_number = list(owners.values_list("digest", "person_id"))
    callers = Phone.objects.filter(number__in=set().union(*phones.values()))
    by_phone = list(callers.values_list("number", "person_id"))
    named = people_with(by, ENTER).filter(search_name__in=names.values()).order_by("sort_key", "pk")
    by_name = list(named.values_list("search_name", "pk"))
    keys = {
        key: [
            *filter(None, [meant.get(key)]),
            *(pk for digest, pk in by_number if digest == digests.get(key)),
            *(pk for number, pk in by_phone if number in phones[key]),
            *(pk for name, pk in by_name if name == names.get(key)),
        ]
        for key in said
    }
    people = Person.objects.filter(pk__in={pk for asked in keys.values() for pk in asked})
    known = people.filter(state=PersonState.STANDING).select_related("donor").in_bulk()
    here = _here(by, list(known.values()))
    return {
        key: [_giver(known[pk], here) for pk in dict.fromkeys(asked) if pk in known][:MOST]
        for key, asked in keys.items()
    }


def _here(by: Actor, people: Sequence[Person]) -> set[int]:
    """Those of the people who belong to units the actor covers."""
    units, is_top = covered(by, ENTER)
    if is_top or not people:
        return {person.pk for person in people}
    rows = Belonging.objects.filter(person__in=people, unit__in=units, during__contains=by.on)
    return set(rows.values_list("person_id", flat=True))


def _giver(person: Person, here: Collection[int]) -> Giver:
    return Giver(person, getattr(person, "donor", None), person.pk not in here)


def _asked(by: Actor, typed: str) -> tuple[By, QuerySet[Person]]:
    everybody = Person.objects.all()
    if CODE.fullmatch(typed):
        bearers = everybody.filter(donor__code=f"HM{int(typed[2:]):07}")
        kept = bearers.filter(state=PersonState.MERGED).values("merged_into")
        return By.CODE, everybody.filter(pk__in=bearers.values("pk").union(kept))
    if (card := CARD.fullmatch(typed)) and not typed.isdigit():
        # The card of a record that was joined to another leads to that one's.
        typed_one = Proof.objects.filter(code=card[1])
        cards = typed_one.values("pk").union(typed_one.values("replaced_by"))
        return By.CARD, everybody.filter(donor__card__in=cards, donor__card__state=ProofState.VALID)
    if number := identity_of(by, typed):
        owners = IdentityNumber.objects.filter(digest=identity_digest(number)).values("person")
        return By.IDENTITY, everybody.filter(pk__in=owners)
    phones = [phone.number for phone in read_phones(typed, on=by.on).phones] if _digits(typed) else []
    if phones:
        return By.PHONE, everybody.filter(phones__number__in=phones)
    year = YEAR.search(typed)
    name = YEAR.sub(" ", typed)
    if not search_text(name).strip():
        return By.NAME, everybody.none()
    born = Q(birth_year=int(year[1])) | Q(birth_year=None) if year else Q()
    return By.NAME, people_with(by, ENTER).filter(matching("search_name", name)).filter(born)


def identity_of(by: Actor, typed: str) -> str:
    """The identity number that was typed, or "": nine or twelve digits that are no phone."""
    bare = re.sub(r"[\s.\-]", "", typed)
    if not re.fullmatch(r"\d{9}|\d{11,12}", bare):
        return ""
    return read_identity(bare, on=by.on).number


def _digits(typed: str) -> bool:
    return sum(letter.isdigit() for letter in typed) >= 8
