"""The papers of a dossier: in hand, or left out with a reason; sending keeps them."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.refusal import Reason, Refused
from ledger.actor import Actor
from ledger.audit import record
from rewards.actions.policies import checked
from rewards.enums import MANAGE, PaperUse
from rewards.models import Dossier, DossierPaper, Round
from rewards.permissions import acting_city
from rewards.queries.dossiers import needs_of
from rewards.rules import asked_papers


@transaction.atomic
def enter_dossier_paper(
    *, by: Actor, cycle: Round, grantor: str, code: str, number: str = "", reason: str = ""
) -> DossierPaper:
    """A paper of the next dossier to an authority is in hand, or the dossier goes without it, for a reason.

    Entered again it is corrected. Refuses a paper the authority does not ask for.
    """
    by = acting_city(by, MANAGE)
    cycle = Round.objects.select_for_update().get(pk=cycle.pk)
    names = dict(asked_papers(grantor, by.on))
    if code not in names or code == PaperUse.SUBMISSION:
        raise Refused([Reason(_("This authority asks for no such paper."), field="paper")])
    number, reason = " ".join(number.split()), " ".join(reason.split())
    if bool(number) == bool(reason):
        text = _("Enter the number of the paper, or why the dossier goes without.")
        raise Refused([Reason(text, field="number")])
    row = DossierPaper.objects.filter(round=cycle, grantor=grantor, code=code, dossier=None).first()
    row = row or DossierPaper(round=cycle, grantor=grantor, code=code)
    before = {"number": row.number, "reason": row.reason}
    row.name, row.number, row.reason, row.entered_on = names[code], number, reason[:300], by.on
    checked(row)
    row.save()
    after = {"number": number, "reason": reason}
    record(by=by, act="rewards.enter_dossier_paper", subject=row, before=before, after=after, reason=reason)
    return row


def complete(cycle: Round, grantor: str, on: date) -> None:
    """Refuses while a paper the authority asks for lacks and nobody has said why it is left out."""
    lacking = [one.name for one in needs_of(cycle, [grantor], on)[grantor] if one.lacks]
    if lacking:
        text = _("The dossier lacks: %(papers)s. Enter the number of each, or why the dossier goes without.")
        raise Refused([Reason(text % {"papers": ", ".join(lacking)})])


def keep_papers(by: Actor, dossier: Dossier) -> None:
    """The papers stay with the dossier as they went, in the caller's transaction."""
    cycle = dossier.round
    entered = {one.code: one for one in cycle.dossier_papers.filter(grantor=dossier.grantor, dossier=None)}
    for need in needs_of(cycle, [dossier.grantor], by.on)[dossier.grantor]:
        row = entered.get(need.code) or DossierPaper(
            round=cycle,
            grantor=dossier.grantor,
            code=need.code,
            name=need.name,
            number=dossier.submission_number if need.is_sending else need.number,
            reason=need.reason,
            entered_on=by.on,
        )
        row.dossier = dossier
        checked(row)
        row.save()
