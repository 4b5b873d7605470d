"""Emulation of staff: registering, initiatives, proposing for titles, decisions, revoking."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from foundation.dated import NoRule
from foundation.refusal import Reason, Refused
from ledger.actor import Actor
from ledger.audit import record, record_many
from people.actors import system_actor
from people.models import Person, Unit
from people.permissions import acting, acting_over
from rewards.actions.policies import checked
from rewards.enums import CHECK, MANAGE, TitleState
from rewards.models import Initiative, Participation, TitleAward
from rewards.permissions import acting_city
from rewards.queries.titles import candidates, final_ratings


@transaction.atomic
def register_emulation(*, by: Actor, year: int, people: Collection[int]) -> int:
    """The people, rated in the year in units of the actor, take part in its emulation; how many are new."""
    units = units_of_rated(year, people)
    by = over(by, units)
    if not units or set(people) - set(units):
        raise Refused([_("Choose people with a final rating of the year in your units.")])
    known = set(Participation.objects.filter(year=year, person__in=units).values_list("person", flat=True))
    made = Participation.objects.bulk_create(
        Participation(person_id=pk, unit_id=unit, year=year, registered_on=by.on)
        for pk, unit in units.items()
        if pk not in known
    )
    record_many(
        by=by,
        act="rewards.register_emulation",
        model=Participation,
        rows=((one.pk, None, {"year": year}) for one in made),
    )
    return len(made)


@transaction.atomic
def enter_initiative(
    *, by: Actor, person: Person, unit: Unit, name: str, reach: str, decision: str, recognised_on: date
) -> Initiative:
    """An initiative recognised by a decision."""
    by = acting(by, CHECK, unit.pk)
    if recognised_on > by.on:
        raise Refused([Reason(pgettext("rewards", "The day lies in the future."), field="recognised_on")])
    row = Initiative(
        person=person,
        unit=unit,
        name=" ".join(name.split()),
        reach=reach,
        decision=decision.strip(),
        recognised_on=recognised_on,
    )
    checked(row)
    row.save()
    record(by=by, act="rewards.enter_initiative", subject=row, after={"reach": reach, "decision": decision})
    return row


@transaction.atomic
def propose_titles(*, by: Actor, year: int, wanted: Sequence[tuple[int, str]]) -> int:
    """Propose people for titles, (person, title) each, whose conditions are met now; returns how many.

    The reasons are kept as they stood. Refuses all where one is not met, or is not in the actor's units.
    """
    by = over(by, units_of_rated(year, {pk for pk, _title in wanted}))
    if not wanted:
        raise Refused([_("Choose at least one title.")])
    try:
        found = {one.person.pk: one for one in candidates(by, year, {pk for pk, _title in wanted})}
    except NoRule as error:
        raise Refused([_("The portal has no rules of titles for this year.")]) from error
    reasons = []
    made = []
    for pk, title in dict.fromkeys(wanted):
        one = found.get(pk)
        verdict = next((each for each in one.verdicts if each.title == title), None) if one else None
        if one is None or verdict is None or not verdict.is_met:
            name = one.person.full_name if one else _("Somebody not in your units")
            reasons.append(Reason(_("%(name)s does not meet the conditions.") % {"name": name}))
        elif title not in one.awards:
            said = [str(each) for each in verdict.reasons]
            made.append(
                TitleAward(
                    person=one.person, unit=one.unit, year=year, title=title, reasons=said, proposed_on=by.on
                )
            )
    if reasons:
        raise Refused(reasons)
    TitleAward.objects.bulk_create(made)
    record_many(
        by=by,
        act="rewards.propose_title",
        model=TitleAward,
        rows=((one.pk, None, {"title": one.title, "year": year}) for one in made),
    )
    return len(made)


@transaction.atomic
def decide_titles(
    *, by: Actor, titles: Collection[int], decision: str, decided_on: date, is_recognised: bool
) -> int:
    """Proposals are recognised, or not, by one decision; returns how many."""
    by = acting_city(by, MANAGE)
    reasons = []
    if not decision.strip():
        reasons.append(Reason(_("Enter the number of the decision."), field="decision"))
    if decided_on > by.on:
        reasons.append(Reason(pgettext("rewards", "The day lies in the future."), field="decided_on"))
    rows = list(TitleAward.objects.select_for_update().filter(pk__in=titles, state=TitleState.PROPOSED))
    if not rows:
        reasons.append(Reason(_("Choose at least one proposal that waits.")))
    if reasons:
        raise Refused(reasons)
    state = TitleState.RECOGNISED if is_recognised else TitleState.REFUSED
    TitleAward.objects.filter(pk__in=[one.pk for one in rows]).update(
        state=state, decision=decision.strip(), decided_on=decided_on
    )
    record_many(
        by=by,
        act="rewards.decide_title",
        model=TitleAward,
        rows=((one.pk, {"state": one.state}, {"state": state, "decision": decision}) for one in rows),
    )
    return len(rows)


@transaction.atomic
def revoke_title(*, by: Actor, title: TitleAward, decision: str, decided_on: date, note: str) -> TitleAward:
    """Take a recognised title back (false declarations, wrong procedure), by a decision with its reason."""
    by = acting_city(by, MANAGE)
    row = TitleAward.objects.select_for_update().get(pk=title.pk)
    if row.state != TitleState.RECOGNISED:
        raise Refused([_("Only a recognised title is revoked.")])
    if not note.strip():
        raise Refused([Reason(pgettext("rewards", "Say why."), field="note")])
    if decided_on > by.on:
        raise Refused([Reason(pgettext("rewards", "The day lies in the future."), field="decided_on")])
    row.state, row.decision, row.decided_on = TitleState.REVOKED, decision.strip(), decided_on
    row.note = note.strip()
    checked(row)
    row.save()
    record(by=by, act="rewards.revoke_title", subject=row, after={"state": row.state}, reason=note)
    return row


def units_of_rated(year: int, people: Collection[int]) -> dict[int, int]:
    """The unit in which each of the people has a final rating of the year. 1 query."""
    rows = final_ratings(system_actor(), year).filter(person__in=people)
    return dict(rows.values_list("person", "employment__unit"))


def over(by: Actor, units: Mapping[int, int]) -> Actor:
    """The actor in an office that proposes in all of the units; refuses without one."""
    return by if by.is_system else acting_over(by, CHECK, units.values())
