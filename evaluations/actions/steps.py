"""What every act on a rating does: lock the row, save it, note the step."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from evaluations.actions.employment import checked
from evaluations.enums import RatingState
from evaluations.models import Rating, RatingEvent
from foundation.refusal import Refused
from ledger.actor import Actor


class Changed(Refused):
    """Somebody saved the form meanwhile; `rating` is the row as it stands now."""

    def __init__(self, rating: Rating) -> None:
        super().__init__([_("Somebody has saved this form meanwhile. Open it again and compare.")])
        self.rating = rating


def locked(rating: Rating, *states: RatingState, version: int | None = None) -> Rating:
    """The row as it stands now, locked; refuses outside the states, or when somebody saved meanwhile."""
    found = (
        Rating.objects.select_for_update(of=("self",))
        .select_related("cycle", "person", "employment")
        .get(pk=rating.pk)
    )
    if version is not None and version != found.version:
        raise Changed(found)
    if found.state not in states:
        state = str(found.get_state_display())
        raise Refused([_("The rating is meanwhile “%(state)s”: look at it again.") % {"state": state}])
    return found


def not_own(by: Actor, rating: Rating) -> None:
    """Nobody scores or decides himself."""
    if by.user is not None and rating.person.user_id == by.user.pk:
        raise Refused([_("Nobody scores himself: another office holder does this.")])


def done(by: Actor, rating: Rating, reason: str = "", kept: Mapping[str, Any] | None = None) -> None:
    """Save the rating and write the step, with the points as they stood, into its history."""
    rating.version += 1
    checked(rating)
    rating.save()
    RatingEvent.objects.create(
        rating=rating,
        state=rating.state,
        user=by.user,
        office=by.acting.office if by.acting else "",
        score=rating.score,
        level=rating.level,
        reason=reason.strip()[:500],
        kept=dict(kept or {}),
    )
