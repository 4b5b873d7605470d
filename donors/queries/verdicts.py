"""What the portal keeps, as the facts of the rule."""

from datetime import date

from donors.enums import Component, Source
from donors.models import Donor
from donors.queries.rules import giving_rules, stricter_rules
from donors.rules.verdict import Facts, Outcome, Verdict, assess
from people.models import Person


def not_yet_on(person: Person, on: date) -> Verdict | None:
    """The verdict on whole blood that day where what is kept stands against it, else None. 4 queries."""
    donor = Donor.objects.filter(person=person).select_related("person").first()
    if donor is None:
        return None
    facts = facts_of(donor, Component.WHOLE_BLOOD, before=on)
    verdict = assess(facts, giving_rules(on), on=on, stricter=stricter_rules(on))
    return verdict if verdict.outcome == Outcome.NOT_YET else None


def facts_of(donor: Donor, component: Component, *, before: date | None = None) -> Facts:
    """Birth, sex, earlier donations and the deferral; weight and health are never kept. 2 queries."""
    person = donor.person
    rows = donor.donations.standing()
    if before is not None:
        rows = rows.filter(on__lt=before)
    deferrals = donor.deferrals.all() if before is None else donor.deferrals.filter(from_on__lt=before)
    year = person.birth_year
    told = list(rows.values_list("on", "component", "source"))
    return Facts(
        component=component,
        born_from=person.birth_date or (date(year, 1, 1) if year else None),
        born_to=person.birth_date or (date(year, 12, 31) if year else None),
        sex=person.sex,
        given=[(on, Component(kind)) for on, kind, source in told if source != Source.CARRIED],
        carried=[on for on, _kind, source in told if source == Source.CARRIED],
        deferred_until=max(deferrals.values_list("until_on", flat=True), default=None),
    )
