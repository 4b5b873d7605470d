"""Which papers a dossier asks for, which are in hand and which lack."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from papers.enums import PaperState
from rewards.enums import Grantor, PaperUse, Step
from rewards.models import Dossier, DossierPaper, Meeting, Round, RoundPaper
from rewards.rules import asked_papers, authorities


@dataclass(frozen=True, slots=True)
class Need:
    """A paper an authority asks for: its number once it is in hand, or why the dossier goes without it.

    `is_sending`: its number comes with the sending itself.
    """

    code: str
    name: str
    number: str = ""
    reason: str = ""
    is_sending: bool = False

    @property
    def lacks(self) -> bool:
        return not (self.number or self.reason or self.is_sending)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A dossier that is not sent yet: who it goes to, for how many people, and its papers."""

    grantor: str
    people: int
    needs: list[Need]

    @property
    def label(self) -> str:
        return str(Grantor(self.grantor).label)

    @property
    def lacking(self) -> list[Need]:
        return [one for one in self.needs if one.lacks]


def needs_of(cycle: Round, grantors: Iterable[str], on: date) -> dict[str, list[Need]]:
    """The papers of a round's dossiers that are not sent yet, by authority. 3 queries.

    The minutes of the council and an issued achievement report are known here; others are entered.
    """
    entered: dict[tuple[str, str], DossierPaper] = {
        (one.grantor, one.code): one for one in cycle.dossier_papers.filter(dossier=None)
    }
    meeting = Meeting.objects.filter(round=cycle, undone_on=None).order_by("-held_on", "-pk").first()
    issued = RoundPaper.objects.filter(
        round=cycle, use__in=(PaperUse.REPORT, PaperUse.MINUTES), paper__state=PaperState.ISSUED
    ).select_related("paper")
    known = {(one.grantor, one.use): one.paper.number_text for one in issued.order_by("pk")}

    def need(grantor: str, code: str, name: str) -> Need:
        row = entered.get((grantor, code))
        if row is not None:
            return Need(code, name, row.number, row.reason)
        number = known.get((grantor, code)) or known.get(("", code), "")
        if code == PaperUse.MINUTES and not number and meeting is not None:
            number = meeting.minutes_number
        return Need(code, name, number, is_sending=code == PaperUse.SUBMISSION)

    return {
        grantor: [need(grantor, code, name) for code, name in asked_papers(grantor, on)]
        for grantor in grantors
    }


def to_send(cycle: Round, on: date) -> list[Waiting]:
    """Dossiers of the round that somebody waits for, each with its papers. 4 queries."""
    rows = cycle.nominations.filter(step__in=(Step.AGREED, Step.RETURNED), rung__grantor__in=authorities(on))
    counts = dict(rows.order_by().values_list("rung__grantor").annotate(n=Count("pk")))
    needs = needs_of(cycle, counts, on) if counts else {}
    return [Waiting(one, counts[one], needs[one]) for one in Grantor.values if one in counts]


def papers_sent(dossier: Dossier) -> list[DossierPaper]:
    """The papers as they went, in the order they are asked for. 1 query."""
    order = [code for code, _name in asked_papers(dossier.grantor, dossier.sent_on)]
    rows = dossier.papers.order_by("pk")
    return sorted(rows, key=lambda one: order.index(one.code) if one.code in order else len(order))
