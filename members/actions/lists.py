"""A list of members becomes the annex of a draft."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.dates import format_date
from foundation.refusal import Refused
from ledger.actor import Actor
from members.enums import SEE
from papers.actions import draft_paper
from papers.layout.composing import annex_fields
from papers.models import Paper
from papers.queries import signing_fields
from people.models import Unit


@transaction.atomic
def draft_list_paper(
    *, by: Actor, unit: Unit | None, title: str, on: date, heads: Sequence[str], rows: Sequence[Sequence[str]]
) -> Paper:
    """A draft of the unit (the office's own, if none is given) with the list as its annex. Returns it.

    The words to go with it are left to the officer, in [brackets], so that it cannot be sent up unread.
    """
    if unit is None:
        hold = next((hold for hold in by.holds if SEE in hold.may and "paper.draft" in hold.may), None)
        if hold is None:
            raise Refused([_("Choose the unit whose paper it is.")])
        unit = Unit.objects.get(pk=hold.unit_id)
    if not rows:
        raise Refused([_("The list is empty: there is nothing to annex.")])
    told = {"list": title.lower(), "day": format_date(on)}
    values = {
        "abstract": _("List: %(list)s, as of %(day)s") % told,
        "body": _("[Write what the list is sent for.]"),
        **signing_fields(unit, by.on),
        **annex_fields(
            _("List: %(list)s") % {"list": title},
            [_("No."), *heads],
            [[n, *row] for n, row in enumerate(rows, 1)],
        ),
    }
    return draft_paper(by=by, unit=unit, kind="notice", values=values)
