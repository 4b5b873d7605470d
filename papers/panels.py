"""What this app shows on pages of the roof."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.queue import Figure, QueueItem
from ledger.actor import Actor
from papers.enums import DRAFT, NUMBER, SEE, SIGN, PaperState
from papers.models import Paper
from papers.queries import not_received, readable, visible_to, waiting_for
from people.models import Person
from people.permissions import may

MOST = 50


def queue(by: Actor) -> Iterable[QueueItem]:
    """Papers that wait for my signature, for a number from me, or that came back to me."""
    titles = {SIGN: _("To sign: %(what)s"), NUMBER: _("To number: %(what)s"), DRAFT: _("Returned: %(what)s")}
    for right, title in titles.items():
        if not may(by, right):
            continue
        for paper in waiting_for(by, right).select_related("unit")[:MOST]:
            yield QueueItem(
                title % {"what": paper.abstract},
                reverse("paper", args=[paper.key]),
                paper.changed_at,
                note=paper.unit.name,
                icon="document",
            )
    yield from arrivals(by)


def arrivals(by: Actor) -> Iterable[QueueItem]:
    """Papers issued to a unit of mine that nobody there has received yet."""
    if may(by, DRAFT):
        for row in not_received(by).order_by("paper__issued_on", "pk")[:MOST]:
            paper = row.paper
            yield QueueItem(
                _("Received from above: %(what)s")
                % {"what": f"{paper.number_text} {paper.abstract}".strip()},
                reverse("paper", args=[paper.key]),
                paper.changed_at,
                note=paper.unit.name,
                icon="mail",
            )


def figures(by: Actor) -> Iterable[Figure]:
    """Papers issued this year in the actor's units."""
    if may(by, SEE):
        year = timezone.localdate().year
        count = visible_to(by).filter(issued_on__year=year).count()
        url = f"{reverse('paper_register')}?trang-thai={PaperState.ISSUED}&nam={year}"
        yield Figure(count, _("papers issued this year"), url)


def person_papers(by: Actor, person: Person) -> dict[str, Any]:
    """Papers issued to the person that the actor may read, the latest first."""
    papers = readable(by) if may(by, SEE) else Paper.objects.none()
    rows = papers.filter(recipients__person=person, issued_on__isnull=False)
    return {"papers": rows.distinct().order_by("-issued_on", "-pk")[:MOST]}
