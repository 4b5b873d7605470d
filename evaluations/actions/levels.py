"""From a score or the facts of a year to a level with its reasons."""

from decimal import Decimal

from django.utils.translation import gettext as _

from evaluations.enums import CycleKind, Level
from evaluations.models import Rating
from evaluations.queries.annual import CONDITIONS, Basis, basis_of, penal_facts, verdict_of, year_facts
from evaluations.rules import rate
from evaluations.rules.annual import words_of
from foundation.refusal import Reason, Refused


def set_level(rating: Rating, score: Decimal | None, level: str = "", reason: str = "") -> None:
    """Score and level with their reasons: by points, by the conditions of a year, or as chosen.

    A discipline or prosecution entered for the period gives "no completion", whatever is chosen.
    """
    if score is not None and not 0 <= score <= 100:
        raise Refused([Reason(_("A score lies between 0 and 100."), field="score")])
    basis = basis_of(rating.cycle, rating.employment.status)
    if basis.kind == CONDITIONS and not rating.employment.rated_above:
        by_conditions(rating, basis, level, reason)
        return
    bad = [words_of(one) for one in penal_facts(rating)]
    rating.is_disciplined = rating.is_disciplined or bool(bad)
    if basis.scale is None:
        chosen = Level.POOR if rating.is_disciplined else level
        if chosen not in Level.values:
            raise Refused([_("The law of this period knows no points: choose the level.")])
        rating.score, rating.level, rating.reasons = score, chosen, bad
        return
    if score is None:
        raise Refused([Reason(_("Enter the score."), field="score")])
    known = year_facts(rating) if rating.cycle.kind == CycleKind.YEAR else None
    if known is not None and (known.is_degraded or (known.has_corruption and rating.employment.is_head)):
        bad.append(_("Degradation or corruption was concluded in the year."))
    rated = rate(
        score,
        basis.scale,
        is_head=rating.employment.is_head,
        satisfaction=rating.satisfaction,
        is_disciplined=rating.is_disciplined or bool(bad),
    )
    rating.score, rating.level = score, level if rating.employment.rated_above and level else rated.level
    verdict = verdict_of(rating, basis) if known is not None and known.pk else None
    counted = [str(one) for one in verdict.reasons] if verdict and verdict.score == score else []
    rating.reasons = [*counted, *(str(one) for one in rated.reasons), *bad]


def by_conditions(rating: Rating, basis: Basis, level: str, reason: str) -> None:
    """The level that the facts of the year give, or another one with the head's reason."""
    verdict = verdict_of(rating, basis)
    if verdict is None or verdict.is_out:
        raise Refused(verdict.reasons if verdict else [_("This person is not rated by the facts of a year.")])
    wanted = level or (verdict.level or "")
    if wanted not in Level.values:
        raise Refused([Reason(_("The facts do not decide: choose the level and say why."), field="level")])
    reasons = [str(one) for one in verdict.reasons]
    if wanted != verdict.level:
        if not reason.strip():
            raise Refused([Reason(_("A level other than the law's needs a reason."), field="reason")])
        reasons.append(_("The head decided otherwise: %(reason)s") % {"reason": reason.strip()})
    rating.score, rating.level, rating.reasons = None, wanted, reasons
