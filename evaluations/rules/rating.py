"""From a score to a level, by the scale in force."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from evaluations.enums import Level
from foundation.dated import Entry
from foundation.refusal import Reason


@dataclass(frozen=True, slots=True)
class Rated:
    """The level, why, and whether each value it rests on is confirmed."""

    level: Level
    reasons: tuple[Reason, ...]
    confirmed: bool


def rate(
    score: Decimal,
    entry: Entry,
    *,
    is_head: bool = False,
    satisfaction: Decimal | None = None,
    is_disciplined: bool = False,
) -> Rated:
    """The level of a score of 0 to 100; ValueError outside.

    A head needs the people's satisfaction besides, where the scale names it: too low, or unknown, the
    level falls to the one it allows. Discipline, prosecution or custody gives "no completion".
    """
    if not 0 <= score <= 100:
        raise ValueError("a score lies between 0 and 100")
    if is_disciplined:
        return _answer(entry, Level.POOR, _("Disciplined, prosecuted or in custody in the period."))
    by_score = next(
        (level for level in (Level.EXCELLENT, Level.GOOD, Level.FAIR) if score >= _value(entry, level)),
        Level.POOR,
    )
    sentence = _("%(score)s points: %(level)s.") % {"score": f"{score:f}", "level": by_score.label}
    allowed = by_score
    if is_head and "head_excellent" in entry.cited:
        allowed = _allowed(by_score, satisfaction, entry)
    if allowed == by_score:
        return _answer(entry, by_score, sentence)
    if satisfaction is None:
        why = str(_("The satisfaction of those served is not known, so the head cannot be rated higher."))
    else:
        why = _("Satisfaction of %(part)s %% is too low for a head to be rated higher.") % {
            "part": f"{satisfaction:f}"
        }
    return _answer(entry, allowed, sentence, why)


def _allowed(level: Level, satisfaction: Decimal | None, entry: Entry) -> Level:
    for candidate in (Level.EXCELLENT, Level.GOOD):
        needed = Decimal(entry.values[f"head_{candidate.value}"])
        if level == candidate:
            if satisfaction is not None and satisfaction >= needed:
                return candidate
            level = Level.GOOD if candidate == Level.EXCELLENT else Level.FAIR
    return level


def _value(entry: Entry, level: Level) -> Decimal:
    return Decimal(entry.values[level.value])


def _answer(entry: Entry, level: Level, *sentences: object) -> Rated:
    return Rated(level, tuple(Reason(str(one), entry.citation) for one in sentences), entry.confirmed)
