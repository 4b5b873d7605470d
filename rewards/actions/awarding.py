"""What a decision leaves: an award for each person, and the proof of the chapter's own certificates."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.refusal import Reason, Refused
from foundation.text import mask_name
from ledger.actor import Actor
from ledger.audit import record_many
from papers.actions import end_proof
from papers.models import Proof
from rewards.models import Award, Nomination

BATCH = 500


def give(
    by: Actor,
    granted: Sequence[Nomination],
    number: str,
    decided_on: date,
    *,
    has_certificate: bool = False,
) -> list[Award]:
    """The awards of a decision, in the caller's transaction; with `has_certificate` each with a proof.

    Needs rung and holder of the nominations. Refuses an honour that the person holds already.
    """
    held = set(
        Award.objects.filter(person__in={one.person_id for one in granted}, revoked_on=None).values_list(
            "person", "honour", "occasion"
        )
    )
    twice = [one for one in granted if one.person_id and (one.person_id, one.honour, one.occasion) in held]
    if twice:
        names = ", ".join(one.holder for one in twice[:5])
        raise Refused([Reason(_("This honour is held already: %(names)s.") % {"names": names})])
    proofs: list[Proof | None] = [None] * len(granted)
    if has_certificate:
        made = Proof.objects.bulk_create(
            [
                Proof(
                    kind=one.rung.honour or _("Certificate"),
                    holder=one.holder if one.collective else mask_name(one.holder),
                    day=decided_on,
                )
                for one in granted
            ],
            batch_size=BATCH,
        )
        record_many(by=by, act="papers.make_proof", model=Proof, rows=((one.pk, None, None) for one in made))
        proofs = list(made)
    return Award.objects.bulk_create(
        [
            Award(
                nomination=one,
                person_id=one.person_id,
                honour=one.honour,
                occasion=one.occasion,
                decision_number=number,
                decided_on=decided_on,
                bonus_vnd=one.rung.bonus_vnd,
                proof=proof,
            )
            for one, proof in zip(granted, proofs, strict=True)
        ],
        batch_size=BATCH,
    )


@transaction.atomic
def end_certificate(by: Actor, award: Award, on: date) -> None:
    """A revoked award's certificate is no longer valid for who checks its code."""
    if award.proof is not None:
        end_proof(by=by, proof=award.proof, on=on)
