"""A petition with its clock, and what becomes final, person by person."""

from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from evaluations.actions.employment import checked
from evaluations.actions.levels import set_level
from evaluations.actions.steps import done, locked, not_own
from evaluations.enums import DECIDE, RatingState
from evaluations.models import Petition, Rating
from evaluations.rules import petition_limits
from foundation.dated import in_force, load_table
from foundation.dates import format_date
from foundation.refusal import Reason, Refused
from ledger.actor import Actor
from ledger.audit import record
from people.permissions import acting, acting_for_self


@transaction.atomic
def file_petition(*, by: Actor, rating: Rating, words: str) -> Petition:
    """The person asks to look at the rating again, within the window after publication."""
    acting_for_self(by, rating.person)
    rating = locked(rating, RatingState.PUBLISHED)
    published = rating.published_on or rating.cycle.published_on or by.on
    last, due = petition_limits(published, by.on, in_force(load_table("evaluations", "procedure"), by.on))
    if by.on > last:
        raise Refused([_("Petitions were possible until %(day)s.") % {"day": format_date(last)}])
    made = Petition(rating=rating, words=words.strip(), filed_on=by.on, due_on=due or last)
    checked(made)
    made.save()
    rating.state = RatingState.PETITIONED
    done(by, rating)
    record(by=by, act="evaluations.file_petition", subject=made)
    return made


@transaction.atomic
def answer_petition(
    *,
    by: Actor,
    rating: Rating,
    score: Decimal | None,
    answer: str,
    late_reason: str = "",
    level: str = "",
) -> Rating:
    """Settle a petition: score (or level) kept or changed, with an answer. Final from then on."""
    by = acting(by, DECIDE, rating.cycle.unit_id)
    rating = locked(rating, RatingState.PETITIONED)
    not_own(by, rating)
    petition = Petition.objects.select_for_update().get(rating=rating, answered_on=None)
    reasons = []
    if not answer.strip():
        reasons.append(Reason(_("Write the answer."), field="answer"))
    if by.on > petition.due_on and not late_reason.strip():
        reasons.append(Reason(_("The answer is late: say why."), field="late_reason"))
    if reasons:
        raise Refused(reasons)
    petition.answered_on, petition.answer, petition.late_reason = by.on, answer.strip(), late_reason.strip()
    checked(petition)
    petition.save()
    set_level(rating, score, level or rating.level, answer)
    rating.state, rating.final_on = RatingState.FINAL, by.on
    done(by, rating, answer[:500])
    record(
        by=by,
        act="evaluations.answer_petition",
        subject=rating,
        after={"score": rating.score, "level": rating.level},
    )
    return rating


@transaction.atomic
def make_final(*, by: Actor, rating: Rating) -> bool:
    """Final, once the petition window has passed; False while it has not, or when it is final already."""
    by = acting(by, DECIDE, rating.cycle.unit_id)
    found = Rating.objects.select_for_update(of=("self",)).select_related("cycle").get(pk=rating.pk)
    published = found.published_on or found.cycle.published_on
    if found.state != RatingState.PUBLISHED or published is None:
        return False
    entry = in_force(load_table("evaluations", "procedure"), by.on)
    if by.on <= petition_limits(published, None, entry)[0]:
        return False
    found.state, found.final_on = RatingState.FINAL, by.on
    done(by, found)
    record(by=by, act="evaluations.make_final", subject=found, after={"level": found.level})
    return True
