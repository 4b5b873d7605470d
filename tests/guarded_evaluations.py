"""How the actions on staff, ratings and pay are called, for the walk over actions."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from evaluations import actions
from evaluations.actions import deaths
from evaluations.enums import RatingState, Step
from evaluations.models import Criterion, Cycle, Petition, Rating
from ledger.actor import Actor
from people.models import Person
from tests.factories import evaluations as make
from tests.factories import people as make_people
from tests.guarded import ANYBODY, SYSTEM, Guarded
from tests.world import World

SEPTEMBER = date(2026, 9, 21)


def _rating(w: World, person: Person | None = None, state: str = RatingState.OPEN) -> Rating:
    """A form of the ward's open quarter, in a state."""
    someone = person or make_people.person("Người Được Chấm", w.cast.ward, with_user=False)
    make.employed(someone, w.cast.ward)
    cycle = Cycle.objects.filter(unit=w.cast.ward).first() or make.opened(w.cast.ward)
    rating = Rating.objects.filter(cycle=cycle, person=someone).first()
    rating = rating or Rating.objects.create(
        cycle=cycle, person=someone, employment=someone.employments.get()
    )
    rating.state = state
    rating.save()
    return rating


def _own(w: World, by: Actor, state: str = RatingState.OPEN) -> Rating:
    return _rating(w, Person.objects.get(user=by.user), state)


def _decided(w: World, by: Actor) -> Any:
    rating = _rating(w, state=RatingState.SCORED)
    return actions.decide_rating(by=by, rating=rating, version=1, score=Decimal(80), reason="Đổi điểm")


def _held(w: World, by: Actor) -> Any:
    cycle = _rating(w).cycle
    return actions.hold_step(by=by, cycle=cycle, step=Step.COUNCIL, held_on=SEPTEMBER, words="Họp")


def _rate(w: World, by: Actor) -> Any:
    return actions.set_year_rate(
        by=by,
        unit=w.cast.ward,
        first_on=date(2026, 1, 1),
        last_on=date(2026, 12, 31),
        coefficient=Decimal("1.5"),
        fixed_sum=3_000_000,
        decision="Mẫu",
        is_confirmed=False,
    )


def _criteria(w: World, by: Actor) -> Any:
    return actions.issue_criteria(
        by=by,
        unit=w.cast.ward,
        group="support",
        from_on=SEPTEMBER,
        decision="Quy chế mẫu",
        criteria=[Criterion(group="ethics", name="Kỷ luật", most=30)],
    )


def _answered(w: World, by: Actor) -> Any:
    rating = _rating(w, state=RatingState.PETITIONED)
    Petition.objects.get_or_create(
        rating=rating,
        answered_on=None,
        defaults={"words": "Xin xem lại", "filed_on": by.on, "due_on": by.on},
    )
    return actions.answer_petition(by=by, rating=rating, score=Decimal(80), answer="Giữ nguyên")


def _scored_one(w: World, by: Actor) -> Any:
    criterion = w.rating.criteria_set.criteria.all()[0]  # type: ignore[union-attr]
    return actions.score_one(
        by=by, rating=w.rating, version=w.rating.version, criterion=criterion, points=Decimal(1)
    )


def _closed(w: World, by: Actor) -> Any:
    sheet = _rating(w).cycle.sheets.create(number=2, made_on=SEPTEMBER)
    return actions.close_sheet(by=by, sheet=sheet)


