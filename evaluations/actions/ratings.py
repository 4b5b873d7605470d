"""Self-report, comments, scores, the head's decision, reopening."""

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from evaluations.actions.employment import checked
from evaluations.actions.evidence import Proof, add_evidence, drop_evidence
from evaluations.actions.levels import set_level
from evaluations.actions.steps import done, locked, not_own
from evaluations.enums import DECIDE, SCORE, RatingState, Stage
from evaluations.models import Comment, Criterion, Deduction, Employment, Points, Rating
from evaluations.queries.board import calendar
from evaluations.queries.twice import same_period
from evaluations.rules import Part, total_of
from foundation.refusal import Reason, Refused
from ledger.actor import Actor
from ledger.audit import record
from people.models import Person
from people.permissions import acting, acting_for_self

Given = Mapping[int, Decimal | None]


@transaction.atomic
def hand_over_report(
    *,
    by: Actor,
    rating: Rating,
    version: int,
    words: str,
    given: Given,
    evidence: Mapping[int, str] | None = None,
    files: Sequence[Proof] = (),
    drop: Collection[int] = (),
    late_reason: str = "",
    is_draft: bool = False,
) -> Rating:
    """The person's own report (form 1A or 1B); a draft is read by nobody else.

    `files` are added to their criteria, evidence with the ids of `drop` is taken away. After the last day
    for reports it is handed over with a reason.
    """
    acting_for_self(by, rating.person)
    rating = locked(rating, RatingState.OPEN, version=version)
    rating.self_report = words.strip()
    put_points(rating, Stage.SELF, given, evidence)
    drop_evidence(by, rating, drop)
    add_evidence(by, rating, files)
    if not is_draft:
        reasons = []
        if not rating.self_report:
            reasons.append(Reason(_("Write the report before handing it over."), field="words"))
        if by.on > calendar(rating.cycle).self_report_by and not late_reason.strip():
            reasons.append(Reason(_("The last day for reports has passed: say why."), field="late_reason"))
        if reasons:
            raise Refused(reasons)
        rating.state, rating.reported_at = RatingState.REPORTED, timezone.now()
    done(by, rating, "" if is_draft else late_reason, kept(rating, Stage.SELF))
    record(by=by, act="evaluations.hand_over_report", subject=rating, after={"state": rating.state})
    return rating


@transaction.atomic
def comment(*, by: Actor, rating: Rating, author: Person, words: str, is_draft: bool = False) -> Comment:
    """A colleague's comment (form 2A or 2B) of somebody employed in the same unit on the last day."""
    acting_for_self(by, author)
    rating = locked(rating, RatingState.OPEN, RatingState.REPORTED)
    here = Employment.objects.filter(
        person=author, unit=rating.employment.unit_id, during__contains=rating.cycle.last_on
    )
    if author.pk == rating.person_id or not here.exists():
        raise Refused([_("Colleagues of the same unit comment.")])
    row = Comment.objects.select_for_update().filter(rating=rating, author=author).first()
    if row is not None and row.handed_over_at is not None:
        raise Refused([_("The comment is handed over already.")])
    row = row or Comment(rating=rating, author=author)
    row.words = words.strip()
    row.handed_over_at = None if is_draft else timezone.now()
    checked(row)
    row.save()
    record(by=by, act="evaluations.comment", subject=row, after={"is_draft": is_draft})
    return row


@transaction.atomic
def score_rating(
    *,
    by: Actor,
    rating: Rating,
    version: int,
    given: Given,
    deductions: Sequence[tuple[Decimal, str]] = (),
    late_reason: str = "",
) -> Rating:
    """The department's points; not by the person. Without a self-report a reason is needed."""
    by = acting(by, SCORE, rating.employment.unit_id)
    rating = locked(rating, RatingState.OPEN, RatingState.REPORTED, RatingState.SCORED, version=version)
    not_own(by, rating)
    if rating.employment.rated_above:
        raise Refused([_("This person is rated by the level above: only the result is recorded.")])
    if rating.state == RatingState.OPEN and not late_reason.strip():
        raise Refused([Reason(_("The self-report is not handed over: say why."), field="late_reason")])
    put_points(rating, Stage.DEPARTMENT, given)
    rating.deductions.all().delete()
    Deduction.objects.bulk_create(
        Deduction(rating=rating, points=points, cause=cause) for points, cause in deductions
    )
    if any(not cause.strip() for _points, cause in deductions):
        raise Refused([_("Each deduction needs its cause.")])
    rating.score = total(rating, Stage.DEPARTMENT)
    rating.state, rating.scored_by = RatingState.SCORED, by.user
    done(by, rating, late_reason, kept(rating, Stage.DEPARTMENT))
    record(by=by, act="evaluations.score_rating", subject=rating, after={"score": rating.score})
    return rating


