"""A year rated from its facts; who is not rated in a period."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from evaluations.actions.employment import checked
from evaluations.actions.steps import done, locked, not_own
from evaluations.enums import DECIDE, SCORE, RatingState
from evaluations.models import Rating
from evaluations.queries.annual import CONDITIONS, POINTS, basis_of, verdict_of, year_facts
from foundation.refusal import Reason, Refused
from ledger.actor import Actor
from ledger.audit import record
from people.permissions import acting

SHARES = (
    *("done", "on_time", "exceeded", "units_fair", "units_good"),
    *("general", "assigned", "finished", "errors", "delays"),
)
FLAGS = ("is_degraded", "has_corruption")


@transaction.atomic
def score_year(
    *, by: Actor, rating: Rating, version: int, values: Mapping[str, Any], late_reason: str = ""
) -> Rating:
    """The department's facts of the year, and what the law makes of them; not by the person.

    What is not known stays empty. Without a self-report a reason is needed.
    """
    by = acting(by, SCORE, rating.employment.unit_id)
    rating = locked(rating, RatingState.OPEN, RatingState.REPORTED, RatingState.SCORED, version=version)
    not_own(by, rating)
    basis = basis_of(rating.cycle, rating.employment.status)
    if basis.kind not in (CONDITIONS, POINTS):
        raise Refused([_("This person is not rated by the facts of a year.")])
    if rating.employment.rated_above:
        raise Refused([_("This person is rated by the level above: only the result is recorded.")])
    if rating.state == RatingState.OPEN and not late_reason.strip():
        raise Refused([Reason(_("The self-report is not handed over: say why."), field="late_reason")])
    row = year_facts(rating)
    for name in (*SHARES, *FLAGS):
        setattr(row, name, values.get(name, False if name in FLAGS else None))
    checked(row)
    row.save()
    verdict = verdict_of(rating, basis)
    if verdict is None:
        raise Refused([_("This person is not rated by the facts of a year.")])
    rating.score, rating.scored_by = verdict.score, by.user
    rating.level = verdict.level or "" if basis.kind == CONDITIONS else ""
    rating.reasons = [str(reason) for reason in verdict.reasons]
    rating.state = RatingState.SCORED
    done(by, rating, late_reason, {"facts": told(row)})
    record(by=by, act="evaluations.score_year", subject=rating, after={"level": rating.level})
    return rating


@transaction.atomic
def exempt_rating(*, by: Actor, rating: Rating, reason: str) -> Rating:
    """Not rated in the period (six months of leave, say), with a reason; the self-report stays readable."""
    by = acting(by, DECIDE, rating.cycle.unit_id)
    rating = locked(rating, RatingState.OPEN, RatingState.REPORTED, RatingState.SCORED, RatingState.DECIDED)
    not_own(by, rating)
    if not reason.strip():
        raise Refused([Reason(pgettext("evaluations", "Say why."), field="reason")])
    rating.state, rating.level, rating.score = RatingState.EXEMPT, "", None
    rating.reasons = [reason.strip()]
    done(by, rating, reason)
    record(by=by, act="evaluations.exempt_rating", subject=rating, reason=reason)
    return rating


def told(row: Any) -> list[list[str]]:
    """The facts known, as (name, value), to be kept with the step."""
    known = [(name, getattr(row, name)) for name in (*SHARES, *FLAGS)]
    return [
        [str(row._meta.get_field(name).verbose_name), "✓" if value is True else str(value)]
        for name, value in known
        if value not in (None, False)
    ]
