"""What papers gives the roof about a person: papers issued to them, which stay; taking over a double."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from foundation.dates import format_date
from foundation.held import Held
from ledger.actor import Actor
from papers.models import Paper, PaperRecipient
from people.actions.absorbing import Note, move_rows
from people.actions.forgetting import ERASED_NAME
from people.models import Person


def personal_data(person: Person) -> Iterator[Held]:
    """Papers that were issued to the person."""
    rows = PaperRecipient.objects.filter(person=person, paper__issued_on__isnull=False)
    yield Held(
        "papers",
        _("Papers issued to you"),
        _("Issued by the chapter"),
        _("Keeping records of the chapter's decisions"),
        [
            (f"{row.paper.number_text}, {format_date(row.paper.issued_on)}", row.paper.abstract)
            for row in rows.select_related("paper").order_by("paper__issued_on")
            if row.paper.issued_on is not None
        ],
    )


def forget_person(by: Actor, person: Person) -> None:
    """An issued paper is a record of the chapter and stays as it is; drafts name the person no more."""
    drafts = PaperRecipient.objects.filter(person=person, paper__issued_on=None)
    drafts.update(name=ERASED_NAME)


def absorb_person(kept: Person, absorbed: Person) -> list[Note]:
    """Papers received and signed go to the kept record."""
    received = move_rows(PaperRecipient.objects.filter(person=absorbed), "person", kept)
    return received + move_rows(Paper.objects.filter(signer=absorbed), "signer", kept)
