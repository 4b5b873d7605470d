"""The head signs, or returns with comments."""

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.refusal import Reason, Refused
from ledger.actor import Actor
from ledger.audit import record
from papers.actions.steps import done, locked
from papers.enums import SIGN, PaperState, Step
from papers.models import Paper
from people.permissions import acting


@transaction.atomic
def sign_paper(*, by: Actor, paper: Paper) -> Paper:
    """Signed today; its words stand from now on. Only the person named on the paper signs it, if one is."""
    by = acting(by, SIGN, paper.unit_id)
    paper = locked(paper, PaperState.SUBMITTED)
    if by.user is not None and paper.signer is not None and paper.signer.user_id != by.user.pk:
        raise Refused([_("%(name)s signs this paper.") % {"name": paper.signer.full_name}])
    paper.state = PaperState.SIGNED
    paper.signed_on = by.on
    done(by, paper, Step.SIGNED)
    record(by=by, act="papers.sign", subject=paper, after={"signed_on": by.on})
    return paper


@transaction.atomic
def return_paper(*, by: Actor, paper: Paper, comments: str) -> Paper:
    """Back to the drafter with comments."""
    by = acting(by, SIGN, paper.unit_id)
    paper = locked(paper, PaperState.SUBMITTED)
    if not comments.strip():
        raise Refused([Reason(_("Say what is to be changed."), field="words")])
    paper.state = PaperState.RETURNED
    done(by, paper, Step.RETURNED, comments)
    record(by=by, act="papers.return", subject=paper)
    return paper
