"""What every act on a paper does: lock the row, note the step."""

from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.refusal import Refused
from ledger.actor import Actor
from papers.enums import PaperState, Step
from papers.models import Paper, PaperEvent


def locked(paper: Paper, *states: PaperState) -> Paper:
    """The row as it stands now, locked; refuses outside the states the act begins in."""
    found = Paper.objects.select_for_update().get(pk=paper.pk)
    if found.state not in states:
        state = str(found.get_state_display())
        raise Refused([_("The paper is meanwhile “%(state)s”: look at it again.") % {"state": state}])
    return found


def done(by: Actor, paper: Paper, step: Step, words: str = "") -> None:
    """Check and save the whole row, and write the step into its history."""
    paper.changed_at = timezone.now()
    paper.version += 1
    paper.clean()
    paper.full_clean(validate_constraints=False)
    paper.save()
    PaperEvent.objects.create(
        paper=paper,
        user=by.user,
        office=by.acting.office if by.acting else "",
        step=step,
        words=words.strip(),
    )
