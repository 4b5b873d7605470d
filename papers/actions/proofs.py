"""Proofs are made and ended in the transaction that issues or ends what they prove."""

from datetime import date

from django.db import transaction

from ledger.actor import Actor
from ledger.audit import record
from papers.enums import ProofState
from papers.models import Paper, Proof


@transaction.atomic
def make_proof(*, by: Actor, kind: str, holder: str, day: date, paper: Paper | None = None) -> Proof:
    """A proof with a new code. `holder` is masked already; the calling action has asked whether it may."""
    proof = Proof(kind=kind, holder=holder, day=day, paper=paper)
    proof.full_clean()
    proof.save()
    record(by=by, act="papers.make_proof", subject=proof)
    return proof


@transaction.atomic
def end_proof(*, by: Actor, proof: Proof, on: date) -> Proof:
    """From now on it says "no longer valid"; ending it twice keeps the first day."""
    proof = Proof.objects.select_for_update().get(pk=proof.pk)
    if proof.state == ProofState.VALID:
        proof.state, proof.ended_on = ProofState.ENDED, on
        proof.full_clean()
        proof.save(update_fields=["state", "ended_on"])
        record(by=by, act="papers.end_proof", subject=proof, after={"ended_on": on})
    return proof
