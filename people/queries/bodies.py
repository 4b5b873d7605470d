"""Bodies of units: which stand, who sits in them, whose names stand under a paper."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from ledger.actor import Actor
from people.enums import BodyKind
from people.models import Body, Person, Seat, Unit, UnitLink
from people.queries.visible import visible_units
from people.rules.bodies import Sitting, signer_among, signing_lines

# In whose name a unit's papers are signed, the first of these that stands.
SIGNING = (BodyKind.STANDING, BodyKind.PRESIDIUM, BodyKind.EXECUTIVE)


@dataclass(frozen=True, slots=True)
class SignatureBlock:
    """What stands above a signature, line by line in capitals, and who signs with which post."""

    lines: tuple[str, ...]
    person: Person
    body: Body
    post: str


def visible_bodies(by: Actor) -> QuerySet[Body]:
    """Bodies of the units the actor's offices cover."""
    return Body.objects.filter(unit__in=visible_units(by).values("pk")).select_related("unit")


def bodies_on(unit: Unit, on: date) -> QuerySet[Body]:
    """The unit's bodies whose term holds on the day, in the order of their kinds."""
    return Body.objects.filter(unit=unit, term__contains=on).order_by("pk")


def seats_on(body: Body, on: date) -> QuerySet[Seat]:
    """Who sits in the body on the day, by rank."""
    return (
        Seat.objects.filter(body=body, during__contains=on)
        .select_related("person")
        .order_by("rank", "person__sort_key", "pk")
    )


def recogniser_of(unit: Unit, on: date) -> Unit:
    """The unit that recognises the unit's bodies: the one above; itself at the top."""
    link = UnitLink.objects.filter(unit=unit, during__contains=on).select_related("parent").first()
    return link.parent if link else unit


def signature_block(
    unit: Unit, on: date, *, as_kind: BodyKind | None = BodyKind.STANDING, signer: Person | None = None
) -> SignatureBlock | None:
    """Who signs for the unit on the day and under which lines; None where nobody recognised may.

    `as_kind` names the body that signs (TM.): STANDING falls back to the next of SIGNING that stands;
    None: the head signs alone, without TM. `signer` picks another member, who signs by the own post.
    Only a body that the level above has recognised by the day signs.
    Source: Decree 30/2020/NĐ-CP, Annex I, block 7a.
    """
    kinds = list(SIGNING) if as_kind in {None, BodyKind.STANDING} else [as_kind]
    bodies = {
        body.kind: body
        for body in Body.objects.filter(unit=unit, kind__in=kinds, term__contains=on, recognised_on__lte=on)
    }
    body = next((bodies[kind] for kind in kinds if kind in bodies), None)
    if body is None:
        return None
    seats = {seat.person_id: seat for seat in seats_on(body, on)}
    sitting = [Sitting(s.person_id, s.post, s.rank, s.is_acting) for s in seats.values()]
    if signer is not None:
        sitting = [seat for seat in sitting if seat.person_id == signer.pk]
    chosen = signer_among(sitting)
    if chosen is None:
        return None
    name = body.name if as_kind is not None else ""
    return SignatureBlock(signing_lines(chosen.post, name), seats[chosen.person_id].person, body, chosen.post)