@transaction.atomic
def score_one(
    *, by: Actor, rating: Rating, version: int, criterion: Criterion, points: Decimal | None
) -> Rating:
    """The department's points for one criterion, as scoring goes through people criterion by criterion.

    What the department has not said yet stays open; the form is scored once every criterion has a word.
    Only a form that is handed over: without a self-report each person is scored with a reason.
    """
    by = acting(by, SCORE, rating.employment.unit_id)
    rating = locked(rating, RatingState.REPORTED, RatingState.SCORED, version=version)
    not_own(by, rating)
    if rating.employment.rated_above:
        raise Refused([_("This person is rated by the level above: only the result is recorded.")])
    given = dict(rating.points.filter(stage=Stage.DEPARTMENT).values_list("criterion_id", "given"))
    given[criterion.pk] = points
    put_points(rating, Stage.DEPARTMENT, given)
    number = Criterion.objects.filter(criteria_set=rating.criteria_set_id).count()
    if len(given) == number and any(one is not None for one in given.values()):
        rating.score = total(rating, Stage.DEPARTMENT)
        rating.state, rating.scored_by = RatingState.SCORED, by.user
    done(by, rating, kept=kept(rating, Stage.DEPARTMENT))
    record(by=by, act="evaluations.score_one", subject=rating, after={"score": rating.score})
    return rating


@transaction.atomic
def decide_rating(
    *,
    by: Actor,
    rating: Rating,
    version: int,
    score: Decimal | None,
    reason: str = "",
    satisfaction: Decimal | None = None,
    is_disciplined: bool = False,
    level: str = "",
) -> Rating:
    """The head's decision. A score other than the department's, or a level other than the law's, needs a
    reason; so does recording a result of the level above. `level` is chosen where no points decide."""
    by = acting(by, DECIDE, rating.cycle.unit_id)
    rating = locked(rating, RatingState.OPEN, RatingState.SCORED, RatingState.DECIDED, version=version)
    not_own(by, rating)
    is_recorded = rating.employment.rated_above
    if rating.state == RatingState.OPEN and not is_recorded:
        raise Refused([_("The department has not scored yet: nobody is scored by one alone.")])
    if (is_recorded or rating.score != score) and not reason.strip():
        raise Refused([Reason(_("A changed score needs a reason."), field="reason")])
    rating.satisfaction, rating.is_disciplined = satisfaction, is_disciplined
    set_level(rating, score, level, reason)
    rating.state = RatingState.DECIDED
    done(by, rating, reason)
    record(
        by=by,
        act="evaluations.decide_rating",
        subject=rating,
        after={"score": rating.score, "level": rating.level},
        reason=reason,
    )
    return rating


@transaction.atomic
def reopen_rating(*, by: Actor, rating: Rating, reason: str) -> Rating:
    """Back to the department, with a reason; earlier steps stay readable.

    Also what is published or final: it is then scored, decided and published anew, and a sheet closed
    meanwhile is followed by one with the difference. Not while a petition is being settled, nor a form taken
    out because another unit rates the person for the period.
    """
    by = acting(by, DECIDE, rating.cycle.unit_id)
    open_again = (RatingState.SCORED, RatingState.DECIDED, RatingState.EXEMPT)
    rating = locked(rating, *open_again, RatingState.PUBLISHED, RatingState.FINAL)
    not_own(by, rating)
    if not reason.strip():
        raise Refused([Reason(pgettext("evaluations", "Say why."), field="reason")])
    if rating.state == RatingState.EXEMPT:
        others = same_period(rating.cycle).filter(person=rating.person_id).exclude(state=RatingState.EXEMPT)
        if (other := others.first()) is not None:
            told = _("This person is rated in %(unit)s for the period: nobody gets two forms.")
            raise Refused([told % {"unit": other.cycle.unit.name}])
    before = kept(rating, Stage.DEPARTMENT)
    rating.state, rating.level, rating.reasons = RatingState.REPORTED, "", []
    rating.published_on = rating.final_on = None
    done(by, rating, reason, before)
    record(by=by, act="evaluations.reopen_rating", subject=rating, reason=reason)
    return rating


def put_points(rating: Rating, stage: Stage, given: Given, evidence: Mapping[int, str] | None = None) -> None:
    """Points by criterion; a criterion of another set, or too many points, is refused."""
    criteria = {one.pk: one for one in Criterion.objects.filter(criteria_set=rating.criteria_set_id)}
    for pk, points in given.items():
        if pk not in criteria or (points is not None and not 0 <= points <= criteria[pk].most):
            raise Refused([Reason(_("Points lie between 0 and the criterion's most."), field=f"c{pk}")])
    Points.objects.filter(rating=rating, stage=stage).delete()
    Points.objects.bulk_create(
        Points(
            rating=rating,
            criterion_id=pk,
            stage=stage,
            given=points,
            evidence=(evidence or {}).get(pk, "").strip()[:500],
        )
        for pk, points in given.items()
    )


def kept(rating: Rating, stage: Stage) -> dict[str, Any]:
    """The points of a stage and the deductions, to be kept with the step."""
    rows = rating.points.filter(stage=stage).select_related("criterion").order_by("criterion__number")
    return {
        "stage": stage,
        "points": [[row.criterion.name, None if row.given is None else str(row.given)] for row in rows],
        "deductions": [[str(row.points), row.cause] for row in rating.deductions.all()],
        "level": rating.level,
    }


def total(rating: Rating, stage: Stage) -> Decimal:
    rows = rating.points.filter(stage=stage).select_related("criterion")
    try:
        return total_of(
            [Part(row.criterion.most, row.given) for row in rows],
            [row.points for row in rating.deductions.all()],
        )
    except ValueError as error:
        raise Refused([_("Give points for at least one criterion.")]) from error
