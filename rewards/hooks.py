"""What rewards gives the roof about a person and a unit."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from foundation.dates import format_date
from foundation.held import Held
from ledger.actor import Actor
from people.actions.absorbing import Note, move_what_fits
from people.actions.forgetting import ERASED_NAME
from people.models import Person
from rewards.models import Award, Initiative, Invitation, Nomination, Participation, TitleAward


def personal_data(person: Person) -> Iterator[Held]:
    """Nominations and awards of the person, with the count each rests on."""
    rows = Nomination.objects.filter(person=person).select_related("rung").order_by("reached_on")
    awards = {award.nomination_id: award for award in Award.objects.filter(person=person)}
    yield Held(
        "rewards",
        _("Your honours"),
        _("Proposed from confirmed donations"),
        _("Honouring blood donors (Decision 122/QĐ-BCĐQG)"),
        [(row.rung.honour or row.honour, _line(row, awards.get(row.pk))) for row in rows],
    )

    titles = TitleAward.objects.filter(person=person).order_by("year", "pk")
    initiatives = Initiative.objects.filter(person=person).order_by("recognised_on")
    yield Held(
        "titles",
        _("Your titles and initiatives"),
        _("From final annual ratings"),
        _("Keeping records of the chapter's decisions"),
        [
            *((str(row.get_title_display()), f"{row.year}, {row.get_state_display()}") for row in titles),
            *((row.name, row.decision) for row in initiatives),
        ],
    )


def _line(nomination: Nomination, award: Award | None) -> str:
    line = _("reached on %(day)s, %(count)s donations, %(step)s") % {
        "day": format_date(nomination.reached_on),
        "count": nomination.count,
        "step": nomination.get_step_display(),
    }
    return f"{line}, {award.decision_number}" if award else line


def forget_person(by: Actor, person: Person) -> None:
    """Decisions stay as records of the chapter; names typed beside them and free words go."""
    Award.objects.filter(person=person).exclude(handed_to="").update(handed_to=ERASED_NAME)
    Award.objects.filter(person=person).update(name_on_paper="")
    Invitation.objects.filter(award__person=person).exclude(receiver="").update(receiver=ERASED_NAME)
    Nomination.objects.filter(person=person).update(proof="")


def absorb_person(kept: Person, absorbed: Person) -> list[Note]:
    """Honours go to the kept record; one that both hold stays where it is, and is told."""
    notes = move_what_fits(Nomination.objects.filter(person=absorbed), "person", kept, "nomination_twice")
    notes += move_what_fits(Award.objects.filter(person=absorbed), "person", kept, "award_twice")
    notes += move_what_fits(Participation.objects.filter(person=absorbed), "person", kept, "title_twice")
    notes += move_what_fits(Initiative.objects.filter(person=absorbed), "person", kept, "title_twice")
    return notes + move_what_fits(TitleAward.objects.filter(person=absorbed), "person", kept, "title_twice")
