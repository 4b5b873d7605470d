"""The decision that recognises a body, drafted from what the unit below asked; its issue recognises."""

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.dates import paper_date
from foundation.refusal import Refused
from ledger.actor import Actor
from ledger.audit import record
from papers.actions.drafting import draft_paper
from papers.layout.composing import annex_fields
from papers.models import Paper
from papers.queries import TYPED_SIGNING, head_of, recognition_paper, signing_fields
from papers.rules.skeletons import skeletons
from people.actions.bodies import RECOGNITION, recognise_decided
from people.enums import ApprovalState
from people.models import Approval, Body, Seat
from people.permissions import hold_for
from people.queries.bodies import seats_on

EFFECT = "people.body_recognition"


@transaction.atomic
def draft_recognition(*, by: Actor, approval: Approval) -> Paper:
    """The draft that recognises the body an approval asks for, its members annexed; by the office asked.

    The approval waits until the paper is issued; giving up the draft leaves it waiting.
    """
    approval = Approval.objects.select_for_update().get(pk=approval.pk)
    by = by if by.is_system else by.as_(hold_for(by, approval))
    if approval.kind != RECOGNITION or approval.state != ApprovalState.WAITING:
        raise Refused([_("This request does not wait for recognition.")])
    body = Body.objects.select_related("unit").get(approval=approval)
    if recognition_paper(body) is not None:
        raise Refused([_("The decision is being drafted already.")])
    day = max(by.on, body.term.lower)
    seats = list(seats_on(body, day))
    paper = draft_paper(
        by=by,
        unit=approval.unit,
        kind="decision",
        values={
            **_words(by, approval, body, seats),
            **(signing_fields(approval.unit, by.on) or TYPED_SIGNING),
            "has_code": 1,
        },
        effect=EFFECT,
        effect_data={"body": body.pk, "seats": sorted(seat.pk for seat in seats)},
        recipients=[(body.unit, body.unit.name)],
    )
    record(by=by, act="papers.draft_recognition", subject=body, after={"paper": paper.pk})
    return paper


@transaction.atomic
def recognise_by_paper(*, by: Actor, paper: Paper) -> None:
    """The decision is issued: the body is recognised by it and the request answered (papers.effects)."""
    body = Body.objects.select_related("approval").get(pk=paper.effect_data["body"])
    if body.approval is None or body.approval.state != ApprovalState.WAITING:
        raise Refused([_("This request does not wait for recognition.")])
    day = max(by.on, body.term.lower)
    if sorted(seats_on(body, day).values_list("pk", flat=True)) != paper.effect_data["seats"]:
        text = _("The members have changed since: give this draft up and draft the decision anew.")
        raise Refused([text])
    recognise_decided(
        by=by, body=body, unit=paper.unit, number=paper.number_text, decided_on=paper.issued_on or by.on
    )


def _words(by: Actor, approval: Approval, body: Body, seats: list[Seat]) -> dict[str, object]:
    """The skeleton filled in: what is recognised, of which unit, for which term, how many."""
    skeleton = skeletons(by.on)["body_recognition"]
    told = skeleton.filled({"issuer": head_of(approval.unit, by.on).issuer.replace("\n", " ")})
    term = f"nhiệm kỳ từ {paper_date(body.term.lower)}"

    def put(text: str) -> str:
        for left, right in (
            ("[ban, hội đồng]", body.name),
            ("[đơn vị]", body.unit.name),
            ("[nhiệm kỳ]", term),
            ("[số]", f"{len(seats):02}"),
        ):
            text = text.replace(left, right)
        return text

    rows = [
        (n, seat.person.full_name, seat.person.birth_year, seat.post, "Phụ trách" if seat.is_acting else None)
        for n, seat in enumerate(seats, 1)
    ]
    return {
        "abstract": put(str(told["abstract"])),
        "authority": str(told["authority"]),
        "grounds": "\n".join(put(line) for line in told["grounds"]),
        "body": put(str(told["body"])),
        "receivers": "\n".join(told["receivers"]),
        **annex_fields(put(str(told["annex_title"])), skeleton.annex_head, rows),
    }