CALLS: dict[str, Guarded] = {
    "evaluations.actions.employ": Guarded(
        "staff.manage",
        lambda w, by: actions.employ(
            by=by, person=w.person, unit=w.cast.ward, from_on=SEPTEMBER, values=make.VALUES
        ),
    ),
    "evaluations.actions.remind": Guarded(
        SYSTEM, lambda w, by: actions.remind(by=by, pk=w.rating.pk, occasion="before")
    ),
    "evaluations.actions.set_fund": Guarded(
        "pay.manage",
        lambda w, by: actions.set_fund(by=by, cycle=w.rating.cycle, amount=1, decision="Mẫu"),
    ),
    "evaluations.actions.score_one": Guarded("evaluation.score", _scored_one),
    "evaluations.actions.reopen_rating": Guarded(
        "evaluation.decide", lambda w, by: actions.reopen_rating(by=by, rating=w.rating, reason="Sai")
    ),
    "evaluations.actions.end_employment": Guarded(
        "staff.manage",
        lambda w, by: actions.end_employment(
            by=by, employment=w.rating.employment, last_on=SEPTEMBER, reason="Nghỉ việc"
        ),
    ),
    # Told by the register of members, which asks its own right.
    "evaluations.actions.deaths.end_by_death": Guarded(
        SYSTEM, lambda w, by: deaths.end_by_death(by=by, person=w.rating.person, on=SEPTEMBER)
    ),
    "evaluations.actions.deaths.undo_end_by_death": Guarded(
        SYSTEM,
        lambda w, by: deaths.undo_end_by_death(
            by=by, kept={"job": 0, "last_on": "2026-09-21", "until": None, "places": {}}
        ),
    ),
    "evaluations.actions.enter_timesheet": Guarded(
        "pay.manage",
        lambda w, by: actions.enter_timesheet(by=by, unit=w.cast.ward, month=date(2026, 9, 1), rows=[]),
    ),
    "evaluations.actions.set_year_rate": Guarded("pay.manage", _rate),
    "evaluations.actions.issue_criteria": Guarded("evaluation.manage", _criteria),
    "evaluations.actions.open_cycle": Guarded(
        "evaluation.manage",
        lambda w, by: actions.open_cycle(by=by, unit=w.cast.ward, year=2026, number=1, steps=()),
    ),
    "evaluations.actions.move_calendar": Guarded(
        "evaluation.manage",
        lambda w, by: actions.move_calendar(
            by=by, cycle=_rating(w).cycle, limit_on=by.on + timedelta(days=9), reason="Nghỉ bù"
        ),
    ),
    "evaluations.actions.hold_step": Guarded("evaluation.manage", _held),
    "evaluations.actions.publish_cycle": Guarded(
        "evaluation.decide",
        lambda w, by: actions.publish_cycle(by=by, cycle=_rating(w).cycle, decision="9/QĐ"),
    ),
    # A person's own form and petition: the person alone.
    "evaluations.actions.hand_over_report": Guarded(
        ANYBODY,
        lambda w, by: actions.hand_over_report(
            by=by, rating=_own(w, by), version=1, words="Xong việc", given={}, late_reason="Đi công tác"
        ),
    ),
    "evaluations.actions.comment": Guarded(
        ANYBODY,
        lambda w, by: actions.comment(
            by=by, rating=w.rating, author=Person.objects.get(user=by.user), words="Tốt"
        ),
    ),
    "evaluations.actions.file_petition": Guarded(
        ANYBODY,
        lambda w, by: actions.file_petition(
            by=by, rating=_own(w, by, RatingState.PUBLISHED), words="Xin xem lại"
        ),
    ),
    "evaluations.actions.score_rating": Guarded(
        "evaluation.score",
        lambda w, by: actions.score_rating(by=by, rating=_rating(w), version=1, given={}),
    ),
    "evaluations.actions.decide_rating": Guarded("evaluation.decide", _decided),
    "evaluations.actions.answer_petition": Guarded("evaluation.decide", _answered),
    "evaluations.actions.make_final": Guarded(
        "evaluation.decide", lambda w, by: actions.make_final(by=by, rating=_rating(w))
    ),
    "evaluations.actions.make_sheet": Guarded(
        "pay.manage", lambda w, by: actions.make_sheet(by=by, cycle=_rating(w).cycle)
    ),
    "evaluations.actions.close_sheet": Guarded("pay.manage", _closed),
    "evaluations.actions.enter_fact": Guarded(
        "staff.manage",
        lambda w, by: actions.enter_fact(
            by=by, employment=w.rating.employment, kind="secondment", first_on=SEPTEMBER
        ),
    ),
    "evaluations.actions.end_fact": Guarded(
        "staff.manage", lambda w, by: actions.end_fact(by=by, fact=w.fact, last_on=SEPTEMBER)
    ),
    "evaluations.actions.remove_fact": Guarded(
        "staff.manage", lambda w, by: actions.remove_fact(by=by, fact=w.fact, reason="Nhập nhầm")
    ),
    "evaluations.actions.issue_regulation": Guarded(
        "evaluation.manage",
        lambda w, by: actions.issue_regulation(
            by=by, unit=w.cast.ward, from_on=SEPTEMBER, decision="Quy chế", values={"cap_mode": "stop"}
        ),
    ),
    "evaluations.actions.set_csv_columns": Guarded(
        "pay.manage", lambda w, by: actions.set_csv_columns(by=by, unit=w.cast.ward, columns=["name"])
    ),
    "evaluations.actions.export_staff": Guarded(
        "staff.manage", lambda w, by: actions.export_staff(by=by, unit=w.cast.ward, count=1)
    ),
    "evaluations.actions.score_year": Guarded(
        "evaluation.score",
        lambda w, by: actions.score_year(
            by=by, rating=w.year_rating, version=w.year_rating.version, values={}
        ),
    ),
    "evaluations.actions.exempt_rating": Guarded(
        "evaluation.decide",
        lambda w, by: actions.exempt_rating(by=by, rating=w.rating, reason="Nghỉ sáu tháng"),
    ),
}
