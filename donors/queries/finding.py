"""Who is meant by what an officer types at a drive: phone, identity number, donor code, card's code, name."""

import re
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Q, QuerySet

from donors.enums import ENTER
from donors.models import Donor
from foundation.text import mask_name, matching, search_text
from ledger.actor import Actor
from papers.enums import ProofState
from people.enums import PersonState
from people.models import Belonging, IdentityNumber, Person
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
    """Who was found, and by what; `is_sure` where a number names exactly one."""

    by: By
    givers: tuple[Giver, ...] = ()

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
    found = list(people.order_by("sort_key", "pk")[:MOST])
    units, is_top = covered(by, ENTER)
    here = set()
    if found and not is_top and way != By.NAME:
        rows = Belonging.objects.filter(person__in=found, unit__in=units, during__contains=by.on)
        here = set(rows.values_list("person_id", flat=True))
    return Found(
        way,
        tuple(
            Giver(
                person,
                getattr(person, "donor", None),
                not (is_top or way == By.NAME or person.pk in here),
            )
            for person in found
        ),
    )


def _asked(by: Actor, typed: str) -> tuple[By, QuerySet[Person]]:
    everybody = Person.objects.all()
    if CODE.fullmatch(typed):
        return By.CODE, everybody.filter(donor__code=f"HM{int(typed[2:]):07}")
    if (card := CARD.fullmatch(typed)) and not typed.isdigit():
        return By.CARD, everybody.filter(donor__card__code=card[1], donor__card__state=ProofState.VALID)
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
